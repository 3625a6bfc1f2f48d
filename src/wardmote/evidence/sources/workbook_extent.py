"""How far does a workbook's every sheet reach? Measured before the reader lays one out in memory.

The reader makes room for the whole rectangle up to the last cell that holds something, so a file of one kilobyte with a
cell in the far corner would ask for terabytes. What a sheet says of its own dimension is not believed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from xml.parsers import expat

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.workbook_cells import Extent, measure_ods_content, measure_xlsx_part
from wardmote.evidence.sources.workbook_parts import unpack_part
from wardmote.evidence.sources.workbook_texts import TEXTS_PART, count_text_bytes, find_longest_text

_CHUNK_BYTES = 1 << 20
_RATIO_FROM_BYTES = 64 << 20  # below this no ratio is looked at: an empty small table packs very well
_KIND_PARTS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_ANEW = "Delete what is empty around the table, or save it anew as an xlsx in a spreadsheet program"
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_TITLE, _LINK_KEY = re.compile(r'\sname="([^"]*)"'), re.compile(r'\s\w+:id="([^"]*)"')
_KEY, _TARGET = re.compile(r'\sId="([^"]*)"'), re.compile(r'\sTarget="([^"]*)"')


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """The largest workbook that is read: rows, columns and cells of a sheet's rectangle, and unpacked bytes."""

    rows: int = 1_048_576
    columns: int = 1_000
    cells: int = 20_000_000
    unpacked_bytes: int = 2 << 30
    unpacked_ratio: int = 200
    kinds: tuple[str, ...] = ("xlsx", "ods")

    def can_hold(self, rows: int, columns: int) -> bool:
        """Does a sheet of this extent fit?"""
        return rows <= self.rows and columns <= self.columns and rows * columns <= self.cells


#: What publishers' tables need, several times over.
PUBLISHED_LIMITS = WorkbookLimits()


def check_workbook(content: bytes, *, label: str, limits: WorkbookLimits = PUBLISHED_LIMITS) -> None:
    """Is this workbook small enough to be read? `label` is how messages call the file.

    Raises UnreadableInputError where a sheet reaches too far (its name and extent are said), where the file unpacks to
    too much or says another size than it has, where its cells point at too much text, or where its kind is not among
    `limits.kinds`. The binary kinds xls and xlsb cannot be measured and are in nobody's `kinds`.
    """
    kind = "xls" if content.startswith(_OLE) else ""
    try:
        if not kind:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                kind = _name_kind(archive, label)
                _check_kind(kind, label, limits)
                _Archive(content, archive, kind, label, limits).check()
        _check_kind(kind, label, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _refuse(f"this is not a workbook that can be read ({error})", label) from error
    except expat.ExpatError as error:
        raise _refuse(f"the workbook holds a damaged sheet ({error})", label) from error


def _refuse(found: str, where: str, *, expected: str = "an xlsx or ods file") -> UnreadableInputError:
    return UnreadableInputError(found, where=where, expected=expected, to_do=_SAVE_ANEW)


def _name_kind(archive: zipfile.ZipFile, label: str) -> str:
    """The reader looks at letters of either case, and takes the first kind that it finds: there must be just one."""
    names = {name.lower().replace("\\", "/") for name in archive.namelist()}
    kinds = [kind for part, kind in _KIND_PARTS.items() if part in names]
    if len(kinds) != 1:
        raise _refuse("this is not a workbook that can be read", label)
    return kinds[0]


def _check_kind(kind: str, label: str, limits: WorkbookLimits) -> None:
    if kind not in limits.kinds:
        raise _refuse(f"this is a workbook of the kind {kind}", label, expected=" or ".join(limits.kinds))


class _Archive:
    """A workbook's parts while they are unpacked and looked at: a sheet may stand under any name."""

    def __init__(self, content: bytes, archive: zipfile.ZipFile, kind: str, label: str, limits: WorkbookLimits) -> None:
        self._content, self._archive, self._kind = content, archive, kind
        self._label, self._limits = label, limits
        self._sizes: dict[int, int] = {}
        self._texts: zipfile.ZipInfo | None = None
        self._longest_text = 0
        self._cells: dict[int, int] = {}

    def check(self) -> None:
        for part in self._archive.infolist():
            for extent in self._measure(part):
                _check_extent(self._archive, part.filename, extent, label=self._label, limits=self._limits)
        self._check_texts()

    def _read(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        others = sum(self._sizes.values()) - self._sizes.get(part.header_offset, 0)
        size = 0
        for chunk in unpack_part(self._content, part):
            size += len(chunk)
            _check_bytes(others + size, len(self._content), self._label, self._limits)
            yield chunk
        self._sizes[part.header_offset] = size

    def _measure(self, part: zipfile.ZipInfo) -> list[Extent]:
        name = part.filename.lower().replace("\\", "/")
        chunks = partial(self._read, part)
        if self._kind == "ods" and name == "content.xml":
            return measure_ods_content(chunks, self._limits.can_hold)
        if self._kind == "xlsx":
            if name == TEXTS_PART:
                self._texts, self._longest_text = part, max(self._longest_text, find_longest_text(chunks()))
            extents, self._cells[part.header_offset] = measure_xlsx_part(chunks, self._limits.can_hold)
            return extents
        for _chunk in chunks():  # unpacked all the same: what it says of its size is not believed
            continue
        return []

    def _check_texts(self) -> None:
        """Every cell may point at the longest text; only where that is too much are they followed one by one."""
        most = self._limits.unpacked_bytes
        if self._texts is None or sum(self._cells.values()) * self._longest_text <= most:
            return
        sheets = (self._read(part) for part in self._archive.infolist() if self._cells.get(part.header_offset))
        if count_text_bytes(self._read(self._texts), sheets) > most:
            raise _refuse("the texts of this workbook's cells are far too long", self._label,
                          expected=f"at most {most >> 20:,} MB")  # fmt: skip


def _check_bytes(total: int, packed: int, label: str, limits: WorkbookLimits) -> None:
    is_dense = total > _RATIO_FROM_BYTES and total > packed * limits.unpacked_ratio
    if total > limits.unpacked_bytes or is_dense:
        size = f"{limits.unpacked_bytes >> 20:,} MB"
        raise _refuse("the workbook is far too large once it is unpacked", label, expected=f"at most {size}")


def _check_extent(archive: zipfile.ZipFile, part: str, extent: Extent, *, label: str, limits: WorkbookLimits) -> None:
    title, rows, columns = extent
    if limits.can_hold(rows, columns):
        return
    name = title or find_titles(archive).get(part, part)
    raise _refuse(
        f"this sheet reaches over {rows:,} rows and {columns:,} columns",
        f"{label}, sheet '{name}'",
        expected=f"at most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells",
    )


def find_titles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Each sheet's name by the part that holds it, as far as the workbook says so."""
    try:
        book, links = (_read_start(archive, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    except KeyError:
        return {}
    targets = {_find(_KEY, tag): _find(_TARGET, tag) for tag in _LINK.findall(links)}
    titles = {}
    for tag in _SHEET.findall(book):
        target = targets.get(_find(_LINK_KEY, tag), "")
        titles[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = _find(_TITLE, tag)
    return titles


def _read_start(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as stream:
        return stream.read(_CHUNK_BYTES).decode("utf-8", "replace")


def _find(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
