"""Which quarter is which, what is due in it, and what stretch of time a value in it speaks of."""

from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.targets.plan import Basis

#: In which quarters of the financial year a measure of each frequency is asked for.
_DUE_IN = {"quarterly": (1, 2, 3, 4), "half_yearly": (2, 4), "yearly": (4,)}


@dataclass(frozen=True, slots=True)
class QuarterDates:
    """A financial quarter: as it is written, and its first and last day."""

    period: str
    starts_on: date
    ends_on: date

    @property
    def number(self) -> int:
        """1 for April to June, 4 for January to March."""
        return (self.starts_on.month - 4) % 12 // 3 + 1


def find_quarter(day: date) -> QuarterDates:
    """The financial quarter that a day lies in."""
    first = Month(day.year, (day.month - 1) // 3 * 3 + 1)
    period = Period.financial_quarter(first.financial_year, (first.number - 4) % 12 // 3 + 1)
    return QuarterDates(str(period), _first_day(first), _last_day(first + 2))


def list_quarters(start: date, end: date) -> list[QuarterDates]:
    """The quarters that lie wholly between two days, oldest first."""
    found, quarter = [], find_quarter(start)
    while quarter.ends_on <= end:
        if quarter.starts_on >= start:
            found.append(quarter)
        quarter = find_quarter(quarter.ends_on + timedelta(days=1))
    return found


def is_due(frequency: str, quarter: QuarterDates) -> bool:
    """Whether a measure of this frequency is asked for in a quarter: half-years end in Q2 and Q4, years in Q4."""
    return quarter.number in _DUE_IN[frequency]


def find_stretch(basis: Basis, starts_on: date, ends_on: date) -> tuple[date, date]:
    """The first and last day that a value of a basis speaks of, returned in the quarter between two days."""
    last = Month(ends_on.year, ends_on.month)
    first = {
        "month": last,
        "half_year": last - 5,
        "cumulative": Month(last.financial_year, 4),
        "projected_year": Month(last.financial_year, 4),
        "year_total": Month(last.financial_year, 4),
        "calendar_year": Month(last.year, 1),
        "academic_year": Month(last.year if last.number >= 9 else last.year - 1, 9),
        "rolling12": last - 11,
    }.get(basis)
    return (_first_day(first) if first else starts_on), ends_on


def _first_day(month: Month) -> date:
    return date(month.year, month.number, 1)


def _last_day(month: Month) -> date:
    return _first_day(month + 1) - timedelta(days=1)
