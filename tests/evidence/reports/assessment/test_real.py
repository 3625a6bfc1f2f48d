"""Kent's real open data: what the 2021/22 reports say, against plain counts over the published lines."""

import csv
import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from evidence.reports.assessment.conftest import AS_AT
from evidence.reports.assessment.test_sections import SECTIONS
from support.documents import find_section, read_words
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.build import Assessment, plan_assessment
from wardmote.evidence.reports.document import Chart, Table, walk
from wardmote.evidence.reports.partnership import load_partnership
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.store import open_store

pytestmark = pytest.mark.realdata
MEDWAY, DOVER, DARTFORD, CANTERBURY = "E06000035", "E07000108", "E07000107", "E07000106"
YEAR = Period.parse("2021/22")
ASB = "Anti-social behaviour"


@pytest.fixture(scope="module")
def plan(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Assessment]:
    store = open_store(tmp_path_factory.mktemp("kent") / "store", create=True)
    geography = shared_data / "geography"
    loads = {
        "police-street": [shared_data / "police-street" / "kent"],
        "police-outcomes": [shared_data / "police-outcomes"],
        "ons-lookups": sorted(geography.glob("*.csv")),
        "boundaries": sorted(geography.glob("kent_and_medway_*.gz")),
        "ons-population": sorted((shared_data / "population").iterdir()),
        "imd": [shared_data / "imd"],
        "ons-csp-tables": [shared_data / "crime-csp"],
        "fly-tipping": [shared_data / "fly-tipping"],
    }
    for source, paths in loads.items():
        load_source(store, source, paths, now=AS_AT, by="test")
    snapshot = store.snapshot()
    built: dict[tuple[str, str], Assessment] = {}

    def plan_once(area: str, year: str) -> Assessment:
        if (area, year) not in built:
            built[area, year] = plan_assessment(
                snapshot, area, Period.parse(year), load_partnership(None), audience="public", as_at=AS_AT
            )
        return built[area, year]

    return plan_once


def _codes(data: Path, district: str) -> set[str]:
    with (data / "geography" / "lookup_lsoa11_lsoa21_ltla22_kent.csv").open() as file:
        rows = [r for r in csv.DictReader(file) if r["ltla22_code"] == district]
    return {r[column] for r in rows for column in ("lsoa11_code", "lsoa21_code")}


def _count(data: Path, district: str) -> tuple[Counter[str], Counter[str]]:
    """Rows of 2021/22 in the district by crime type, and crimes by small area."""
    codes = _codes(data, district)
    types: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    for month in YEAR.months:
        with gzip.open(data / "police-street" / "kent" / f"{month}-kent-street.csv.gz", "rt", newline="") as file:
            rows = [r for r in csv.DictReader(file) if r["LSOA code"] in codes]
        types.update(r["Crime type"] for r in rows)
        areas.update(r["LSOA code"] for r in rows if r["Crime type"] != ASB)
    return types, areas


@pytest.mark.parametrize("area", [MEDWAY, DOVER])
def test_a_dozen_figures_equal_plain_counts_of_the_lines(
    plan: Callable[[str, str], Assessment], shared_data: Path, area: str
) -> None:
    figures = {f.id: f.value for f in plan(area, "2021/22").ledger.figures}
    types, areas = _count(shared_data, area)
    expected = {
        "crime": sum(types.values()) - types[ASB],
        "asb": types[ASB],
        "burglary": types["Burglary"],
        "vehicle_crime": types["Vehicle crime"],
        "robbery": types["Robbery"],
        "shoplifting": types["Shoplifting"],
        "bicycle_theft": types["Bicycle theft"],
        "drugs": types["Drugs"],
        "public_order": types["Public order"],
        "criminal_damage_and_arson": types["Criminal damage and arson"],
        "violent_crime": types["Violence and sexual offences"] + types["Robbery"],
        "theft": sum(types[t] for t in ("Shoplifting", "Bicycle theft", "Theft from the person", "Other theft")),
    }
    assert {k: figures[f"{k}_count:{area}:2021/22"] for k in expected} == expected
    code, most = max(areas.items(), key=lambda pair: pair[1])
    assert figures[f"crime_count:{area}:2021/22:lsoa={code}"] == most


def test_medway_leads_with_the_checked_total_and_names_what_cannot_be_compared(
    plan: Callable[[str, str], Assessment],
) -> None:
    document = plan(MEDWAY, "2021/22").document
    assert tuple(s.id for s in document.sections) == SECTIONS
    glance = read_words(find_section(document, "at-a-glance"))
    assert "Medway had 31,389 recorded offences in 2021/22. No official table for 2021/22 is loaded" in glance
    card = read_words(find_section(document, "all-crime"))
    assert "On the open data, 2021/22 cannot be compared with 2020/21: April 2020 to February 2021" in card
    assert "27,555. It fell on the year to December 2023, from 29,112 to 27,555 (−5.3%" in card
    assert "March 2019 to February 2021" in read_words(find_section(document, "trust-months"))


def test_the_official_counts_are_those_of_the_workbook(shared_data: Path) -> None:
    """Medway's total of the year to December 2024, found in the publisher's own workbook."""
    book = CalamineWorkbook.from_path(str(shared_data / "crime-csp" / "policeforceareatablesyedecember2024.xlsx"))
    found = set()
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            if "Medway" in row:
                found |= {cell for cell in row if isinstance(cell, float)}
    assert 27_555 in found


@pytest.mark.parametrize("area", [MEDWAY, DOVER, DARTFORD])
def test_places_are_drawn_on_small_areas_and_both_ward_sets(plan: Callable[[str, str], Assessment], area: str) -> None:
    places = find_section(plan(area, "2021/22").document, "places")
    maps = [b.id for b in walk(places.blocks) if isinstance(b, Chart) and b.kind == "map"]
    assert maps[0] == "map-small-areas"
    assert len(maps) == 3


def test_medways_wards_are_22_before_and_24_after(plan: Callable[[str, str], Assessment]) -> None:
    wards = find_section(plan(MEDWAY, "2021/22").document, "wards")
    sizes = [len(b.table.rows) for b in walk(wards.blocks) if isinstance(b, Chart)]
    assert sizes == [22, 24]


def test_wards_with_residents_are_rated_and_the_two_without_are_named(plan: Callable[[str, str], Assessment]) -> None:
    """Two wards of 2024 share a small area, so nobody can say how many of its residents live in which."""
    wards = find_section(plan(MEDWAY, "2021/22").document, "wards")
    drawn = next(b for b in walk(wards.blocks) if isinstance(b, Chart) and b.id == "map-wards-2024")
    assert "No rate for Fort Pitt and Rochester West & Borstal: a small area lies in more than one ward" in drawn.note
    assert "Residents of each ward: LSOA mid-2020 (2011 census series); sum of its small areas" in drawn.note
    assert "per 1,000 residents" in drawn.alt
    assert sum(row[3].text == "[x]" for row in drawn.table.rows) == 2


def test_medways_change_is_labelled_by_the_years_of_the_official_pair(plan: Callable[[str, str], Assessment]) -> None:
    for section in ("at-a-glance", "all-crime"):
        words = read_words(find_section(plan(MEDWAY, "2021/22").document, section))
        assert "Official change per resident, year to December 2024" in words
        assert "on a year before" not in words
        assert "part of it touched by Home Office counting rules of 2023: see the caution" in words
    rates = read_words(find_section(plan(MEDWAY, "2021/22").document, "all-crime"))
    assert "per 1,000 residents, mid-2021 (MYE 2011-2023); 95% interval" in rates


def test_wards_without_a_name_are_said_to_have_none_once_a_table(plan: Callable[[str, str], Assessment]) -> None:
    wards = find_section(plan(CANTERBURY, "2021/22").document, "wards")
    notes = {b.id: b.note for b in walk(wards.blocks) if isinstance(b, Chart | Table)}
    said = "No name is loaded for the wards that stand by their codes."
    assert [notes[f"{kind}wards-{year}"].count(said) for kind, year in (("", 2017), ("map-", 2024))] == [1, 0]


def test_a_period_after_everything_loaded_is_refused(plan: Callable[[str, str], Assessment]) -> None:
    with pytest.raises(UsageError, match="ends with June 2025"):
        plan(MEDWAY, "2030/31")


def test_a_district_that_shares_its_partnership_is_told_of_the_whole(
    plan: Callable[[str, str], Assessment],
) -> None:
    document = plan(DARTFORD, "2021/22").document
    card = read_words(find_section(document, "all-crime"))
    assert "in the official tables for Dartford and Gravesham together: " in card
    trust = read_words(find_section(document, "trust-official"))
    assert "official tables hold only the shared partnership Dartford and Gravesham" in trust


@pytest.mark.parametrize("year", ["2022/23", "2018/19", "2022-04..2022-12"])
def test_a_year_with_missing_months_and_a_part_of_one_are_built_and_say_so(
    plan: Callable[[str, str], Assessment], year: str
) -> None:
    document = plan(MEDWAY, year).document
    assert tuple(s.id for s in document.sections) == SECTIONS
    glance = read_words(find_section(document, "at-a-glance"))
    is_partly_held = "does not hold every month" in glance
    assert is_partly_held == ("/" in year)
    assert ("in these 9 months" in glance) == (".." in year)
