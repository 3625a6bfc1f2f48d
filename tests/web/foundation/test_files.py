"""Attached files: what they truly are, where they lie, how they are handed out."""

import hashlib
import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from support.web.world import make_person, make_world
from wardmote.web.foundation.file_kinds import find_kind
from wardmote.web.foundation.files import (
    LARGEST_BYTES,
    DamagedFileError,
    answer_file,
    clean_name,
    find_place,
    open_file,
    store_file,
)
from wardmote.web.foundation.models import AuditEntry, StoredFile


def make_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def make_zip(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = make_png()
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00rest\xff\xd9"
TYPES = {"[Content_Types].xml": "<Types/>"}
DOCX = make_zip(**TYPES, **{"word/document.xml": "<w/>"})
XLSX = make_zip(**TYPES, **{"xl/workbook.xml": "<w/>"})
ODT = make_zip(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<o/>"})
ODS = make_zip(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<o/>"})
GOOD = {
    "a.pdf": PDF, "a.png": PNG, "a.jpg": JPEG, "a.jpeg": JPEG, "a.docx": DOCX, "a.xlsx": XLSX, "a.odt": ODT,
    "a.ods": ODS, "a.csv": b"ref,value\nP1,2\n", "a.txt": "Zürich – 5 £".encode(), "old.txt": b"caf\xe9", "A.PDF": PDF,
}  # fmt: skip
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
BAD = {
    "page.html": HTML, "page.txt": HTML, "page.pdf": HTML, "page.png": HTML, "page.csv": b"a,<script>x</script>",
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture.png": b"<svg/>",
    "x.txt": b"<?xml version='1'?>",
    "pdf.png": PDF, "png.pdf": PNG, "docx.xlsx": DOCX, "xlsx.docx": XLSX, "odt.ods": ODT, "txt.pdf": b"hello",
    "hung_on.png": PNG + HTML, "hung_on2.png": PNG + DOCX, "hung_on.pdf": PDF + DOCX, "hung_on.jpg": JPEG + HTML,
    "inside.jpg": JPEG[:-2] + HTML + JPEG[-2:], "before.pdf": b"GIF89a" + PDF, "inside.pdf": PDF[:9] + HTML + PDF[9:],
    "broken.png": PNG[:30] + b"\xff" + PNG[31:], "cut.pdf": PDF[:20], "hung_on.docx": DOCX + b"tail",
    "macro.docx": make_zip(**TYPES, **{"word/document.xml": "<w/>", "word/vbaProject.bin": "x"}),
    "macro.odt": make_zip(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "", "Basic/x.xml": ""}),
    "outside.docx": make_zip(**TYPES, **{"word/document.xml": "<w/>", "../../x": "x"}),
    "any.zip": make_zip(a="b"), "zip.docx": make_zip(a="b"), "elf.txt": b"\x7fELF\x00", "run.exe": b"MZ\x90\x00",
    "noname": PDF, "a.pdf.exe": PDF,
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_allowed_kinds_are_found(name: str) -> None:
    found = find_kind(GOOD[name], name)
    assert found is not None
    assert found.media_type


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_refused(name: str) -> None:
    assert find_kind(BAD[name], name) is None


def test_zip_bomb_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(201):
                part.write(bytes(1024 * 1024))
    assert find_kind(target.getvalue(), "bomb.docx") is None


@given(st.binary(max_size=300), st.sampled_from(["pdf", "png", "jpg", "docx", "odt"]))
def test_random_bytes_are_no_document(content: bytes, ending: str) -> None:
    assert find_kind(content, f"x.{ending}") is None


@given(st.text(max_size=300))
def test_names_are_safe(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned
    assert len(cleaned) <= 140
    assert not set(cleaned) & set('/\\:*?"<>|\n\r\0\u202e')
    assert not cleaned.startswith(".")


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


def store(name: str = "minutes.pdf", content: bytes = PDF) -> StoredFile:
    partnership = make_world().partnership
    return store_file(SimpleUploadedFile(name, content), by=make_person("x@example.org"), partnership=partnership)


@pytest.mark.django_db
def test_stored_file_comes_back_as_a_download(folder: Path) -> None:
    stored = store("../../etc/Minutes of May.pdf")
    assert (stored.name, stored.kind, stored.size_bytes) == ("Minutes of May.pdf", "application/pdf", len(PDF))
    assert open_file(stored).read() == PDF
    response = answer_file(stored)
    assert response["Content-Disposition"] == 'attachment; filename="Minutes of May.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [hashlib.sha256(PDF).hexdigest()]
    assert AuditEntry.objects.filter(verb="files.stored", subject=stored.pk).exists()


@pytest.mark.django_db
def test_changed_or_lost_bytes_are_noticed(folder: Path) -> None:
    stored = store()
    find_place(stored.sha256).write_bytes(b"something else")
    with pytest.raises(DamagedFileError, match="not the one"):
        open_file(stored)
    find_place(stored.sha256).unlink()
    with pytest.raises(DamagedFileError, match="missing"):
        open_file(stored)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("a.pdf", b"", "empty"), ("a.pdf", HTML, "must be a PDF"), ("a.txt", b"x" * (LARGEST_BYTES + 1), "20 MB")],
)
def test_refused_files_leave_nothing(folder: Path, name: str, content: bytes, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        store(name, content)
    assert not folder.exists()
    assert not StoredFile.objects.exists()
