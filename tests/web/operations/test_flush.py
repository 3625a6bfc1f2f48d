"""Transactional tests leave nothing behind, and the trail's triggers hold in the next test."""

import pytest
from django.db import DatabaseError, connection, transaction

from support.web.world import make_world
from wardmote.web.foundation.models import AuditEntry


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_trail_is_emptied_between_transactional_tests_and_guarded_in_each(turn: int) -> None:
    assert AuditEntry.objects.count() == 0
    make_world("ashmere")
    for statement in ("DELETE FROM foundation_auditentry", "UPDATE foundation_auditentry SET verb = 'x'"):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
