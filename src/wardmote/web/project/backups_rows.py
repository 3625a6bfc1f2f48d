"""The database as plain rows, the same from SQLite and from PostgreSQL: so one can be restored into the other.

What is read is one moment of it: a read transaction of SQLite's write-ahead log, or REPEATABLE READ of PostgreSQL.
Nobody who works meanwhile waits.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, transaction
from django.db.models.sql import InsertQuery

from wardmote.evidence.model.errors import UnreadableInputError

SNAPSHOT = "snapshot"
ROWS_AT_ONCE = 2000
#: Made anew by the application itself, or of no worth on another day: a restored session would be a door left open.
#: Jobs that waited are put on the queue again by the first worker.
_LEFT_OUT = {"contenttypes", "sessions", "axes", "usersessions", "django_tasks_db"}
_LEFT_OUT_MODELS = {"auth.permission"}


def list_kept_models() -> list[type[models.Model]]:
    """Every table that a backup keeps, the linking tables among them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
        and model._meta.app_label not in _LEFT_OUT and model._meta.label_lower not in _LEFT_OUT_MODELS
    ]  # fmt: skip


@contextmanager
def hold_snapshot() -> Iterator[str]:
    """Yield the alias of a connection that sees one moment of the database, however long it looks."""
    settings = {**connections.databases["default"]}
    settings["OPTIONS"] = {k: v for k, v in settings["OPTIONS"].items() if k != "pool"}
    if "transaction_mode" in settings["OPTIONS"]:
        settings["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections.databases[SNAPSHOT] = settings
    try:
        with transaction.atomic(using=SNAPSHOT):
            _fix_moment()
            yield SNAPSHOT
    finally:
        connections[SNAPSHOT].close()
        del connections[SNAPSHOT], connections.databases[SNAPSHOT]


def _fix_moment() -> None:
    connection = connections[SNAPSHOT]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT count(*) FROM django_migrations")  # the first look fixes the moment
        cursor.fetchone()


def read_rows(model: type[models.Model], using: str) -> Iterator[list[list[Any]]]:
    """All rows of a table, some thousands at a time, as JSON can write them."""
    names = [field.attname for field in model._meta.concrete_fields]
    rows: Any = models.QuerySet(model, using=using).order_by("pk").values_list(*names)
    batch: list[list[Any]] = []
    try:
        for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
            batch.append([_write_value(value) for value in row])
            if len(batch) == ROWS_AT_ONCE:
                yield batch
                batch = []
    except (ValueError, TypeError, AttributeError) as error:  # SQLite keeps whatever somebody writes into a column
        raise UnreadableInputError(
            f"a row of {model._meta.db_table} holds what fits no column of it: {error}", where="the database",
            to_do="'wardmote audit verify' names entries that were changed; mend the row, or restore a backup",
        ) from None  # fmt: skip
    if batch:
        yield batch


def _write_value(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal | timedelta):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    return value


def write_rows(model: type[models.Model], names: list[str], rows: Iterable[list[Any]]) -> int:
    """Put rows back as they were: no default, no clock and no audit entry of its own has a say."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = [fields[name] for name in names]
    records = [model(**{f.attname: _read_value(f, v) for f, v in zip(chosen, row, strict=True)}) for row in rows]
    size = max(1, connections["default"].ops.bulk_batch_size(chosen, records))
    for first in range(0, len(records), size):
        query = InsertQuery(model)
        query.insert_values(chosen, records[first : first + size], raw=True)
        query.get_compiler(using="default").execute_sql()
    return len(records)


def _read_value(field: Any, value: Any) -> Any:
    return value if value is None or field.get_internal_type() == "JSONField" else field.to_python(value)


def continue_numbers() -> None:
    """Have PostgreSQL number on after the highest key that was put back."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list_kept_models()):
            cursor.execute(statement)


def list_migrations(using: str = "default") -> list[str]:
    """What shape the database has: the migrations that made it."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return [f"{app}.{name}" for app, name in cursor.fetchall()]


def count_rows() -> int:
    """How many rows a restore would stand beside."""
    return sum(models.QuerySet(model).count() for model in list_kept_models())


def write_json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
