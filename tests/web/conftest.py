"""What the tests of the web application share."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session", autouse=True)
def flush_past_triggers() -> Iterator[None]:
    """A transactional test empties every table after it; on SQLite the audit trail's own triggers would refuse.

    They are lifted for that moment and laid again.
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

        from wardmote.web.foundation.audit_triggers import SQLITE

        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
                return
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def __exit__(self, *_: object) -> None:
        from django.db import connection

        from wardmote.web.foundation.audit_triggers import list_statements

        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER USER")
                return
            for statement in list_statements("sqlite"):
                cursor.execute(statement)
