"""Which total does a section state in words for what one of its tables breaks down?

"Level of crime: 20,285" above a chart's data of twelve months; "1,531 more than in April 2014 - March 2015" below it
gives the year before.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.columns import Run
from wardmote.evidence.claims.sections import Section
from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Sentence, find_keywords

#: A stated total further than this from what the table gives is of something else.
NEAR = 0.10
#: A rounded value may differ from the stated one by as much as this and still be a reading of the same thing.
ROUGH = 0.05
_TOTAL_NAME = re.compile(r"\b(?:level|number|no\.?|total|count|volume|amount)\b", re.IGNORECASE)
_MORE = re.compile(r"^\s?(?:\w+\s){0,3}?(?:additional|more|extra|further)\b", re.IGNORECASE)
_FEWER = re.compile(r"^\s?(?:\w+\s){0,3}?(?:fewer|less)\b", re.IGNORECASE)
#: After a total's noun nothing narrows it: "1,190 incidents in 2018/19", not "1,190 incidents of arson".
_ENDS = re.compile(
    r"^\W*(?:(?:were|was|had been)\s)?(?:recorded\s|reported\s)?(?:(?:in|during|for|between)\b|$)", re.IGNORECASE
)
_PARTLY = re.compile(r"\b(?:exclud\w+|excl|includ\w+|only|of which|apart from|without|target)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:compared|than)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that a section states, exactly or by a difference from one."""

    value: float
    place: Place
    says: str


def find_stated_total(section: Section, run: Run, period: tuple[int, int] | None) -> Stated | None:
    """The total for the run's measure, of the months `period` if the sentence names one; None where none is stated."""
    measure = find_keywords(run.head.text) if run.head else frozenset()
    if not measure:
        return None
    for sentence in (sentence for part in section.chain() for sentence in part.sentences):
        if sentence.table is run.table:
            continue
        number = _read_key_value(sentence, measure) or _read_prose(sentence, measure, period)
        if number is not None:
            return Stated(number.value, sentence.place(number), f"{number.value:,.0f}")
    return None


def list_implied_totals(section: Section, total: Stated) -> Iterator[tuple[PeriodMention, Stated]]:
    """The totals of earlier periods that stated differences give: "1,531 more than in April 2014 - March 2015"."""
    for sentence in (sentence for part in section.chain() for sentence in part.sentences):
        periods = [period for period in sentence.periods if period.length == 12]
        for number in sentence.measured:
            if number.kind != "count" or number.is_spelled or len(periods) != 1:
                continue
            after = sentence.text[number.end :]
            way = -1 if _MORE.match(after) else 1 if _FEWER.match(after) else 0
            if way and _COMPARED.search(after) and periods[0].start > number.end:
                value = total.value + way * number.value
                says = f"{value:,.0f} ({total.value:,.0f} {'less' if way < 0 else 'plus'} {number.value:,.0f})"
                yield periods[0], Stated(value, sentence.place(number), says)


def _read_key_value(sentence: Sentence, measure: frozenset[str]) -> Number | None:
    """The first number of a cell beside a name such as "Level of crime" or "No of incidents"."""
    if sentence.table is None or not sentence.column or sentence.row is None or len(sentence.table.rows) > 8:
        return None
    name = sentence.table.rows[sentence.row][0].text
    if not _TOTAL_NAME.search(name) or not measure & find_keywords(name):
        return None
    first = next(iter(sentence.numbers), None)
    is_total = (
        first is not None and first.kind == "count" and first.start <= 2 and first.value >= 50 and not first.bound
    )
    return first if is_total else None


def _read_prose(sentence: Sentence, measure: frozenset[str], period: tuple[int, int] | None) -> Number | None:
    """The one count of a sentence that names exactly these months and this measure."""
    if sentence.table is not None or period is None:
        return None
    named = [mention for mention in sentence.periods if (mention.first, mention.last) == period]
    counts = [number for number in sentence.measured if number.kind == "count" and not number.is_spelled]
    if len(named) != 1 or len(sentence.periods) != 1 or len(counts) != 1 or counts[0].bound:
        return None
    changed = _MORE.match(sentence.text[counts[0].end :]) or _FEWER.match(sentence.text[counts[0].end :])
    if not _ENDS.match(sentence.text[counts[0].end :].replace(counts[0].after, "", 1)) or _PARTLY.search(sentence.text):
        return None
    after = find_keywords(counts[0].after)
    return counts[0] if after and after <= measure | {"total"} and counts[0].value >= 50 and not changed else None
