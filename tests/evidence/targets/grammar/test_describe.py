"""Each kind of target, said in plain English."""

from datetime import date

import pytest

from wardmote.evidence.targets.grammar import describe_target
from wardmote.evidence.targets.kinds import (
    Base,
    Benchmark,
    CohortShare,
    Compound,
    CountPerPeriod,
    Frequency,
    Milestone,
    NoChange,
    NoTarget,
    PointsChange,
    RelativeChange,
    Target,
    Threshold,
    Trajectory,
)

NOT_STATED = Base("not_stated")
OUT_TURN = Base("outturn", 426, "2014-15", "per 100k")
SAID: list[tuple[Target, str]] = [
    (Threshold(">=", 85, "percent"), "at least 85%"),
    (Threshold("<", 28, "percent", "a national benchmark"), "below 28% (a national benchmark)"),
    (Threshold("<=", 50_000, "money"), "at most £50,000"),
    (Threshold("<=", -1_250.5, "money"), "at most -£1,250.5"),
    (Threshold("<=", 20, "working days"), "at most 20 working days"),
    (Threshold(">=", 90, "percent", is_split_unstated=True), "at least 90% (of which part is not said)"),
    (CountPerPeriod(">=", 100, "practitioners"), "at least 100 practitioners in a financial year"),
    (CountPerPeriod(">=", 1, "campaign", "once", "March-May"), "at least 1 campaign (March-May)"),
    (RelativeChange("decrease", 5, NOT_STATED), "down 5% on a base that is not stated"),
    (RelativeChange("increase", 0, Base("previous_year")), "up on the previous year"),
    (RelativeChange("decrease", 5, Base("same_period_last_year")), "down 5% on the same period last year"),
    (
        RelativeChange("decrease", 10, Base("same_period_last_year", 145, "2014-15 Q2")),
        "down 10% on the same quarter last year (145)",
    ),
    (PointsChange(-1, NOT_STATED), "down 1 percentage point on a base that is not stated"),
    (Benchmark("similar", "the England average", 8.1), "similar to the England average (8.1)"),
    (CohortShare(">=", 80, "Year 12"), "at least 80% of Year 12"),
    (Milestone("contract awarded", due=date(2026, 3, 31)), "done when: contract awarded, by 31 March 2026"),
    (Milestone(parts=("launched", "evaluated")), "done when: launched and evaluated"),
    (Milestone(), "done when: not said"),
    (
        Trajectory(85.2, "2004-2008 average", 2020, 51.12),
        "from 85.2 (2004-2008 average) to 51.12 by 2020, in a straight line",
    ),
    (Frequency(1, "discussion", "quarter"), "at least 1 discussion every quarter"),
    (Frequency(2, "", "financial_year"), "at least twice every year"),
    (NoChange("no_increase", OUT_TURN), "no increase on the out-turn of 2014/15 (426 per 100k)"),
    (NoChange("maintain", NOT_STATED, 2), "no change from a base that is not stated, within 2%"),
    (NoTarget("not_set"), "no target (not set)"),
    (
        Compound((("licences", Threshold(">=", 65, "percent")), ("orders", Threshold(">=", 75, "percent")))),
        "licences: at least 65%; orders: at least 75%",
    ),
]


@pytest.mark.parametrize(("target", "words"), SAID)
def test_describe_target_of_each_kind(target: Target, words: str) -> None:
    assert describe_target(target) == words


def test_describe_target_of_something_else_says_what_it_found() -> None:
    with pytest.raises(TypeError, match="int is no kind of target"):
        describe_target(5)  # type: ignore[arg-type]
