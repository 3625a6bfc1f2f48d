"""Is a table of the store as its load wrote it? A damaged one is named; no figure is ever made from it.

Sizes and ends are looked at whenever a table is opened, which costs nothing. Bytes changed within a table can leave it
readable with other numbers in it, so before a report is written, and when the engine stumbles, the whole of it is
compared with the hash that the load recorded.
"""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.store.engine import quote_name
from wardmote.evidence.store.manifest import TableRecord

_MAGIC = b"PAR1"
#: The mark at both ends and the length of the footer.
_LEAST_BYTES = 12


def check_table(path: Path, record: TableRecord, *, load_id: str) -> None:
    """Is the table there, as long as it was written, and with both its ends? Raises UnreadableInputError if not."""
    damage = _find_outer_damage(path, record)
    if damage:
        raise explain_damage(path, damage, record, load_id=load_id)


def verify_table(path: Path, record: TableRecord, *, load_id: str) -> None:
    """Does every byte stand as the load wrote it? Raises UnreadableInputError if not."""
    check_table(path, record, load_id=load_id)
    damage = _find_inner_damage(path, record)
    if damage:
        raise explain_damage(path, damage, record, load_id=load_id)


def hash_table(path: Path) -> str:
    """The table's sha256 in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def explain_damage(path: Path, damage: str, record: TableRecord, *, load_id: str) -> UnreadableInputError:
    """What is wrong with a table, and the two ways out."""
    return UnreadableInputError(
        f"this table of the store is damaged ({damage})",
        where=str(path),
        expected=_describe_expected(record),
        to_do=f"Restore the file from a backup; or take the load out with 'wardmote undo {load_id}' and load its "
        f"files again ('wardmote loads {load_id}' lists them)",
    )


def _describe_expected(record: TableRecord) -> str:
    size = f" in {record.size_bytes:,} bytes" if record.size_bytes else ""
    rows = "the one row" if record.rows == 1 else f"the {record.rows:,} rows"
    return f"{rows} of {record.name}{size} that the load wrote"


def _find_outer_damage(path: Path, record: TableRecord) -> str:
    """What is wrong as far as the ends of the file show; '' where nothing is."""
    try:
        size = path.stat().st_size
        if record.size_bytes and size != record.size_bytes:
            return f"it has {size:,} bytes"
        if size < _LEAST_BYTES:
            return f"it has only {size:,} bytes"
        return "" if _has_both_ends(path) else "it is no whole Parquet file"
    except FileNotFoundError:
        return "the file is missing"
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"


def _has_both_ends(path: Path) -> bool:
    with path.open("rb") as stream:
        start = stream.read(len(_MAGIC))
        stream.seek(-len(_MAGIC), 2)
        return start == stream.read() == _MAGIC


def _find_inner_damage(path: Path, record: TableRecord) -> str:
    """What is wrong inside; a load of before hashes were recorded is read through instead."""
    try:
        if record.sha256:
            return "" if hash_table(path) == record.sha256 else "its content is not what was written"
        return _read_through(path, record.rows)
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"


def _read_through(path: Path, rows: int) -> str:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as table:
            found = sum(batch.num_rows for batch in table.iter_batches())
    except (ArrowException, OSError) as error:
        return str(error).splitlines()[0]
    return "" if found == rows else f"it has {found:,} rows"


class SoundConnection:
    """The engine over tables of the store; when it stumbles over a damaged one, the error names that table.

    What the engine refuses while every table is sound passes as it is: that is a fault of the program. Each thread asks
    by a cursor of its own, so that none fetches another's answer; what is held or lent, all of them see.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, verify: Callable[[], None]) -> None:
        self._connection = connection
        self._verify = verify
        self._own = threading.local()
        connection.execute("CREATE SCHEMA held")

    @property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor, which finds what is held before it looks into the store."""
        found: duckdb.DuckDBPyConnection | None = getattr(self._own, "cursor", None)
        if found is None:
            found = self._own.cursor = self._connection.cursor()
            found.execute("SET search_path='held,main'")
        return found

    def execute(self, sql: str, parameters: object = None) -> "SoundConnection":
        """Ask; the answer is had as from the engine's own connection, in the same thread."""
        with self._blame_damage():
            self._cursor.execute(sql, parameters)
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        with self._blame_damage():
            return self._cursor.fetchall()

    def fetchone(self) -> tuple[Any, ...] | None:
        with self._blame_damage():
            return self._cursor.fetchone()

    @property
    def description(self) -> list[tuple[Any, ...]]:
        return list(self._cursor.description)

    def close(self) -> None:
        self._cursor.close()
        self._connection.close()

    def hold(self, name: str, sql: str) -> None:
        """Keep what the query yields in memory, under the name of the table that it stands for."""
        self.execute(f"CREATE TABLE held.{quote_name(name)} AS {sql}")

    def lend(self, name: str, table: object) -> None:
        """Keep a copy of the caller's table under this name. (A registered one only this thread would see.)"""
        with self._blame_damage():
            self._cursor.register(f"lent_{name}", table)
            self._cursor.execute(f"CREATE TABLE held.{quote_name(name)} AS FROM {quote_name(f'lent_{name}')}")
            self._cursor.unregister(f"lent_{name}")

    @contextmanager
    def _blame_damage(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error:
            self._verify()
            raise
