"""What a printed number may stand for, and whether two may be the same.

A number in a report is rounded: "42%" stands for anything from 41.5 to 42.5, "1.3 million" for 1.25 to 1.35 million,
"over 5,000" for anything above. Every recomputation is done on these spans, so that rounding alone never accuses.
"""

from dataclasses import dataclass
from math import inf, nextafter

from wardmote.evidence.claims.model import Verdict

#: "About 75%" is kept by anything within this share of it, or within its own rounding.
ABOUT = 0.05


@dataclass(frozen=True, slots=True)
class Span:
    """All values from `low` to `high`, both included."""

    low: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> "Span":
        return cls(value, value)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    def __add__(self, other: "Span") -> "Span":
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Span") -> "Span":
        return Span(self.low - other.high, self.high - other.low)

    def scaled(self, factor: float) -> "Span":
        """The span times a number."""
        ends = (self.low * factor, self.high * factor)
        return Span(min(ends), max(ends))

    def per(self, other: "Span") -> "Span | None":
        """The span divided by another of one sign; None where the divisor may be nought."""
        if other.low <= 0 <= other.high:
            return None
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def meets(self, other: "Span") -> bool:
        """Whether some value lies in both; the last bits of a float never decide."""
        slack = 1e-9 * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def gap_to(self, other: "Span") -> float:
        """How far apart the two are; 0 where they meet."""
        return max(0.0, self.low - other.high, other.low - self.high)

    def abs(self) -> "Span":
        """The span without its sign."""
        if self.low >= 0:
            return self
        return Span(-self.high, -self.low) if self.high <= 0 else Span(0.0, max(-self.low, self.high))


def find_share_pct(part: Span, whole: Span) -> Span | None:
    """What percentage is the part of the whole? None where the whole may be nought.

    >>> find_share_pct(Span.exactly(2), Span.exactly(31)).middle
    6.451612903225806
    """
    share = part.per(whole)
    return None if share is None else share.scaled(100)


def find_change_pct(prior: Span, current: Span) -> Span | None:
    """By how many per cent did it change? None where the prior value may be nought.

    >>> round(find_change_pct(Span.exactly(18754), Span.exactly(20285)).middle, 4)
    8.1636
    """
    if prior.low <= 0:
        return None
    return Span((current.low / prior.high - 1) * 100, (current.high / prior.low - 1) * 100)


def judge_span(claimed: Span, found: Span, step: float) -> Verdict:
    """Does what was printed agree with what was reckoned? `step` is one unit of the claim's last printed place.

    ok where the spans meet; imprecise where they miss each other by less than one unit of the last place (cut off
    instead of rounded); wrong otherwise, and where a figure known more finely than that unit is a whole unit away.

    >>> judge_span(Span(41.5, 42.5), Span.exactly(42.72), 1.0)
    'imprecise'
    >>> judge_span(Span(69.5, 70.5), Span.exactly(72.83), 1.0)
    'wrong'
    >>> judge_span(Span(2.5, 3.5), Span(1.9, 2.1), 1.0)
    'wrong'
    """
    if claimed.meets(found):
        return "ok"
    if 0 < found.high - found.low < step and abs(claimed.middle - found.middle) >= step - 1e-9:
        return "wrong"
    return "imprecise" if claimed.gap_to(found) < step * 0.5 + 1e-9 else "wrong"


def name_slip(claimed: float, found: float) -> str:
    """How was a number misrounded?

    >>> name_slip(42, 42.7), name_slip(14.2, 14.14)
    ('cut off instead of rounded', 'rounded up where it should be rounded down')
    """
    return "cut off instead of rounded" if abs(claimed) < abs(found) else "rounded up where it should be rounded down"


def above(value: float) -> Span:
    """Everything over a value ("over 5,000")."""
    return Span(nextafter(value, inf), inf)


def below(value: float) -> Span:
    """Everything under a value, from nought ("fewer than 50")."""
    return Span(0.0, nextafter(value, -inf))
