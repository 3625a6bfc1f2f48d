"""Which months of the year run high, and by how much."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from wardmote.evidence.statistics.arrays import FloatArray, IntArray, as_floats, as_row, check_dimensions, freeze
from wardmote.evidence.statistics.errors import StatisticsError

YEAR = 12
# The centred average needs six months on either side, so 24 months leave each calendar month exactly one ratio.
MOVING_AVERAGE_NEEDS = 24
# Half a month at both ends, so that thirteen months weigh as twelve and the average sits on a month.
CENTRED_WEIGHTS = np.array([0.5, *[1.0] * 11, 0.5]) / YEAR

ProfileMethod = Literal["ratio_to_moving_average", "share_of_year", "not_enough"]


@dataclass(frozen=True, slots=True, eq=False)
class MonthProfile:
    """The usual shape of a year. `indexes[0]` is January; 1.0 is the average month, 1.2 is 20% above it.

    `observations[m]` says how many months or ratios stand behind each index, `years` how many whole years of
    unbroken months were used. With method `not_enough` every index is nan.
    """

    values: FloatArray
    first_month: int
    indexes: FloatArray
    observations: IntArray
    years: int
    method: ProfileMethod


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """A series taken apart: values = trend + seasonal + remainder, all of one length."""

    values: FloatArray
    trend: FloatArray
    seasonal: FloatArray
    remainder: FloatArray
    seasonal_window: int | Literal["periodic"]
    robust: bool


def month_profile(values: ArrayLike, first_month: int) -> MonthProfile:
    """How does each calendar month compare with the average month?

    Parameters
    ----------
    values : monthly counts in order, none left out; nan for a missing month.
    first_month : calendar month of the first value, 1 (January) to 12.

    Returns
    -------
    MonthProfile : twelve indexes around 1.0, from January on, whatever the first month was.

    Raises
    ------
    StatisticsError : the values are not one row of counts, or the first month is not 1 to 12.

    Notes
    -----
    With 24 unbroken months or more: `ratio_to_moving_average`, the classical multiplicative decomposition. Each month
    is divided by its centred 12-month average, the ratios are averaged by calendar month and scaled to a mean of 1;
    trend and level cancel. With 12 to 23: `share_of_year`, month over mean of the latest unbroken twelve months of
    each run; one year's weather and events are in it, so it must be labelled as one year. With no unbroken twelve
    months: `not_enough`. A missing month leaves out the averages that would need it; it is never filled.
    Months differ in length (February is 8% short of the average month): the index includes that.

    References
    ----------
    Kendall and Stuart (1983), The Advanced Theory of Statistics 3, pp. 410-414; R stats `decompose`.

    Examples
    --------
    >>> profile = month_profile([10.0] * 11 + [21.0], first_month=1)
    >>> profile.method, round(float(profile.indexes[11]), 2)
    ('share_of_year', 1.92)
    """
    _check_month(first_month)
    months = as_row(values, name="values")
    runs = _find_unbroken_runs(months)
    if any(stop - start >= MOVING_AVERAGE_NEEDS for start, stop in runs):
        return _profile_by_moving_average(months, first_month, runs)
    return _profile_by_year(months, first_month, runs)


def stl_decompose(
    values: ArrayLike, *, seasonal_window: int | Literal["periodic"] = "periodic", robust: bool = False
) -> Decomposition:
    """What is left of a monthly series once its season and its trend are taken out?

    Parameters
    ----------
    values : at least 24 monthly values in order; none may be missing.
    seasonal_window : an odd number of years of at least 7 lets the season drift; "periodic" holds it fixed.
    robust : give outlying months little weight.

    Returns
    -------
    Decomposition : three parts that add up to the values.

    Raises
    ------
    StatisticsError : fewer than 24 months, a missing month, a window that is even or below 7.

    Notes
    -----
    statsmodels' STL with period 12. "periodic" follows R: a degree-0 season over a window wider than the series, then
    averaged by calendar month so that every year has the very same season.

    References
    ----------
    Cleveland, Cleveland, McRae and Terpenning (1990), J. Official Stat. 6, pp. 3-73; R stats `stl`.
    """
    months = as_floats(values, name="values")
    check_dimensions(months, 1, name="values")
    _check_unbroken(months)
    fit = _fit_stl(months, seasonal_window, robust)
    trend, seasonal = np.asarray(fit.trend, dtype=np.float64), np.asarray(fit.seasonal, dtype=np.float64)
    if seasonal_window == "periodic":
        seasonal = _average_by_month(seasonal)
    remainder = months - trend - seasonal
    return Decomposition(months, freeze(trend), freeze(seasonal), freeze(remainder), seasonal_window, robust)


def _profile_by_moving_average(months: FloatArray, first_month: int, runs: list[tuple[int, int]]) -> MonthProfile:
    average = np.full(months.shape, np.nan)
    average[6:-6] = np.convolve(months, CENTRED_WEIGHTS, mode="valid")
    ratios = np.full(months.shape, np.nan)
    np.divide(months, average, out=ratios, where=average > 0)
    indexes, observations = _mean_by_calendar_month(ratios, first_month)
    years = sum((stop - start) // YEAR for start, stop in runs)
    return MonthProfile(months, first_month, _scale_to_one(indexes), observations, years, "ratio_to_moving_average")


def _profile_by_year(months: FloatArray, first_month: int, runs: list[tuple[int, int]]) -> MonthProfile:
    ratios = np.full(months.shape, np.nan)
    years = 0
    for start, stop in runs:
        year = slice(stop - YEAR, stop)
        if stop - start >= YEAR and months[year].sum() > 0:
            ratios[year] = months[year] / months[year].mean()
            years += 1
    indexes, observations = _mean_by_calendar_month(ratios, first_month)
    method: ProfileMethod = "share_of_year" if years else "not_enough"
    return MonthProfile(months, first_month, _scale_to_one(indexes), observations, years, method)


def _mean_by_calendar_month(ratios: FloatArray, first_month: int) -> tuple[FloatArray, IntArray]:
    """Return the mean ratio of each calendar month, from January, and how many there were."""
    known = ~np.isnan(ratios)
    calendar = (np.arange(ratios.size) + first_month - 1) % YEAR
    observations = np.bincount(calendar[known], minlength=YEAR)
    sums = np.bincount(calendar[known], weights=ratios[known], minlength=YEAR)
    means = np.full(YEAR, np.nan)
    np.divide(sums, observations, out=means, where=observations > 0)
    return means, freeze(observations.astype(np.int64))


def _scale_to_one(indexes: FloatArray) -> FloatArray:
    """Return the indexes with a mean of exactly 1; they stay missing where any calendar month is."""
    return freeze(indexes / indexes.mean())


def _find_unbroken_runs(months: FloatArray) -> list[tuple[int, int]]:
    """Return start and stop (exclusive) of each run of months that are all there."""
    known = np.concatenate(([False], ~np.isnan(months), [False]))
    edges = np.flatnonzero(known[1:] != known[:-1])
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def _fit_stl(months: FloatArray, seasonal_window: int | Literal["periodic"], robust: bool) -> Any:
    from statsmodels.tsa.seasonal import STL  # a heavy import, needed only here

    if seasonal_window == "periodic":
        # Ten times the series plus one is how R writes "as wide as you like"; always odd.
        return STL(months, period=YEAR, seasonal=10 * months.size + 1, seasonal_deg=0, robust=robust).fit()
    if seasonal_window < 7 or seasonal_window % 2 == 0:
        raise StatisticsError(
            f"a seasonal window of {seasonal_window}", expected='an odd number of at least 7, or "periodic"'
        )
    return STL(months, period=YEAR, seasonal=seasonal_window, robust=robust).fit()


def _average_by_month(seasonal: FloatArray) -> FloatArray:
    phase = np.arange(seasonal.size) % YEAR
    return (np.bincount(phase, weights=seasonal) / np.bincount(phase))[phase]


def _check_month(first_month: int) -> None:
    if first_month not in range(1, YEAR + 1):
        raise StatisticsError(f"first_month is {first_month}", expected="1 (January) to 12 (December)")


def _check_unbroken(months: FloatArray) -> None:
    missing = int(np.isnan(months).sum())
    if missing or months.size < MOVING_AVERAGE_NEEDS:
        raise StatisticsError(
            f"{months.size} months of which {missing} are missing",
            expected=f"at least {MOVING_AVERAGE_NEEDS} months with none missing",
            to_do="Take the longest unbroken run, or use month_profile, which says when there is not enough.",
        )
