"""Which counts are too small for whom: the rule of a source, and what a published number then tells a stranger."""

from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.model.errors import UsageError, WardmoteError

Audience = Literal["public", "partnership"]

DEFAULT_MINIMUM_COUNT = 5


class DisclosureError(WardmoteError):
    """The figures cannot go out as they are (exit status 1)."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """What must not be told to the public about one dataset.

    `minimum_count`: the smallest count that may be published; 1 to minimum_count - 1 are withheld.
    `protect_zero`: whether a zero is withheld too. Off by default: that nothing happened is a fact about a place, and
    people look for it. On where it would say something of everybody in a known group (nobody of the ten replied).
    `rounding`: the base to which published counts are rounded (5 with minimum_count 10 is the "10-5" rule), or None.
    """

    minimum_count: int = DEFAULT_MINIMUM_COUNT
    protect_zero: bool = False
    rounding: int | None = None

    def __post_init__(self) -> None:
        if self.minimum_count < 2:
            raise UsageError(
                f"a minimum count of {self.minimum_count} protects nobody",
                expected="2 or more (5 is usual)",
            )
        if self.rounding is not None and not 2 <= self.rounding <= 2 * self.minimum_count:
            # Above twice the minimum a published count would round to zero and look as if nothing had happened.
            raise UsageError(
                f"counts cannot be rounded to {self.rounding} with a minimum count of {self.minimum_count}",
                expected=f"a base from 2 to {2 * self.minimum_count}, or none",
            )

    @property
    def floor(self) -> int:
        """The lowest count that a withheld cell must still be able to be."""
        return 0 if self.protect_zero else 1

    def is_small(self, count: int) -> bool:
        """Is this count withheld from the public?"""
        return self.floor <= count < self.minimum_count

    def round_count(self, count: int) -> int:
        """The count as it is published: to the nearest base, halves up.

        >>> [DisclosureRule(10, rounding=5).round_count(n) for n in (0, 12, 13, 17, 18)]
        [0, 10, 15, 15, 20]
        """
        if not self.rounding:
            return count
        return (2 * count + self.rounding) // (2 * self.rounding) * self.rounding

    def read_published(self, shown: int) -> tuple[int, int]:
        """Between which counts does a stranger know the truth to lie who reads this published number?

        >>> DisclosureRule(10, rounding=5).read_published(15), DisclosureRule(10, rounding=5).read_published(10)
        ((13, 17), (10, 12))
        """
        base = self.rounding
        if not base or shown == 0:
            return shown, shown
        low, high = shown - base // 2, shown + (base - 1) // 2
        return max(low, self.minimum_count), high


def rule_for_source(disclosure: str, minimum_count: int | None = None) -> DisclosureRule | None:
    """Which rule does a source ask for? None for what its publisher released for anybody.

    `disclosure` is the catalogue's "open" or "partner"; `minimum_count` the partner dataset's own, if it states one.
    """
    if disclosure == "open":
        return None
    if disclosure != "partner":
        raise UsageError(f"a source cannot be '{disclosure}'", expected="open or partner")
    return DisclosureRule(DEFAULT_MINIMUM_COUNT if minimum_count is None else minimum_count)
