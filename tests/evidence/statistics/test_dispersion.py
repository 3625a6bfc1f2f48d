"""The index of dispersion: against statistics of the standard library, a simulation, and its refusals."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from wardmote.evidence.statistics.dispersion import overdispersion
from wardmote.evidence.statistics.errors import StatisticsError

year = st.lists(st.integers(0, 5_000), min_size=12, max_size=12).filter(any)


@given(months=year)
def test_overdispersion_is_variance_over_mean(months):
    result = overdispersion(months)
    expected = statistics.variance(months) / statistics.mean(months)
    assert result.variance_to_mean == pytest.approx(expected, abs=1e-9)
    assert result.p_value == pytest.approx(chi2.sf(11 * expected, 11), abs=1e-12)
    assert result.is_significant == (result.p_value < 0.05)


def test_poisson_years_are_called_overdispersed_one_time_in_twenty():
    generator = np.random.default_rng(1)
    years = generator.poisson(200, (4000, 12))
    share = np.mean([overdispersion(months).is_significant for months in years])
    assert share == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / 4000))


def test_medway_year_is_overdispersed():
    # Crimes in Medway by month, April 2021 to March 2022, as published (31,389 in all).
    months = [2431, 2810, 2453, 2817, 2602, 2668, 2687, 2811, 2595, 2609, 2297, 2609]
    result = overdispersion(months)
    assert sum(months) == 31_389
    assert result.variance_to_mean == pytest.approx(9.978, abs=0.001)
    assert result.is_significant


@pytest.mark.parametrize("months", [[0] * 12, [5.0] * 11 + [math.nan]])
def test_nothing_or_a_missing_month_leaves_the_check_missing(months):
    result = overdispersion(months)
    assert math.isnan(result.variance_to_mean)
    assert math.isnan(result.p_value)
    assert result.is_significant is False


@pytest.mark.parametrize("length", [0, 11, 13, 24])
def test_anything_but_a_whole_year_is_refused(length):
    with pytest.raises(StatisticsError, match="a whole year"):
        overdispersion([5] * length)
