"""Which rates does a document print, of which count, for which year and population?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from wardmote.evidence.claims.changes import find_period_of
from wardmote.evidence.claims.spans import Span
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

_RESIDENTS = frozenset({"", "residents", "resident", "people", "population", "persons", "inhabitants", "head"})
_POPULATION = re.compile(
    r"\b(?:population|residents|inhabitants)\b(?!\s(?:aged|under|over))[^.;,\d]{0,60}$", re.IGNORECASE
)
#: Rates that a division of the printed count does not give, or that are of some of the people only.
_OTHERWISE = re.compile(
    r"\b(?:standardi[sz]ed|annuali[sz]ed|adjusted|(?:rolling|monthly|quarterly|year) average|estimated rate|aged|women|"
    r"exclud\w+|without|full year|(?:two|three|six|nine|\d) months|pro rata|equivalent|daytime|"
    r"men|males?|females?|children|adults|young|over \d\d|under \d\d)\b",
    re.IGNORECASE,
)
#: The rate is reckoned again: on another population, or as it would have been.
_OTHER_RATE = re.compile(r";|\b(?:if|instead|whereas|while|but|would|could|had)\b", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|could|becomes?|gives|makes|instead)\b", re.IGNORECASE)
_OTHER_PLACE = re.compile(r";|\b(?:while|whilst|whereas|against|compared|versus)\b", re.IGNORECASE)
#: Nouns that count time or areas: no events that a rate could be of.
_NO_EVENTS = re.compile(
    r"^\s?-?(?:months?|years?|weeks?|days?|hours?|quarters?|wards?|districts?|forces|areas|authorities|boroughs|counties|"
    r"regions|councils|lsoas?|towns|times|out of|of (?:the )?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class RateFound:
    """A rate with the count it is of, and the population printed for it, if any."""

    document: Scanned
    sentence: Sentence
    rate: Number
    count: Number
    population: Number | None
    heading: str = ""  # the heading above

    @cached_property
    def year(self) -> int | None:
        return find_own_year(self.sentence, self.count)

    @property
    def implied(self) -> Span | None:
        """The residents that count and rate imply together."""
        per = self.count.span.per(self.rate.span)
        return None if per is None else per.scaled(self.rate.per or 1.0)


def find_rates(document: Scanned) -> Iterator[RateFound]:
    """Yield every rate of all residents whose count is printed in its sentence or in the cell above."""
    heading = ""
    for place, sentence in enumerate(document.sentences):
        heading = sentence.text if sentence.block.kind == "heading" else heading
        rates = [number for number in sentence.numbers if number.kind == "rate" and number.value > 0]
        if len(rates) == 1 and rates[0].of in _RESIDENTS and not _OTHERWISE.search(sentence.text):
            population = find_population(document, sentence)
            if population is not None and not _is_of_rate(sentence, rates[0], population):
                continue
            count = _find_count(document, place, sentence, rates[0], population)
            if count is not None:
                yield RateFound(document, sentence, rates[0], count, population, heading)


def _is_of_rate(sentence: Sentence, rate: Number, population: Number) -> bool:
    """Whether a population is the one a rate was reckoned with, and not that of a second rate after it."""
    if population not in sentence.numbers or population.start < rate.end:
        return True
    between = sentence.text[rate.end : population.start]
    has_other = any(rate.end <= number.start < population.start for number in sentence.measured)
    return not (has_other or _OTHER_RATE.search(between) or _WOULD.search(sentence.text, population.end))


def _find_count(
    document: Scanned, place: int, sentence: Sentence, rate: Number, population: Number | None
) -> Number | None:
    """The count nearest before the rate: in the sentence, else in the table row above it that carries on."""
    counts = [number for number in _list_counts(sentence) if number is not population and number.end <= rate.start]
    if counts:
        gap = sentence.text[counts[-1].end : rate.start]
        is_near = len(gap) <= 60 and counts[-1].value >= rate.value and not _OTHER_PLACE.search(gap)
        return counts[-1] if is_near else None
    above = document.sentences[place - 1] if place else None
    if above is None or sentence.table is None or above.table is not sentence.table or sentence.label:
        return None
    counts = _list_counts(above)
    return counts[0] if len(counts) == 1 and counts[0].value >= rate.value else None


def _list_counts(sentence: Sentence) -> list[Number]:
    """The counts of a sentence that can be counts of events."""
    return [
        number
        for number in sentence.numbers
        if number.kind == "count" and number.value > 0 and not _NO_EVENTS.match(sentence.text[number.end :])
    ]


def find_population(document: Scanned, sentence: Sentence) -> Number | None:
    """The population printed with a statement: in its sentence or the one before or after in the same block."""
    for other in (sentence, *document.near(sentence)):
        for number in other.numbers:
            if number.kind == "count" and number.value >= 1000 and _POPULATION.search(other.text[: number.start]):
                return number
    return None


def find_own_year(sentence: Sentence, number: Number) -> int | None:
    """The year that the sentence gives a figure; None where it names none, or several and none beside the figure."""
    own = find_period_of(sentence, number)
    lasts = {period.last for period in sentence.periods if period.last is not None and (period.length or 0) >= 12}
    if own is not None and own.last is not None:
        return _find_mid_year(own.last)
    return _find_mid_year(lasts.pop()) if len(lasts) == 1 else None


def find_main_year(document: Scanned) -> int | None:
    """The year that a document names most often: what an undated figure is probably of."""
    years = [
        period.last
        for sentence in document.sentences
        for period in sentence.periods
        if period.last is not None and period.length == 12
    ]
    return _find_mid_year(max(sorted(set(years)), key=years.count)) if years else None


def _find_mid_year(last: int) -> int:
    """The calendar year whose middle lies in the twelve months that end with a month."""
    return (last - 3) // 12
