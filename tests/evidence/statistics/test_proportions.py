"""Shares: Newcombe's published limits, statsmodels as oracle, and the ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.proportions import proportion, wilson_interval

# Newcombe (1998), Stat. Med. 17, table I, method 3 (score without continuity correction), 95%.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("x", "n", "low", "high"), NEWCOMBE)
def test_wilson_interval_as_published(x, n, low, high):
    found = wilson_interval(x, n)
    assert [round(float(limit), 4) for limit in found] == [low, high]


@given(n=st.integers(1, 100_000), share=st.floats(0, 1), level=st.floats(0.5, 0.999))
def test_wilson_interval_equals_statsmodels(n, share, level):
    x = round(n * share)
    low, high = wilson_interval(x, n, level)
    oracle = proportion_confint(x, n, alpha=1 - level, method="wilson")
    assert (float(low), float(high)) == pytest.approx(oracle, abs=1e-12)
    assert 0 <= low <= x / n <= high <= 1


@given(n=st.integers(1, 10_000))
def test_wilson_interval_ends_exactly_at_none_and_all(n):
    low, high = wilson_interval([0, n], n)
    assert low[0] == 0
    assert high[1] == 1
    assert low[1] == pytest.approx(1 - high[0])  # none of n and all of n mirror one another


@given(x=st.integers(0, 500), extra=st.integers(0, 500))
def test_share_and_its_complement_mirror(x, extra):
    n = x + extra or 1
    low, high = wilson_interval(min(x, n), n)
    other_low, other_high = wilson_interval(n - min(x, n), n)
    assert float(low) == pytest.approx(1 - float(other_high), abs=1e-12)
    assert float(high) == pytest.approx(1 - float(other_low), abs=1e-12)


@pytest.mark.parametrize(("x", "n"), [(0, 0), (np.nan, 5), (5, np.nan)])
def test_proportion_of_nothing_or_missing_is_missing(x, n):
    result = proportion([x], [n])
    assert np.isnan([result.value[0], result.low[0], result.high[0]]).all()


def test_proportion_is_a_fraction_with_its_inputs():
    result = proportion([1, 3], [4, 4], level=0.998)
    assert result.value.tolist() == [0.25, 0.75]
    assert (result.x.tolist(), result.n.tolist(), result.level) == ([1, 3], [4, 4], 0.998)


@pytest.mark.parametrize(
    ("x", "n", "words"), [(5, 4, "no more than the whole"), (-1, 4, "x has -1"), (0, -4, "n has -4")]
)
def test_impossible_share_is_named(x, n, words):
    with pytest.raises(StatisticsError, match=words):
        proportion(x, n)
