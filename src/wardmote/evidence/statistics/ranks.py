"""The place among peers, with how sure that place is, and the limits of a funnel."""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike
from scipy.special import gdtrib, pdtrik

from wardmote.evidence.statistics.arrays import (
    BoolArray,
    FloatArray,
    as_counts,
    as_floats,
    as_row,
    check_dimensions,
    check_level,
    check_positive,
    check_same_length,
    check_whole,
    freeze,
)

# Draws are ranked in batches of about this many numbers, so that 8,000 wards need no gigabyte.
BATCH = 2_000_000
# Jeffreys' prior for a Poisson rate is gamma with shape one half: half an event is added to each count.
JEFFREYS = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class RankResult:
    """Ranks, 1 for the highest value; ties share the better rank; nan where a unit has no value."""

    rank: FloatArray
    rank_low: FloatArray
    rank_high: FloatArray
    ranked_units: int
    values: FloatArray
    counts: FloatArray
    population: FloatArray
    draws: int
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class FunnelLimits:
    """Between which rates a unit of each population lies if its true rate is the group's."""

    low: FloatArray
    high: FloatArray
    rate: float
    population: FloatArray
    multiplier: float
    level: float


def rank_descending(values: ArrayLike) -> FloatArray:
    """Which place does each value take, the highest first?

    Ties share the better place and the next place stays empty (1, 2, 2, 4). A missing value has no place and takes
    none from the others.

    >>> rank_descending([5, 9, float("nan"), 5, 1]).tolist()
    [2.0, 1.0, nan, 2.0, 4.0]
    """
    row = as_floats(values, name="values")
    check_dimensions(row, 1, name="values")
    ranks = np.full(row.shape, np.nan)
    known = row[~np.isnan(row)]
    ranks[~np.isnan(row)] = known.size - np.searchsorted(np.sort(known), known, side="right") + 1
    return freeze(ranks)


def rank_with_interval(
    values: ArrayLike,
    counts: ArrayLike,
    population: ArrayLike,
    generator: Generator,
    *,
    draws: int = 10_000,
    level: float = 0.95,
) -> RankResult:
    """Which place does each unit take among its peers, and between which places does it really lie?

    Parameters
    ----------
    values : what is ranked, as a rule the rates of these counts; 1 is the highest.
    counts, population : events and residents of each unit, from which the uncertainty comes.
    generator : the only source of chance; the same state gives the same limits.
    draws : how often the rates are drawn anew.
    level : share of the draws that the limits hold.

    Returns
    -------
    RankResult : rank, and the lowest and highest rank that belong to it (`rank_low` is the better place). A unit with
        a missing value or count, or no population, has no rank and is no peer of the others.

    Raises
    ------
    StatisticsError : arrays of different length, negative counts, draws not whole, a level that is no fraction.

    Notes
    -----
    Each true rate is drawn from its gamma posterior under Jeffreys' prior, `gamma(count + 1/2) / population`; the units
    are ranked in every draw and the limits are quantiles of those ranks. The rank itself always lies inside the limits:
    they are widened to it where the draws would leave it out. Poisson noise only: overlapping limits are the rule, and
    **a rank is never given without them**.

    References
    ----------
    Goldstein and Spiegelhalter (1996), J. R. Stat. Soc. A 159, pp. 385-443 (limits for ranks).

    Examples
    --------
    >>> peers = rank_with_interval([50, 49, 9], [500, 490, 90], [10] * 3, np.random.default_rng(1), draws=999)
    >>> peers.rank.tolist(), peers.rank_low.tolist(), peers.rank_high.tolist()
    ([1.0, 2.0, 3.0], [1.0, 1.0, 3.0], [2.0, 2.0, 3.0])
    """
    check_level(level)
    check_whole(draws, name="draws", least=1)
    row, events, residents = _read_units(values, counts, population)
    known = ~(np.isnan(row) | np.isnan(events)) & (residents > 0)
    rank = rank_descending(np.where(known, row, np.nan))
    low, high = np.full(row.shape, np.nan), np.full(row.shape, np.nan)
    if known.any():
        drawn = _draw_ranks(events[known], residents[known], generator, draws)
        tails = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf")
        low[known] = np.minimum(tails[0], rank[known])
        high[known] = np.maximum(tails[1], rank[known])
    return RankResult(rank, freeze(low), freeze(high), int(known.sum()), row, events, residents, draws, level)


def funnel_limits(rate: float, population: ArrayLike, level: float = 0.95, *, multiplier: float = 1000) -> FunnelLimits:
    """How far from the group's rate may a unit of this size lie by chance?

    Parameters
    ----------
    rate : the group's rate per `multiplier` of population, zero or more.
    population : of each unit; 0 or nan gives missing limits.
    level : 0.95 for the inner funnel, 0.998 for the outer.

    Returns
    -------
    FunnelLimits : low and high on the scale of the rate.

    Raises
    ------
    StatisticsError : a negative number, a multiplier that is not positive, a level that is no fraction.

    Notes
    -----
    A unit lies on the limit when the exact Poisson interval of its count just reaches what the group's rate would give
    it; counts between whole numbers are interpolated by the gamma function. So a unit is outside the funnel exactly
    when its own interval excludes the group's rate. Few expected events leave a lower limit of 0. Units outside the
    95% funnel are expected, one in twenty: the 99.8% funnel is the one that calls for an explanation.

    References
    ----------
    Spiegelhalter (2005), Stat. Med. 24, pp. 1185-1202; limits as published with PHEindicatormethods 2.1.0.

    Examples
    --------
    At 4.795387629 expected events the upper 95% limit is 10 events, at 18.39035799 the lower (published):

    >>> limits = funnel_limits(1, [4.795387629, 18.39035799], multiplier=1)
    >>> [round(float(x), 3) for x in (limits.high[0] * 4.795387629, limits.low[1] * 18.39035799)]
    [10.0, 10.0]
    """
    check_level(level)
    check_positive(multiplier, name="multiplier")
    group = float(as_counts(rate, name="rate"))
    residents = as_counts(population, name="population")
    per_resident = np.full(residents.shape, np.nan)
    np.divide(multiplier, residents, out=per_resident, where=residents > 0)
    expected = group * residents / multiplier
    tail = (1 - level) / 2
    # The chance of `count` events or more is the gamma distribution of shape `count` at the expected number, so its
    # inverse for the shape is the upper limit; pdtrik is that for the chance of `count` or fewer, and gives 0 where
    # so few are expected that no count is small enough to surprise.
    low, high = np.maximum(pdtrik(tail, expected), 0), gdtrib(1, tail, expected)
    high = np.where(expected == 0, 0.0, high)
    return FunnelLimits(
        freeze(np.asarray(low * per_resident)),
        freeze(np.asarray(high * per_resident)),
        group,
        residents,
        multiplier,
        level,
    )


def _read_units(
    values: ArrayLike, counts: ArrayLike, population: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    row = as_floats(values, name="values")
    check_dimensions(row, 1, name="values")
    events, residents = as_row(counts, name="counts"), as_row(population, name="population")
    check_same_length(row, events, names="values and counts")
    check_same_length(row, residents, names="values and population")
    return row, events, residents


def _draw_ranks(
    events: FloatArray, residents: FloatArray, generator: Generator, draws: int
) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """Return the ranks of every draw, one row each. Continuous draws have no ties."""
    ranks = np.empty((draws, events.size), dtype=np.int32)
    places = np.arange(1, events.size + 1, dtype=np.int32)
    step = max(1, BATCH // events.size)
    for start in range(0, draws, step):
        batch = ranks[start : start + step]
        rates = generator.gamma(events + JEFFREYS, 1 / residents, size=batch.shape)
        np.put_along_axis(batch, np.argsort(-rates, axis=1), places[None, :], axis=1)
    return ranks


def find_outside_funnel(values: ArrayLike, limits: FunnelLimits) -> tuple[BoolArray, BoolArray]:
    """Which units lie below and which above the funnel? A missing value or limit is neither."""
    row = as_floats(values, name="values")
    check_same_length(row, limits.low, names="values and limits")
    return freeze(row < limits.low), freeze(row > limits.high)
