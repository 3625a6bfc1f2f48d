"""The statuses that were worked by hand for three published plans must come out of the rules, every one."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

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
    Simple,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)  # fmt: skip
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.status import judge_indicator
from wardmote.evidence.targets.statuses import IndicatorStatus

pytestmark = pytest.mark.realdata

WORKED_SETS = ("medway_2014_15_q3q4", "medway_assessment_2016", "kent_csa_2018_19")
_BASIS = {"year_to_date": "cumulative", "year_end": "year_total", "rolling12_stock": "stock"}
_SHAPE = {"count_with_change": "count", "rate_per_100k": "rate", "two_part": "parts"}
_SPAN = {"year": "financial_year", "academic year": "academic_year"}
Raw = Mapping[str, Any]


def read_rows(shared_data: Path) -> list[dict[str, Any]]:
    text = (shared_data / "medway" / "indicators.json").read_text(encoding="utf-8")
    return list(json.loads(text)["indicators"])


def to_base(raw: Raw) -> Base:
    by_period = dict(raw.get("derived") or {}) if isinstance(raw.get("derived"), dict) else {}
    value = raw.get("value")
    if raw.get("for_period") and value is not None:
        by_period, value = {raw["for_period"]: value}, None
    return Base(raw.get("kind", "outturn"), value, raw.get("period", ""), raw.get("unit", ""), by_period)


def to_trajectory(raw: Raw) -> Trajectory:
    step = raw.get("annual_step") or raw["baseline"] * -raw.get("annual_step_pct_of_baseline", 0) / 100 or None
    return Trajectory(raw["baseline"], raw["baseline_period"], raw["end_year"], raw["end_value"], annual_step=step)


MAKERS: dict[str, Any] = {
    "absolute_threshold": lambda t: Threshold(
        t["op"], t["value"], t.get("unit", ""), is_split_unstated=t.get("part_unspecified", False)
    ),
    "count_per_period": lambda t: CountPerPeriod(
        t["op"], t["value"], t.get("unit", ""), _SPAN[t["period"]], t.get("window", "")
    ),
    "relative_change": lambda t: RelativeChange(t["direction"], t["pct"], to_base(t["base"])),
    "points_increase": lambda t: PointsChange(t["points"], to_base(t["base"]), t.get("resulting")),
    "benchmark": lambda t: Benchmark(t["relation"], t["comparator"], t.get("comparator_value")),
    "cohort_percent": lambda t: CohortShare(t["op"], t["value"], t["cohort"]),
    "milestone": lambda t: Milestone(t.get("done_when", ""), tuple(t.get("parts", ())), t.get("state", "")),
    "trajectory": to_trajectory,
    "frequency": lambda t: Frequency(t["value"], t["unit"], t["period"]),
    "no_increase": lambda t: NoChange("no_increase", to_base(t["base"])),
    "none": lambda t: NoTarget(t.get("state", "not set")),
}


def to_target(raw: Raw) -> Target:
    if raw["kind"] == "compound":
        return Compound(tuple((name, to_simple(part)) for name, part in raw["parts"].items()))
    return to_simple(raw)


def to_simple(raw: Raw) -> Simple:
    made: Simple = MAKERS[raw["kind"]](raw)
    return made


def to_parts(raw: Raw) -> tuple[tuple[str, float], ...]:
    parts = raw.get("parts") or {}
    return tuple((name, part["safe"] if isinstance(part, dict) else part) for name, part in parts.items())


def to_value(raw: Raw) -> Value:
    value = raw["value"]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return Value(
        raw["period"],
        date.fromisoformat(raw["start"]) if raw["start"] else None,
        date.fromisoformat(raw["end"]) if raw["end"] else None,
        _BASIS.get(raw["basis"], raw["basis"]),
        "projected" if raw["status"] == "extrapolated" else raw["status"],
        _SHAPE.get(raw["shape"], raw["shape"]),
        number=value if is_number else None,
        part=raw.get("x") if "y" in raw else None,
        whole=raw.get("y"),
        whole_alternative=raw.get("y_alternative"),
        printed_percent=raw.get("printed_percent"),
        parts=to_parts(raw),
        checks=tuple(value) if raw["shape"] == "checklist" else (),
        text=value if isinstance(value, str) else "",
        count=raw.get("count"),
        change_pct=raw.get("change_pct"),
        change_base=raw.get("change_base", ""),
        base=raw.get("base"),
        measure=raw.get("measure", ""),
        lag=raw.get("lag", ""),
        note=raw.get("note", ""),
        is_scored=not raw.get("no_rag", False),
    )


def to_indicator(raw: Raw) -> Indicator:
    version = TargetVersion(to_target(raw["target"]))
    unit = raw["target"].get("unit", "")
    values = tuple(to_value(value) for value in raw["values"])
    return Indicator(raw["id"], raw["short_name"], raw["polarity"], (version,), values, unit=unit, plan=raw["set"])


def judge_all(rows: list[dict[str, Any]]) -> dict[str, IndicatorStatus]:
    """Every row's status, each from what it reports alone: worked answers and remarks are left out before reading."""
    hidden = ("rag", "rag_latest", "why", "flags", "ambiguity")
    plain = [{key: part for key, part in row.items() if key not in hidden} for row in rows]
    prevailing = find_plan_periods(plain)
    return {row["id"]: judge_indicator(to_indicator(row), plan_period=prevailing[row["set"]]) for row in plain}


def find_plan_periods(rows: list[dict[str, Any]]) -> dict[str, tuple[str, date | None, date | None]]:
    """The period that most values of a set speak of."""
    periods: dict[str, Counter[tuple[str, date | None, date | None]]] = {}
    for row in rows:
        for value in map(to_value, row["values"]):
            periods.setdefault(row["set"], Counter())[(value.period, value.start, value.end)] += 1
    return {name: counted.most_common(1)[0][0] for name, counted in periods.items()}


def test_worked_statuses_of_three_plans_come_out(shared_data: Path) -> None:
    rows = read_rows(shared_data)
    judged = judge_all(rows)
    worked = [(row["id"], entry) for row in rows if row["set"] in WORKED_SETS for entry in row["rag"]]
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


def test_worked_latest_statuses_come_out(shared_data: Path) -> None:
    rows = read_rows(shared_data)
    judged = judge_all(rows)
    wrong = [
        f"{row['id']}: worked {row['rag_latest']}, found {latest.status if latest else 'none'}"
        for row in rows
        if row["set"] in WORKED_SETS
        for latest in [judged[row["id"]].latest]
        if latest is None or latest.status != row["rag_latest"]
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_a_reason_is_given_exactly_where_nothing_can_be_scored(shared_data: Path) -> None:
    statuses = [status for found in judge_all(read_rows(shared_data)).values() for status in found.periods]
    odd = [status for status in statuses if (status.status == "grey") != (status.reason_code is not None)]
    assert statuses
    assert not odd
    assert all(status.why for status in statuses)
