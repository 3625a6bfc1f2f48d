"""Answers are handed on from one state of the store to the next exactly where no load between them touches them."""

from pathlib import Path

import pytest

from support.drawn_years import draw_months
from support.small_county import HERE, NEW, A, build_county
from support.street_store import link, official, put_street, put_tables, residents
from wardmote.evidence.indicators.carrying import carry_over, find_changed_tables
from wardmote.evidence.indicators.compute import Evidence, compute_figures
from wardmote.evidence.interface import open_evidence, open_store
from wardmote.evidence.model.periods import Period

YEAR = Period.parse("2021/22")
QUESTIONS = [
    ("burglary_count", HERE, "ward@2024"), ("burglary_rate", HERE, ""), ("burglary_rate", NEW[1], "month"),
    ("official_burglary_count", HERE, ""), ("fly_tipping_count", HERE, ""), ("outcomes_count", HERE, "month"),
]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Path:
    build_county(tmp_path)
    put_street(tmp_path, draw_months("2021-04", [4] * 12, lsoa=A))
    put_tables(tmp_path, {"recorded_crime": [official("E22000001", "2022-03", "Burglary", 90)]})
    return tmp_path


def ask_all(evidence: Evidence) -> list[object]:
    return [compute_figures(evidence, name, area, YEAR, by) for name, area, by in QUESTIONS]


LOADS = {
    "crime": {"street": draw_months("2021-06", [9] * 3, lsoa=A)},
    "residents": {"population": [residents(HERE, 99_000, year=year, vintage="Newer") for year in (2021, 2023)]},
    "look-up": {"area_links": [link(("lsoa@2021", A), ("ward@2024", NEW[2]), name="Newest 2") | {"scope": "more"}]},
    "official": {"recorded_crime": [official("E22000001", "2022-03", "Burglary", 91)]},
}


@pytest.mark.parametrize("load", LOADS)
def test_answers_after_a_load_are_those_of_an_evidence_that_knew_nothing(store: Path, load: str) -> None:
    earlier = open_evidence(open_store(store))
    before = ask_all(earlier)
    tables = dict(LOADS[load])
    if rows := tables.pop("street", None):
        put_street(store, rows)  # type: ignore[arg-type]
    if tables:
        put_tables(store, tables)  # type: ignore[arg-type]
    after = ask_all(open_evidence(open_store(store), earlier=earlier))
    assert after == ask_all(open_evidence(open_store(store)))
    assert after != before


def test_a_load_of_crime_leaves_places_residents_and_official_figures_known(store: Path) -> None:
    earlier = open_evidence(open_store(store))
    ask_all(earlier)
    put_street(store, draw_months("2022-04", [4], lsoa=A))
    later = open_evidence(open_store(store), earlier=earlier)
    assert find_changed_tables(earlier.snapshot, later.snapshot) == {"street_rows", "street_counts"}
    known = [key[1] for key in later.snapshot.list_remembered("figures")]
    assert "official_burglary_count" in known
    assert not {"burglary_count", "burglary_rate"} & set(known)
    assert later.snapshot.list_remembered("get_members")


def test_a_load_of_look_ups_leaves_nothing_known(store: Path) -> None:
    earlier = open_evidence(open_store(store))
    ask_all(earlier)
    put_tables(store, LOADS["look-up"])  # type: ignore[arg-type]
    assert carry_over(earlier, open_evidence(open_store(store))) == 0
