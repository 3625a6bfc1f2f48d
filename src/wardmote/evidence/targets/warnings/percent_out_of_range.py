"""A percentage of a whole that is less than none of it or more than all."""

from collections.abc import Iterator

from wardmote.evidence.targets.kinds import RelativeChange
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import find_version_in_force
from wardmote.evidence.targets.wording import write_percent

RULE = "percent_out_of_range"
QUESTION = "Does every percentage of a whole lie between 0 and 100?"
EXAMPLE = "103% is not a share of anything."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        version = find_version_in_force(indicator, value.end)
        # Where a change is promised, a percentage without counts may be the change itself.
        if version and isinstance(version.target, RelativeChange) and value.part is None:
            continue
        for number in _list_shares(value):
            if not 0 <= number <= 100:
                yield RowWarning(RULE, f"{write_percent(number)} is not a share of anything.", value.period)


def _list_shares(value: Value) -> list[float]:
    if value.shape in ("parts", "breakdown"):
        return [number for _, number in value.parts] if value.shape == "breakdown" else []
    if value.shape not in ("percent", "x_of_y"):
        return []
    printed = [value.printed_percent] if value.printed_percent is not None else []
    return printed + ([value.number] if value.number is not None and value.part is None else [])
