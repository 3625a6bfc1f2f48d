"""Targets that changed: from what, to what, when, why, and whether that made them easier."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.targets.bounds import find_effect
from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.kinds import NoTarget, Target, TargetVersion, Threshold, WithdrawnVersion
from wardmote.evidence.targets.versions import find_version_in_force

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


def list_changes(rows: Sequence[Row], *, as_at: date | None = None) -> list[TargetChange]:
    """Which targets changed, within the plan or since the plan before? In the plan's order, oldest first.

    `as_at` is the day that the report speaks from: a target that holds only from a later day has not changed by then,
    whenever it was agreed. Without it every change is listed.
    """
    return [change for row in rows for change in _find_changes(row, as_at or date.max)]


def _find_changes(row: Row, day: date) -> list[TargetChange]:
    all_versions = (*(row.before.targets if row.before else ()), *row.indicator.targets)
    versions = [version for version in all_versions if _has_begun(version, day)]
    pairs = [(one, other) for one, other in pairwise(versions) if _strip(one.target) != _strip(other.target)]
    taken_back = [taken for taken in row.indicator.withdrawn if _has_begun(taken.version, day)]
    corrected = [_describe_corrected(row, taken) for taken in taken_back]
    return [_describe(row, one, other) for one, other in pairs] + [change for change in corrected if change]


def _has_begun(version: TargetVersion, day: date) -> bool:
    return version.valid_from is None or version.valid_from <= day


def _describe_corrected(row: Row, taken: WithdrawnVersion) -> TargetChange | None:
    """What stands in the place of a target that was taken back; None where that asks the same."""
    old = taken.version
    other = find_version_in_force(row.indicator, old.valid_from)
    if other is None or _strip(old.target) == _strip(other.target):
        return None
    day = f" on {taken.withdrawn_on.day} {taken.withdrawn_on:%B %Y}" if taken.withdrawn_on else ""
    when = f"{_say_when(row, other)}, by a correction made{day}"
    return replace(_describe(row, old, other), when=when, reason=taken.because.strip(), is_first=False)


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
