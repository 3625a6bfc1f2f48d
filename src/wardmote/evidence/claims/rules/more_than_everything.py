"""Is a percentage possible at all?

Nothing falls by more than 100%, and no more than 100% of people are anything.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.changes import Moved, read_changes
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "more_than_everything"
_SHARE_AFTER = re.compile(
    r"^\s?of\s(?:(?:all\s|the\s|those\s|these\s|our\s)?(?:[\w-]+\s){0,2}?(?:people|residents|respondents|victims|"
    r"offenders|children|pupils|young people|adults|women|men|attendees)\b(?!['’\s-]*(?:averages?|targets?|expected|"
    r"planned|forecast|last year|budget|numbers?|received|contracted|levels?))|"
    r"(?:those|these|all|people)\s(?:asked|surveyed|interviewed|responding|questioned|consulted)\b)",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\s?(?:(?:by|of|about|around|over|approximately|nearly|almost|some)\s){0,3}", re.IGNORECASE)
#: Shares of a goal, of an earlier level or of another group's average may pass 100%.
_OF_A_GOAL = re.compile(
    r"\b(?:target|goal|capacity|expected|average|planned|forecast|rate|level|risk|likel\w+)\b", re.I
)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every fall beyond 100% and every share of people beyond 100%."""
    for _, sentence in corpus.sentences():
        big = [number for number in sentence.numbers if number.kind == "percent" and number.value > 100]
        if big:
            falls = {id(moved.number) for moved in read_changes(sentence).percents if _is_fall(sentence, moved)}
            for number in big:
                if id(number) in falls:
                    yield _accuse(sentence, number, "Nothing can fall by more than 100%")
                elif _SHARE_AFTER.match(sentence.text[number.end :]) and not _OF_A_GOAL.search(sentence.text):
                    yield _accuse(sentence, number, "No share of people can be more than 100%")


def _is_fall(sentence: Sentence, moved: Moved) -> bool:
    """Whether the percentage is told as a fall in so many words: "fell by 120%", "a 120% reduction"."""
    word, number = moved.direction, moved.number
    if word is None or word.way != "down":
        return False
    between = sentence.text[min(word.end, number.end) : max(word.start, number.start)]
    return _BESIDE.fullmatch(between) is not None


def _accuse(sentence: Sentence, number: Number, why: str) -> Claim:
    return Finding(sentence, number).claim(
        NAME, "percentage", "wrong", f"{why}, and {number.text.strip()} is printed. Ask for the counts.",
        claimed=[quantity(number, "share")],
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="percentage",
    asks="Is a percentage possible at all?",
    holds="Robbery fell by 100% in the year.",
    fails="Robbery fell by 120% in the year.",
    find=find,
    rank=5,
)
