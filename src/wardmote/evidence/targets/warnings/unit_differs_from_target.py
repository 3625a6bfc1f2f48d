"""A value in one unit, held to a target in another."""

from collections.abc import Iterator

from wardmote.evidence.targets.kinds import CohortShare, CountPerPeriod, NoChange, RelativeChange, Target, Threshold
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import find_version_in_force

RULE = "unit_differs_from_target"
QUESTION = "Are the value and its target in the same unit?"
EXAMPLE = "The value is a count, but the target is a percentage."

_UNITS = {
    "count": "a count",
    "percent": "a percentage",
    "x_of_y": "a percentage",
    "rate": "a rate",
    "percent_change": "a percentage change",
    "money": "money",
}


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        version = find_version_in_force(indicator, value.end)
        is_number = value.best is not None and value.is_scored and value.state not in ("proxy", "missing", "not_due")
        if version is None or not is_number:
            continue
        asked, given = _find_asked(version.target, value), _UNITS.get(value.shape)
        if asked and given and asked != given:
            yield RowWarning(RULE, f"The value is {given}, but the target is {asked}.", value.period)


def _find_asked(target: Target, value: Value) -> str:
    """Name the unit the target speaks in, where it leaves no doubt."""
    match target:
        case CohortShare() | Threshold(unit="percent"):
            return "a percentage"
        case Threshold(unit="count"):
            return "a count"
        case CountPerPeriod(thing=thing):
            return "" if thing == "percent" or value.shape in ("rate", "money") else "a count"
        case RelativeChange(base=base) | NoChange(base=base) if value.shape != "percent_change":
            return {"percent": "a percentage", "count": "a count"}.get(base.unit, "")
        case _:
            return ""
