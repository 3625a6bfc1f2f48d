"""What the report chooses to say: misses, runs, changes, lapses, and what to raise."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.reports.performance.plans import (
    AT_LEAST_80,
    Q1,
    Q2,
    Q4,
    build_plan,
    build_two_plans,
    indicator,
    judged,
    status,
    value,
)
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.document import plain_text
from wardmote.evidence.reports.performance.changes import list_changes
from wardmote.evidence.reports.performance.lapses import list_lapses
from wardmote.evidence.reports.performance.misses import list_misses, say_since
from wardmote.evidence.reports.performance.oddities import list_oddities
from wardmote.evidence.reports.performance.rows import Part, Row, part_plans
from wardmote.evidence.reports.performance.sections import PlanReport
from wardmote.evidence.targets.bounds import find_effect
from wardmote.evidence.targets.kinds import Base, NoChange, RelativeChange, Target, TargetVersion, Threshold, Trajectory
from wardmote.evidence.targets.plan import Plan
from wardmote.evidence.targets.statuses import DEFAULT_SETTINGS, RowWarning


@pytest.fixture
def part() -> Part:
    return part_plans(*build_plan())[0]


def lines_of(part: Part) -> list[str]:
    return [plain_text(line) for line in PlanReport(part, DEFAULT_SETTINGS).lines]


def test_every_miss_is_listed_red_first_and_largest_first(part: Part) -> None:
    misses = list_misses(part.rows)
    assert [(miss.row.indicator.id, miss.words) for miss in misses] == [
        ("1.1", "short by 20 points (25% of the target)"),
        ("1.2", "short by 8 points (10% of the target)"),
        ("1.3", "short by 2 points (2.5% of the target)"),
    ]


@given(st.lists(st.sampled_from(["red", "amber", "green", "grey"]), min_size=1, max_size=12))
def test_no_missed_target_is_ever_left_out(colours: list[str]) -> None:
    rows = [
        Row(indicator(f"{at}", "Measure"), judged(f"{at}", status(Q1, colour, 10 * at, None)))  # type: ignore[arg-type]
        for at, colour in enumerate(colours)
    ]
    listed = {miss.row.indicator.id for miss in list_misses(rows)}
    assert listed == {f"{at}" for at, colour in enumerate(colours) if colour in ("red", "amber")}


def test_a_miss_of_a_target_of_nought_goes_before_all_others() -> None:
    rows = [
        Row(indicator("a", "A"), judged("a", status(Q1, "red", 10, 80))),
        Row(indicator("b", "B"), judged("b", status(Q1, "red", 2, 0))),
        Row(indicator("c", "C"), judged("c", status(Q1, "red", None, None, why="not done"))),
    ]
    assert [miss.row.indicator.id for miss in list_misses(rows)] == ["b", "a", "c"]
    assert list_misses(rows)[0].words == "over by 2 points"
    assert list_misses(rows)[2].words == ""


def test_since_counts_the_run_and_names_what_was_before(part: Part) -> None:
    said = {row.indicator.id: say_since(row) for row in part.rows}
    assert said["1.1"] == f"{Q1}, 2 periods running"
    assert said["1.2"] == f"{Q2} (before: green)"
    assert said["2.3"] == f"{Q2} (first period judged)"


def test_since_reaches_into_the_plan_before() -> None:
    latest = part_plans(*build_two_plans())[0]
    assert say_since(latest.rows[0]) == f"{Q4}, 3 periods running"


def test_raised_lines_say_number_target_gap_since_and_owner(part: Part) -> None:
    lines = lines_of(part)
    assert lines[0] == (
        "Cases closed: 72% against at least 80%, short by 8 points (10% of the target); newly red"
        f" {Q2} (before: green), small numbers; owner: Police."
    )
    assert lines[1].endswith(f"red since {Q1}, 2 periods running; owner: Council.")
    assert lines[2].startswith(f"2 measures have gone quiet: Visits made, no figure since {Q1}; Survey held, stopped")
    assert lines[3] == "1 measure has figures that cannot be right: Tips cleared (printed as 90%, but 8 of 10 is 80%)."
    assert lines[4] == (
        "1 target changed with no reason given, 1 made easier: Tips cleared, from at least 90% to at least 80%."
    )
    assert len(lines) == 5


def test_raised_lines_are_seven_at_most_and_name_every_red() -> None:
    rows = tuple(indicator(f"{at}", f"Measure {at}") for at in range(12))
    answers = [judged(row.id, status(Q1, "red", 10 + at)) for at, row in enumerate(rows)]
    lines = lines_of(part_plans(Plan("Plan", rows), answers)[0])
    assert len(lines) == 7
    assert lines[-1].startswith("6 more red measures: ")
    assert all(f"Measure {at}" in " ".join(lines) for at in range(12))


def test_ambers_fill_up_to_three_lines() -> None:
    rows = tuple(indicator(f"{at}", f"Measure {at}") for at in range(5))
    answers = [judged(row.id, status(Q1, "amber", 78)) for row in rows]
    assert len(lines_of(part_plans(Plan("Plan", rows), answers)[0])) == 3


def test_nothing_is_raised_where_all_is_well() -> None:
    plan = Plan("Plan", (indicator("1", "Measure", [value(Q1, 90)]),))
    assert lines_of(part_plans(plan, [judged("1", status(Q1, "green", 90))])[0]) == []


EASIER: list[tuple[Target, Target, str]] = [
    (Threshold(">=", 100), Threshold(">=", 95), "easier"),
    (Threshold("<", 50), Threshold("<", 20), "harder"),
    (Threshold("<", 275), NoChange("no_increase", Base("outturn", 426)), "easier"),
    (RelativeChange("increase", 10, Base("previous_year_total", 388)),
     RelativeChange("increase", 5, Base("same_period_last_year")), "easier"),
    (Trajectory(85.2, "2004-08", 2020, 51.12), Trajectory(80, "2005-09", 2020, 48), "harder"),
    (Threshold(">=", 70), Threshold("<=", 60), ""),
    (Threshold(">=", 70), Threshold(">=", 70), ""),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "effect"), EASIER)
def test_effect_of_a_change(before: Target, after: Target, effect: str) -> None:
    assert find_effect(before, after) == effect


def test_naming_a_source_is_no_change_of_target() -> None:
    versions = (TargetVersion(AT_LEAST_80), TargetVersion(replace(AT_LEAST_80, source="a benchmark")))
    row = Row(indicator("1", "Measure", targets=versions), judged("1"))
    assert list_changes([row]) == []


def test_a_target_that_holds_only_later_has_not_changed_by_then() -> None:
    versions = (
        TargetVersion(AT_LEAST_80, valid_to=date(2026, 12, 31)),
        TargetVersion(Threshold(">=", 70, unit="percent"), valid_from=date(2027, 1, 1)),
    )
    row = Row(indicator("1", "Measure", targets=versions), judged("1"))
    assert list_changes([row], as_at=date(2026, 3, 31)) == []
    assert [change.when for change in list_changes([row], as_at=date(2027, 1, 1))] == ["1 January 2027"]


def test_a_target_changed_between_plans_is_found_by_the_series() -> None:
    latest = part_plans(*build_two_plans())[0]
    change = list_changes(latest.rows)[0]
    assert (change.before, change.after, change.effect, change.is_silent) == (
        "at least 90%", "at least 80%", "easier", True,
    )  # fmt: skip


def test_lapses_name_what_stopped_what_was_silent_and_what_was_dropped(part: Part) -> None:
    assert [(one.row.indicator.id, one.kind, one.running) for one in list_lapses(part)] == [
        ("2.2", "stopped", 0), ("2.1", "unreported", 2),
    ]  # fmt: skip
    latest = part_plans(*build_two_plans())[0]
    assert [(one.row.indicator.id, one.kind) for one in list_lapses(latest)] == [("A2", "dropped")]


def test_a_plan_that_shares_nothing_with_an_older_one_dropped_nothing() -> None:
    plan, answers = build_two_plans()
    strangers = (replace(plan.indicators[2], series_key="other", title="Something else"),)
    latest = part_plans(Plan("plans", plan.indicators[:2] + strangers), answers)[0]
    assert latest.dropped == ()


def test_a_quarterly_measure_without_the_newest_quarter_is_behind_unless_it_lags() -> None:
    rows = (
        indicator("1", "New", [value(Q2, 90)]), indicator("2", "Old", [value(Q1, 90)]),
        indicator("3", "Late by nature", [value(Q1, 90)], lag="one quarter"),
    )  # fmt: skip
    answers = [judged("1", status(Q2, "green", 90)), judged("2", status(Q1, "green", 90)),
               judged("3", status(Q1, "green", 90))]  # fmt: skip
    lapses = list_lapses(part_plans(Plan("Plan", rows), answers)[0])
    assert [(one.row.indicator.id, one.kind, one.since) for one in lapses] == [("2", "behind", Q2)]


def test_warnings_are_said_once_and_parted_by_weight() -> None:
    twice = RowWarning("part_larger_than_whole", "9 of 8.", Q1)
    answer = judged("1", replace(status(Q1, "green", 90), warnings=(twice,)), warnings=[
        twice, RowWarning("text_copied", "The same words as before.", Q1), RowWarning("small_numbers", "2 of 3.", Q1),
    ])  # fmt: skip
    found = list_oddities([Row(indicator("1", "Measure"), answer)])
    assert [(one.rule, one.is_impossible) for one in found] == [
        ("part_larger_than_whole", True), ("text_copied", False),
    ]  # fmt: skip


def test_judgements_are_matched_by_id_and_a_missing_one_is_refused() -> None:
    plan, answers = build_plan()
    shuffled = part_plans(plan, answers[::-1])[0]
    assert [row.status.id for row in shuffled.rows] == [row.indicator.id for row in shuffled.rows]
    with pytest.raises(UsageError, match=r"1\.2"):
        part_plans(plan, [answer for answer in answers if answer.id != "1.2"])


def test_plans_come_latest_first_whatever_the_order_of_the_file() -> None:
    assert [part.name for part in part_plans(*build_two_plans())] == ["Plan 2024-25", "Plan 2023-24"]
