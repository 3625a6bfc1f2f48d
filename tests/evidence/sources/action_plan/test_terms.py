"""A plan's file may say on what terms it was judged; who asks may say others."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evidence.targets.drawn_plans import plan, row, share
from wardmote.cli.main import app
from wardmote.evidence.interface import judge_plan, read_plan_file, read_plans, settle_terms, write_plan_file
from wardmote.evidence.targets.kinds import TargetVersion, Threshold, WithdrawnVersion
from wardmote.evidence.targets.plan import EarlierTerms, Terms
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.evidence.targets.statuses import Settings

TERMS = Terms(date(2026, 11, 21), 20.0, 5.0)


def make_file(folder: Path, terms: Terms, name: str = "plan.json") -> Path:
    drawn = plan(row([share("2015-16 Q1", 70, 100)], Threshold(">=", 80, "percent"), polarity="higher"))
    write_plan_file(PlanFile(replace(drawn, terms=terms)), folder / name)
    return folder / name


def ask(path: Path, *options: str) -> str:
    answer = CliRunner().invoke(app, ["status", str(path), "--json", *options])
    return json.loads(answer.stdout)["indicators"][0]["periods"][-1]["status"]


def test_terms_come_back_as_they_were_written(tmp_path: Path) -> None:
    assert read_plan_file(make_file(tmp_path, TERMS)).plan.terms == TERMS
    assert read_plan_file(make_file(tmp_path, Terms())).plan.terms == Terms()


def test_the_files_terms_hold_until_others_are_named(tmp_path: Path) -> None:
    path = make_file(tmp_path, TERMS)
    assert ask(path) == "amber"
    assert ask(path, "--amber-within", "5") == "red"
    assert ask(make_file(tmp_path, Terms())) == "red"


def test_terms_are_settled_one_by_one(tmp_path: Path) -> None:
    held = read_plan_file(make_file(tmp_path, TERMS)).plan
    assert settle_terms(held) == TERMS
    assert settle_terms(held, small_number=7) == replace(TERMS, small_number=7)
    assert settle_terms(replace(held, terms=Terms())) == Terms(None, 5.0, 20.0)


def test_of_several_files_the_latest_days_terms_hold(tmp_path: Path) -> None:
    old = make_file(tmp_path, Terms(date(2025, 1, 1), 1.0), "old.json")
    new = make_file(tmp_path, TERMS, "new.json")
    assert read_plans([new, old]).terms == TERMS


@pytest.mark.parametrize("terms", ['"soon"', '{"amber_within_pct": 400}', '{"as_at": "yesterday"}', '{"mood": 3}'])
def test_slip_in_the_terms_is_told_and_costs_no_row(tmp_path: Path, terms: str) -> None:
    path = make_file(tmp_path, TERMS)
    body = json.loads(path.read_text())
    body["terms"] = json.loads(terms)
    path.write_text(json.dumps(body))
    found = read_plan_file(path)
    assert found.plan.indicators
    assert any("terms" in fault.where for fault in found.faults)
    assert judge_plan(found.plan)[0].latest.status == "red"


EARLIER = EarlierTerms(date(2015, 12, 31), 5.0, 20.0)


def test_terms_of_earlier_periods_come_back_and_judge_theirs(tmp_path: Path) -> None:
    path = make_file(tmp_path, replace(TERMS, earlier=(EARLIER,)))
    held = read_plan_file(path).plan
    assert held.terms.earlier == (EARLIER,)
    assert judge_plan(held)[0].latest.status == "red"  # 70 of 100 in a quarter of 2015 against at least 80
    later = replace(held, terms=replace(TERMS, earlier=(replace(EARLIER, until=date(2015, 3, 31)),)))
    assert judge_plan(later)[0].latest.status == "amber"
    assert ask(path) == "red"
    assert ask(path, "--amber-within", "20") == "amber"


def test_a_value_without_days_keeps_the_oldest_terms() -> None:
    settings = Settings(amber_within_pct=50, earlier=((date(2026, 12, 31), Settings()),))
    assert settings.choose_for(None).amber_within_pct == 5
    assert settings.choose_for(date(2026, 12, 31)).amber_within_pct == 5
    assert settings.choose_for(date(2027, 1, 1)).amber_within_pct == 50


def test_slip_in_the_terms_of_earlier_periods_is_told(tmp_path: Path) -> None:
    path = make_file(tmp_path, replace(TERMS, earlier=(replace(EARLIER, amber_within_pct=400),)))
    found = read_plan_file(path)
    assert found.plan.terms == TERMS
    assert any("terms.earlier" in fault.where for fault in found.faults)


def test_target_that_was_taken_back_comes_back_and_judges_nothing(tmp_path: Path) -> None:
    path = make_file(tmp_path, TERMS)
    whole = read_plan_file(path)
    taken = WithdrawnVersion(TargetVersion(Threshold(">=", 90.0, "percent"), "90%"), date(2026, 11, 21), "a slip")
    rows = tuple(replace(one, withdrawn=(taken,)) for one in whole.plan.indicators)
    write_plan_file(replace(whole, plan=replace(whole.plan, indicators=rows)), tmp_path / "again.json")
    again = read_plan_file(tmp_path / "again.json").plan
    assert again.indicators[0].withdrawn == (taken,)
    assert judge_plan(again) == judge_plan(whole.plan)
