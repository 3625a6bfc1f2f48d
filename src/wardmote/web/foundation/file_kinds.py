"""What a file truly is, found from its content. What is two things at once is refused (T12)."""

import io
import zipfile
import zlib
from dataclasses import dataclass

_MARKUP = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?php", b"<iframe", b"<object", b"<embed", b"javascript:")
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22
_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_UNPACKED = 200 * 1024 * 1024  # ten times the largest upload; a zip bomb unpacks to a thousand times
_MOST_PARTS = 5000
_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."

KINDS = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "docx": f"{_OOXML}wordprocessingml.document",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "odt": f"{_ODF}text",
    "ods": f"{_ODF}spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
_SAME = {"jpg": "jpeg"}


@dataclass(frozen=True, slots=True)
class FoundKind:
    """A kind of file: its usual ending and its media type."""

    ending: str

    @property
    def media_type(self) -> str:
        return KINDS[self.ending]


def find_kind(content: bytes, name: str) -> FoundKind | None:
    """What a file is; None where it is nothing that may be attached, or its name says something else."""
    ending = name.rpartition(".")[2].lower()
    ending = _SAME.get(ending, ending)
    readers = (_read_pdf, _read_png, _read_jpeg, _read_package)
    found = next((kind for kind in (read(content) for read in readers) if kind), "") or _read_text(content, ending)
    return FoundKind(found) if found and found == ending else None


def _has_markup(content: bytes) -> bool:
    lowered = content.lower()
    return any(mark in lowered for mark in _MARKUP)


def _read_pdf(content: bytes) -> str:
    """A PDF from its first byte to its end mark, with no archive hung on and no page for browsers before it."""
    tail = content[-2048:]
    fits = content.startswith(b"%PDF-1.") or content.startswith(b"%PDF-2.")
    whole = fits and b"%%EOF" in tail and tail[tail.rindex(b"%%EOF") + 5 :].strip(b"\r\n \x00") == b""
    return "pdf" if whole and _ZIP_END not in content[-70000:] and not _has_markup(content[:1024]) else ""


def _read_png(content: bytes) -> str:
    """A PNG whose chunks follow one another with right sums and end the file."""
    if not content.startswith(_PNG) or _has_markup(content):
        return ""
    place, kind = len(_PNG), b""
    while place + 12 <= len(content) and kind != b"IEND":
        length = int.from_bytes(content[place : place + 4])
        kind, end = content[place + 4 : place + 8], place + 8 + length
        if int.from_bytes(content[end : end + 4]) != zlib.crc32(content[place + 4 : end]):
            return ""
        place = end + 4
    return "png" if kind == b"IEND" and place == len(content) else ""


def _read_jpeg(content: bytes) -> str:
    whole = content.startswith(b"\xff\xd8\xff") and content.endswith(b"\xff\xd9")
    return "jpeg" if whole and _ZIP_END not in content[-70000:] and not _has_markup(content) else ""


def _read_package(content: bytes) -> str:
    """A Word, Excel or OpenDocument file without macros, that is the archive from its first byte to its last."""
    at = content.rfind(_ZIP_END)
    if not content.startswith(b"PK\x03\x04") or at < 0 or at + _ZIP_END_SIZE != len(content):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _name_package(archive) if _is_sound(archive) else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error):
        return ""


def _is_sound(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    outside = any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names)
    macros = any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) or "Basic/" in name for name in names)
    size = sum(part.file_size for part in parts)
    return not outside and not macros and len(parts) <= _MOST_PARTS and size <= _LARGEST_UNPACKED


def _name_package(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return "docx" if "word/document.xml" in names else "xlsx" if "xl/workbook.xml" in names else ""
    if "mimetype" in names and "content.xml" in names:
        stated = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
        return next((ending for ending in ("odt", "ods") if KINDS[ending] == stated), "")
    return ""


def _read_text(content: bytes, ending: str) -> str:
    """Text in UTF-8 or Windows' Western letters without control characters and without markup."""
    if ending not in ("csv", "txt") or _has_markup(content) or content.lstrip()[:5].lower() == b"<?xml":
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return "" if any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text) else ending
