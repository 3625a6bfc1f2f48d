"""How far does a workbook's every sheet reach? Measured before the reader lays one out in memory.

The reader makes room for the whole rectangle up to the last cell that holds something, so a file of one kilobyte with a
cell in the far corner would ask for terabytes. What a sheet says of its own dimension is not believed.
"""

import copy
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from xml.parsers import expat

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.workbook_cells import Chunks, Extent, measure_ods_content, measure_xlsx_part

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
    kinds: tuple[str, ...] = ("xlsx", "ods", "xls", "xlsb")

    def can_hold(self, rows: int, columns: int) -> bool:
        """Does a sheet of this extent fit?"""
        return rows <= self.rows and columns <= self.columns and rows * columns <= self.cells


#: What publishers' tables need, several times over.
PUBLISHED_LIMITS = WorkbookLimits()


def check_workbook(content: bytes, *, label: str, limits: WorkbookLimits = PUBLISHED_LIMITS) -> None:
    """Is this workbook small enough to be read? `label` is how messages call the file.

    Raises UnreadableInputError where a sheet reaches too far (its name and extent are said), where the file unpacks to
    too much or says another size than it has, or where its kind is not among `limits.kinds`. The binary kinds xls and
    xlsb are not measured: a door that takes strangers' files leaves them out of `kinds`.
    """
    kind = "xls" if content.startswith(_OLE) else ""
    try:
        if not kind:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                kind = _name_kind(archive, label)
                _check_kind(kind, label, limits)
                _check_parts(archive, label=label, kind=kind, limits=limits, packed=len(content))
        _check_kind(kind, label, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _refuse(f"this is not a workbook that can be read ({error})", label) from error
    except expat.ExpatError as error:
        raise _refuse(f"the workbook holds a damaged sheet ({error})", label) from error


def _refuse(found: str, where: str, *, expected: str = "an xlsx, xls or ods file") -> UnreadableInputError:
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


def _check_parts(archive: zipfile.ZipFile, *, label: str, kind: str, limits: WorkbookLimits, packed: int) -> None:
    """Every part is unpacked and looked at: a sheet may stand under any name."""
    sizes: dict[int, int] = {}

    def read(part: zipfile.ZipInfo) -> Iterator[bytes]:
        size = 0
        for chunk in _unpack(archive, part):
            size += len(chunk)
            _check_bytes(sum(sizes.values()) - sizes.get(part.header_offset, 0) + size, packed, label, limits)
            yield chunk
        sizes[part.header_offset] = size

    for part in archive.infolist():
        for extent in _measure(partial(read, part), part.filename, kind, limits):
            _check_extent(archive, part.filename, extent, label=label, limits=limits)


def _measure(chunks: Chunks, name: str, kind: str, limits: WorkbookLimits) -> list[Extent]:
    if kind == "ods" and name.lower() == "content.xml":
        return measure_ods_content(chunks, limits.can_hold)
    if kind == "xlsx":
        return measure_xlsx_part(chunks)
    for _chunk in chunks():  # unpacked all the same: what it says of its size is not believed
        continue
    return []


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The whole of a part, whatever size it says: the reader goes on until the packed bytes end."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise zipfile.BadZipFile("a part is packed in an unusual way")
    whole, read = copy.copy(part), 0
    whole.file_size = 1 << 62
    with archive.open(whole) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            read += len(chunk)
            yield chunk
    if read != part.file_size:
        raise zipfile.BadZipFile("a part says another size than it has")


def _check_bytes(total: int, packed: int, label: str, limits: WorkbookLimits) -> None:
    is_dense = total > _RATIO_FROM_BYTES and total > packed * limits.unpacked_ratio
    if total > limits.unpacked_bytes or is_dense:
        size = f"{limits.unpacked_bytes >> 20:,} MB"
        raise _refuse("the workbook is far too large once it is unpacked", label, expected=f"at most {size}")


def _check_extent(archive: zipfile.ZipFile, part: str, extent: Extent, *, label: str, limits: WorkbookLimits) -> None:
    title, rows, columns = extent
    if limits.can_hold(rows, columns):
        return
    name = title or _find_titles(archive).get(part, part)
    raise _refuse(
        f"this sheet reaches over {rows:,} rows and {columns:,} columns",
        f"{label}, sheet '{name}'",
        expected=f"at most {limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells",
    )


def _find_titles(archive: zipfile.ZipFile) -> dict[str, str]:
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
