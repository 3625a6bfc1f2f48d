"""One at a time, over all processes of an installation: a lock of the home and, on PostgreSQL, one of the database.

The home's lock dies with its process; the database's with its connection. So nobody is blocked by what was killed.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from zlib import crc32


class Hold:
    """Whether this process has the lock; asked again, `is_kept` says whether it still has it."""

    def __init__(self, is_ours: bool, is_kept: Callable[[], bool] = lambda: True) -> None:
        self._is_ours = is_ours
        self._is_kept = is_kept

    def __bool__(self) -> bool:
        return self._is_ours

    def is_kept(self) -> bool:
        """False where the lock is lost, as when the database was started anew."""
        return self._is_ours and self._is_kept()


@contextmanager
def hold_alone(home: Path, name: str, *, wait: bool) -> Iterator[Hold]:
    """Yield whether this process has the lock. With `wait` it always has it in the end."""
    with _hold_file(home / f".{name}.lock", wait) as has_file:
        if not has_file:
            yield Hold(False)
            return
        with _hold_database(name, wait) as hold:
            yield hold


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
def _hold_database(name: str, wait: bool) -> Iterator[Hold]:
    """Two hosts with a home each may share one PostgreSQL.

    The lock lives on a connection of its own, which nothing else uses: whoever works under the lock may close the
    usual one at any time, and would give the lock away with it.
    """
    from django.db import DEFAULT_DB_ALIAS, connection, connections

    if connection.vendor != "postgresql":
        yield Hold(True)
        return
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    key = crc32(f"wardmote {name}".encode())
    try:
        with own.cursor() as cursor:
            cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [key])
            is_ours = wait or cursor.fetchone()[0]
        yield Hold(is_ours, lambda: _still_has(own, key))
        if is_ours:
            _unlock(own, key)
    finally:
        own.close()


def _still_has(own: Any, key: int) -> bool:
    """Asked of the connection that took it: another would know of no lock."""
    from django.db import DatabaseError

    try:
        with own.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
                " AND objid::bigint = %s", [key],
            )  # fmt: skip
            return bool(cursor.fetchone()[0])
    except DatabaseError:
        return False


def _unlock(own: Any, key: int) -> None:
    from django.db import DatabaseError

    with suppress(DatabaseError), own.cursor() as cursor:  # a connection that is gone holds nothing
        cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
