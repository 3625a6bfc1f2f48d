"""Periods as coordinators write them: a label, its first and last day, and what stretch a value of it speaks of."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import cast

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period, find_month_number
from wardmote.evidence.targets.plan import Basis

_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?:19|20)\d\d"
_YEARS = rf"({_YEAR})\s*[-/–]\s*(\d{{4}}|\d\d)"
_HINTS = re.compile(r"\([^)]*\)|\bas at\b|\bFY\b|\brolling\b|\bcalendar\b", re.IGNORECASE)
EXPECTED = "2014/15, 2014/15 Q3, 2014/15 H2, 2014, AY2014/15, 2014-07, Jul 2014, Jan-Sep 2014 or 2014-07..2014-12"


@dataclass(frozen=True, slots=True)
class SpokenPeriod:
    """A label as it was written, the days it covers, and the basis that its words suggest."""

    label: str
    start: date
    end: date
    basis: Basis


def read_period(text: str) -> SpokenPeriod:
    """Which days does this label cover?

    Raises UsageError where it names no period, or two.

    >>> read_period("2014-15 Q3").start, read_period("2014/15 H2").end
    (datetime.date(2014, 10, 1), datetime.date(2015, 3, 31))
    >>> read_period("2021/22Q3").basis, read_period("2014-07").basis
    ('quarter', 'month')
    """
    label = " ".join(text.split())
    bare = " ".join(_HINTS.sub(" ", label).split())
    for pattern, make in _FORMS:
        if match := re.fullmatch(pattern, bare, re.IGNORECASE):
            start, end, basis = make(match)
            return SpokenPeriod(label, start, end, _hear_basis(label, basis))
    raise UsageError(f"'{text}' is not a period", expected=EXPECTED)


def _hear_basis(label: str, basis: Basis) -> Basis:
    if "rolling" in label.lower():
        return "rolling12"
    return "snapshot" if label.lower().startswith("as at") else basis


type Span = tuple[date, date, Basis]
_BASES = {"month": "month", "quarter": "quarter", "financial_year": "year_total", "calendar_year": "calendar_year",
          "academic_year": "academic_year", "run": "cumulative"}  # fmt: skip


def _span_of(period: Period) -> Span:
    return _first_day(period.first), _last_day(period.last), cast(Basis, _BASES[period.kind])


def _first_day(month: Month) -> date:
    return date(month.year, month.number, 1)


def _last_day(month: Month) -> date:
    return date(month.year, month.number, calendar.monthrange(month.year, month.number)[1])


def _of_project(match: re.Match[str]) -> Span:
    return _span_of(Period.parse(match[0]))


def _in_financial_year(match: re.Match[str]) -> Span:
    """2014-15 Q3, 2014/15 H2."""
    year = Period.parse(f"{match[1]}/{match[2]}")
    letter, number = match[3].upper(), int(match[4])
    if letter == "Q":
        return _span_of(Period.financial_quarter(year.first.year, number))
    if number not in (1, 2):
        raise UsageError(f"there is no half {number}", expected="H1 (April to September) or H2 (October to March)")
    first = year.first + 6 * (number - 1)
    return _first_day(first), _last_day(first + 5), "half_year"


def _turned_round(match: re.Match[str]) -> Span:
    """Q3 2014-15."""
    return _in_financial_year(
        cast(re.Match[str], re.fullmatch(_QUARTER, f"{match[3]}-{match[4]} {match[1]}{match[2]}"))
    )


def _academic(match: re.Match[str]) -> Span:
    return _span_of(Period.parse(f"AY{match[1]}/{match[2]}"))


def _months_between(year: str, first: str, last: str | None) -> Span:
    start = Month(int(year), find_month_number(first))
    end = Month(int(year), find_month_number(last or first))
    return _span_of(Period.month(start) if start == end else Period(start, end))


def _named_months(match: re.Match[str]) -> Span:
    return _months_between(match[1], match[2], match[3])


def _named_months_first(match: re.Match[str]) -> Span:
    return _months_between(match[3], match[1], match[2])


def _run(match: re.Match[str]) -> Span:
    return _of_run(Month.parse(match[1]), Month.parse(match[2]))


def _of_run(first: Month, last: Month) -> Span:
    return _span_of(Period(first, last))


def _day(match: re.Match[str]) -> Span:
    try:
        day = date.fromisoformat(match[0])
    except ValueError:
        raise UsageError(f"'{match[0]}' is not a day", expected="a day of the calendar, such as 2015-11-04") from None
    return day, day, "snapshot"


_QUARTER = rf"{_YEARS}\s*([QH])\s*(\d)"
_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Span]], ...] = (
    (_QUARTER, _in_financial_year),
    (rf"([QH])\s*(\d)\s*,?\s*{_YEARS}", _turned_round),
    (rf"(?:academic(?: year)?|AY)\s*{_YEARS}", _academic),
    (rf"({_YEAR})\s*({_NAME})(?:\s*[-–]\s*({_NAME}))?", _named_months),
    (rf"({_NAME})(?:\s*[-–]\s*({_NAME}))?\s*({_YEAR})", _named_months_first),
    (rf"({_YEAR}-\d\d)\s*(?:to|\.\.)\s*({_YEAR}-\d\d)", _run),
    (rf"{_YEAR}-\d\d-\d\d", _day),
    (rf"{_YEAR}(?:\s*[-/–]\s*(?:\d{{4}}|\d\d))?", _of_project),
)
