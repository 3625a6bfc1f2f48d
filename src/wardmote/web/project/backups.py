"""A backup: database, evidence files and stores of one moment, sealed in one file; the keys apart from it.

The database's moment is fixed first. Files and loads are only ever added, so whatever a row of that moment names lies
there when the files are read after it.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wardmote import __version__
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.web.project.anchors import verify_moment
from wardmote.web.project.backups_rows import hold_snapshot, list_kept_models, list_migrations, read_rows, write_json
from wardmote.web.project.configuration import KEY_NAMES, Configuration, read_key
from wardmote.web.project.sealing import SealedWriter

_PRIVATE = 0o600
_ENDED = {"lock", "staging", ".tmp"}


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds."""

    rows_count: int
    files_count: int
    size_bytes: int


def write_backup(configuration: Configuration, path: Path, *, now: datetime) -> Kept:
    """Write a backup. The server goes on meanwhile. The file has its name only when it is whole."""
    if path.exists():
        raise UsageError("a file of this name is there already", where=str(path), to_do="Choose another name")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "wb") as raw:
            sealed = SealedWriter(raw, read_key(configuration, "backup"))
            counts = _fill(sealed, configuration, now)
            sealed.close()
            raw.flush()
            os.fsync(raw.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return Kept(*counts, path.stat().st_size)


def _fill(sealed: SealedWriter, configuration: Configuration, now: datetime) -> tuple[int, int]:
    with tarfile.open(fileobj=sealed, mode="w|") as archive:  # type: ignore[call-overload]
        with hold_snapshot() as using:
            _add(archive, "about.json", _describe(using, now))
            rows_count = sum(_add_table(archive, model, using) for model in list_kept_models())
        files_count = sum(1 for _ in _add_folder(archive, configuration.files, "files"))
        files_count += sum(1 for _ in _add_folder(archive, configuration.store, "store"))
        files_count += sum(1 for _ in _add_folder(archive, configuration.stores, "stores"))
        _add(archive, "end.json", {"rows_count": rows_count, "files_count": files_count})
    return rows_count, files_count


def _describe(using: str, now: datetime) -> dict[str, Any]:
    return {
        "schema": "backup-1", "made_at": now.isoformat(), "version": __version__, "migrations": list_migrations(using),
        "database": "one moment, read by table",
    }  # fmt: skip


def _add_table(archive: tarfile.TarFile, model: Any, using: str) -> int:
    count = 0
    names = [field.attname for field in model._meta.concrete_fields]
    for number, rows in enumerate(read_rows(model, using)):
        body = {"model": model._meta.label_lower, "columns": names, "rows": rows}
        _add(archive, f"rows/{model._meta.label_lower}/{number:06}.json", body)
        count += len(rows)
    return count


def _add(archive: tarfile.TarFile, name: str, body: object) -> None:
    data = write_json(body)
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(data), _PRIVATE
    archive.addfile(member, io.BytesIO(data))


def _add_folder(archive: tarfile.TarFile, folder: Path, name: str) -> Iterator[Path]:
    """Whole files only: what a load is still writing lies in its staging folder."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        below = path.relative_to(folder)
        if (
            path.is_symlink()
            or not path.is_file()
            or any(part.startswith(".") or part in _ENDED for part in below.parts)
        ):
            continue
        archive.add(path, arcname=f"{name}/{below.as_posix()}", recursive=False)
        yield path


def write_keys(configuration: Configuration, path: Path, *, archive: Path) -> None:
    """Write the keys and settings into a file of their own; whoever holds it and the backup can read everything.

    Raises UsageError where the file would be the backup itself or lie in a folder that backups take with them.
    """
    taken = [configuration.files, configuration.store, configuration.stores]
    if path.resolve() == archive.resolve() or any(path.resolve().is_relative_to(f.resolve()) for f in taken):
        raise UsageError(
            "the keys would lie in the backup that they open",
            where=str(path), expected="another place",
            to_do="Choose a file that is kept somewhere else",
        )  # fmt: skip
    settings = configuration.home / "settings.toml"
    body = {name: read_key(configuration, name).decode() for name in KEY_NAMES}
    body |= {"schema": "keys-1", "settings": settings.read_text(encoding="utf-8") if settings.exists() else ""}
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except FileExistsError:
        raise UsageError("a file of this name is there already", where=str(path), to_do="Choose another") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(body, file, indent=1)


def check_trail() -> None:
    """A backup of a broken trail would take the place of a good one. Raises UnreadableInputError."""
    broken = verify_moment()[1]
    if broken:
        raise UnreadableInputError(
            f"the audit trail is broken: {broken[0].found}", where=broken[0].where,
            to_do="Look with 'wardmote audit verify'; keep the backups you have; --anyway makes one all the same",
        )  # fmt: skip
