"""Where a load is prepared: nothing of it is part of the store until all of it is written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wardmote.evidence.store.manifest import TableRecord

REFUSED = "refused"
_REFUSED_SCHEMA = pa.schema(
    [("file", pa.string()), ("line", pa.int64()), ("reason", pa.string()), ("row", pa.string())]
)


@dataclass(slots=True)
class Staging:
    """A folder for one load's files, and the list of what was put there."""

    folder: Path
    load_id: str
    tables: list[TableRecord] = field(default_factory=list)
    _refused: list[dict[str, Any]] = field(default_factory=list)

    def table_path(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"

    @property
    def scratch(self) -> Path:
        """A folder for unpacked archives and the engine's spilling; it does not become part of the store."""
        folder = self.folder / "scratch"
        folder.mkdir(exist_ok=True)
        return folder

    def write_table(self, name: str, table: pa.Table, *, key: Sequence[str]) -> TableRecord:
        """Write a small table whole and record what it covers."""
        pq.write_table(table, self.table_path(name), compression="zstd")
        covers = (
            table.select(list(key)).group_by(list(key)).aggregate([]) if table.num_rows else table.select(list(key))
        )
        values = sorted({tuple(_key_text(v) for v in row.values()) for row in covers.to_pylist()})
        return self.add_table(TableRecord(name, tuple(key), tuple(values), table.num_rows))

    def add_table(self, record: TableRecord) -> TableRecord:
        """Record a table whose Parquet file was written by the caller at `table_path`."""
        self.tables.append(record)
        return record

    def refuse(self, *, file: str, line: int, reason: str, row: str | Sequence[object]) -> None:
        """Keep a row aside with the reason why it was not taken."""
        text = row if isinstance(row, str) else json.dumps([_plain(v) for v in row], ensure_ascii=False)
        self._refused.append({"file": file, "line": line, "reason": reason, "row": text})

    def write_refused(self) -> None:
        """Write the rows kept aside, unless the source wrote them itself (large sources do)."""
        if self._refused:
            table = pa.Table.from_pylist(self._refused, schema=_REFUSED_SCHEMA)
            pq.write_table(table, self.table_path(REFUSED), compression="zstd")


def _key_text(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) or value is None else str(value)
