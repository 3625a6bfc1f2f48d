"""Words of direction in a sentence: what they claim, and whether a comparison bears them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.indicators.readings.comparisons import Comparison

Claim = Literal["rose", "fell", "similar", "doubled", "halved"]

_RISE_NOUN = "(?:increase|rise|growth|upturn|surge)"
_FALL_NOUN = "(?:decrease|fall|reduction|drop|decline|downturn)"
_EARLIER = r"(?:last year|the previous year|a year (?:ago|before|earlier)|in \d{4})"

#: What each word claims, as alternatives. Only words that state a direction; "reduce crime" as an aim states none.
_WORDS: dict[Claim, tuple[str, ...]] = {
    "doubled": ("doubled",),
    "halved": ("halved",),
    "rose": (
        "(?:did|does|do)(?: not|n't)? (?:rise|increase|grow|climb|worsen)",
        rf"no (?:\w+ )?{_RISE_NOUN} in",
        rf"(?:an?|the|this|that|its|their) (?:\w+ )?{_RISE_NOUN}",
        "increases? (?:in|of)",
        "rose|risen|rises|rising|increased|increases|increasing|grew|grown|climbed|worsened|soared|jumped|surged",
        "went up|gone up|is up|was up|are up|were up|up by",
        f"(?:higher|more) than {_EARLIER}",
    ),
    "fell": (
        "(?:did|does|do)(?: not|n't)? (?:fall|decrease|drop|decline|improve)",
        rf"no (?:\w+ )?{_FALL_NOUN} in",
        rf"(?:an?|the|this|that|its|their) (?:\w+ )?{_FALL_NOUN}",
        "(?:reductions?|decreases?) (?:in|of)",
        "fell|fallen|falls|falling|decreased|decreases|decreasing|dropped|declined|declining|improved|plummeted|shrank",
        "went down|gone down|is down|was down|are down|were down|down by",
        "has reduced|have reduced|was reduced|were reduced",
        f"(?:lower|fewer|less) than {_EARLIER}",
    ),
    "similar": (
        "similar to|unchanged|no change|stable|level with|the same as|remained steady",
        "did not change|has not changed|have not changed",
    ),
}
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|without|hardly|did not|has not|have not)(?:\s+\w+){0,2}\s*$", re.IGNORECASE
)
#: Words that speak of what is meant or may be, not of what happened.
_INTENTION = re.compile(
    r"\b(?:to|will|would|could|may|might|should|aims?|aiming|targets?|targeted|expects?|expected|if|hope[sd]?)"
    r"(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)
_DOUBLE, _HALF = 1.9, 0.55


@dataclass(frozen=True, slots=True)
class ClaimedWord:
    """One word of direction as written, what it claims, whether it is denied, and where it starts."""

    text: str
    claim: Claim
    is_denied: bool
    start: int

    def is_borne_out(self, comparison: Comparison) -> bool:
        """Does the comparison earn the word? What may not be compared earns none."""
        if comparison.change is None:
            return False
        holds = self._holds(comparison)
        return not holds if self.is_denied else holds

    def _holds(self, comparison: Comparison) -> bool:
        ratio = comparison.change.rate_ratio if comparison.change else 1.0
        if self.claim == "doubled":
            return comparison.direction == "rose" and ratio >= _DOUBLE
        if self.claim == "halved":
            return comparison.direction == "fell" and ratio <= _HALF
        return comparison.direction == self.claim


def find_claims(words: str) -> Iterator[ClaimedWord]:
    """The words of direction in a sentence, in order.

    >>> [(c.text, c.claim, c.is_denied) for c in find_claims("Burglary fell to # and robbery did not rise.")]
    [('fell', 'fell', False), ('did not rise', 'rose', True)]
    >>> [(c.text, c.claim) for c in find_claims("We aim to see a reduction.")]
    []
    """
    taken: list[tuple[int, int]] = []
    found: list[ClaimedWord] = []
    for claim, alternatives in _WORDS.items():
        for match in re.finditer(rf"\b(?:{'|'.join(alternatives)})(?!\w)", words, re.IGNORECASE):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            before = words[: match.start()]
            if _INTENTION.search(before):
                continue
            taken.append(match.span())
            inside = bool(re.search(r"\bnot\b|n't|^no\b", match.group(), re.IGNORECASE))
            is_denied = claim != "similar" and (inside or bool(_NEGATION.search(before)))
            found.append(ClaimedWord(match.group(), claim, is_denied, match.start()))
    return iter(sorted(found, key=lambda c: c.start))
