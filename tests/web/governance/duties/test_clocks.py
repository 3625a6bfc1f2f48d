"""The rules of the calendar: ends of months, leap days, quarters, fixed days; and the calendar file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.definitions.duties import Clock, list_duties
from wardmote.web.governance.duties.clocks import add_months, find_event_due, find_next_due, judge_due, say_clock
from wardmote.web.governance.duties.ics import DueEvent, fold_line, write_calendar
from wardmote.web.governance.duties.states import DutyState

YEARLY, SINCE = Clock("every", months=12), date(2007, 8, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)), (date(2023, 12, 15), 36, date(2026, 12, 15)),
    ],
)  # fmt: skip
def test_months_end_where_the_month_ends(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(1998, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
def test_months_never_leap_over_a_month(day: date, months: int) -> None:
    """The slow way: step month by month with the day of the first."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    found = add_months(day, months)
    assert (found.year, found.month) == (year, month)
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_a_yearly_clock_runs_from_the_day_on_which_it_was_done() -> None:
    assert find_next_due(YEARLY, date(2025, 11, 20), SINCE) == date(2026, 11, 20)
    assert find_next_due(YEARLY, None, SINCE) is None


def test_a_quarterly_clock_ends_with_the_quarter_after() -> None:
    assert find_next_due(Clock("quarterly"), date(2026, 7, 1), SINCE) == date(2026, 12, 31)
    assert find_next_due(Clock("quarterly"), date(2026, 12, 31), SINCE) == date(2027, 3, 31)


def test_a_fixed_day_is_answered_by_what_was_done_in_the_year_up_to_it() -> None:
    clock = Clock("yearly_by", month=3, day=31)
    assert find_next_due(clock, date(2026, 3, 20), SINCE) == date(2027, 3, 31)
    assert find_next_due(clock, date(2026, 4, 1), SINCE) == date(2028, 3, 31)
    assert find_next_due(clock, None, date(2026, 4, 1)) == date(2027, 3, 31)
    leap = Clock("yearly_by", month=2, day=29)
    assert find_next_due(leap, date(2026, 1, 5), SINCE) == date(2027, 2, 28)
    assert find_next_due(leap, date(2027, 1, 5), SINCE) == date(2028, 2, 29)


def test_once_by_a_date_is_done_once() -> None:
    clock = Clock("once_by", on=date(2024, 1, 31))
    assert find_next_due(clock, None, SINCE) == date(2024, 1, 31)
    assert find_next_due(clock, date(2024, 1, 30), SINCE) is None


def test_an_event_starts_a_clock_of_days_or_months() -> None:
    assert find_event_due(Clock("after", days=28, of="it came"), date(2026, 2, 1)) == date(2026, 3, 1)
    assert find_event_due(Clock("after", months=36, of="it was made"), date(2024, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("made_on", "last_day"),
    [
        (date(2024, 6, 4), date(2027, 6, 3)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2024, 3, 1), date(2027, 2, 28)),
    ],
)
def test_what_runs_for_three_years_is_due_on_its_last_day(made_on: date, last_day: date) -> None:
    order = next(one for one in list_duties() if one.id == "protection-order-end")
    assert find_event_due(order.clock, made_on) == last_day
    assert "by the last day of the 36 months" in say_clock(order.clock)


def test_a_due_day_is_kept_through_its_end_and_asked_for_from_its_lead() -> None:
    due = date(2026, 11, 21)
    assert judge_due(due, due, 0) == DutyState.SOON
    assert judge_due(due, due + timedelta(days=1), 60) == DutyState.OVERDUE
    assert judge_due(due, due - timedelta(days=60), 60) == DutyState.SOON
    assert judge_due(due, due - timedelta(days=61), 60) == DutyState.IN_TIME


def test_a_calendar_file_is_folded_escaped_and_whole_day() -> None:
    event = DueEvent("duty-x@host", date(2026, 12, 31), "Plan; copy, sent " + "é" * 60, lead_days=14)
    text = write_calendar("Duties", [event], now=datetime(2026, 11, 21, 9, tzinfo=UTC)).decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    plain = text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101" in plain
    assert "SUMMARY:Plan\\; copy\\, sent " + "é" * 60 in plain
    assert "TRIGGER:-P14D" in plain
    assert "DTSTAMP:20261121T090000Z" in plain


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=300))
def test_unfolding_gives_the_line_back(line: str) -> None:
    assert fold_line(line).replace("\r\n ", "") == line
