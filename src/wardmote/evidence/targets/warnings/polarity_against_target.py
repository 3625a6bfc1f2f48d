"""A row whose good way and whose target point in opposite directions."""

from collections.abc import Iterator

from wardmote.evidence.targets.bounds import find_level
from wardmote.evidence.targets.kinds import Benchmark, NoChange, PointsChange, RelativeChange, Target
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import list_versions

RULE = "polarity_against_target"
QUESTION = "Does the target ask for the way that the row calls good?"
EXAMPLE = 'Higher is called better here, but the target "below 28%" asks for less.'


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    if indicator.polarity not in ("higher", "lower"):
        return
    for version in list_versions(indicator):
        asks_more = _asks_more(version.target)
        if asks_more is not None and asks_more != (indicator.polarity == "higher"):
            named = f'the target "{version.text.strip()}"' if version.text.strip() else "the target"
            asked = "more" if asks_more else "less"
            good = indicator.polarity.capitalize()
            yield RowWarning(RULE, f"{good} is called better here, but {named} asks for {asked}.")


def _asks_more(target: Target) -> bool | None:
    """Whether a target asks for more (True) or for less; None where it bounds both sides, or none."""
    match target:
        case NoChange():
            return None  # to let nothing rise, or nothing fall, can be a first step either way
        case RelativeChange(direction=direction):
            return direction == "increase"
        case PointsChange(points=points):
            return points > 0 if points else None
        case Benchmark(relation=relation):
            return {"at_or_above": True, "at_or_below": False}.get(relation)
    bound = find_level(target)
    return None if bound is None else bound.is_floor
