"""Shares of a whole, with Wilson's interval."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from wardmote.evidence.statistics.arrays import FloatArray, as_counts, check_all, check_level, freeze


@dataclass(frozen=True, slots=True, eq=False)
class ProportionResult:
    """A share with its interval, as fractions from 0 to 1, and the two counts it came from."""

    value: FloatArray
    low: FloatArray
    high: FloatArray
    x: FloatArray
    n: FloatArray
    level: float
    method: Literal["wilson_score"]


def wilson_interval(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Between which two shares does the true share lie, when x of n have the property?

    Parameters
    ----------
    x, n : arrays that broadcast to one shape; 0 <= x <= n; nan for missing.
    level : confidence level, strictly between 0 and 1.

    Returns
    -------
    low, high : fractions from 0 to 1. Where n is 0, or anything is missing, both are nan.

    Raises
    ------
    StatisticsError : x is larger than n, something is negative or infinite, the level is not a fraction.

    Notes
    -----
    Wilson's score interval without continuity correction. It stays inside 0..1 and keeps a width when x is 0 or n,
    where the text-book (Wald) interval has none. For a **weighted** survey it is too narrow on the raw n: use the
    effective sample size (sum of weights squared, over the sum of squared weights).

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, p. 209; Newcombe (1998), Stat. Med. 17, p. 857, method 3.

    Examples
    --------
    81 of 263, Newcombe's first example (0.2553 to 0.3662):

    >>> low, high = wilson_interval(81, 263)
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    check_level(level)
    part, whole = _part_and_whole(x, n)
    z = float(ndtri((1 + level) / 2))
    size = np.where(whole > 0, whole, np.nan)
    share = part / size
    centre = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    # At the ends the formula gives 0 and 1 but for rounding; a limit of -1e-18 would print as "-0.0%".
    low = np.where(part == 0, 0 * size, np.maximum(centre - half, 0))
    high = np.where(part == whole, 0 * size + 1, np.minimum(centre + half, 1))
    return freeze(low), freeze(high)


def proportion(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> ProportionResult:
    """What share of the whole is this, and how sure is it?

    Parameters, errors and the treatment of 0 and nan as in `wilson_interval`; value, low and high are fractions.

    >>> result = proportion([1, 0], [4, 0])
    >>> result.value.tolist()
    [0.25, nan]
    """
    part, whole = _part_and_whole(x, n)
    low, high = wilson_interval(part, whole, level)
    share = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return ProportionResult(freeze(share), low, high, part, whole, level, "wilson_score")


def _part_and_whole(x: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    pair = np.broadcast_arrays(as_counts(x, name="x"), as_counts(n, name="n"))
    part, whole = as_counts(pair[0], name="x"), as_counts(pair[1], name="n")
    check_all(~(part > whole), part, name="x", expected="no more than the whole it is part of")
    return part, whole
