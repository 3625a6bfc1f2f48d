"""A value that is last period's to the digit."""

from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.targets.comparable import is_adjacent, is_same_measure, list_reported
from wardmote.evidence.targets.narratives import is_telling
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number

RULE = "value_repeats"
QUESTION = "Is the value last period's to the digit?"
EXAMPLE = "468 is also the value of 2015-16 Q1, to the digit; it may not have been brought up to date."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for basis in ("month", "quarter", "half_year"):
        values = list_reported(indicator.values, basis)
        for before, after in pairwise(sorted(values, key=lambda value: (value.measure, value.start))):
            if _repeats(before, after):
                shown = write_number(after.number) if after.part is None else f"{after.part:g} of {after.whole:g}"
                said = f"{shown} is also the value of {before.period}, to the digit"
                yield RowWarning(RULE, f"{said}; it may not have been brought up to date.", after.period)


def _repeats(before: Value, after: Value) -> bool:
    if before.shape != after.shape or not is_same_measure(before, after) or not is_adjacent(before, after):
        return False
    if after.part is not None and after.whole:
        return (before.part, before.whole) == (after.part, after.whole) and after.whole >= 20
    return before.number == after.number and after.number is not None and is_telling(after.number)
