"""Published files of Kent, counted by the engine and by reading the files line by line."""

import csv
import gzip
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.model.figures import FigureTable
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.store import open_store

pytestmark = pytest.mark.realdata

NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
MEDWAY, SWALE, DOVER, KENT = "E06000035", "E07000113", "E07000108", "E23000032"
ASB = "Anti-social behaviour"
ALL_CRIME = "ALL CRIME EXCL ASB"  # a row of the check figures that sums the others


def _load(folder: Path, sources: dict[str, list[Path]]) -> Evidence:
    store = open_store(folder, create=True)
    for source, paths in sources.items():
        load_source(store, source, paths, now=NOW, by="test")
    return Evidence.of(store.snapshot())


def _list_places(data: Path) -> dict[str, list[Path]]:
    geography = data / "geography"
    return {
        "ons-lookups": sorted(geography.glob("lookup_*.csv")),
        "boundaries": [
            geography / "kent_and_medway_lsoa11.geojson.gz",
            geography / "kent_and_medway_lsoa21.geojson.gz",
        ],
        "ons-population": [data / "population" / "LAD23_Mid_Year_pop_2011_to_2023.xlsx"],
    }


@pytest.fixture(scope="module")
def kent(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """All of Kent's months, its look-ups, boundaries and residents."""
    street = {"police-street": [shared_data / "police-street" / "kent"]}
    return _load(tmp_path_factory.mktemp("kent") / "store", _list_places(shared_data) | street)


def _by_month_and_type(evidence: Evidence, area: str, period: Period) -> Counter[tuple[str, str]]:
    """The known figures that are not zero, crime and anti-social behaviour together."""
    tables = [compute_figures(evidence, i, area, period, "month,offence") for i in ("crime_count", "asb_count")]
    return Counter({(d["month"], d["offence"]): int(f.value) for t in tables for f in t.figures
                    if f.value and (d := dict(f.dimensions))})  # fmt: skip


# -- the check figures ------------------------------------------------------------------------------------------
def test_every_month_and_type_of_medway_is_as_checked(kent: Evidence, shared_data: Path) -> None:
    with (shared_data / "check-figures" / "medway_month_type.csv").open() as file:
        expected = Counter({(r["month"], r["crime_type"]): int(r["count"]) for r in csv.DictReader(file)})
    assert len(expected) > 300
    found = _by_month_and_type(kent, MEDWAY, Period.parse("2018-10..2024-04"))
    months = {month for month, _ in expected}
    assert {key: n for key, n in found.items() if key[0] in months} == expected


def test_every_financial_year_of_medway_is_as_checked(kent: Evidence, shared_data: Path) -> None:
    with (shared_data / "check-figures" / "medway_fy_type.csv").open() as file:
        rows = list(csv.DictReader(file))
    found = _by_month_and_type(kent, MEDWAY, Period.parse("2018-10..2024-04"))
    for row in rows:
        year = Period.parse(row["financial_year"])
        types = {t for _, t in found} - {ASB} if row["crime_type"] == ALL_CRIME else {row["crime_type"]}
        counted = sum(n for (m, t), n in found.items() if Month.parse(m) in year and t in types)
        assert counted == int(row["count"]), row
    assert {r["financial_year"] for r in rows if r["months_present"] == "12"} == {"2021/22"}
    assert compute_one(kent, "crime_count", MEDWAY, Period.parse("2021/22")).value == 31_389
    assert compute_one(kent, "asb_count", MEDWAY, Period.parse("2021/22")).value == 5_627


# -- a second way -----------------------------------------------------------------------------------------------
def _list_codes(data: Path, district: str) -> set[str]:
    """The district's small areas of both censuses, straight from the look-up file."""
    with (data / "geography" / "lookup_lsoa11_lsoa21_ltla22_kent.csv").open() as file:
        rows = [r for r in csv.DictReader(file) if r["ltla22_code"] == district]
    return {r[column] for r in rows for column in ("lsoa11_code", "lsoa21_code")}


def _count_lines(data: Path, codes: set[str], period: Period) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for month in period.months:
        with gzip.open(data / "police-street" / "kent" / f"{month}-kent-street.csv.gz", "rt", newline="") as file:
            counted.update((r["Month"], r["Crime type"]) for r in csv.DictReader(file) if r["LSOA code"] in codes)
    return counted


@pytest.mark.parametrize("district", [SWALE, DOVER])
def test_district_equals_its_lines_in_the_published_files(kent: Evidence, shared_data: Path, district: str) -> None:
    period = Period.parse("2022-01..2022-12")
    expected = _count_lines(shared_data, _list_codes(shared_data, district), period)
    assert sum(expected.values()) > 10_000
    assert _by_month_and_type(kent, district, period) == expected


def test_force_equals_every_line_of_its_file(kent: Evidence, shared_data: Path) -> None:
    path = shared_data / "police-street" / "kent" / "2022-03-kent-street.csv.gz"
    with gzip.open(path, "rt", newline="") as file:
        lines = Counter(row["Crime type"] == ASB for row in csv.DictReader(file))
    period = Period.parse("2022-03")
    found = [compute_one(kent, name, KENT, period).value for name in ("crime_count", "asb_count")]
    assert found == [lines[False], lines[True]]


def test_districts_of_the_force_and_unplaced_rows_sum_to_it(kent: Evidence) -> None:
    year = Period.parse("2021/22")
    figures = compute_figures(kent, "crime_count", KENT, year, "district").figures
    values = {dict(f.dimensions)["district"]: f.value or 0 for f in figures}
    assert sum(values.values()) == compute_one(kent, "crime_count", KENT, year).value
    assert values[MEDWAY] == 31_389
    assert len([code for code in values if code != "unplaced"]) == 13
    assert 0 < values["unplaced"] / sum(values.values()) < 0.03


# -- wards ------------------------------------------------------------------------------------------------------
def _read_wards(table: FigureTable) -> dict[str, float]:
    return {dict(f.dimensions)["ward"]: f.value or 0 for f in table.figures}


@pytest.mark.parametrize(("area_set", "wards"), [("ward@2017", 22), ("ward@2024", 24)])
def test_wards_of_either_set_sum_to_medway(kent: Evidence, area_set: str, wards: int) -> None:
    values = _read_wards(compute_figures(kent, "crime_count", MEDWAY, Period.parse("2021/22"), area_set))
    assert sum(values.values()) == 31_389
    assert values.pop("unplaced", 0) <= 10
    assert len(values) == wards
    assert min(values.values()) > 0


def test_ward_asked_by_itself_is_its_row_in_the_table(kent: Evidence) -> None:
    year = Period.parse("2021/22")
    by_ward = _read_wards(compute_figures(kent, "crime_count", MEDWAY, year, "ward@2024"))
    for ward in sorted(by_ward.keys() - {"unplaced"})[::5]:
        assert compute_one(kent, "crime_count", ward, year).value == by_ward[ward], ward


def test_wards_are_those_in_force(kent: Evidence) -> None:
    for period, wards in (("2021/22", 22), ("2024-01..2024-04", 24)):
        found = _read_wards(compute_figures(kent, "crime_count", MEDWAY, Period.parse(period), "ward"))
        assert len(found.keys() - {"unplaced"}) == wards


# -- months -----------------------------------------------------------------------------------------------------
def test_year_with_seven_missing_months_is_missing_and_its_five_are_a_run(kent: Evidence, shared_data: Path) -> None:
    year = compute_one(kent, "crime_count", MEDWAY, Period.parse("2018/19"))
    assert year.missing
    assert year.missing.why == "April 2018 to September 2018, March 2019 of Kent Police's file not loaded"
    with (shared_data / "check-figures" / "medway_fy_type.csv").open() as file:
        totals = {r["financial_year"]: int(r["count"]) for r in csv.DictReader(file) if r["crime_type"] == ALL_CRIME}
    run = compute_one(kent, "crime_count", MEDWAY, Period.parse("2018-10..2019-02"))
    assert run.value == totals["2018/19"]


# -- however it was loaded --------------------------------------------------------------------------------------
MONTHS = ("2022-04", "2022-05", "2022-06")


def _in_order(files: list[Path], _: Path) -> list[list[Path]]:
    return [files]


def _reversed_and_apart(files: list[Path], _: Path) -> list[list[Path]]:
    return [[file] for file in reversed(files)]


def _twice(files: list[Path], _: Path) -> list[list[Path]]:
    return [files, files]


def _from_a_zip(files: list[Path], folder: Path) -> list[list[Path]]:
    """The publisher's own way: a folder a month, not gzipped."""
    target = folder / "archive.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            name = re.sub(r"\.gz$", "", file.name)
            archive.writestr(f"{name[:7]}/{name}", gzip.decompress(file.read_bytes()))
    return [[target]]


@pytest.mark.parametrize("arrange", [_in_order, _reversed_and_apart, _twice, _from_a_zip])
def test_answers_do_not_depend_on_how_the_files_were_loaded(
    kent: Evidence, shared_data: Path, tmp_path: Path, arrange: Callable[[list[Path], Path], list[list[Path]]]
) -> None:
    files = [shared_data / "police-street" / "kent" / f"{month}-kent-street.csv.gz" for month in MONTHS]
    evidence = _load(tmp_path / "store", _list_places(shared_data))
    store = open_store(tmp_path / "store")
    for paths in arrange(files, tmp_path):
        load_source(store, "police-street", paths, now=NOW, by="test")
    evidence = Evidence.of(store.snapshot())
    period = Period.parse("2022-04..2022-06")
    for area in (MEDWAY, SWALE, KENT):
        assert _by_month_and_type(evidence, area, period) == _by_month_and_type(kent, area, period)
    one, other = (
        compute_figures(e, "crime_rate", MEDWAY, period, "ward@2024,offence").figures for e in (evidence, kent)
    )
    assert [f.value for f in one] == [f.value for f in other]
