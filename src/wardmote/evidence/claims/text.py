"""A report as text: blocks and tables in reading order, each knowing where it stands.

Every reader (docx, odt, html, md, pdf, txt) gives this one shape, so no rule knows a file format.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "note", "cell"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: whatever of it the format knows.

    `line` is 1-based (txt, md, html source); `page` 1-based (pdf); `table`, `row`, `column` 0-based in reading order;
    `paragraph` 0-based for formats without lines. `start` and `end` are offsets into the block's text.
    """

    file: str
    line: int | None = None
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    start: int = 0
    end: int = 0

    @property
    def title(self) -> str:
        """The place in words: "line 84", "page 3, table 2, row 4, column 1"."""
        parts = []
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.table is not None and self.line is None:
            parts.append(f"table {self.table + 1}, row {(self.row or 0) + 1}, column {(self.column or 0) + 1}")
        elif self.paragraph is not None and self.line is None:
            parts.append(f"paragraph {self.paragraph + 1}")
        return ", ".join(parts) or "the document"


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text: one heading, paragraph, list item, footnote or table cell.

    `text` is plain text with single spaces and "\\n" kept inside preformatted text only. Superscripts that are note
    marks are left out of `text` (a "3" after a full stop is no number).  `line_starts` maps offsets in `text` to
    source lines where one block spans several lines: ((offset, line), ...), ascending.
    """

    kind: BlockKind
    text: str
    place: Place
    level: int = 0  # heading depth, list depth
    line_starts: tuple[tuple[int, int], ...] = ()

    def place_of(self, start: int, end: int) -> Place:
        """The place of a part of the text."""
        before = bisect_right(self.line_starts, start, key=itemgetter(0))
        line = self.line_starts[before - 1][1] if before else self.place.line
        return Place(
            self.place.file, line, self.place.page, self.place.paragraph,
            self.place.table, self.place.row, self.place.column, start, end,
        )  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table as a full grid: merged cells are repeated in every slot they cover (the same Block object).

    `header_rows` counts the rows that name columns, `header_columns` the columns that name rows (0 or 1).
    `rows[r][c]` is a Block of kind "cell"; empty slots hold a Block with text "". Rows all have the same length.
    `inside` is the place of the outer cell for a table that stands inside one (a chart's data written as HTML).
    """

    rows: tuple[tuple[Block, ...], ...]
    place: Place
    header_rows: int = 1
    header_columns: int = 1
    caption: str = ""
    inside: Place | None = None

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The columns' names, header rows joined top to bottom; "" where a column has none."""
        heads = self.rows[: self.header_rows]
        width = len(self.rows[0]) if self.rows else 0
        return tuple(" ".join(dict.fromkeys(row[c].text for row in heads if row[c].text)) for c in range(width))

    @cached_property
    def body(self) -> tuple[tuple[Block, ...], ...]:
        return self.rows[self.header_rows :]

    def cells(self) -> Iterator[Block]:
        """Every distinct cell once, row by row."""
        seen: set[int] = set()
        for row in self.rows:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    yield cell


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A whole report: its blocks and tables in reading order, and what could not be read of it."""

    name: str
    format: str
    parts: tuple[Block | Table, ...]
    notes: tuple[str, ...] = field(default=())

    def blocks(self) -> Iterator[Block]:
        """Every block, table cells included, in reading order."""
        for part in self.parts:
            if isinstance(part, Table):
                yield from part.cells()
            else:
                yield part

    def tables(self) -> Iterator[Table]:
        """Every table, those inside cells included, in reading order."""
        for part in self.parts:
            if isinstance(part, Table):
                yield part
