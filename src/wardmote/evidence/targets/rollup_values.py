"""One measure of several places as values: its terms, what each place reported, what came of adding up."""

import re
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.targets.plan import Value

_BASE = re.compile(r"\bper\s+([\d, ]*\d)", re.IGNORECASE)

Side = Literal["", "below", "above"]


@dataclass(frozen=True, slots=True)
class MeasureTerms:
    """What a measure is: what must be alike in every place before its values are added up."""

    shape: str
    unit: str = ""
    basis: str = "quarter"
    polarity: str = "none"
    definition: str = ""
    numerator: str = ""
    denominator: str = ""

    @property
    def base(self) -> float | None:
        """Per how many a rate is given: 1000 of "per 1,000 residents"; None where the unit does not say."""
        named = _BASE.search(self.unit) or _BASE.search(self.denominator)
        return float(re.sub(r"[, ]", "", named.group(1))) if named else None


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What one place reported of its own measure for one period; `value` is None where nothing came.

    `is_same_by_word`: somebody who may has said that its words, where they differ, mean the same.
    """

    place: str
    terms: MeasureTerms
    value: Value | None = None
    is_signed: bool = True
    is_same_by_word: bool = False
    gap: str = ""  # why nothing came, where that is known


@dataclass(frozen=True, slots=True)
class PlacePart:
    """What one place gave to the sum. `value`, `low` and `high` are in the measure's unit; a count has no interval."""

    place: str
    part: float
    whole: float | None
    value: float | None
    low: float | None
    high: float | None
    is_provisional: bool
    is_signed: bool
    outside: Side = ""  # of the 99.8% funnel around the pooled value
    names: tuple[tuple[str, float], ...] = ()  # of shape "parts"


@dataclass(frozen=True, slots=True)
class MissingPlace:
    """A place without a value in the sum, and why."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class RollUp:
    """One measure of one period over several places: the sum, what it was made of, and who is not in it."""

    period: str
    terms: MeasureTerms
    value: Value
    low: float | None
    high: float | None
    parts: tuple[PlacePart, ...]
    missing: tuple[MissingPlace, ...]

    @property
    def is_partial(self) -> bool:
        """Whether a place is missing, so that this is no sum of the whole."""
        return bool(self.missing)

    @property
    def is_provisional(self) -> bool:
        return any(one.is_provisional for one in self.parts)

    @property
    def unsigned(self) -> tuple[str, ...]:
        """The places whose value nobody has signed off."""
        return tuple(one.place for one in self.parts if not one.is_signed)

    @property
    def places(self) -> frozenset[str]:
        return frozenset(one.place for one in self.parts)

    def say_coverage(self, noun: str = "districts") -> str:
        """How much of the whole this is: "11 of 13 districts; missing: Ashmere, Birch Hill"."""
        asked = len(self.parts) + len(self.missing)
        if not self.missing:
            return f"all {asked} {noun}"
        return f"{len(self.parts)} of {asked} {noun}; missing: {', '.join(one.place for one in self.missing)}"
