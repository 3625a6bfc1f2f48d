"""Which values of a map share a colour."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.numbers import choose_decimals, write_number

Breaks = Literal["quantile"] | Sequence[float]

#: More shades than this cannot be told apart on a grey print.
MOST_CLASSES = 7


@dataclass(frozen=True, slots=True)
class ValueClasses:
    """Classes from the lowest value up. `bounds` part them: a value on a bound belongs to the class above it."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    low: float
    high: float
    decimals: int

    def find_class(self, value: float) -> int:
        """Return the place of the value's class, 0 the lowest."""
        return bisect_right(self.bounds, value)

    @property
    def titles(self) -> tuple[str, ...]:
        """What each class holds, in words that leave no value between two classes."""
        edges = [min(self.low, *self.bounds), *self.bounds] if self.bounds else [self.low]
        lows = [write_number(edge, self.decimals) for edge in edges]
        if not self.bounds:
            # One class: say what it runs from and to.
            high = write_number(self.high, self.decimals)
            return (lows[0] if lows[0] == high else f"{lows[0]} to {high}",)
        inner = [f"{low} to under {high}" for low, high in pairwise(lows[1:])]
        return (f"under {lows[1]}", *inner, f"{lows[-1]} and over")


def make_classes(values: Sequence[float], *, breaks: Breaks = "quantile", class_count: int = 5) -> ValueClasses:
    """Into which classes do these values fall?

    Parameters: `values`, at least one; `breaks` either "quantile", which puts about as many areas into each of
    `class_count` classes (fewer where many areas share a value), or the rising values that part the classes.
    Bounds are rounded as they are printed, so the legend is the rule itself.
    Raises UsageError on breaks that do not rise and on fewer than 1 or more than 7 classes.

    >>> make_classes([1, 2, 3, 4], class_count=2).titles
    ('under 3', '3 and over')
    >>> make_classes([5, 12, 40], breaks=[10, 20]).counts
    (1, 1, 1)
    """
    bounds = _cut_evenly(values, class_count) if isinstance(breaks, str) else tuple(float(value) for value in breaks)
    _check_bounds(bounds, class_count if isinstance(breaks, str) else len(bounds) + 1)
    places = [bisect_right(bounds, value) for value in values]
    counts = tuple(places.count(place) for place in range(len(bounds) + 1))
    decimals = _decimals_that_hold(bounds or (min(values), max(values)))
    return ValueClasses(bounds, counts, min(values), max(values), decimals)


def _cut_evenly(values: Sequence[float], class_count: int) -> tuple[float, ...]:
    if class_count < 1:
        return ()
    shares = [place / class_count for place in range(1, class_count)]
    cuts = np.quantile(values, shares, method="higher").tolist() if shares else []
    decimals = choose_decimals(values)
    bounds: list[float] = []
    for cut in sorted({round(cut, decimals) for cut in cuts}):
        # Rounding may carry a bound past the only value of its class: an empty class is not drawn.
        foot = bounds[-1] if bounds else -np.inf
        if any(foot <= value < cut for value in values) and cut <= max(values):
            bounds.append(cut)
    return tuple(bounds)


def _decimals_that_hold(bounds: Sequence[float]) -> int:
    """Return the decimals with which every bound prints as what it is, at most 3."""
    least = choose_decimals(bounds)
    return next((places for places in range(least, 3) if all(round(one, places) == one for one in bounds)), 3)


def _check_bounds(bounds: Sequence[float], classes: int) -> None:
    rises = all(low < high for low, high in pairwise(bounds))
    if rises and all(np.isfinite(bounds)) and 1 <= classes <= MOST_CLASSES:
        return
    raise UsageError(
        f"{classes} classes parted at {', '.join(f'{bound:g}' for bound in bounds) or 'nothing'}",
        where="map",
        expected=f"1 to {MOST_CLASSES} classes, parted at values that rise",
        to_do='Give fewer or rising breaks, or breaks="quantile"',
    )
