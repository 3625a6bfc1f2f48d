"""Where do a sheet's cells stand? The greatest row and column that hold something, read from its XML as it streams.

Cells that hold nothing but a style do not count: the reader leaves them out too, and publishers style whole rows.
"""

import re
from collections.abc import Callable, Iterator
from typing import Protocol
from xml.parsers import expat

from wardmote.evidence.sources.workbook_ods_bound import bound_ods_extent
from wardmote.evidence.sources.workbook_scan import SheetScan

#: A sheet's name where its XML says it, rows, columns.
type Extent = tuple[str, int, int]
type Chunks = Callable[[], Iterator[bytes]]

_PLAIN = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]+="[^"<>]*")* ?(/?)>')
#: What the plain pattern cannot be trusted with: comments, other blanks, prefixes, cells without a place.
_UNUSUAL = (b"<!", b":c ", *(mark + end for mark in (b"<c", b":c") for end in (b"\t", b"\r", b"\n", b"/", b">")))
_REFERENCE = re.compile(r"([A-Za-z]+)([0-9]+)")
_LONGEST_NUMBER = 18
_LONGEST_TAG_BYTES = 1 << 16


def measure_xlsx_part(chunks: Chunks, fits: Callable[[int, int], bool]) -> tuple[list[Extent], int]:
    """How far does this part of an xlsx reach, and how many cells has it at most? Nothing for a part that is no sheet.

    A bound where the bound `fits`. Else plain XML, as spreadsheet programs write it, is searched; any other is parsed.
    """
    scan = SheetScan()
    for chunk in chunks():
        scan.feed(chunk)
    scan.close()
    if not scan.is_sheet:
        return [], 0
    if scan.is_certain and fits(scan.rows, scan.columns):
        return [("", scan.rows, scan.columns)], scan.cells
    return [_follow_xlsx_part(chunks)], scan.cells


def _follow_xlsx_part(chunks: Chunks) -> Extent:
    scan = _PlainScan()
    for chunk in chunks():
        scan.feed(chunk)
    scan.close()
    if scan.is_plain:
        return "", scan.rows, scan.columns
    parsed = _XlsxParser()
    parse_strictly(parsed, chunks())
    return "", parsed.rows, parsed.columns


def measure_ods_content(chunks: Chunks, fits: Callable[[int, int], bool]) -> list[Extent]:
    """How far does each sheet of an ods reach, repeated rows and columns counted? A bound where the bound `fits`."""
    bound = bound_ods_extent(chunks())
    if bound and fits(*bound):
        return [("", *bound)]
    parsed = _OdsParser()
    parse_strictly(parsed, chunks())
    return parsed.extents


def count_column(letters: str) -> int:
    """Which column do these letters name? From 1.

    >>> count_column("A"), count_column("XFD")
    (1, 16384)
    """
    place = 0
    for letter in letters[:12].upper():
        place = place * 26 + ord(letter) - 64
    return place


class _PlainScan:
    """Searches XML for cells whose place stands where every spreadsheet program writes it."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self.is_plain = True
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        text = self._rest + chunk
        cut = max(text.rfind(b"<"), 0)
        self._search(text[:cut])
        self._rest = text[cut:]
        if len(self._rest) > _LONGEST_TAG_BYTES:  # no spreadsheet program writes one: it is parsed instead
            self._rest, self.is_plain = b"", False

    def close(self) -> None:
        self._search(self._rest)

    def _search(self, text: bytes) -> None:
        found = _PLAIN.findall(text)
        if len(found) != text.count(b"<c ") or any(mark in text for mark in _UNUSUAL):
            self.is_plain = False
        if rows := {digits for _, digits, end in found if not end}:
            columns = {letters for letters, _, end in found if not end}
            self.rows = max(self.rows, *map(int, rows))
            self.columns = max(self.columns, *(count_column(letters.decode()) for letters in columns))


class PartReader(Protocol):
    """What follows a part's elements as they begin and end."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...


class CellPlace:
    """The place of the cell that begins, as the reader counts: one without a place stands after the one before it."""

    def __init__(self) -> None:
        self.row = self.column = 0

    def follow(self, local: str, attributes: dict[str, str]) -> None:
        """Take note of a row or a cell that begins."""
        if local == "row":
            self.row, self.column = _read_number(attributes.get("r", "")) or self.row + 1, 0
        elif local == "c":
            self.column += 1
            if place := _REFERENCE.fullmatch(attributes.get("r", "").replace("$", "")):
                self.column, self.row = count_column(place[1]), _read_number(place[2])


class _XlsxParser:
    """Follows rows and cells: how far those reach that hold something."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._place = CellPlace()
        self._in_cell = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._place.follow(local, attributes)
        if local == "c":
            self._in_cell = True
        elif self._in_cell:
            self.rows, self.columns = max(self.rows, self._place.row), max(self.columns, self._place.column)

    def end(self, name: str) -> None:
        self._in_cell = self._in_cell and name.rpartition(":")[2] != "c"


class _OdsParser:
    """Follows tables, rows and cells; what is empty and repeated counts only where something comes after it."""

    def __init__(self) -> None:
        self.extents: list[Extent] = []
        self._title = ""
        self._row = self._column = self._rows = self._columns = 0
        self._row_repeats = self._cell_repeats = 1
        self._in_cell = self._is_filled = self._is_row_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "table" and not self._in_cell:
            self._title, self._row, self._rows, self._columns = attributes.get("table:name", ""), 0, 0, 0
        elif local == "table-row":
            self._row_repeats, self._column, self._is_row_filled = _read_repeats(attributes, "rows"), 0, False
        elif local in ("table-cell", "covered-table-cell"):
            self._in_cell, self._cell_repeats = True, _read_repeats(attributes, "columns")
            self._is_filled = any("value" in key or key.endswith("formula") for key in attributes)
        elif self._in_cell:
            self._is_filled = True

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif local == "table-row":
            self._row += self._row_repeats
            self._rows = self._row if self._is_row_filled else self._rows
        elif local == "table" and not self._in_cell:
            self.extents.append((self._title, self._rows, self._columns))

    def _end_cell(self) -> None:
        self._in_cell, self._column = False, self._column + self._cell_repeats
        if self._is_filled:
            self._is_row_filled, self._columns = True, max(self._columns, self._column)


def _read_repeats(attributes: dict[str, str], what: str) -> int:
    return _read_number(attributes.get(f"table:number-{what}-repeated", "1"))


def _read_number(text: str) -> int:
    """A count as far as it can matter: whatever is longer is too far in any case."""
    digits = text.strip().lstrip("+")
    return int(digits[:_LONGEST_NUMBER]) if digits.isdecimal() else 0


def parse_strictly(reader: PartReader, chunks: Iterator[bytes], *, texts: Callable[[str], None] | None = None) -> None:
    """Feed a strict parser; `texts` takes what stands between the elements.

    Raises ExpatError for what is no XML, and for a document type: no workbook has one.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = texts
    parser.StartDoctypeDeclHandler = _refuse_document_type
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_document_type(*_parts: object) -> None:
    raise expat.ExpatError("it has a document type")
