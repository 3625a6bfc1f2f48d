"""Targets that changed: from what, to what, when, why, and whether that made them easier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.kinds import (
    CohortShare,
    CountPerPeriod,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)

NO_REASON = "no reason given"


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One change of one target. `effect` is "easier", "harder" or "" where the two cannot be set side by side."""

    row: Row
    before: str
    after: str
    when: str
    reason: str
    effect: str
    is_first: bool = False  # a target where there had been none

    @property
    def is_silent(self) -> bool:
        return not self.reason and not self.is_first


def list_changes(rows: Sequence[Row]) -> list[TargetChange]:
    """Which targets changed, within the plan or since the plan before? In the plan's order, oldest first."""
    return [change for row in rows for change in _find_changes(row)]


def _find_changes(row: Row) -> list[TargetChange]:
    versions = (*(row.before.targets if row.before else ()), *row.indicator.targets)
    return [
        _describe(row, one, other) for one, other in pairwise(versions) if _strip(one.target) != _strip(other.target)
    ]


def _strip(target: Target) -> str:
    """What a target asks, without whose level it is: naming a source changes no promise."""
    if isinstance(target, Threshold):
        target = replace(target, source="", is_split_unstated=False)
    return describe_target(target)


def _describe(row: Row, one: TargetVersion, other: TargetVersion) -> TargetChange:
    return TargetChange(
        row,
        describe_target(one.target),
        describe_target(other.target),
        _say_when(row, other),
        other.reason_for_change.strip(),
        find_effect(one.target, other.target),
        isinstance(one.target, NoTarget),
    )


def _say_when(row: Row, version: TargetVersion) -> str:
    if version.valid_from is not None:
        return f"{version.valid_from.day} {version.valid_from:%B %Y}"
    dated = sorted((v.start, v.period) for v in row.indicator.values if v.start is not None and v.start > date.min)
    return f"by {dated[0][1]}" if dated else "not said"


def find_effect(before: Target, after: Target) -> str:
    """Did the change make the target easier or harder to meet?

    Returns "easier", "harder", or "" where the two are not levels on one side: a floor and a ceiling, words, a change
    on a base that nobody printed.

    >>> find_effect(Threshold(">=", 100, "percent"), Threshold(">=", 95, "percent"))
    'easier'
    >>> find_effect(Threshold("<", 50, "percent"), Threshold("<", 20, "percent"))
    'harder'
    """
    one, other = _find_level(before), _find_level(after)
    if isinstance(before, RelativeChange) and isinstance(after, RelativeChange) and before.direction == after.direction:
        one, other = ("floor", before.percent), ("floor", after.percent)  # the share asked for, whatever the base
    if one is None or other is None or one[0] != other[0] or one[1] == other[1]:
        return ""
    is_higher = other[1] > one[1]
    return "harder" if is_higher == (other[0] == "floor") else "easier"


def _find_level(target: Target) -> tuple[str, float] | None:  # noqa: PLR0911 - one for each kind
    """Which side of which level a target asks for."""
    match target:
        case Threshold() | CountPerPeriod():
            return _side(target.operator), target.value
        case CohortShare():
            return _side(target.operator), target.percent
        case RelativeChange(base=base) if base.value is not None:
            factor = 1 + (1 if target.direction == "increase" else -1) * target.percent / 100
            return ("floor" if target.direction == "increase" else "ceiling"), base.value * factor
        case PointsChange(resulting=resulting) if resulting is not None:
            return ("floor" if target.points >= 0 else "ceiling"), resulting
        case NoChange(base=base) if base.value is not None and target.relation != "maintain":
            return ("ceiling" if target.relation == "no_increase" else "floor"), base.value
        case Trajectory():
            return ("floor" if target.end_value >= target.baseline else "ceiling"), target.end_value
    return None


def _side(operator: str) -> str:
    return "floor" if operator.startswith(">") else "ceiling"
