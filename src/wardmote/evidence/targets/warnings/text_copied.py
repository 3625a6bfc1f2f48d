"""Words carried over from the period before."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from wardmote.evidence.targets.narratives import list_numbers, normalise, split_sentences
from wardmote.evidence.targets.plan import Indicator, Plan, Value
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "text_copied"
QUESTION = "Is the account of this period the one of the period before?"
EXAMPLE = "The account is the one given for 2015-16 Q1, word for word."

_LEAST_LENGTH = 40
_ALIKE = 0.9
#: A sentence repeated with two numbers in it is news repeated; without, it may be a standing note.
_NUMBERS_OF_NEWS = 2


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    told = [value for value in indicator.values if len(normalise(value.narrative)) > _LEAST_LENGTH]
    for before, after in pairwise(told):
        if before.period == after.period:
            continue
        sentence = _compare(before, after)
        if sentence:
            yield RowWarning(RULE, sentence, after.period)


def _compare(before: Value, after: Value) -> str:
    old, new = normalise(before.narrative), normalise(after.narrative)
    if old == new:
        return f"The account is the one given for {before.period}, word for word."
    # The same form filled in with new figures is no copy.
    alike = SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()
    if alike >= _ALIKE and list_numbers(old) == list_numbers(new):
        return f"The account is nearly the one given for {before.period}, with the same figures."
    copied = _find_copied(before.narrative, after.narrative)
    return f'"{copied}" stands word for word in {before.period} as well.' if copied else ""


def _find_copied(before: str, after: str) -> str:
    known = {normalise(sentence) for sentence in split_sentences(before)}
    for sentence in split_sentences(after):
        bare = normalise(sentence)
        if len(bare) > _LEAST_LENGTH and bare in known and len(list_numbers(sentence)) >= _NUMBERS_OF_NEWS:
            return sentence if len(sentence) <= 120 else sentence[:117] + "..."
    return ""
