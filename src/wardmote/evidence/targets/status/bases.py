"""From which figure is a change measured, and was it printed for this very period?

A change on last quarter never stands in for a change on last year: seasons would be taken for success.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.evidence.targets.kinds import Base, BaseKind
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.status.case import Case
from wardmote.evidence.targets.status.spans import find_months, is_part_year, shift_year
from wardmote.evidence.targets.status.words import is_percent

_LAST_PERIOD = re.compile(
    r"(previous|last|preceding|prior)[ _](quarter|month|period|half)|(quarter|month|period) before", re.IGNORECASE
)
_LAST_YEAR = re.compile(r"\byear\b|last[ _]year|previous[ _]year|\b20\d\d", re.IGNORECASE)
_OWN_PERIOD: frozenset[BaseKind] = frozenset({"same_period_last_year", "same_point_last_year", "previous_period"})
_OF_LAST_YEAR: frozenset[BaseKind] = frozenset({"same_period_last_year", "same_point_last_year", "previous_year"})
_UNSEEN = ("missing", "not_due", "discontinued", "suppressed", "projected", "proxy")


@dataclass(frozen=True, slots=True)
class FoundBase:
    """The figure a change is measured from, and where it stands; `moved_on` where it was put in another's place."""

    value: float
    said: str
    moved_on: date | None = None

    def describe(self, shown: str) -> str:
        """The figure as it is shown, with where it comes from."""
        if self.moved_on is None:
            return f"{shown} ({self.said})"
        return f"the base of {shown} set on {self.moved_on.day} {self.moved_on:%B %Y} (moved from {self.said})"


def find_base(case: Case, base: Base) -> FoundBase | None:
    """Which figure is this value's change measured from? None where nobody printed it for this period."""
    if base.by_period:
        found = base.by_period.get(case.value.period)
        return None if found is None else FoundBase(found, _describe_base(base))
    if base.value is not None and fits_stretch(case, base):
        return FoundBase(base.value, _describe_base(base), base.moved_on)
    if case.value.base is not None and is_right_base(case.value.change_base, base.kind):
        return FoundBase(case.value.base, case.value.change_base or "printed beside it")
    return _find_earlier(case, base.kind)


def fits_stretch(case: Case, base: Base) -> bool:
    """Whether a base that was given once is one for this value: a year's count is no base for a quarter's."""
    is_count = case.value.shape in ("count", "money") and not case.is_share
    if base.kind in _OWN_PERIOD:
        return base.moved_on is not None or not base.period or _is_period_before(case.value.period, base.period)
    return not (is_count and is_part_year(case.value) and not is_percent(base.unit))


def _is_period_before(period: str, base_period: str) -> bool:
    """Whether the two labels end alike ("Q2" and "Q2"), so that one may be the other a year before."""

    tails = [text.rsplit(maxsplit=1)[-1] if " " in text else "" for text in (period, base_period)]
    return tails[0] == tails[1]


def _describe_base(base: Base) -> str:
    name = base.kind.replace("_", " ") if base.kind != "not_stated" else "base"
    derived = ", worked out from other figures" if base.is_derived else ""
    return f"the {name}{' ' + base.period if base.period else ''}{derived}"


def is_right_base(change_base: str, kind: BaseKind) -> bool:
    """Whether a printed change was measured from what the target names; where nothing is said, it is taken to be.

    >>> is_right_base("previous quarter", "same_period_last_year"), is_right_base("", "same_period_last_year")
    (False, True)
    """
    if not change_base.strip():
        return True
    if _LAST_PERIOD.search(change_base):
        return kind == "previous_period"
    if _LAST_YEAR.search(change_base):
        return kind not in ("previous_period", "baseline")
    return change_base.strip().casefold().replace(" ", "_") == kind


def _find_earlier(case: Case, kind: BaseKind) -> FoundBase | None:
    """The row's own value a year (or a period) before, of the same measure and stretch."""
    same = [other for other in _list_earlier(case, kind) if other.measure == case.value.measure]
    is_settled = len({other.best for other in same}) == 1  # two figures for one period are no base
    return FoundBase(same[0].best or 0.0, same[0].period) if is_settled else None


def _list_earlier(case: Case, kind: BaseKind) -> list[Value]:
    matches = _find_matcher(case.value, kind)
    if matches is None:
        return []
    seen = [other for other in case.others if other.state not in _UNSEEN and other.is_scored and other.best is not None]
    return [o for o in seen if o.shape == case.value.shape and o.basis == case.value.basis and matches(o)]


UNNAMED = "a measure that its return does not name"


def find_other_measure(case: Case, kind: BaseKind) -> str:
    """Why the earlier value is no base, where it counted another thing; "" where there is none such."""
    now = case.value.measure or UNNAMED
    for other in (other for other in _list_earlier(case, kind) if other.measure != case.value.measure):
        then = other.measure or UNNAMED
        return f"{other.period} counted {then} and {case.value.period} counts {now}, so the two cannot be compared"
    return ""


def _find_matcher(value: Value, kind: BaseKind) -> Callable[[Value], bool] | None:
    start, end = value.start, value.end
    if start is None or end is None:
        return None
    if kind in _OF_LAST_YEAR or (kind == "previous_year_total" and find_months(value) == 12):
        wanted = (shift_year(start), shift_year(end))
        return lambda other: (other.start, other.end) == wanted
    if kind == "previous_period":
        day_before = start - timedelta(days=1)
        return lambda other: other.end == day_before
    return None


def find_printed_change(case: Case, base: Base) -> float | None:
    """Which change was printed on the right base, in percent? None where none was, or where it speaks of another."""
    value = case.value
    change = value.change_pct
    if change is None and value.shape == "percent_change":
        change = value.number
    if change is None or not is_right_base(value.change_base, base.kind):
        return None
    is_wrong_stretch = base.kind == "previous_year_total" and is_part_year(value)
    return None if is_wrong_stretch else change


def explain_no_base(case: Case, base: Base) -> str:
    """Say in one sentence that a change cannot be tested, and what was printed in vain."""
    value = case.value
    wanted = "an unstated base" if base.kind == "not_stated" else f"the {base.kind.replace('_', ' ')}"
    lead = f"the change is measured from {wanted}, which is not printed for {value.period}"
    if base.value is not None and not base.by_period and not fits_stretch(case, base):
        return f"the base is a whole year's figure and {value.period} is part of a year, so the two cannot be compared"
    same = [other for other in _list_earlier(case, base.kind) if other.measure == value.measure]
    if len(same) > 1:
        return f"{same[0].period}, which the change is measured from, was reported twice with different figures"
    if value.change_pct is not None and not is_right_base(value.change_base, base.kind):
        return f"{lead}; the change of {value.change_pct:+g}% is on the {value.change_base} and is not the test"
    return lead
