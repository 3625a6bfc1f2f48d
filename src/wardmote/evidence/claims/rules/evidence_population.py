"""Does a printed population agree with the estimates that are loaded?

"Northmarsh has a population of 278,566" agrees with an estimate of any year near the report's; estimates are revised,
so up to 1% is agreement and only more than 3% is accused. What lies more than 15% outside all years that are loaded
differs from the evidence, which accuses nobody: it may be another area or only a part of the residents.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Evidence, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.rates import find_main_year
from wardmote.evidence.claims.told import tell_burglaries
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence
from wardmote.evidence.model.periods import MONTH_NAMES

NAME = "evidence_population"
_POPULATION = re.compile(
    r"(?:^|\b(?:a|the|its|with|and|total|resident|overall|current|of|our|has|’s|'s)\s)"
    r"population\s(?:of|is|was|stands at|stood at|in \d{4} (?:is|was))\s(?:about|around|approximately|some|over|nearly|"
    r"almost|just over|just under|an estimated|estimated at)?\s?$",
    re.IGNORECASE,
)
_PART = re.compile(
    r"^\W{0,2}(?:\w+\s){0,2}(?:aged|older|younger|adults?|children|households?|women|men|students|pupils|under|over)\b|"
    r"^\s?(?:km|hectares|miles)|^\s?(?:to|-|–)\s?\d",
    re.IGNORECASE,
)
_FORESEEN = re.compile(
    r"\b(?:will|by 20[3-9]\d|project\w+|forecast\w*|predict\w+|expected|grow to|prison|student|working.age|adult|older|"
    r"ward|towns?|parish|school|night.?time|daytime|catchment|census (?:of )?(?:19|2001)|19\d\d|2001)\b",
    re.IGNORECASE,
)
_NEAR, _APART, _SLIP = 0.01, 0.03, 0.25
#: So far outside every loaded year neither rounding nor a revision explains it.
_DIFFERS = 0.15
#: A body's people are not the area's.
_ANOTHERS = re.compile(r"\b(?:serv\w+|hospital|trust|practice|footfall|visitors?|density)\b", re.IGNORECASE)
#: After a whole population comes its year or nothing: not "Travellers", not "in temporary housing".
_WHOLE_END = re.compile(
    r"\s?(?:residents|people|inhabitants)?(?:\s(?:in|at|of)\s(?:mid[- ])?\d{4}(?:/\d\d)?)?\s*(?:$|[.,;()])"
)
_NAME = re.compile(r"\b[A-Z][a-z]+")
_NO_NAMES = frozenset(
    {"The", "In", "With", "At", "By", "Its", "Our", "It", "During", "Currently", "Today", *MONTH_NAMES}
)
#: An estimate this many years from the report's year may be the one that was meant.
_YEARS = 3


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every printed population of one loaded area."""
    if corpus.evidence is None:
        return
    for document, sentence in corpus.sentences():
        for number in sentence.measured:
            area = _find_area(corpus.evidence, sentence, number)
            if area is not None:
                yield from _judge(corpus.evidence, document, sentence, (number, area))


def _find_area(evidence: Evidence, sentence: Sentence, number: Number) -> str | None:
    """The one area whose population a number is said to be."""
    is_count = number.kind == "count" and not number.is_spelled and number.bound in ("", "about")
    if not is_count or _POPULATION.search(sentence.text[max(0, number.start - 60) : number.start]) is None:
        return None
    if _FORESEEN.search(sentence.text) or _PART.match(sentence.text[number.end :]):
        return None
    areas = evidence.find_areas(sentence.text)
    return areas[0] if len(areas) == 1 else None


def _judge(evidence: Evidence, document: Scanned, sentence: Sentence, found: tuple[Number, str]) -> Iterator[Claim]:
    number, area = found
    known = evidence.list_populations(area)
    if not known:
        return
    claim = _compare(_find_year(document, sentence), known, (number, area), sentence)
    if claim is None and _lies_outside(number, known) and _is_whole(sentence, number, area):
        claim = _say_different(sentence, number, area, known)
    if claim is not None:
        yield claim


def _find_year(document: Scanned, sentence: Sentence) -> int | None:
    years = [period.last // 12 for period in sentence.periods if period.last is not None]
    return years[0] if years else find_main_year(document)


def _compare(year: int | None, known: dict[int, float], found: tuple[Number, str], sentence: Sentence) -> Claim | None:
    """Hold a population against the estimates near its year: agreement, an accusation, or nothing to say."""
    number, area = found
    near = {at: value for at, value in known.items() if year is not None and abs(at - year) <= _YEARS}
    if year is None or year not in known:
        return None
    at, value = min(near.items(), key=lambda pair: abs(pair[1] - number.value))
    apart = max(0.0, abs(number.value - value) - number.step / 2) / value
    if apart <= _NEAR or _APART < apart <= _SLIP:
        return _claim(sentence, number, area, (at, value))
    return None


def _is_whole(sentence: Sentence, number: Number, area: str) -> bool:
    """Whether nothing in the sentence suggests a part of the area, a wider one, or some of its people."""
    text = sentence.text
    names = set(_NAME.findall(text.replace(area, " "))) - _NO_NAMES
    return not names and not _ANOTHERS.search(text) and _WHOLE_END.match(text[number.end :]) is not None


def _lies_outside(number: Number, known: dict[int, float]) -> bool:
    low, high = min(known.values()) * (1 - _DIFFERS), max(known.values()) * (1 + _DIFFERS)
    return number.value + number.step / 2 < low or number.value - number.step / 2 > high


def _say_different(sentence: Sentence, number: Number, area: str, known: dict[int, float]) -> Claim:
    year, value = max(known.items())
    why = (
        f"The evidence counts {value:,.0f} residents of {area} in mid-{year}, the newest estimate that is loaded;"
        f" {number.value:,.0f} is {(number.value / value - 1) * 100:+.1f}%, further than any loaded year. The report"
        " may mean another area or other people. Say whom it counts, and name the year and the source."
    )
    loaded = Quantity(value, "residents", f"population {year}")
    return Finding(sentence, number).claim(
        NAME, "evidence", "differs_from_evidence", why,
        claimed=[quantity(number, "population")], inputs=[loaded], recomputed=[loaded],
    )  # fmt: skip


def _claim(sentence: Sentence, number: Number, area: str, known: tuple[int, float]) -> Claim:
    year, value = known
    apart = max(0.0, abs(number.value - value) - number.step / 2) / value
    why = f"The nearest loaded estimate for {area} is {value:,.0f} residents in mid-{year}"
    why += (
        ", as printed."
        if apart <= _NEAR
        else f"; {number.value:,.0f} is {(number.value / value - 1) * 100:+.1f}%. Name the year and the source."
    )
    loaded = Quantity(value, "residents", f"population {year}")
    return Finding(sentence, number).claim(
        NAME, "evidence", "ok" if apart <= _NEAR else "inconsistent", why,
        claimed=[quantity(number, "population")], inputs=[loaded], recomputed=[loaded],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="evidence",
    asks="Does a printed population agree with the loaded estimates?",
    holds="In 2024 Northmarsh had a population of 100,200.",
    fails="In 2024 Northmarsh had a population of 110,200.",
    find=find,
    rank=60,
    needs="--store with population estimates of the area",
    given=tell_burglaries(919),
)
