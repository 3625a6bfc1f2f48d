"""How wide the columns of a printed table should be, so that it stays inside its page."""

from wardmote.evidence.reports.document import Column, Table

#: No column is taken for wider than this many characters: longer text wraps.
WIDEST = 30
#: The width of the gap beside a column, in characters.
GAP = 2
#: A table that wants this many characters takes the whole width; no table takes less than the share below.
FULL_CHARACTERS = 64
NARROWEST = 0.4


def share_widths(table: Table) -> list[float]:
    """How much of the table's width should each column have?

    Declared widths are kept, and what they leave is shared by the length of what the others hold. Returns a share for
    each column; together they make 1. A column never gets less than its longest word needs, while there is room.
    """
    wanted = [_wanted(table, at) for at in range(len(table.columns))]
    declared = [column.width for column in table.columns]
    left = max(1.0 - sum(width for width in declared if width is not None), 0.1)
    open_total = sum(want for want, width in zip(wanted, declared, strict=True) if width is None) or 1.0
    pairs = zip(wanted, declared, strict=True)
    shares = [left * want / open_total if width is None else width for want, width in pairs]
    total = sum(shares)
    return [share / total for share in shares]


def count_characters(table: Table) -> int:
    """Return about how many characters wide the table wants to be; a writer picks its type size by it."""
    return round(sum(_wanted(table, at) for at in range(len(table.columns))))


def share_page(table: Table) -> float:
    """How much of the text's width should the table take?

    Two short columns drawn over a whole page leave the eye alone between them. Returns a share of 1.
    """
    return min(1.0, max(NARROWEST, count_characters(table) / FULL_CHARACTERS))


def find_row_headers(columns: tuple[Column, ...]) -> list[bool]:
    """Return which columns head their row: those declared, else the first."""
    declared = [column.row_header for column in columns]
    return declared if any(declared) else [True, *declared[1:]]


def _wanted(table: Table, at: int) -> float:
    """A column wants its longest cell (to a limit), and at least its title's longest word."""
    title = table.columns[at].title
    word = max((len(part) for part in title.split()), default=1) * 1.1  # titles are semi-bold
    cells = max((max(len(row[at].text), len(row[at].detail)) for row in table.rows), default=1)
    return max(word, min(cells, WIDEST), min(len(title) / 2, WIDEST), 3) + GAP
