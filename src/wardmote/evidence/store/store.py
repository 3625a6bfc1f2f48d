"""The store: a folder of loads, each immutable, each of which can be taken back.

    store.json              the format, so that an older program does not misread a newer store
    loads/ID/               manifest.json, a Parquet file a table, refused.parquet where rows were refused
    undone/ID.json          the load was taken back, when and by whom
    staging/ID/             a load being prepared; swept away if its process died
    lock                    one writer at a time

A load becomes part of the store by one rename, so a kill, a full disk or a power cut leaves the store as it was.
"""

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.store.lock import hold_lock
from wardmote.evidence.store.manifest import Manifest, Undo, read_manifest
from wardmote.evidence.store.snapshot import Snapshot
from wardmote.evidence.store.staging import Staging

FORMAT = 1


class Store:
    """A store on disk. Open it with `open_store`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # -- reading --------------------------------------------------------------------------------------------
    def list_manifests(self) -> tuple[Manifest, ...]:
        """Every load ever made, in order, taken back or not."""
        return tuple(read_manifest(p) for p in sorted(self.folder.glob("loads/*/manifest.json"), key=_sequence_of))

    def list_undos(self) -> dict[str, Undo]:
        """Which loads were taken back."""
        bodies = (json.loads(p.read_text(encoding="utf-8")) for p in sorted(self.folder.glob("undone/*.json")))
        undos = (Undo(b["load_id"], datetime.fromisoformat(b["undone_at"]), b["by"]) for b in bodies)
        return {undo.load_id: undo for undo in undos}

    def snapshot(self, as_at: datetime | None = None) -> Snapshot:
        """The store as it stood at `as_at` (timezone-aware), or as it stands."""
        undos = self.list_undos()
        return Snapshot(
            self.folder, (m for m in self.list_manifests() if _is_in_force(m, undos.get(m.id), as_at))
        )  # fmt: skip

    # -- writing --------------------------------------------------------------------------------------------
    @contextmanager
    def stage(self, source: str, *, by: str) -> Iterator[Staging]:
        """Prepare a load under the write lock. Whatever happens inside, the store stays as it was until `commit`."""
        with hold_lock(self.folder / "lock", holder=f"load of {source} by {by}"):
            self._sweep_staging()
            staging = self._new_staging(source)
            try:
                yield staging
            except OSError as error:
                raise _explain_os_error(error, self.folder) from error
            finally:
                shutil.rmtree(staging.folder, ignore_errors=True)

    def commit(self, staging: Staging, manifest: Manifest) -> None:
        """Make the staged load part of the store, at once and whole."""
        staging.write_refused()
        shutil.rmtree(staging.folder / "scratch", ignore_errors=True)
        (staging.folder / "manifest.json").write_text(manifest.to_json(), encoding="utf-8")
        _flush_folder(staging.folder)
        target = self.folder / "loads" / staging.load_id
        staging.folder.rename(target)
        _flush_folder(target.parent)

    def undo(self, load_id: str, *, now: datetime, by: str) -> Undo:
        """Take a load back: from now on it does not count; what it superseded counts again."""
        with hold_lock(self.folder / "lock", holder=f"undo of {load_id} by {by}"):
            self._check_undoable(load_id)
            undo = Undo(load_id, now, by)
            folder = self.folder / "undone"
            folder.mkdir(exist_ok=True)
            partial = folder / f".{load_id}.partial"
            partial.write_text(json.dumps(asdict(undo) | {"undone_at": now.isoformat()}) + "\n", encoding="utf-8")
            partial.rename(folder / f"{load_id}.json")
            return undo

    # -- inside ---------------------------------------------------------------------------------------------
    def _check_undoable(self, load_id: str) -> None:
        known = [m.id for m in self.list_manifests()]
        if load_id not in known:
            raise UsageError(
                f"there is no load '{load_id}' in this store",
                expected=f"one of {', '.join(known[-8:])}" if known else "a load (the store is empty)",
                to_do="Run 'wardmote loads' to see them",
            )
        if load_id in self.list_undos():
            raise UsageError(f"load '{load_id}' was taken back already", to_do="Nothing needs to be done")

    def _sweep_staging(self) -> None:
        """Remove what a killed load left behind; the lock proves that nobody is still writing it."""
        for left in (self.folder / "staging").glob("*"):
            shutil.rmtree(left, ignore_errors=True)

    def _new_staging(self, source: str) -> Staging:
        last = max((_sequence_of(p / "x") for p in (self.folder / "loads").glob("*")), default=0)
        load_id = f"{last + 1:04d}-{source}"
        folder = self.folder / "staging" / load_id
        folder.mkdir(parents=True)
        return Staging(folder, load_id)


def open_store(folder: Path, *, create: bool = False) -> Store:
    """Open the store in `folder`; with `create`, make an empty one where there is none.

    Raises UnreadableInputError for a folder that is no store, and for a store that a newer program wrote.
    """
    mark = folder / "store.json"
    if not mark.exists():
        if not create:
            raise UnreadableInputError(
                "there is no store here",
                where=str(folder),
                expected="a folder into which data was loaded",
                to_do="Load data first ('wardmote load SOURCE PATH'), or name the right folder with --store",
            )
        _create_store(folder)
    _check_format(mark)
    return Store(folder)


def _create_store(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(
            "this folder holds other files",
            where=str(folder),
            expected="a new or empty folder for the store, or a store",
            to_do="Name another folder with --store",
        )
    try:
        for name in ("loads", "undone", "staging"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / "store.json").write_text(json.dumps({"format": FORMAT}) + "\n", encoding="utf-8")
    except OSError as error:
        raise _explain_os_error(error, folder) from error


def _check_format(mark: Path) -> None:
    try:
        found = int(json.loads(mark.read_text(encoding="utf-8"))["format"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError("store.json cannot be read", where=str(mark), expected='{"format": 1}') from error
    if found > FORMAT:
        raise UnreadableInputError(
            f"this store has format {found}, written by a newer wardmote",
            where=str(mark.parent),
            expected=f"format {FORMAT} or lower",
            to_do="Install the newer wardmote; nothing was changed",
        )


def _is_in_force(manifest: Manifest, undo: Undo | None, as_at: datetime | None) -> bool:
    if as_at is None:
        return undo is None
    return manifest.loaded_at <= as_at and (undo is None or undo.undone_at > as_at)


def _sequence_of(path: Path) -> int:
    match = re.match(r"(\d+)-", path.parent.name)
    return int(match[1]) if match else 0


def _flush_folder(folder: Path) -> None:
    """Ask the disk to hold what was written, so that a power cut after the rename finds whole files."""
    for path in [*(p for p in folder.iterdir() if p.is_file()), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explain_os_error(error: OSError, folder: Path) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return UnreadableInputError(
            f"there is no room left for the store ({error.strerror})",
            where=str(folder),
            expected="about as much free space as the files to load take unpacked",
            to_do="Free some space or use --store on another disk, then load again; the store is as it was before",
        )
    if isinstance(error, PermissionError):
        return UnreadableInputError(
            f"permission was refused ({error.filename or folder})", where=str(folder), expected="a folder you may write"
        )
    return error
