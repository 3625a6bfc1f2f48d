"""The ONS' estimates of residents and households."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.official_tables import load, write_workbook
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.ons_population import name_vintage
from wardmote.evidence.sources.ons_population_headings import parse_age

TOTALS = """SELECT vintage, area_set, year, area_code, value FROM population
            WHERE sex = 'persons' AND age_from IS NULL ORDER BY ALL"""
NOTES = [["This worksheet contains one table."], ["To turn off freeze panes …"], [""]]
BOUNDARIES = [["Notes"], [4, "Geography: the estimates reflect boundaries in place as of April 2023."]]
AREA = ["Code", "Name", "Geography"]
MEDWAY = ["E06000035", "Medway ", "Unitary Authority"]


def _series_workbook(path: Path) -> Path:
    """A workbook in the layout of the ONS' mid-year estimates, cut down to two areas and three ages."""
    kent = ["E10000016", "Kent", "County"]
    ages = ["All ages", 0, 1, "90+"]
    sheets: dict[str, list[list[Any]]] = {
        "Notes": BOUNDARIES,
        "MYE2 - Persons": [["MYE2: Persons by single year of age and sex, mid-2023"], *NOTES, [*AREA, *ages],
                           [*kent, 9, 2, 3, 4], [*MEDWAY, 60, 10, 20, 30]],
        "MYE2 - Males": [["MYE2: Males by single year of age and sex, mid-2023"], *NOTES, [*AREA, *ages],
                         [*MEDWAY, 29, 5, 10, 14]],
        "MYE3": [["MYE3: Components of population change, mid-2023"], *NOTES,
                 [*AREA, "Estimated Population mid-2022", "Births", "Estimated Population mid-2023"],
                 [*MEDWAY, 1, 1, 2]],
        "MYE5": [["MYE5: Population density, mid-2022 to mid-2023"], *NOTES,
                 [*AREA, "Area (sq km)", "Estimated Population mid-2023", "2023 people per sq. km",
                  "Estimated Population mid-2022"],
                 [*MEDWAY, 194.5, 60, 0.3, "55 "]],
        "MYE6": [["MYE6: Median age of population, mid-2022 to mid-2023"], *NOTES, [*AREA, "Mid-2023", "Mid-2022"],
                 [*MEDWAY, 38.1, 38]],
    }  # fmt: skip
    return write_workbook(path, sheets)


def test_series_workbook_gives_each_year_once_in_the_boundaries_it_names(tmp_path: Path) -> None:
    loaded = load("ons-population", _series_workbook(tmp_path / "LAD23_Mid_Year_pop.xlsx"), tmp_path)
    assert loaded.ask(TOTALS) == [
        ("MYE 2022-2023", "district@2023", 2022, "E06000035", 55),
        ("MYE 2022-2023", "district@2023", 2023, "E06000035", 60),
    ]
    assert not loaded.report.has_refusals
    assert (loaded.report.manifest.period_first, loaded.report.manifest.period_last) == ("2022-06", "2023-06")


def test_county_rows_are_passed_over_with_a_word(tmp_path: Path) -> None:
    loaded = load("ons-population", _series_workbook(tmp_path / "pop.xlsx"), tmp_path)
    assert loaded.one("SELECT count(*) FROM population WHERE area_code = 'E10000016'") == 0
    assert "warning: pop.xlsx: rows about areas that no figure is given for (counties" in loaded.said()


def test_ages_keep_their_sex_and_the_last_is_open(tmp_path: Path) -> None:
    loaded = load("ons-population", _series_workbook(tmp_path / "pop.xlsx"), tmp_path)
    found = loaded.ask("SELECT sex, age_from, age_to, value FROM population WHERE year = 2023 ORDER BY ALL")
    assert found == [
        ("males", 0, 0, 5), ("males", 1, 1, 10), ("males", 90, None, 14), ("males", None, None, 29),
        ("persons", 0, 0, 10), ("persons", 1, 1, 20), ("persons", 90, None, 30), ("persons", None, None, 60),
    ]  # fmt: skip


def test_one_row_for_each_sex_and_age_is_summed_to_persons_and_all_ages(tmp_path: Path) -> None:
    head = ["ladcode23", "laname23", "country", "sex", "age", "population_2022", "population_2023"]
    rows: list[list[Any]] = [
        ["Population estimates for local authorities (as of April 2023)"],
        head,
        *(["E06000035", "Medway", "E", sex, age, n, n + 1]
          for n, (sex, age) in enumerate((s, a) for s in "MF" for a in (0, 1, 90))),
    ]  # fmt: skip
    loaded = load("ons-population", write_workbook(tmp_path / "mye.xlsx", {"MYEB1": rows}), tmp_path)
    assert [(r[1], r[2], r[4]) for r in loaded.ask(TOTALS)] == [
        ("district@2023", 2022, 15),
        ("district@2023", 2023, 21),
    ]
    aged = "SELECT age_from, age_to, value FROM population WHERE year = 2022 AND sex = 'persons' AND age_from >= 0"
    assert loaded.ask(f"{aged} ORDER BY 1") == [(0, 0, 3), (1, 1, 5), (90, None, 7)]
    assert loaded.one("SELECT value FROM population WHERE sex = 'males' AND age_from IS NULL AND year = 2022") == 3


def test_small_areas_of_2021_have_totals_by_sex_and_ages_for_persons(tmp_path: Path) -> None:
    head = ["LAD 2023 Code", "LAD 2023 Name", "LSOA 2021 Code", "LSOA 2021 Name", "Total", "F0", "F90", "M0", "M90"]
    body = [head, ["E06000035", "Medway", "E01035286", "Medway 001F", 10, 1, 2, 3, 4]]
    title = [["Mid-2022 population estimates"], ["Source: ONS"], [""]]
    sheets = {"Mid-2022 LSOA 2021": [*title, *body], "Mid-2023 LSOA 2021": [["Mid-2023 …"], *body]}
    loaded = load("ons-population", write_workbook(tmp_path / "sape.xlsx", sheets), tmp_path)
    vintage = "LSOA mid-2022 to mid-2023 (2021 census series)"
    assert loaded.ask(TOTALS) == [(vintage, "lsoa@2021", y, "E01035286", 10) for y in (2022, 2023)]
    found = loaded.ask("SELECT sex, age_from, age_to, value, area_name FROM population WHERE year = 2022 ORDER BY 2, 1")
    name = "Medway 001F"
    assert found == [
        ("persons", 0, 0, 4, name), ("persons", 90, None, 6, name),
        ("females", None, None, 3, name), ("males", None, None, 7, name), ("persons", None, None, 10, name),
    ]  # fmt: skip


def test_small_areas_with_a_sheet_for_each_sex_agree_with_the_sheet_for_persons(tmp_path: Path) -> None:
    head = ["LSOA Code", "LSOA Name", "LA Code (2021 boundaries)", "All Ages", 0, "90+"]
    area = ["E01016070", "Medway 001A", "E06000035"]
    sheets = {
        f"Mid-2020 {sex}": [["Mid-2020 estimates"], head, [*area, *numbers]]
        for sex, numbers in (("Persons", (30, 10, 20)), ("Males", (14, 6, 8)), ("Females", (16, 4, 12)))
    }
    loaded = load("ons-population", write_workbook(tmp_path / "SAPE23DT2.xlsx", sheets), tmp_path)
    assert loaded.ask("SELECT sex, age_from, value FROM population ORDER BY ALL") == [
        ("females", None, 16), ("males", None, 14), ("persons", 0, 10), ("persons", 90, 20), ("persons", None, 30),
    ]  # fmt: skip
    assert loaded.said() == ""
    del sheets["Mid-2020 Persons"]
    apart = load("ons-population", write_workbook(tmp_path / "apart.xlsx", sheets), tmp_path / "apart")
    assert apart.ask("SELECT age_from, value FROM population WHERE sex = 'persons' ORDER BY ALL") == [
        (0, 10), (90, 20), (None, 30),
    ]  # fmt: skip


def test_small_areas_on_2011_codes_leave_out_the_districts_between_them(tmp_path: Path) -> None:
    rows = [
        ["Mid-2015 Population Estimates for Lower Layer Super Output Areas by single year of age - Persons"],
        ["Area Codes", "LSOA", "All Ages", "0", "90+"],
        ["E06000035", "", "5,000", "60", "20"],
        ["E01016070", "Medway 001A", "1,692 ", "18", "18"],
        ["© Crown copyright"],
    ]
    path = tmp_path / "SAPE20DT1-mid-2015-lsoa.csv"
    path.write_text("\r\n".join(",".join(f'"{c}"' for c in row) for row in rows), encoding="cp1252")
    loaded = load("ons-population", path, tmp_path)
    assert loaded.ask(TOTALS) == [("LSOA mid-2015 (2011 census series)", "lsoa@2011", 2015, "E01016070", 1692)]


def test_wards_of_two_boundary_years_in_one_workbook_stay_apart(tmp_path: Path) -> None:
    sheets = {
        f"Mid-2022 Ward {year}": [
            ["Mid-2022 population estimates"],
            [f"LAD {year} Code", f"LAD {year} Name", f"Ward {year} Code", f"Ward {year} Name", "Total", "F0", "M0"],
            ["E06000035", "Medway", code, "All Saints", total, 1, 1],
        ]
        for year, code, total in ((2022, "E05002249", 17_000), (2023, "E05014449", 9_000))
    }
    loaded = load("ons-population", write_workbook(tmp_path / "wards.xlsx", sheets), tmp_path)
    assert [(r[0], r[1], r[3], r[4]) for r in loaded.ask(TOTALS)] == [
        ("Ward mid-2022 (2021 census series)", "ward@2022", "E05002249", 17_000),
        ("Ward mid-2022 (2021 census series)", "ward@2023", "E05014449", 9_000),
    ]


def test_households_are_told_from_residents(tmp_path: Path) -> None:
    path = tmp_path / "households21_ltla21.csv"
    path.write_text('"ltla21_name","ltla21_code","households"\n"Medway","E06000035","111,500"\n')
    loaded = load("ons-population", path, tmp_path)
    assert loaded.ask("SELECT vintage, area_set, what, value FROM population") == [
        ("Households 2021", "district@2021", "households", 111_500)
    ]


def test_year_that_nothing_says_is_not_guessed_but_may_be_told(tmp_path: Path) -> None:
    path = tmp_path / "wards.csv"
    path.write_text("ward_code,ward_name,total_population\nE05002249,Chatham Central,17547\n")
    with pytest.raises(UnreadableInputError, match="nothing says for which year"):
        load("ons-population", path, tmp_path)
    loaded = load("ons-population", path, tmp_path, year="2020")
    assert [r[1:3] for r in loaded.ask(TOTALS)] == [("ward@2020", 2020)]


def test_rows_that_cannot_be_used_are_kept_aside_and_totals_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "population-mid-2020.csv"
    path.write_text(
        "ward_code,ward_name,total_population\n"
        "E05002249,Chatham Central,17547\nE05002249,Chatham Central,17547\n"
        "E0500225,Cuxton,6683\nE05002251,Gillingham North,about 20000\nE05002252,River,-3\n,TOTAL,279142\n"
    )
    loaded = load("ons-population", path, tmp_path)
    assert loaded.refused() == [
        ("population-mid-2020.csv", 3, "the area stands in the table a second time"),
        ("population-mid-2020.csv", 4, "the row has no area code of nine characters"),
        ("population-mid-2020.csv", 5, "column 'total_population' is not a number of people"),
        ("population-mid-2020.csv", 6, "column 'total_population' is not a number of people"),
    ]
    assert len(loaded.ask(TOTALS)) == 1


def test_two_tables_that_differ_are_told(tmp_path: Path) -> None:
    sheets = {
        name: [["Mid-2023"], ["Code", "Name", "Mid-2023"], ["E06000035", "Medway", value]]
        for name, value in (("MYE4", 100), ("MYE5", 101))
    }
    loaded = load("ons-population", write_workbook(tmp_path / "pop.xlsx", sheets), tmp_path)
    assert "two tables of this file differ on 1 figures for district@2023 in 2023" in loaded.said()


def test_table_without_people_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "lookup.csv"
    path.write_text("lsoa11_code,ward17_code\nE01016070,E05002249\n")
    with pytest.raises(UnreadableInputError, match="no table of residents or households"):
        load("ons-population", path, tmp_path)


@given(st.integers(0, 89))
def test_single_age_is_itself_and_the_oldest_is_open(age: int) -> None:
    assert parse_age(age) == (age, age) == parse_age(f"F{age}")
    assert parse_age("90") == (90, None) == parse_age("90 and over")


@given(st.sampled_from(["lsoa@2011", "ward@2020", "district@2023", "region"]), st.integers(2011, 2020))
def test_vintage_names_its_years(area_set: str, first: int) -> None:
    assert str(first) in name_vintage(area_set, "residents", first, 2020)
    assert AreaSet.parse(area_set)


@pytest.mark.realdata
def test_real_series_gives_the_published_medway_residents(tmp_path: Path, shared_data: Path) -> None:
    loaded = load("ons-population", shared_data / "population", tmp_path)
    series = dict(
        loaded.ask(
            "SELECT year, value FROM population WHERE area_code = 'E06000035' AND what = 'residents' "
            "AND sex = 'persons' AND age_from IS NULL"
        )
    )
    # ONS mid-year estimates for Medway, MYE5 of the edition of 15 July 2024
    assert {y: series[y] for y in (2011, 2015, 2016, 2019, 2020, 2021, 2022, 2023)} == {
        2011: 264_885, 2015: 276_037, 2016: 277_504, 2019: 279_852,
        2020: 280_364, 2021: 279_903, 2022: 282_643, 2023: 286_800,
    }  # fmt: skip
    sexes = "SELECT sum(value) FROM population WHERE area_code = 'E06000035' AND year = 2023 AND age_from IS NOT NULL"
    assert loaded.one(f"{sexes} AND sex = 'persons'") == 286_800
    assert loaded.one(f"{sexes} AND sex <> 'persons'") == 286_800
    assert not loaded.report.has_refusals


@pytest.mark.realdata
def test_real_small_areas_and_wards_of_one_series_agree(tmp_path: Path, shared_data: Path) -> None:
    loaded = load("ons-population", shared_data / "population", tmp_path)
    totals = loaded.ask(
        "SELECT area_set, sum(value) FROM population WHERE year = 2020 AND sex = 'persons' AND age_from IS NULL "
        "AND (area_name LIKE 'Medway 0%' OR area_set = 'ward@2020') GROUP BY 1 ORDER BY 1"
    )
    assert totals == [("lsoa@2011", 279_142), ("ward@2020", 279_142)]
    assert loaded.one("SELECT value FROM population WHERE what = 'households' AND area_code = 'E06000035'") == 111_500
