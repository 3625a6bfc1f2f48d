"""Sums over the last twelve months."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import FloatArray, as_floats, check_dimensions, check_whole, freeze


def rolling_sum(values: ArrayLike, window: int = 12) -> FloatArray:
    """How many were there in the year ending with each month?

    Parameters
    ----------
    values : one value a month, in order, none left out; nan for a missing month.
    window : months in the sum, at least 1.

    Returns
    -------
    array of the same length: position i holds the sum of the `window` values ending at i. It is nan while the
    window is not full, and wherever one of its months is missing: a sum of eleven months is never shown as twelve.

    Raises
    ------
    StatisticsError : the values are not one row, or the window is not a whole number of at least 1.

    Notes
    -----
    **Two rolling sums less than `window` months apart share months.** They are not two observations: never test one
    against the other, and never put control-chart rules on a rolling series. Compare a year with the year before it.

    References
    ----------
    The 'year ending' convention of ONS and Home Office crime tables.

    Examples
    --------
    >>> rolling_sum([1, 2, 3, 4, float("nan"), 6], window=2).tolist()
    [nan, 3.0, 5.0, 7.0, nan, nan]
    """
    check_whole(window, name="window", least=1)
    months = as_floats(values, name="values")
    check_dimensions(months, 1, name="values")
    sums = np.full(months.shape, np.nan)
    if months.size >= window:
        # Each window is added on its own: a running total would carry one missing month to the end of the series.
        sums[window - 1 :] = sliding_window_view(months, window).sum(axis=1)
    return freeze(sums)
