"""Which reported values may be held against each other: one thing, the same kind of stretch, apart in time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import isfinite
from typing import Any

from wardmote.evidence.targets.plan import Basis, Indicator, Plan, Value

#: States in which a number is what happened, as far as anybody knows.
REPORTED = ("actual", "provisional", "derived")
#: Bases whose values speak of separate stretches, so that a value may be held against the one before.
SEPARATE: tuple[Basis, ...] = ("month", "quarter", "half_year", "year_total", "calendar_year", "academic_year")
YEARLY: tuple[Basis, ...] = ("year_total", "calendar_year", "academic_year")
_FIGURES = (
    "number", "part", "whole", "whole_alternative", "printed_percent", "count", "change_pct", "base", "low", "high"
)  # fmt: skip
#: Two quarters differ by up to two days, two months by three.
_SAME_LENGTH_DAYS = 4


def drop_unreal(value: Value) -> Value:
    """Return the value with every figure that is no number, or endless, as missing: nothing can be said of it."""
    unreal = [name for name in _FIGURES if not isfinite(getattr(value, name) or 0.0)]
    real_parts = tuple((name, number) for name, number in value.parts if isfinite(number))
    if not unreal and len(real_parts) == len(value.parts):
        return value
    missing: dict[str, Any] = dict.fromkeys(unreal)
    return replace(value, parts=real_parts, **missing)


def is_reported(value: Value) -> bool:
    """Whether a number was reported as what happened: neither foretold, nor another measure, nor in doubt."""
    return value.state in REPORTED and value.best is not None


def gather_history(plan: Plan, indicator: Indicator) -> tuple[Value, ...]:
    """What was ever reported of this measure, under this row or another of its series, oldest first.

    Rows belong together when they carry the same `series_key` and the same unit. Values without dates are left out:
    nobody can say what they came after.
    """
    own = [indicator]
    if indicator.series_key:
        own += [row for row in plan.indicators if row is not indicator and _continues(row, indicator)]
    dated = [value for row in own for value in row.values if value.start and value.end]
    return tuple(sorted(dated, key=lambda value: (value.end or date.min, value.start or date.min)))


def _continues(row: Indicator, indicator: Indicator) -> bool:
    return row.series_key == indicator.series_key and row.unit == indicator.unit


def find_comparable(history: Iterable[Value], value: Value) -> Value | None:
    """Which earlier value may this one be held against?

    The same stretch a year before, where it was reported; else the latest separate stretch of the same length. A
    value that runs on from the start of its year overlaps the one before and has only last year's to be held against.
    """
    earlier = list_earlier(history, value)
    last_year = [other for other in earlier if is_year_before(other, value)]
    if last_year:
        return last_year[-1]
    return earlier[-1] if earlier and value.basis in (*SEPARATE, "stock", "snapshot", "rolling12") else None


def is_year_before(other: Value, value: Value) -> bool:
    """Whether one value's stretch begins a year before the other's."""
    return value.start is not None and other.start == shift_year(value.start, -1)


def list_earlier(history: Iterable[Value], value: Value) -> list[Value]:
    """List the reported values of the same measure and basis that ended before this one began, oldest first."""
    return [other for other in history if _is_alike(other, value) and _is_before(other, value)]


def is_same_measure(first: Value, second: Value) -> bool:
    """Whether two values count the same thing, as far as their labels say."""
    return first.measure.strip().casefold() == second.measure.strip().casefold()


def is_adjacent(earlier: Value, later: Value) -> bool:
    """Whether the later value's stretch begins the day after the earlier one's ends."""
    if earlier.end is None or later.start is None:
        return False
    return earlier.end + timedelta(days=1) == later.start


def is_within(inner: Value, outer: Value) -> bool:
    """Whether one value's dates lie inside another's. Undated values lie nowhere."""
    if not (inner.start and inner.end and outer.start and outer.end):
        return False
    return outer.start <= inner.start and inner.end <= outer.end


def list_reported(values: Sequence[Value], *bases: Basis) -> list[Value]:
    """List the reported, dated values on these bases (all bases where none is named), oldest first."""
    chosen = [v for v in values if is_reported(v) and v.start and v.end and (not bases or v.basis in bases)]
    return sorted(chosen, key=lambda value: (value.end or date.min, value.start or date.min))


def shift_year(day: date, years: int) -> date:
    """Return the same day in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _is_alike(other: Value, value: Value) -> bool:
    same_kind = other.basis == value.basis and other.shape == value.shape and is_same_measure(other, value)
    return same_kind and other.state in ("actual", "derived") and other.best is not None


def _is_before(other: Value, value: Value) -> bool:
    if not (other.start and other.end and value.start and value.end) or other.end >= value.start:
        return False
    return abs((other.end - other.start) - (value.end - value.start)) <= timedelta(days=_SAME_LENGTH_DAYS)
