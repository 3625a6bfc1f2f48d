"""Does a rate agree with its count and the population, and what population does it imply?

"20,285 / 70 per 1,000 residents" implies some 289,800 residents. That is held against the population printed beside
it, the population loaded for the area, and the populations that other rates of the same documents imply.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.spans import Span, judge_span
from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "rate_of_population"
_RESIDENTS = frozenset({"", "residents", "resident", "people", "population", "persons", "inhabitants", "head"})
_POPULATION = re.compile(r"\b(?:population|residents)\b[^.;]{0,60}$", re.IGNORECASE)


@dataclass(frozen=True)
class RateFound:
    """A rate with the count it is of, and the population printed for it, if any."""

    document: Scanned
    sentence: Sentence
    rate: Number
    count: Number
    population: Number | None

    @property
    def implied(self) -> Span | None:
        """The residents that count and rate imply together."""
        per = self.count.span.per(self.rate.span)
        return None if per is None else per.scaled(self.rate.per or 1.0)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every rate per so many residents whose count is printed in its sentence or row group."""
    found = [rate for document in corpus.documents for rate in _find_rates(document)]
    for rate in found:
        yield from _judge(corpus, rate)
    yield from _compare_implied(found)


def _find_rates(document: Scanned) -> Iterator[RateFound]:
    for place, sentence in enumerate(document.sentences):
        rates = [number for number in sentence.numbers if number.kind == "rate" and number.of in _RESIDENTS]
        if len(rates) == 1:
            count = _find_count(document, place, sentence, rates[0])
            if count is not None:
                yield RateFound(document, sentence, rates[0], count, _find_population(document, place))


def _find_count(document: Scanned, place: int, sentence: Sentence, rate: Number) -> Number | None:
    """The count nearest before the rate: in the sentence, else in the table row above it that carries on."""
    counts = [number for number in sentence.numbers if number.kind == "count" and number.end <= rate.start]
    if counts:
        between = sentence.text[counts[-1].end : rate.start]
        return counts[-1] if len(between) <= 60 and counts[-1].value >= rate.value else None
    above = document.sentences[place - 1] if place else None
    if above is None or sentence.table is None or above.table is not sentence.table or sentence.label:
        return None
    counts = [number for number in above.numbers if number.kind == "count"]
    return counts[0] if len(counts) == 1 and counts[0].value >= rate.value else None


def _find_population(document: Scanned, place: int) -> Number | None:
    """The population printed with the rate: in its sentence or the one before or after in the same block."""
    sentence = document.sentences[place]
    for other in (sentence, *document.near(sentence)):
        for number in other.numbers:
            if number.kind == "count" and number.value >= 1000 and _POPULATION.search(other.text[: number.start]):
                return number
    return None


def _judge(corpus: Corpus, found: RateFound) -> Iterator[Claim]:
    if found.population is not None:
        yield _compare_rate(found, found.population.span, f"the printed population of {found.population.value:,.0f}")
        return
    loaded = _find_loaded(corpus, found)
    if loaded is not None:
        population, said = loaded
        yield _compare_rate(found, Span.exactly(population), said)
    else:
        yield _explain_implied(found)


def _find_loaded(corpus: Corpus, found: RateFound) -> tuple[float, str] | None:
    """The population that the evidence holds for the document's area in the rate's year, and how to say so."""
    if corpus.evidence is None:
        return None
    area = corpus.evidence.find_area(found.document)
    year = find_year(found.document, found.sentence)
    population = corpus.evidence.find_population(area, year) if area and year else None
    return None if population is None else (population, f"{population:,.0f} residents of {area} in mid-{year}")


def find_year(document: Scanned, sentence: Sentence) -> int | None:
    """The year a figure speaks of: its own sentence's latest period, else the document's most frequent year."""
    lasts = [period.last for period in sentence.periods if period.last is not None]
    if not lasts:
        years = [p.last for other in document.sentences for p in other.periods if p.last is not None and p.length == 12]
        lasts = [max(sorted(set(years)), key=years.count)] if years else []
    return (max(lasts) - 3) // 12 if lasts else None  # the mid-year inside a year that ends in March or December


def _compare_rate(found: RateFound, population: Span, said: str) -> Claim:
    rate, count = found.rate, found.count
    reckoned = (count.span.per(population) or Span.exactly(float("nan"))).scaled(rate.per or 1.0)
    verdict = judge_span(rate.span, reckoned, rate.step or 1.0)
    places = max(2, len(f"{rate.value:g}".partition(".")[2]))
    says = f"{count.value:,.0f} per {said} is {reckoned.middle:.{places}f} {rate.unit}"
    implied = found.implied
    if verdict == "ok" or implied is None:
        why = f"{says}, as printed."
    else:
        why = (
            f"{says}; {rate.value:g} is printed, which needs a population of {implied.low:,.0f} to {implied.high:,.0f}."
        )
    return Finding(found.sentence, rate).claim(
        NAME, "rate", verdict, why,
        claimed=[quantity(rate, "rate")],
        inputs=[quantity(count, "count"), Quantity(population.middle, "residents", "population")],
        recomputed=[Quantity(reckoned.middle, rate.unit, "rate")],
    )  # fmt: skip


def _explain_implied(found: RateFound) -> Claim:
    implied = found.implied
    says = f"about {implied.low:,.0f} to {implied.high:,.0f}" if implied else "no"
    why = (
        f"The population is not printed. {found.count.value:,.0f} at {found.rate.value:g} {found.rate.unit} implies"
        f" {says}."
    )
    return Finding(found.sentence, found.rate).claim(
        NAME, "rate", "not_checkable", why,
        claimed=[quantity(found.rate, "rate")],
        inputs=[quantity(found.count, "count")],
        recomputed=[Quantity(implied.middle, "residents", "population implied")] if implied else [],
    )  # fmt: skip


def _compare_implied(found: list[RateFound]) -> Iterator[Claim]:
    """Two rates of one document and year with no printed population must imply one population."""
    for one, two in combinations(found, 2):
        if _are_comparable(one, two) and one.implied and two.implied and not one.implied.meets(two.implied):
            yield _explain_disagreement(one, two)


def _are_comparable(one: RateFound, two: RateFound) -> bool:
    if one.document is not two.document or one.rate.per != two.rate.per or one.population or two.population:
        return False
    return find_year(one.document, one.sentence) == find_year(two.document, two.sentence)


def _explain_disagreement(one: RateFound, two: RateFound) -> Claim:
    first, second = one.implied or Span.exactly(0), two.implied or Span.exactly(0)
    why = (
        f"This rate implies {second.low:,.0f} to {second.high:,.0f} people, but {one.rate.value:g} {one.rate.unit}"
        f" ({one.sentence.place(one.rate).title}) implies {first.low:,.0f} to {first.high:,.0f}: two populations for"
        " one area and year, or a rate is wrong."
    )
    related: tuple[Place, ...] = (one.sentence.place(one.rate),)
    return Finding(two.sentence, two.rate, related=related).claim(
        NAME, "agreement", "inconsistent", why,
        claimed=[quantity(two.rate, "rate")],
        inputs=[quantity(two.count, "count"), quantity(one.count, "count"), quantity(one.rate, "rate")],
        recomputed=[Quantity(span.middle, "residents", "population implied") for span in (second, first)],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="rate",
    asks="Does a rate agree with its count and the population?",
    holds="There were 20,285 crimes, 72.8 per 1,000 residents (population 278,542).",
    fails="There were 20,285 crimes, 70 per 1,000 residents (population 278,542).",
    find=find,
    rank=10,
)
