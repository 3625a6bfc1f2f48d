"""A running total that went down."""

from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.targets.comparable import is_same_measure, list_reported
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number

RULE = "running_total_falls"
QUESTION = "Does a total since the start of the year ever fall?"
EXAMPLE = "The total since April fell from 164 to 151."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    running = [value for value in list_reported(indicator.values, "cumulative") if value.shape == "count"]
    for first, then in pairwise(sorted(running, key=lambda value: (value.measure, value.start, value.end))):
        if not is_same_measure(first, then) or first.start != then.start or first.end == then.end:
            continue
        if then.number is not None and first.number is not None and then.number < first.number:
            fell = f"fell from {write_number(first.number)} ({first.period}) to {write_number(then.number)}"
            yield RowWarning(RULE, f"The total since the start of the year {fell}.", then.period)
