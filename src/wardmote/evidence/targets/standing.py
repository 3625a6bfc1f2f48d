"""Where one place stands among its neighbours, told so that no neighbour's small number or name gets out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.random import Generator

from wardmote.evidence.statistics.ranks import JEFFREYS, rank_descending, rank_with_interval
from wardmote.evidence.targets.rollup import OUTER_LEVEL, find_limits, find_side, roll_up
from wardmote.evidence.targets.rollup_values import MeasureTerms, PlacePart, PlaceReading, RollUp, Side

#: Below it somebody who knows the sum and one neighbour knows another.
LEAST_NEIGHBOURS = 3
INNER_LEVEL = 0.95
WhyNot = Literal["", "no_value", "no_denominator", "too_few", "small_number"]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another place's value, to whole units (a rate to one decimal); `place` is "" where it did not ask to be named."""

    place: str
    value: float


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among its neighbours. All values are in the measure's unit; `why_not` says why there is nothing to tell.

    `pooled` is over the place and the neighbours that are told of, with its 95% interval. `rank` is 1 for the highest,
    with the places between which it may as well lie. `inner` and `outer` are the 95% and 99.8% funnel at this size.
    """

    period: str
    own: PlacePart | None
    why_not: WhyNot = ""
    pooled: float | None = None
    pooled_low: float | None = None
    pooled_high: float | None = None
    neighbours: tuple[Neighbour, ...] = ()
    withheld_count: int = 0  # neighbours in the sum whose own value is too small to be told
    left_out_count: int = 0  # neighbours neither in the sum nor told: too few to stay unnamed
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    inner: tuple[float, float] | None = None
    outer: tuple[float, float] | None = None
    beyond_inner: Side = ""
    beyond_outer: Side = ""

    @property
    def ranked_count(self) -> int:
        """Among how many places the rank is, itself one of them."""
        return len(self.neighbours) + self.withheld_count + 1 if self.rank is not None else 0


def find_standing(
    rolled: RollUp,
    readings: Sequence[PlaceReading],
    place: str,
    *,
    named: frozenset[str],
    generator: Generator,
    minimum_count: int = 5,
) -> Standing:
    """Where does a place stand among its neighbours, as far as it may be told?

    Parameters
    ----------
    rolled, readings : the sum of one period and what it was made of.
    place : whose standing it is; it is told its own counts in full.
    named : the neighbours that agreed to be named to each other.
    generator : the only source of chance, for the rank's limits.
    minimum_count : a neighbour with a numerator, or a rest, from 1 to one less is not drawn.

    Returns
    -------
    Standing : with `why_not` where nothing may be told: fewer than three neighbours have a value ("too_few"), fewer
        than three of them can be drawn ("small_number"), the measure has no denominator ("no_denominator": counts of
        places of unlike size make no ranking), or the place has no value itself ("no_value").

    Notes
    -----
    One or two unnamed neighbours could be worked out from the sum and the named ones: they are left out of it. What is
    told of a neighbour is rounded, carries no size, and stands in the order of the values. The rank's limits are those
    of `rank_with_interval`; for shares the rates are drawn from the beta posterior under Jeffreys' prior.

    References
    ----------
    Goldstein and Spiegelhalter (1996), J. R. Stat. Soc. A 159, pp. 385-443.
    """
    own = next((one for one in rolled.parts if one.place == place), None)
    if own is None or own.value is None:
        return Standing(rolled.period, own, "no_value")
    if rolled.terms.shape not in ("x_of_y", "rate"):
        return Standing(rolled.period, own, "no_denominator")
    others = [one for one in rolled.parts if one.place != place and one.value is not None]
    unnamed = [one for one in others if one.place not in named]
    left_out = unnamed if len(unnamed) < LEAST_NEIGHBOURS else []
    told = [one for one in others if one not in left_out]
    if len(told) < LEAST_NEIGHBOURS:
        return Standing(rolled.period, own, "too_few", left_out_count=len(left_out))
    drawn = [one for one in told if not _is_small(one, minimum_count)]
    if len(drawn) < LEAST_NEIGHBOURS:
        return Standing(rolled.period, own, "small_number", left_out_count=len(left_out))
    pool = _pool(rolled, readings, frozenset(one.place for one in (*told, own)))
    standing = Standing(
        rolled.period, own, "", pool.value.best, pool.low, pool.high, _describe(drawn, rolled.terms, named),
        len(told) - len(drawn), len(left_out),
    )  # fmt: skip
    return _place(standing, own, told, pool, generator)


def _pool(rolled: RollUp, readings: Sequence[PlaceReading], places: frozenset[str]) -> RollUp:
    if places == rolled.places:
        return rolled
    return roll_up(rolled.terms, rolled.period, [row for row in readings if row.place in places])


def _is_small(one: PlacePart, minimum_count: int) -> bool:
    """Whether the numerator, or of a share the rest, is a number too small to be told."""
    rest = (one.whole or 0.0) - one.part if one.low is not None and one.whole else 0.0
    return 0 < one.part < minimum_count or 0 < rest < minimum_count


def _describe(parts: Sequence[PlacePart], terms: MeasureTerms, named: frozenset[str]) -> tuple[Neighbour, ...]:
    decimals = 0 if terms.shape == "x_of_y" else 1
    rows = [Neighbour(one.place if one.place in named else "", round(one.value or 0.0, decimals)) for one in parts]
    return tuple(sorted(rows, key=lambda row: (-row.value, row.place)))


def _place(standing: Standing, own: PlacePart, told: Sequence[PlacePart], pool: RollUp, chance: Generator) -> Standing:
    rank, low, high = _rank(pool.terms, [own, *told], chance)
    terms, size = pool.terms, own.whole or 0.0
    return replace(
        standing, rank=rank, rank_low=low, rank_high=high,
        inner=find_limits(terms, pool.value, size, INNER_LEVEL),
        outer=find_limits(terms, pool.value, size, OUTER_LEVEL),
        beyond_inner=find_side(terms, pool.value, own, INNER_LEVEL),
        beyond_outer=find_side(terms, pool.value, own, OUTER_LEVEL),
    )  # fmt: skip


def _rank(terms: MeasureTerms, parts: Sequence[PlacePart], generator: Generator) -> tuple[int, int, int]:
    """The first one's rank among all, 1 for the highest, and the ranks between which it lies in 95% of the draws."""
    values = [one.value or 0.0 for one in parts]
    counts, sizes = [one.part for one in parts], [one.whole or 0.0 for one in parts]
    if terms.shape == "rate":
        found = rank_with_interval(values, counts, sizes, generator)
        return int(found.rank[0]), int(found.rank_low[0]), int(found.rank_high[0])
    drawn = generator.beta(np.array(counts) + JEFFREYS, np.array(sizes) - counts + JEFFREYS, size=(10_000, len(parts)))
    ranks = (drawn > drawn[:, :1]).sum(axis=1) + 1
    rank = int(rank_descending(values)[0])
    low, high = np.quantile(ranks, [(1 - INNER_LEVEL) / 2, (1 + INNER_LEVEL) / 2], method="inverted_cdf")
    return rank, min(int(low), rank), max(int(high), rank)
