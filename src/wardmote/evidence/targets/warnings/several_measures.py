"""One row that reports several things."""

from collections.abc import Iterator

from wardmote.evidence.targets.kinds import Milestone, NoTarget
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import find_version_in_force

RULE = "several_measures"
QUESTION = "Does a row report one thing only?"
EXAMPLE = "The row reports 2 things for one period: walking bus children, zigzag schools. Each needs its own row."

_LISTED = 4


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    measures: dict[str, dict[str, str]] = {}
    for value in indicator.values:
        if value.measure.strip() and value.best is not None:
            measures.setdefault(value.period, {})[value.measure.strip().casefold()] = value.measure.strip()
    version = find_version_in_force(indicator, None)
    is_told = version is None or isinstance(version.target, NoTarget | Milestone)
    if is_told and len({value.period for value in indicator.values}) < 2:
        return  # an account with figures in it, not a series
    most = max(measures.values(), key=len, default={})
    if len(most) > 1:
        names = list(most.values())
        more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        listed = ", ".join(names[:_LISTED]) + more
        yield RowWarning(RULE, f"The row reports {len(most)} things for one period: {listed}. Each needs its own row.")
