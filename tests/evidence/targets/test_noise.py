"""Whether a movement is more than noise, on small drawn rows."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evidence.targets.drawn_plans import plan as draw_plan
from evidence.targets.drawn_plans import quarter, row, share, stretch, year
from wardmote.evidence.targets.comparable import find_comparable, gather_history
from wardmote.evidence.targets.noise import interval_of_difference, judge_signal

QUARTERS = [f"{y}-{y - 1999:02d} Q{q}" for y in range(2012, 2016) for q in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("earlier", "value", "code"),
    [
        (quarter("2014-15 Q3", 117), quarter("2014-15 Q4", 59), "more_than_noise"),
        (quarter("2015-16 Q1", 61), quarter("2015-16 Q2", 55), "within_noise"),
        (quarter("2014-15 Q3", 9), quarter("2014-15 Q4", 4), "too_few"),
        (share("2014-15 Q3", 15, 43), share("2014-15 Q4", 17, 54), "within_noise"),
        (share("2014-15 Q3", 30, 43), share("2014-15 Q4", 17, 54), "more_than_noise"),
        (share("2014-15 Q3", 2, 31), share("2014-15 Q4", 1, 19), "too_few"),
        (quarter("2014-15 Q3", 62.4, shape="percent"), quarter("2014-15 Q4", 68, shape="percent"), "not_tested"),
        (quarter("2014-15 Q3", 117), quarter("2014-15 Q4", 59, state="provisional"), "not_tested"),
        (quarter("2014-15 Q3", 117), quarter("2014-15 Q4", 59, state="projected"), "not_tested"),
        (quarter("2014-15 Q3", 117), quarter("2014-15 Q4", None, state="missing"), "not_tested"),
        (quarter("2014-15 Q3", 117, measure="fly tips"), quarter("2014-15 Q4", 59, measure="bins"), "one_value"),
        (quarter("2014-15 Q3", 117), year("2014-15", 59), "one_value"),
        (share("2014-15 Q3", 30, 43), share("2014-15 Q4", 60, 54), "not_tested"),
    ],
)
def test_signal_of_a_pair_has_its_code(earlier, value, code):
    assert judge_signal(value, [earlier, value]).code == code


def test_signal_of_counts_gives_the_numbers_and_says_which_test():
    signal = judge_signal(quarter("2014-15 Q4", 59), [quarter("2014-15 Q3", 117)])
    assert signal.sentence == (
        "59 after 117 in 2014-15 Q3: more than noise (95% interval of the ratio 0.36 to 0.70; chance alone, taking "
        "events as independent)."
    )


def test_signal_prefers_the_same_quarter_last_year():
    history = [quarter("2014-15 Q2", 145), quarter("2015-16 Q1", 89), quarter("2015-16 Q2", 146)]
    assert "145 in 2014-15 Q2" in judge_signal(history[-1], history).sentence


def test_signal_of_a_varying_series_is_widened_by_what_came_before():
    counts = [100, 160, 90, 170, 95, 150, 110, 165, 130]
    history = [quarter(label, count) for label, count in zip(QUARTERS, counts, strict=False)]
    value = quarter(QUARTERS[9], 200)
    judged = judge_signal(value, [*history, value])
    assert judged.code == "within_noise"
    assert "vary" in judged.sentence
    assert judge_signal(value, history[4:6]).code == "more_than_noise"


def test_signal_of_a_long_series_reads_the_chart():
    counts = [10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12, 30]
    history = [quarter(label, count) for label, count in zip(QUARTERS, counts, strict=False)]
    assert "outside the limits" in judge_signal(history[-1], history).sentence
    assert judge_signal(history[5], history).sentence.startswith("11 after 12 in 2012-13 Q2")  # as it was known then


def test_signal_of_a_renamed_measure_starts_the_chart_anew():
    old = [quarter(label, 10 + n % 3, measure="tips") for n, label in enumerate(QUARTERS[:8])]
    new = [quarter(label, 40 + n % 3, measure="tips and bags") for n, label in enumerate(QUARTERS[8:14])]
    judged = judge_signal(new[-1], [*old, *new])
    assert judged.code == "within_noise"
    assert "chart of 6 values" in judged.sentence


def test_signal_of_one_share_is_held_against_its_target():
    below = judge_signal(share("2015-16 Q1", 33, 33), target=70)
    assert below.code == "one_value"
    assert "90% to 100%, lies wholly above the target of 70%" in below.sentence


def test_signal_reads_last_year_from_a_printed_change():
    history = [quarter("2014-15 Q4", 59)]
    value = quarter("2015-16 Q1", 89, change_pct=-31, change_base="same quarter last year")
    judged = judge_signal(value, history)
    assert judged.code == "more_than_noise"
    assert judged.sentence.startswith("89 after 129 in the same period last year (from the printed -31%)")
    loose = quarter("2015-16 Q1", 89, change_pct=-31, change_base="previous quarter")
    assert judge_signal(loose, history).sentence.startswith("89 after 59 in 2014-15 Q4")


def test_signal_never_writes_a_limit_as_one_that_is_not():
    sentence = judge_signal(quarter("2014-15 Q4", 139), [quarter("2014-15 Q3", 107)]).sentence
    assert "1.0024 to 1.69" in sentence


def test_comparable_of_a_running_total_is_only_last_years():
    nine_months = stretch(date(2014, 4, 1), date(2014, 12, 31), 80)
    twelve = stretch(date(2014, 4, 1), date(2015, 3, 31), 115)
    year_before = stretch(date(2013, 4, 1), date(2014, 3, 31), 120)
    assert find_comparable([nine_months], twelve) is None
    assert find_comparable([year_before, nine_months], twelve) is year_before


def test_history_joins_the_rows_of_one_series():
    old = row([quarter("2014-15 Q4", 59)], id="A", series_key="fpn")
    new = row([quarter("2015-16 Q1", 89)], id="B", series_key="fpn")
    other = row([quarter("2013-14 Q1", 1)], id="C", series_key="tips")
    history = gather_history(draw_plan(new, other, old), new)
    assert [value.number for value in history] == [59, 89]


def test_interval_of_difference_as_published():
    """Newcombe (1998), table II, method 10: 9/10 against 3/10, and 10/10 against 0/10."""
    assert [round(limit, 4) for limit in interval_of_difference((9, 10), (3, 10))] == [0.1705, 0.8090]
    assert [round(limit, 4) for limit in interval_of_difference((10, 10), (0, 10))] == [0.6075, 1.0]


@given(st.integers(0, 300), st.integers(0, 300))
def test_signal_of_counts_agrees_with_the_binomial_interval(now, then):
    judged = judge_signal(quarter("2014-15 Q4", now), [quarter("2014-15 Q3", then)])
    if now + then < 20:
        assert judged.code == "too_few"
        return
    limits = binomtest(now, now + then).proportion_ci(0.95, method="exact")
    differs = limits.low > 0.5 or limits.high < 0.5
    assert judged.code == ("more_than_noise" if differs else "within_noise")


@given(st.integers(0, 60), st.integers(0, 60), st.integers(60, 90), st.integers(60, 90))
def test_interval_of_difference_turns_over_with_its_shares(first, second, whole, other):
    low, high = interval_of_difference((first, whole), (second, other))
    back = interval_of_difference((second, other), (first, whole))
    assert low <= first / whole - second / other <= high
    assert back == pytest.approx((-high, -low))
    assert all(-1 <= limit <= 1 for limit in (low, high))
    assert all(a <= b for a, b in pairwise((low, high)))
