"""Does a rate agree with its count and the population, and what population does it imply?

"20,285 / 70 per 1,000 residents" implies some 289,800 residents. That is held against the population printed beside
it, the population loaded for the area, and the populations that other rates of the same documents imply.
"""

from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity, Verdict
from wardmote.evidence.claims.places import are_of_one_place, find_places
from wardmote.evidence.claims.rates import RateFound, find_main_year, find_rates
from wardmote.evidence.claims.spans import Span, judge_span
from wardmote.evidence.claims.text import Place

NAME = "rate_of_population"
#: A rate this many times what the population gives is of something else: another area, a part of the year.
_FAR = 1.5
#: Two implied populations that differ by more than this are of two areas.
_APART = 1.4
#: How many rates of one year a rate is held against.
_COMPARED = 20


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every rate per so many residents whose count is printed in its sentence or row group."""
    found = [rate for document in corpus.documents for rate in find_rates(document)]
    populated = _list_populations(found)
    years = {document.name: find_main_year(document) for document in corpus.documents} if found else {}
    for rate in found:
        yield _judge(corpus, rate, populated, years[rate.document.name])
    yield from _compare_implied(found)


def _list_populations(found: list[RateFound]) -> list[RateFound]:
    """The rates that print their population, once for each document, place and year."""
    known: dict[tuple[object, ...], RateFound] = {}
    for rate in found:
        if rate.population is not None:
            known.setdefault(
                (rate.document.name, find_places(rate.sentence.text), rate.year, rate.population.value), rate
            )
    return list(known.values())


def _judge(corpus: Corpus, found: RateFound, populated: list[RateFound], main_year: int | None) -> Claim:
    """By the population printed with it, else printed elsewhere for the same place and year, else loaded."""
    if found.population is not None:
        said = f"the printed population of {found.population.value:,.0f}"
        return _compare_rate(found, found.population.span, said) or _explain_implied(found)
    for other in populated:
        if other.population is not None and _is_of_same_year(found, other) and _is_of_same_place(found, other):
            said = f"the population of {other.population.value:,.0f} ({_name_place(found, other)})"
            related = (other.sentence.place(other.population),)
            return _compare_rate(found, other.population.span, said, related=related) or _explain_implied(found)
    return _compare_loaded(corpus, found, main_year) or _explain_implied(found)


def _is_of_same_place(one: RateFound, two: RateFound) -> bool:
    """The same place by name; within one document also where neither names one."""
    is_named = bool(find_places(one.sentence.text)) or one.document is two.document
    return is_named and are_of_one_place(one.sentence, two.sentence, (one.heading, two.heading))


def _is_of_same_year(one: RateFound, two: RateFound) -> bool:
    """The same year by name; where neither is dated, key figures in two tables of one document."""
    if one.year is None and two.year is None:
        return one.document is two.document and one.sentence.table is not None and two.sentence.table is not None
    return one.year == two.year


def _name_place(found: RateFound, other: RateFound) -> str:
    title = other.sentence.place(other.rate).title
    return title if other.document is found.document else f"{title} of {other.document.name}"


def _compare_loaded(corpus: Corpus, found: RateFound, main_year: int | None) -> Claim | None:
    """Hold a rate against the evidence's population of the document's area; None where that is not known.

    Where no year stands with the figure, the document's main year is taken, and only a rate that agrees with neither
    that year's population nor its neighbours' is accused.
    """
    area = corpus.evidence.find_area(found.document) if corpus.evidence else None
    year = found.year if found.year is not None else main_year
    if corpus.evidence is None or area is None or year is None:
        return None
    if not find_places(found.sentence.text) <= {area.lower()}:
        return None
    near = (year,) if found.year is not None else (year, year - 1, year + 1)
    known = [(at, corpus.evidence.find_population(area, at)) for at in near]
    claims = [
        _compare_rate(found, Span.exactly(population), f"{population:,.0f} residents of {area} in mid-{at}")
        for at, population in known
        if population is not None
    ]
    judged = [claim for claim in claims if claim is not None]
    return next((claim for claim in judged if claim.verdict == "ok"), judged[0] if judged else None)


def _compare_rate(found: RateFound, population: Span, said: str, *, related: tuple[Place, ...] = ()) -> Claim | None:
    """Divide; None where rate and result are so far apart that they cannot be meant for each other."""
    rate, count = found.rate, found.count
    per = count.span.per(population)
    if per is None:
        return None
    reckoned = per.scaled(rate.per or 1.0)
    verdict = judge_span(rate.span, reckoned, rate.step or 1.0)
    if verdict == "wrong" and not _is_slip(rate.value / reckoned.middle):
        return None
    return Finding(found.sentence, rate, related=related).claim(
        NAME, "rate", verdict, _say_rate(found, reckoned, said, verdict),
        claimed=[quantity(rate, "rate")],
        inputs=[quantity(count, "count"), Quantity(population.middle, "residents", "population")],
        recomputed=[Quantity(reckoned.middle, rate.unit, "rate")],
    )  # fmt: skip


def _is_slip(ratio: float) -> bool:
    """Whether a wrong rate is near the right one, or is it with the point or the "per" shifted by tens."""
    return any(
        1 / _FAR <= ratio <= _FAR if tens == 1 else abs(ratio / tens - 1) < 0.05 for tens in (1, 10, 100, 0.1, 0.01)
    )


def _say_rate(found: RateFound, reckoned: Span, said: str, verdict: Verdict) -> str:
    rate, implied = found.rate, found.implied
    places = max(2, len(f"{rate.value:g}".partition(".")[2]))
    says = f"{found.count.value:,.0f} per {said} is {reckoned.middle:,.{places}f} {rate.unit}"
    if verdict == "ok" or implied is None:
        return f"{says}, as printed."
    return f"{says}; {rate.value:g} is printed, which needs a population of {implied.low:,.0f} to {implied.high:,.0f}."


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
    """Two rates of one document, place and year with no printed population must imply one population.

    Each is held against the first few of its document and year, so that the work grows with the text alone.
    """
    firsts: dict[tuple[object, ...], list[RateFound]] = {}
    for rate in found:
        if rate.population is None and rate.implied is not None:
            known = firsts.setdefault((rate.document.name, rate.rate.per, rate.year), [])
            other = next((other for other in known if _disagree(other, rate)), None)
            if other is not None:
                yield _explain_disagreement(other, rate)
            if len(known) < _COMPARED:
                known.append(rate)


def _disagree(one: RateFound, two: RateFound) -> bool:
    first, second = one.implied, two.implied
    if first is None or second is None or first.meets(second):
        return False
    small, large = sorted((first.middle, second.middle))
    return large <= small * _APART and _is_of_same_year(one, two) and _is_of_same_place(one, two)


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
