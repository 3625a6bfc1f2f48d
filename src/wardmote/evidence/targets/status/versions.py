"""Which targets were in force in a value's period, and what is said where there were two at once?

Nobody but the partnership can choose between two targets in force on one day. Where both colour a value alike the
choice does not matter; where they do not, the answer waits for it.
"""

from wardmote.evidence.targets.kinds import TargetVersion
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.status.case import Case, change_why, make_grey
from wardmote.evidence.targets.status.words import join_words
from wardmote.evidence.targets.statuses import PeriodStatus


def find_versions(indicator: Indicator, value: Value) -> list[TargetVersion]:
    """Which versions held in a value's period: on its last day, else on its first; undated, those without an end.

    Returns one of those that promise the same, in the order of the plan; nothing where none was in force.
    """
    for day in (value.end, value.start) if value.end else (None,):
        held = [version for version in indicator.targets if version.holds_on(day)]
        if held:
            return _drop_same(held)
    if value.end is None and indicator.targets:
        return [indicator.targets[-1]]
    return []


def _drop_same(versions: list[TargetVersion]) -> list[TargetVersion]:
    different: list[TargetVersion] = []
    for version in versions:
        if all(version.target != kept.target for kept in different):
            different.append(version)
    return different


def agree_versions(case: Case, versions: list[TargetVersion], statuses: list[PeriodStatus]) -> PeriodStatus:
    """One answer from the targets in force at once: theirs where they agree, grey until somebody chooses."""
    if len(statuses) == 1:
        return statuses[0]
    names = [_name(version, number) for number, version in enumerate(versions, 1)]
    if len({(status.status, status.reason_code) for status in statuses}) == 1:
        tail = f"; {len(names)} targets are in force at once, {join_words(names)}, and each gives this colour"
        return change_why(statuses[-1], statuses[-1].why + tail)
    read = [f"{name} would make it {status.status}" for name, status in zip(names, statuses, strict=True)]
    why = f"{len(names)} targets are in force at once: {join_words(read)}; choose one, and end the other by its dates"
    return make_grey(case, "definition", why + case.doubts)


def _name(version: TargetVersion, number: int) -> str:
    if version.text.strip():
        return f"'{version.text.strip()}'"
    return f"target {number} (from {version.valid_from})" if version.valid_from else f"target {number}"
