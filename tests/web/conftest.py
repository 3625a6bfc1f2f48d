"""What the tests of the web application share."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers() -> Iterator[None]:
    """A transactional test empties every table after it; on SQLite the audit trail's own triggers would refuse.

    They are lifted for that moment and laid again. PostgreSQL empties by TRUNCATE, of which its trigger knows nothing.
    """
    from django.test import TransactionTestCase

    tear_down = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lift_and_relay(case: Any) -> None:
        with lifted_triggers():
            tear_down(case)

    TransactionTestCase._fixture_teardown = lift_and_relay  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = tear_down  # type: ignore[attr-defined]


class lifted_triggers:  # noqa: N801 - reads as what it does
    """The triggers of the trail, away for a while."""

    def __enter__(self) -> None:
        from django.db import connection

        self.statements: list[str] = []
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_entry%'")
            found = cursor.fetchall()
            self.statements = [sql for _, sql in found]
            for name, _ in found:
                cursor.execute(f"DROP TRIGGER {name}")

    def __exit__(self, *_: object) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
