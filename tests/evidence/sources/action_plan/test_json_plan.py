"""A plan's JSON: every kind of target and shape of value, and what happens to rows that cannot be used."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.model.errors import UnreadableInputError, UsageError, WardmoteError
from wardmote.evidence.sources.action_plan import find_plan_period, read_plan
from wardmote.evidence.targets import kinds as k
from wardmote.evidence.targets.plan import Indicator, Plan

FLOOR = {"kind": "absolute_threshold", "op": ">=", "value": 75, "unit": "percent"}
Q1 = {"period": "2015-16 Q1", "start": "2015-04-01", "end": "2015-06-30", "basis": "quarter"}


def read(tmp_path: Path, *rows: Any) -> Plan:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"indicators": rows}))
    return read_plan(path)


def read_one(tmp_path: Path, target: Any, *values: Any) -> Indicator:
    plan = read(tmp_path, {"id": "R1", "polarity": "higher", "target": target, "values": values})
    assert plan.faults == ()
    return plan.indicators[0]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (FLOOR | {"part_unspecified": True}, k.Threshold(">=", 75, "percent", is_split_unstated=True)),
        (
            {"kind": "count_per_period", "op": ">=", "value": 8, "unit": "schools", "period": "academic year"},
            k.CountPerPeriod(">=", 8, "schools", "academic_year"),
        ),
        (
            {"kind": "relative_change", "direction": "decrease", "pct": 5, "base": {"kind": "previous_year"}},
            k.RelativeChange("decrease", 5, k.Base("previous_year")),
        ),
        (
            {
                "kind": "relative_change", "direction": "increase", "pct": 5,
                "base": {"kind": "same_period_last_year", "derived": {"2015-16 Q1": 129, "2015-16 H1": 274}},
            },
            k.RelativeChange(
                "increase", 5,
                k.Base("same_period_last_year", by_period={"2015-16 Q1": 129, "2015-16 H1": 274}, is_derived=True),
            ),
        ),
        (
            {
                "kind": "relative_change", "direction": "decrease", "pct": 5,
                "base": {"kind": "same_point_last_year", "value": 22, "for_period": "2015-16 Q2"},
            },
            k.RelativeChange("decrease", 5, k.Base("same_point_last_year", by_period={"2015-16 Q2": 22})),
        ),
        (
            {"kind": "points_increase", "points": 2, "base": {"period": "2013-14", "value": 6.2}, "resulting": 8.2},
            k.PointsChange(2, k.Base("baseline", 6.2, "2013-14"), 8.2),
        ),
        (
            {"kind": "benchmark", "relation": "similar", "comparator": "England", "comparator_value": None},
            k.Benchmark("similar", "England"),
        ),
        (
            {"kind": "cohort_percent", "op": ">=", "value": 80, "cohort": "Year 12"},
            k.CohortShare(">=", 80, "Year 12"),
        ),
        (
            {"kind": "milestone", "done_when": "launched; judged", "parts": ["launched", "judged"]},
            k.Milestone("launched; judged", ("launched", "judged")),
        ),
        ({"kind": "frequency", "value": 1, "unit": "talk", "period": "quarter"}, k.Frequency(1, "talk", "quarter")),
        (
            {"kind": "no_increase", "base": {"kind": "outturn", "period": "2014-15", "value": 426}},
            k.NoChange("no_increase", k.Base("outturn", 426, "2014-15")),
        ),
        ({"kind": "none", "state": "pending"}, k.NoTarget("pending")),
        (
            {"kind": "compound", "parts": {"licences": {**FLOOR, "value": 65}, "orders": FLOOR}},
            k.Compound((("licences", k.Threshold(">=", 65, "percent")), ("orders", k.Threshold(">=", 75, "percent")))),
        ),
    ],
)  # fmt: skip
def test_target_of_every_kind_is_read(tmp_path: Path, written: Any, read_as: k.Target) -> None:
    assert [v.target for v in read_one(tmp_path, written).targets] == [read_as]


def test_trajectory_has_its_years_and_the_step_that_the_text_names(tmp_path: Path) -> None:
    row = read_one(
        tmp_path,
        {
            "kind": "trajectory", "baseline": 85.2, "baseline_period": "2004-2008 mean", "end_year": 2020,
            "end_change_pct": -40, "annual_step_pct_of_baseline": 5.71, "shape": "linear, 7 steps",
            "in_cell_forecast": {"previous": 51, "forecast": 56},
        },
    )  # fmt: skip
    path = row.targets[0].target
    assert isinstance(path, k.Trajectory)
    assert (path.baseline_start, path.baseline_end, path.end_year, path.shape) == (2004, 2008, 2020, "linear")
    assert path.end_value == pytest.approx(51.12)
    assert path.annual_step == pytest.approx(-4.86492)
    assert row.extra["target_in_cell_forecast"] == "previous 51, forecast 56"


def test_earlier_target_holds_until_the_first_day_reported(tmp_path: Path) -> None:
    value = Q1 | {"shape": "percent", "value": 80}
    older, newer = read_one(tmp_path, FLOOR | {"previous_target": 68, "change_reason": "new rules"}, value).targets
    assert older.target == k.Threshold(">=", 68, "percent")
    assert (older.valid_to, newer.valid_from, newer.valid_to) == (date(2015, 3, 31), date(2015, 4, 1), None)
    assert newer.reason_for_change == "new rules"


def test_earlier_target_without_any_day_stays_in_words(tmp_path: Path) -> None:
    row = read_one(tmp_path, FLOOR | {"previous_target": 68})
    assert len(row.targets) == 1
    assert row.extra["target_before"] == "68"


def test_superseded_target_of_another_kind_becomes_an_earlier_version(tmp_path: Path) -> None:
    target = {"kind": "compound", "parts": {"a": FLOOR}, "superseded": FLOOR | {"value": 70}}
    older, newer = read_one(tmp_path, target, Q1 | {"shape": "percent", "value": 80}).targets
    assert older.target == k.Threshold(">=", 70, "percent")
    assert isinstance(newer.target, k.Compound)


@pytest.mark.parametrize("key", ["also", "conflicting"])
def test_second_form_of_a_promise_is_kept_beside_it(tmp_path: Path, key: str) -> None:
    other = {"kind": "relative_change", "direction": "decrease", "pct": 5, "base": {"value": 289.5, "derived": True}}
    (version,) = read_one(tmp_path, FLOOR | {key: other}).targets
    assert version.also == (k.RelativeChange("decrease", 5, k.Base("not_stated", 289.5, is_derived=True)),)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"shape": "percent", "value": None, "status": "missing"}, {"number": None, "state": "missing"}),
        ({"shape": "checklist", "value": [True, False]}, {"checks": (True, False), "shape": "checklist"}),
        (
            {"shape": "two_part", "value": [61.5, 73.0], "parts": {"licences": 61.5, "orders": 73.0}},
            {"parts": (("licences", 61.5), ("orders", 73.0)), "shape": "parts"},
        ),
        (
            {"shape": "two_part", "value": [94, 47], "parts": {"day": {"safe": 94}, "night": {"safe": 47}}},
            {"parts": (("day", 94.0), ("night", 47.0)), "note": "day: safe 94; night: safe 47"},
        ),
        (
            {"shape": "count_with_change", "value": 498, "change_pct": -24, "implied_base": 655},
            {"number": 498, "change_pct": -24, "base": 655, "shape": "count"},
        ),
        (
            {"shape": "count", "value": 6, "base": 22, "change_pct": -72.73, "change_pct_printed": -78},
            {"number": 6, "change_pct": -78, "base": 22},
        ),
        (
            {"shape": "count", "value": 146, "change_pct": 64, "change_base": "previous quarter"},
            {"change_base": "previous quarter"},
        ),
        (
            {"shape": "x_of_y", "value": 69.27, "x": 568, "y": 820, "y_alternative": 722, "printed_percent": 83},
            {"part": 568, "whole": 820, "whole_alternative": 722, "printed_percent": 83},
        ),
        ({"shape": "rate_per_100k", "value": 312, "status": "extrapolated"}, {"shape": "rate", "state": "projected"}),
        ({"shape": "status", "value": "in progress"}, {"text": "in progress", "number": None}),
        ({"shape": "percent", "value": 3, "no_rag": True}, {"is_scored": False}),
        ({"shape": "count", "value": 8, "visits": 12, "tonnes": [1.5, 2]}, {"note": "visits: 12; tonnes: 1.5, 2"}),
        (
            {"shape": "breakdown", "value": 60, "parts": {"safe": 60, "unsafe": 40}},
            {"number": 60, "parts": (("safe", 60.0), ("unsafe", 40.0))},
        ),
    ],
)
def test_value_of_every_shape_is_read(tmp_path: Path, written: Any, expected: dict[str, Any]) -> None:
    (value,) = read_one(tmp_path, FLOOR, Q1 | written).values
    assert {name: getattr(value, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("written", "basis"), [("year_to_date", "cumulative"), ("rolling12_stock", "stock"), ("year_end", "year_total")]
)
def test_basis_in_the_files_words_is_read_in_ours(tmp_path: Path, written: str, basis: str) -> None:
    (value,) = read_one(tmp_path, FLOOR, Q1 | {"basis": written, "value": 1}).values
    assert value.basis == basis


def test_value_without_days_gets_those_of_its_label(tmp_path: Path) -> None:
    (value,) = read_one(tmp_path, FLOOR, {"period": "2014/15 H2", "shape": "percent", "value": 1}).values
    assert (value.start, value.end, value.basis) == (date(2014, 10, 1), date(2015, 3, 31), "half_year")


def test_answers_in_the_file_are_never_read(tmp_path: Path) -> None:
    answers = {"rag": 1, "rag_latest": "red", "why": [], "flags": {}, "ambiguity": "?"}
    rows = [{"id": "R1", "target": FLOOR}, {"id": "R1", "target": FLOOR} | answers]
    assert read(tmp_path, rows[0]).indicators == read(tmp_path, rows[1]).indicators


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        (17, "indicator 2", "shape"),
        ({"target": FLOOR}, "indicator 2", "missing_id"),
        ({"id": "A", "target": FLOOR}, "indicator 2", "doubled_id"),
        ({"id": "B", "target": {"kind": "wish"}}, "(B), key 'target', key 'kind'", "unknown_kind"),
        ({"id": "B", "target": FLOOR | {"value": "many"}}, "key 'value'", "number"),
        ({"id": "B", "target": FLOOR | {"op": "=>"}}, "key 'op'", "unknown_word"),
        ({"id": "B", "target": FLOOR, "polarity": "up"}, "key 'polarity'", "unknown_word"),
        ({"id": "B", "target": "75%", "values": []}, "key 'target'", "shape"),
    ],
)
def test_row_that_cannot_be_used_is_a_fault_with_its_place_and_costs_no_other(
    tmp_path: Path, row: Any, place: str, code: str
) -> None:
    plan = read(tmp_path, {"id": "A", "target": FLOOR}, row)
    assert [i.id for i in plan.indicators] == ["A"]
    (fault,) = plan.faults
    assert place in fault.where
    assert (fault.code, fault.severity) == (code, "error")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"start": "2015-02-30"}, "date"),
        ({"end": "2015-03-31"}, "date"),
        ({"value": "12"}, "number"),
        ({"value": True}, "number"),
        ({"value": -7}, "number"),
        ({"x": -7}, "number"),
        ({"y": 1e9}, "number"),
        ({"value": 1e308}, "number"),
        ({"value": 1e-300}, "number"),
        ({"value": 10**400}, "number"),
        ({"shape": "pie"}, "unknown_word"),
        ({"status": "guessed"}, "unknown_word"),
        ({"shape": "checklist", "value": [1]}, "shape"),
        ({"shape": "two_part", "value": [1, 2], "parts": {"a": {"b": 1}}}, "shape"),
        ({"y": -4}, "number"),
    ],
)
def test_value_that_cannot_be_used_costs_only_itself(tmp_path: Path, value: Any, code: str) -> None:
    good = Q1 | {"shape": "count", "value": 3}
    plan = read(tmp_path, {"id": "A", "target": FLOOR, "values": [good, good | value]})
    assert [v.number for v in plan.indicators[0].values] == [3]
    assert [f.code for f in plan.faults] == [code]
    assert "(A), key 'values'[1]" in plan.faults[0].where


def test_status_set_by_a_person_needs_reason_and_name(tmp_path: Path) -> None:
    one = {"period": "2015-16 Q1", "status": "amber", "reason": "two wards late", "by": "Ann", "on": "2015-08-01"}
    row = {"id": "A", "target": FLOOR, "overrides": [one]}
    assert read(tmp_path, row).indicators[0].overrides[0].on == date(2015, 8, 1)
    assert read(tmp_path, row | {"overrides": [one | {"reason": ""}]}).faults[0].code == "override"


@pytest.mark.parametrize("content", [b"", b"{", b"[1", b"\xff\xfe", b'{"rows": []}', b"7", b"[" * 100_000])
def test_file_that_is_no_plan_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInputError):
        read_plan(path)


def test_file_of_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file of an action plan"):
        read_plan(tmp_path / "plan.pdf")


def test_prevailing_period_of_a_plan_is_that_of_most_values(tmp_path: Path) -> None:
    year = {"period": "2018-19", "start": "2018-04-01", "end": "2019-03-31", "value": 1}
    plan = read(
        tmp_path,
        {"id": "A", "values": [year, year]},
        {"id": "B", "values": [{"period": "2019-03", "value": 1}]},
        {"id": "C", "values": []},
    )
    assert find_plan_period(plan.indicators) == ("2018-19", date(2018, 4, 1), date(2019, 3, 31))
    assert find_plan_period(plan.indicators[2:]) is None


KEYS = st.sampled_from(
    ["id", "target", "values", "kind", "op", "value", "base", "period", "start", "end", "shape", "parts", "previous",
     "previous_target", "baseline", "end_year", "steps", "pct", "direction", "derived", "for_period", "priority", "x"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["trajectory", "compound", "relative_change", "absolute_threshold", ">=", "2015-04-01", "0001-01-01", "two_part",
     "checklist", "2015-16 Q9", "breakdown", "steps", "\ud800", ""]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | WORDS | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@given(rows=st.lists(st.dictionaries(KEYS, ANYTHING, max_size=8), max_size=3))
def test_whatever_json_holds_is_read_or_gathered(tmp_path_factory: pytest.TempPathFactory, rows: Any) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    path.write_text(json.dumps({"indicators": [{"id": str(n)} | row for n, row in enumerate(rows)]}))
    plan = read_plan(path)
    assert len(plan.indicators) + len(plan.faults) >= len(rows)
    str(plan).encode()


@given(content=st.binary(max_size=60).filter(lambda b: b.strip() != b"[]"))
def test_random_bytes_are_an_error_that_names_the_file(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("plan") / "plan.json"
    path.write_bytes(content)
    with pytest.raises(WardmoteError, match=r"plan\.json"):  # no sixty random bytes hold a list of indicators
        read_plan(path)


@pytest.mark.realdata
def test_published_plans_of_2014_to_2019_are_read_without_fault(shared_data: Path) -> None:
    plan = read_plan(shared_data / "medway" / "indicators.json")
    assert (len(plan.indicators), plan.faults) == (103, ())
    assert sum(len(i.values) for i in plan.indicators) == 170
    rows = {i.id: i for i in plan.indicators}
    assert {type(v.target) for i in plan.indicators for v in i.targets} == {*k.Simple.__args__, k.Compound}
    assert rows["B-P2-6"].values[0].best == pytest.approx(568 / 820 * 100)
    kent = [i for i in plan.indicators if i.id.startswith("K-")]
    assert find_plan_period(kent) == ("2018-19", date(2018, 4, 1), date(2019, 3, 31))
