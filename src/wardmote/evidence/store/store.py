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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.store.lock import hold_lock
from wardmote.evidence.store.manifest import Manifest, TableRecord, Undo, read_manifest, read_undo
from wardmote.evidence.store.snapshot import Snapshot
from wardmote.evidence.store.soundness import hash_table
from wardmote.evidence.store.staging import Staging

FORMAT = 1


class Store:
    """A store on disk. Open it with `open_store`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # -- reading --------------------------------------------------------------------------------------------
    def list_manifests(self) -> tuple[Manifest, ...]:
        """Every load ever made, in order, taken back or not."""
        folders = (p for p in (self.folder / "loads").glob("*") if p.is_dir() and not p.name.startswith("."))
        marks = sorted((p / "manifest.json" for p in folders), key=lambda p: (_sequence_of(p), p.parent.name))
        return tuple(read_manifest(p) for p in marks)

    def list_undos(self) -> dict[str, Undo]:
        """Which loads were taken back."""
        undos = (read_undo(p) for p in sorted(self.folder.glob("undone/*.json")) if not p.name.startswith("."))
        return {undo.load_id: undo for undo in undos}

    def snapshot(
        self, as_at: datetime | None = None, *, most_remembered: int | None = None, threads: int | None = None
    ) -> Snapshot:
        """The store as it stood at `as_at` (timezone-aware), or as it stands."""
        undos = self.list_undos()
        in_force = (m for m in self.list_manifests() if _is_in_force(m, undos.get(m.id), as_at))
        return Snapshot(self.folder, in_force, most_remembered=most_remembered, threads=threads)

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
        text = _note_files(manifest, staging).to_json()
        (staging.folder / "manifest.json").write_text(text, encoding="utf-8")
        _flush_folder(staging.folder)
        target = self.folder / "loads" / staging.load_id
        staging.folder.rename(target)
        _flush_folder(target.parent)

    def undo(self, load_id: str, *, now: datetime, by: str, reason: str = "") -> Undo:
        """Take a load back: from now on it does not count; what it superseded counts again."""
        with hold_lock(self.folder / "lock", holder=f"undo of {load_id} by {by}"):
            self._check_undoable(load_id)
            undo = Undo(load_id, now, by, reason)
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
            raise explain_unknown_load(load_id, known)
        if load_id in self.list_undos():
            raise UsageError(f"load '{load_id}' was taken back already", to_do="Nothing needs to be done")

    def _sweep_staging(self) -> None:
        """Remove what a killed load left behind; the lock proves that nobody is still writing it."""
        for left in (self.folder / "staging").glob("*"):
            shutil.rmtree(left, ignore_errors=True)

    def _new_staging(self, source: str) -> Staging:
        # Of a damaged load that was moved away the record that it was taken back may be left: its id is not used again.
        used = [*(self.folder / "loads").glob("*"), *(self.folder / "undone").glob("*.json")]
        last = max((_sequence_of(p / "x") for p in used), default=0)
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


#: So many ids are all named to somebody who asked for a wrong one.
_MOST_IDS_NAMED = 12


def explain_unknown_load(load_id: str, known: Sequence[str]) -> UsageError:
    """There is no such load; `known` are the ids of those there are, in order."""
    expected = f"one of {', '.join(known)}" if known else "a load (the store is empty)"
    if len(known) > _MOST_IDS_NAMED:
        expected = f"one of the {len(known)} loads from {known[0]} to {known[-1]}"
    return UsageError(
        f"there is no load '{load_id}' in this store", expected=expected, to_do="Run 'wardmote loads' to see them"
    )


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
        found = json.loads(mark.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _explain_mark(mark, "store.json cannot be read") from error
    if type(found) is not int or found < 1:  # true would count as 1
        raise _explain_mark(mark, f"store.json names the format {json.dumps(found)}, which there never was")
    if found > FORMAT:
        raise UnreadableInputError(
            f"this store has format {found}, written by a newer wardmote",
            where=str(mark.parent),
            expected=f"format {FORMAT} or lower",
            to_do="Install the newer wardmote; nothing was changed",
        )


def _explain_mark(mark: Path, found: str) -> UnreadableInputError:
    return UnreadableInputError(
        found,
        where=str(mark),
        expected=f'{{"format": {FORMAT}}}',
        to_do="Restore the file from a backup, or write into it what was expected; nothing was changed",
    )


def _note_files(manifest: Manifest, staging: Staging) -> Manifest:
    """The manifest with each table file's size and hash, by which damage is seen later."""
    return replace(manifest, tables=tuple(_note_file(t, staging.table_path(t.name)) for t in manifest.tables))


def _note_file(record: TableRecord, path: Path) -> TableRecord:
    return replace(record, size_bytes=path.stat().st_size, sha256=hash_table(path)) if path.exists() else record


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
