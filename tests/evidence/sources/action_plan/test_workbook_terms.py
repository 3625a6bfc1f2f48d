"""A plan's workbook carries the terms it was judged on and the statuses that people set, and says what it loses."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from evidence.targets.drawn_plans import plan, row, share
from wardmote.evidence.interface import describe_statuses, judge_plan, read_plan_file, write_plan_file
from wardmote.evidence.sample.plan import build_sample_plan
from wardmote.evidence.sources.action_plan.json_plan import build_json_plan
from wardmote.evidence.sources.action_plan.plan_file.workbook import find_workbook_losses
from wardmote.evidence.targets.kinds import Threshold, Trajectory
from wardmote.evidence.targets.plan import EarlierTerms, Override, Terms
from wardmote.evidence.targets.plan_file import Action, PlanFile

TERMS = Terms(date(2026, 11, 21), 20.0, 5.0, (EarlierTerms(date(2016, 3, 31), 1.0, 30.0),))
SEEN = Override("2015-16 Q1", "grey", "the figure is disputed", "The board", date(2026, 11, 1))


def draw(terms: Terms = TERMS, **change: object) -> PlanFile:
    drawn = row([share("2015-16 Q1", 70, 100)], Threshold(">=", 80, "percent"), polarity="higher")
    return PlanFile(replace(plan(replace(drawn, **change)), terms=terms))  # type: ignore[arg-type]


def send_round(plan_file: PlanFile, folder: Path) -> PlanFile:
    write_plan_file(plan_file, folder / "plan.xlsx")
    return read_plan_file(folder / "plan.xlsx")


@pytest.mark.parametrize("terms", [TERMS, Terms(), Terms(None, 0.0, None)])
def test_terms_come_back_from_the_workbook(terms: Terms, tmp_path: Path) -> None:
    assert send_round(draw(terms), tmp_path).plan.terms == terms


def test_status_set_by_hand_comes_back_from_the_workbook(tmp_path: Path) -> None:
    whole = draw(overrides=(SEEN,))
    back = send_round(whole, tmp_path)
    assert back.plan.indicators[0].overrides == (SEEN,)
    [ours], [theirs] = (describe_statuses(one, judge_plan(one)) for one in (whole.plan, back.plan))
    assert [one["status"] for one in ours["periods"]] == [one["status"] for one in theirs["periods"]] == ["grey"]


def test_status_set_by_hand_without_a_reason_is_not_taken(tmp_path: Path) -> None:
    back = send_round(draw(overrides=(replace(SEEN, reason=""),)), tmp_path)
    assert back.plan.indicators[0].overrides == ()
    assert [fault.code for fault in back.faults] == ["override"]


def test_workbook_that_holds_all_says_of_no_loss(tmp_path: Path) -> None:
    whole = draw(overrides=(SEEN,))
    assert find_workbook_losses(whole) == ()
    assert "does not hold" not in read_first_sheet(whole, tmp_path)


def test_what_the_workbook_does_not_hold_is_counted_and_named(tmp_path: Path) -> None:
    path = Trajectory(100, "2010", 2020, 50)
    lost = draw(lag="a year")
    lost = replace(lost, actions=(Action("1", "Do it"), Action("2", "Do more")))
    target = replace(lost.plan.indicators[0].targets[0], target=path)
    indicators = (replace(lost.plan.indicators[0], targets=(target,)),)
    lost = replace(lost, plan=replace(lost.plan, indicators=indicators))
    found = {loss.what: (loss.count, loss.rows) for loss in find_workbook_losses(lost)}
    ids = (indicators[0].id,)
    assert found["actions"] == (2, ())
    assert found["rows whose target is written in a simpler form"] == (1, ids)
    assert found["rows with a lag, a last day, a definition or the like"] == (1, ids)
    text = read_first_sheet(lost, tmp_path)
    assert "What this workbook does not hold" in text
    assert "2 actions" in text


def read_first_sheet(plan_file: PlanFile, folder: Path) -> str:
    send_round(plan_file, folder)
    return str(CalamineWorkbook.from_path(folder / "plan.xlsx").get_sheet_by_index(0).to_python())


def test_rows_named_are_those_that_get_another_status(tmp_path: Path) -> None:
    sample = build_sample_plan(today=date(2026, 11, 21), rng=np.random.default_rng(7))
    back = send_round(sample, tmp_path)
    ours, theirs = (
        {r["id"]: sorted(p["status"] for p in r["periods"]) for r in describe_statuses(one.plan, judge_plan(one.plan))}
        for one in (sample, back)
    )
    named = next(loss for loss in find_workbook_losses(sample) if "another status" in loss.what)
    assert set(named.rows) == {identity for identity in ours if ours[identity] != theirs[identity]}
    assert 0 < named.count < 6


def test_older_json_reads_the_unit_and_last_period_of_a_path() -> None:
    target = {"kind": "trajectory", "baseline": 100, "baseline_period": "2010", "end_year": 2028, "end_value": 50,
              "unit": "percent", "end_period": "2027-28"}  # fmt: skip
    body = {"indicators": [{"id": "1", "title": "Path", "target": target}]}
    read = build_json_plan(body, Path("indicators.json")).indicators[0].targets[0].target
    assert isinstance(read, Trajectory)
    assert (read.unit, read.end_period) == ("percent", "2027-28")
