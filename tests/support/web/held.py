"""Rows that several tests of a module find: written once, and not by each of them anew.

    @pytest.fixture(scope="module")
    def sample(django_db_setup, django_db_blocker):
        with held_rows(django_db_blocker):
            yield load_sample(by=None)

The module's tests run inside the transaction of these rows, each in one of its own that is rolled back as ever. Tests
that need them gone stand before the first that asks for them; transactional tests stand in another module.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def held_rows(blocker: Any) -> Iterator[None]:
    """A transaction around those of the tests, rolled back at the end of the block."""
    from django.db import transaction

    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined] # or what must be outermost would refuse to begin in it
    with blocker.unblock(), whole:
        yield
        transaction.set_rollback(True)
