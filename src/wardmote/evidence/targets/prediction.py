"""How likely a total or a share is to end on the right side of a level, from what has been seen of it so far."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betainc, betaincinv

from wardmote.evidence.statistics.arrays import check_level, check_positive
from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.targets.kinds import Operator

#: Jeffreys' priors: Gamma(1/2, 0) for a Poisson rate, Beta(1/2, 1/2) for a share. They weigh half an event.
PRIOR_EVENTS = 0.5
#: A level of 8.2% of 500 is 41 but for rounding in the machine.
_EQUAL_WITHIN = 1e-9
#: Beyond so many cases to come the exact sum over them is not affordable: somebody may type a thousand million.
_MOST_SUMMED = 10_000
_SHARES_COUNT = 4096


@dataclass(frozen=True, slots=True)
class Prediction:
    """The chance of meeting the level (0..1) and the limits between which the end figure is likely to lie."""

    chance: float
    low: float
    high: float


def predict_total(
    seen: float, months_seen: float, months_left: float, *, operator: Operator, level: float, confidence: float = 0.95
) -> Prediction:
    """Will the year's total meet a level, if events go on coming at the pace they have come?

    Parameters
    ----------
    seen : events so far, zero or more. months_seen, months_left : how long they took, and how long is left; positive.
    operator, level : the promise about the total, in events.
    confidence : of the limits, strictly between 0 and 1.

    Returns
    -------
    Prediction : chance from 0 to 1; limits of the total in events.

    Raises
    ------
    StatisticsError : a negative count, a stretch that is not positive, a confidence that is no fraction.

    Notes
    -----
    Events are Poisson with a steady rate, whose prior is Jeffreys' Gamma(1/2, 0); seen in t months, x events make it
    Gamma(x + 1/2, t), and what comes in the r months left negative binomial with mean (x + 1/2) r / t and variance
    mean (1 + r / t). No season and no trend: a count with a strong season is foretold too surely.

    References
    ----------
    Gelman et al. (2014), Bayesian Data Analysis, 3rd ed., chapter 2: section 2.6 (p. 44, the negative binomial as
    prediction), section 2.8 (p. 53, Jeffreys' prior).

    Examples
    --------
    48 in a half year, at least 100 promised for the year:

    >>> half = predict_total(48, 6, 6, operator=">=", level=100)
    >>> round(half.chance, 3), half.low, half.high
    (0.363, 79.0, 117.0)
    """
    from scipy.stats import nbinom  # heavy, and most statuses need no forecast

    _check_seen(seen, confidence)
    check_positive(months_seen, name="months_seen")
    check_positive(months_left, name="months_left")
    rest = nbinom(seen + PRIOR_EVENTS, months_seen / (months_seen + months_left))
    tail = (1 - confidence) / 2
    low, high = rest.ppf(tail), rest.ppf(1 - tail)
    return Prediction(_chance(rest, operator, level - seen), seen + float(low), seen + float(high))


def predict_share(
    part: float, whole: float, whole_left: int, *, operator: Operator, level: float, confidence: float = 0.95
) -> Prediction:
    """Will the year's share meet a level, if so many cases are still to come?

    Parameters
    ----------
    part, whole : cases with the property and all cases so far; 0 <= part <= whole, whole above 0.
    whole_left : cases still to come, at least 1.
    operator, level : the promise about the share of all of them, in percent.
    confidence : of the limits, strictly between 0 and 1.

    Returns
    -------
    Prediction : chance from 0 to 1; limits of the year's share in percent.

    Raises
    ------
    StatisticsError : a part larger than its whole, nothing to come, a confidence that is no fraction.

    Notes
    -----
    Cases are independent with one share, whose prior is Jeffreys' Beta(1/2, 1/2); what comes is beta-binomial: summed
    exactly up to 10,000 cases to come, beyond them averaged over 4,096 equally likely shares (error below 0.0002).

    References
    ----------
    Gelman et al. (2014), Bayesian Data Analysis, 3rd ed., chapter 2: sections 2.4 and 2.8 (p. 53).

    Examples
    --------
    >>> round(predict_share(15, 30, 30, operator=">=", level=50).chance, 2)
    0.55
    """
    _check_seen(part, confidence)
    if part > whole or whole <= 0 or whole_left < 1:
        raise StatisticsError(
            f"{part:g} of {whole:g} with {whole_left} to come", expected="a part of a whole, and some"
        )
    rest = _foresee_cases(whole_left, part + PRIOR_EVENTS, whole - part + PRIOR_EVENTS)
    total, tail = whole + whole_left, (1 - confidence) / 2
    limits = [100 * (part + float(rest.ppf(at))) / total for at in (tail, 1 - tail)]
    return Prediction(_chance(rest, operator, level / 100 * total - part), limits[0], limits[1])


def _foresee_cases(count: int, alpha: float, beta: float) -> Any:
    from scipy.stats import betabinom  # heavy, and most statuses need no forecast

    return betabinom(count, alpha, beta) if count <= _MOST_SUMMED else _ManyCases(count, alpha, beta)


class _ManyCases:
    """A beta-binomial count of very many cases: the binomial averaged over equally likely shares of the beta."""

    def __init__(self, count: int, alpha: float, beta: float) -> None:
        self.count = count
        self._shares = betaincinv(alpha, beta, (np.arange(_SHARES_COUNT) + 0.5) / _SHARES_COUNT)

    def cdf(self, most: int) -> float:
        if most < 0 or most >= self.count:
            return float(most >= self.count)
        return float(np.mean(betainc(float(self.count - most), float(most + 1), 1 - self._shares)))

    def sf(self, most: int) -> float:
        return 1 - self.cdf(most)

    def ppf(self, chance: float) -> int:
        """Return the least count whose chance of not being passed is as high, found by halving."""
        low, high = -1, self.count
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.cdf(middle) >= chance else (middle, high)
        return high


def _chance(rest: Any, operator: Operator, needed: float) -> float:  # scipy has no types
    """Return the chance that a whole number still to come meets the level that is left."""
    if operator == ">=":
        return float(rest.sf(math.ceil(needed - _EQUAL_WITHIN) - 1))
    if operator == ">":
        return float(rest.sf(math.floor(needed + _EQUAL_WITHIN)))
    if operator == "<=":
        return float(rest.cdf(math.floor(needed + _EQUAL_WITHIN)))
    return float(rest.cdf(math.ceil(needed - _EQUAL_WITHIN) - 1))


def _check_seen(seen: float, confidence: float) -> None:
    check_level(confidence)
    if not (math.isfinite(seen) and seen >= 0):
        raise StatisticsError(f"{seen} events were seen", expected="zero or more")
