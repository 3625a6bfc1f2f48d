"""E-mail: put into the outbox in the same transaction as what it tells of, sent later, tried again where it fails.

A message is a template and a few facts: counts, dates, labels of quarters, a link. Who reads a mailbox over somebody's
shoulder learns nothing of anybody (T4): names, addresses and typed text are refused when the message is queued.
A message whose sending succeeded and whose mark was lost in a crash is sent again: twice is better than never.
"""

import smtplib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import Message
from wardmote.web.foundation.outbox_templates import draw_message
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import has_current_write, writing

TRIES = 8  # 5, 10, 20 … minutes apart: the last one ten hours after the first
FIRST_WAIT = timedelta(minutes=5)
KEPT = timedelta(days=30)  # a sent message is then removed, with the address in it
_AT_ONCE = 200
_LONGEST_TEXT = 80
SECRET_MARK = "{secret}"


class PersonalDataError(ValueError):
    """A message was to carry what might be personal data: a fault of ours, never of a user's."""


def queue_message(
    *,
    to: str,
    template: str,
    facts: Mapping[str, Any] | None = None,
    link: str = "",
    link_secret: str = "",
    wanted_at: datetime | None = None,
) -> Message:
    """Have a message sent, where the write under way succeeds.

    `template` is the name of a file in an app's folder `messages`, without its ending. `facts` are whole numbers,
    dates and short labels ("2026/27Q2"). `link` is a path of this site; `{secret}` in it stands for `link_secret`,
    which is kept apart and erased when the message is sent. Raises PersonalDataError for a fact that may tell of
    somebody, UnauditedWriteError outside of `writing`.
    """
    plain = check_facts(facts or {})
    message = Message(
        to=to, template=template, facts={**plain, "link": link}, link_secret=link_secret,
        wanted_at=wanted_at or read_now(),
    )  # fmt: skip
    draw_message(template, {**plain, "link": ""})  # a template that lacks a fact is found now, not at night
    message.save()
    return message


def check_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as plain values. Raises PersonalDataError for anything but numbers, dates and short labels."""
    return {name: _check_fact(name, value) for name, value in facts.items()}


def _check_fact(name: str, value: Any) -> Any:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and len(value) <= _LONGEST_TEXT and "@" not in value and "\n" not in value:
        return value
    raise PersonalDataError(f"the fact '{name}' of a message is no number, date or short label")


def has_waiting_messages(now: datetime) -> bool:
    """Whether a message wants to go out now."""
    return Message.objects.filter(sent_at=None, wanted_at__lte=now, tries__lt=TRIES).exists()


@join_round("messages")
def send_messages(now: datetime) -> str:
    """Send what waits, oldest first, each marked in a write of its own; remove what was sent long ago."""
    check_outside_of_a_write()
    waiting = Message.objects.filter(sent_at=None, wanted_at__lte=now, tries__lt=TRIES).order_by("wanted_at")
    sent = sum(_try_to_send(message, now) for message in waiting[:_AT_ONCE])
    removed = remove_old_messages(now)
    return f"{sent} sent, {removed} old ones removed"


def check_outside_of_a_write() -> None:
    """A mail that is out cannot be taken back by a transaction that fails afterwards."""
    if has_current_write():
        raise RuntimeError("messages are sent outside of a write, each in its own")


def _try_to_send(message: Message, now: datetime) -> bool:
    try:
        make_email(message).send()
    except (OSError, smtplib.SMTPException) as error:
        _mark_failed(message, now, error)
        return False
    with writing(by=None, verb="messages.sent", subject=message, facts={"template": message.template}):
        message.sent_at, message.link_secret, message.last_error = now, "", ""
        message.tries += 1
        message.save()
    return True


def _mark_failed(message: Message, now: datetime, error: Exception) -> None:
    """Note the kind of failure only: what a mail server says repeats the address."""
    with writing(by=None, verb="messages.failed", subject=message, facts={"template": message.template}):
        message.wanted_at = now + FIRST_WAIT * 2**message.tries
        message.tries += 1
        message.last_error = type(error).__name__
        if message.tries >= TRIES:
            message.link_secret = ""
        message.save()


def make_email(message: Message) -> EmailMessage:
    """The e-mail as it goes out: plain text."""
    path = str(message.facts.get("link", "")).replace(SECRET_MARK, message.link_secret)
    link = f"{settings.SITE_URL}{path}" if path else ""
    subject, body = draw_message(message.template, {**message.facts, "link": link})
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [message.to])


def remove_old_messages(now: datetime) -> int:
    """Remove messages that were sent more than thirty days ago."""
    old = list(Message.objects.filter(sent_at__lt=now - KEPT)[:_AT_ONCE])
    if old:
        with writing(by=None, verb="messages.removed", facts={"messages_count": len(old)}):
            for message in old:
                message.delete()
    return len(old)
