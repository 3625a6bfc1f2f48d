"""A change promised from a base that nobody gave."""

from collections.abc import Iterator

from wardmote.evidence.targets.comparable import gather_history, list_reported, shift_year
from wardmote.evidence.targets.kinds import Base, NoChange, PointsChange, RelativeChange, Target
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.status.words import join_words
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import find_version_in_force

RULE = "relative_target_without_base"
QUESTION = "Is the figure known that a promised change is measured from?"
EXAMPLE = "The target is a change, but the figure it is measured from is not given for Q3 and Q4."


def find(plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    history = gather_history(plan, indicator)
    lacking = []
    for value in list_reported(indicator.values):
        version = find_version_in_force(indicator, value.end)
        base = _find_base(version.target) if version else None
        if base and value.is_scored and not _is_known(base, value, history):
            lacking.append(value.period)
    if lacking:
        periods = join_words(list(dict.fromkeys(lacking)))
        yield RowWarning(
            RULE, f"The target is a change, but the figure it is measured from is not given for {periods}."
        )


def _find_base(target: Target) -> Base | None:
    if isinstance(target, PointsChange) and target.resulting is not None:
        return None
    return target.base if isinstance(target, RelativeChange | PointsChange | NoChange) else None


def _is_known(base: Base, value: Value, history: tuple[Value, ...]) -> bool:
    """Whether the base is printed anywhere, or the year before was reported."""
    if base.value is not None or value.period in base.by_period or value.base is not None:
        return True
    if value.shape == "percent_change" or value.change_pct is not None:
        return True
    if base.kind == "previous_period":
        return any(
            other.basis == value.basis and other.end and value.start and other.end < value.start for other in history
        )
    then = shift_year(value.start, -1) if value.start else None
    return any(other.start == then and other.basis == value.basis and other.best is not None for other in history)
