"""Which tables do lines with tabs make?"""

import re
from collections.abc import Iterator, Sequence

from wardmote.evidence.claims.reading.characters import BULLET_SIGNS, RawText, join_pieces
from wardmote.evidence.claims.reading.grids import RawCell, RawTable
from wardmote.evidence.claims.reading.headings import count_header_rows
from wardmote.evidence.claims.reading.markup import make_cell, read_fragment

Line = tuple[str, int]
_NEEDS_PARSING = re.compile(f"<|·|[{BULLET_SIGNS}]")


def read_cell(text: str, line: int | None) -> RawCell:
    """A cell's text, which may hold tags, signs of bullets and whole tables."""
    if not _NEEDS_PARSING.search(text):
        return RawCell(join_pieces([(text, line)]) if text.strip() else RawText("", line))
    cell = make_cell(read_fragment(text, line, in_cell=True))
    return cell if cell.text.line is not None else RawCell(RawText(cell.text.text, line), 1, 1, cell.tables)


def read_rows(lines: Sequence[Line]) -> Iterator[RawTable | RawText]:
    """The tables of a run of lines, tabs between the cells; a row that only names what follows comes as its title.

    Blank lines may stand between: the end of a page cuts a table there. Rows that repeat the table standing in a cell
    just before make a table of their own.
    """
    for run in _split_runs(lines):
        wide = max(len(row) for row in run) > 1
        if wide and len(run) > 1 and _count_filled(run[0]) == 1 and run[0][0].text.text:
            yield run.pop(0)[0].text
        yield from _split_repeats(run)


def _split_runs(lines: Sequence[Line]) -> Iterator[list[list[RawCell]]]:
    """Runs of rows: a blank line ends one where the next row is a title or names columns anew."""
    run: list[list[RawCell]] = []
    rest = [(_read_row(text, number), after_blank) for text, number, after_blank in _mark_blanks(lines)]
    for at, (row, after_blank) in enumerate(rest):
        if run and after_blank and _begins_anew(row, [later for later, _ in rest[at + 1 : at + 4]], run):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _mark_blanks(lines: Sequence[Line]) -> Iterator[tuple[str, int, bool]]:
    blank = False
    for text, number in lines:
        if text.strip():
            yield text, number, blank
        blank = not text.strip()


def _read_row(text: str, number: int) -> list[RawCell]:
    return _drop_echo([read_cell(part, number) for part in text.rstrip("\t\r\n ").split("\t")])


def _drop_echo(row: list[RawCell]) -> list[RawCell]:
    """The row without the cells that say again, one after the other, what the table in the cell before them says."""
    for at, cell in enumerate(row):
        for table in cell.tables:
            said = [text for inner in table.rows for text in _texts(inner)]
            following = _texts(row[at + 1 :])
            if len(following) >= 2 and following == said[: len(following)]:
                return row[: at + 1]
    return row


def _begins_anew(row: list[RawCell], below: list[list[RawCell]], run: list[list[RawCell]]) -> bool:
    """Is this row, after a blank line, the first of another table?"""
    texts = _texts(row)
    if not texts[0] or texts[0][:1].islower():
        return False  # the rest of a row that the page's end cut
    if len(texts) == 1 or texts == _texts(run[0]) or abs(len(texts) - max(map(len, run))) > 1:
        return True
    block = [texts, *(_texts(later) for later in below)]
    return all(len(line) == len(texts) for line in block) and count_header_rows(block) > 0 and _has_figures(run, below)


def _has_figures(run: list[list[RawCell]], below: list[list[RawCell]]) -> bool:
    """Rows of words below rows of words are more of the same; figures show that a row of words names columns."""
    digits = [any(any(ch.isdigit() for ch in t) for t in _texts(row)[1:]) for row in (*run[1:], *below)]
    return bool(digits) and all(digits)


def _split_repeats(run: list[list[RawCell]]) -> Iterator[RawTable]:
    """The run as tables: rows that say again what the table in the last row's cell says stand apart."""
    begun = at = 0
    while at < len(run):
        at += 1
        nested = [table for cell in run[at - 1] for table in cell.tables]
        length = max((_count_repeats(run, at, table) for table in nested), default=0)
        if length >= 2:
            yield _make_table(run[begun:at])
            source = next(table for table in nested if _count_repeats(run, at, table) == length)
            yield RawTable(run[at : at + length], run[at][0].text.line, None, source.caption, source.header_rows)
            begun = at = at + length
    if begun < len(run):
        yield _make_table(run[begun:])


def _count_repeats(run: list[list[RawCell]], at: int, table: RawTable) -> int:
    """How many rows from `at` on are the table's own rows?"""
    count = 0
    for row, expected in zip(run[at : at + len(table.rows)], table.rows, strict=False):
        if _texts(row) != _strip_empty(_texts(expected)):
            break
        count += 1
    return count


def _make_table(rows: list[list[RawCell]]) -> RawTable:
    return RawTable(rows, rows[0][0].text.line)


def _texts(row: Sequence[RawCell]) -> list[str]:
    return [cell.text.text for cell in row]


def _strip_empty(texts: list[str]) -> list[str]:
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _count_filled(row: Sequence[RawCell]) -> int:
    return sum(bool(cell.text.text) for cell in row)


def read_stacked(lines: Sequence[Line]) -> RawTable:
    """The table of lines that each begin with a tab: a cell a line, a row up to the next blank line.

    A line without a tab goes on with the cell above it.
    """
    rows: list[list[list[Line]]] = [[]]
    for text, number in lines:
        if not text.strip(" \r\n\t") and "\t" not in text:
            rows.append([])
        elif text.startswith("\t"):
            rows[-1].append([(text, number)])
        elif rows[-1]:
            rows[-1][-1].append((text, number))
        else:
            rows[-1].append([(text, number)])
    cells = [[_stack_cell(cell) for cell in row] for row in rows if row]
    return RawTable(cells, lines[0][1])


def _stack_cell(lines: list[Line]) -> RawCell:
    raw = join_pieces(lines)
    return RawCell(raw if raw.text else RawText("", lines[0][1]))
