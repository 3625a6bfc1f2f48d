"""Words of direction in a sentence: what they claim, and whether a comparison bears them out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.indicators.readings.comparisons import Comparison

Claim = Literal["rose", "fell", "similar", "doubled", "halved"]

#: What each word claims. Only words that state a direction; "reduce crime" as an aim states none.
_PATTERNS: tuple[tuple[Claim, str], ...] = (
    ("doubled", r"(?:has |have |had )?(?:more than )?doubled"),
    ("halved", r"(?:has |have |had )?(?:more than )?halved"),
    ("rose", r"(?:did|does|do)(?: not|n't)? (?:rise|increase|grow|climb|worsen)|no (?:\w+ )?(?:increase|rise|growth) in|increases? (?:in|of)|"
             r"(?:the|this|that|its|their) (?:\w+ )?(?:increase|rise|growth|surge)|rose|risen|rises|rising|increased|increases|increasing|an? (?:\w+ )?(?:increase|rise|growth|upturn|surge)|grew|grown|"
             r"climbed|went up|gone up|is up|was up|are up|were up|up by|worsened|soared|jumped|surged|higher than (?:last|the previous|a) year|"
             r"higher than in \d{4}|more than (?:last|the previous) year"),
    ("fell", r"(?:did|does|do)(?: not|n't)? (?:fall|decrease|drop|decline|improve)|no (?:\w+ )?(?:decrease|fall|reduction|drop|decline) in|"
             r"(?:reductions?|decreases?) (?:in|of)|(?:the|this|that|its|their) (?:\w+ )?(?:decrease|fall|reduction|drop|decline)|fell|fallen|falls|falling|decreased|decreases|decreasing|an? (?:\w+ )?(?:decrease|fall|reduction|drop|decline|downturn)|"
             r"dropped|declined|declining|went down|gone down|is down|was down|are down|were down|down by|has reduced|have reduced|"
             r"was reduced|were reduced|improved|plummeted|shrank|lower than (?:last|the previous|a) year|lower than in \d{4}|"
             r"fewer than (?:last|the previous) year|less than (?:last|the previous) year"),
    ("similar", r"similar to|unchanged|no change|stable|level with|the same as|did not change|has not changed|have not changed|remained steady"),
)  # fmt: skip
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|without|hardly|did not|has not|have not)(?:\s+\w+){0,2}\s*$", re.IGNORECASE
)
#: Words that speak of what is meant or may be, not of what happened.
_INTENTION = re.compile(r"\b(?:to|will|would|could|may|might|should|aims?|aiming|target(?:s|ed)?|expect(?:s|ed)?|if|hope[sd]?)(?:\s+\w+){0,3}\s*$", re.IGNORECASE)  # fmt: skip
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
    for claim, pattern in _PATTERNS:
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", words, re.IGNORECASE):
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
