"""How much more counts vary from month to month than chance alone would make them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from wardmote.evidence.statistics.arrays import FloatArray, as_row, check_level
from wardmote.evidence.statistics.errors import StatisticsError

# A whole year, neither more nor less: a part-year mistakes the season for noise, or misses it; a longer run
# mistakes a trend for noise.
MONTHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Overdispersion:
    """The spread of twelve monthly counts. nan is missing; a missing check is never significant."""

    monthly_counts: FloatArray
    level: float
    variance_to_mean: float
    statistic: float
    p_value: float
    is_significant: bool


def overdispersion(monthly_counts: ArrayLike, level: float = 0.95) -> Overdispersion:
    """Do these twelve months vary more than a Poisson count of their mean would?

    Parameters
    ----------
    monthly_counts : twelve counts; nan for a missing month.
    level : the check is significant when its p-value is below 1 - level.

    Returns
    -------
    Overdispersion : variance over mean (about 1 for Poisson) and the one-sided p-value of the index of dispersion.
        Everything is nan when a month is missing, and when all are 0.

    Raises
    ------
    StatisticsError : not twelve values, a negative count, a level that is no fraction.

    Notes
    -----
    The index `sum((x - mean)^2) / mean` is chi-square with 11 degrees of freedom if the counts are Poisson. A season
    is spread too: the check then makes the annual comparison more cautious than it need be, which is the safe side.

    References
    ----------
    Fisher (1950), Biometrics 6, p. 17; Cox and Lewis (1966), Statistical Analysis of Series of Events, section 6.3.

    Examples
    --------
    >>> steady = overdispersion([9, 11, 10, 8, 12, 10, 9, 11, 10, 10, 11, 9])
    >>> round(steady.variance_to_mean, 3), steady.is_significant
    (0.127, False)
    """
    check_level(level)
    months = as_row(monthly_counts, name="monthly_counts")
    if months.size != MONTHS:
        raise StatisticsError(
            f"{months.size} monthly counts",
            expected=f"{MONTHS}, a whole year",
            to_do="Give the twelve months before, with nan where one is missing.",
        )
    mean = float(months.mean())
    if not mean > 0:  # missing or all zero
        return Overdispersion(months, level, np.nan, np.nan, np.nan, False)
    statistic = float(((months - mean) ** 2).sum() / mean)
    p_value = float(chdtrc(MONTHS - 1, statistic))
    return Overdispersion(months, level, statistic / (MONTHS - 1), statistic, p_value, p_value < 1 - level)
