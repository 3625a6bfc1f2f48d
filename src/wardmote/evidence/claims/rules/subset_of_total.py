"""Is a part larger than the whole it is a part of? "48 people, of whom 61 were women"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.overlap import holds_several, may_overlap
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence, find_keywords

NAME = "subset_of_total"
#: A whole this many times exceeded is no slip: the two count different things.
FAR = 2.0
_OF_WHICH = re.compile(r"^[^.;]{0,80}\bof (?:which|whom)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_OF_THE = re.compile(r"\bof (?:the|these|those|our|all(?: the)?)\s$", re.IGNORECASE)
#: What a part did, without a noun of its own: "of which 340 took place at night".
_DID = re.compile(
    r"^\s(?:took place|happened|occurred|were|was|are|is|had|have|led|resulted|ended|attended|took part|responded|"
    r"agreed|involved|related)\b", re.IGNORECASE)  # fmt: skip
_CLAUSE = re.compile(r"^[^.;:()]{1,80}(?:,\s|\s)$")
_VERB = re.compile(r"^\s(?:were|was|had|have|are|received|went|led)\b", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every count that is said to be a part of the one before it."""
    for _, sentence in corpus.sentences():
        counts = [number for number in sentence.numbers if number.kind != "ordinal"]
        for whole, part in pairwise(counts):
            if whole.kind == part.kind == "count" and _is_subset(sentence, whole, part):
                yield from _judge(sentence, whole, part)


def _is_subset(sentence: Sentence, whole: Number, part: Number) -> bool:
    between = sentence.text[whole.end : part.start]
    if _OF_WHICH.match(between):
        return between.count("(") == between.count(")")  # a figure inside a bracket is not what "which" is
    of_the = _OF_THE.search(sentence.text[: whole.start]) and _CLAUSE.match(between)
    return bool(of_the) and part.value > whole.value and _VERB.match(sentence.text[part.end :]) is not None


def _judge(sentence: Sentence, whole: Number, part: Number) -> Iterator[Claim]:
    inputs = [quantity(whole, "whole"), quantity(part, "part")]
    if part.span.low <= whole.span.high:
        why = f"{part.value:,.10g} is a part of {whole.value:,.10g}, as it can be."
        yield Finding(sentence, whole).claim(
            NAME, "sum", "ok", why, claimed=[quantity(whole, "total")], inputs=inputs, recomputed=[]
        )
    elif _may_compare(sentence, whole, part) and not (whole.is_spelled or part.is_spelled or whole.bound):
        why = (
            f"{part.value:,.10g} is said to be a part of {whole.value:,.10g}, and is more. "
            "One of the two is wrong, or they count different things: ask which."
        )
        yield Finding(sentence, part).claim(
            NAME, "sum", "inconsistent", why, claimed=[quantity(part, "part")], inputs=inputs, recomputed=[]
        )


def _may_compare(sentence: Sentence, whole: Number, part: Number) -> bool:
    """A part with a noun of its own ("12 events, of which 140 visitors") may count something else."""
    own = find_keywords(part.after)
    if not own or own & find_keywords(whole.after):
        return True
    did = _DID.match(sentence.text[part.end :]) is not None and part.value <= FAR * whole.value
    return did and not holds_several(whole) and not may_overlap(sentence)


RULE = Rule(
    name=NAME,
    family="sum",
    asks="Is a part larger than the whole it is a part of?",
    holds="The service saw 61 people in the year, of whom 48 were women.",
    fails="The service saw 48 people in the year, of whom 61 were women.",
    find=find,
    rank=45,
)
