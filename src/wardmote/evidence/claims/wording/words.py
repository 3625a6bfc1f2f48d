"""Words of direction, size and achievement: where they stand and what they claim.

The lists are the field's own words. A word that negates, or looks ahead ("aims to reduce", "if it rises"), makes
the mention not a claim about what happened.
"""

import re
from dataclasses import dataclass
from typing import Literal

Way = Literal["up", "down", "same"]
Size = Literal["", "slight", "significant", "large"]


@dataclass(frozen=True, slots=True)
class Direction:
    """One word that says which way something went. `told` is False for aims, conditions and negations."""

    way: Way
    size: Size
    text: str
    start: int
    end: int
    told: bool = True


_UP = (
    r"increas(?:e|es|ed|ing)|rise|rises|rose|risen|rising|grew|grown|growing|growth|gr[eo]ws?|higher|climb(?:ed|ing|s)?|"
    r"went up|gone up|going up|up by|up"
    r" from|up|additional|more|jump(?:ed)?|surg(?:e|ed|ing)|uplift|upward|escalat(?:ed|ing)|"
    r"worsen(?:ed|ing)|spikes?|spiked|upturn|extra"
)
_DOWN = (
    r"decreas(?:e|es|ed|ing)|reduc(?:ed?|es|ing|tions?)|fall|falls|fell|fallen|falling|declin(?:e|es|ed|ing)|lower|lowered|"
    r"drop(?:s|ped|ping)?|went down|gone down|going down|down by|down from|down|fewer|less|downward|dip(?:ped)?|"
    r"shr[aiu]nk|cut by|lowest"
)
_SAME = (
    r"stable|static|unchanged|no change|little change|remained the same|remains the same|similar to|level with|"
    r"plateau(?:ed|ing)?|constant|in line with the previous|consistent with the previous|flat"
)
_WAYS: tuple[tuple[Way, re.Pattern[str]], ...] = (
    ("same", re.compile(rf"(?<![\w-])(?:{_SAME})(?![\w-])", re.IGNORECASE)),
    ("down", re.compile(rf"(?<![\w-])(?:{_DOWN})(?![\w-])", re.IGNORECASE)),
    ("up", re.compile(rf"(?<![\w-])(?:{_UP})(?![\w-])", re.IGNORECASE)),
)
_SLIGHT = r"slight(?:ly)?|small|marginal(?:ly)?|modest(?:ly)?|minor|a little"
_SIGNIFICANT = r"significant(?:ly)?|statistically significant(?:ly)?"
_LARGE = (
    r"large|sharp(?:ly)?|substantial(?:ly)?|considerabl[ey]|dramatic(?:ally)?|marked(?:ly)?|huge(?:ly)?|steep(?:ly)?"
)
_SIZES: tuple[tuple[Size, re.Pattern[str]], ...] = (
    ("slight", re.compile(rf"\b(?:{_SLIGHT})\b", re.IGNORECASE)),
    ("significant", re.compile(rf"\b(?:{_SIGNIFICANT})\b", re.IGNORECASE)),
    ("large", re.compile(rf"\b(?:{_LARGE})\b", re.IGNORECASE)),
)
#: Before the word: it is hoped for, asked for, feared, denied, or in general; nobody says that it happened.
_NOT_TOLD = re.compile(
    r"\b(?:to|will|would|could|should|might|may|can|aims?|aiming|help(?:s|ing)?|targets?|towards?|aimed"
    r" at|if|whether|"
    r"potential(?:ly)?|hop(?:e|ed|ing)|expect(?:ed|ing)?|no|not|n[o']t|without|neither|prevent(?:s|ing)?|"
    r"risks? of|reduce the|how|of|for|in order to|work(?:ing)? on|focus(?:ed)? on|priority)\s+(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
#: "Signed up 40 people", "wrote down 12 numbers": a verb of its own, no movement.
_PHRASE = re.compile(
    r"\b(?:back|br[eo]a?k|broken|build|built|call|catch|clean|clear|clos|cover|crack|cut|draw|drew|drawn|end|fill|"
    r"fit|follow|g[ai]ve|given|hand|hold|h[eu]ld|hung|join|lay|laid|ma[dk]|mark|meet|met|note|open|pass|pick|put|"
    r"set|show|shut|sign|speed|split|step|sum|t[ao]k|took|team|track|turn|wr[io]t|written|tied)(?:e|ed|es|s|ing|"
    r"ned|ked|ted|ping|ting)?\s$",
    re.IGNORECASE,
)
_NOUNS_TOLD = re.compile(
    r"\b(?:there (?:has been|have been|was|were|is)|saw|seen|shows?|showed|experienc\w+|recorded|an?)\s+"
    r"(?:(?!no\b|not\b|neither\b|without\b)\w+\s){0,3}$",
    re.IGNORECASE,
)


def find_directions(text: str) -> tuple[Direction, ...]:
    """Find every word of direction of a sentence, in order.

    >>> [(d.way, d.size, d.told) for d in find_directions("a significant increase, and work to reduce burglary")]
    [('up', 'significant', True), ('down', '', False)]
    """
    found: list[Direction] = []
    for way, pattern in _WAYS:
        for match in pattern.finditer(text):
            if not any(other.start < match.end() and match.start() < other.end for other in found):
                found.append(_read(text, way, match))
    return tuple(sorted(found, key=lambda direction: direction.start))


def _read(text: str, way: Way, match: re.Match[str]) -> Direction:
    before = text[max(0, match.start() - 60) : match.start()]
    around = text[max(0, match.start() - 30) : match.end() + 20]
    told = _NOUNS_TOLD.search(before) is not None or _NOT_TOLD.search(before) is None
    if match.group().lower() in ("up", "down") and _PHRASE.search(before):
        told = False
    return Direction(way, _find_size(around), match.group(), match.start(), match.end(), told)


def _find_size(around: str) -> Size:
    for size, pattern in _SIZES:
        if pattern.search(around):
            return size
    return ""
