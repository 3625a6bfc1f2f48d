"""The level that a target comes to, and the moves of that level from one year's target to the next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from wardmote.evidence.targets.kinds import (
    CohortShare,
    CountPerPeriod,
    NoChange,
    Operator,
    PointsChange,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.versions import find_version_in_force, list_versions
from wardmote.evidence.targets.wording import write_number

_WORDS: dict[Operator, str] = {">=": "at least", ">": "more than", "<=": "at most", "<": "below"}


@dataclass(frozen=True, slots=True)
class Bound:
    """A level and the side of it that is asked for. `what` tells like from unlike: a level, a change, a path's end."""

    operator: Operator
    level: float
    unit: str = ""
    what: str = "level"

    @property
    def is_floor(self) -> bool:
        return self.operator in (">=", ">")

    @property
    def words(self) -> str:
        """The bound as a person says it.

        >>> Bound("<", 50, "percent").words
        'below 50%'
        """
        unit = "%" if self.unit == "percent" else ""
        return f"{_WORDS[self.operator]} {write_number(self.level)}{unit}"


@dataclass(frozen=True, slots=True)
class Move:
    """One target giving way to another, within a row or from last year's row of the same series."""

    old: TargetVersion
    new: TargetVersion
    from_row: str = ""


def find_level(target: Target) -> Bound | None:
    """Which level must be reached or kept below, in the measure's own unit? None where the target names none."""
    match target:
        case Threshold(operator, value, unit) | CountPerPeriod(operator, value, unit):
            return Bound(operator, value, "percent" if unit == "percent" else "")
        case CohortShare(operator, percent):
            return Bound(operator, percent, "percent")
        case RelativeChange() | PointsChange() | NoChange():
            return _find_moved_level(target)
        case Trajectory(baseline=baseline, end_value=end):
            return Bound("<=" if end < baseline else ">=", end, what="path")
        case _:
            return None


def _find_moved_level(target: RelativeChange | PointsChange | NoChange) -> Bound | None:
    base, unit = target.base.value, "percent" if target.base.unit == "percent" else ""
    if isinstance(target, PointsChange):
        level = target.resulting if target.resulting is not None or base is None else base + target.points
        return None if level is None else Bound(">=" if target.points >= 0 else "<=", level, "percent")
    if base is None:
        return None
    if isinstance(target, RelativeChange):
        falls = target.direction == "decrease"
        return Bound("<=" if falls else ">=", base * (1 + (-1 if falls else 1) * target.percent / 100), unit)
    return Bound(">=" if target.relation == "no_decrease" else "<=", base, unit)


def find_promise(target: Target) -> Bound | None:
    """How much is promised, in the words it was promised in? A change is measured by its size, not by its level."""
    if isinstance(target, RelativeChange):
        return Bound(">=", target.percent, "percent", what=f"{target.direction} by")
    if isinstance(target, PointsChange):
        return Bound(">=", abs(target.points), what="points")
    return find_level(target)


def find_effect(before: Target, after: Target) -> Literal["easier", "harder", ""]:
    """Did a change of target make it easier or harder to meet?

    "" where the two are not levels on one side: a floor and a ceiling, words, two units, a change on a base that
    nobody printed.

    >>> find_effect(Threshold(">=", 100, "percent"), Threshold(">=", 95, "percent"))
    'easier'
    >>> find_effect(Threshold("<", 50, "percent"), Threshold("<", 20, "percent"))
    'harder'
    """
    old, new = find_promise(before), find_promise(after)
    if old is None or new is None or old.is_floor != new.is_floor or old.what != new.what or old.level == new.level:
        return ""
    if old.unit != new.unit and old.unit and new.unit:
        return ""
    return "harder" if (new.level > old.level) == new.is_floor else "easier"


def list_moves(plan: Plan, indicator: Indicator) -> Iterator[Move]:
    """List how the row's target came to be: from last year's row of the series, then from version to version."""
    versions = list_versions(indicator)
    before = _find_row_before(plan, indicator)
    if before and before.targets and versions:
        last = find_version_in_force(before, _first_day(indicator)) or list_versions(before)[-1]
        if len(versions) == 1:
            yield Move(last, versions[0], before.id)
    yield from (Move(old, new) for old, new in pairwise(versions) if old.target != new.target)


def is_same_promise(move: Move) -> bool:
    """Whether old and new come to the same: the same promise, however it is worded."""
    old, new = find_promise(move.old.target), find_promise(move.new.target)
    if old and new:
        return (old.operator, old.level, old.what) == (new.operator, new.level, new.what)
    return type(move.old.target) is type(move.new.target)


def _find_row_before(plan: Plan, indicator: Indicator) -> Indicator | None:
    """Find the row that carried the series before this one: the latest whose values all came earlier."""
    start = _first_day(indicator)
    if not indicator.series_key or start is None:
        return None
    earlier = [
        (last, row)
        for row in plan.indicators
        if row is not indicator and row.series_key == indicator.series_key and (last := _last_day(row)) and last < start
    ]
    return max(earlier, key=lambda pair: pair[0])[1] if earlier else None


def _first_day(indicator: Indicator) -> date | None:
    return min((value.start for value in indicator.values if value.start), default=None)


def _last_day(indicator: Indicator) -> date | None:
    return max((value.end for value in indicator.values if value.end), default=None)
