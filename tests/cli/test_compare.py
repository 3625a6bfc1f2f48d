"""Two states of the store, and the published documents that they concern."""

import json
from pathlib import Path

import pytest

from support.command_line import ASB, BURGLARY, ROBBERY, Clock, ask, write_month
from support.small_county import HERE, A, D

#: March as it is issued again: one robbery more, nothing else moved.
REISSUED = [(BURGLARY, A, 9), (ROBBERY, D, 3), (ASB, A, 5)]


@pytest.fixture
def moments(store: Path, tmp_path: Path, clock: Clock) -> tuple[str, str]:
    """Before and after March was issued again."""
    before = clock.now.isoformat()
    ask(store, "load", "police-street", write_month(tmp_path / "again", "2022-03", REISSUED))
    return before, clock.now.isoformat()


def test_changed_figures_are_listed_with_both_values(store: Path, moments: tuple[str, str]) -> None:
    answer = ask(store, "compare", "--as-at", *moments, "--area", HERE, "--period", "2022-03", "--json")
    assert answer.code == 0
    body = answer.json("compare-1")
    assert body["loads_added"] == ["0003-police-street"]
    changes = {c["id"]: (c["earlier"], c["later"]) for c in body["documents"][0]["changes"]}
    assert changes[f"crime_count:{HERE}:2022-03"] == (11, 12)
    assert changes[f"robbery_count:{HERE}:2022-03"] == (2, 3)
    assert f"burglary_count:{HERE}:2022-03" not in changes
    assert f"asb_count:{HERE}:2022-03" not in changes


def test_published_file_names_the_figures_that_changed(store: Path, moments: tuple[str, str], tmp_path: Path) -> None:
    names = {f"robbery_count:{HERE}:2022-03": 2, f"burglary_count:{HERE}:2022-03": 9}
    path = tmp_path / "figures.json"
    path.write_text(json.dumps({"title": "The bulletin", "figures": [{"id": i, "value": v} for i, v in names.items()]}))
    shown = ask(store, "compare", "--as-at", *moments, "--figures", path).out
    assert "Came into force between them: 0003-police-street" in shown
    assert "The bulletin (figures.json): 1 figure changed" in shown
    assert f"robbery_count:{HERE}:2022-03" in shown
    assert "burglary_count" not in shown


def test_same_state_has_no_changes(store: Path, moments: tuple[str, str]) -> None:
    answer = ask(store, "compare", "--as-at", moments[1], moments[1], "--area", HERE, "--period", "2022-03")
    assert answer.code == 0
    assert "Both moments show the same loads" in answer.out
    assert " 0 changed" in answer.out


def test_undone_load_is_no_longer_in_force(store: Path, moments: tuple[str, str], clock: Clock) -> None:
    ask(store, "undo", "0003")
    body = ask(
        store, "compare", "--as-at", moments[1], clock.now.isoformat(), "--area", HERE, "--period", "2022-03", "--json"
    ).json("compare-1")
    assert body["loads_removed"] == ["0003-police-street"]
    changes = {c["id"]: (c["earlier"], c["later"]) for c in body["documents"][0]["changes"]}
    assert changes[f"crime_count:{HERE}:2022-03"] == (12, 11)


def test_figure_that_cannot_be_asked_any_more_says_why(store: Path, moments: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text(json.dumps({"title": "Old", "figures": [{"id": f"gone_count:{HERE}:2022-03", "value": 1}]}))
    body = ask(store, "compare", "--as-at", *moments, "--figures", path, "--json").json("compare-1")
    (unanswered,) = body["documents"][0]["unanswered"]
    assert unanswered["id"] == f"gone_count:{HERE}:2022-03"
    assert "no indicator" in unanswered["why"]


def test_file_that_is_no_record_is_unreadable_input(store: Path, moments: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    path.write_text("[]")
    answer = ask(store, "compare", "--as-at", *moments, "--figures", path)
    assert answer.code == 3
    assert "this is no record of figures" in answer.err


def test_area_without_period_is_wrong_usage(store: Path, moments: tuple[str, str]) -> None:
    answer = ask(store, "compare", "--as-at", *moments, "--area", HERE)
    assert answer.code == 2
    assert "go together" in answer.err
