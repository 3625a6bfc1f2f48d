"""Where does each part of a report stand? Parts gathered in reading order, tables laid out as full grids."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wardmote.evidence.claims.reading.characters import RawText
from wardmote.evidence.claims.reading.headings import count_header_columns, count_header_rows
from wardmote.evidence.claims.text import Block, BlockKind, Place, Table, TextDocument
from wardmote.evidence.model.errors import UnreadableInputError

#: No report has a table of this size; a file made to exhaust memory has (a few spans of thousands of columns).
MOST_SLOTS = 2_000_000
MOST_COLUMNS = 1_000
#: Tables within tables deeper than this are read no further.
MOST_DEPTH = 8


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


class PartsBuilder:
    """Gathers a document's parts and numbers its paragraphs and tables."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.parts: list[Block | Table] = []
        self.notes: list[str] = []
        self._tables = 0
        self._paragraphs = 0

    def add_block(self, kind: BlockKind, raw: RawText, *, level: int = 0, page: int | None = None) -> None:
        """Add a block, unless it says nothing."""
        if not raw.text:
            return
        numbered = raw.line is None
        place = Place(
            self.file, line=raw.line, page=page, paragraph=self._paragraphs if numbered else None, end=len(raw.text)
        )
        self._paragraphs += numbered
        self.parts.append(Block(kind, raw.text, place, level, raw.line_starts))

    def add_table(self, raw: RawTable, *, inside: Place | None = None, depth: int = 0) -> None:
        """Add a table and, after it, the tables that stand in its cells."""
        grid = lay_grid(raw.rows)
        if not grid:
            return
        number = self._tables
        self._tables += 1
        rows, nested = self._fill_grid(grid, number, raw)
        header_rows = count_header_rows([[b.text for b in row] for row in rows]) if raw.header_rows is None else 0
        header_rows = min(raw.header_rows or header_rows, len(rows))
        columns = count_header_columns([[b.text for b in row] for row in rows[header_rows:]])
        place = Place(self.file, line=raw.line, page=raw.page, table=number)
        self.parts.append(Table(rows, place, header_rows, columns, raw.caption, inside))
        if depth < MOST_DEPTH:
            for outer, table in nested:
                self.add_table(table, inside=outer, depth=depth + 1)

    def _fill_grid(
        self, grid: list[list[RawCell | None]], number: int, raw: RawTable
    ) -> tuple[tuple[tuple[Block, ...], ...], list[tuple[Place, RawTable]]]:
        blocks: dict[int, Block] = {}
        nested: list[tuple[Place, RawTable]] = []
        rows = []
        for r, cells in enumerate(grid):
            line = next((cell.text.line for cell in cells if cell is not None and cell.text.line), raw.line)
            row = []
            for c, cell in enumerate(cells):
                block = None if cell is None else blocks.get(id(cell))
                if block is None:
                    text = RawText("") if cell is None else cell.text
                    place = Place(
                        self.file, line=text.line or line, page=raw.page,
                        table=number, row=r, column=c, end=len(text.text),
                    )  # fmt: skip
                    block = Block("cell", text.text, place, 0, text.line_starts)
                    if cell is not None:
                        blocks[id(cell)] = block
                        nested += [(place, table) for table in cell.tables]
                row.append(block)
            rows.append(tuple(row))
        return tuple(rows), nested

    def finish(self, format_: str) -> TextDocument:
        return TextDocument(self.file, format_, tuple(self.parts), tuple(self.notes))


def lay_grid(rows: Sequence[Sequence[RawCell]]) -> list[list[RawCell | None]]:
    """Which cell stands in each slot? A cell that reaches over several stands in all of them; None is an empty slot.

    Raises:
        UnreadableInputError: the grid would have more slots than any report's table.
    """
    grid: list[list[RawCell | None]] = [[] for _ in rows]
    waiting: dict[int, tuple[RawCell, int]] = {}  # column -> the cell from above and how many rows it still covers
    widest = slots = 0
    for r, cells in enumerate(rows):
        row = grid[r]
        for cell in cells:
            _take_from_above(row, waiting)
            for _ in range(min(max(cell.col_span, 1), MOST_COLUMNS)):
                if cell.row_span > 1:
                    waiting[len(row)] = (cell, min(cell.row_span, len(rows) - r) - 1)
                row.append(cell)
        _take_from_above(row, waiting, rest=True)
        widest = max(widest, len(row))
        slots += len(row)
        if max(slots, widest * (r + 1)) > MOST_SLOTS:
            raise UnreadableInputError(
                f"a table has more than {MOST_SLOTS:,} cells",
                expected="a report's tables",
                to_do="Leave this table out, or load it as data.",
            )
    for row in grid:
        row.extend([None] * (widest - len(row)))
    return grid if widest else []


def _take_from_above(row: list[RawCell | None], waiting: dict[int, tuple[RawCell, int]], *, rest: bool = False) -> None:
    """Fill the next slots with what reaches down into them; with `rest`, all that is left of the row."""
    last = max(waiting, default=-1) if rest else -1
    while waiting and (len(row) in waiting or len(row) < last):
        cell, left = waiting.pop(len(row), (None, 0))
        if cell is not None and left > 1:
            waiting[len(row)] = (cell, left - 1)
        elif cell is not None and left < 1:
            cell = None
        row.append(cell)
