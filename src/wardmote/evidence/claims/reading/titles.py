"""Which of a table's first rows give its title or stand empty, and which name its columns?"""

from collections.abc import Sequence

from wardmote.evidence.claims.reading.headings import count_header_rows
from wardmote.evidence.claims.text import Block

type Rows = tuple[tuple[Block, ...], ...]
#: A longer text over a whole row is no title.
_LONGEST_TITLE = 200


def part_titles(rows: Rows) -> tuple[tuple[Block, ...], Rows]:
    """The titles that fill a table's first rows, one each, and the rows from the columns' names on.

    A row is a title when its one cell reaches over all columns, or when only its first cell says something and the row
    that follows names columns. Empty rows before, between and after are passed over. What is left must still be a
    table: two rows, of which the first tells its columns apart.
    """
    titles: list[Block] = []
    at, loose = 0, False
    while at < len(rows) and (title := _read_title(rows[at])) is not None:
        loose = loose or (bool(title.text) and not _is_merged(rows[at]))
        titles += [title] if title.text else []
        at += 1
    rest = rows[at:]
    if not at or len(rest) < 2 or (loose and not count_header_rows(_texts(rest))):
        return (), rows
    return tuple(titles), rest


def _read_title(row: tuple[Block, ...]) -> Block | None:
    """The one cell of a row that holds a title, or any cell of an empty row; None for a row of a table."""
    filled = {id(cell): cell for cell in row if cell.text}
    if not filled:
        return row[0] if row else None
    title = next(iter(filled.values()))
    is_one = len(row) > 1 and len(filled) == 1 and row[0] is title and (_is_merged(row) or row.count(title) == 1)
    is_worded = any(ch.isalpha() for ch in title.text) and len(title.text) <= _LONGEST_TITLE
    return title if is_one and is_worded else None


def _is_merged(row: tuple[Block, ...]) -> bool:
    return all(cell is row[0] for cell in row)


def count_heads(rows: Rows, said: int | None) -> int:
    """How many rows name columns? `said` is what the format says; a merged name has the names it spans below it."""
    counted = count_header_rows(_texts(rows))
    if said is None:
        return counted
    spans = bool(rows) and any(one is two and one.text for one, two in zip(rows[0], rows[0][1:], strict=False))
    return min(max(said, counted) if spans else said, len(rows))


def drop_spacers(rows: Rows, heads: int) -> Rows:
    """The rows without those that stand empty between the columns' names and what they name."""
    at = heads
    while heads and at < len(rows) and not any(cell.text for cell in rows[at]):
        at += 1
    return (*rows[:heads], *rows[at:])


def _texts(rows: Sequence[Sequence[Block]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]
