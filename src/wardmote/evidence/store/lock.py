"""One writer at a time: an advisory lock that dies with its process, so a killed load blocks nobody."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError


@contextmanager
def hold_lock(path: Path, *, holder: str) -> Iterator[None]:
    """Hold the store's write lock, or say who has it.

    `holder` is what the next one in line is told ("load of police-street by ann").
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor, path)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{holder}, process {os.getpid()}".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        other = os.pread(descriptor, 500, 0).decode(errors="replace") or "another process"
        raise UnreadableInputError(
            f"another load is writing to this store ({other})",
            where=str(path.parent),
            expected="one writer at a time",
            to_do="Wait until it ends and run the command again; nothing was changed",
        ) from None
