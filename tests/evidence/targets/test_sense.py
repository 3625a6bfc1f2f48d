"""Targets that cannot be met, missed or meant; values that cannot be."""

import pytest

from wardmote.evidence.targets.kinds import (
    Base,
    CohortShare,
    Compound,
    CountPerPeriod,
    PointsChange,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.queries import query_value
from wardmote.evidence.targets.sense import list_impossible, question_target

BASE = Base("previous_year")


@pytest.mark.parametrize(
    ("target", "shape", "is_impossible"),
    [
        (Threshold(">=", 101, "percent"), "x_of_y", True),
        (Threshold(">=", 101), "x_of_y", True),
        (Threshold(">=", 101, "percent"), "percent", False),  # it may be of something else than its whole
        (Threshold("<=", -5, "percent"), "x_of_y", True),
        (Threshold(">", 100, "percent"), "x_of_y", True),
        (Threshold(">=", -3, "count"), "count", True),
        (Threshold("<", 0), "count", True),
        (CountPerPeriod(">=", 27.5, "people"), "count", False),
        (CohortShare(">=", 120, "Year 12"), "percent", False),
        (RelativeChange("decrease", 120, BASE), "count", True),
        (PointsChange(-140, BASE), "percent", True),
        (
            Compound((("by day", Threshold(">=", 60, "percent")), ("after dark", Threshold(">=", 160, "percent")))),
            "",
            True,
        ),
    ],
)
def test_target_that_makes_no_sense_is_questioned(target: Target, shape: str, is_impossible: bool) -> None:
    assert [doubt.is_impossible for doubt in question_target(target, shape=shape, words="People helped")] == [
        is_impossible
    ]


@pytest.mark.parametrize(
    ("target", "shape", "words"),
    [
        (Threshold(">=", 100, "percent"), "x_of_y", "Victims who felt safer"),
        (Threshold("<=", 0, "percent"), "x_of_y", "Repeat victims"),
        (Threshold(">=", 2.5, "count"), "count", "Hours of patrol"),
        (Threshold(">=", 27.5, "money"), "money", "Spent, in thousands"),
        (Threshold("<=", 8.4, "rate"), "rate", "Burglaries per 1,000 homes"),
        (RelativeChange("increase", 150, BASE), "count", "Referrals"),
        (Trajectory(85.2, "2004-08", 2020, 51.12), "count", "People killed or hurt"),
        (CountPerPeriod(">=", 12, "meetings"), "count", "Meetings held"),
        (CountPerPeriod(">=", 27.5, "hours"), "count", "Patrols"),
    ],
)
def test_target_that_makes_sense_is_left_alone(target: Target, shape: str, words: str) -> None:
    assert question_target(target, shape=shape, words=words) == ()


def test_values_and_targets_of_a_row_that_cannot_be_are_named_where_they_stand() -> None:
    row = Indicator(
        "1.1", "People helped", "higher", (TargetVersion(Threshold(">=", 150, "percent"), "at least 150%"),),
        (Value("2026/27Q1", shape="x_of_y", part=62, whole=54), Value("2026/27Q2", shape="x_of_y", part=-3, whole=9),
         Value("2026/27Q3", shape="x_of_y", part=3, whole=9)),
    )  # fmt: skip
    assert [(fault.where, fault.found) for fault in list_impossible(row)] == [
        ("1.1, target, “at least 150%”", "150% is not a share of anything: all there is would be 100%"),
        ("1.1, 2026/27Q1", "62 of 54: the part is larger than its whole"),
        ("1.1, 2026/27Q2", "-3 is less than none"),
    ]


def test_part_of_a_person_is_asked_about_without_any_past() -> None:
    def ask(title: str) -> list[str]:
        row = Indicator("1.1", title, "higher", (), (), unit="count")
        return [query.code for query in query_value([row], row, Value("2026/27Q1", shape="count", number=27.5))]

    assert "count_not_whole" in ask("People helped")
    assert "count_not_whole" not in ask("Hours of patrol")


def test_part_that_is_less_than_none_is_impossible() -> None:
    row = Indicator("1.1", "Thefts by place", "lower", (), ())
    value = Value("2026/27Q1", shape="parts", parts=(("by day", 4.0), ("after dark", -2.0)))
    assert [(query.code, query.severity) for query in query_value([row], row, value)] == [
        ("negative_number", "impossible")
    ]
