"""Restoring a backup: read whole and proved first, then put into an empty home, then its audit chains are verified."""

import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.web.project.configuration import KEY_NAMES, Configuration, find_home, read_configuration
from wardmote.web.project.opening import keep_private
from wardmote.web.project.sealing import MAGIC, SealedReader

_MAY_BE_THERE = {"keys", "settings.toml", ".served"}
_PRIVATE, _PRIVATE_FOLDER = 0o600, 0o700


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what is wrong with its audit trail."""

    made_at: str
    rows_count: int
    files_count: int
    broken: tuple[Any, ...]


def restore_backup(path: Path, *, home: Path | None, keys: Path | None) -> Restored:
    """Put a backup into an empty home, and into the empty database that the settings name.

    Raises UnreadableInputError for a damaged, shortened or foreign archive or missing keys, UsageError for a home or
    database that holds something. Whatever was put there before a failure is taken away again.
    """
    keep_private()
    folder = home or find_home()
    configuration = _configure(folder)
    _check_empty(configuration)
    key = _find_key(configuration, keys)
    about = _prove(path, key)
    with _clear_on_failure(configuration.home):
        _lay_settings(configuration, keys)
        configuration = _configure(folder)  # the settings that came with the keys may name other places
        with _take_away_on_failure(configuration.keys):
            _lay_keys(configuration, keys)
            configuration = _open_empty_database(folder, about)
            counts = _fill(path, key, configuration)
            from wardmote.web.foundation.audit import verify_chains

            return Restored(about["made_at"], *counts, tuple(verify_chains()[1]))


def _configure(folder: Path) -> Configuration:
    return read_configuration({**os.environ, "WARDMOTE_HOME": str(folder)})


def _check_empty(configuration: Configuration) -> None:
    home = configuration.home
    there = sorted(p.name for p in home.iterdir() if p.name not in _MAY_BE_THERE) if home.is_dir() else []
    if there:
        raise UsageError(
            f"the home is not empty: it holds {', '.join(there[:3])}", where=str(home),
            expected="an empty folder, or none", to_do="Restore into another home; nothing was changed",
        )  # fmt: skip


def _find_key(configuration: Configuration, keys: Path | None) -> bytes:
    """The key that the backup was sealed with, from the keys' file or from keys that lie in place already."""
    if keys is not None:
        return _read_keys(keys)["backup"].encode()
    try:
        return (configuration.keys / "backup").read_bytes()
    except FileNotFoundError:
        raise UnreadableInputError(
            "without its keys a backup cannot be read by anybody", where=str(configuration.keys),
            expected="the file that 'wardmote backup --keys FILE' wrote", to_do="Name it with --keys",
        ) from None  # fmt: skip


def _read_keys(path: Path) -> dict[str, str]:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(body[name]) for name in (*KEY_NAMES, "settings")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInputError(
            f"the keys cannot be read: {error}", where=str(path), expected="what 'wardmote backup --keys FILE' wrote"
        ) from None


def _prove(path: Path, key: bytes) -> dict[str, Any]:
    """Read the archive to its last byte before anything is written; return what it says of itself."""
    about: dict[str, Any] = {}
    has_end = False
    for member, data in _read_members(path, key):
        if member.name == "about.json":
            about = json.load(data)
        has_end = has_end or member.name == "end.json"
    if about.get("schema") != "backup-1" or not has_end:
        raise UnreadableInputError("the backup is not whole", where=str(path), to_do="Take another copy")
    return about


def _read_members(path: Path, key: bytes) -> Iterator[tuple[tarfile.TarInfo, Any]]:
    try:
        raw = path.open("rb")
    except OSError as error:
        raise UnreadableInputError(f"the backup cannot be read: {error.strerror}", where=str(path)) from None
    with raw:
        if path.stat().st_size <= len(MAGIC):
            raise UnreadableInputError("this is no backup of wardmote", where=str(path))
        sealed = SealedReader(raw, key, where=str(path))
        with tarfile.open(fileobj=sealed, mode="r|") as archive:  # type: ignore[call-overload]
            for member in archive:
                yield member, archive.extractfile(member)
        sealed.read()  # to the very last piece, which alone says that nothing is missing


@contextmanager
def _clear_on_failure(home: Path) -> Iterator[None]:
    """Leave the home as it was found: what was put there goes, what lay there stays."""
    was_there = {path.name for path in home.iterdir()} if home.is_dir() else None
    try:
        yield
    except BaseException:
        for path in home.iterdir() if home.exists() else ():
            if was_there is None or path.name not in was_there:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        if was_there is None:
            shutil.rmtree(home, ignore_errors=True)
        raise


@contextmanager
def _take_away_on_failure(keys: Path) -> Iterator[None]:
    """Keys may lie outside of the home: a folder that was made for them goes again."""
    was_there = keys.exists()
    try:
        yield
    except BaseException:
        if not was_there:
            shutil.rmtree(keys, ignore_errors=True)
        raise


def _lay_settings(configuration: Configuration, keys: Path | None) -> None:
    """The settings that were kept with the keys, where the new home has none of its own."""
    settings = configuration.home / "settings.toml"
    found = _read_keys(keys)["settings"] if keys is not None else ""
    if found and not settings.exists():
        configuration.home.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
        _write_private(settings, found)


def _lay_keys(configuration: Configuration, keys: Path | None) -> None:
    """The keys where the settings say that they lie. Raises UsageError where other keys lie there."""
    if keys is None:
        return
    found = _read_keys(keys)
    for name in KEY_NAMES:
        place = configuration.keys / name
        if place.exists() and place.read_text(encoding="utf-8") != found[name]:
            raise UsageError(
                f"the folder of keys holds another key '{name}'", where=str(configuration.keys),
                expected="the same keys, or none", to_do="Name another folder with WARDMOTE_KEYS; nothing was changed",
            )  # fmt: skip
    configuration.keys.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    for name in KEY_NAMES:
        _write_private(configuration.keys / name, found[name])


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE), "w", encoding="utf-8") as file:
        file.write(text)


def _open_empty_database(folder: Path, about: dict[str, Any]) -> Configuration:
    from wardmote.web.project.opening import open_application, prepare_database

    configuration = open_application(folder)
    prepare_database(configuration)
    from wardmote.web.project.backups_rows import count_rows, list_migrations

    if count_rows():
        raise UsageError(
            "the database is not empty", where="WARDMOTE_DATABASE, or database in settings.toml",
            expected="a database in which nothing is kept yet",
            to_do="Make a new one and name it with WARDMOTE_DATABASE, or set that to nothing for a file in the home;"
            " nothing was changed",
        )  # fmt: skip
    if sorted(about["migrations"]) != sorted(list_migrations()):
        raise UsageError(
            f"the backup was made by wardmote {about['version']}, whose database has another shape",
            to_do="Restore it with that version, then start this one: it brings the database up to date",
        )  # fmt: skip
    return configuration


def _fill(path: Path, key: bytes, configuration: Configuration) -> tuple[int, int]:
    from django.apps import apps
    from django.db import transaction

    from wardmote.web.project.backups_rows import continue_numbers, write_rows

    rows_count = files_count = 0
    folders = {"files": configuration.files, "store": configuration.store, "stores": configuration.stores}
    with transaction.atomic():
        for member, data in _read_members(path, key):
            kind, _, rest = member.name.partition("/")
            if kind == "rows":
                body = json.load(data)
                rows_count += write_rows(apps.get_model(body["model"]), body["columns"], body["rows"])
            elif kind in folders:
                _write_file(folders[kind], rest, data)
                files_count += 1
        continue_numbers()
    return rows_count, files_count


def _write_file(folder: Path, name: str, data: Any) -> None:
    """Sealed by us or not: no name leads out of its folder."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/"):
        raise UnreadableInputError(f"the backup names a file outside of its folder: {name}")
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    with path.open("wb") as file:
        shutil.copyfileobj(data, file)
