"""Which cell of a table stands in each slot of a full grid?"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wardmote.evidence.claims.reading.characters import RawText
from wardmote.evidence.model.errors import UnreadableInputError

#: No report has a table of this size; a file made to exhaust memory has (a few spans of thousands of columns).
MOST_SLOTS = 2_000_000
MOST_COLUMNS = 1_000


@dataclass(slots=True)
class RawCell:
    """A cell as a format writes it: what it says, how far it reaches, the tables that stand in it."""

    text: RawText
    row_span: int = 1
    col_span: int = 1
    tables: list["RawTable"] = field(default_factory=list)


@dataclass(slots=True)
class RawTable:
    """A table as a format writes it. `header_rows` None means that the format does not say."""

    rows: list[list[RawCell]]
    line: int | None = None
    page: int | None = None
    caption: str = ""
    header_rows: int | None = None


#: Column -> the cell from above and how many rows it still covers.
type _Waiting = dict[int, tuple[RawCell, int]]


def lay_grid(rows: Sequence[Sequence[RawCell]], *, where: str = "") -> list[list[RawCell | None]]:
    """Which cell stands in each slot? A cell that reaches over several stands in all of them; None is an empty slot.

    Raises:
        UnreadableInputError: the grid would have more slots than any report's table.
    """
    grid: list[list[RawCell | None]] = []
    waiting: _Waiting = {}
    widest = slots = 0
    for r, cells in enumerate(rows):
        row = _lay_row(cells, waiting, rows_left=len(rows) - r)
        grid.append(row)
        widest = max(widest, len(row))
        slots += len(row)
        _refuse_huge(max(slots, widest * (r + 1)), where)
    for row in grid:
        row.extend([None] * (widest - len(row)))
    return grid if widest else []


def _lay_row(cells: Sequence[RawCell], waiting: _Waiting, *, rows_left: int) -> list[RawCell | None]:
    """A row's own cells, and among them those that reach down from above."""
    row: list[RawCell | None] = []
    for cell in cells:
        _take_from_above(row, waiting)
        for _ in range(min(max(cell.col_span, 1), MOST_COLUMNS)):
            if cell.row_span > 1:
                waiting[len(row)] = (cell, min(cell.row_span, rows_left) - 1)
            row.append(cell)
    _take_from_above(row, waiting, rest=True)
    return row


def _refuse_huge(slots: int, where: str) -> None:
    if slots > MOST_SLOTS:
        raise UnreadableInputError(
            f"a table has more than {MOST_SLOTS:,} cells",
            where=where,
            expected="a report's tables",
            to_do="Leave this table out, or load it as data.",
        )


def _take_from_above(row: list[RawCell | None], waiting: _Waiting, *, rest: bool = False) -> None:
    """Fill the next slots with what reaches down into them; with `rest`, all that is left of the row."""
    last = max(waiting, default=-1) if rest else -1
    while waiting and (len(row) in waiting or len(row) < last):
        cell, left = waiting.pop(len(row), (None, 0))
        if cell is not None and left > 1:
            waiting[len(row)] = (cell, left - 1)
        elif cell is not None and left < 1:
            cell = None
        row.append(cell)
