"""How much of the promised stretch of time does a value speak of?"""

from calendar import monthrange
from datetime import date

from wardmote.evidence.targets.kinds import Span
from wardmote.evidence.targets.plan import Basis, Value

SPAN_MONTHS: dict[Span, int] = {
    "financial_year": 12, "calendar_year": 12, "academic_year": 12, "quarter": 3, "month": 1, "once": 0,
}  # fmt: skip
_FIRST_MONTH: dict[Span, int] = {"financial_year": 4, "calendar_year": 1, "academic_year": 9}
_WHOLE_YEARS: frozenset[Basis] = frozenset({"year_total", "calendar_year", "academic_year", "rolling12"})
_BASIS_MONTHS: dict[Basis, int] = {"month": 1, "quarter": 3, "half_year": 6}


def find_span(day: date, span: Span) -> tuple[date, date]:
    """Which stretch of this kind holds a day? First and last day, both included.

    >>> find_span(date(2015, 2, 3), "financial_year")
    (datetime.date(2014, 4, 1), datetime.date(2015, 3, 31))
    """
    months = SPAN_MONTHS[span] or 12
    first = _FIRST_MONTH.get(span, 4)
    offset = (day.month - first) % months
    start = _shift_months(day.replace(day=1), -offset)
    last = _shift_months(start, months - 1)
    return start, last.replace(day=monthrange(last.year, last.month)[1])


def _shift_months(first: date, months: int) -> date:
    ordinal = first.year * 12 + first.month - 1 + months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def shift_year(day: date, years: int = -1) -> date:
    """The same day in another year; the last day of a month stays the last."""
    was_last = day.day == monthrange(day.year, day.month)[1]
    last = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, last if was_last else min(day.day, last))


def count_months(start: date, end: date) -> int:
    """How many calendar months do two days touch?

    >>> count_months(date(2014, 4, 1), date(2014, 12, 31))
    9
    """
    return (end.year - start.year) * 12 + end.month - start.month + 1


def find_months(value: Value) -> int | None:
    """How many months does a value cover? None where neither its dates nor its basis say."""
    if value.basis in _BASIS_MONTHS:
        return _BASIS_MONTHS[value.basis]
    if value.basis in _WHOLE_YEARS:
        return 12
    if value.start and value.end:
        return count_months(value.start, value.end)
    return None


def covers_whole(value: Value, span: Span) -> bool:
    """Whether a value speaks of the whole promised stretch, to its end."""
    if value.basis in _WHOLE_YEARS and SPAN_MONTHS[span] <= 12:
        return True
    if value.basis == "cumulative":
        return value.end is not None and value.end >= find_span(value.end, span)[1]
    months = find_months(value)
    return months is not None and 0 < SPAN_MONTHS[span] <= months


def is_part_year(value: Value) -> bool:
    """Whether a value is a count of less than a year, so that a year's figure cannot be held against it."""
    months = find_months(value)
    return value.basis in ("month", "quarter", "half_year", "cumulative") and (months is None or months < 12)
