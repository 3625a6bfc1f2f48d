"""A year foretold at less than has already happened in it."""

from collections.abc import Iterator

from wardmote.evidence.targets.comparable import is_same_measure, is_within
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number

RULE = "projection_below_actual"
QUESTION = "Is a projection below what has already happened?"
EXAMPLE = "768 is foretold for 2014, but 788 had happened by September 2014."

# A doubtful figure counts here: one of the two is wrong, and that is the warning.
_HAPPENED = ("actual", "provisional", "derived", "suspect")


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        if value.state != "projected" or value.shape != "count" or value.number is None:
            continue
        inside = [other for other in indicator.values if _happened_in(other, value)]
        worst = max(inside, key=lambda other: other.number or 0.0, default=None)
        if worst and worst.end and (worst.number or 0.0) > value.number:
            foretold = f"{write_number(value.number)} is foretold for {value.period}"
            happened = f"{write_number(worst.number)} had happened by {worst.end:%B %Y}"
            yield RowWarning(RULE, f"{foretold}, but {happened}.", value.period)


def _happened_in(other: Value, value: Value) -> bool:
    is_part = is_within(other, value) and (other.start, other.end) != (value.start, value.end)
    return is_part and other.state in _HAPPENED and other.shape == "count" and is_same_measure(other, value)
