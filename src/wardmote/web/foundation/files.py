"""Files that people attach: checked by their content, kept under their digest, handed out as downloads only."""

import hashlib
import io
import os
import re
import secrets
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.file_kinds import FoundKind, find_kind
from wardmote.web.foundation.models import StoredFile
from wardmote.web.foundation.writes import Identified, has_current_write, writing

LARGEST_BYTES = 20 * 1024 * 1024
_LONGEST_NAME = 120
_UNWANTED = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class DamagedFileError(RuntimeError):
    """The bytes of a stored file are gone or are not the ones that were stored."""


def check_upload(upload: "UploadedFile[bytes]") -> tuple[bytes, FoundKind]:
    """The content and kind of a file that may be attached. Raises ValidationError, in words for who sent it."""
    if (upload.size or 0) > LARGEST_BYTES:
        raise ValidationError("The file must be smaller than 20 MB", code="too_large")
    upload.seek(0)
    content = upload.read(LARGEST_BYTES + 1)
    if not content:
        raise ValidationError("The file is empty", code="empty")
    if len(content) > LARGEST_BYTES:
        raise ValidationError("The file must be smaller than 20 MB", code="too_large")
    found = find_kind(content, str(upload.name))
    if found is None:
        raise ValidationError(
            "The file must be a PDF, DOCX, XLSX, ODT, ODS, CSV, TXT, PNG or JPEG without macros, "
            "and its name must end accordingly",
            code="kind",
        )
    return content, found


def clean_name(name: str) -> str:
    """A file's name that is safe on every system: no folders, no invisible or reversing signs."""
    stem, dot, ending = _UNWANTED.sub(" ", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .").rpartition(".")
    return f"{stem.strip()[:_LONGEST_NAME] or 'file'}{dot}{ending[:10]}"


def store_file(upload: "UploadedFile[bytes]", *, by: Identified, partnership: Identified) -> StoredFile:
    """Keep a file that belongs to a partnership. Raises ValidationError where it may not be attached.

    Joins the write under way, or makes one of its own.
    """
    content, found = check_upload(upload)
    digest = hashlib.sha256(content).hexdigest()
    keep_bytes(digest, content)
    stored = StoredFile(
        chain=str(partnership.pk), name=clean_name(str(upload.name)), kind=found.media_type, size_bytes=len(content),
        sha256=digest, added_at=read_now(), added_by=by.pk,
    )  # fmt: skip
    if has_current_write():
        stored.save()
    else:
        with writing(by=by, verb="files.stored", partnership=partnership, subject=stored):
            stored.save()
    return stored


def find_place(digest: str) -> Path:
    """Where the bytes of a digest lie."""
    return Path(settings.FILES) / digest[:2] / digest


def keep_bytes(digest: str, content: bytes) -> None:
    """Write bytes under their digest; nobody ever sees half of them, and a power cut loses none."""
    place = find_place(digest)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place.with_name(f".{digest[:16]}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(place)
    finally:
        fresh.unlink(missing_ok=True)


def open_file(stored: StoredFile) -> BinaryIO:
    """The bytes of a stored file, held against its digest. Raises DamagedFileError where they are not the same."""
    try:
        content = find_place(stored.sha256).read_bytes()
    except FileNotFoundError:
        raise DamagedFileError(f"the file {stored.pk} is missing from the folder of files") from None
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        raise DamagedFileError(f"the file {stored.pk} is not the one that was stored")
    return io.BytesIO(content)


def answer_file(stored: StoredFile) -> FileResponse:
    """A download of a stored file. Whoever calls has made sure that the person may see what it is attached to."""
    response = FileResponse(
        open_file(stored), as_attachment=True, filename=stored.name, content_type=stored.kind or None
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response
