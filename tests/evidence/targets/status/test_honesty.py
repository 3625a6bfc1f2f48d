"""Nothing is coloured on a figure that cannot be, or by choosing the favourable of two things that contradict."""

from datetime import date

import pytest

from evidence.targets.drawn_plans import quarter, row, share, year
from wardmote.evidence.targets.kinds import (
    Base,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Milestone,
    NoTarget,
    RelativeChange,
    TargetVersion,
    Threshold,
)
from wardmote.evidence.targets.status import judge_indicator

FLOOR = Threshold(">=", 75, "percent")
LAST_YEAR = RelativeChange("decrease", 5, Base("same_period_last_year"))
Q1, Q2 = "2015-16 Q1", "2015-16 Q2"


def judge(values, target=None, **more):
    return judge_indicator(row(values, target, polarity="higher", **more)).periods[-1]


def percent(number, **more):
    return quarter(Q1, number, shape="percent", **more)


CEILING = Threshold("<=", 75, "percent")
PARTS = quarter(Q1, shape="parts", parts=(("day", 90.0), ("night", 130.0)))


@pytest.mark.parametrize(
    ("value", "target"),
    [
        (share(Q1, 60, 50), FLOOR),
        (share(Q1, 41, 40), FLOOR),
        (share(Q1, 41, 40), CohortShare(">=", 80, "Year 12")),
        (share(Q1, 41, 40, whole_alternative=60), FLOOR),
        (share(Q1, 240, 100), Threshold(">=", 120, "percent")),
        (percent(150), FLOOR),
        (percent(1234), FLOOR),
        (percent(-3), CEILING),
        (percent(150), RelativeChange("increase", 5, Base("outturn", 40, unit="percent"))),
        (percent(150), Benchmark("better", "England", 40)),
        (percent(150), Compound((("a", FLOOR), ("b", FLOOR)))),
        (PARTS, FLOOR),
        (quarter(Q1, -130, shape="percent_change"), LAST_YEAR),
    ],
)
def test_a_figure_that_cannot_be_is_grey_and_says_what_to_do(value, target):
    status = judge([value], target)
    assert (status.status, status.reason_code) == ("grey", "definition")
    assert "cannot be right: look at the figure" in status.why


@pytest.mark.parametrize(
    ("value", "target", "colour"),
    [
        (share(Q1, 50, 50), FLOOR, "green"),
        (percent(100), FLOOR, "green"),
        (percent(104), Threshold(">=", 102, "percent"), "green"),  # of a norm, not of a whole
        (percent(150), Threshold("<=", 110, "percent"), "red"),
        (quarter(Q1, 150), Threshold(">=", 75, "people"), "green"),
        (quarter(Q1, 150, change_pct=150), RelativeChange("increase", 100, Base("not_stated")), "green"),
        (quarter(Q1, -100, shape="percent_change"), LAST_YEAR, "green"),
    ],
)
def test_a_figure_that_can_be_is_scored(value, target, colour):
    assert judge([value], target).status == colour


def test_an_impossible_share_says_which_counts():
    assert judge([share(Q1, 60, 50)], FLOOR).why.startswith("60 of 50: the part is larger than its whole")
    assert judge([percent(150)], FLOOR).why.startswith("150% is more than all of the whole")


def versions(*targets):
    return tuple(TargetVersion(target, text) for text, target in targets)


def test_two_targets_in_force_at_once_wait_for_a_choice():
    both = versions(("at least 60%", Threshold(">=", 60, "percent")), ("at least 90%", Threshold(">=", 90, "percent")))
    status = judge([percent(70)], targets=both)
    assert (status.status, status.reason_code, status.target) == ("grey", "definition", None)
    assert "'at least 60%' would make it green and 'at least 90%' would make it red; choose one" in status.why
    assert judge([percent(70)], targets=both[::-1]).reason_code == "definition"


def test_two_targets_in_force_at_once_that_agree_are_scored_and_named():
    both = versions(("at least 60%", Threshold(">=", 60, "percent")), ("at least 65%", Threshold(">=", 65, "percent")))
    status = judge([percent(70)], targets=both)
    assert status.status == "green"
    assert "'at least 60%' and 'at least 65%', and each gives this colour" in status.why


def test_a_target_and_none_at_once_wait_for_a_choice_and_the_same_twice_does_not():
    none_too = versions(("at least 60%", FLOOR), ("to be agreed", NoTarget()))
    assert judge([percent(80)], targets=none_too).reason_code == "definition"
    twice = judge([percent(80)], targets=versions(("75%", FLOOR), ("at least 75%", FLOOR)))
    assert twice.status == "green"
    assert "at once" not in twice.why


def test_targets_that_follow_each_other_do_not_overlap():
    first = TargetVersion(Threshold(">=", 90, "percent"), "90%", valid_to=date(2015, 3, 31))
    second = TargetVersion(FLOOR, "75%", valid_from=date(2015, 4, 1))
    assert judge([percent(80)], targets=(first, second)).status == "green"


@pytest.mark.parametrize("figures", [(80, 60), (60, 80)])
def test_two_figures_for_one_period_are_grey_where_they_differ_in_colour(figures):
    status = judge([percent(number) for number in figures], FLOOR)
    assert (status.status, status.reason_code, status.value) == ("grey", "definition", None)
    assert "80): green" in status.why
    assert status.why.endswith("take out the one that is wrong")
    assert judge([percent(80), percent(90)], FLOOR).status == "green"


def test_two_words_for_one_action_are_both_quoted():
    told = [quarter(Q1, shape="status", text=text) for text in ("complete", "bid lost")]
    assert "'complete'" in judge(told, Milestone("run")).why


def test_a_quarter_told_twice_is_added_to_no_year():
    yearly = CountPerPeriod(">=", 100)
    doubled = judge([quarter(Q1, 30), quarter(Q1, 40), quarter(Q2, 25)], yearly)
    assert (doubled.reason_code, doubled.why.startswith("2015-16 Q1 was reported twice")) == ("definition", True)
    same = judge([quarter(Q1, 30), quarter(Q1, 30), quarter(Q2, 20)], yearly)
    assert (same.status, same.value) == ("green", 50)


def test_a_year_told_twice_is_no_base():
    before = [year("2014-15", 100), year("2014-15", 200)]
    status = judge([*before, year("2015-16", 150)], LAST_YEAR)
    assert (status.status, status.reason_code) == ("grey", "no_baseline")
    assert "reported twice" in status.why
    assert judge([before[0], year("2015-16", 90)], LAST_YEAR).status == "green"


def test_no_half_year_is_made_of_a_quarter_told_twice():
    told = [quarter("2015-16 Q1", n, change_pct=-10.0) for n in (90, 95)]
    found = judge_indicator(row([*told, quarter("2015-16 Q2", 80, change_pct=-10.0)], LAST_YEAR))
    assert [one.period for one in found.periods] == [Q1, Q2]
