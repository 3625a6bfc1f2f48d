"""Which stretches of time does the sample plan report on, seen from a given day?"""

from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.evidence.model.periods import Month, Period, financial_year_of
from wardmote.evidence.targets.plan import Basis

#: Quarters that are settled, and the place of the one that is being returned now.
SETTLED_QUARTERS = 11
LAST = SETTLED_QUARTERS
_YEARS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """One period that is reported on: its label, first and last day, and what a figure of it speaks of."""

    label: str
    start: date
    end: date
    basis: Basis


def list_stretches(today: date, per: str) -> tuple[Stretch, ...]:
    """Which periods has a measure reported, oldest first?

    `per` is "quarter" (eleven settled quarters and the last one that is over), "financial_year", "calendar_year" or
    "academic_year" (the last three that are over).

    >>> [stretch.label for stretch in list_stretches(date(2026, 11, 21), "quarter")][-2:]
    ['2026/27Q1', '2026/27Q2']
    """
    return _list_quarters(today) if per == "quarter" else _list_years(today, per)


def find_plan_year(today: date, years: int = 0) -> int:
    """In which calendar year began the financial year of a day, or the one so many years from it?"""
    return today.year - (today.month < 4) + years


def name_financial_year(start_year: int) -> str:
    """The financial year's label.

    >>> name_financial_year(2024)
    '2024/25'
    """
    return f"{start_year}/{(start_year + 1) % 100:02d}"


def _list_quarters(today: date) -> tuple[Stretch, ...]:
    last = Month(today.year, 3 * ((today.month - 1) // 3) + 1) + -3
    firsts = [last + 3 * step for step in range(-SETTLED_QUARTERS, 1)]
    return tuple(_lay_quarter(first) for first in firsts)


def _lay_quarter(first: Month) -> Stretch:
    year = financial_year_of(first).first.year
    label = f"{name_financial_year(year)}Q{(first.number - 4) % 12 // 3 + 1}"
    return Stretch(label, *find_days(Period(first, first + 2)), "quarter")


def _list_years(today: date, per: str) -> tuple[Stretch, ...]:
    quarters = _list_quarters(today)
    by = quarters[LAST if per == "academic_year" else LAST - 1].end
    laid = [_lay_year(year, per) for year in range(by.year - _YEARS_SHOWN - 2, by.year + 1)]
    return tuple([stretch for stretch in laid if stretch.end <= by][-_YEARS_SHOWN:])


def _lay_year(year: int, per: str) -> Stretch:
    if per == "calendar_year":
        return Stretch(str(year), *find_days(Period.calendar_year(year)), "calendar_year")
    if per == "academic_year":
        return Stretch(f"AY{name_financial_year(year)}", *find_days(Period.academic_year(year)), "academic_year")
    return Stretch(name_financial_year(year), *find_days(Period.financial_year(year)), "year_total")


def find_days(period: Period) -> tuple[date, date]:
    """The first and the last day of a run of months."""
    after = period.last + 1
    return date(period.first.year, period.first.number, 1), date(after.year, after.number, 1) - timedelta(days=1)
