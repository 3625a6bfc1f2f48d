"""The fictional partnership: borrowed totals, invented places, planted faults."""

import csv
import gzip
import hashlib
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from wardmote.evidence.definitions.breaks import parse_breaks
from wardmote.evidence.definitions.sources import list_sources
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.sample.build import SampleManifest, write_sample
from wardmote.evidence.sample.faults import count_break_rows
from wardmote.evidence.sample.margins import (
    CRIME_TYPES,
    FINANCIAL_YEARS,
    MONTHS,
    apportion,
    find_context,
    read_context,
    read_margins,
    tabulate_months,
    tabulate_years,
)
from wardmote.evidence.sample.places import DISTRICTS, MAIN, PARTNERSHIPS
from wardmote.evidence.sources.contract import LoadOptions
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.store import open_store

MAIN_NAME = re.compile(r"^Zellmouth \(synthetic\) \d{3}[A-O]$")
CODE = re.compile(r"\b[A-Z]\d{8}\b")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleManifest:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def street(sample: SampleManifest) -> dict[str, list[dict[str, str]]]:
    """The rows of each month's street file."""
    return {path.parent.name: read_rows(path) for path in find_files(sample, "police-street")}


def find_files(sample: SampleManifest, source: str) -> list[Path]:
    return [sample.root / path for path in sample.files[source]]


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def count_main(rows: list[dict[str, str]]) -> list[int]:
    """A slow count of the main district's rows by crime type, in the order of CRIME_TYPES."""
    seen = Counter(row["Crime type"] for row in rows if MAIN_NAME.match(row["LSOA name"]))
    return [seen[kind] for kind in CRIME_TYPES]


def hash_tree(root: Path) -> dict[str, str]:
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


# -- the borrowed numbers ---------------------------------------------------------------------------------------
def test_margins_name_the_published_line_of_every_cell() -> None:
    for margin in (*read_margins(), *read_context()):
        publication, table, line = margin.source.split("; ", 2)
        assert all((publication, table, line))


def test_margins_fill_every_year_type_and_month() -> None:
    measures = Counter(m.measure for m in read_margins())
    assert measures == {"year_count": 8 * 5 * 14, "month_weight": 60 * 14}


def test_months_add_up_to_the_borrowed_years() -> None:
    assert (tabulate_months().reshape(5, 12, 14).sum(axis=1) == tabulate_years("main")).all()


def test_street_files_equal_the_table_where_no_fault_was_planted(street: dict[str, list[dict[str, str]]]) -> None:
    table = tabulate_months()
    expected = table + count_break_rows(table)
    for number, month in enumerate(MONTHS):
        if month not in ("2022-09", "2023-11"):
            assert count_main(street[month]) == expected[number].tolist(), month


def test_street_files_equal_the_manifest_in_every_month(
    sample: SampleManifest, street: dict[str, list[dict[str, str]]]
) -> None:
    told = json.loads((sample.root / "sample.json").read_text(encoding="utf-8"))["main_margins"]
    assert told["before_faults"]["by_year"]["2021/22"] == dict(
        zip(CRIME_TYPES, tabulate_years("main")[0].tolist(), strict=True)
    )
    for month in MONTHS:
        assert count_main(street.get(month, [])) == list(told["after_faults"]["by_month"][month].values()), month


def test_roads_equal_the_borrowed_killed_or_seriously_injured(sample: SampleManifest) -> None:
    casualties = read_rows(next(path for path in find_files(sample, "stats19") if "casualty-sample" in path.name))
    collisions = read_rows(next(path for path in find_files(sample, "stats19") if "collision-sample" in path.name))
    place = {row["collision_index"]: row["local_authority_ons_district"] for row in collisions}
    severe = Counter(
        row["collision_year"]
        for row in casualties
        if row["casualty_severity"] in ("1", "2") and place[row["collision_index"]] == MAIN.code
    )
    for year in ("2021", "2022", "2023", "2024", "2025"):
        assert severe[year] == find_context("killed_or_seriously_injured", period=year)[year]


def test_apportion_gives_what_is_left_to_the_largest_remainders() -> None:
    # quotas 11.13, 5.04 and 4.83: one is left when the whole parts are given, and the third has the most left over
    assert apportion(21, [53, 24, 23]).tolist() == [11, 5, 5]


# -- the same again ---------------------------------------------------------------------------------------------
def test_same_seed_gives_the_same_bytes(sample: SampleManifest, tmp_path: Path) -> None:
    again = write_sample(tmp_path / "again")
    assert hash_tree(again.root) == hash_tree(sample.root)


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        write_sample(tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "keep me"


# -- invented ---------------------------------------------------------------------------------------------------
def test_every_code_in_the_text_files_begins_with_x(sample: SampleManifest) -> None:
    for path in sample.root.rglob("*"):
        if path.suffix in (".csv", ".geojson", ".yaml", ".md") and "crime" not in path.name:
            text = path.read_text(encoding="utf-8")
            assert {code[0] for code in CODE.findall(text)} <= {"X"}, path.name


def test_every_code_in_the_workbooks_begins_with_x(sample: SampleManifest) -> None:
    from python_calamine import CalamineWorkbook

    for path in sample.root.rglob("*"):
        if path.suffix in (".xlsx", ".ods"):
            book = CalamineWorkbook.from_path(path)
            cells = (
                str(c) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for c in row
            )
            found = {code for cell in cells for code in CODE.findall(cell)}
            assert {code[0] for code in found} == {"X"}, path.name


def test_every_district_and_partnership_is_called_synthetic() -> None:
    names = [d.name for d in DISTRICTS] + [name for _, name in PARTNERSHIPS]
    assert all(name.endswith("(synthetic)") for name in names)


def test_two_districts_share_a_partnership() -> None:
    shared = [count for count in Counter(d.csp_code for d in DISTRICTS).values() if count > 1]
    assert shared == [2]


@pytest.mark.realdata
def test_no_vertex_comes_from_real_boundaries(sample: SampleManifest, shared_data: Path) -> None:
    real: set[tuple[float, float]] = set()
    for path in (shared_data / "geography").glob("*.geojson*"):
        real |= list_vertices(path)
    mine = set().union(*(list_vertices(path) for path in find_files(sample, "boundaries")))
    assert real, "the real boundaries hold no vertex"
    assert not real & mine


def list_vertices(path: Path) -> set[tuple[float, float]]:
    raw = path.read_bytes()
    features = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)["features"]
    shapes = [shape(feature["geometry"]) for feature in features if feature["geometry"]]
    # five places are about a metre: a rounded copy of a real vertex counts as one too
    return {(round(x, 5), round(y, 5)) for x, y in shapely.get_coordinates(shapes).tolist()}


# -- places -----------------------------------------------------------------------------------------------------
def read_links(sample: SampleManifest, name: str) -> list[dict[str, str]]:
    return read_rows(sample.root / "ons-lookups" / name)


def test_some_small_areas_are_split_between_vintages(sample: SampleManifest) -> None:
    links = read_links(sample, "lookup_lsoa11_lsoa21_ltla24.csv")
    mine = [row for row in links if row["ltla24_code"] == MAIN.code]
    split = Counter(row["lsoa11_code"] for row in mine if row["change_code"] == "S")
    assert sorted(split.values()) == [2] * MAIN.split_cells
    assert len({row["lsoa11_code"] for row in mine}) == MAIN.cells
    assert all(row["lsoa11_code"] == row["lsoa21_code"] for row in mine if row["change_code"] == "U")


def test_wards_are_old_and_new_and_made_of_whole_small_areas(sample: SampleManifest) -> None:
    old = {row["lsoa11_code"]: row["ward17_code"] for row in read_links(sample, "lookup_lsoa11_ward17.csv")}
    new = {r["lsoa21_code"]: r for r in read_links(sample, "lookup_lsoa21_ward24_ltla24.csv")}
    mine = {row["ward24_code"] for row in new.values() if row["ltla24_code"] == MAIN.code}
    assert len(mine) == MAIN.wards_new == 20
    assert not mine & set(old.values())
    vintages = read_links(sample, "lookup_lsoa11_lsoa21_ltla24.csv")
    before = {old[row["lsoa11_code"]] for row in vintages if row["ltla24_code"] == MAIN.code}
    assert len(before) == MAIN.wards_old == 18


def test_a_ward_is_the_union_of_its_small_areas(sample: SampleManifest) -> None:
    cells, wards = read_shapes(sample, "lsoa21"), read_shapes(sample, "wards2024")
    parts: dict[str, list[shapely.Geometry]] = {}
    for row in read_links(sample, "lookup_lsoa21_ward24_ltla24.csv"):
        parts.setdefault(row["ward24_code"], []).append(cells[row["lsoa21_code"]])
    assert set(parts) == set(wards)
    for code, shapes in parts.items():
        gap = shapely.symmetric_difference(wards[code], shapely.union_all(shapes))
        assert gap.area < 1e-9 * wards[code].area


def read_shapes(sample: SampleManifest, stem: str) -> dict[str, shapely.Geometry]:
    body = json.loads((sample.root / "boundaries" / f"{stem}.geojson").read_text(encoding="utf-8"))
    found = {}
    for feature in body["features"]:
        code = next(v for k, v in feature["properties"].items() if k.endswith("CD") and not k.startswith("LAD"))
        found[code] = shape(feature["geometry"])
    assert all(geometry.is_valid for geometry in found.values())
    return found


# -- planted faults ---------------------------------------------------------------------------------------------
def test_five_years_lack_exactly_the_planted_month(street: dict[str, list[dict[str, str]]]) -> None:
    assert len(MONTHS) == 60
    assert FINANCIAL_YEARS == ("2021/22", "2022/23", "2023/24", "2024/25", "2025/26")
    assert set(MONTHS) - set(street) == {"2023-11"}


def test_the_short_month_lacks_four_rows_in_ten(street: dict[str, list[dict[str, str]]]) -> None:
    whole = tabulate_months()[MONTHS.index("2022-09")].sum()
    assert sum(count_main(street["2022-09"])) == pytest.approx(0.6 * whole, rel=0.05)


def test_public_order_steps_up_by_forty_per_cent_at_the_break(street: dict[str, list[dict[str, str]]]) -> None:
    table, kind = tabulate_months(), CRIME_TYPES.index("Public order")
    for month, factor in (("2024-03", 1.0), ("2024-04", 1.4)):
        expected = factor * table[MONTHS.index(month), kind]
        assert count_main(street[month])[kind] == pytest.approx(expected, abs=0.51)


@pytest.mark.parametrize(
    ("month", "vintages"),
    [("2022-03", {"old"}), ("2022-04", {"old", "new"}), ("2022-12", {"old", "new"}), ("2023-01", {"new"})],
)
def test_small_areas_change_vintage_with_months_of_both(
    sample: SampleManifest, street: dict[str, list[dict[str, str]]], month: str, vintages: set[str]
) -> None:
    links = [r for r in read_links(sample, "lookup_lsoa11_lsoa21_ltla24.csv") if r["change_code"] == "S"]
    old, new = {r["lsoa11_code"] for r in links}, {r["lsoa21_code"] for r in links}
    used = {row["LSOA code"] for row in street[month]}
    assert {name for name, codes in (("old", old), ("new", new)) if used & codes} == vintages


def test_street_files_have_the_publishers_habits(street: dict[str, list[dict[str, str]]]) -> None:
    rows = street["2025-06"]
    assert all(not row["Crime ID"] for row in rows if row["Crime type"] == "Anti-social behaviour")
    assert any(row["Location"] == "No Location" and not row["LSOA code"] for row in rows)
    equal = Counter(tuple(row.values()) for row in rows)
    assert max(equal.values()) > 1


def test_both_line_ends_occur(sample: SampleManifest) -> None:
    ends = {path.read_bytes().split(b"\n", 1)[0].endswith(b"\r") for path in find_files(sample, "police-street")}
    assert ends == {True, False}


def test_breaks_are_read_and_refuse_only_what_they_should(sample: SampleManifest) -> None:
    breaks = parse_breaks((sample.root / "breaks.yaml").read_text(encoding="utf-8"), "breaks.yaml")
    recording = next(b for b in breaks if "public_order" in b.offences)
    assert recording.concerns(source="police-street", offence="public_order", areas=[MAIN.code])
    assert not recording.concerns(source="police-street", offence="burglary", areas=[MAIN.code])
    assert recording.stands_between(Period.parse("2022/23"), Period.parse("2024/25"))
    assert not recording.stands_between(Period.parse("2024/25"), Period.parse("2025/26"))
    assert {b.first for b in breaks} == {Month(2024, 4), Month(2023, 5)}


def test_every_planted_fault_says_what_the_report_should_say(sample: SampleManifest) -> None:
    told = json.loads((sample.root / "sample.json").read_text(encoding="utf-8"))["planted_faults"]
    assert {fault["kind"] for fault in told} == {
        "boundary_change", "incomplete_month", "missing_month", "recording_break",
    }  # fmt: skip
    notes = (sample.root / "FAULTS.md").read_text(encoding="utf-8")
    assert all(fault["expect"] in notes for fault in told)


# -- loading ----------------------------------------------------------------------------------------------------
def test_loads_name_every_file_once(sample: SampleManifest) -> None:
    loads = json.loads((sample.root / "sample.json").read_text(encoding="utf-8"))["loads"]
    named = [path for load in loads for path in [*load["paths"], *filter(None, [load["settings"].get("mapping")])]]
    assert sorted(named) == sorted(path for paths in sample.files.values() for path in paths)
    assert all((sample.root / path).is_file() for path in named)


def test_every_source_loads_without_a_refused_row(sample: SampleManifest, tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", create=True)
    for load in json.loads((sample.root / "sample.json").read_text(encoding="utf-8"))["loads"]:
        if load["source"] not in list_sources():
            continue
        options = LoadOptions(settings=place_mapping(sample.root, load["settings"]))
        paths = [sample.root / path for path in load["paths"]]
        now = datetime(2026, 5, 1, tzinfo=UTC)
        report = load_source(store, load["source"], paths, now=now, by="test", options=options)
        assert not report.has_refusals, (load["source"], [str(fault) for fault in report.faults])


def place_mapping(root: Path, settings: dict[str, str]) -> dict[str, str]:
    return {key: str(root / value) if key == "mapping" else value for key, value in settings.items()}
