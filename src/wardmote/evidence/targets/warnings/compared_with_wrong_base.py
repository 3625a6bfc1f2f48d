"""A change printed from one base, where the target is measured from another."""

import re
from collections.abc import Iterator

from wardmote.evidence.targets.kinds import NoChange, RelativeChange
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.versions import find_version_in_force

RULE = "compared_with_wrong_base"
QUESTION = "Is a printed change measured from the base that the target names?"
EXAMPLE = "The change of +64% is on the previous quarter; the target is measured from the same quarter last year."

_PREVIOUS = re.compile(r"\b(previous|last|preceding|prior)[ _](quarter|month|period)\b", re.IGNORECASE)
_YEARLY = {
    "same_period_last_year": "the same period last year",
    "same_point_last_year": "the same point last year",
    "previous_year": "the year before",
    "previous_year_total": "the year before",
}


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        version = find_version_in_force(indicator, value.end)
        if version is None or not isinstance(version.target, RelativeChange | NoChange):
            continue
        asked = _YEARLY.get(version.target.base.kind)
        if asked and value.change_pct is not None and _is_previous(value.change_base):
            change = f"The change of {value.change_pct:+g}% is on the period just before"
            yield RowWarning(RULE, f"{change}; the target is measured from {asked}.", value.period)


def _is_previous(base: str) -> bool:
    return bool(_PREVIOUS.search(base)) and "year" not in base.casefold()
