"""Every target of two published half-year reports, from the source's own words against kinds checked by eye."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from wardmote.evidence.targets.grammar import (
    Understanding,
    describe_target,
    list_understandings,
    tabulate_understandings,
)
from wardmote.evidence.targets.kinds import CohortShare, Target, Trajectory

SEED = "002_d28b69e4f747c9e0.txt"
FIRST_LINE, LAST_LINE = 178, 322
KINDS = {
    "absolute_threshold": "Threshold",
    "benchmark": "Benchmark",
    "cohort_percent": "CohortShare",
    "compound": "Compound",
    "count_per_period": "CountPerPeriod",
    "frequency": "Frequency",
    "milestone": "Milestone",
    "no_increase": "NoChange",
    "none": "NoTarget",
    "points_increase": "PointsChange",
    "relative_change": "RelativeChange",
    "trajectory": "Trajectory",
}
#: Rows whose kind is not that of the target's cell, and why.
DIFFERENT = {
    "A-P3-4": ("RelativeChange", "the cell gives a change and a level; the level is kept beside it, and it is asked"),
    "B-P3-1": ("Threshold", "the split target stands in the update's words, not in the target's cell"),
    "B-P3-4": ("RelativeChange", "the revised target stands in the update's words, not in the target's cell"),
}
OPERATOR_KINDS = {"absolute_threshold", "count_per_period", "cohort_percent"}


@pytest.fixture(scope="module")
def rows(shared_data: Path) -> dict[int, tuple[str, str]]:
    """Title and target text by line number, as they stand in the source."""
    source = shared_data.parent / "seeds" / SEED
    if not source.is_file():
        pytest.skip(f"the published reports were not found at {source}")
    lines = source.read_text(encoding="utf-8").split("\n")
    cells = {number: lines[number - 1].split("\t") for number in range(FIRST_LINE, LAST_LINE + 1)}
    return {
        number: (row[0], row[1])
        for number, row in cells.items()
        if len(row) >= 3 and row[0].strip() and not row[0].startswith("Indicator")
    }


@pytest.fixture(scope="module")
def understandings(rows: dict[int, tuple[str, str]]) -> dict[int, Understanding]:
    return dict(zip(rows, list_understandings(rows.values()), strict=True))


@pytest.fixture(scope="module")
def indicators(shared_data: Path) -> dict[int, dict[str, Any]]:
    """The rows typed by hand, by their first line in the source."""
    held = json.loads((shared_data / "medway" / "indicators.json").read_text(encoding="utf-8"))["indicators"]
    return {row["source"]["lines"][0]: row for row in held if row["source"]["doc"] == "002"}


@pytest.mark.realdata
def test_every_row_of_the_appendices_has_a_target(
    understandings: dict[int, Understanding], indicators: dict[int, dict[str, Any]]
) -> None:
    assert set(understandings) == set(indicators)
    outcomes = Counter(each.outcome for each in understandings.values())
    assert outcomes == {"understood": 38, "asked": 30}, tabulate_understandings(tuple(understandings.values()))


@pytest.mark.realdata
def test_kind_of_every_row_agrees_with_the_eye(
    understandings: dict[int, Understanding], indicators: dict[int, dict[str, Any]]
) -> None:
    found = {indicators[line]["id"]: type(each.target).__name__ for line, each in understandings.items()}
    expected = {row["id"]: KINDS[row["target"]["kind"]] for row in indicators.values()}
    differing = {row: kind for row, kind in found.items() if kind != expected[row]}
    assert differing == {row: kind for row, (kind, _) in DIFFERENT.items()}


@pytest.mark.realdata
def test_number_and_operator_of_every_row_agree_with_the_eye(
    understandings: dict[int, Understanding], indicators: dict[int, dict[str, Any]]
) -> None:
    checked = 0
    for line, understanding in understandings.items():
        expected = indicators[line]["target"]
        if expected["kind"] in OPERATOR_KINDS and indicators[line]["id"] not in DIFFERENT:
            assert _level(understanding.target) == (expected["op"], expected["value"]), understanding.text
            checked += 1
    assert checked == 38


def _level(target: Target | None) -> tuple[str, float]:
    value = target.percent if isinstance(target, CohortShare) else target.value  # type: ignore[union-attr]
    return target.operator, value  # type: ignore[union-attr]


@pytest.mark.realdata
def test_trajectories_of_the_titles_have_the_ends_worked_out_by_hand(
    understandings: dict[int, Understanding], indicators: dict[int, dict[str, Any]]
) -> None:
    paths = {line: row["target"] for line, row in indicators.items() if row["target"]["kind"] == "trajectory"}
    assert len(paths) == 4
    for line, expected in paths.items():
        target = understandings[line].target
        assert isinstance(target, Trajectory)
        assert (target.baseline, target.end_year) == (pytest.approx(expected["baseline"]), expected["end_year"])
        assert target.end_value == pytest.approx(expected["end_value"])


@pytest.mark.realdata
def test_second_form_of_the_split_promise_is_kept(understandings: dict[int, Understanding]) -> None:
    assert [describe_target(each) for each in understandings[209].also] == ["below 275 per 100k"]
