"""How fast a yearly count rises or falls, over the years that may be joined."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from wardmote.evidence.statistics.arrays import (
    FloatArray,
    as_row,
    check_all,
    check_level,
    check_same_length,
    freeze,
)
from wardmote.evidence.statistics.errors import StatisticsError

# Two years always lie on a line; the third is the first that can contradict it.
LEAST_YEARS = 3
# Newton's method on a log-linear Poisson model roughly doubles its digits at each step; 50 is far beyond need.
MOST_STEPS = 50

Segment = tuple[int, ...]
Reason = Literal["too_few_joined_years", "no_events", "all_events_in_one_end_year"]
TrendWord = Literal["rising", "falling", "no clear trend"]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Trend:
    """A yearly rate of change over the latest joined years. `segments` and `fitted_years` are positions."""

    annual: FloatArray
    exposure: FloatArray
    breaks: tuple[int, ...]
    level: float
    segments: tuple[Segment, ...]
    fitted_years: Segment
    fitted_counts: FloatArray
    log_slope: float
    change_pct_per_year: float
    low_pct: float
    high_pct: float
    p_value: float
    dispersion: float
    degrees_of_freedom: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NotEnoughYears:
    """No trend can be given, and why. The segments are still there to be drawn, unjoined."""

    annual: FloatArray
    exposure: FloatArray
    breaks: tuple[int, ...]
    level: float
    segments: tuple[Segment, ...]
    reason: Reason


def five_year_trend(
    annual: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    breaks: Sequence[int] = (),
    level: float = 0.95,
) -> Trend | NotEnoughYears:
    """By how many per cent a year did the rate rise or fall, over the years that may be joined?

    Parameters
    ----------
    annual : one count a year in order, as a rule five; nan for a missing year. Years must not overlap.
    exposure : residents (or months) of each year, positive; 1 each when left out. Where it is nan the year is missing.
    breaks : positions at which something new begins: 2 says that years 1 and 2 may not be joined.
    level : confidence level of the limits.

    Returns
    -------
    Trend : of the **latest** joined years, at least three; earlier segments are listed, never joined.
    NotEnoughYears : fewer than three joined years, no event in them, or all events in their first or last year.

    Raises
    ------
    StatisticsError : negative counts, exposures not positive, a break outside the series, a level that is no fraction.

    Notes
    -----
    A log-linear Poisson model, `log(count) = log(exposure) + a + b * year`; the change per year is `exp(b) - 1`.
    Standard errors are inflated by the root of Pearson's dispersion (never below 1), and Student's t with n - 2
    degrees of freedom is used, as R's `glm(family = quasipoisson)` does: with few years the limits are wide, and
    that is what few years know.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, sections 6.2 and 4.5; R stats `glm`.

    Examples
    --------
    Exactly 10% a year:

    >>> trend = five_year_trend([1000, 1100, 1210, 1331, float("nan"), 90], breaks=[])
    >>> isinstance(trend, NotEnoughYears), trend.segments
    (True, ((0, 1, 2, 3), (5,)))
    >>> round(five_year_trend([1000, 1100, 1210, 1331]).change_pct_per_year, 6)
    10.0
    """
    check_level(level)
    counts = as_row(annual, name="annual")
    offsets = _read_exposure(exposure, counts)
    cuts = _read_breaks(breaks, counts.size)
    segments = _split(~np.isnan(counts) & ~np.isnan(offsets), cuts)
    reason = _find_obstacle(counts, segments)
    if reason is not None:
        return NotEnoughYears(
            annual=counts, exposure=offsets, breaks=cuts, level=level, segments=segments, reason=reason
        )
    return _fit_trend(counts, offsets, cuts, segments, level)


def describe_trend(trend: Trend) -> TrendWord:
    """Which word has this trend earned? "rising" and "falling" only when the limits exclude no change."""
    if trend.low_pct > 0:
        return "rising"
    return "falling" if trend.high_pct < 0 else "no clear trend"


def _fit_trend(
    counts: FloatArray, exposure: FloatArray, cuts: tuple[int, ...], segments: tuple[Segment, ...], level: float
) -> Trend:
    latest = segments[-1]
    years = np.array(latest, dtype=np.float64)
    seen, at_risk = counts[list(latest)], exposure[list(latest)]
    fitted, slope, slope_variance = _fit_log_line(years, seen, at_risk)
    freedom = len(latest) - 2
    dispersion = float(((seen - fitted) ** 2 / fitted).sum() / freedom)
    error = math.sqrt(slope_variance * max(dispersion, 1.0))
    reach = float(stdtrit(freedom, (1 + level) / 2)) * error
    return Trend(
        annual=counts,
        exposure=exposure,
        breaks=cuts,
        level=level,
        segments=segments,
        fitted_years=latest,
        fitted_counts=freeze(fitted),
        log_slope=slope,
        change_pct_per_year=_as_pct(slope),
        low_pct=_as_pct(slope - reach),
        high_pct=_as_pct(slope + reach),
        p_value=float(2 * stdtr(freedom, -abs(slope) / error)),
        dispersion=dispersion,
        degrees_of_freedom=freedom,
    )


def _fit_log_line(years: FloatArray, counts: FloatArray, exposure: FloatArray) -> tuple[FloatArray, float, float]:
    """Return fitted counts, slope and its Poisson variance, by Newton's method from a flat line."""
    design = np.column_stack([np.ones_like(years), years - years.mean()])
    beta = np.array([math.log(counts.sum() / exposure.sum()), 0.0])
    for _ in range(MOST_STEPS):
        fitted = exposure * np.exp(design @ beta)
        information = design.T @ (design * fitted[:, None])
        step = np.linalg.solve(information, design.T @ (counts - fitted))
        # A full step from a flat line can overshoot where one year is far above the rest; e-fold steps cannot.
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-12:
            break
    fitted = exposure * np.exp(design @ beta)
    variance = np.linalg.inv(design.T @ (design * fitted[:, None]))[1, 1]
    return fitted, float(beta[1]), float(variance)


def _as_pct(log_change: float) -> float:
    """Return a change of the log as a percentage; infinite where no number can hold it."""
    return 100 * math.expm1(log_change) if log_change < 700 else math.inf


def _split(known: np.ndarray, cuts: tuple[int, ...]) -> tuple[Segment, ...]:
    """Return the runs of known years, cut where something new begins."""
    segments: list[list[int]] = []
    for year in np.flatnonzero(known).tolist():
        joins = bool(segments) and segments[-1][-1] == year - 1 and year not in cuts
        if joins:
            segments[-1].append(year)
        else:
            segments.append([year])
    return tuple(tuple(segment) for segment in segments)


def _find_obstacle(counts: FloatArray, segments: tuple[Segment, ...]) -> Reason | None:
    """Return why the latest segment carries no trend, or nothing."""
    if not segments or len(segments[-1]) < LEAST_YEARS:
        return "too_few_joined_years"
    seen = counts[list(segments[-1])]
    if seen.sum() == 0:
        return "no_events"
    # With every event in an end year the best-fitting slope is infinite.
    if seen[1:].sum() == 0 or seen[:-1].sum() == 0:
        return "all_events_in_one_end_year"
    return None


def _read_exposure(exposure: ArrayLike | None, counts: FloatArray) -> FloatArray:
    if exposure is None:
        return freeze(np.ones_like(counts))
    at_risk = as_row(exposure, name="exposure")
    check_same_length(counts, at_risk, names="annual and exposure")
    check_all(~(at_risk == 0), at_risk, name="exposure", expected="a positive number; nan for missing")
    return at_risk


def _read_breaks(breaks: Sequence[int], length: int) -> tuple[int, ...]:
    cuts = tuple(sorted({int(position) for position in breaks}))
    for position in cuts:
        if not 0 < position < length:
            raise StatisticsError(
                f"a break at position {position} of {length} years",
                expected=f"1 to {length - 1}, the position of the first year after the break",
            )
    return cuts
