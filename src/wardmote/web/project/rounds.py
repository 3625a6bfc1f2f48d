"""Doing the round: every step that the apps registered, one process at a time, again and again."""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wardmote.web.foundation.rounds import Step, list_steps
from wardmote.web.project.locks import hold_alone

_log = logging.getLogger(__name__)
_LOOK_SECONDS = 1.0
_MESSAGES_SECONDS = 20.0  # a sign-in by e-mail or an invitation is waited for


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one step."""

    step: str
    said: str
    failed: bool = False


def do_round(home: Path, now: datetime, *, only: str = "") -> list[Done] | None:
    """Do every step once, or the one named; None where another process is at it. A step that fails stops no other."""
    with hold_alone(home, "round", wait=False) as is_ours:
        return [_do_step(step, now) for step in list_steps() if only in ("", step.name)] if is_ours else None


def _do_step(step: Step, now: datetime) -> Done:
    try:
        return Done(step.name, step.act(now))
    except Exception as error:  # the next steps do not wait for this one's fault
        _log.exception("the round's step %s failed", step.name)
        return Done(step.name, type(error).__name__, failed=True)


def do_rounds(home: Path, *, every_seconds: float, read_now: Callable[[], datetime], parent: int) -> None:
    """Do rounds until the process that started this one is gone: a killed server leaves nobody behind.

    `parent` is told and not asked for: it may be gone before this process has begun.
    """
    from django.db import close_old_connections

    while os.getppid() == parent:
        try:
            do_round(home, read_now())
        except Exception:  # the database may be away for a while
            _log.exception("the round could not be done")
        close_old_connections()
        _wait(every_seconds, parent, home=home, read_now=read_now)


def _wait(seconds: float, parent: int, *, home: Path, read_now: Callable[[], datetime]) -> None:
    """Wait for the next round; a message that is put into the outbox meanwhile goes out before it."""
    until = time.monotonic() + seconds
    look_at = time.monotonic() + _MESSAGES_SECONDS
    while time.monotonic() < until and os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
        if time.monotonic() >= look_at:
            send_waiting(home, read_now())
            look_at = time.monotonic() + _MESSAGES_SECONDS


def send_waiting(home: Path, now: datetime) -> list[Done] | None:
    """Do the step that sends messages, where one waits; None where none does or another process is at the round."""
    from django.db import close_old_connections

    from wardmote.web.foundation.outbox import has_waiting_messages

    try:
        return do_round(home, now, only="messages") if has_waiting_messages(now) else None
    except Exception:  # the database may be away for a while
        _log.exception("the messages could not be sent")
        return None
    finally:
        close_old_connections()
