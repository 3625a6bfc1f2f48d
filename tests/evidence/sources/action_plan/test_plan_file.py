"""The plan-1 file: what is written comes back as it was; what is written by hand is filled in or refused by name."""

import json
import zipfile
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from wardmote.evidence.interface import describe_plan_file, describe_statuses, judge_plan
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.sources.action_plan import read_plan, read_plan_file, write_plan_file
from wardmote.evidence.sources.action_plan.plan_file.plain_yaml import parse_yaml
from wardmote.evidence.targets.codec.shapes import KINDS, list_fields
from wardmote.evidence.targets.kinds import (
    Base,
    Compound,
    CountPerPeriod,
    Milestone,
    NoTarget,
    RelativeChange,
    TargetVersion,
    Threshold,
    Trajectory,
    WithdrawnVersion,
)
from wardmote.evidence.targets.plan import Indicator, Override, Plan, Value
from wardmote.evidence.targets.plan_file import (
    Action,
    Consultation,
    CrosswalkRow,
    Gate,
    PlanFile,
    Priority,
    Programme,
    Risk,
)

BY_HAND = """
schema: plan-1
title: Anytown's plan
priorities:
  - {no: 1, title: Streets, programmes: [{title: Lights}]}
actions:
  - {no: "1.10", priority: 1, text: Mend the lamps, due: 2026-09-30, four_p: protect}
indicators:
  - id: "1.1"
    title: Residents who feel safe after dark
    priority_no: 1
    polarity: higher
    unit: percent
    targets: [{text: "at least 85%", valid_from: 2026-04-01}]
    values:
      - {period: 2014/15Q3, number: 84.2}
      - {period: 2026/27Q1, part: 12, whole: 15}
      - {period: 2026/27Q2, missing_reason: not_due}
  - id: "1.2"
    title: Lamps mended
    polarity: none
    targets: [{text: Lamps mended, target: {kind: milestone, done_when: Lamps mended}}]
    values: [{period: 2026/27Q1, text: in progress}]
"""


def write(tmp_path: Path, text: str, name: str = "plan.yaml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def read_body(tmp_path: Path, **more: Any) -> PlanFile:
    body = {"schema": "plan-1", "title": "T", "indicators": []} | more
    return read_plan_file(write(tmp_path, json.dumps(body), "plan.json"))


def draw_plan() -> PlanFile:
    """A plan that uses every list, every shape of a value and the kinds of target that hold others."""
    split = Compound((("day", Threshold(">=", 90.5, "percent")), ("evening", Threshold(">", 70, "percent"))))
    values = (
        Value(
            "2026/27Q1", date(2026, 4, 1), date(2026, 6, 30), shape="parts", parts=(("day", 94.0), ("evening", 70.1))
        ),
        Value("some label", note="no days, on purpose"),
        Value("2026/27Q2", shape="count", number=0.1 + 0.2, narrative="Two lines:\n- no\n- yes # no comment"),
        Value("2026/27", date(2026, 4, 1), date(2027, 3, 31), "year_total", "missing", missing_reason="no_data"),
    )
    trajectory = Trajectory(100.0, "2004-2008", 2030, 50.0, "steps", 2004, 2008, {2025: 75.5, 2030: 50.0})
    rows = (
        Indicator("1.1", "=HYPERLINK(1)", "higher", (TargetVersion(split, "90.5% day, 70% evening"),), values,
                  priority_no=1, priority_title="", plan="", extra={"definition": "no", "due": "2026-04-01"}),
        Indicator("1.2", "Killed or seriously injured", "lower", (
            TargetVersion(NoTarget(), valid_to=date(2026, 3, 31)),
            TargetVersion(trajectory, "half", date(2026, 4, 1), also=(Milestone("done", due=date(2030, 1, 1)),)),
        ), (), overrides=(Override("2026/27Q1", "amber", "late data", "Ann", date(2026, 8, 1)),)),
    )  # fmt: skip
    return PlanFile(
        Plan("Anytown: plan", rows), "Anytown", date(2026, 4, 1), date(2029, 3, 31), "Safer; no fear", ("Fear", "yes"),
        "Anytown plan 2026", {"serious_violence": True, "reoffending": False},
        (Priority(1, "Streets", "aim", "Chief", ("crime_and_disorder",), "p. 4", (Programme("Lights", "More"),)),),
        (Action("1.10", "Mend", 1, "Lights", "Council", date(2026, 9, 30), "protect", "in progress", "9 lamps",
                "p. 5"),),
        (Risk("No money", "cuts", "bids", "Chief", 3, 5, "amber", "p. 9"), Risk("No people")),
        (CrosswalkRow("County plan", "Visible policing", 1, "partly", "only streets", "p. 2"),),
        (Consultation("Residents, by post", date(2025, 11, 1), date(2025, 11, 30), 0, "More lamps", "Lamps", "p. 7"),
         Consultation("Traders", date(2025, 12, 1))),
        (Gate("cabinet", "Cabinet of Anytown", date(2026, 1, 9), "referred_back", "Minute 7", "p. 8"),
         Gate("cabinet", held_on=date(2026, 2, 9), round=2), Gate("full_council", outcome="held", round=2)),
    )  # fmt: skip


@pytest.mark.parametrize("name", ["plan.json", "plan.yaml", "plan.yml"])
def test_what_is_written_comes_back_as_it_was(tmp_path: Path, name: str) -> None:
    plan_file = draw_plan()
    write_plan_file(plan_file, tmp_path / name)
    assert read_plan_file(tmp_path / name) == plan_file
    assert read_plan(tmp_path / name) == plan_file.plan


def test_same_plan_makes_the_same_bytes(tmp_path: Path) -> None:
    plan_file = draw_plan()
    for name in ("a.json", "b.json", "a.xlsx", "b.xlsx"):
        write_plan_file(replace(plan_file, statutory=dict(reversed(plan_file.statutory.items()))), tmp_path / name)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_plan_with_nothing_in_it_comes_back(tmp_path: Path) -> None:
    write_plan_file(PlanFile(Plan("", ())), tmp_path / "plan.yaml")
    assert read_plan_file(tmp_path / "plan.yaml") == PlanFile(Plan("", ()))


def check_schema(body: object) -> None:
    definition = json.loads(files("wardmote.catalogue").joinpath("schemas/plan-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(definition)
    jsonschema.Draft202012Validator(definition).validate(body)


def test_what_is_written_holds_to_the_schema(tmp_path: Path) -> None:
    check_schema(describe_plan_file(draw_plan()))
    by_hand = json.loads(json.dumps(parse_yaml(BY_HAND.encode(), "plan.yaml"), default=str))
    check_schema(by_hand)


@pytest.mark.parametrize("change", [{"colour": "red"}, {"indicators": [{"id": "1"}]}, {"schema": "plan-2"}])
def test_schema_refuses_what_the_reader_refuses(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check_schema({"schema": "plan-1"} | change)


def test_schema_knows_every_field_of_the_values() -> None:
    definition = json.loads(files("wardmote.catalogue").joinpath("schemas/plan-1.json").read_text(encoding="utf-8"))
    known = {
        **KINDS, "value": Value, "indicator": Indicator, "override": Override, "target_version": TargetVersion,
        "withdrawn_version": WithdrawnVersion, "risk": Risk, "priority": Priority, "action": Action, "base": Base,
        "crosswalk_row": CrosswalkRow, "consultation": Consultation, "gate": Gate,
    }  # fmt: skip
    for name, kind in known.items():
        properties = set(definition["$defs"][name]["properties"]) - ({"kind"} if name in KINDS else set())
        assert properties == {field.name for field, _ in list_fields(kind)}, name


def test_target_in_words_is_read_by_the_grammar(tmp_path: Path) -> None:
    row = read_plan(write(tmp_path, BY_HAND)).indicators[0]
    assert row.targets == (
        TargetVersion(Threshold(">=", 85.0, "percent"), "at least 85%", valid_from=date(2026, 4, 1)),
    )


def test_value_by_its_period_gets_days_basis_shape_and_state(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, BY_HAND))
    first, second, third = plan.indicators[0].values
    assert (first.start, first.end, first.basis) == (date(2014, 10, 1), date(2014, 12, 31), "quarter")
    assert (first.shape, first.number, first.state) == ("percent", 84.2, "actual")
    assert (second.shape, second.best) == ("x_of_y", 80.0)
    assert (third.state, third.missing_reason) == ("not_due", "not_due")
    assert plan.indicators[1].values[0].shape == "status"


def test_row_by_hand_takes_the_titles_of_its_plan_and_priority(tmp_path: Path) -> None:
    read = read_plan_file(write(tmp_path, BY_HAND))
    assert read.faults == ()
    assert [(row.plan, row.priority_title) for row in read.plan.indicators] == [
        ("Anytown's plan", "Streets"), ("Anytown's plan", ""),
    ]  # fmt: skip
    assert (read.priorities[0].no, read.actions[0].no, read.actions[0].due) == (1, "1.10", date(2026, 9, 30))


def test_target_whose_words_leave_something_open_says_so(tmp_path: Path) -> None:
    read = read_plan_file(write(tmp_path, BY_HAND.replace("at least 85%", "5% reduction")))
    assert "asks_base" in {fault.code for fault in read.faults}
    assert "plan.yaml, indicators[0] (1.1).targets[0]" in {fault.where for fault in read.faults}
    assert isinstance(read.plan.indicators[0].targets[0].target, RelativeChange)


def test_target_that_is_not_understood_stays_in_its_own_words(tmp_path: Path) -> None:
    read = read_plan_file(write(tmp_path, BY_HAND.replace("at least 85%", "soon")))
    assert [fault.code for fault in read.faults] == ["target_not_understood"]
    assert read.plan.indicators[0].targets[0].target == NoTarget("not understood")


def test_number_that_is_none_is_named_once(tmp_path: Path) -> None:
    none = BY_HAND.replace('text: "at least 85%"', "target: {kind: threshold, operator: '>=', value: .nan}")
    assert [fault.found for fault in read_plan_file(write(tmp_path, none)).faults] == ["'nan' cannot be used"]


def test_two_targets_in_words_that_overlap_are_told_of(tmp_path: Path) -> None:
    two = BY_HAND.replace("valid_from: 2026-04-01}]", 'valid_from: 2026-04-01}, "at least 80%"]')
    assert [fault.code for fault in read_plan_file(write(tmp_path, two)).faults] == ["target_overlap"]


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("period: 2014/15Q3", "period: soon", "values[0].period", "or days under 'start' and 'end'"),
        ("number: 84.2", "number: many", "values[0].number", "a number"),
        ("number: 84.2", "number: 1.0e+300", "values[0].number", "a number of sensible size"),
        ("number: 84.2", "numbr: 84.2", "values[0]", "Write 'number'"),
        ("number: 84.2", "number: 84.2, basis: week", "values[0].basis", "one of month"),
    ],
)
def test_value_that_cannot_be_used_costs_only_itself(tmp_path: Path, old: str, new: str, where: str, said: str) -> None:
    read = read_plan_file(write(tmp_path, BY_HAND.replace(old, new, 1)))
    (fault,) = read.faults
    assert (fault.severity, len(read.plan.indicators), len(read.plan.indicators[0].values)) == ("error", 2, 2)
    assert fault.where.endswith(where)
    assert said in str(fault)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id: "1.1"', "id: 1.1", "Put it in quotation marks"),
        ("polarity: higher", "polarity: up", "Expected one of higher, lower, contested, none"),
        ("polarity: higher", "owner: Ann", "'polarity' is missing"),
        ("unit: percent", "units: percent", "Write 'unit'"),
        ('targets: [{text: "at least 85%", valid_from: 2026-04-01}]', "targets: [{valid_from: 2026-04-01}]",
         "'target' is missing"),
        ('text: "at least 85%"', "target: {kind: threshold, operator: '>=', value: 1.0e+99}", "of sensible size"),
    ],
)  # fmt: skip
def test_row_that_cannot_be_used_is_left_out_and_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    read = read_plan_file(write(tmp_path, BY_HAND.replace(old, new, 1)))
    assert [row.id for row in read.plan.indicators] == ["1.2"]
    assert said in "\n".join(map(str, read.faults))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"visions": "x"}, "the key 'visions' is not known"),
        ({"starts_on": "soon"}, "starts_on: 'soon' cannot be used"),
        ({"statutory": {"crime": True}}, "statutory.crime: 'crime' cannot be used. Expected one of crime_and_disorder"),
        ({"risks": [{"text": "x", "likelihood": 6}]}, "risks[0].likelihood: '6' cannot be used"),
        ({"actions": [{"no": 1.1, "text": "x"}]}, "actions[0].no: '1.1' cannot be used"),
        ({"actions": {"no": "1"}}, "actions: an object cannot be used. Expected a list"),
        ({"indicators": [3]}, "indicators[0]: '3' cannot be used"),
        ({"gates": [{"kind": "mayor"}]}, "gates[0].kind: 'mayor' cannot be used. Expected one of scrutiny, cabinet"),
        ({"gates": [{"kind": "cabinet", "outcome": "lost"}]}, "gates[0].outcome: 'lost' cannot be used"),
        ({"gates": [{"kind": "cabinet", "round": 0}]}, "gates[0].round: '0' cannot be used. Expected 1 to 99"),
        ({"consultations": [{"audience": "Traders"}]}, "'starts_on' is missing"),
        ({"consultations": [{"audience": "A", "starts_on": "2026-02-01", "answers_count": -1}]},
         "consultations[0].answers_count: '-1' cannot be used. Expected a count of people"),
        ({"consultations": [{"audience": "A", "starts_on": "2026-02-01", "ends_on": "2026-01-31"}]},
         "consultations[0].ends_on: '2026-01-31' cannot be used. Expected 2026-02-01 or a later day"),
        ({"priorities": [{"no": 1, "title": "A"}], "actions": [{"no": "1", "text": "x", "priority": 2}]},
         "action 1: there is no priority 2"),
    ],
)  # fmt: skip
def test_rest_of_the_plan_is_kept_when_one_entry_cannot_be_used(
    tmp_path: Path, more: dict[str, Any], said: str
) -> None:
    read = read_body(tmp_path, vision="V", **more)
    assert said in "\n".join(map(str, read.faults))
    assert (read.title, read.vision) == ("T", "V")
    assert (read.gates, read.consultations) == ((), ())


def test_gate_and_consultation_by_hand_need_little(tmp_path: Path) -> None:
    text = BY_HAND + "gates: [{kind: cabinet, held_on: 2026-03-09}]\nconsultations:\n"
    read = read_plan_file(write(tmp_path, text + "  - {audience: Residents, starts_on: 2026-01-05}\n"))
    assert read.faults == ()
    assert read.gates == (Gate("cabinet", held_on=date(2026, 3, 9), outcome="waiting"),)
    assert read.consultations == (Consultation("Residents", date(2026, 1, 5)),)


def test_approval_and_progress_leave_the_statuses_as_they_are(tmp_path: Path) -> None:
    whole = draw_plan()
    bare = replace(whole, gates=(), consultations=(), actions=())
    for name, plan_file in (("whole.yaml", whole), ("bare.yaml", bare)):
        write_plan_file(plan_file, tmp_path / name)
    read = [read_plan(tmp_path / name) for name in ("whole.yaml", "bare.yaml")]
    assert read[0] == read[1]
    assert list_answers(read[0]) == list_answers(read[1]) != []


def test_id_that_stands_twice_is_named(tmp_path: Path) -> None:
    rows = [{"id": "1", "title": "x", "polarity": "none"}] * 2
    read = read_body(tmp_path, indicators=rows)
    assert [fault.code for fault in read.faults] == ["doubled_id"]
    assert len(read.plan.indicators) == 1


def test_signs_that_no_screen_shows_are_left_out(tmp_path: Path) -> None:
    rows = [{"id": "1", "title": "a\x1b[31mred", "polarity": "none"}]
    assert read_body(tmp_path, indicators=rows).plan.indicators[0].title == "a[31mred"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema: plan-2", "this is no plan-1 file"),
        ("just words", "this is no plan-1 file"),
        ("a: 1\na: 2", "the key 'a' stands twice, line 2"),
        ("a: &x [1]\nb: *x", "refers back to parts of itself"),
        ("a: [1", "this is not YAML that can be read"),
        ("!!python/object/apply:os.system [ls]", "this is not YAML that can be read"),
        ("[" * 20_000, "this file is nested too deeply"),
    ],
)
def test_yaml_that_is_no_plan_is_unreadable(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableInputError, match=r"plan\.yaml") as caught:
        read_plan_file(write(tmp_path, text))
    assert said in str(caught.value)


def test_other_ending_is_refused_and_the_old_file_left(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no form of a plan\. Expected a name ending in \.json"):
        write_plan_file(draw_plan(), tmp_path / "plan.doc")
    (tmp_path / "plan.json").write_text("old")
    endless = Plan("x", (Indicator("1", "x", "none", (), (Value("x", number=float("inf")),)),))
    with pytest.raises(UsageError, match="inf is no number"):
        write_plan_file(PlanFile(endless), tmp_path / "plan.json")
    assert (tmp_path / "plan.json").read_text() == "old"


def test_workbook_gives_the_same_statuses_as_far_as_its_columns_go(tmp_path: Path) -> None:
    plan_file = PlanFile(read_plan(write(tmp_path, BY_HAND)))
    counted = Indicator(
        "2.1", "Visits", "higher",
        (TargetVersion(CountPerPeriod(">=", 9, "visits"), "as many as agreed", valid_to=date(2026, 3, 31)),
         TargetVersion(RelativeChange("increase", 5, Base("previous_year", 100.0)), "more", date(2026, 4, 1))),
        (Value("spring", date(2026, 4, 1), date(2026, 6, 30), number=30),
         Value("2025/26", date(2025, 4, 1), date(2026, 3, 31), "year_total", number=8.0)),
        unit="visits",
    )  # fmt: skip
    whole = replace(plan_file, plan=replace(plan_file.plan, indicators=(*plan_file.plan.indicators, counted)))
    write_plan_file(whole, tmp_path / "plan.xlsx")
    back = read_plan(tmp_path / "plan.xlsx")
    assert back.faults == ()
    assert list_answers(back) == list_answers(whole.plan)


def list_answers(plan: Plan) -> list[tuple[str, list[tuple[str, Any]]]]:
    described = describe_statuses(plan, judge_plan(plan))
    return [(row["id"], [(p["status"], p["value"]) for p in row["periods"]]) for row in described]


def test_workbook_holds_no_formula(tmp_path: Path) -> None:
    write_plan_file(draw_plan(), tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "worksheets" in name)
        assert b"'=HYPERLINK" in archive.read("xl/sharedStrings.xml")
    assert read_plan(tmp_path / "plan.xlsx").indicators[0].title == "=HYPERLINK(1)"


def test_file_that_is_no_plan_1_gives_its_rows_alone(tmp_path: Path) -> None:
    older = {"title": "Old", "indicators": [{"id": "1", "title": "x", "polarity": "none", "values": []}]}
    read = read_plan_file(write(tmp_path, json.dumps(older), "plan.json"))
    assert (read.title, len(read.plan.indicators), read.priorities) == ("Old", 1, ())


@pytest.mark.realdata
def test_published_plans_come_back_with_their_statuses(shared_data: Path, tmp_path: Path) -> None:
    plan = read_plan(shared_data / "medway" / "indicators.json")
    for name in ("plan.json", "plan.yaml"):
        write_plan_file(PlanFile(plan), tmp_path / name)
        back = read_plan(tmp_path / name)
        assert back == replace(plan, faults=())
    assert describe_statuses(back, judge_plan(back)) == describe_statuses(plan, judge_plan(plan))
