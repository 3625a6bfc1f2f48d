"""The worked claims of the three documents that have no worked file beside them: are they well formed and right?"""

import json
from pathlib import Path
from typing import Any

import pytest

GOLD: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "gold" / "claims_gold_001_002_003.json").read_text("utf-8")
)
VERDICTS = {"ok", "imprecise", "wrong", "inconsistent", "contradicts", "unsupported", "not_checkable", "derived"}


def test_gold_entries_have_ids_of_their_own_and_known_verdicts() -> None:
    assert len({entry["id"] for entry in GOLD}) == len(GOLD)
    assert {entry["verdict"] for entry in GOLD} <= VERDICTS
    assert all(entry["note"] and entry["claimed"]["values"] for entry in GOLD)


@pytest.mark.parametrize(
    "entry", [entry for entry in GOLD if {"x", "y"} <= set(entry["inputs"])], ids=lambda entry: entry["id"]
)
def test_gold_parts_of_wholes_are_recomputed(entry: dict[str, Any]) -> None:
    share = 100 * entry["inputs"]["x"] / entry["inputs"]["y"]
    assert entry["recomputed"]["value"] == pytest.approx(share, abs=1e-4)
    whole_in_doubt = entry["verdict"] == "unsupported"
    assert whole_in_doubt or entry["verdict"] == _judge(share, entry["claimed"]["values"][-1])


@pytest.mark.parametrize(
    "entry", [entry for entry in GOLD if entry["kind"] == "percent_change" and entry["recomputed"]],
    ids=lambda entry: entry["id"],
)  # fmt: skip
def test_gold_changes_are_recomputed(entry: dict[str, Any]) -> None:
    old, new = entry["inputs"]["old"], entry["inputs"]["new"]
    change = 100 * (new - old) / old
    assert entry["recomputed"]["value"] == pytest.approx(change, abs=1e-4)
    assert entry["verdict"] == _judge(abs(change), entry["claimed"]["values"][-1])


def _judge(exact: float, printed: str) -> str:
    """Right when rounded, imprecise within one unit of the last place, else wrong."""
    if not printed.endswith("%"):
        return "derived"
    number = printed.rstrip("%")
    places = len(number.partition(".")[2])
    gap = abs(float(number) - exact) * 10**places
    if gap <= 0.5:
        return "ok"
    return "imprecise" if gap < 1 else "wrong"


@pytest.mark.realdata
def test_gold_values_stand_on_their_lines(shared_data: Path) -> None:
    seeds = {path.name[:3]: path for path in (shared_data.parent / "seeds").glob("*.txt")}
    if not seeds:
        pytest.skip("the published reports are not beside the project")
    lines = {name: path.read_text("utf-8").split("\n") for name, path in seeds.items()}
    missing = [
        (entry["id"], value)
        for entry in GOLD
        for value in entry["claimed"]["values"]
        if value.casefold() not in lines[entry["doc"]][int(entry["locator"].split("L")[1]) - 1].casefold()
    ]
    assert missing == []
