"""Control charts: published limits, each documented rule, and a second, plain implementation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.spc import RULES, xmr_chart

nan = math.nan

# R: set.seed(123); rnorm(20), the series of NHSRplotthedots' own tests; its snapshot prints mean 0.142, lower limit
# -3.01 and upper limit 3.29 (tests/testthat/_snaps/ptd_spc_standard.md).
RNORM = """
-0.56047565 -0.23017749 1.55870831 0.07050839 0.12928774 1.71506499 0.46091621 -1.26506123 -0.68685285 -0.44566197
1.22408180 0.35981383 0.40077145 0.11068272 -0.55584113 1.78691314 0.49785048 -1.96661716 0.70135590 -0.47279141
"""


def test_limits_as_published_by_the_nhs_package():
    chart = xmr_chart([float(value) for value in RNORM.split()])
    assert chart.mean[0] == pytest.approx(0.142, abs=0.0005)
    assert chart.low[0] == pytest.approx(-3.01, abs=0.005)
    assert chart.high[0] == pytest.approx(3.29, abs=0.005)
    assert not chart.is_special_cause.any()


def test_limits_by_hand():
    # Mean 5; moving ranges 2, 2, 2, 2; limits 5 +/- 5.32; near limits at two thirds.
    chart = xmr_chart([4, 6, 4, 6, 4, 6])
    assert chart.mean[0] == 5
    assert (chart.low[0], chart.high[0]) == pytest.approx((5 - 5.32, 5 + 5.32))
    assert (chart.near_low[0], chart.near_high[0]) == pytest.approx((5 - 5.32 * 2 / 3, 5 + 5.32 * 2 / 3))


def test_lower_limit_is_not_cut_off_at_zero():
    assert xmr_chart([0, 5, 0, 5, 1, 4]).low[0] < 0


def test_large_moving_ranges_are_left_out_once():
    values = [10, 11, 10, 11, 10, 11, 10, 60, 10, 11, 10, 11, 10]
    screened, plain = xmr_chart(values), xmr_chart(values, screen_outliers=False)
    ranges = np.abs(np.diff(values))
    assert plain.high[0] == pytest.approx(np.mean(values) + 2.66 * ranges.mean())
    assert screened.high[0] == pytest.approx(np.mean(values) + 2.66 * 1)  # the two ranges of 50 are gone
    assert screened.mean[0] == plain.mean[0]  # the mean keeps the point
    assert screened.outside_limits[7]


# One alternating base so that only the planted signal breaks a rule. Each row: the rule, the points, the flagged ones.
BASE = [10, 12, 8, 12, 8, 11, 9, 12, 8, 12, 9, 11, 8, 12]
PLANTED = [
    ("outside_limits", [*BASE, 40, *BASE], [14]),
    ("seven_point_trend", [*BASE, 8.0, 8.6, 9.2, 10.3, 10.9, 11.5, 12.1, 8], [14, 15, 16, 17, 18, 19, 20]),
    ("seven_point_trend", [*BASE, 12, 11.5, 11, 10.5, 9.5, 9, 8.5, 12], [14, 15, 16, 17, 18, 19, 20]),
    ("seven_on_one_side", [*BASE, 8, 11, 12, 11, 12, 11, 12, 11, 8, 9, 8, 9, 8], [15, 16, 17, 18, 19, 20, 21]),
]


@pytest.mark.parametrize(("rule", "values", "flagged"), PLANTED, ids=lambda item: str(item)[:24])
def test_each_member_of_a_signal_is_flagged(rule, values, flagged):
    chart = xmr_chart(values)
    found = np.flatnonzero(getattr(chart, rule)).tolist()
    assert found == flagged


def test_tie_breaks_a_trend():
    assert not xmr_chart([1, 2, 3, 3, 4, 5, 6]).seven_point_trend.any()
    assert xmr_chart([1, 2, 3, 4, 5, 6, 7]).seven_point_trend.all()
    assert not xmr_chart([1, 2, 3, 4, 5, 6]).seven_point_trend.any()


def test_point_on_the_mean_breaks_a_run_on_one_side():
    above = [1, 1, 1, 1, 1, 1, 1]
    below = [-1] * 7
    assert xmr_chart(above + below).seven_on_one_side.all()
    assert not xmr_chart([1, 1, 1, 0, 1, 1, 1, -1, -1, -1, 0, -1, -1, -1]).seven_on_one_side.any()


def test_two_of_three_near_the_limit_need_all_three_on_one_side():
    # The package's own test: +/-1 sixteen times, then two points near opposite limits are common cause.
    opposite = [1.0, -1.0] * 8
    opposite[14], opposite[15] = 5.5, -5.5
    assert not xmr_chart(opposite).two_of_three_near_limit.any()


def test_two_of_three_flags_the_near_points_only():
    values = [1, -1] * 10 + [5.4, 0.6, 5.4, -1, 1, -1, 1]
    chart = xmr_chart(values)
    assert chart.near_high[0] < 5.4 < chart.high[0]
    assert chart.mean[0] < 0.6
    assert np.flatnonzero(chart.two_of_three_near_limit).tolist() == [20, 22]


def flag_slowly(values, chart):
    """The four rules point by point, from their words."""
    n = len(values)
    side = [0 if math.isnan(v) else int(np.sign(v - m)) for v, m in zip(values, chart.mean, strict=True)]
    outside = [v < lo or v > hi for v, lo, hi in zip(values, chart.low, chart.high, strict=True)]
    near = [
        not out and (v < lo or v > hi)
        for v, out, lo, hi in zip(values, outside, chart.near_low, chart.near_high, strict=True)
    ]
    trend, one_side, crowded = [False] * n, [False] * n, [False] * n
    for start in range(n - 6):
        steps = [b - a for a, b in zip(values[start : start + 6], values[start + 1 : start + 7], strict=True)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            trend[start : start + 7] = [True] * 7
        if set(side[start : start + 7]) in ({1}, {-1}):
            one_side[start : start + 7] = [True] * 7
    for start in range(n - 2):
        if sum(near[start : start + 3]) >= 2 and set(side[start : start + 3]) in ({1}, {-1}):
            for member in range(start, start + 3):
                crowded[member] = crowded[member] or near[member]
    return outside, trend, crowded, one_side


points = st.lists(st.one_of(st.integers(0, 12).map(float), st.just(nan)), max_size=60)


@given(values=points)
def test_flags_equal_the_rules_point_by_point(values):
    chart = xmr_chart(values)
    for rule, expected in zip(RULES, flag_slowly(values, chart), strict=True):
        assert getattr(chart, rule).tolist() == expected, rule


@given(values=points, shift=st.integers(-50, 50), scale=st.sampled_from([0.5, 2.0, 8.0]))
def test_flags_do_not_depend_on_the_unit(values, shift, scale):
    one, other = xmr_chart(values), xmr_chart([scale * value for value in values])
    np.testing.assert_array_equal(one.is_special_cause, other.is_special_cause)


def test_missing_value_has_no_flag_and_ends_every_run():
    values = [1.0, 2, 3, nan, 4, 5, 6, 7]
    chart = xmr_chart(values)
    assert not chart.seven_point_trend.any()
    assert not chart.is_special_cause[3]
    assert chart.mean[0] == pytest.approx(4)
    assert chart.high[0] == pytest.approx(4 + 2.66)  # no range across the gap: 1, 1, 1, 1, 1


def test_rebase_starts_anew_and_no_run_crosses_it():
    values = [10, 12] * 7 + [20, 22] * 7
    joined, rebased = xmr_chart(values), xmr_chart(values, rebase=[14])
    assert joined.seven_on_one_side.all()
    assert not rebased.is_special_cause.any()
    assert (rebased.mean[0], rebased.mean[-1]) == (11, 21)
    assert rebased.starts == (0, 14)


def test_fixed_limits_hold_later_points_against_the_first_ones():
    values = [10, 12] * 7 + [20, 22] * 7
    chart = xmr_chart(values, fix_after=14)
    assert set(chart.mean) == {11}
    assert chart.outside_limits.tolist() == [False] * 14 + [True] * 14


def test_short_segments_are_named():
    assert xmr_chart([1, 2] * 6).short_segments == (0,)
    assert xmr_chart([1, 2] * 7).short_segments == ()
    assert xmr_chart([1, 2] * 10, rebase=[14]).short_segments == (14,)


def test_first_rule_follows_the_order():
    values = [10, 12] * 7 + [40] * 7
    chart = xmr_chart(values, fix_after=14)
    assert chart.seven_on_one_side[14:].all()
    assert set(chart.first_rule[14:]) == {"outside_limits"}
    # The 12 before the jump is the eighth point above the mean: on one side, but inside the limits.
    assert set(chart.first_rule[:13]) == {None}
    assert chart.first_rule[13] == "seven_on_one_side"


def test_series_that_never_varies_has_limits_on_its_mean():
    chart = xmr_chart([5] * 14)
    assert (chart.low[0], chart.mean[0], chart.high[0]) == (5, 5, 5)
    assert not chart.is_special_cause.any()


def test_empty_or_missing_series_has_no_limits():
    assert xmr_chart([]).first_rule == ()
    chart = xmr_chart([nan, nan])
    assert np.isnan(chart.mean).all()
    assert not chart.is_special_cause.any()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rebase": [3]}, "a rebase at position 3 of 3"),
        ({"rebase": [-1]}, "a rebase at position -1"),
        ({"fix_after": 1}, "fix_after is 1"),
    ],
)
def test_impossible_chart_is_named(options, words):
    with pytest.raises(StatisticsError, match=words):
        xmr_chart([1, 2, 3], **options)
