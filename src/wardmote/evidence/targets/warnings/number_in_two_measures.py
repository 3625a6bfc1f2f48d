"""The same telling number given for two different things in one account."""

import re
from collections.abc import Iterator
from itertools import combinations

from wardmote.evidence.targets.narratives import is_telling, list_numbers, split_sentences
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings
from wardmote.evidence.targets.wording import write_number

RULE = "number_in_two_measures"
QUESTION = "Is one number given for two different things?"
EXAMPLE = '468 is given both for "Primary school visits" and for "Scooter skills"; one may have been copied.'

_LABEL = re.compile(r"^\W*([A-Z][^:.;\n]{2,60}):\s+(.*)")


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    for value in indicator.values:
        for number, first, second in _find_in_text(value):
            yield RowWarning(RULE, _describe(number, first, second), value.period)
    labelled = [v for v in indicator.values if v.measure and v.shape == "count" and v.number is not None]
    for one, other in combinations(labelled, 2):
        number = one.number or 0.0
        is_shared = one.period == other.period and number == other.number and one.measure != other.measure
        if is_shared and is_telling(number):
            yield RowWarning(RULE, _describe(number, one.measure, other.measure), one.period)


def _find_in_text(value: Value) -> Iterator[tuple[float, str, str]]:
    """Find numbers under two headings of one account. Without headings nobody can say that the things differ."""
    found: dict[float, str] = {}
    for label, number in _list_labelled(value.narrative):
        if number in found and found[number].casefold() != label.casefold():
            yield number, found[number], label
        found.setdefault(number, label)


def _list_labelled(narrative: str) -> Iterator[tuple[str, float]]:
    for sentence in split_sentences(narrative):
        match = _LABEL.match(sentence)
        if match:
            yield from ((match[1].strip(), number) for number in list_numbers(match[2]) if is_telling(number))


def _describe(number: float, first: str, second: str) -> str:
    return f'{write_number(number)} is given both for "{first}" and for "{second}"; one may have been copied.'
