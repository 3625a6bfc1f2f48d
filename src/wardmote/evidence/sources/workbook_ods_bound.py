"""How far can an ods reach at most? A quick upper bound, so that only what may be too large is followed cell by cell.

The XML is parsed strictly without looking at anything, so that no tag can hide in an attribute; then the tags of rows
and cells, whose names the reader takes literally, are counted as plain bytes. None wherever that is not certain.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat

_ROW_END = b"</table:table-row>"
_EMPTY_CELL = re.compile(rb'<table:table-cell(?: table:(?:style-name|number-columns-repeated)="[^"<>]*")*/>')
_REPEATED = re.compile(rb' table:number-(columns|rows)-repeated="([0-9]{1,9})"')
_CELLS = (b"<table:table-cell", b"<table:covered-table-cell")
_TABLES = (b"<table:table ", b"<table:table>", b"</table:table>")
_LONGEST_ROW_BYTES = 8 << 20


def bound_ods_extent(chunks: Iterator[bytes]) -> tuple[int, int] | None:
    """The rows and columns that no sheet exceeds; None where the file must be followed. Raises ExpatError."""
    bound, rest = _Bound(), b""
    parser = _make_parser(bound)
    for chunk in chunks:
        parser.Parse(chunk, False)
        *pieces, rest = (rest + chunk).split(_ROW_END)
        bound.add(pieces)
        if not bound.is_certain or len(rest) > _LONGEST_ROW_BYTES:
            return None
    parser.Parse(b"", True)
    bound.add([rest])
    return (bound.rows, bound.columns) if bound.is_certain else None


class _Bound:
    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.is_certain = True
        self._empty = 0

    def doubt(self, *_parts: object) -> None:
        """Comments and the like may hold what looks like a tag."""
        self.is_certain = False

    def add(self, pieces: list[bytes]) -> None:
        for piece in pieces:
            self._add_row(piece)

    def _add_row(self, piece: bytes) -> None:
        started = piece.find(b"<table:table-row")
        edge = max(piece.rfind(mark) for mark in _TABLES)
        if edge >= 0:
            self._empty = 0
            self.is_certain = self.is_certain and not 0 <= started < edge  # a table inside a cell
        piece = piece[max(started, 0) :]  # columns are described before the first row
        held = _cut_empty_tail(piece) if b"-repeated" in piece else piece
        cells = sum(held.count(mark) for mark in _CELLS)
        repeats = _REPEATED.findall(held) if b"-repeated" in held else []
        if len(repeats) != held.count(b"-repeated"):
            self.doubt()
        rows = piece.count(b"<table:table-row") + sum(int(count) for what, count in repeats if what == b"rows")
        self._empty += rows
        if cells:
            columns = cells + sum(int(count) for what, count in repeats if what == b"columns")
            self.columns, self.rows, self._empty = max(self.columns, columns), self.rows + self._empty, 0


def _cut_empty_tail(row: bytes) -> bytes:
    """The row without the empty cells at its end."""
    end = len(row)
    while row.endswith(b"/>", 0, end) and _EMPTY_CELL.fullmatch(row, (at := row.rfind(b"<", 0, end)), end):
        end = at
    return row[:end]


def _make_parser(bound: _Bound) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.CommentHandler = bound.doubt
    parser.StartCdataSectionHandler = bound.doubt
    parser.ProcessingInstructionHandler = bound.doubt
    parser.StartDoctypeDeclHandler = bound.doubt
    return parser
