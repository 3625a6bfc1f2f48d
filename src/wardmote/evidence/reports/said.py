"""Figures from outside the evidence in commentary: nobody can recompute them, so each stands with its source."""

import re
from dataclasses import dataclass

SAID_FORM = "`{{ said: 312 | source: Residents' survey 2025, page 4 }}`"
SAID_TO_DO = "Write one number of at most 40 signs, and its source in 6 to 200 signs"
_SAID = "said:"
_SAID_VALUE = re.compile(
    r"(?:(?:about|around|nearly|almost|over|under|up to|at least|some) )?[£$€+−-]?\d[\d,.]*"
    r"(?: ?(?:to|-|–|in|out of|of) \d[\d,.]*)?"
    r"(?: ?%| ?per cent| percentage points| ?(?:k|m|bn)\b| (?:million|billion|thousand|hours?|minutes?|days?|people"
    r"|residents|households|homes|pupils|officers|meetings|calls|visits|referrals|pounds))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A figure from outside the evidence, which nobody can recompute: what is printed, and who says it."""

    value: str
    source: str

    @property
    def words(self) -> str:
        """As it is printed: '312 (Residents' survey 2025, page 4)'."""
        return f"{self.value} ({self.source})"


def is_said(name: str) -> bool:
    """Does a reference speak of a figure from outside the evidence?

    >>> is_said("said: 312"), is_said("crime_count:E06000035:2021/22")
    (True, False)
    """
    return name.lower().startswith(_SAID)


def read_said(name: str, rest: str) -> Said | None:
    """The figure from outside, and its source, of a reference's two parts.

    None where it is no number, or its source is not told.

    >>> read_said("said: 312", "source: Residents' survey 2025")
    Said(value='312', source="Residents' survey 2025")
    """
    label, _, source = rest.partition(":")
    value = name[len(_SAID) :].strip()
    source = " ".join(source.split())
    is_whole = label.strip().lower() == "source" and 6 <= len(source) <= 200 and bool(re.search(r"[^\W\d_]{3}", source))
    return Said(value, source) if is_whole and len(value) <= 40 and _SAID_VALUE.fullmatch(value) else None
