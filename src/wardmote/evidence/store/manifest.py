"""The record of one load: which files, how many rows came, stayed and were refused, and what they cover.

A manifest is written once and never changed. Taking a load back is a second record beside it (see `Undo`), so the
store can always be asked for an older state.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from wardmote.evidence.model.errors import Fault, UnreadableInputError


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file as it entered: `name` is relative to what the user named, `sha256` is of the bytes on disk."""

    name: str
    sha256: str
    size_bytes: int
    rows_in: int = 0
    rows_kept: int = 0
    rows_refused: int = 0


@dataclass(frozen=True, slots=True)
class TableRecord:
    """One table of a load.

    `key` names the columns by which a later load supersedes this one; `covers` are the key values present, as text.
    A load of force kent, month 2022-03 takes the place of every earlier row with that key and of no other.
    """

    name: str
    key: tuple[str, ...]
    covers: tuple[tuple[str, ...], ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that is known about one load."""

    id: str
    source: str
    loaded_at: datetime
    by: str
    inputs: tuple[InputFile, ...]
    tables: tuple[TableRecord, ...]
    publisher: str = ""
    licence: str = ""
    period_first: str = ""
    period_last: str = ""
    months_missing: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    settings: dict[str, str] = field(default_factory=dict)
    software: str = ""

    @property
    def rows_in(self) -> int:
        return sum(i.rows_in for i in self.inputs)

    @property
    def rows_kept(self) -> int:
        return sum(i.rows_kept for i in self.inputs)

    @property
    def rows_refused(self) -> int:
        return sum(i.rows_refused for i in self.inputs)

    def find_table(self, name: str) -> TableRecord | None:
        return next((t for t in self.tables if t.name == name), None)

    def to_json(self) -> str:
        body = asdict(self) | {"loaded_at": self.loaded_at.isoformat()}
        return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Undo:
    """A load taken back: when and by whom. The load's files stay."""

    load_id: str
    undone_at: datetime
    by: str


def read_manifest(path: Path) -> Manifest:
    """Read a manifest back, or say that the store is damaged and where."""
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return _build_manifest(body)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(
            f"this record of a load cannot be read ({type(error).__name__}: {error})",
            where=str(path),
            expected="the manifest that the load wrote",
            to_do="Restore the file from a backup, or move its folder out of loads/ and load the files again",
        ) from error


def _build_manifest(body: dict[str, Any]) -> Manifest:
    return Manifest(
        **body
        | {
            "loaded_at": datetime.fromisoformat(body["loaded_at"]),
            "inputs": tuple(InputFile(**i) for i in body["inputs"]),
            "tables": tuple(_build_table(t) for t in body["tables"]),
            "faults": tuple(Fault(**f) for f in body["faults"]),
            "months_missing": tuple(body["months_missing"]),
        }
    )


def _build_table(body: dict[str, Any]) -> TableRecord:
    covers = tuple(tuple(str(v) for v in key) for key in body["covers"])
    return TableRecord(body["name"], tuple(body["key"]), covers, body["rows"])
