"""The rules of the calendar: when a duty is due next. Nothing here asks what day it is."""

from calendar import monthrange
from datetime import date, timedelta

from wardmote.evidence.definitions.duties import Clock
from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.governance.duties.states import DutyState
from wardmote.web.returns.interface import find_quarter

_ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the month's last day where it has no such day.

    >>> add_months(date(2024, 2, 29), 12), add_months(date(2026, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2027, 2, 28))
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def find_end_of_next_quarter(day: date) -> date:
    """The last day of the quarter that follows the one in which a day lies."""
    return find_quarter(find_quarter(day).ends_on + _ONE_DAY).ends_on


def find_next_due(clock: Clock, last_on: date | None, since: date) -> date | None:
    """When a duty that was done last on a day (None: never) is due next; None where no date can be named.

    `since` is the day from which it counts. A clock that runs from events has no date of its own: see `find_event_due`.
    """
    if clock.kind == "once_by":
        return clock.on if last_on is None else None
    if clock.kind == "yearly_by":
        return find_yearly_due(clock, last_on, since)
    if last_on is None:
        return None
    if clock.kind == "quarterly":
        return find_end_of_next_quarter(last_on)
    return add_months(last_on, clock.months) if clock.kind == "every" else None


def find_yearly_due(clock: Clock, last_on: date | None, since: date) -> date:
    """The fixed day of the year that is not answered yet: what was done in the year up to it answers it."""
    if last_on is None:
        return find_fixed_day(clock, since)
    answered = find_fixed_day(clock, last_on)
    return place_in_year(clock, answered.year + 1)


def find_fixed_day(clock: Clock, day: date) -> date:
    """The first such day of the year on or after a day."""
    found = place_in_year(clock, day.year)
    return found if found >= day else place_in_year(clock, day.year + 1)


def place_in_year(clock: Clock, year: int) -> date:
    """29 February is the 28th in a year that has none."""
    return date(year, clock.month, min(clock.day, monthrange(year, clock.month)[1]))


def find_gone_day(clock: Clock, since: date) -> str:
    """Why what is to be done once can never be in time: its day lies before the one from which it counts; else ''."""
    if clock.kind != "once_by" or clock.on is None or clock.on >= since:
        return ""
    return f"It counts from {say_date(since)}: the date by which it is done must not be before that"


def find_event_due(clock: Clock, happened_on: date) -> date:
    """When what an event asks for is due; of what runs for so long, the last day on which it does.

    Three years from 4 June 2024 end with 3 June 2027; from 29 February 2024 with 28 February 2027, for want of a 29th.
    """
    after = add_months(happened_on, clock.months)
    if clock.is_running and after.day == happened_on.day:
        after -= _ONE_DAY
    return after + timedelta(days=clock.days)


def judge_due(due_on: date, today: date, lead_days: int) -> DutyState:
    """How a date stands: it is kept through its own day, and is due soon from `lead_days` before it."""
    if today > due_on:
        return DutyState.OVERDUE
    return DutyState.SOON if today >= due_on - timedelta(days=lead_days) else DutyState.IN_TIME


def say_clock(clock: Clock) -> str:
    """A clock in words, beginning small.

    >>> say_clock(Clock("every", months=12)), say_clock(Clock("after", days=28, of="it was received"))
    ('every 12 months', 'within 28 days after it was received')
    """
    if clock.kind == "yearly_by":
        return f"each year by {clock.day} {date(2000, clock.month, 1):%B}"
    if clock.is_running:
        return f"by the last day of the {_say_span(clock)} that begin when {clock.of}"
    plain = {
        "every": f"every {say_count(clock.months, 'month')}",
        "quarterly": "for each quarter, by the end of the next",
        "after": f"within {_say_span(clock)} after {clock.of}",
        "once_by": f"once, by {say_date(clock.on)}",
        "standing": "always, by no date",
    }
    return plain[clock.kind]


def _say_span(clock: Clock) -> str:
    parts = [(clock.months, "month"), (clock.days, "day")]
    return " and ".join(say_count(count, unit) for count, unit in parts if count)
