"""Whether it is always the same areas that come first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import (
    FloatArray,
    IntArray,
    as_floats,
    check_all,
    check_dimensions,
    check_whole,
    freeze,
)


@dataclass(frozen=True, slots=True, eq=False)
class Persistence:
    """For each unit: periods among the top, periods with a value, and the one as a share of the other (nan: none)."""

    times_in_top: IntArray
    periods_with_value: IntArray
    share: FloatArray
    ranks: FloatArray
    top: int


def top_persistence(ranked_by_period: ArrayLike, top: int = 5) -> Persistence:
    """In how many of the periods was each unit among the first `top`?

    Parameters
    ----------
    ranked_by_period : one row a period, one column a unit: ranks, 1 the highest; nan where a unit has no value.
    top : how many places count as the top, at least 1.

    Returns
    -------
    Persistence : counts and share by unit; a period without a value counts neither for nor against a unit.

    Raises
    ------
    StatisticsError : not a table of periods and units, a rank below 1, a top that is not whole.

    Notes
    -----
    A rank shared at the edge is inside: with three units on place 5, all three are among the top 5. Periods must not
    overlap, or one bad month is counted in several of them. Small areas change places by chance: with no true
    difference a unit of n is among the top 5 in 5/n of the periods.

    Examples
    --------
    >>> stay = top_persistence([[1, 2, 3], [2, float("nan"), 1]], top=1)
    >>> stay.times_in_top.tolist(), stay.periods_with_value.tolist(), stay.share.tolist()
    ([1, 0, 1], [2, 1, 2], [0.5, 0.0, 0.5])
    """
    check_whole(top, name="top", least=1)
    ranks = as_floats(ranked_by_period, name="ranked_by_period")
    check_dimensions(ranks, 2, name="ranked_by_period")
    check_all(~(ranks < 1), ranks, name="ranked_by_period", expected="ranks from 1 on; nan for missing")
    in_top = (ranks <= top).sum(axis=0)
    known = (~np.isnan(ranks)).sum(axis=0)
    share = np.full(known.shape, np.nan)
    np.divide(in_top, known, out=share, where=known > 0)
    return Persistence(freeze(in_top.astype(np.int64)), freeze(known.astype(np.int64)), freeze(share), ranks, top)
