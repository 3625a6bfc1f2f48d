"""Two forms of one promise that come to different levels."""

from collections.abc import Iterator

from wardmote.evidence.targets.bounds import Bound, find_level
from wardmote.evidence.targets.kinds import PointsChange, Target
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import list_versions
from wardmote.evidence.targets.wording import write_number

RULE = "target_forms_disagree"
QUESTION = "Where a target is given in two forms, do both come to the same?"
EXAMPLE = "The target is given as at most 426 and as below 275, which is not the same."

#: Levels within a hundredth of each other differ by rounding.
_SAME_SHARE = 0.01


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for version in list_versions(indicator):
        yield from _check_points(version.target)
        main = find_level(version.target)
        for other in (find_level(form) for form in version.also):
            if main and other and _disagree(main, other):
                given = f"The target is given as {main.words} and as {other.words}"
                yield RowWarning(RULE, f"{given}, which is not the same.")


def _disagree(main: Bound, other: Bound) -> bool:
    if main.what != other.what or (main.unit and other.unit and main.unit != other.unit):
        return False
    apart = abs(main.level - other.level)
    is_opposed = main.is_floor != other.is_floor
    return is_opposed or apart > _SAME_SHARE * max(abs(main.level), abs(other.level))


def _check_points(target: Target) -> Iterator[RowWarning]:
    if not isinstance(target, PointsChange) or target.resulting is None or target.base.value is None:
        return
    made = target.base.value + target.points
    if abs(made - target.resulting) > 0.05 + 1e-9:
        sum_of = f"{write_number(target.base.value)} and {write_number(target.points)} points make {write_number(made)}"
        yield RowWarning(RULE, f"{sum_of}, not {write_number(target.resulting)}.")
