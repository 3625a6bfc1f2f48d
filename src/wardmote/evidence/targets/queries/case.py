"""What a query rule looks at, and what it answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from wardmote.evidence.targets.comparable import gather_history, is_same_measure
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import Settings

#: "impossible": cannot be right as it stands. "unlikely": probably a slip. "ask": may well be right; say so.
Severity = Literal["impossible", "unlikely", "ask"]
#: Which box of the return it is about, by the value's own names.
QueryField = Literal["period", "number", "part", "whole", "printed_percent", "narrative", "missing_reason"]


@dataclass(frozen=True, slots=True)
class Query:
    """One question about a value as it is typed: what was noticed, and what the contributor is to answer."""

    code: str
    severity: Severity
    sentence: str
    asks: str
    field: QueryField


@dataclass(frozen=True, slots=True)
class Case:
    """A typed value in its place among the rest, with the plan as it was without it."""

    plan: Plan
    indicator: Indicator
    value: Value
    plan_before: Plan
    indicator_before: Indicator
    history: tuple[Value, ...]
    settings: Settings
    as_at: date | None = None

    @property
    def other_rows(self) -> list[Indicator]:
        """The rows that measure something else: neither this row nor another of its series."""
        key = self.indicator.series_key
        others = [row for row in self.plan.indicators if row.id != self.indicator.id or row.plan != self.indicator.plan]
        return [row for row in others if not key or row.series_key != key]


def open_case(
    rows: Iterable[Indicator], indicator: Indicator, value: Value, *, settings: Settings, as_at: date | None
) -> Case:
    """Put a typed value into its row, in the place of what was reported of the same period before."""
    kept = tuple(old for old in indicator.values if not _is_same_report(old, value))
    bare, filled = replace(indicator, values=kept), replace(indicator, values=_insert(kept, value))
    others = [row for row in rows if row is not indicator and (row.plan, row.id) != (indicator.plan, indicator.id)]
    before = Plan("", (bare, *others))
    return Case(
        Plan("", (filled, *others)), filled, value, before, bare, gather_history(before, bare), settings, as_at
    )  # fmt: skip


def _is_same_report(old: Value, value: Value) -> bool:
    """Whether both speak of one stretch, on one basis, of one measure."""
    is_dated = old.start is not None and value.start is not None
    same_days = (old.start, old.end) == (value.start, value.end) if is_dated else old.period == value.period
    return same_days and old.basis == value.basis and is_same_measure(old, value)


def _insert(values: Sequence[Value], value: Value) -> tuple[Value, ...]:
    """The values with one more, before the first that ends later."""
    later = [at for at, old in enumerate(values) if value.end and old.end and old.end > value.end]
    at = later[0] if later else len(values)
    return (*values[:at], value, *values[at:])
