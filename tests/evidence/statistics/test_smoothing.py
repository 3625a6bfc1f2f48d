"""Marshall's shrunken rates: plain loops as oracle, the ends, and that they are nearer the truth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.smoothing import smooth_rates

nan = math.nan
areas = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 5000)), min_size=1, max_size=30)


def smooth_slowly(counts, population):
    """Marshall (1991), pp. 284-285, as R's spdep documents `EBest`, one area at a time."""
    mean = sum(counts) / sum(population)
    spread = sum(n * (y / n - mean) ** 2 for y, n in zip(counts, population, strict=True)) / sum(population)
    variance = max(0, spread - mean / (sum(population) / len(population)))
    rates = []
    for y, n in zip(counts, population, strict=True):
        kept = variance / (variance + mean / n) if variance + mean / n > 0 else 0
        rates.append(mean + kept * (y / n - mean))
    return rates


@given(table=areas)
def test_smoothed_rates_equal_the_plain_loop(table):
    counts, population = zip(*table, strict=True)
    assert smooth_rates(counts, population, 1).value == pytest.approx(smooth_slowly(counts, population), abs=1e-12)


@given(table=areas)
def test_each_rate_lies_between_its_raw_rate_and_the_mean(table):
    counts, population = zip(*table, strict=True)
    rates = smooth_rates(counts, population)
    ends = np.sort([rates.raw, np.full(len(counts), rates.prior_mean)], axis=0)
    assert (rates.value >= ends[0] - 1e-9).all()
    assert (rates.value <= ends[1] + 1e-9).all()
    assert ((rates.weight >= 0) & (rates.weight <= 1)).all()


def test_larger_areas_keep_more_of_their_own_rate():
    rates = smooth_rates([5, 500, 50, 10], [50, 5000, 1000, 400])
    assert np.argsort(rates.weight).tolist() == np.argsort([50, 5000, 1000, 400]).tolist()


def test_smoothed_rates_lie_nearer_the_truth():
    generator = np.random.default_rng(8)
    population = generator.integers(100, 3000, 300)
    truth = generator.gamma(20, 0.005, 300)  # mean 100 per 1,000
    rates = smooth_rates(generator.poisson(truth * population), population)
    raw_miss, smooth_miss = (((found - 1000 * truth) ** 2).mean() for found in (rates.raw, rates.value))
    assert smooth_miss < 0.85 * raw_miss
    assert rates.prior_mean == pytest.approx(100, rel=0.05)
    assert math.sqrt(rates.prior_variance) == pytest.approx(1000 * math.sqrt(20) * 0.005, rel=0.15)


def test_differences_that_chance_explains_are_smoothed_away():
    rates = smooth_rates([10, 11, 9, 10], [100, 100, 100, 100])
    assert rates.prior_variance == 0
    assert set(rates.value) == {100}


def test_area_without_people_or_count_stays_missing_and_moves_nobody():
    with_gaps = smooth_rates([30, nan, 7, 260], [1000, 500, 0, 1000])
    without = smooth_rates([30, 260], [1000, 1000])
    assert np.isnan(with_gaps.value[[1, 2]]).all()
    assert with_gaps.value[[0, 3]] == pytest.approx(without.value)


def test_no_event_anywhere_is_a_rate_of_zero():
    assert smooth_rates([0, 0], [10, 20]).value.tolist() == [0, 0]


def test_no_area_at_all_is_missing():
    assert np.isnan(smooth_rates([nan], [10]).value).all()
    assert smooth_rates([], []).value.size == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(([1], [1, 2]), "have shapes"), (([-1], [1]), "counts has -1"), (([1], [1], 0), "multiplier is 0")],
)
def test_impossible_areas_are_named(arguments, words):
    with pytest.raises(StatisticsError, match=words):
        smooth_rates(*arguments)
