"""Two counts compared: R's published example, a slow binomial oracle, and words that must be earned."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, norm, poisson_means_test

from wardmote.evidence.statistics import change as change_module
from wardmote.evidence.statistics.change import (
    compare_counts,
    compare_counts_overdispersed,
    compare_with_prior_months,
    describe_direction,
)
from wardmote.evidence.statistics.errors import StatisticsError

counts = st.integers(0, 400)
exposures = st.sampled_from([0.5, 1, 3, 800, 3011])


def p_value_slowly(current, total, share):
    """Every outcome of the binomial that is no likelier than the one seen, added up one by one."""
    seen = binom.pmf(current, total, share)
    return min(1, sum(p for k in range(total + 1) if (p := binom.pmf(k, total, share)) <= seen * (1 + 1e-7)))


def test_compare_counts_as_in_the_documentation_of_poisson_test():
    # R: poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))
    change = compare_counts(11, 21, 800, 3011)
    assert change.rate_ratio == pytest.approx(1.971488, abs=5e-7)
    assert (change.ratio_low, change.ratio_high) == pytest.approx((0.8584264, 4.2772659), abs=5e-8)
    assert change.p_value == pytest.approx(0.07967, abs=5e-6)


@given(current=st.integers(0, 60), previous=st.integers(0, 60), e1=exposures, e0=exposures)
def test_p_value_equals_the_sum_over_all_outcomes(current, previous, e1, e0):
    assume(current + previous > 0)
    change = compare_counts(current, previous, e1, e0)
    assert change.p_value == pytest.approx(p_value_slowly(current, current + previous, e1 / (e1 + e0)), abs=1e-9)


@given(total=st.integers(1, 100_000), place=st.floats(-6, 6), e1=exposures, e0=exposures)
def test_p_value_of_many_events_equals_the_sum_over_all_outcomes(total, place, e1, e0):
    share = e1 / (e1 + e0)
    current = min(total, max(0, round(total * share + place * math.sqrt(total * share * (1 - share)))))
    likelihood = binom.pmf(np.arange(total + 1), total, share)
    slow = min(1.0, likelihood[likelihood <= likelihood[current] * (1 + 1e-7)].sum())
    assert compare_counts(current, total - current, e1, e0).p_value == pytest.approx(slow, rel=1e-6, abs=1e-12)


def count_steps(monkeypatch, current, previous):
    """How many likelihoods were asked for, and the most memory that was held meanwhile."""
    asked = []
    likelihood = change_module._log_likelihood
    monkeypatch.setattr(change_module, "_log_likelihood", lambda *of: asked.append(of) or likelihood(*of))
    tracemalloc.start()
    found = compare_counts(current, previous)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    monkeypatch.undo()
    return found, len(asked), most_bytes


def test_million_thousand_million_events_cost_no_more_than_some(monkeypatch):
    compare_counts(1, 2)  # what is loaded on first use is not counted
    _, steps, some_bytes = count_steps(monkeypatch, 500, 520)
    many, many_steps, many_bytes = count_steps(monkeypatch, 5 * 10**14 + 3 * 10**7, 5 * 10**14 - 3 * 10**7)
    assert many.p_value == pytest.approx(2 * norm.sf(6e7 / math.sqrt(1e15)), rel=1e-4)
    assert steps <= 2 * 10 + 2
    assert many_steps <= 2 * 50 + 2
    assert many_bytes < some_bytes + 50_000


def test_exposures_too_far_apart_for_a_share_still_have_a_p_value():
    assert compare_counts(3, 0, 1e20, 1).p_value == 1
    assert compare_counts(2, 1, 1e20, 1).p_value == 0


@given(current=counts, previous=counts, e1=exposures, e0=exposures, level=st.floats(0.5, 0.999))
def test_limits_are_the_odds_of_the_exact_binomial_limits(current, previous, e1, e0, level):
    assume(current + previous > 0)
    change = compare_counts(current, previous, e1, e0, level)
    exact = binomtest(current, current + previous).proportion_ci(level, method="exact")
    low, high = (share / (1 - share) * e0 / e1 if share < 1 else math.inf for share in (exact.low, exact.high))
    assert (change.ratio_low, change.ratio_high) == pytest.approx((low, high), rel=1e-6)


@given(current=counts, previous=counts)
def test_turning_the_comparison_round_turns_the_answer_round(current, previous):
    assume(current > 0 and previous > 0)
    there, back = compare_counts(current, previous, 2, 3), compare_counts(previous, current, 3, 2)
    assert there.p_value == pytest.approx(back.p_value, rel=1e-9)
    assert there.ratio_low == pytest.approx(1 / back.ratio_high)
    assert there.rate_ratio == pytest.approx(1 / back.rate_ratio)
    assert there.difference == -back.difference


@pytest.mark.parametrize(("current", "previous"), [(120, 150), (2_700, 2_600), (60, 20)])
def test_exact_test_agrees_with_the_e_test_in_kind(current, previous):
    # The E-test (Krishnamoorthy and Thomson 2004) is another test of the same question: near, never wildly apart.
    exact, e_test = (
        compare_counts(current, previous).p_value,
        poisson_means_test(current, 1, previous, 1).pvalue,
    )
    assert exact == pytest.approx(e_test, abs=0.02)


CHANGES = """
current  previous  difference  change_pct  ratio  p_is_one
150      100       50          50          1.5    no
100      150       -50         -33.333333  0.667  no
0        10        -10         -100        0      no
10       0         10          nan         inf    no
0        0         0           nan         nan    yes
"""


@pytest.mark.parametrize("row", [line.split() for line in CHANGES.strip().splitlines()[1:]], ids=" ".join)
def test_change_in_plain_arithmetic(row):
    current, previous, difference, change_pct, ratio = map(float, row[:5])
    change = compare_counts(current, previous)
    assert change.difference == difference
    assert change.change_pct == pytest.approx(change_pct, nan_ok=True, rel=1e-6)
    assert change.rate_change_pct == pytest.approx(change_pct, nan_ok=True, rel=1e-6)
    assert change.rate_ratio == pytest.approx(ratio, nan_ok=True, abs=5e-4)
    assert (change.p_value == 1) == (row[5] == "yes")


def test_change_on_rates_differs_from_change_on_counts_when_the_population_grew():
    change = compare_counts(1100, 1000, 110_000, 100_000)
    assert change.change_pct == 10
    assert change.rate_change_pct == pytest.approx(0, abs=1e-12)
    assert describe_direction(change) == "similar"


def test_from_nothing_to_something_has_a_finite_lower_limit():
    change = compare_counts(10, 0)
    # All ten on one side: the share's limit is 0.025 ** (1 / 10), by hand.
    share = 0.025 ** (1 / 10)
    assert change.ratio_low == pytest.approx(share / (1 - share))
    assert change.ratio_high == math.inf
    assert describe_direction(change) == "rose"


@pytest.mark.parametrize(("current", "previous"), [(math.nan, 5), (5, math.nan)])
@pytest.mark.parametrize("compare", [compare_counts, lambda c, p: compare_counts_overdispersed(c, p, 2)])
def test_missing_count_leaves_the_whole_comparison_missing(compare, current, previous):
    change = compare(current, previous)
    answers = [
        change.difference,
        change.change_pct,
        change.rate_ratio,
        change.ratio_low,
        change.ratio_high,
        change.p_value,
    ]
    assert np.isnan(answers).all()
    with pytest.raises(StatisticsError, match="missing count"):
        describe_direction(change)


# The words. At 95%, exact: 80 against 100 is noise, 800 against 1,000 is not.
WORDS = """
current  previous  dispersion  word
80       100       1           similar
800      1000      1           fell
1000     800       1           rose
800      1000      8           similar
1000     800       8           similar
700      1000      8           fell
0        0         1           similar
0        5         1           similar
0        6         1           fell
0        6         4           similar
30       0         4           rose
"""


@pytest.mark.parametrize("row", [line.split() for line in WORDS.strip().splitlines()[1:]], ids=" ".join)
def test_words_are_earned(row):
    current, previous, dispersion = map(float, row[:3])
    if dispersion == 1:
        change = compare_counts(current, previous)
    else:
        change = compare_counts_overdispersed(current, previous, dispersion)
    assert describe_direction(change) == row[3]


@given(current=counts, previous=counts, level=st.sampled_from([0.8, 0.9, 0.99, 0.998]))
def test_word_at_another_level_is_the_word_of_that_level(current, previous, level):
    assert describe_direction(compare_counts(current, previous), level) == describe_direction(
        compare_counts(current, previous, level=level)
    )


def test_quasi_poisson_is_the_normal_interval_of_the_log_ratio():
    change = compare_counts_overdispersed(1200, 1000, 4, current_exposure=2, previous_exposure=1, level=0.998)
    error = math.sqrt(4 * (1 / 1200 + 1 / 1000))
    log_ratio = math.log(0.6)
    assert math.log(change.ratio_low) == pytest.approx(log_ratio - norm.ppf(0.999) * error)
    assert math.log(change.ratio_high) == pytest.approx(log_ratio + norm.ppf(0.999) * error)
    assert change.p_value == pytest.approx(2 * norm.cdf(log_ratio / error))
    assert (change.method, change.dispersion) == ("quasi_poisson", 4)


def test_quasi_poisson_never_narrows_below_poisson():
    assert compare_counts_overdispersed(120, 100, 0.2) == compare_counts_overdispersed(120, 100, 1)


@given(current=st.integers(30, 400), previous=st.integers(30, 400))
def test_without_overdispersion_both_methods_agree_closely(current, previous):
    exact, quasi = compare_counts(current, previous), compare_counts_overdispersed(current, previous, 1)
    assert quasi.ratio_low == pytest.approx(exact.ratio_low, rel=0.06)
    assert quasi.ratio_high == pytest.approx(exact.ratio_high, rel=0.06)


@given(current=counts, previous=counts, phi=st.floats(1, 50), more=st.floats(1.01, 5), level=st.floats(0.6, 0.99))
def test_more_dispersion_widens_the_limits(current, previous, phi, more, level):
    assume(current + previous > 0)
    narrow = compare_counts_overdispersed(current, previous, phi, level=level)
    wide = compare_counts_overdispersed(current, previous, phi * more, level=level)
    assert wide.ratio_low <= narrow.ratio_low
    assert wide.ratio_high >= narrow.ratio_high
    assert wide.p_value >= narrow.p_value


@given(zero_first=st.booleans(), count=st.integers(1, 40), phi=st.floats(1, 20), e1=exposures)
def test_p_value_and_limits_agree_when_one_count_is_zero(zero_first, count, phi, e1):
    current, previous = (0, count) if zero_first else (count, 0)
    change = compare_counts_overdispersed(current, previous, phi, current_exposure=e1)
    one_sided = e1 / (e1 + 1) if previous == 0 else 1 / (e1 + 1)
    assume(abs(2 * one_sided ** (count / phi) - 0.05) > 1e-6)
    excludes_one = change.ratio_low > 1 or change.ratio_high < 1
    # A tail on the unlikely side only: with a lopsided exposure a zero can also lie on its likely side.
    assert excludes_one == (change.p_value < 0.05)


def test_prior_months_choose_the_method():
    steady = [100, 96, 104, 99, 101, 103, 97, 100, 98, 102, 100, 100]
    wild = [40, 190, 60, 150, 100, 30, 170, 90, 130, 80, 120, 40]
    change, spread = compare_with_prior_months(1100, sum(steady), steady)
    assert (change.method, spread.is_significant) == ("exact_conditional", False)
    change, spread = compare_with_prior_months(1100, sum(wild), wild)
    assert (change.method, spread.is_significant) == ("quasi_poisson", True)
    assert change.dispersion == spread.variance_to_mean > 1


def test_missing_prior_month_falls_back_to_the_exact_comparison():
    change, spread = compare_with_prior_months(1100, 1000, [100.0] * 11 + [math.nan])
    assert change.method == "exact_conditional"
    assert math.isnan(spread.variance_to_mean)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: compare_counts(-1, 5), "current is -1"),
        (lambda: compare_counts(5, math.inf), "previous is inf"),
        (lambda: compare_counts(5.5, 5), "whole number"),
        (lambda: compare_counts(5, 5, 0, 1), "current_exposure is 0"),
        (lambda: compare_counts(5, 5, 1, math.nan), "previous_exposure is nan"),
        (lambda: compare_counts(5, 5, level=95), "Write 95% as 0.95"),
        (lambda: compare_counts_overdispersed(5, 5, math.nan), "dispersion is nan"),
        (lambda: describe_direction(compare_counts(5, 5), 1), "confidence level"),
    ],
)
def test_impossible_comparison_is_named(call, words):
    with pytest.raises(StatisticsError, match=words):
        call()


def test_adjusted_counts_may_be_fractions_in_the_quasi_comparison():
    assert compare_counts_overdispersed(70.4, 80.1, 1.5).difference == pytest.approx(-9.7)


@pytest.mark.parametrize(("current", "previous"), [(31, 10**10), (10**10, 31), (0, 10**10)])
def test_counts_worlds_apart_need_no_memory_to_be_told_apart(current, previous):
    assert compare_counts(current, previous).p_value == 0


def test_count_far_from_the_other_has_scipys_p_value_up_to_the_shortcut():
    assert compare_counts(150_000, 20_000).p_value == binomtest(150_000, 170_000).pvalue == 0
    assert compare_counts(400, 150).p_value == pytest.approx(binomtest(400, 550).pvalue, rel=1e-6)
