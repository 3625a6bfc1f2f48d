"""The sample plan holds exactly what its page says is planted, on any day and for any seed."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from wardmote.evidence.interface import query_value, read_plan_file, write_plan_file
from wardmote.evidence.sample.places import MAIN
from wardmote.evidence.sample.plan import (
    build_sample_plan,
    build_sample_predecessor,
    list_sample_agencies,
    list_sample_people,
)
from wardmote.evidence.targets.assess import assess_plan
from wardmote.evidence.targets.bounds import list_moves
from wardmote.evidence.targets.codec import decode_plan, encode_plan, name_kind
from wardmote.evidence.targets.kinds import Target
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.evidence.targets.statuses import IndicatorStatus
from wardmote.evidence.targets.versions import check_versions

TODAY = date(2026, 11, 21)
CATALOGUE = Path(__file__).resolve().parents[3] / "src" / "wardmote" / "catalogue"
PAGE = (CATALOGUE / "sample" / "plan" / "SAMPLE_PLAN.md").read_text(encoding="utf-8")
KINDS = {
    "threshold", "count_per_period", "relative_change", "points_change", "benchmark", "cohort_share", "milestone",
    "trajectory", "frequency", "no_change", "no_target", "compound",
}  # fmt: skip
SHAPES = {"percent", "count", "rate", "x_of_y", "parts", "status", "checklist"}


def build(today: date = TODAY, seed: int = 0) -> PlanFile:
    return build_sample_plan(today=today, rng=np.random.default_rng(seed))


def judge(plan: PlanFile, today: date = TODAY) -> dict[str, IndicatorStatus]:
    return {status.id: status for status in assess_plan(plan.plan, as_at=today)}


def read_table(heading: str) -> dict[str, str]:
    """The first two columns of the page's table below a heading."""
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    return {row[0]: row[1] for row in rows[2:]}


@pytest.fixture(scope="module")
def plan() -> PlanFile:
    return build()


@pytest.fixture(scope="module")
def judged(plan: PlanFile) -> dict[str, IndicatorStatus]:
    return judge(plan)


def list_latest(judged: dict[str, IndicatorStatus]) -> dict[str, tuple[str, str | None]]:
    return {id_: (s.latest.status, s.latest.reason_code) for id_, s in judged.items() if s.latest is not None}


def list_planted() -> dict[str, tuple[str, str | None]]:
    reds = dict.fromkeys(read_table("Red"), ("red", None))
    ambers = dict.fromkeys(read_table("Amber"), ("amber", None))
    return reds | ambers | {id_: ("grey", reason) for id_, reason in read_table("Grey").items()}


def test_the_latest_statuses_are_those_that_the_page_lists(judged: dict[str, IndicatorStatus]) -> None:
    found = list_latest(judged)
    assert len(found) == 60
    assert {id_: status for id_, status in found.items() if status[0] != "green"} == list_planted()
    assert (len(read_table("Red")), len(read_table("Amber")), len(read_table("Grey"))) == (9, 8, 12)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("day", [date(2026, 1, 3), date(2026, 4, 1), date(2028, 2, 29), date(2030, 9, 30)])
def test_another_day_and_another_seed_find_the_same(day: date, seed: int) -> None:
    found = list_latest(judge(build(day, seed), day))
    assert {id_: status for id_, status in found.items() if status[0] != "green"} == list_planted()


def test_newly_red_rows_were_not_red_the_quarter_before(judged: dict[str, IndicatorStatus]) -> None:
    reds = read_table("Red")
    turned = {id_ for id_ in reds if judged[id_].periods[-2].status != "red"}
    assert turned == {id_ for id_, since in reds.items() if since == "newly red"}


def test_one_agency_owes_a_figure_for_two_quarters_running(judged: dict[str, IndicatorStatus]) -> None:
    owing = {
        id_
        for id_, status in judged.items()
        if [period.reason_code for period in status.periods[-2:]] == ["no_data", "no_data"]
    }
    assert owing == {"3.11"}


def test_planted_oddities_are_found_where_the_page_says_and_nowhere_else(judged: dict[str, IndicatorStatus]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for id_, status in judged.items():
        warnings = [*status.warnings, *(w for period in status.periods for w in period.warnings)]
        for warning in warnings:
            found[warning.rule].add(id_)
    expected = {"relative_target_without_base"}  # of the first year, which has no year before it
    planted = {rule: set(re.findall(r"\d+\.\d+", rows)) for rule, rows in read_table("Planted besides").items()}
    assert {rule: rows for rule, rows in found.items() if rule not in expected} == planted


def test_a_target_that_was_changed_with_a_reason_keeps_it(plan: PlanFile) -> None:
    rows = {row.id: row for row in plan.plan.indicators}
    moves = {id_: list(list_moves(plan.plan, row)) for id_, row in rows.items()}
    changed = {id_: found[0].new.reason_for_change != "" for id_, found in moves.items() if found}
    assert changed == {"2.12": False, "4.4": True}
    assert [fault for row in rows.values() for fault in check_versions(row)] == []


def test_every_kind_of_target_and_the_usual_shapes_are_there(plan: PlanFile) -> None:
    targets: list[Target] = [version.target for row in plan.plan.indicators for version in row.targets]
    assert {name_kind(type(target)) for target in targets} == KINDS
    assert {value.shape for row in plan.plan.indicators for value in row.values} >= SHAPES
    assert {row.polarity for row in plan.plan.indicators} == {"higher", "lower", "contested", "none"}


def test_the_last_quarter_is_partly_returned(plan: PlanFile) -> None:
    agencies = {row.owner for row in plan.plan.indicators for value in row.values if value.period == "2026/27Q2"}
    quarterly = [row for row in plan.plan.indicators if any(value.basis == "quarter" for value in row.values)]
    returned = [row for row in quarterly if row.values[-1].period == "2026/27Q2"]
    assert len(agencies) == 4
    assert 15 <= len(returned) <= len(quarterly) - 15
    assert {len({v.period for v in row.values}) for row in returned} == {12}


def test_context_rows_bind_to_indicators_that_exist(plan: PlanFile) -> None:
    bound = [row for row in plan.plan.indicators if "evidence_indicator" in row.extra]
    known = {path.stem for path in (CATALOGUE / "indicators").glob("*.yaml")}
    assert len(bound) == 3
    assert {row.extra["evidence_indicator"] for row in bound} <= known
    assert {row.extra["evidence_area"] for row in bound} == {MAIN.code}


def test_the_same_seed_gives_the_same_plan_and_another_another() -> None:
    assert build(seed=7) == build(seed=7)
    assert build(seed=7).plan != build(seed=8).plan


def test_no_figure_is_lost_on_the_way_to_plain_values_and_back(plan: PlanFile) -> None:
    assert decode_plan(encode_plan(plan.plan)) == plan.plan


@pytest.mark.parametrize("ending", ["json", "yaml"])
def test_the_plan_survives_a_file(plan: PlanFile, tmp_path: Path, ending: str) -> None:
    write_plan_file(plan, tmp_path / f"plan.{ending}")
    assert read_plan_file(tmp_path / f"plan.{ending}") == plan


def test_the_plan_around_the_indicators_is_whole(plan: PlanFile) -> None:
    agencies = {agency.name for agency in list_sample_agencies()}
    programmes = {(p.no, one.title) for p in plan.priorities for one in p.programmes}
    late = [a for a in plan.actions if a.due and a.due < TODAY and a.state != "complete"]
    assert (len(plan.priorities), len(programmes), len(plan.actions), len(late), len(agencies)) == (5, 12, 41, 11, 8)
    assert {(a.priority, a.programme) for a in plan.actions} <= programmes
    assert {a.owner for a in plan.actions} == agencies == {row.owner for row in plan.plan.indicators}
    assert {a.four_p for a in plan.actions} == {"prepare", "protect", "prevent", "pursue"}
    assert sum(row.priority is None for row in plan.crosswalk) == 2


def test_the_plan_follows_on_the_one_before(plan: PlanFile) -> None:
    before = build_sample_predecessor(today=TODAY)
    assert before.ends_on is not None
    assert plan.starts_on is not None
    assert plan.ends_on is not None
    assert (plan.starts_on - before.ends_on).days == 1
    assert plan.starts_on < TODAY < plan.ends_on
    kept = {row.series_key for row in before.plan.indicators if row.series_key}
    assert kept == {row.series_key for row in plan.plan.indicators if row.series_key}
    assert any(not row.series_key for row in before.plan.indicators)


def test_gates_are_passed_in_order_before_the_plan_begins(plan: PlanFile) -> None:
    for each in (plan, build_sample_predecessor(today=TODAY)):
        days = [gate.held_on for gate in each.gates if gate.held_on is not None]
        assert [gate.kind for gate in each.gates] == ["scrutiny", "cabinet", "full_council"]
        assert {gate.outcome for gate in each.gates} <= {"approved", "approved_with_changes"}
        assert all(gate.record and gate.body for gate in each.gates)
        assert each.starts_on is not None
        assert days == sorted(days)
        assert days[-1] < each.starts_on


def test_residents_were_asked_before_the_first_gate(plan: PlanFile) -> None:
    (asked,) = plan.consultations
    assert asked.ends_on is not None
    assert plan.gates[0].held_on is not None
    assert asked.starts_on < asked.ends_on < plan.gates[0].held_on
    assert (asked.answers_count, bool(asked.effect)) == (412, True)


def test_fourteen_people_hold_every_role_and_nobody_signs_off_their_own(plan: PlanFile) -> None:
    people = list_sample_people()
    roles = {role for person in people for role in person.roles}
    assert len(people) == 14 == len({person.email for person in people})
    assert roles == {
        "administrator", "coordinator", "analyst", "lead", "contributor", "chair", "executive", "scrutiny", "reader",
    }  # fmt: skip
    assert all(person.email.endswith(".example.org") for person in people)
    contributors = [person for person in people if "contributor" in person.roles]
    assert {person.agency for person in contributors} == {agency.key for agency in list_sample_agencies()}
    assert sorted(no for person in people for no in person.leads) == [1, 2, 3, 4, 5]
    names = {agency.key: agency.name for agency in list_sample_agencies()}
    owned = {(row.owner, row.priority_no) for row in plan.plan.indicators}
    assert [p.name for p in contributors for no in p.leads if (names[p.agency], no) in owned] == []


def test_no_account_names_a_person(plan: PlanFile) -> None:
    told = [value.narrative for row in plan.plan.indicators for value in row.values if value.narrative]
    names = {part for person in list_sample_people() for part in person.name.split()}
    assert len(told) > 150
    assert [text for text in told if names & set(re.findall(r"\w+", text))] == []


def list_questions(plan: PlanFile) -> list[tuple[str, str, str]]:
    """What is asked of every value as it came in: with only the values before it known."""
    asked = []
    for row in plan.plan.indicators:
        values = sorted(row.values, key=lambda value: value.end or date.min)
        for at, value in enumerate(values):
            past = replace(row, values=tuple(values[:at]))
            found = query_value((past,), past, value, as_at=TODAY)
            asked += [(query.code, row.id, value.period) for query in found]
    return asked


def test_values_that_come_in_one_after_the_other_raise_the_planted_questions_alone() -> None:
    for seed in (1, 20260401):
        assert sorted(list_questions(build(seed=seed))) == [
            ("definition_changed", "3.12", "2025/26Q3"),
            ("part_larger_than_whole", "4.7", "2026/27Q1"),
            ("reason_or_number", "2.11", "2026/27Q1"),
            ("text_copied", "5.3", "2026/27Q1"),
        ]
