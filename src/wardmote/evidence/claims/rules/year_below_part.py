"""Can a year's figure be smaller than a part of the same year?

"788 casualties from January to September. Predicted for 2014: 768." Nine months are more than the twelve they lie in.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords
from wardmote.evidence.claims.wording.sentences import QUARTER_LABEL

NAME = "year_below_part"
_WHOLE = re.compile(
    r"\b(?:predicted|projected|forecast|estimated|expected|anticipated|full[- ]year|year[- ]?end|end of"
    r" year|annual|year)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_YEAR_TOTAL = re.compile(
    r"\b(?:year[- ]?end total|total for the year|year total|annual total)\b[^.;\d]{0,30}$", re.IGNORECASE
)
_SAID_PERIOD = re.compile(
    r"\b(?:0?1[/.](?:0?1)[/.](\d{4})|(?:1st )?January (\d{4})?)\s?(?:to|-|–|until)\s?(?:the )?"
    r"(?:\d\d?(?:st|nd|rd|th)?\s?)?(?:[/.]?(0?[1-9]|1[0-2])[/.]\d{2,4}|(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov)[a-z]*)",
    re.IGNORECASE,
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every year's figure that stands with a part of its year in one block."""
    for document in corpus.documents:
        for sentence in document.sentences:
            yield from _compare_parts(document, sentence)
            yield from _compare_quarters(document, sentence)
            yield from _compare_named(document, sentence)


def _compare_parts(document: Scanned, sentence: Sentence) -> Iterator[Claim]:
    """A part of a year named by its months, against the year's figure in the next sentence or two."""
    said = _SAID_PERIOD.search(sentence.text)
    counts = [number for number in sentence.measured if number.kind == "count" and not number.bound]
    if said is None or len(counts) != 1:
        return
    year = said[1] or said[2]
    for near in document.near(sentence, before=0, after=2):
        for number in near.measured:
            before = near.text[: number.start]
            is_whole = number.kind == "count" and _WHOLE.search(before) and (year is None or year in before)
            shared = find_keywords(near.text) & find_keywords(sentence.text)
            if is_whole and len(shared) >= 2:
                yield _judge(near, number, counts, "the part of the year already counted", sentence)


def _compare_named(document: Scanned, sentence: Sentence) -> Iterator[Claim]:
    """A run of months and a year that holds it, each with its one count of the same thing, in one paragraph."""
    part = _read_named(sentence)
    if part is None or (part[0].length or 12) >= 12 or sentence.table is not None:
        return
    for near in document.near(sentence, before=2, after=2):
        whole = _read_named(near)
        if whole is None or whole[0].length != 12 or not _holds(whole[0], part[0]):
            continue
        if _name_measure(near) == _name_measure(sentence):
            yield _judge(near, whole[1], [part[1]], f"the {part[0].length} months counted in it", sentence)


def _read_named(sentence: Sentence) -> tuple[PeriodMention, Number] | None:
    """The one period and the one count of a sentence that has one of each and speaks of no change."""
    counts = [number for number in sentence.measured if not number.is_spelled]
    is_single = len(sentence.periods) == len(counts) == 1 and counts[0].kind == "count" and not counts[0].bound
    if not is_single or sentence.periods[0].first is None or sentence.directions:
        return None
    return sentence.periods[0], counts[0]


def _holds(year: PeriodMention, part: PeriodMention) -> bool:
    return (year.first or 0) <= (part.first or 0) and (part.last or 0) <= (year.last or 0)


#: Words of both statements that say nothing of what is counted.
_SAYING = find_keywords(
    "stood recorded reported counted were there saw had number whole full during same period year month "
    "january february march april may june july august september october november december"
)


def _name_measure(sentence: Sentence) -> frozenset[str]:
    return find_keywords(sentence.text) - _SAYING


def _compare_quarters(document: Scanned, sentence: Sentence) -> Iterator[Claim]:
    """Quarters labelled in one cell, against the year's total in the same cell."""
    for number in sentence.measured:
        if number.kind == "count" and _YEAR_TOTAL.search(sentence.text[: number.start]):
            quarters = _list_quarters(document, sentence)
            if quarters:
                yield _judge(sentence, number, quarters, "the quarters printed beside it", sentence)


def _list_quarters(document: Scanned, sentence: Sentence) -> list[Number]:
    """The single counts of the quarters of the same block, one per quarter."""
    found: dict[str, Number] = {}
    for near in document.near(sentence, before=6, after=0):
        label = QUARTER_LABEL.match(near.text)
        counts = [number for number in near.measured if number.kind == "count"]
        if label and counts and counts[0].start <= label.end() + 2:
            found[label[1]] = counts[0]
    own = QUARTER_LABEL.match(sentence.text)
    first = [number for number in sentence.measured if number.kind == "count"][:1]
    if own and first and first[0].start <= own.end() + 2 and not _YEAR_TOTAL.search(sentence.text[: first[0].start]):
        found[own[1]] = first[0]
    return list(found.values())


def _judge(sentence: Sentence, whole: Number, parts: list[Number], named: str, source: Sentence) -> Claim:
    total = sum(part.value for part in parts)
    holds = whole.span.high >= total
    shown = " + ".join(f"{part.value:,.0f}" for part in parts)
    why = (
        f"{whole.value:,.0f} for the year is not below {named} ({shown})."
        if holds
        else f"{whole.value:,.0f} for the whole year is below {named} ({shown}): both cannot be right."
    )
    return Finding(sentence, whole, related=(source.place(parts[0]),)).claim(
        NAME, "period", "ok" if holds else "inconsistent", why,
        claimed=[quantity(whole, "year")],
        inputs=[quantity(part, "part") for part in parts],
        recomputed=[Quantity(total, whole.after, "parts so far")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="period",
    asks="Can a year's figure be smaller than a part of the same year?",
    holds=(
        "588 slight casualties were recorded from January 2014 to September 2014. Predicted 2014 slight casualties:"
        " 768."
    ),
    fails=(
        "788 slight casualties were recorded from January 2014 to September 2014. Predicted 2014 slight casualties:"
        " 768."
    ),
    find=find,
    rank=15,
)
