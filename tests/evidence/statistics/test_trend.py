"""Trend over years: statsmodels' GLM as independent implementation, breaks, and years that are not enough."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.trend import NotEnoughYears, Trend, describe_trend, five_year_trend

nan = math.nan


def fit_with_statsmodels(counts, exposure, level=0.95):
    design = sm.add_constant(np.arange(len(counts), dtype=float))
    fit = sm.GLM(counts, design, family=sm.families.Poisson(), exposure=exposure).fit(tol=1e-12, maxiter=200)
    dispersion = fit.pearson_chi2 / (len(counts) - 2)
    error = fit.bse[1] * math.sqrt(max(dispersion, 1))
    reach = student.ppf((1 + level) / 2, len(counts) - 2) * error
    p_value = 2 * student.sf(abs(fit.params[1]) / error, len(counts) - 2)
    return fit.params[1], reach, p_value, dispersion


@given(
    counts=st.lists(st.integers(20, 40_000), min_size=3, max_size=8),
    seed=st.integers(0, 1000),
)
def test_trend_equals_statsmodels_glm(counts, seed):
    exposure = np.random.default_rng(seed).uniform(200_000, 300_000, len(counts))
    slope, reach, p_value, dispersion = fit_with_statsmodels(np.array(counts, dtype=float), exposure)
    trend = five_year_trend(counts, exposure)
    assert isinstance(trend, Trend)
    assert trend.log_slope == pytest.approx(slope, abs=1e-7)
    assert trend.dispersion == pytest.approx(dispersion, rel=1e-5, abs=1e-7)
    assert math.log1p(trend.high_pct / 100) == pytest.approx(slope + reach, rel=1e-4, abs=1e-6)
    assert trend.low_pct == pytest.approx(100 * math.expm1(slope - reach), rel=1e-4, abs=1e-4)
    assert trend.p_value == pytest.approx(p_value, abs=1e-5)


def test_fly_tipping_in_medway_rises_as_published_counts_say():
    # Defra, incidents by local authority, Medway 2018-19 to 2022-23.
    trend = five_year_trend([5141, 5713, 5998, 4569, 4664])
    assert isinstance(trend, Trend)
    slope, *_ = fit_with_statsmodels(np.array([5141, 5713, 5998, 4569, 4664.0]), np.ones(5))
    assert trend.change_pct_per_year == pytest.approx(100 * math.expm1(slope))
    assert trend.dispersion > 50  # far from a line: nothing may be said of direction
    assert describe_trend(trend) == "no clear trend"


@given(start=st.floats(100, 10_000), factor=st.floats(0.8, 1.25), unit=st.sampled_from([0.01, 1, 1000]))
def test_exact_growth_is_found_whatever_the_unit_of_exposure(start, factor, unit):
    counts = start * factor ** np.arange(5)
    trend = five_year_trend(counts, np.full(5, unit))
    assert isinstance(trend, Trend)
    assert trend.change_pct_per_year == pytest.approx(100 * (factor - 1), abs=1e-6)
    assert trend.fitted_counts == pytest.approx(counts)


def test_growth_of_population_is_no_trend_in_the_rate():
    population = 270_000 * 1.02 ** np.arange(5)
    trend = five_year_trend(population * 0.1, population)
    assert isinstance(trend, Trend)
    assert trend.change_pct_per_year == pytest.approx(0, abs=1e-9)


SEGMENTS = """
annual               breaks  segments            answer
9,8,7,8,9            -       01234               trend
9,8,7,8,9            2       01|234              trend
9,8,7,8,9            3       012|34              too_few_joined_years
9,8,nan,8,9          -       01|34               too_few_joined_years
9,nan,7,8,9          -       0|234               trend
9,8,7,8,nan          -       0123                trend
9,8,7,nan,9          -       012|4               too_few_joined_years
nan,nan,nan,nan,nan  -       -                   too_few_joined_years
0,0,0,0,0            -       01234               no_events
0,0,0,0,9            -       01234               all_events_in_one_end_year
9,0,0,0,0            -       01234               all_events_in_one_end_year
9,8,0,0,0            2       01|234              no_events
9,8,7,8,9            1,2,4   0|1|23|4            too_few_joined_years
"""


@pytest.mark.parametrize("line", SEGMENTS.strip().splitlines()[1:], ids=lambda line: " ".join(line.split()))
def test_nothing_joins_across_a_break_or_a_missing_year(line):
    annual, breaks, segments, answer = line.split()
    result = five_year_trend(
        [float(count) for count in annual.split(",")],
        breaks=[] if breaks == "-" else [int(position) for position in breaks.split(",")],
    )
    expected = [] if segments == "-" else [tuple(map(int, part)) for part in segments.split("|")]
    assert list(result.segments) == expected
    if answer == "trend":
        assert isinstance(result, Trend)
        assert result.fitted_years == expected[-1]
    else:
        assert isinstance(result, NotEnoughYears)
        assert result.reason == answer


def test_year_without_population_is_missing():
    result = five_year_trend([9, 8, 7, 8, 9], [100, 100, nan, 100, 100])
    assert isinstance(result, NotEnoughYears)
    assert result.segments == ((0, 1), (3, 4))


def test_counts_before_a_break_do_not_touch_the_trend():
    one, other = (five_year_trend([before, 500, 480, 470, 460], breaks=[1]) for before in (5, 50_000))
    assert isinstance(one, Trend)
    assert isinstance(other, Trend)
    assert (one.log_slope, one.p_value) == (other.log_slope, other.p_value)


TREND_WORDS = [
    ([1000, 1100, 1210, 1331, 1464], "rising"),
    ([1464, 1331, 1210, 1100, 1000], "falling"),
    ([1000, 1200, 900, 1150, 1010], "no clear trend"),
    ([10, 11, 12, 13, 15], "no clear trend"),
]


@pytest.mark.parametrize(("annual", "word"), TREND_WORDS)
def test_trend_words_are_earned(annual, word):
    trend = five_year_trend(annual)
    assert isinstance(trend, Trend)
    assert describe_trend(trend) == word


def test_one_huge_year_still_converges():
    trend = five_year_trend([1, 0, 1, 0, 90_000])
    assert isinstance(trend, Trend)
    assert trend.fitted_counts.sum() == pytest.approx(90_002)  # a property of every Poisson maximum likelihood fit
    assert math.isfinite(trend.log_slope)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: five_year_trend([1, -2, 3]), "annual has -2"),
        (lambda: five_year_trend([1, 2, 3], [1, 0, 1]), "exposure has 0"),
        (lambda: five_year_trend([1, 2, 3], [1, 1]), "have shapes"),
        (lambda: five_year_trend([1, 2, 3], breaks=[0]), "a break at position 0"),
        (lambda: five_year_trend([1, 2, 3], breaks=[3]), "a break at position 3 of 3"),
        (lambda: five_year_trend([1, 2, 3], level=0), "confidence level"),
        (lambda: five_year_trend([[1, 2, 3]]), "dimensions"),
    ],
)
def test_impossible_series_is_named(call, words):
    with pytest.raises(StatisticsError, match=words):
        call()
