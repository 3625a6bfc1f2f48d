"""Where the data lies: SQLite in the home with nothing to set, PostgreSQL by its address."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from wardmote.evidence.model.errors import UsageError
from wardmote.web.project.configuration import Configuration

_SCHEMES = ("postgresql", "postgres")
_POOL = {"min_size": 1, "max_size": 8, "timeout": 20}


def describe_database(configuration: Configuration) -> dict[str, Any]:
    """Django's setting of the database that a configuration names."""
    return (
        _describe_postgresql(configuration.database_url)
        if configuration.database_url
        else _describe_sqlite(configuration)
    )


def _describe_sqlite(configuration: Configuration) -> dict[str, Any]:
    """Writers queue from their first statement on (IMMEDIATE); with deferred ones, one in four failed under load.

    synchronous=FULL: what somebody was told is saved survives a power cut.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": configuration.database_file,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            " PRAGMA cache_size=-32000;",
        },
    }


def _describe_postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.path.strip("/"):
        raise UsageError(
            "the database's address cannot be read", expected="postgresql://user:password@host:5432/name",
            to_do="Set WARDMOTE_DATABASE, or leave it out for SQLite",
        )  # fmt: skip
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": _POOL, **options},
    }
