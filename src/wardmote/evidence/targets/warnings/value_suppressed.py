"""A figure held back."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "value_suppressed"
QUESTION = "Is a figure held back, so that others must not be used to work it out?"
EXAMPLE = "The figure is suppressed; a total beside it may give it away."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.state == "suppressed":
            yield RowWarning(RULE, "The figure is suppressed; a total beside it may give it away.", value.period)
