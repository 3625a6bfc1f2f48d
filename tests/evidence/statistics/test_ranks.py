"""Ranks and funnels: exact chances for two units, published funnel limits, and ties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import gamma

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.ranks import (
    find_outside_funnel,
    funnel_limits,
    rank_descending,
    rank_with_interval,
)
from wardmote.evidence.statistics.rates import exact_poisson_interval

nan = math.nan


def rank_slowly(values):
    known = [value for value in values if not math.isnan(value)]
    return [nan if math.isnan(v) else 1 + sum(other > v for other in known) for v in values]


@given(values=st.lists(st.one_of(st.integers(0, 9).map(float), st.just(nan)), max_size=30))
def test_rank_is_one_more_than_the_number_of_higher_values(values):
    np.testing.assert_array_equal(rank_descending(values), rank_slowly(values))


def chance_of_being_higher(one, other):
    """P(rate one > rate other) under the two gamma posteriors, by integration: the oracle for the draws."""
    (count, population), (count2, population2) = one, other
    first, second = (
        gamma(count + 0.5, scale=1 / population),
        gamma(count2 + 0.5, scale=1 / population2),
    )
    return quad(lambda x: first.pdf(x) * second.cdf(x), *first.ppf([1e-12, 1 - 1e-12]), epsabs=1e-10, limit=200)[0]


# The rank limits of two units at a level are known exactly: the lesser unit may be first if its chance of that is
# at least (1 - level) / 2.
PAIRS = [((50, 1000), (60, 1000)), ((5, 100), (60, 1000)), ((0, 50), (3, 100)), ((90, 1000), (60, 1000))]


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.998])
def test_limits_of_a_pair_follow_the_exact_chance(one, other, level):
    chance = chance_of_being_higher(one, other)
    tail = (1 - level) / 2
    # Where the chance lies at the tail itself, the draws may fall on either side of it.
    tail_is_near = min(abs(chance - tail), abs(1 - chance - tail)) < 0.01
    counts, population = np.array([one, other], dtype=float).T
    result = rank_with_interval(counts / population, counts, population, np.random.default_rng(7), level=level)
    point = result.rank[0]
    best = 1 if chance > tail else 2
    worst = 2 if 1 - chance > tail else 1
    if not tail_is_near:
        assert result.rank_low[0] == min(best, point)
        assert result.rank_high[0] == max(worst, point)
    assert result.rank_low[0] <= point <= result.rank_high[0]


def test_draws_come_from_the_right_posterior():
    # Ten peers alike, one with double the rate: its chance of being first, against simulation by other means.
    counts = np.array([30.0] + [15] * 10)
    population = np.full(11, 1000.0)
    result = rank_with_interval(counts / population, counts, population, np.random.default_rng(2), level=0.9)
    assert (result.rank[0], result.rank_low[0]) == (1, 1)
    assert result.rank_high[0] <= 3
    assert set(result.rank[1:]) == {2}
    assert (result.rank_high[1:] >= 9).all()


@given(
    counts=st.lists(st.integers(0, 500), min_size=1, max_size=15),
    seed=st.integers(0, 99),
)
def test_limits_hold_the_rank_and_stay_among_the_peers(counts, seed):
    population = np.random.default_rng(seed).integers(100, 5000, len(counts)).astype(float)
    values = np.array(counts) / population
    result = rank_with_interval(values, counts, population, np.random.default_rng(seed), draws=200)
    assert (result.rank_low >= 1).all()
    assert (result.rank_low <= result.rank).all()
    assert (result.rank <= result.rank_high).all()
    assert (result.rank_high <= len(counts)).all()


def test_more_population_narrows_the_limits():
    rates, population = np.linspace(80, 120, 9) / 1000, np.full(9, 1_000.0)
    small, large = (
        rank_with_interval(rates, rates * population * k, population * k, np.random.default_rng(1), draws=2000)
        for k in (1, 1000)
    )
    assert (large.rank_high - large.rank_low).sum() == 0
    assert (small.rank_high - small.rank_low).min() >= 3


def test_same_generator_gives_the_same_limits_in_batches_too(monkeypatch):
    arguments = ([3, 2, 1], [30, 20, 10], [10, 10, 10])
    one = rank_with_interval(*arguments, np.random.default_rng(5))
    monkeypatch.setattr("wardmote.evidence.statistics.ranks.BATCH", 10)
    other = rank_with_interval(*arguments, np.random.default_rng(5))
    np.testing.assert_array_equal(one.rank_high, other.rank_high)
    np.testing.assert_array_equal(one.rank_low, other.rank_low)


def test_unit_without_a_value_is_no_peer():
    result = rank_with_interval([5, nan, 3, 2, 1], [5, 9, nan, 2, 1], [1, 1, 1, 0, 1], np.random.default_rng(1))
    np.testing.assert_array_equal(result.rank, [1, nan, nan, nan, 2])
    np.testing.assert_array_equal(np.isnan(result.rank_low), np.isnan(result.rank))
    assert result.ranked_units == 2
    assert result.rank_high[0] <= 2


# PHEindicatormethods, testdata_funnel_ratio_outputs.csv: at these expected counts the limit is the observed count
# (goal seek: about six digits). Columns: observed, expected where it is the lower 95% limit, upper 95%, lower and
# upper 99.8%.
FUNNEL = """
1    5.571644585  0.025317898  9.233410143  0.001000547
5    11.66833310  1.623486324  16.45474478  0.739371928
10   18.39035799  4.795387629  24.13397235  2.960519925
100  121.6268111  81.36400699  134.9243187  71.92139974
716  770.4222128  664.5083011  802.6041400  636.1521174
"""


@pytest.mark.parametrize(
    "line", [line for line in FUNNEL.strip().splitlines() if "-" not in line], ids=lambda line: line.split()[0]
)
def test_funnel_limits_as_published(line):
    observed, lower_95, upper_95, lower_998, upper_998 = map(float, line.split())
    for level, lower_at, upper_at in ((0.95, lower_95, upper_95), (0.998, lower_998, upper_998)):
        limits = funnel_limits(100, [lower_at, upper_at], level, multiplier=100)
        assert limits.low[0] / 100 * lower_at == pytest.approx(observed, rel=1e-4)
        assert limits.high[1] / 100 * upper_at == pytest.approx(observed, rel=1e-4)


@given(
    count=st.integers(0, 3000),
    population=st.integers(10, 100_000),
    group=st.floats(0.5, 200),
    level=st.sampled_from([0.95, 0.998]),
)
def test_outside_the_funnel_exactly_when_the_own_interval_excludes_the_group(count, population, group, level):
    limits = funnel_limits(group, [population], level)
    below, above = find_outside_funnel([1000 * count / population], limits)
    low, high = exact_poisson_interval(count, level)
    expected = group * population / 1000
    if min(abs(low / expected - 1), abs(high / expected - 1)) > 1e-6:
        assert bool(above[0]) == bool(low > expected)
        assert bool(below[0]) == bool(high < expected)


def test_funnel_narrows_with_population_and_is_missing_without():
    limits = funnel_limits(100, [0, nan, 100, 10_000, 1_000_000])
    width = limits.high - limits.low
    assert np.isnan(width[:2]).all()
    assert width[2] > width[3] > width[4] > 0
    assert (limits.low[2:] < 100).all()
    assert (limits.high[2:] > 100).all()


def test_funnel_around_no_crime_is_closed():
    limits = funnel_limits(0, [1000])
    assert (limits.low[0], limits.high[0]) == (0, 0)
    assert find_outside_funnel([nan], limits)[1].tolist() == [False]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: rank_with_interval([1, 2], [1], [1, 1], np.random.default_rng(1)), "have shapes"),
        (lambda: rank_with_interval([1], [-1], [1], np.random.default_rng(1)), "counts has -1"),
        (lambda: rank_with_interval([1], [1], [1], np.random.default_rng(1), draws=0), "draws is 0"),
        (lambda: funnel_limits(-1, [1]), "rate has -1"),
        (lambda: funnel_limits(1, [1], 99.8), "confidence level"),
    ],
)
def test_impossible_ranking_is_named(call, words):
    with pytest.raises(StatisticsError, match=words):
        call()
