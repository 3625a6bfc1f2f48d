"""Whether two counts differ by more than noise, and the only words for it that the numbers have earned."""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betainc, betaincc, betaincinv, ndtr, ndtri

from wardmote.evidence.statistics.arrays import check_level, check_positive
from wardmote.evidence.statistics.dispersion import Overdispersion, overdispersion
from wardmote.evidence.statistics.errors import StatisticsError

#: Two outcomes whose likelihoods differ by less than this part count as equally likely, as in R's `poisson.test`.
_SAME = 1e-7
_STIRLING_FROM = 16  # from here the series' first term left out is below 1e-13

Direction = Literal["rose", "fell", "similar"]
Method = Literal["exact_conditional", "quasi_poisson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountChange:
    """Two counts compared. Ratios are of rates (count over exposure), current over previous; nan is missing.

    `change_pct` is of the counts alone, `rate_change_pct` of the rates; with equal exposures they are the same.
    """

    current: float
    previous: float
    current_exposure: float
    previous_exposure: float
    level: float
    difference: float
    change_pct: float
    rate_change_pct: float
    rate_ratio: float
    ratio_low: float
    ratio_high: float
    p_value: float
    dispersion: float
    method: Method


def compare_counts(
    current: float,
    previous: float,
    current_exposure: float = 1,
    previous_exposure: float = 1,
    level: float = 0.95,
) -> CountChange:
    """Did the rate behind these two counts change, if counts vary as Poisson does?

    Parameters
    ----------
    current, previous : whole numbers of events, zero or more; nan for missing.
    current_exposure, previous_exposure : what each count is out of (residents, or months), positive, in one unit.
    level : confidence level of the ratio's limits.

    Returns
    -------
    CountChange : all its statistics are nan where a count is missing.

    Raises
    ------
    StatisticsError : a count is negative or not whole, an exposure is not positive, the level is not a fraction.

    Notes
    -----
    Given the total, the current count is binomial; the p-value adds up every outcome no likelier than the one seen
    (the two-sided rule of R's `poisson.test`), the limits are Clopper and Pearson's on that binomial, turned into
    a ratio. Because the two are built differently, p may be just under 0.05 while the 95% limits hold 1; **the
    limits decide the words**. From 0 to something: the percentage is missing, the ratio infinite, its lower limit
    finite. From 0 to 0: the ratio is missing, the limits are 0 and infinity, p is 1.
    Recorded crime varies more than Poisson: see `compare_with_prior_months`.

    References
    ----------
    Przyborowski and Wilenski (1940), Biometrika 31, p. 313; R stats `poisson.test`.

    Examples
    --------
    The documentation of `poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))`: ratio 1.971488, 95% limits 0.8584264
    and 4.2772659, p 0.07967.

    >>> change = compare_counts(11, 6 + 8 + 7, 800, 1083 + 1050 + 878)
    >>> round(change.rate_ratio, 6), round(change.ratio_low, 7), round(change.ratio_high, 7), round(change.p_value, 5)
    (1.971488, 0.8584264, 4.2772659, 0.07967)
    """
    bare = _describe(current, previous, current_exposure, previous_exposure, level)
    _check_whole_counts(bare)
    low, high = _exact_limits(bare, level)
    return replace(bare, ratio_low=low, ratio_high=high, p_value=_exact_p_value(bare))


def compare_counts_overdispersed(
    current: float,
    previous: float,
    dispersion: float,
    *,
    current_exposure: float = 1,
    previous_exposure: float = 1,
    level: float = 0.95,
) -> CountChange:
    """Did the rate change, if counts vary `dispersion` times as much as Poisson?

    Parameters
    ----------
    dispersion : variance over mean, from `overdispersion`; below 1 it is taken as 1, since a quiet year is no
        licence for a narrower interval. The others as in `compare_counts`; counts may be fractions here.

    Returns
    -------
    CountChange : method `quasi_poisson`.

    Raises
    ------
    StatisticsError : as `compare_counts`; or the dispersion is missing or not positive.

    Notes
    -----
    The log of the ratio is taken as normal with variance `dispersion * (1/current + 1/previous)`. Where one count is
    0 that has no value: the exact limits of the counts divided by the dispersion are used. Two zeros: as there.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, sections 4.5 and 6.2 (the variance of a ratio of two
    Poisson counts, inflated by the dispersion).
    """
    check_positive(dispersion, name="dispersion")
    inflated = max(dispersion, 1.0)
    bare = _describe(current, previous, current_exposure, previous_exposure, level)
    bare = replace(bare, dispersion=inflated, method="quasi_poisson")
    low, high = _quasi_limits(bare, level)
    return replace(bare, ratio_low=low, ratio_high=high, p_value=_quasi_p_value(bare))


def compare_with_prior_months(
    current: float,
    previous: float,
    prior_months: ArrayLike,
    *,
    current_exposure: float = 1,
    previous_exposure: float = 1,
    level: float = 0.95,
) -> tuple[CountChange, Overdispersion]:
    """Did the rate change, judged by how much the twelve months before varied?

    `prior_months` are the twelve monthly counts that make up `previous`. Where they vary significantly more than
    Poisson, the quasi-Poisson comparison applies, otherwise (or when one of them is missing) the exact one.
    Returns the comparison and the check that chose it. Raises as the functions it calls.
    """
    spread = overdispersion(prior_months, level)
    if spread.is_significant:
        change = compare_counts_overdispersed(
            current,
            previous,
            spread.variance_to_mean,
            current_exposure=current_exposure,
            previous_exposure=previous_exposure,
            level=level,
        )
    else:
        change = compare_counts(current, previous, current_exposure, previous_exposure, level)
    return change, spread


def describe_direction(change: CountChange, level: float | None = None) -> Direction:
    """Which word has this change earned: rose, fell, or similar?

    `level` asks at another confidence level than the one the change was computed at; the limits are then taken anew
    by the same method. "rose" and "fell" are earned only when the limits of the ratio exclude 1.

    Raises StatisticsError when the comparison is missing: then there is no word to be had, and "similar" would be one.

    >>> describe_direction(compare_counts(90, 100))
    'similar'
    >>> describe_direction(compare_counts(900, 1000))
    'fell'
    """
    low, high = _limits_at(change, change.level if level is None else level)
    if math.isnan(low) or math.isnan(high):
        raise StatisticsError(
            "a direction was asked of a comparison with a missing count",
            expected="two counts",
            to_do="Say that the change cannot be given, and why the count is missing.",
        )
    if low > 1:
        return "rose"
    return "fell" if high < 1 else "similar"


def _describe(
    current: float, previous: float, current_exposure: float, previous_exposure: float, level: float
) -> CountChange:
    """Return the comparison with its plain arithmetic; limits and p-value still missing."""
    check_level(level)
    for name, count in (("current", current), ("previous", previous)):
        if count < 0 or math.isinf(count):
            raise StatisticsError(f"{name} is {count:g} events", expected="zero or more; nan for missing")
    check_positive(current_exposure, name="current_exposure")
    check_positive(previous_exposure, name="previous_exposure")
    ratio = _divide(current, previous) * previous_exposure / current_exposure
    return CountChange(
        current=float(current),
        previous=float(previous),
        current_exposure=float(current_exposure),
        previous_exposure=float(previous_exposure),
        level=level,
        difference=float(current - previous),
        change_pct=100 * (current - previous) / previous if previous > 0 else math.nan,
        rate_change_pct=100 * (ratio - 1) if previous > 0 else math.nan,
        rate_ratio=ratio,
        ratio_low=math.nan,
        ratio_high=math.nan,
        p_value=math.nan,
        dispersion=1.0,
        method="exact_conditional",
    )


def _divide(current: float, previous: float) -> float:
    if previous > 0:
        return current / previous
    return math.inf if previous == 0 and current > 0 else math.nan


def _is_missing(change: CountChange) -> bool:
    return math.isnan(change.difference)


def _check_whole_counts(change: CountChange) -> None:
    for name, count in (("current", change.current), ("previous", change.previous)):
        if not math.isnan(count) and count != round(count):
            raise StatisticsError(
                f"{name} is {count:g} events",
                expected="a whole number, since the exact test counts outcomes",
                to_do="For adjusted counts use compare_counts_overdispersed.",
            )


def _limits_at(change: CountChange, level: float) -> tuple[float, float]:
    check_level(level)
    return _exact_limits(change, level) if change.method == "exact_conditional" else _quasi_limits(change, level)


def _exact_limits(change: CountChange, level: float) -> tuple[float, float]:
    """Return Clopper and Pearson's limits of the current share of the total, as limits of the rate ratio."""
    if _is_missing(change):
        return math.nan, math.nan
    tail = (1 - level) / 2
    # Dividing by the dispersion leaves as many events as carry independent information; it is 1 in the exact case.
    current, previous = change.current / change.dispersion, change.previous / change.dispersion
    share_low = float(betaincinv(current, previous + 1, tail)) if current > 0 else 0.0
    share_high = float(betaincinv(current + 1, previous, 1 - tail)) if previous > 0 else 1.0
    scale = change.previous_exposure / change.current_exposure
    return scale * _odds(share_low), scale * _odds(share_high)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else math.inf


def _exact_p_value(change: CountChange) -> float:
    total = change.current + change.previous
    if math.isnan(total):
        return math.nan
    return _add_unlikelier(round(change.current), round(total), _null_share(change)) if total else 1.0


def _add_unlikelier(seen: int, total: int, share: float) -> float:
    """How likely is a binomial outcome no likelier than the one seen?

    Likelihood rises to the mode and falls from it, so that on either side the outcomes meant are those from one on
    outwards. That one is found by halving and the tails are known functions: a thousand million events cost no more
    than a thousand.
    """
    if not 0 < share < 1:  # exposures so far apart that the smaller is lost beside the larger
        return float(seen == total * share)
    limit = _log_likelihood(seen, total, share) + _SAME
    mode = min(total, math.floor((total + 1) * share))
    if _log_likelihood(mode, total, share) <= limit:
        return 1.0
    low, high = (_find_unlikelier(mode, end, (limit, total, share)) for end in (-1, total + 1))
    below = float(betaincc(low + 1, total - low, share)) if low >= 0 else 0.0
    above = float(betainc(high, total - high + 1, share)) if high <= total else 0.0
    return min(1.0, below + above)


def _find_unlikelier(mode: int, end: int, sought: tuple[float, int, float]) -> int:
    """Return the outcome nearest to the mode, on the way to `end`, that is no likelier than the limit; else `end`."""
    limit, total, share = sought
    likelier, unlikelier = mode, end
    while abs(unlikelier - likelier) > 1:
        middle = (likelier + unlikelier) // 2
        if _log_likelihood(middle, total, share) <= limit:
            unlikelier = middle
        else:
            likelier = middle
    return unlikelier


def _log_likelihood(outcome: int, total: int, share: float) -> float:
    """Return the log of a binomial probability by Loader's saddle point, which keeps its digits for huge totals.

    C. Loader (2000), Fast and Accurate Computation of Binomial Probabilities: the factorials' large parts cancel on
    paper instead of in the machine.
    """
    rest = total - outcome
    if not outcome or not rest:
        return total * (math.log1p(-share) if rest else math.log(share))
    spread = 0.5 * math.log(total / outcome / rest / (2 * math.pi))
    errors = _stirling_error(total) - _stirling_error(outcome) - _stirling_error(rest)
    return spread + errors - _deviance(outcome, total * share) - _deviance(rest, total * (1 - share))


def _deviance(seen: float, expected: float) -> float:
    part = (seen - expected) / expected
    return expected * ((1 + part) * math.log1p(part) - part)


def _stirling_error(number: float) -> float:
    """Return by how much Stirling's formula falls short of the log of a factorial."""
    if number < _STIRLING_FROM:
        return math.lgamma(number + 1) - (number + 0.5) * math.log(number) + number - 0.5 * math.log(2 * math.pi)
    square = float(number) * float(number)
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / number


def _null_share(change: CountChange) -> float:
    """Return the share of the total that the current count would have if the rates were equal."""
    return change.current_exposure / (change.current_exposure + change.previous_exposure)


def _quasi_limits(change: CountChange, level: float) -> tuple[float, float]:
    error = _log_ratio_error(change)
    if not math.isfinite(error):
        return _exact_limits(change, level)
    reach = float(ndtri((1 + level) / 2)) * error
    return change.rate_ratio * math.exp(-reach), change.rate_ratio * math.exp(reach)


def _quasi_p_value(change: CountChange) -> float:
    if _is_missing(change):
        return math.nan
    error = _log_ratio_error(change)
    if math.isfinite(error):
        return float(2 * ndtr(-abs(math.log(change.rate_ratio)) / error))
    # One count is 0: the chance that all the independent events fall on the other side, doubled for two sides.
    share = _null_share(change) if change.previous == 0 else 1 - _null_share(change)
    return float(min(1.0, 2 * share ** ((change.current + change.previous) / change.dispersion)))


def _log_ratio_error(change: CountChange) -> float:
    """Return the standard error of the log of the ratio; nan when missing, infinite when a count is 0."""
    with np.errstate(divide="ignore"):
        inverse = np.reciprocal([change.current, change.previous])
    return math.sqrt(change.dispersion * float(inverse.sum()))
