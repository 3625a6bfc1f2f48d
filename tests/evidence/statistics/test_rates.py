"""Crude rates: published limits, a slow oracle, and what holds for any count."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm, poisson

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.rates import BYAR_FROM, exact_poisson_interval, poisson_interval, rate

# Counts with their exact 95% and 99.8% limits as PHEindicatormethods publishes them in the test table of its funnels
# (testdata_funnel_ratio_outputs.csv: expected events at which the observed count lies on the limit; found there by
# goal seek, hence good to about six digits).
PUBLISHED = """
count  low_95       high_95      low_998      high_998
1      0.025317898  5.571644585  0.001000547  9.233410143
2      0.242209467  7.224687515  0.045401990  11.22886836
5      1.623486324  11.66833310  0.739371928  16.45474478
9      4.115374050  17.08479966  2.452425215  22.65737951
10     4.795387629  18.39035799  2.960519925  24.13397235
100    81.36400699  121.6268111  71.92139974  134.9243187
716    664.5083011  770.4222128  636.1521174  802.6041400
"""


def read_table(text):
    header, *rows = [line.split() for line in text.strip().splitlines()]
    return [dict(zip(header, map(float, row), strict=True)) for row in rows]


@pytest.mark.parametrize("row", read_table(PUBLISHED), ids=lambda row: f"{row['count']:g} events")
@pytest.mark.parametrize(("level", "suffix"), [(0.95, "95"), (0.998, "998")])
def test_exact_interval_as_published(row, level, suffix):
    low, high = exact_poisson_interval(row["count"], level)
    assert float(low) == pytest.approx(row[f"low_{suffix}"], rel=1e-5, abs=1e-6)
    assert float(high) == pytest.approx(row[f"high_{suffix}"], rel=1e-5, abs=1e-6)


def test_poisson_interval_switches_method_at_ten():
    low, high = poisson_interval([9, 10])
    exact_low, exact_high = exact_poisson_interval([9, 10])
    assert low[0] == exact_low[0]
    assert high[0] == exact_high[0]
    # Byar at ten, by the formula written out: 10 (1 - 1/90 - z/(3 sqrt 10))^3 and 11 (1 - 1/99 + z/(3 sqrt 11))^3
    z = norm.ppf(0.975)
    assert low[1] == pytest.approx(10 * (1 - 1 / 90 - z / (3 * math.sqrt(10))) ** 3, rel=1e-12)
    assert high[1] == pytest.approx(11 * (1 - 1 / 99 + z / (3 * math.sqrt(11))) ** 3, rel=1e-12)
    assert low[1] != exact_low[1]


def solve_limits_slowly(count, level):
    """The definition: the means under which this count, or one further out, has probability (1 - level) / 2."""
    tail = (1 - level) / 2
    high = brentq(lambda mean: poisson.cdf(count, mean) - tail, 1e-9, 10 * count + 50, xtol=1e-11)
    if count == 0:
        return 0.0, high
    return brentq(lambda mean: poisson.sf(count - 1, mean) - tail, 1e-12, count, xtol=1e-12), high


@pytest.mark.parametrize("count", range(10))
@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_small_counts_equal_the_definition(count, level):
    low, high = poisson_interval(count, level)
    slow_low, slow_high = solve_limits_slowly(count, level)
    assert float(low) == pytest.approx(slow_low, abs=1e-8)
    assert float(high) == pytest.approx(slow_high, abs=1e-8)


@given(count=st.integers(BYAR_FROM, 100_000))
def test_byar_is_within_a_fifth_of_a_per_cent_of_exact(count):
    # The public-health technical guide's own statement, from ten events on at 95%.
    for byar, exact in zip(poisson_interval(count), exact_poisson_interval(count), strict=True):
        assert float(byar) == pytest.approx(float(exact), rel=0.002)


@given(count=st.integers(0, 10_000), level=st.floats(0.5, 0.999))
def test_interval_holds_the_count_and_widens_with_the_level(count, level):
    low, high = poisson_interval(count, level)
    wide_low, wide_high = poisson_interval(count, (1 + level) / 2)
    assert wide_low <= low <= count < high < wide_high
    assert (low == 0) == (count == 0)


def test_missing_stays_missing_and_zero_is_a_count():
    low, high = poisson_interval([np.nan, 0])
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] == 0
    assert high[1] == pytest.approx(3.688879, abs=1e-6)  # -log(0.025), and what epitools::pois.exact prints: 3.689


def test_rate_is_per_multiplier_and_carries_its_inputs():
    result = rate([82, 9], [10_000, 10_000], multiplier=100_000)
    assert result.value.tolist() == [820, 90]
    low, high = poisson_interval([82, 9])
    assert result.low == pytest.approx(low * 10)
    assert result.high == pytest.approx(high * 10)
    assert result.counts.tolist() == [82, 9]
    assert (result.multiplier, result.level) == (100_000, 0.95)


@pytest.mark.parametrize(("count", "population"), [(5, 0), (5, np.nan), (np.nan, 100), (0, 0)])
def test_rate_is_missing_without_count_or_population(count, population):
    result = rate([count], [population])
    assert np.isnan([result.value[0], result.low[0], result.high[0]]).all()


def test_rate_allows_more_events_than_residents():
    assert rate(300, 200).value == 1500


def test_rate_broadcasts_one_population_over_months():
    assert rate([[10, 20], [30, 40]], 1000).value.tolist() == [[10, 20], [30, 40]]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: poisson_interval([3, -1, -2]), "counts has -1 at position 1 and 1 more"),
        (lambda: poisson_interval([np.inf]), "counts has inf at position 0"),
        (lambda: poisson_interval([3], level=95), "Write 95% as 0.95"),
        (lambda: poisson_interval(["[u]"]), "not a number"),
        (lambda: rate([3], [-5]), "population has -5"),
        (lambda: rate([3], [5], multiplier=0), "multiplier is 0"),
    ],
)
def test_impossible_input_is_named(call, words):
    with pytest.raises(StatisticsError, match=words.replace("[", r"\[")):
        call()


def test_results_cannot_be_changed_by_their_reader():
    counts = np.array([1.0, 2.0])
    result = rate(counts, [10, 10])
    counts[0] = 99
    assert result.counts[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        result.value[0] = 0
