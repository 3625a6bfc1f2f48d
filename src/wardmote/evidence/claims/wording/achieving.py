"""Words that say a target is met, passed, missed or near: where they stand and what they claim."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["near", "met", "beyond", "missed"]

_OWN = r"(?:the |its |our |their |this |that )?(?:\w+ )?"
#: "target of 85%", "target for the year": what may stand between the noun and its verb.
_OF = r"(?: (?:of|for) [^.;,]{1,40}?)?"
_NOT_MET = r"(?:not (?:been |yet )?(?:met|achieved|reached|hit)|missed|failed)"
#: Negations stand before what they negate: the first pattern that fits speaks for its stretch.
_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("missed", re.compile(rf"\b(?:not (?:yet )?(?:on|within|met|meeting|achiev\w+|reach\w+|hitting) {_OWN}target|off target|miss(?:ed|ing|es) {_OWN}target|below {_OWN}target|(?:short|outside) of {_OWN}target|outside {_OWN}target|(?:under|over|above) {_OWN}target|targets?{_OF} (?:(?:was|is|has|were) )?{_NOT_MET})\b", re.I)),  # noqa: E501
    ("near", re.compile(r"\b(?:near(?:ing|ly)?|approaching|close to|almost at|just short of)\b[^.;]{0,40}?\btarget", re.I)),  # noqa: E501
    ("beyond", re.compile(rf"\b(?:(?:exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|ahead of|better than|well above)\b[^.;]{{0,40}}?\b(?:target|goal)|targets?{_OF} (?:(?:was|is|has|were) )?(?:been )?(?:exceeded|surpassed))", re.I)),  # noqa: E501
    ("met", re.compile(rf"\b(?:(?:met|meets|meeting|achiev(?:ed|es|ing)|hit|reached|(?:remain(?:s|ed)? )?within) {_OWN}target(?! group)|on target(?! (?:to|days?|groups?|areas?)\b)|targets?{_OF} (?:(?:was|is|has|were) )?(?:been )?(?:met|achieved|reached|hit))\b", re.I)),  # noqa: E501
)  # fmt: skip
#: Said of what should come, of what is asked, or of another target than the one printed beside.
_NOT_TOLD = re.compile(
    r"\b(?:to|will|would|could|should|may|might|can|if|whether|when|until|once|expect\w*|hop\w+|aim\w*|plan\w*|likely|"
    r"ensure|anticipat\w+|predict\w+|project\w+|forecast\w*|how|further|from being|almost|nearly|partly|"
    r"partially|mostly|largely|broadly|not fully|never)\s(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
#: "Target met in three of the four areas", "for most months": not the target as a whole.
_IN_PART = re.compile(
    r"^\s(?:in|for|by|at|on)\s(?:\w+\s){0,3}(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|"
    r"\d+|most|some|half|part)\s(?:out\s)?of|areas?|months?|quarters?|districts?|cases|schools?|teams?|wards?|"
    r"occasions?|measures?|indicators?|elements?|parts?)\b",
    re.IGNORECASE,
)
_OTHER_TARGET = re.compile(
    r"\b(?:last year['’]?s?|previous|prior|former|old|stretch|national|local|interim|legacy|next year['’]?s?|"
    r"other|some|most|many|all|both|several|quarterly|monthly|annual|yearly)\s(?:\w+\s)?(?:target|goal)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A word of achievement and what it says."""

    kind: Kind
    start: int
    end: int
    text: str

    def kind_for(self, *, is_ceiling: bool) -> Kind:
        """What it claims of a target that bounds from above or from below: below a ceiling is met, a floor missed."""
        side = self.text.split()[0].lower()
        if side in ("below", "under"):
            return "met" if is_ceiling else "missed"
        if side in ("above", "over"):
            return "missed" if is_ceiling else "beyond"
        return self.kind


def find_told(text: str) -> Iterator[Told]:
    """Find every word that tells of a target met, passed, missed or near, in order of its kind.

    >>> [(told.kind, told.text) for told in find_told("Q2 was not on target. Q3 - target exceeded.")]
    [('missed', 'not on target'), ('beyond', 'target exceeded')]
    """
    taken: list[tuple[int, int]] = []
    for kind, pattern in _WORDS:
        for match in pattern.finditer(text):
            is_free = not any(start < match.end() and match.start() < end for start, end in taken)
            if is_free and _is_told(text, match):
                taken.append(match.span())
                yield Told(kind, match.start(), match.end(), match.group())


def _is_told(text: str, match: re.Match[str]) -> bool:
    """Whether the words tell that it happened, and of the whole target."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 50]
    return _NOT_TOLD.search(before) is None and _IN_PART.match(after) is None


def names_other_target(text: str) -> bool:
    """Whether the words speak of another target than the one in force ("last year's target", "the national target")."""
    return _OTHER_TARGET.search(text) is not None
