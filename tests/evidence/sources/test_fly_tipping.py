"""Defra's tables of fly-tipping by council."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import load_workbook

from support.official_tables import Loaded, load, write_workbook
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Period

GROUPS = ["", "", "", "", "TOTAL", "Land type", "", "Size and costs"]
INCIDENTS = [
    "Year", "ONS Code", "LA Name", "Region", "Total Incidents", "Highway Incidents", "Railway Incidents",
    "Total Incidents Clearance Costs (£)", "Reporting basis",
]  # fmt: skip
ACTIONS = ["Year", "ONS Code", "LA Name", "Region", "Total Actions", "Warning Letter Actions"]
ENGLAND = ["2021-22", "*Total", "*Total", "*Total England", 1000.5, 700.25, 1, 9000, ":"]
SOUTH_EAST = ["2021-22", "*Total", "*Total", "South East", 90, 80, 0, ":", ":"]
MEDWAY = ["2021-22", "E06000035", "Medway  ", "South East", 60, 50, "", ":", "All incidents"]
ASHFORD = ["2021-22", "E07000105", "Ashford", "South East", 30, 30, 0, ":", "Customer/public reported only"]
# Medway's incidents as Defra published them in 'Fly-tipping incidents and actions … 2012-13 to 2022-23', LA_incidents.
PUBLISHED = (4576, 5200, 5083, 3559, 3637, 3525, 5141, 5713, 5998, 4569, 4664)


def _incidents(*rows: list[Any], headings: list[str] = INCIDENTS) -> list[list[Any]]:
    return [["Fly-tipping incidents reported by local authorities in England"], GROUPS, headings, *rows]


def _book(tmp_path: Path, *rows: list[Any], name: str = "flytipping.xlsx", **more: Any) -> Path:
    sheets = {
        "Metadata": [["Title:", "Fly-tipping incidents and actions"], ["Year:", "2021-22"]],
        "LA_incidents": _incidents(*(rows or (ENGLAND, SOUTH_EAST, MEDWAY, ASHFORD))),
        "LA_actions": [["Fly-tipping actions"], GROUPS, ACTIONS, ["2021-22", *MEDWAY[1:4], 9, ":"]],
        "Lookup_": [["LA code", "LA name", "Region code", "Region name"], [*MEDWAY[1:3], "E12000008", "South East"]],
    }
    return write_workbook(tmp_path / name, sheets | more)


def _ask_rows(loaded: Loaded, sheet: str = "incidents") -> list[tuple[Any, ...]]:
    return loaded.ask(
        f"SELECT area_code, area_name, measure, value, marker FROM fly_tipping WHERE sheet = '{sheet}' "
        "AND area_code <> '' ORDER BY ALL"
    )


def test_cells_of_both_sheets_are_kept_with_their_markers(tmp_path: Path) -> None:
    loaded = load("fly-tipping", _book(tmp_path), tmp_path)
    assert _ask_rows(loaded)[:4] == [
        ("E06000035", "Medway", "Highway Incidents", 50, ""),
        ("E06000035", "Medway", "Reporting basis", None, "All incidents"),
        ("E06000035", "Medway", "Total Incidents", 60, ""),
        ("E06000035", "Medway", "Total Incidents Clearance Costs (£)", None, ":"),
    ]
    assert _ask_rows(loaded, "actions") == [
        ("E06000035", "Medway", "Total Actions", 9, ""),
        ("E06000035", "Medway", "Warning Letter Actions", None, ":"),
    ]
    manifest = loaded.report.manifest
    assert (manifest.period_first, manifest.period_last) == ("2021-04", "2022-03")
    assert (manifest.inputs[0].rows_in, manifest.inputs[0].rows_kept) == (5, 5)
    assert not loaded.report.faults


def test_total_rows_have_no_code_so_that_no_sum_over_councils_counts_them(tmp_path: Path) -> None:
    more = [["2018-19", "*Total", "*Total", f"*Total England ({which})", 5, 5, 5, 5, ":"] for which in ("old", "new")]
    loaded = load("fly-tipping", _book(tmp_path, ENGLAND, SOUTH_EAST, MEDWAY, ASHFORD, *more), tmp_path)
    total = "measure = 'Total Incidents'"
    assert loaded.one(f"SELECT sum(value) FROM fly_tipping WHERE area_code <> '' AND {total}") == 90
    assert loaded.ask(f"SELECT area_name, value FROM fly_tipping WHERE area_code = '' AND {total} ORDER BY ALL") == [
        ("England", 1000.5),
        ("England (new)", 5),
        ("England (old)", 5),
        ("South East", 90),
    ]
    assert not loaded.report.has_refusals


def test_row_that_cannot_be_used_is_kept_aside_with_file_sheet_row_and_reason(tmp_path: Path) -> None:
    rows = [
        MEDWAY,
        ["2021-23", *ASHFORD[1:]],
        [*ASHFORD[:4], "many", *ASHFORD[5:]],
        ["2021-22", "Ashford", "Ashford", *ASHFORD[3:]],
        MEDWAY,
        ["A note below."],
    ]
    loaded = load("fly-tipping", _book(tmp_path, *rows), tmp_path)
    assert loaded.refused() == [
        ("flytipping.xlsx", 5, "the year is not a financial year such as 2012-13"),
        ("flytipping.xlsx", 6, "column 'Total Incidents' is not a number"),
        ("flytipping.xlsx", 7, "the row has no code of a council and is no total"),
        ("flytipping.xlsx", 8, "the council stands in the year a second time"),
    ]
    assert "flytipping.xlsx, sheet 'LA_incidents', row 6: column 'Total Incidents'" in loaded.said()
    assert {row[0] for row in _ask_rows(loaded)} == {"E06000035"}
    (entry,) = loaded.report.manifest.inputs
    assert (entry.rows_in, entry.rows_kept, entry.rows_refused) == (6, 2, 4)


def test_table_with_a_renamed_column_is_named_and_the_other_is_kept(tmp_path: Path) -> None:
    renamed = ["Authority code" if h == "ONS Code" else h for h in INCIDENTS]
    loaded = load("fly-tipping", _book(tmp_path, LA_incidents=_incidents(MEDWAY, headings=renamed)), tmp_path)
    assert _ask_rows(loaded) == []
    assert len(_ask_rows(loaded, "actions")) == 2
    assert "error: flytipping.xlsx, sheet 'LA_incidents': the headings of this table are not" in loaded.said()


def test_heading_that_stands_twice_is_counted_once_and_said(tmp_path: Path) -> None:
    sheet = _incidents([*MEDWAY, 61], headings=[*INCIDENTS, "Total Incidents"])
    loaded = load("fly-tipping", _book(tmp_path, LA_incidents=sheet), tmp_path)
    assert loaded.ask("SELECT value FROM fly_tipping WHERE measure = 'Total Incidents'") == [(60,)]
    assert "sheet 'LA_incidents', row 3: the heading 'Total Incidents' stands more than once" in loaded.said()


@pytest.mark.parametrize(("sign", "encoding"), [(";", "utf-8"), ("\t", "utf-8-sig"), (",", "latin-1")])
def test_csv_in_other_dress_gives_the_same_rows(tmp_path: Path, sign: str, encoding: str) -> None:
    lines = _incidents(["2021-22", "E06000035", "Medway  ", "South East", '"1,204 "', 50, "", ":", "All incidents"])
    path = tmp_path / "incidents.csv"
    path.write_bytes("\r\n".join(sign.join(map(str, line)) for line in lines).encode(encoding))
    loaded = load("fly-tipping", path, tmp_path)
    assert ("E06000035", "Medway", "Total Incidents", 1204, "") in _ask_rows(loaded)
    assert ("E06000035", "Medway", "Total Incidents Clearance Costs (£)", None, ":") in _ask_rows(loaded)


def test_file_that_is_another_table_is_said_to_be_one(tmp_path: Path) -> None:
    other = write_workbook(tmp_path / "other.xlsx", {"Table 1": [["Area name", "Total"], ["Kent", 5]]})
    with pytest.raises(UnreadableInputError, match=r"other\.xlsx: this file has no table of fly-tipping"):
        load("fly-tipping", other, tmp_path)


def test_broken_files_do_not_stop_the_good_one(tmp_path: Path) -> None:
    good = _book(tmp_path)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[:-700])
    not_gzip = tmp_path / "flat.csv.gz"
    not_gzip.write_bytes(b"Year,ONS Code\n")
    cut_gzip = tmp_path / "cut.csv.gz"
    cut_gzip.write_bytes(gzip.compress(b"Year,ONS Code\n" * 50)[:-9])
    loaded = load("fly-tipping", [cut, not_gzip, cut_gzip, good], tmp_path)
    assert len(_ask_rows(loaded, "actions")) == 2
    said = loaded.said()
    assert "cut.xlsx: this is not a workbook that can be read" in said
    assert "flat.csv.gz: this gzip file is cut off or damaged" in said
    assert "cut.csv.gz: this gzip file is cut off or damaged" in said


def test_revised_year_replaces_the_earlier_one_and_leaves_other_years(tmp_path: Path) -> None:
    load("fly-tipping", _book(tmp_path, MEDWAY, ["2020-21", *MEDWAY[1:]]), tmp_path)
    revised = [*MEDWAY[:4], 61, *MEDWAY[5:]]
    loaded = load("fly-tipping", _book(tmp_path, revised, name="revised.xlsx"), tmp_path)
    sql = "SELECT year_first, value FROM fly_tipping WHERE measure = 'Total Incidents' ORDER BY 1"
    assert loaded.ask(sql) == [(2020, 60), (2021, 61)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(counts=st.dictionaries(st.integers(2012, 2023), st.integers(0, 99_999), min_size=1))
def test_every_count_is_found_again_under_its_year(
    tmp_path_factory: pytest.TempPathFactory, counts: dict[int, int]
) -> None:
    folder = tmp_path_factory.mktemp("tips")
    rows = [[f"{y}-{(y + 1) % 100}", *MEDWAY[1:4], n, *MEDWAY[5:]] for y, n in counts.items()]
    loaded = load("fly-tipping", _book(folder, *rows), folder)
    found = loaded.ask("SELECT year_first, value FROM fly_tipping WHERE measure = 'Total Incidents'")
    assert dict(found) == counts


# -- what the indicator makes of it -----------------------------------------------------------------------------
def test_year_that_is_not_to_be_had_says_why(tmp_path: Path) -> None:
    loaded = load("fly-tipping", _book(tmp_path, MEDWAY, [*ASHFORD[:4], ":", *ASHFORD[5:]]), tmp_path)
    evidence = Evidence.of(loaded.store.snapshot())

    def ask(area: str, period: str) -> tuple[float | None, str]:
        figure = compute_one(evidence, "fly_tipping_count", area, Period.parse(period))
        return figure.value, figure.missing.why if figure.missing else ""

    assert ask("E06000035", "2021/22") == (60, "")
    assert ask("E06000035", "2022/23") == (None, "fly-tipping for 2022/23 is not loaded")
    assert ask("E07000105", "2021/22") == (None, "the publisher marks E07000105 in 2021/22 as ':'")
    assert ask("E07000106", "2021/22") == (None, "the tables hold no row for E07000106 in 2021/22")
    assert ask("E06000035", "2021-04..2021-06") == (None, "fly-tipping is published by financial year only")
    assert ask("E06000035", "2021-04..2023-03") == (None, "fly-tipping for 2022/23 is not loaded")


def test_partnership_of_two_districts_has_their_sum_or_none(tmp_path: Path) -> None:
    links = ["LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM"]
    links += [f"{c},{n},E22000352,Both,E23000032,Kent" for c, n in (("E06000035", "Medway"), ("E07000105", "Ashford"))]
    (tmp_path / "links.csv").write_text("\n".join(links))
    load("ons-lookups", tmp_path / "links.csv", tmp_path)
    loaded = load("fly-tipping", _book(tmp_path, MEDWAY, ASHFORD, ["2020-21", *MEDWAY[1:]]), tmp_path)
    table = compute_figures(
        Evidence.of(loaded.store.snapshot()), "fly_tipping_count", "E22000352", Period.parse("2020-04..2022-03"), "year"
    )
    assert [f.value for f in table.figures] == [None, 90]
    assert table.figures[0].missing is not None
    assert table.figures[0].missing.why == "the tables hold no row for Ashford (E07000105) in 2020/21"


# -- the real workbook ------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load("fly-tipping", shared_data / "fly-tipping" / "flytipping_la.ods", tmp_path_factory.mktemp("real"))


@pytest.mark.realdata
def test_real_incidents_of_medway_are_the_published_ones(real: Loaded) -> None:
    evidence = Evidence.of(real.store.snapshot())
    by_year = compute_figures(evidence, "fly_tipping_count", "E06000035", Period.parse("2012-04..2023-03"), "year")
    assert tuple(f.value for f in by_year.figures) == PUBLISHED
    for year, count in enumerate(PUBLISHED, 2012):
        figure = compute_one(evidence, "fly_tipping_count", "E06000035", Period.financial_year(year))
        assert figure.value == count


@pytest.mark.realdata
def test_real_workbook_is_read_whole(real: Loaded, shared_data: Path) -> None:
    assert not real.report.has_refusals
    assert real.ask("SELECT sheet, min(year_first), max(year_first) FROM fly_tipping GROUP BY 1 ORDER BY 1") == [
        ("actions", 2012, 2022),
        ("incidents", 2012, 2022),
    ]
    book = load_workbook(str(shared_data / "fly-tipping" / "flytipping_la.ods"))
    for sheet, title in (("incidents", "LA_incidents"), ("actions", "LA_actions")):
        rows = book.get_sheet_by_name(title).to_python()
        numbers = [float(c) for row in rows[3:] for c in row[4:] if isinstance(c, float)]
        found = real.ask(f"SELECT count(value), sum(value) FROM fly_tipping WHERE sheet = '{sheet}'")
        assert found == [(len(numbers), pytest.approx(sum(numbers)))]
        markers = sum(c == ":" for row in rows[3:] for c in row[4:])
        assert real.one(f"SELECT count(*) FROM fly_tipping WHERE sheet = '{sheet}' AND marker = ':'") == markers


@pytest.mark.realdata
def test_real_names_with_trailing_blanks_join_by_code(real: Loaded) -> None:
    assert real.ask("SELECT DISTINCT area_name FROM fly_tipping WHERE area_code = 'E06000035'") == [("Medway",)]
    england = "SELECT area_name FROM fly_tipping WHERE year_first = 2018 AND measure = 'Total Incidents'"
    assert real.ask(f"{england} AND area_name LIKE 'England%' ORDER BY 1") == [
        ("England (comparable with 2019/20)",),
        ("England (original)",),
    ]
