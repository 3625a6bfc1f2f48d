"""The record of one load: which files, how many rows came, stayed and were refused, and what they cover.

A manifest is written once and never changed. Taking a load back is a second record beside it (see `Undo`), so the
store can always be asked for an older state.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from wardmote.evidence.model.errors import Fault, UnreadableInputError

#: So many manifests a process keeps: a partnership's loads of ten years.
_MOST_REMEMBERED = 256


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
    `size_bytes` and `sha256` are of the Parquet file, noted when the load is committed; 0 and '' in older stores.
    """

    name: str
    key: tuple[str, ...]
    covers: tuple[tuple[str, ...], ...]
    rows: int
    size_bytes: int = field(default=0, compare=False)
    sha256: str = field(default="", compare=False)


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
    """A load taken back: when, by whom and, where it was said, why. The load's files stay."""

    load_id: str
    undone_at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LoadRecord:
    """One load as the store remembers it; `undo` is set when it was taken back."""

    manifest: Manifest
    undo: Undo | None
    refused_path: Path | None


def read_manifest(path: Path) -> Manifest:
    """Read a manifest back, or say that the store is damaged and where. Read once while the file stays the same."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise _explain_folder(path.parent, "this load has no manifest.json") from None
    return _read_manifest(path, (found.st_ino, found.st_mtime_ns, found.st_size))


@lru_cache(maxsize=_MOST_REMEMBERED)
def _read_manifest(path: Path, _mark: tuple[int, int, int]) -> Manifest:
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        manifest = _build_manifest(body)
    except FileNotFoundError:
        raise _explain_folder(path.parent, "this load has no manifest.json") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(
            f"this record of a load cannot be read ({type(error).__name__}: {error})",
            where=str(path),
            expected="the manifest that the load wrote",
            to_do="Restore the file from a backup, or move its folder out of loads/ and load the files again",
        ) from error
    if manifest.id != path.parent.name:
        raise _explain_folder(path.parent, f"this folder holds the load '{manifest.id}'")
    return manifest


def _explain_folder(folder: Path, found: str) -> UnreadableInputError:
    """A load is renamed into place whole, so a folder that is not one was changed from outside."""
    return UnreadableInputError(
        found,
        where=str(folder),
        expected="in loads/ one folder a load, under the load's id and with the manifest that the load wrote",
        to_do="Restore the folder from a backup, or move it out of loads/ and load its files again",
    )


def read_undo(path: Path) -> Undo:
    """Read back that a load was taken back, or say that the store is damaged and where."""
    try:
        body: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        undone_at = datetime.fromisoformat(body["undone_at"])
        return Undo(str(body["load_id"]), undone_at, str(body["by"]), str(body.get("reason", "")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(
            f"this record of a load that was taken back cannot be read ({type(error).__name__}: {error})",
            where=str(path),
            expected="the load's id, the moment and who did it, as 'wardmote undo' wrote them",
            to_do=f"Restore the file from a backup, or remove it and run 'wardmote undo {path.stem}' again",
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
    size, mark = int(body.get("size_bytes", 0)), str(body.get("sha256", ""))
    return TableRecord(body["name"], tuple(body["key"]), covers, body["rows"], size, mark)
