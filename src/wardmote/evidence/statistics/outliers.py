"""Months whose count is so low that the file behind it may not be whole."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import BoolArray, FloatArray, as_row, freeze

# Six months on either side hold one whole year, so that the median carries no season and little trend.
REACH = 6
# With two neighbours the median is their mean, and one bad neighbour moves it at will; of three it is outvoted.
LEAST_NEIGHBOURS = 3
# Months that are whole still differ. February has 28 of the mean 30.4 days: 8% less. Medway's lowest whole month of
# 2021/22, that February, lay 12% below its neighbours' median. Kent's incomplete November 2018 lay 20% below, so the
# line is drawn between the two.
LEAST_DROP = 0.15
# Iglewicz and Hoaglin (1993) call a value an outlier at 3.5 robust standard deviations from the median.
ROBUST_DEVIATIONS = 3.5
# For normal data the median absolute deviation is 0.6745 standard deviations, and 1 / 0.6745 = 1.4826.
DEVIATIONS_PER_MAD = 1.4826
# The spread of the neighbours is asked only where two bad months among them cannot set it: at 3 of 8 the median of
# the deviations would still be that of a good month.
SPREAD_NEEDS = 8


@dataclass(frozen=True, slots=True, eq=False)
class CompletenessDrop:
    """For each month: the neighbours' median, how far below it the month lies, and whether that calls for a warning."""

    monthly_counts: FloatArray
    median: FloatArray
    drop_pct: FloatArray
    limit: FloatArray
    is_flagged: BoolArray


def completeness_drop(monthly_counts: ArrayLike) -> CompletenessDrop:
    """Which months lie so far below those around them that their file may be incomplete?

    Parameters
    ----------
    monthly_counts : counts in order, none left out; nan for a missing month.

    Returns
    -------
    CompletenessDrop : `drop_pct` is per cent below the median of the other months within six on either side (negative
        when above); a month is flagged when it lies below `limit`. Missing months, months with fewer than three known
        neighbours, and those whose neighbours' median is 0 have no drop and are not flagged.

    Raises
    ------
    StatisticsError : negative counts, or not one row.

    Notes
    -----
    The limit is the median less the largest of: 15% of it; 3.5 standard deviations of a Poisson count of that size
    (which rules where counts are small); and, with eight known neighbours or more, 3.5 robust standard deviations of
    theirs. A flag is a question to the publisher, not a verdict: the first lockdown was as deep as a missing file.
    Near the ends of a series the months around lie on one side only, and a strong season looks like a fault there:
    ask of all rows of a file, not of one offence.

    References
    ----------
    Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers, ASQC, p. 11.

    Examples
    --------
    Crimes in Medway, October 2018 to February 2019, as open data has them; November and December are incomplete:

    >>> drop = completeness_drop([2964, 2043, 976, 2673, 2458])
    >>> drop.is_flagged.tolist(), [round(float(x)) for x in drop.drop_pct]
    ([False, True, True, False, False], [-32, 20, 62, -19, -4])
    """
    months = as_row(monthly_counts, name="monthly_counts")
    median, limit = np.full(months.shape, np.nan), np.full(months.shape, np.nan)
    for position in range(months.size):
        neighbours = _find_neighbours(months, position)
        if neighbours.size >= LEAST_NEIGHBOURS:
            median[position] = np.median(neighbours)
            limit[position] = median[position] - _allow_for_noise(neighbours)
    drop = np.full(months.shape, np.nan)
    np.divide(100 * (median - months), median, out=drop, where=median > 0)
    return CompletenessDrop(months, freeze(median), freeze(drop), freeze(limit), freeze(months < limit))


def _find_neighbours(months: FloatArray, position: int) -> FloatArray:
    before = months[max(0, position - REACH) : position]
    after = months[position + 1 : position + 1 + REACH]
    around = np.concatenate([before, after])
    return around[~np.isnan(around)]


def _allow_for_noise(neighbours: FloatArray) -> float:
    """Return how far below the median of these months a whole month may lie."""
    median = float(np.median(neighbours))
    allowed = [LEAST_DROP * median, ROBUST_DEVIATIONS * median**0.5]
    if neighbours.size >= SPREAD_NEEDS:
        deviation = float(np.median(np.abs(neighbours - median)))
        allowed.append(ROBUST_DEVIATIONS * DEVIATIONS_PER_MAD * deviation)
    return float(max(allowed))
