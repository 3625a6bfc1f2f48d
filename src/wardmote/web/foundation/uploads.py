"""Large files on their way in: streamed to disk in the home, never whole in memory, and never without a bound.

Django's own handler writes them into the system's folder for temporary files, which is often memory or another disk.
"""

import re
import shutil
from collections.abc import Container, Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

MEGABYTE = 1024 * 1024
#: What a page takes that has not said otherwise: more than any attached file may have, so that its form says so.
_USUAL_BYTES = 64 * MEGABYTE
_larger: dict[re.Pattern[str], int] = {}


def take_larger(path: str, most_bytes: int) -> None:
    """Let the pages whose address matches the pattern take a request of so many bytes."""
    _larger[re.compile(path)] = most_bytes


def was_too_large(request: HttpRequest) -> bool:
    """Whether files of this request were left unread because they are too large together."""
    return bool(getattr(request, "_was_too_large", False))


def find_folder() -> Path:
    """Where files lie while they come in."""
    return Path(settings.UPLOADS) / "under-way"


def remove_left(left: Iterable[Path], *, before: float, kept: Container[str] = ()) -> int:
    """Remove files and folders that nobody has touched since before that moment; how many those were.

    A process that was killed left them behind. `kept`: the names of what still waits for its work.
    """
    lost = [path for path in left if path.name not in kept and path.stat().st_mtime < before]
    for path in lost:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(lost)


class HomeUploadedFile(TemporaryUploadedFile):
    """A file that was streamed into the home; it goes with the request unless somebody moves it away."""

    def __init__(
        self, name: str, content_type: str, size: int, charset: str | None, content_type_extra: Any = None
    ) -> None:
        folder = find_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file: Any = NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115 - closed with the request
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class HomeUploadHandler(TemporaryFileUploadHandler):
    """Streams files into the home, and lets pass by what is larger than the page takes."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None  # noqa: N803
    ) -> None:  # fmt: skip
        path = self.request.path if self.request is not None else ""
        most = max((bound for pattern, bound in _larger.items() if pattern.search(path)), default=_USUAL_BYTES)
        self._is_too_large = content_length > most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._is_too_large:
            setattr(self.request, "_was_too_large", True)  # noqa: B010 - a mark of ours on Django's request
            raise StopUpload(connection_reset=False)
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        self.file = HomeUploadedFile(
            str(self.file_name), str(self.content_type), 0, self.charset, self.content_type_extra
        )  # fmt: skip
