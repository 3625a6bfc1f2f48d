"""A period of time as a typed value: what it covers, what kind it is, how it is written.

Partnerships mix months, financial quarters and years, calendar years, academic years and rolling years.
Every period here is a run of whole calendar months, so that any two can be compared month by month; its kind
says which comparisons make sense (a financial year is never compared with a calendar one by accident).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

from wardmote.evidence.model.errors import UsageError

PeriodKind = Literal["month", "quarter", "financial_year", "calendar_year", "academic_year", "run"]

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_STEMS = tuple(name[:3].lower() for name in MONTH_NAMES)


def find_month_number(name: str) -> int:
    """Which month, 1 to 12, do a name's first three letters mean? "Sept", "september" and "SEP" are 9.

    >>> find_month_number("September")
    9

    Raises ValueError for a word that begins like no month.
    """
    return _MONTH_STEMS.index(name[:3].lower()) + 1


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """One calendar month, written 2022-06."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1900 <= self.year <= 2199):
            raise UsageError(
                f"{self.year}-{self.number:02d} is not a month",
                expected="a year from 1900 to 2199 and a month from 01 to 12, such as 2022-06",
            )

    @classmethod
    def parse(cls, text: str) -> "Month":
        match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
        if not match:
            raise UsageError(f"'{text}' is not a month", expected="YYYY-MM, such as 2022-06")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def from_ordinal(cls, ordinal: int) -> "Month":
        return cls(ordinal // 12, ordinal % 12 + 1)

    @property
    def ordinal(self) -> int:
        """Months since the year 0: consecutive months differ by one."""
        return self.year * 12 + self.number - 1

    def __add__(self, months: int) -> "Month":
        return Month.from_ordinal(self.ordinal + months)

    def __sub__(self, months: int) -> "Month":
        return Month.from_ordinal(self.ordinal - months)

    def __lt__(self, other: "Month") -> bool:
        return self.ordinal < other.ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def title(self) -> str:
        return f"{MONTH_NAMES[self.number - 1]} {self.year}"

    @property
    def short_title(self) -> str:
        return f"{MONTH_NAMES[self.number - 1][:3]} {self.year % 100:02d}"

    @property
    def financial_year(self) -> int:
        """The year in which the financial year (April to March) of this month starts."""
        return self.year if self.number >= 4 else self.year - 1


@dataclass(frozen=True, slots=True)
class Period:
    """A run of whole months, first and last included, with the kind in which it was asked for.

    >>> Period.parse("2021/22")
    Period(2021/22)
    >>> [str(m) for m in Period.parse("2021/22Q4").months]
    ['2022-01', '2022-02', '2022-03']
    >>> Period.parse("2010-11")
    Traceback (most recent call last):
    ...
    wardmote.evidence.model.errors.UsageError: '2010-11' can be read in two ways. Expected 2010/11 for the \
financial year April 2010 to March 2011, or 2010-11..2010-11 for the month of November 2010.
    """

    first: Month
    last: Month
    kind: PeriodKind = "run"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise UsageError(
                f"the period {self.first}..{self.last} ends before it starts",
                expected="the earlier month first",
            )

    # -- making ---------------------------------------------------------------------------------------------
    @classmethod
    def month(cls, month: Month) -> "Period":
        return cls(month, month, "month")

    @classmethod
    def financial_year(cls, start_year: int) -> "Period":
        return cls(Month(start_year, 4), Month(start_year + 1, 3), "financial_year")

    @classmethod
    def financial_quarter(cls, start_year: int, quarter: int) -> "Period":
        if quarter not in (1, 2, 3, 4):
            raise UsageError(f"there is no quarter {quarter}", expected="Q1 (April to June) to Q4 (January to March)")
        first = Month(start_year, 4) + 3 * (quarter - 1)
        return cls(first, first + 2, "quarter")

    @classmethod
    def calendar_year(cls, year: int) -> "Period":
        return cls(Month(year, 1), Month(year, 12), "calendar_year")

    @classmethod
    def academic_year(cls, start_year: int) -> "Period":
        return cls(Month(start_year, 9), Month(start_year + 1, 8), "academic_year")

    @classmethod
    def rolling_year(cls, last: Month) -> "Period":
        """The twelve months that end with `last`."""
        return cls(last - 11, last)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period as people write it, or say what is wrong and what to write."""
        return parse_period(text)

    # -- asking ---------------------------------------------------------------------------------------------
    @property
    def months(self) -> tuple[Month, ...]:
        return tuple(Month.from_ordinal(n) for n in range(self.first.ordinal, self.last.ordinal + 1))

    @property
    def length(self) -> int:
        """Number of months."""
        return self.last.ordinal - self.first.ordinal + 1

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __iter__(self) -> Iterator[Month]:
        return iter(self.months)

    def overlaps(self, other: "Period") -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def is_year(self) -> bool:
        return self.length == 12

    def previous(self) -> "Period":
        """The period of the same length and season one year before (a year for a year, Q3 for Q3)."""
        step = 12 if self.length <= 12 else 12 * -(-self.length // 12)
        return Period(self.first - step, self.last - step, self.kind)

    def split_months(self) -> tuple["Period", ...]:
        return tuple(Period.month(m) for m in self.months)

    def split_quarters(self) -> tuple["Period", ...]:
        """The financial quarters that lie wholly inside; part quarters come as runs."""
        return _group_months(self, lambda m: (m.financial_year, (m.number - 4) % 12 // 3), _quarter_of)

    def split_financial_years(self) -> tuple["Period", ...]:
        """The financial years that lie wholly inside; part years come as runs."""
        return _group_months(self, lambda m: (m.financial_year, 0), financial_year_of)

    # -- writing --------------------------------------------------------------------------------------------
    def __str__(self) -> str:
        return _WRITERS[self.kind](self)

    def __repr__(self) -> str:
        return f"Period({self})"

    @property
    def title(self) -> str:
        """The period in words, for a reader who does not know our notation."""
        if self.first == self.last:
            return self.first.title
        span = f"{self.first.title} to {self.last.title}"
        named = {
            "financial_year": "financial year",
            "academic_year": "academic year",
            "calendar_year": "calendar year",
        }
        if self.kind in named:
            return f"{named[self.kind]} {self}".replace("AY", "") + f" ({span})"
        return f"{self} ({span})" if self.kind == "quarter" else span


def financial_year_of(month: Month) -> Period:
    """Return the financial year that holds the month."""
    return Period.financial_year(month.financial_year)


def _quarter_of(month: Month) -> Period:
    return Period.financial_quarter(month.financial_year, (month.number - 4) % 12 // 3 + 1)


def _group_months(period: Period, key, whole) -> tuple[Period, ...]:  # type: ignore[no-untyped-def]
    groups: dict[tuple[int, int], list[Month]] = {}
    for month in period.months:
        groups.setdefault(key(month), []).append(month)
    full = [(whole(months[0]), months) for months in groups.values()]
    return tuple(
        candidate if candidate.length == len(months) else Period(months[0], months[-1]) for candidate, months in full
    )


def _two(year: int) -> str:
    return f"{year % 100:02d}"


_WRITERS = {
    "month": lambda p: str(p.first),
    "quarter": lambda p: (
        f"{p.first.financial_year}/{_two(p.first.financial_year + 1)}Q{(p.first.number - 4) % 12 // 3 + 1}"
    ),
    "financial_year": lambda p: f"{p.first.year}/{_two(p.first.year + 1)}",
    "calendar_year": lambda p: f"{p.first.year}",
    "academic_year": lambda p: f"AY{p.first.year}/{_two(p.first.year + 1)}",
    "run": lambda p: f"{p.first}..{p.last}",
}

EXPECTED_FORMS = (
    "2021/22 (financial year), 2021/22Q3 (financial quarter), 2022 (calendar year), AY2021/22 (academic year), "
    "2022-06 (month) or 2021-07..2022-06 (any run of months)"
)


def parse_period(text: str) -> Period:
    """Which run of months does this text name?

    Forms: 2021/22, 2021/22Q3, 2022, AY2021/22, 2022-06, 2021-07..2022-06; 2021-22 where only a financial year fits.
    Raises UsageError for anything else, and where a text has two readings (2010-11) names both.
    """
    clean = text.strip().replace("–", "-")
    for pattern, make in _FORMS:
        match = re.fullmatch(pattern, clean, re.IGNORECASE)
        if match:
            return make(match)
    raise UsageError(f"'{text}' is not a period", expected=EXPECTED_FORMS)


def _parse_years(match: re.Match[str]) -> int:
    """Return the starting year of 2021/22, refusing 2021/23."""
    start, end = int(match["start"]), match["end"]
    if int(end) not in (start + 1, (start + 1) % 100):
        raise UsageError(
            f"'{match.string}' does not name two years that follow each other",
            expected=f"{start}/{_two(start + 1)}",
        )
    return start


def _parse_dashed(match: re.Match[str]) -> Period:
    """2021-22 is a year, 2022-06 a month; 2010-11 can be both, so neither is assumed."""
    year, number = int(match["year"]), int(match["number"])
    follows, is_month = number == (year + 1) % 100, 1 <= number <= 12
    if follows and is_month:
        raise UsageError(
            f"'{match.string}' can be read in two ways",
            expected=f"{year}/{number:02d} for the financial year April {year} to March {year + 1}, or "
            f"{match.string}..{match.string} for the month of {Month(year, number).title}",
        )
    if follows:
        return Period.financial_year(year)
    if is_month:
        return Period.month(Month(year, number))
    raise UsageError(f"'{match.string}' is not a period", expected=EXPECTED_FORMS)


def _parse_run(match: re.Match[str]) -> Period:
    first, last = Month.parse(match["first"]), Month.parse(match["last"])
    return Period.month(first) if first == last else Period(first, last)


_FORMS = (
    (r"(?P<start>\d{4})/(?P<end>\d{2}|\d{4})", lambda m: Period.financial_year(_parse_years(m))),
    (
        r"(?P<start>\d{4})/(?P<end>\d{2}|\d{4})\s*Q(?P<q>\d)",
        lambda m: Period.financial_quarter(_parse_years(m), int(m["q"])),
    ),
    (r"AY\s*(?P<start>\d{4})/(?P<end>\d{2}|\d{4})", lambda m: Period.academic_year(_parse_years(m))),
    (r"(?P<year>\d{4})", lambda m: Period.calendar_year(int(m["year"]))),
    (r"(?P<year>\d{4})-(?P<number>\d{2})", _parse_dashed),
    (r"(?P<first>\d{4}-\d{2})\.\.(?P<last>\d{4}-\d{2})", _parse_run),
)
