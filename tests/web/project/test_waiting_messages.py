"""A message that is put into the outbox goes out before the next round."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail

from support.web.world import NOW
from wardmote.web.foundation.models import Message
from wardmote.web.foundation.writes import writing
from wardmote.web.project.rounds import Done, send_waiting

pytestmark = pytest.mark.django_db


def test_only_messages_are_sent_and_only_where_one_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.close_old_connections", lambda: None)  # the test holds its transaction open
    assert send_waiting(tmp_path, NOW) is None
    with writing(by=None, verb="test.message"):
        Message.objects.create(
            to="ann@ashmere.example.org", template="return_queried", wanted_at=NOW,
            facts={"quarter": "2026/27Q2", "count": 1, "link": ""},
        )  # fmt: skip
    assert send_waiting(tmp_path, NOW - timedelta(minutes=1)) is None
    assert send_waiting(tmp_path, NOW) == [Done("messages", "1 sent, 0 old ones removed")]
    assert len(mail.outbox) == 1
