"""Rates of small areas, drawn towards the mean by as much as chance blurs them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import (
    FloatArray,
    as_row,
    check_positive,
    check_same_length,
    freeze,
)


@dataclass(frozen=True, slots=True, eq=False)
class SmoothedRates:
    """Shrunken rates beside the raw ones. `weight` is the part of each raw rate that is kept, from 0 to 1."""

    value: FloatArray
    raw: FloatArray
    weight: FloatArray
    prior_mean: float
    prior_variance: float
    counts: FloatArray
    population: FloatArray
    multiplier: float


def smooth_rates(counts: ArrayLike, population: ArrayLike, multiplier: float = 1000) -> SmoothedRates:
    """What rate should a map of small areas show, so that it shows areas and not chance?

    Parameters
    ----------
    counts, population : events and residents of each area, one row each; nan for missing.
    multiplier : 1,000 gives offences per 1,000.

    Returns
    -------
    SmoothedRates : per `multiplier`. An area without count or population stays missing and does not enter the mean.
        `prior_mean` and `prior_variance` are on the same scale (the variance on its square).

    Raises
    ------
    StatisticsError : negative or infinite numbers, different lengths, a multiplier that is not positive.

    Notes
    -----
    Marshall's global estimator by moments. With m the rate of all areas together and n their mean population, the true
    rates are taken to vary by `A = sum(pop (rate - m)^2) / sum(pop) - m / n` (not below 0), and an area keeps
    `A / (A + m / pop)` of its distance from m. A = 0 says that chance explains every difference: all areas are given m.
    A smoothed rate is for maps and for finding places; the figure of one area is its raw rate with its interval.

    References
    ----------
    Marshall (1991), Applied Statistics 40, pp. 284-285; R spdep `EBest(family = "poisson")`.

    Examples
    --------
    >>> rates = smooth_rates([30, 0, 260], [1000, 10, 1000])
    >>> rates.raw.tolist(), [round(float(x), 1) for x in rates.value]
    ([30.0, 0.0, 260.0], [31.2, 75.8, 258.7])
    """
    check_positive(multiplier, name="multiplier")
    events, residents = as_row(counts, name="counts"), as_row(population, name="population")
    check_same_length(events, residents, names="counts and population")
    at_risk = np.where((residents > 0) & ~np.isnan(events), residents, np.nan)
    raw = events / at_risk
    mean, variance = _estimate_prior(raw, at_risk)
    with np.errstate(invalid="ignore"):  # 0 / 0 where there is no event at all, settled in the next line
        weight = variance / (variance + mean / at_risk)
    weight = np.where(np.isnan(at_risk), np.nan, np.nan_to_num(weight))
    value = mean + weight * (raw - mean)
    return SmoothedRates(
        value=freeze(value * multiplier),
        raw=freeze(raw * multiplier),
        weight=freeze(weight),
        prior_mean=mean * multiplier,
        prior_variance=variance * multiplier**2,
        counts=events,
        population=residents,
        multiplier=multiplier,
    )


def _estimate_prior(raw: FloatArray, at_risk: FloatArray) -> tuple[float, float]:
    """Return mean and variance of the true rates, by moments; nan when no area is known."""
    known = ~np.isnan(at_risk)
    rates, residents = raw[known], at_risk[known]
    if residents.size == 0:
        return float("nan"), float("nan")
    total = residents.sum()
    mean = float((rates * residents).sum() / total)
    spread = float((residents * (rates - mean) ** 2).sum() / total)
    return mean, max(0.0, spread - mean / float(residents.mean()))
