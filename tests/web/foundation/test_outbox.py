"""Messages: queued with what they tell of, sent later, tried again, and silent about people."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import AuditEntry, Message
from wardmote.web.foundation.outbox import TRIES, PersonalDataError, check_facts, queue_message, send_messages
from wardmote.web.foundation.outbox_templates import draw_message, list_facts, list_templates
from wardmote.web.foundation.writes import UnauditedWriteError, writing

TO = "somebody@example.org"
FACTS = {"days_count": 14, "partnership": "Ashmere Partnership", "office": "The coordinator"}


def queue(**more: Any) -> Message:
    with writing(by=None, verb="test.queued"):
        return queue_message(
            to=TO, template="invitation", facts=FACTS, link="/invitation/{secret}/", link_secret="s3cret",
            **more,
        )  # fmt: skip


@pytest.mark.django_db
def test_message_is_sent_once_and_its_secret_erased() -> None:
    queue()
    assert send_messages(read_now()) == "1 sent, 0 old ones removed"
    assert send_messages(read_now()) == "0 sent, 0 old ones removed"
    assert "http://localhost:8000/invitation/s3cret/" in mail.outbox[0].body
    assert (mail.outbox[0].to, len(mail.outbox)) == ([TO], 1)
    message = Message.objects.get()
    assert message.link_secret == ""
    assert "s3cret" not in str(list(AuditEntry.objects.values()) + list(Message.objects.values()))
    assert TO not in str(list(AuditEntry.objects.values()))


@pytest.mark.django_db
def test_message_of_a_write_that_failed_is_not_sent() -> None:
    def fail() -> None:
        with writing(by=None, verb="test.failed"):
            queue_message(to=TO, template="sign_in_changed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not Message.objects.exists()
    with pytest.raises(UnauditedWriteError):
        queue_message(to=TO, template="sign_in_changed")


@pytest.mark.django_db
def test_failing_server_is_tried_again_later_and_later_then_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any, *args: Any) -> int:
        raise ConnectionRefusedError(f"no answer for {TO}")

    queue()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    now = read_now()
    waits = []
    for _ in range(TRIES):
        assert send_messages(now).startswith("0 sent")
        message = Message.objects.get()
        waits.append((message.wanted_at - now) / timedelta(minutes=5))
        assert send_messages(message.wanted_at - timedelta(seconds=1)).startswith("0 sent")
        now = message.wanted_at
    assert waits == [2**n for n in range(TRIES)]
    assert (message.tries, message.last_error, message.link_secret) == (TRIES, "ConnectionRefusedError", "")
    monkeypatch.undo()
    assert send_messages(now + timedelta(days=9)).startswith("0 sent")


@pytest.mark.django_db
def test_one_bad_message_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.mail import EmailMessage

    send = EmailMessage.send

    def fail_first(self: Any, *args: Any) -> int:
        if self.to == ["bad@example.org"]:
            raise OSError
        return send(self, *args)

    with writing(by=None, verb="test.queued"):
        for to in ("bad@example.org", TO):
            queue_message(to=to, template="sign_in_changed")
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail_first)
    assert send_messages(read_now()).startswith("1 sent")
    assert [message.to for message in mail.outbox] == [[TO]]


@pytest.mark.django_db
def test_old_messages_are_removed() -> None:
    queue()
    send_messages(read_now())
    assert send_messages(read_now() + timedelta(days=29)).endswith("0 old ones removed")
    assert send_messages(read_now() + timedelta(days=31)).endswith("1 old ones removed")
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_sending_inside_of_a_write_is_refused() -> None:
    with pytest.raises(RuntimeError, match="outside of a write"), writing(by=None, verb="test.wrong"):
        send_messages(read_now())


@pytest.mark.parametrize("value", ["a@b.example", "x" * 81, "two\nlines", None, ["a"], {"name": "Ann"}, object()])
def test_facts_that_may_tell_of_somebody_are_refused(value: Any) -> None:
    with pytest.raises(PersonalDataError):
        check_facts({"fact": value})


@given(st.one_of(st.integers(), st.dates(), st.booleans()))
def test_numbers_and_dates_are_facts(value: Any) -> None:
    assert check_facts({"fact": value}) == {"fact": value.isoformat() if isinstance(value, date) else value}


#: Names that a field of a person, or what they typed, could have.
FORBIDDEN = {"name", "email", "person", "people", "user", "who", "by", "reason", "note", "narrative", "text", "to"}


@pytest.mark.parametrize("template", list_templates())
def test_templates_hold_no_field_of_a_person(template: str) -> None:
    facts = list_facts(template)
    assert not {word for fact in facts for word in fact.split("_")} & FORBIDDEN
    subject, body = draw_message(template, {fact: "2026-12-19" if fact.endswith("_on") else 1 for fact in facts})
    assert subject
    assert "<" not in body
