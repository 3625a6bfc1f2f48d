"""Crude rates and the interval that a Poisson count puts around them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri, ndtri

from wardmote.evidence.statistics.arrays import (
    FloatArray,
    as_counts,
    check_level,
    check_positive,
    freeze,
)

# Byar's formula is within 0.2% of the exact 95% limits from ten events on; below, the exact ones are used.
# The switch at ten is the public-health convention, so that our limits equal theirs to the last digit.
BYAR_FROM = 10


@dataclass(frozen=True, slots=True, eq=False)
class RateResult:
    """A crude rate with its interval, and the numbers it came from. Arrays share one shape."""

    value: FloatArray
    low: FloatArray
    high: FloatArray
    counts: FloatArray
    population: FloatArray
    multiplier: float
    level: float
    method: Literal["poisson_exact_below_10_byar_from_10"]


def poisson_interval(counts: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Between which two values does the true mean lie, given this many events?

    Parameters
    ----------
    counts : array of any shape, events, zero or more; nan for missing.
    level : confidence level, strictly between 0 and 1.

    Returns
    -------
    low, high : arrays of the same shape, in events. A missing count has missing limits.

    Raises
    ------
    StatisticsError : a count is negative or infinite, or the level is not a fraction.

    Notes
    -----
    Fewer than ten events: exact limits from the chi-square distribution, `qchisq(a/2, 2x)/2` and
    `qchisq(1-a/2, 2x+2)/2`; no events give a lower limit of exactly 0. Ten or more: Byar's formula.
    `epitools::pois.byar` is another formula (it adds a half at both ends) and gives other limits.

    References
    ----------
    Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69; PHEindicatormethods 2.1.0 `phe_rate`.

    Examples
    --------
    One event; limits as published with PHEindicatormethods (0.0253 and 5.5716):

    >>> low, high = poisson_interval([1])
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.0253, 5.5716)
    """
    check_level(level)
    events = as_counts(counts, name="counts")
    few = events < BYAR_FROM
    exact_low, exact_high = exact_poisson_interval(events, level)
    byar_low, byar_high = _byar_interval(events, level)
    return freeze(np.where(few, exact_low, byar_low)), freeze(np.where(few, exact_high, byar_high))


def exact_poisson_interval(counts: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """What are the exact (Garwood) limits of a Poisson mean, at any number of events?

    Same parameters, returns and errors as `poisson_interval`. R's `poisson.test` gives these limits.

    Welsh nickel workers, from the documentation of `poisson.test(137, 24.19893)` (4.753125 and 6.692709):

    >>> low, high = exact_poisson_interval(137)
    >>> round(float(low) / 24.19893, 6), round(float(high) / 24.19893, 6)
    (4.753125, 6.692709)
    """
    check_level(level)
    events = as_counts(counts, name="counts")
    tail = (1 - level) / 2
    # chdtri wants the upper tail. It has no value at 0 degrees of freedom, where the limit is 0 by definition.
    low = chdtri(2 * np.where(events == 0, 1, events), 1 - tail) / 2
    high = chdtri(2 * events + 2, tail) / 2
    return freeze(np.where(events == 0, 0.0, low)), freeze(np.asarray(high))


def rate(counts: ArrayLike, population: ArrayLike, multiplier: float = 1000, level: float = 0.95) -> RateResult:
    """How many events are there for every thousand residents, and how sure is that?

    Parameters
    ----------
    counts, population : arrays that broadcast to one shape; events and residents (or households, or premises).
    multiplier : 1,000 gives offences per 1,000. Public-health software defaults to 100,000.
    level : confidence level of the limits.

    Returns
    -------
    RateResult : value, low and high in events per `multiplier` of population.

    Raises
    ------
    StatisticsError : something is negative or infinite, the shapes do not fit, the level is not a fraction.

    Notes
    -----
    A population of 0 or nan gives a missing rate, never an infinite one. More events than residents are allowed:
    a town centre has few residents. Add counts and populations first, then take the rate; never average rates.

    Medway 2021/22, 31,389 crimes on 279,903 residents of mid-2021:

    >>> medway = rate(31_389, 279_903)
    >>> round(float(medway.value), 2), round(float(medway.low), 2), round(float(medway.high), 2)
    (112.14, 110.91, 113.39)
    """
    check_positive(multiplier, name="multiplier")
    events, residents = np.broadcast_arrays(as_counts(counts, name="counts"), as_counts(population, name="population"))
    per_resident = np.full(residents.shape, np.nan)
    np.divide(multiplier, residents, out=per_resident, where=residents > 0)
    low, high = poisson_interval(events, level)
    return RateResult(
        value=freeze(np.asarray(events * per_resident)),
        low=freeze(np.asarray(low * per_resident)),
        high=freeze(np.asarray(high * per_resident)),
        counts=as_counts(events, name="counts"),
        population=as_counts(residents, name="population"),
        multiplier=multiplier,
        level=level,
        method="poisson_exact_below_10_byar_from_10",
    )


def _byar_interval(events: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    z = ndtri((1 + level) / 2)
    base = np.maximum(events, 1)  # below ten the result is not used; this keeps zero out of a division
    above = base + 1
    low = base * (1 - 1 / (9 * base) - z / (3 * np.sqrt(base))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return low, high
