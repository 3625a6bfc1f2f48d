"""A measure that is not what it was the period before."""

import re
from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.targets.comparable import list_reported
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "definition_changed"
QUESTION = "Is the same thing counted in the same way as the period before?"
EXAMPLE = 'The measure changed from "fly tips and bulky items" to "fly tips"; the two cannot be compared.'

_FAMILY = {"percent": "a percentage", "x_of_y": "a percentage", "count": "a count", "rate": "a rate",
           "percent_change": "a percentage change"}  # fmt: skip
_SAYS_SO = re.compile(
    r"\b(chang\w+|revis\w+|amend\w+|new)\s+(?:\w+\s+){0,3}?(?:in|to|of|the)?\s*(?:the\s+)?"
    r"(definition|calculation|methodology|counting rules?|recording practice|way (?:it|this|they) (?:is|are) "
    r"(?:counted|calculated|recorded|measured))\b",
    re.IGNORECASE,
)


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    single = _list_single(indicator)
    for before, after in pairwise(single):
        sentence = _compare(before, after)
        if sentence:
            yield RowWarning(RULE, sentence, after.period)
    for value in indicator.values:
        told = _SAYS_SO.search(f"{value.narrative} {value.note}")
        if told:
            said = f'The account itself says "{told[0].strip()}"'
            yield RowWarning(RULE, f"{said}: values before and after cannot be compared.", value.period)


def _list_single(indicator: Indicator) -> list[Value]:
    """List the values of the periods that report one thing only: side by side, measures are no change of one."""
    reported = list_reported(indicator.values)
    starts = [(value.start, value.end) for value in reported]
    return [value for value in reported if starts.count((value.start, value.end)) == 1]


def _compare(before: Value, after: Value) -> str:
    if before.start and after.start and before.end and before.end >= after.start:
        return ""  # one inside the other: a quarter and its year
    old, new = before.measure.strip(), after.measure.strip()
    if old and new and old.casefold() != new.casefold():
        return f'The measure changed from "{old}" to "{new}"; the two cannot be compared.'
    first, then = _FAMILY.get(before.shape), _FAMILY.get(after.shape)
    if first and then and first != then:
        return f"{before.period} is {first} and {after.period} {then}; the two cannot be compared."
    return ""
