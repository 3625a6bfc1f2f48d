"""Months in which an unusual share of the rows has no place."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import BoolArray, FloatArray, freeze
from wardmote.evidence.statistics.outliers import (
    DEVIATIONS_PER_MAD,
    LEAST_NEIGHBOURS,
    REACH,
    ROBUST_DEVIATIONS,
    SPREAD_NEEDS,
)
from wardmote.evidence.statistics.proportions import proportion

# A rise of two points takes two rows of a hundred out of every district: as much as a change between years that is
# worth a sentence. Smaller ones are significant where a force has 20,000 rows a month, and change nothing.
LEAST_RISE = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class ShareJump:
    """For each month the share without a place with its interval, as fractions, and whether it calls for a question."""

    share: FloatArray
    low: FloatArray
    high: FloatArray
    median: FloatArray
    limit: FloatArray
    is_flagged: BoolArray


def share_jump(x: ArrayLike, n: ArrayLike) -> ShareJump:
    """In which months did a larger share of rows lose their place than in the months around?

    Parameters
    ----------
    x, n : rows without a place and all rows, one number a month in order, none left out; nan for a missing month.

    Returns
    -------
    ShareJump : `share` with Wilson's 95% interval `low`..`high`; `median` of the shares of the other months within
        six on either side; a month is flagged when its share lies above `limit`. Missing months, months of no rows
        and those with fewer than three known neighbours have no limit and are not flagged.

    Raises
    ------
    StatisticsError : x larger than n, negative numbers.

    Notes
    -----
    The limit is the median plus the largest of: two points of a hundred; 3.5 standard deviations of a share drawn by
    chance from that many rows; and, with eight known neighbours or more, 3.5 robust standard deviations of theirs. It
    is the rule of incomplete months (see `completeness_drop`) turned round: only a rise costs the districts rows.

    References
    ----------
    Wilson (1927), J. Am. Stat. Assoc. 22, p. 209, for the interval; Iglewicz and Hoaglin (1993), How to Detect and
    Handle Outliers, ASQC, p. 11, for 3.5 and the robust deviation. The two points are ours.

    Examples
    --------
    A month in which 8 of 100 rows lost their place, among months of about 1:

    >>> jump = share_jump([10, 12, 80, 9, 11], [1000, 1000, 1000, 1000, 1000])
    >>> jump.is_flagged.tolist(), round(float(jump.limit[2]), 4)
    ([False, False, True, False, False], 0.0305)
    """
    found = proportion(x, n)
    shares, rows = np.atleast_1d(found.value), np.atleast_1d(found.n)
    median, limit = np.full(shares.shape, np.nan), np.full(shares.shape, np.nan)
    for position in range(shares.size):
        around = _find_neighbours(shares, position)
        if around.size >= LEAST_NEIGHBOURS and not np.isnan(shares[position]):
            median[position] = np.median(around)
            limit[position] = median[position] + _allow_for_noise(around, float(rows[position]))
    return ShareJump(
        freeze(shares), np.atleast_1d(found.low), np.atleast_1d(found.high), freeze(median), freeze(limit),
        freeze(shares > limit),
    )  # fmt: skip


def _find_neighbours(shares: FloatArray, position: int) -> FloatArray:
    around = np.concatenate([shares[max(0, position - REACH) : position], shares[position + 1 : position + 1 + REACH]])
    return around[~np.isnan(around)]


def _allow_for_noise(around: FloatArray, rows: float) -> float:
    """How far above the median of these months the share of a month of so many rows may lie."""
    median = float(np.median(around))
    allowed: list[float] = [LEAST_RISE, ROBUST_DEVIATIONS * math.sqrt(median * (1 - median) / rows)]
    if around.size >= SPREAD_NEEDS:
        deviation = float(np.median(np.abs(around - median)))
        allowed.append(ROBUST_DEVIATIONS * DEVIATIONS_PER_MAD * deviation)
    return max(allowed)
