"""The statuses that were worked by hand for three published plans must come out of the rules, every one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from wardmote.evidence.sources.action_plan import find_plan_period, read_plan
from wardmote.evidence.targets.plan import Indicator
from wardmote.evidence.targets.status import judge_indicator
from wardmote.evidence.targets.statuses import IndicatorStatus

pytestmark = pytest.mark.realdata

WORKED_SETS = ("medway_2014_15_q3q4", "medway_assessment_2016", "kent_csa_2018_19")
#: What somebody worked out or remarked by hand: never shown to the rules.
ANSWERS = ("rag", "rag_latest", "why", "flags", "ambiguity")
Raw = Mapping[str, Any]


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> list[dict[str, Any]]:
    text = (shared_data / "medway" / "indicators.json").read_text(encoding="utf-8")
    return list(json.loads(text)["indicators"])


@pytest.fixture(scope="module")
def judged(rows: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, IndicatorStatus]:
    """Every row's status from what it reports alone."""
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    plain = [{key: part for key, part in row.items() if key not in ANSWERS} for row in rows]
    path.write_text(json.dumps({"indicators": plain}), encoding="utf-8")
    plan = read_plan(path)
    assert not plan.faults
    return {row.id: status for name in {row.plan for row in plan.indicators} for row, status in judge_set(plan, name)}


def judge_set(plan: Any, name: str) -> list[tuple[Indicator, IndicatorStatus]]:
    indicators = [row for row in plan.indicators if row.plan == name]
    period = find_plan_period(indicators)
    return [(row, judge_indicator(row, plan_period=period)) for row in indicators]


def list_worked(rows: list[dict[str, Any]]) -> list[tuple[str, Raw]]:
    return [(row["id"], entry) for row in rows if row["set"] in WORKED_SETS for entry in row["rag"]]


def test_worked_statuses_of_three_plans_come_out(
    rows: list[dict[str, Any]], judged: dict[str, IndicatorStatus]
) -> None:
    worked = list_worked(rows)
    differences = [line for id_, entry in worked for line in compare(judged[id_], entry)]
    assert len(worked) > 70
    assert not differences, "\n".join(["", *differences])


def compare(found: IndicatorStatus, entry: Raw) -> list[str]:
    """Nothing where a status agrees with the worked one, else a line of the table of differences."""
    wanted = (entry["status"], entry.get("reason_code"))
    status = {one.period: one for one in found.periods}.get(entry["period"])
    if status is not None and (status.status, status.reason_code) == wanted:
        return []
    got = "no such period" if status is None else f"{status.status}/{status.reason_code}: {status.why}"
    return [f"{found.id:8} {entry['period']:20} worked {wanted[0]}/{wanted[1]}; found {got}"]


def test_worked_latest_statuses_come_out(rows: list[dict[str, Any]], judged: dict[str, IndicatorStatus]) -> None:
    wanted = {row["id"]: row["rag_latest"] for row in rows if row["set"] in WORKED_SETS}
    found = {id_: latest.status for id_ in wanted if (latest := judged[id_].latest) is not None}
    assert found == wanted


def test_worked_kinds_of_reasoning_come_out(rows: list[dict[str, Any]], judged: dict[str, IndicatorStatus]) -> None:
    """All but one kind: that a target's words count people where its base is a share stands in no field of the row."""
    wanted = {
        (id_, entry["period"]): entry["why_code"]
        for id_, entry in list_worked(rows)
        if entry.get("why_code") not in (None, "unit_mismatch")
    }
    found = {(id_, one.period): one.why_code for id_, status in judged.items() for one in status.periods}
    assert len(wanted) > 10
    assert {key: found[key] for key in wanted} == wanted


def test_every_answer_has_a_sentence_and_a_grey_one_a_reason(judged: dict[str, IndicatorStatus]) -> None:
    statuses = [status for found in judged.values() for status in found.periods]
    assert all(found.periods for found in judged.values())
    assert [one for one in statuses if (one.status == "grey") != (one.reason_code is not None)] == []
    assert [one for one in statuses if len(one.why) < 10] == []
