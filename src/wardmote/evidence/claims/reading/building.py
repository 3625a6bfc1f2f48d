"""Where does each part of a report stand? Parts gathered in reading order, tables laid out as full grids."""

from dataclasses import replace

from wardmote.evidence.claims.reading.characters import RawText
from wardmote.evidence.claims.reading.grids import RawCell, RawTable, lay_grid
from wardmote.evidence.claims.reading.headings import count_header_columns
from wardmote.evidence.claims.reading.titles import count_heads, drop_spacers, part_titles
from wardmote.evidence.claims.text import Block, BlockKind, Place, Table, TextDocument

#: Tables within tables deeper than this are read no further.
MOST_DEPTH = 8
#: A title in a table's first row is a part of whatever heading stands over the table.
_TITLE_LEVEL = 6


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
        grid = lay_grid(raw.rows, where=self.file)
        if not grid:
            return
        number = self._tables
        self._tables += 1
        filler = _GridFiller(Place(self.file, page=raw.page, table=number))
        filled = filler.fill(grid, raw.line)
        titles, rows = part_titles(filled) if not filler.nested else ((), filled)
        header_rows = count_heads(rows, _find_said(raw.header_rows, len(filled) - len(rows)))
        rows = drop_spacers(rows, header_rows)
        columns = count_header_columns([[b.text for b in row] for row in rows[header_rows:]])
        place = Place(self.file, line=raw.line, page=raw.page, table=number)
        caption = " ".join(filter(None, (raw.caption, *(title.text for title in titles))))
        self.parts += [replace(title, kind="heading", level=_TITLE_LEVEL) for title in titles]
        self.parts.append(Table(rows, place, header_rows, columns, caption, inside))
        if depth < MOST_DEPTH:
            for outer, table in filler.nested:
                self.add_table(table, inside=outer, depth=depth + 1)

    def finish(self, format_: str) -> TextDocument:
        return TextDocument(self.file, format_, tuple(self.parts), tuple(self.notes))


def _find_said(said: int | None, passed: int) -> int | None:
    """How many rows does the format say name columns, when so many before them turn out to be titles?"""
    return said - passed if said is not None and said > passed else None if said is None or passed else said


class _GridFiller:
    """Makes a block of each cell, one however many slots it fills; gathers the tables in cells with their places."""

    def __init__(self, table: Place) -> None:
        self.table = table
        self.nested: list[tuple[Place, RawTable]] = []
        self._blocks: dict[int, Block] = {}

    def fill(self, grid: list[list[RawCell | None]], line: int | None) -> tuple[tuple[Block, ...], ...]:
        """The grid's rows. A cell that knows no line stands in its row's, or in the table's."""
        rows = []
        for r, cells in enumerate(grid):
            row_line = next((cell.text.line for cell in cells if cell is not None and cell.text.line), line)
            rows.append(tuple(self._fill_slot(cell, (r, c), row_line) for c, cell in enumerate(cells)))
        return tuple(rows)

    def _fill_slot(self, cell: RawCell | None, slot: tuple[int, int], line: int | None) -> Block:
        if cell is None:
            return Block("cell", "", self._place(slot, line, 0))
        block = self._blocks.get(id(cell))
        if block is None:
            text = cell.text
            place = self._place(slot, text.line or line, len(text.text))
            block = self._blocks[id(cell)] = Block("cell", text.text, place, 0, text.line_starts)
            self.nested += [(place, table) for table in cell.tables]
        return block

    def _place(self, slot: tuple[int, int], line: int | None, end: int) -> Place:
        table = self.table
        return Place(table.file, line=line, page=table.page, table=table.table, row=slot[0], column=slot[1], end=end)
