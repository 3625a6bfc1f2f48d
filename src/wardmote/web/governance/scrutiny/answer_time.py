"""The clock of an answer: whole calendar days from the day on which the recommendation was received.

A day is a date. Neither the hour at which something came nor a change to summer time moves it, and 29 February counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

#: What holds where a partnership has set nothing else.
USUAL_DAYS = 28
USUAL_SOURCE = "Crime and Disorder (Overview and Scrutiny) Regulations 2009 (SI 2009/942): a response within 28 days"


class Setting(Protocol):
    """How many days are given, from which day on, and by what."""

    days: int
    counts_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Given:
    """How many days an answer has, and by what."""

    days: int
    source: str


def find_given(settings: Iterable[Setting], received_on: date) -> Given:
    """The days that held when a recommendation was received: of several settings the latest that counts by then."""
    held = [one for one in settings if one.counts_from <= received_on]
    if not held:
        return Given(USUAL_DAYS, USUAL_SOURCE)
    latest = max(held, key=lambda one: one.counts_from)
    return Given(latest.days, latest.source)


def find_due(received_on: date, days: int) -> date:
    """The last day of the answer's time: the day of receipt is day 0.

    >>> find_due(date(2028, 2, 10), 28), find_due(date(2027, 2, 10), 28)
    (datetime.date(2028, 3, 9), datetime.date(2027, 3, 10))
    """
    return received_on + timedelta(days=days)


def say_timing(received_on: date, due_on: date, *, answered_on: date | None, today: date) -> str:
    """How an answer kept its time, or how it stands.

    >>> say_timing(date(2026, 3, 1), date(2026, 3, 29), answered_on=date(2026, 4, 11), today=date(2026, 9, 1))
    'answered on day 41, 13 days late'
    """
    if answered_on is not None:
        return f"answered on day {(answered_on - received_on).days}, {_say_kept(due_on, answered_on)}"
    day = (today - received_on).days
    if today > due_on:
        return f"day {day}, {_count(today - due_on)} overdue"
    return f"day {day} of {(due_on - received_on).days}"


def _say_kept(due_on: date, answered_on: date) -> str:
    return f"{_count(answered_on - due_on)} late" if answered_on > due_on else "in time"


def _count(span: timedelta) -> str:
    return f"{span.days} day{'' if span.days == 1 else 's'}"
