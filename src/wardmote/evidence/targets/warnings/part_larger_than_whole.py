"""More cases with the property than there are cases."""

from collections.abc import Iterator

from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "part_larger_than_whole"
QUESTION = "Is a part larger than the whole it is part of?"
EXAMPLE = "62 of 54 were in work: the part is larger than its whole."


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.part is not None and value.whole is not None and value.part > value.whole:
            yield RowWarning(
                RULE, f"{value.part:g} of {value.whole:g}: the part is larger than its whole.", value.period
            )
