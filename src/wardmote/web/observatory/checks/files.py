"""The reports of a check on their way: looked at, laid into the home until they are read, removed."""

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from wardmote.evidence.interface import list_report_endings
from wardmote.web.foundation.file_kinds import find_kind
from wardmote.web.foundation.files import LARGEST_BYTES, clean_name
from wardmote.web.foundation.jobs import is_under_way
from wardmote.web.foundation.uploads import remove_left
from wardmote.web.observatory.checks.models import ReportCheck

_TEXTS = ("txt", "md", "html", "htm")
_CONTROL = frozenset(range(32)) - {9, 10, 12, 13}


def find_folder(key: Any) -> Path:
    """Where the reports of a check lie until they are read."""
    return Path(settings.UPLOADS) / "checks" / str(key)


def check_report(upload: "UploadedFile[Any]") -> bytes:
    """The content of a report that can be checked. Raises ValidationError, in words for who sent it.

    Text is only ever read, never handed to a browser; so a web page may come in, which may not be attached elsewhere.
    """
    name = clean_name(str(upload.name))
    ending = Path(name).suffix.lower()
    if ending not in list_report_endings():
        known = ", ".join(one.lstrip(".").upper() for one in list_report_endings())
        raise ValidationError(f"“{name}” is of another kind: {known} are read", code="kind")
    if (upload.size or 0) > LARGEST_BYTES:
        raise ValidationError(f"“{name}” must be smaller than 20 MB", code="too_large")
    upload.seek(0)
    content: bytes = upload.read()
    if not content.strip():
        raise ValidationError(f"“{name}” is empty", code="empty")
    sound = is_text(content) if ending.lstrip(".") in _TEXTS else find_kind(content, name) is not None
    if not sound:
        raise ValidationError(f"“{name}” is not what its name says, is damaged, or holds macros", code="kind")
    return content


def is_text(content: bytes) -> bool:
    """Whether the bytes are text, in whatever letters: no control signs but where two bytes make a letter."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not _CONTROL & set(content)


def lay_reports(key: Any, uploads: "Sequence[UploadedFile[Any]]") -> list[dict[str, Any]]:
    """Lay the reports where the worker finds them; their names, sizes and digests. Each has been looked at."""
    described = []
    for number, upload in enumerate(uploads):
        content, name = check_report(upload), clean_name(str(upload.name))
        folder = find_folder(key) / str(number)
        folder.mkdir(parents=True, mode=0o700)
        path = folder / name
        path.write_bytes(content)
        path.chmod(0o600)
        digest = hashlib.sha256(content).hexdigest()
        described.append({"name": name, "size_bytes": len(content), "sha256": digest})
    return described


def find_reports(key: Any, count: int) -> list[Path]:
    """The reports as they were laid; fewer where they are gone."""
    found = [next(iter((find_folder(key) / str(number)).glob("*")), None) for number in range(count)]
    return [path for path in found if path is not None]


def remove_reports(key: Any) -> None:
    """Let go of the reports."""
    shutil.rmtree(find_folder(key), ignore_errors=True)


def remove_lost(before: float) -> int:
    """Remove what a process that was killed left behind before that moment: reports of a check that is done or gone."""
    kept = {str(check.pk) for check in ReportCheck.objects.filter(checked_at=None, removed_at=None)
            if is_under_way(check)}  # fmt: skip
    return remove_left((Path(settings.UPLOADS) / "checks").glob("*"), before=before, kept=kept)
