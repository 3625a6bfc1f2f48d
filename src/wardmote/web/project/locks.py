"""One at a time, over all processes of an installation: a lock of the home and, on PostgreSQL, one of the database.

The home's lock dies with its process; the database's with its connection. So nobody is blocked by what was killed.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32


@contextmanager
def hold_alone(home: Path, name: str, *, wait: bool) -> Iterator[bool]:
    """Yield whether this process has the lock. With `wait` it always has it in the end."""
    with _hold_file(home / f".{name}.lock", wait) as has_file:
        if not has_file:
            yield False
            return
        with _hold_database(name, wait) as has_database:
            yield has_database


@contextmanager
def _hold_file(path: Path, wait: bool) -> Iterator[bool]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)


@contextmanager
def _hold_database(name: str, wait: bool) -> Iterator[bool]:
    """Two hosts with a home each may share one PostgreSQL."""
    from django.db import connection

    if connection.vendor != "postgresql":
        yield True
        return
    key = crc32(f"wardmote {name}".encode())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [key])
        if not (wait or cursor.fetchone()[0]):
            yield False
            return
        try:
            yield True
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
