"""The status of a plan's rows, on the terminal, as JSON and as a report."""

import copy
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from support.command_line import Answer, run

Q1 = {"period": "2025-26 Q1", "start": "2025-04-01", "end": "2025-06-30", "basis": "quarter", "shape": "percent"}
FLOOR = {"kind": "absolute_threshold", "op": ">=", "value": 80, "unit": "percent"}


def make_row(identity: str, number: float | None, **other: Any) -> dict[str, Any]:
    value = Q1 | ({"value": number} if number is not None else {"value": None, "status": "missing"})
    return {"id": identity, "short_name": f"Row {identity}", "polarity": "higher", "target": FLOOR,
            "values": [value]} | other  # fmt: skip


def write_plan(path: Path, *rows: Any) -> Path:
    path.write_text(json.dumps({"indicators": rows}))
    return path


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A row of each colour."""
    rows = (make_row("met", 82), make_row("near", 78), make_row("missed", 60), make_row("silent", None))
    return write_plan(tmp_path / "plan.json", *rows)


def get_latest(answer: Answer) -> dict[str, dict[str, Any]]:
    return {row["id"]: row["periods"][-1] for row in answer.json("status-1")["indicators"]}


def test_rows_are_shown_exceptions_first_and_counted(plan: Path) -> None:
    answer = run("status", plan)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert [line.split()[0] for line in lines[2:6]] == ["red", "amber", "grey", "green"]
    assert "Row missed" in lines[2]
    assert "4 rows: 1 red, 1 amber, 1 grey, 1 green" in answer.out


def test_json_answers_every_period_with_its_reasons(plan: Path) -> None:
    answer = run("status", plan, "--json")
    assert answer.code == 0
    latest = get_latest(answer)
    assert {name: p["status"] for name, p in latest.items()} == {
        "met": "green", "near": "amber", "missed": "red", "silent": "grey",
    }  # fmt: skip
    assert latest["silent"]["reason_code"] == "no_data"
    assert "reason_code" not in latest["missed"]
    assert (latest["missed"]["value"], latest["missed"]["target"]) == (60, 80)
    assert {"period", "status", "why_code", "why", "signal", "warnings"} <= set(latest["missed"])


@pytest.mark.parametrize(("within", "colour"), [("2", "red"), ("2.5", "amber"), ("0", "red"), ("100", "amber")])
def test_tolerance_is_the_partnerships_own(plan: Path, within: str, colour: str) -> None:
    assert get_latest(run("status", plan, "--json", "--amber-within", within))["near"]["status"] == colour


def test_colour_is_never_an_exit_status_and_a_refused_row_is(plan: Path, tmp_path: Path) -> None:
    bad = write_plan(tmp_path / "bad.json", make_row("a", 82), {"id": "b", "target": {"kind": "wish"}})
    answer = run("status", bad, "--json")
    assert answer.code == 1
    body = answer.json("status-1")
    assert [row["id"] for row in body["indicators"]] == ["a"]
    assert body["faults"][0]["code"] == "unknown_kind"
    shown = run("status", bad)
    assert shown.code == 1
    assert "(b), key 'target', key 'kind'" in shown.out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "no action plan is named"),
        (("nothing.json",), 3, "no such file"),
        (("plan.json", "--as-at", "soon"), 2, "'soon' is not a day"),
        (("plan.json", "--amber-within", "150"), 2, "0 to 100"),
        (("plan.json", "--out", "report.doc"), 2, "no known form"),
        (("plan.pdf",), 2, "no file of an action plan"),
        (("--out", "report.html"), 2, "no action plan is named"),
    ],
)
def test_question_that_cannot_be_asked_says_why(
    plan: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.chdir(plan.parent)
    answer = run("status", *words)
    assert answer.code == code
    assert said in answer.err
    assert not list(plan.parent.glob("report.*"))


def test_file_that_is_no_plan_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_bytes(b"\x00\xff not json")
    answer = run("status", tmp_path / "plan.json")
    assert answer.code == 3
    assert "this is not JSON" in answer.err


def test_report_never_takes_the_plans_place(tmp_path: Path) -> None:
    run("status", "--template", tmp_path / "plan.xlsx")
    answer = run("status", tmp_path / "plan.xlsx", "--out", tmp_path / "plan.xlsx")
    assert answer.code == 2
    assert "the plan's place" in answer.err
    assert run("status", tmp_path / "plan.xlsx").code == 0


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.csv"])
def test_template_is_written_and_answered(tmp_path: Path, name: str) -> None:
    written = run("status", "--template", tmp_path / name)
    assert (written.code, written.out) == (0, f"Wrote {tmp_path / name}\n")
    answer = run("status", tmp_path / name, "--json")
    assert answer.code == 0
    assert answer.json("status-1")["faults"] == []
    assert get_latest(answer)["1.1"]["status"] == "green"


def test_report_is_written_in_every_form_named(plan: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "new" / f"report.{form}" for form in ("html", "docx", "xlsx")]
    answer = run("status", plan, "--title", "Plan of Anytown", *(w for out in outs for w in ("--out", out)))
    assert answer.code == 0
    assert all(f"Wrote {out}" in answer.out for out in outs)
    assert "Plan of Anytown" in outs[0].read_text("utf-8")
    assert all(zipfile.is_zipfile(out) for out in outs[1:])


def test_json_stays_alone_on_stdout_when_a_report_is_written(plan: Path, tmp_path: Path) -> None:
    answer = run("status", plan, "--json", "--out", tmp_path / "report.html")
    assert answer.json("status-1")["indicators"]
    assert "Wrote" in answer.err


def test_same_row_in_two_years_files_is_answered_twice(tmp_path: Path) -> None:
    files = [write_plan(tmp_path / f"{year}.json", make_row("a", 82, set=year)) for year in ("first", "second")]
    answer = run("status", *files, "--json").json("status-1")
    assert [(row["plan"], row["id"]) for row in answer["indicators"]] == [("first", "a"), ("second", "a")]


def test_row_in_two_files_of_one_plan_is_a_fault(tmp_path: Path) -> None:
    files = [write_plan(tmp_path / f"{name}.json", make_row("a", 82, set="one")) for name in ("x", "y")]
    answer = run("status", *files, "--json")
    assert answer.code == 1
    assert [f["code"] for f in answer.json("status-1")["faults"]] == ["doubled_id"]


def test_status_set_by_a_person_is_shown_beside_the_computed_one(tmp_path: Path) -> None:
    by_hand = {"period": "2025-26 Q1", "status": "amber", "reason": "two wards late", "by": "Ann", "on": "2025-08-01"}
    path = write_plan(tmp_path / "plan.json", make_row("a", 60, overrides=[by_hand]))
    latest = get_latest(run("status", path, "--json"))["a"]
    assert (latest["status"], latest["computed"]) == ("amber", "red")
    assert "amber (set by hand)" in run("status", path).out


@pytest.mark.realdata
def test_published_plans_get_their_worked_statuses_without_their_answers_being_read(
    shared_data: Path, tmp_path: Path
) -> None:
    rows = json.loads((shared_data / "medway" / "indicators.json").read_text())["indicators"]
    stripped = copy.deepcopy(rows)
    for row in stripped:
        for key in ("rag", "rag_latest", "why", "flags", "ambiguity"):
            row.pop(key, None)
    answer = run("status", write_plan(tmp_path / "plan.json", *stripped), "--json")
    assert answer.code == 0
    found = {
        (row["id"], p["period"]): (p["status"], p.get("reason_code"))
        for row in answer.json("status-1")["indicators"]
        for p in row["periods"]
    }
    worked = {
        (row["id"], p["period"]): (p["status"], p.get("reason_code")) for row in rows for p in row.get("rag") or []
    }
    assert len(worked) == 86
    assert {key: found.get(key) for key in worked} == worked


def test_one_plan_of_several_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = write_plan(tmp_path / "two.json", make_row("a", 82, set="this year"), make_row("b", 82, set="last year"))
    assert list(get_latest(run("status", path, "--plan", "last year", "--json"))) == ["b"]
    refused = run("status", path, "--plan", "next year")
    assert refused.code == 2
    assert "last year, this year" in refused.err


def test_whole_plan_in_yaml_is_answered(tmp_path: Path) -> None:
    text = """
schema: plan-1
title: Anytown
indicators:
  - id: "1.1"
    title: Lamps mended in time
    polarity: higher
    unit: percent
    targets: [at least 85%]
    values: [{period: 2026/27Q1, part: 12, whole: 15}]
"""
    (tmp_path / "plan.yaml").write_text(text, "utf-8")
    answer = run("status", tmp_path / "plan.yaml", "--json")
    assert answer.code == 0
    latest = get_latest(answer)["1.1"]
    assert (latest["status"], latest["value"]) == ("red", 80.0)
