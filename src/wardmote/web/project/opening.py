"""Opening an installation: its home made, its database reached and brought up to date, before anybody comes."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.web.project.configuration import KEY_NAMES, Configuration, find_home, read_configuration, read_key
from wardmote.web.project.locks import hold_alone

_PRIVATE_FOLDER = 0o700
_PRIVATE_MASK = 0o077
_CONNECT_SECONDS = 5


def open_application(home: Path | None = None) -> Configuration:
    """Make Django ready for the installation in `home` (else WARDMOTE_HOME, else the account's own).

    Raises UsageError for a setting that means nothing, UnreadableInputError where the home cannot be written.
    """
    keep_private()
    make_home(home)
    configuration = read_configuration()
    _make_folder(configuration.files)
    _make_keys(configuration)
    # Whatever another project has set in this shell means nothing here.
    os.environ["DJANGO_SETTINGS_MODULE"] = "wardmote.web.project.settings"
    import django

    django.setup()
    return configuration


def open_existing(home: Path | None = None) -> Configuration:
    """Open an installation that is there. Raises UnreadableInputError where nobody has started one."""
    if "django" in sys.modules and _is_open():
        return read_configuration()
    named = home or find_home()
    configuration = read_configuration({**os.environ, "WARDMOTE_HOME": str(named)})
    if not configuration.database_url and not configuration.database_file.exists():
        raise UnreadableInputError(
            "there is no installation here", where=str(named), expected="the home of 'wardmote serve'",
            to_do="Name it with --home or WARDMOTE_HOME",
        )  # fmt: skip
    configuration = open_application(home)
    check_database(configuration)
    return configuration


def _is_open() -> bool:
    from django.apps import apps

    return apps.ready


def keep_private() -> None:
    """Whatever this process makes from now on, folder or file, only its own account can read."""
    os.umask(_PRIVATE_MASK)


def make_home(home: Path | None) -> None:
    """Make the folder and have every part of the program, and every process it starts, mean this one."""
    if home is not None:
        os.environ["WARDMOTE_HOME"] = str(home.resolve())
    _make_folder(find_home())


def _make_keys(configuration: Configuration) -> None:
    for name in KEY_NAMES:
        try:
            read_key(configuration, name)
        except OSError as error:
            raise _cannot_write(configuration.keys, error) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    except OSError as error:
        raise _cannot_write(folder, error) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _cannot_write(folder, PermissionError(13, "Permission denied"))


def _cannot_write(folder: Path, error: OSError) -> UnreadableInputError:
    return UnreadableInputError(
        f"the home cannot be written: {error.strerror or error}", where=str(folder),
        expected="a folder of this account", to_do="Choose another with --home, or mend its permissions",
    )  # fmt: skip


def prepare_database(configuration: Configuration) -> None:
    """Reach the database and bring it up to date. Two starts at once do it one after the other."""
    check_database(configuration)
    from django.core.management import call_command
    from django.db import connections

    with hold_alone(configuration.home, "opening", wait=True):
        _check_not_newer(configuration)
        call_command("migrate", interactive=False, verbosity=0)
    if not configuration.database_url:
        configuration.database_file.chmod(0o600)
    connections.close_all()


def check_application() -> None:
    """Refuse to start where one of the house's own rules is broken: what is wrong then is ours."""
    from django.core.checks import ERROR, run_checks

    found = [each for each in run_checks() if each.level >= ERROR and not each.is_silenced()]
    if found:
        raise UnreadableInputError(
            f"the application does not fit together: {found[0].msg}", to_do="Install wardmote anew"
        )


def check_database(configuration: Configuration) -> None:
    """Raise an error that says plainly what is wrong where the database does not answer."""
    if configuration.database_url:
        _check_postgresql(configuration.database_url)
    elif configuration.database_file.exists():
        _check_sqlite(configuration.database_file)


def _check_postgresql(url: str) -> None:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=_CONNECT_SECONDS).close()
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise UnreadableInputError(
            f"the database does not answer: {reason}", where=_leave_out_password(url),
            expected="postgresql://user:password@host:5432/name of a database that exists",
            to_do="Mend WARDMOTE_DATABASE or start the database; without the setting, SQLite is used",
        ) from None  # fmt: skip


def _leave_out_password(url: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _check_sqlite(path: Path) -> None:
    import sqlite3

    try:
        found = sqlite3.connect(path)
        found.execute("SELECT count(*) FROM sqlite_master").fetchone()
        found.close()
    except sqlite3.Error as error:
        raise UnreadableInputError(
            f"the database cannot be opened: {error}", where=str(path), to_do="Restore it from a backup"
        ) from None


def _check_not_newer(configuration: Configuration) -> None:
    """A database that a later version has changed is not to be written by this one."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    unknown = sorted(ours - set(loader.disk_migrations) - _list_replaced(loader))
    if unknown:
        raise UsageError(
            f"a later version of wardmote has written this database ({'.'.join(unknown[0])})",
            where=str(configuration.home), to_do="Install that version, or open another home",
        )  # fmt: skip


def _list_replaced(loader: object) -> set[tuple[str, str]]:
    migrations = getattr(loader, "disk_migrations", {}).values()
    return {tuple(each) for migration in migrations for each in migration.replaces}


def close_database() -> None:
    """Leave no connection open, so that a child process gets none of ours."""
    from django.db import connection, connections

    connections.close_all()
    with suppress(AttributeError):
        connection.close_pool()  # type: ignore[attr-defined]
