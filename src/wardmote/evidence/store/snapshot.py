"""What is in force at a moment: which rows of which load answer for each key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import RLock

import pyarrow as pa

from wardmote.evidence.store.engine import connect, quote_list, quote_name, quote_text
from wardmote.evidence.store.manifest import Manifest, TableRecord
from wardmote.evidence.store.memory import Memory, weigh
from wardmote.evidence.store.soundness import SoundConnection, check_table, verify_table


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one load that are in force for one table; `owned` is None when that is all of them."""

    manifest: Manifest
    record: TableRecord
    path: Path
    owned: tuple[tuple[str, ...], ...] | None

    def select(self) -> str:
        """SQL that yields the part's rows with the load's id."""
        sql = f"SELECT *, {quote_text(self.manifest.id)} AS load_id FROM read_parquet({quote_text(str(self.path))})"
        return sql if self.owned is None else f"{sql} WHERE {self._owned_filter()}"

    def _owned_filter(self) -> str:
        # One text per key, and unnested: so the engine joins with a hash table. A list of tuples, and a list of many
        # texts in list_contains too, is compared one by one (4,300 keys of 390,000 rows: 3.8 s instead of 0.05 s).
        joined = " || chr(31) || ".join(f"CAST({quote_name(c)} AS VARCHAR)" for c in self.record.key)
        return f"{joined} IN (SELECT unnest({quote_list([chr(31).join(k) for k in self.owned or ()])}))"


#: Above this many rows a table is not read into memory.
_MOST_ROWS_HELD = 500_000
#: Up to this much is compared with its hashes at every opening: a tenth of a second on a slow machine.
_MOST_BYTES_VERIFIED = 32_000_000


class Snapshot:
    """The store as it stood at a moment. Later loads supersede earlier ones key by key; undone loads do not count.

    Several threads may ask one snapshot. `most_remembered` bounds what it remembers (see `memory`); None is no bound.
    `threads` are the engine's own for one question; None is one a core.
    """

    def __init__(
        self,
        folder: Path,
        manifests: Iterable[Manifest],
        *,
        most_remembered: int | None = None,
        threads: int | None = None,
    ) -> None:
        self.folder = folder
        self.manifests = tuple(manifests)
        self._lent: set[str] = set()
        self._lock = RLock()
        self._connection: SoundConnection | None = None
        self._memory = Memory(most_remembered)
        self._threads = threads

    @property
    def connection(self) -> SoundConnection:
        """An engine with a view for each table in force, closed with the process.

        Raises UnreadableInputError for a damaged table: here as far as a quick look shows, else when it is read.
        """
        with self._lock:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection

    def _connect(self) -> SoundConnection:
        self._check_tables()
        connection = SoundConnection(connect(threads=self._threads), self.verify)
        for name in self.table_names:
            connection.execute(f"CREATE VIEW main.{quote_name(name)} AS {self.table_sql(name)}")
        return connection

    def verify(self) -> None:
        """Does every table in force stand as its load wrote it? Reads them whole; raises UnreadableInputError if not.

        Tables and loads that are superseded or taken back are not looked at: no figure is made from them.
        """
        for part in self._parts_in_force:
            verify_table(part.path, part.record, load_id=part.manifest.id)

    def _check_tables(self) -> None:
        for part in self._parts_in_force:
            check_table(part.path, part.record, load_id=part.manifest.id)
        if sum(part.record.size_bytes for part in self._parts_in_force) <= _MOST_BYTES_VERIFIED:
            for part in self._parts_in_force:
                if part.record.sha256:
                    verify_table(part.path, part.record, load_id=part.manifest.id)

    @cached_property
    def _parts_in_force(self) -> tuple[Part, ...]:
        return tuple(part for name in self.table_names for part in self.parts(name))

    def hold(self, *tables: str) -> None:
        """Read small tables into memory, which are asked again and again; a large one stays where it is."""
        for name in tables:
            rows = sum(part.record.rows for part in self.parts(name))
            with self._lock:
                if 0 < rows <= _MOST_ROWS_HELD and name not in self._lent:
                    self.connection.hold(name, f"FROM main.{quote_name(name)}")
                    self._lent.add(name)

    def recall[T](self, key: tuple[object, ...], make: Callable[[], T], *, weight: Callable[[T], int] = weigh) -> T:
        """What was answered before under this key, else what `make` answers now: a snapshot never changes."""
        return self._memory.recall(key, make, weight=weight)

    def list_remembered(self, kind: str) -> tuple[tuple[object, ...], ...]:
        """The keys that begin with this word under which something is remembered, the one asked last at the end."""
        return self._memory.list_keys(kind)

    def take_over(self, other: "Snapshot", keys: Iterable[tuple[object, ...]]) -> int:
        """Remember what another state answered under these keys; the caller knows that it holds here too."""
        return self._memory.take_over(other._memory, keys)

    def lend(self, name: str, make: Callable[[], pa.Table]) -> None:
        """Let queries use a table of the caller's under this name; made at its first use and kept."""
        with self._lock:
            if name not in self._lent:
                self.connection.lend(name, make())
                self._lent.add(name)

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        """Every table of which a load in force holds rows."""
        return tuple(sorted({t.name for m in self.manifests for t in m.tables if t.covers}))

    def has(self, table: str) -> bool:
        return table in self.table_names

    def table_sql(self, table: str) -> str:
        """SQL for all rows of the table in force, each with its load_id."""
        return " UNION ALL BY NAME ".join(part.select() for part in self.parts(table))

    def parts(self, table: str) -> tuple[Part, ...]:
        """Which loads answer for which keys of the table, oldest first. The newest load that covers a key owns it."""
        return self.recall(("parts", table), lambda: self._divide(table))

    def _divide(self, table: str) -> tuple[Part, ...]:
        owner: dict[tuple[str, ...], str] = {}
        holders = [(m, record) for m in self.manifests if (record := m.find_table(table))]
        for manifest, record in holders:
            owner.update(dict.fromkeys(record.covers, manifest.id))
        return tuple(part for m, r in holders if (part := self._part(m, r, owner)))

    def _part(self, manifest: Manifest, record: TableRecord, owner: dict[tuple[str, ...], str]) -> Part | None:
        owned = tuple(key for key in record.covers if owner[key] == manifest.id)
        if not owned:
            return None
        path = self.folder / "loads" / manifest.id / f"{record.name}.parquet"
        return Part(manifest, record, path, None if len(owned) == len(record.covers) else owned)

    def keys(self, table: str) -> frozenset[tuple[str, ...]]:
        """Every key of the table that is in force."""
        return self.recall(
            ("keys", table),
            lambda: frozenset(key for m in self.manifests for t in m.tables if t.name == table for key in t.covers),
        )

    def loads_of(self, table: str) -> tuple[str, ...]:
        """Ids of the loads that answer for the table."""
        return tuple(part.manifest.id for part in self.parts(table))

    def loads_for(self, table: str, keys: set[tuple[str, ...]]) -> tuple[str, ...]:
        """Ids of the loads that answer for any of the keys."""
        return tuple(p.manifest.id for p in self.parts(table) if keys & set(p.owned or p.record.covers))

    def find_manifest(self, load_id: str) -> Manifest | None:
        return next((m for m in self.manifests if m.id == load_id), None)
