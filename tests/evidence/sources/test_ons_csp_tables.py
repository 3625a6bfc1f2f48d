"""The ONS' tables of recorded crime by partnership."""

from pathlib import Path
from typing import Any

import pytest
from python_calamine import load_workbook

from support.official_tables import Loaded, load, write_workbook
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period

HEADINGS = [
    "Police Force\nArea code", "Police Force\nArea name", "Community Safety\nPartnership code",
    "Community Safety\nPartnership name", "Local Authority code", "Local Authority name",
    "Total recorded crime\n(excluding fraud) [note 2]", "Burglary",
]  # fmt: skip
ROWS = [
    ["E23000032", "Kent", "", "", "", "", 1000, 100],
    ["E23000032", "Kent", "E22000143", "Medway", "E06000035", "Medway ", 600, 60],
    ["E23000032", "Kent", "E22000352", "Dartford and Gravesham", "Combined Local Authorities", "", 390, "[u]"],
    ["E23000032", "Kent", "", "Unassigned Kent", "", "", 10, ""],
    ["E23000032", "Surrey", "", "unassigned Surrey", "", "", "", ""],
]
COUNTS = "Table C2: Number of police recorded crimes, year ending December 2024 [note 1][note 2]"


def _sheet(title: str, rows: list[list[Any]] = ROWS, headings: list[str] = HEADINGS) -> list[list[Any]]:
    return [
        [title],
        ["This worksheet contains one table."],
        ["Source: Home Office"],
        headings,
        *rows,
        [],
        ["A note below."],
    ]


def test_csp_row_keeps_its_code_and_unassigned_one_its_name(tmp_path: Path) -> None:
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2 ": _sheet(COUNTS)}), tmp_path)
    found = loaded.ask(
        "SELECT area_code, area_name, area_kind, offence, value, marker FROM recorded_crime ORDER BY ALL"
    )
    total = "Total recorded crime (excluding fraud)"
    assert found == [
        ("", "Unassigned Kent", "unassigned", total, 10, ""),
        ("E22000143", "Medway", "csp", "Burglary", 60, ""),
        ("E22000143", "Medway", "csp", total, 600, ""),
        ("E22000352", "Dartford and Gravesham", "csp", "Burglary", None, "[u]"),
        ("E22000352", "Dartford and Gravesham", "csp", total, 390, ""),
        ("E23000032", "Kent", "force", "Burglary", 100, ""),
        ("E23000032", "Kent", "force", total, 1000, ""),
    ]
    (entry,) = loaded.report.manifest.inputs
    assert (entry.rows_in, entry.rows_kept, entry.rows_refused) == (5, 5, 0)
    assert not loaded.report.has_refusals


def test_title_decides_year_and_measure_whatever_the_table_is_called(tmp_path: Path) -> None:
    change = "Table C2: Percentage change, for year ending December 2023 and year ending December 2024"
    rate = "Table C9: Recorded crime rate per 1,000 population, year ending March 2024"
    previous = "Table C5: Number of police recorded crimes, year ending December 2023"
    sheets = {
        "Table C2": _sheet(change),
        "Table C9": _sheet(rate),
        "Table C5": _sheet(previous),
        "Table C3": _sheet(COUNTS),
    }
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", sheets), tmp_path)
    found = loaded.ask(
        "SELECT DISTINCT release, measure, period_first::VARCHAR, period_last::VARCHAR FROM recorded_crime ORDER BY 1"
    )
    assert found == [
        ("ons-csp-tables:2023-12:count", "count", "2023-01-01", "2023-12-01"),
        ("ons-csp-tables:2024-03:rate_per_1000", "rate_per_1000", "2023-04-01", "2024-03-01"),
        ("ons-csp-tables:2024-12:change_pct", "change_pct", "2024-01-01", "2024-12-01"),
        ("ons-csp-tables:2024-12:count", "count", "2024-01-01", "2024-12-01"),
    ]
    assert (loaded.report.manifest.period_first, loaded.report.manifest.period_last) == ("2023-01", "2024-12")


def test_csv_with_commas_in_numbers_and_crlf_reads_as_the_workbook_does(tmp_path: Path) -> None:
    lines = [f'"{COUNTS}",,,,,,,', "Source: Home Office,,,,,,,", ",".join(f'"{h}"' for h in HEADINGS)]
    lines.append('E23000032,Kent,E22000143,Medway,E06000035,Medway,"27,321 ","1,020 "')
    path = tmp_path / "c2.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252") + b"\r\n")
    loaded = load("ons-csp-tables", path, tmp_path)
    assert loaded.ask("SELECT value FROM recorded_crime ORDER BY 1") == [(1020,), (27321,)]


def test_partnership_without_code_takes_it_from_the_sheet_or_is_called_combined(tmp_path: Path) -> None:
    c1 = [
        ["Table C1: List of combined Local Authorities"],
        ["Police Force Area name", "Community Safety Partnership name", "Local Authority code", "Local Authority name"],
        ["Kent", "Dartford and Gravesham", "E07000107", "Dartford"],
        ["", "", "E07000109", "Gravesham"],
    ]
    named = [["E23000032", "Kent", "Combined Local Authorities", "Dartford and Gravesham", "", "", 390, 30]]
    sheets = {"Table C1": c1, "Table C2": _sheet(COUNTS, named)}
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", sheets), tmp_path)
    assert loaded.ask("SELECT DISTINCT area_code, area_kind FROM recorded_crime") == [("", "combined")]


def test_denominators_of_the_rates_table_are_no_offences(tmp_path: Path) -> None:
    headings = [
        *HEADINGS[:6],
        "Population figures (mid-2022)\n - rounded to 100",
        "Household figures (mid-2021)",
        "Robbery",
    ]
    rows = [["E23000032", "Kent", "E22000143", "Medway", "E06000035", "Medway", 282600, 111500, 0.9]]
    sheet = _sheet("Table C4: Recorded crime rate per 1,000 population, year ending December 2024", rows, headings)
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C4": sheet}), tmp_path)
    assert loaded.ask("SELECT offence, value FROM recorded_crime") == [("Robbery", 0.9)]


def test_row_that_cannot_be_used_is_kept_aside_with_its_place(tmp_path: Path) -> None:
    rows = [
        *ROWS[:2],
        ["E23000032", "Kent", "E22000143", "Medway", "", "", 1, 1],
        ["E23000032", "Kent", "E22000144", "Sevenoaks", "", "", "many", 1],
        ["", "Kent", "", "", "", "", 5, 5],
    ]
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2": _sheet(COUNTS, rows)}), tmp_path)
    assert loaded.refused() == [
        ("t.xlsx", 7, "the area stands in the table a second time"),
        ("t.xlsx", 8, "column 'Total recorded crime (excluding fraud)' is not a number"),
        ("t.xlsx", 9, "the row names no partnership and its force has no code"),
    ]
    assert "sheet 'Table C2', row 8" in loaded.said()
    assert loaded.report.manifest.rows_refused == 3


def test_corrected_issue_supersedes_and_other_tables_stay(tmp_path: Path) -> None:
    first = write_workbook(tmp_path / "first.xlsx", {"Table C2": _sheet(COUNTS)})
    other = write_workbook(tmp_path / "other.xlsx", {"Table C2": _sheet(COUNTS.replace("2024", "2023"))})
    corrected = [["E23000032", "Kent", "E22000143", "Medway", "", "", 601, 61]]
    second = write_workbook(tmp_path / "second.xlsx", {"Table C2": _sheet(COUNTS, corrected)})
    for path in (first, other, second):
        loaded = load("ons-csp-tables", path, tmp_path)
    found = loaded.ask("SELECT release, count(*), max(value) FROM recorded_crime GROUP BY ALL ORDER BY 1")
    assert found == [("ons-csp-tables:2023-12:count", 7, 1000), ("ons-csp-tables:2024-12:count", 2, 601)]


def test_newer_workbook_wins_when_two_in_one_load_give_the_same_year(tmp_path: Path) -> None:
    revised = [["E23000032", "Kent", "E22000143", "Medway", "", "", 700, 70]]
    newer = {"Table C2": _sheet(COUNTS), "Table C5": _sheet(COUNTS.replace("2024", "2023"), revised)}
    older = {"Table C2": _sheet(COUNTS.replace("2024", "2023"))}
    paths = [write_workbook(tmp_path / "a.xlsx", newer), write_workbook(tmp_path / "b.xlsx", older)]
    loaded = load("ons-csp-tables", paths, tmp_path)
    assert loaded.ask("SELECT value FROM recorded_crime WHERE release LIKE '%2023-12%' ORDER BY 1") == [(70,), (700,)]
    assert "warning: b.xlsx: gives the same figures" in loaded.said()


def test_table_without_its_title_is_not_guessed(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "t.xlsx", {"Table C2": [HEADINGS, *ROWS]})
    with pytest.raises(UnreadableInputError, match="title does not say"):
        load("ons-csp-tables", path, tmp_path)


def test_unreadable_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "good.xlsx", {"Table C2": _sheet(COUNTS)})
    (tmp_path / "bad.xlsx").write_bytes(b"nothing")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    loaded = load("ons-csp-tables", [tmp_path / "bad.xlsx", tmp_path / "other.csv", good], tmp_path)
    assert loaded.one("SELECT count(*) FROM recorded_crime") == 7
    assert "bad.xlsx: this is not a workbook" in loaded.said()
    assert "other.csv: this file has no table by community safety partnership" in loaded.said()
    assert [i.rows_in for i in loaded.report.manifest.inputs] == [0, 0, 5]


def test_table_with_a_renamed_column_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    renamed = [h.replace("Community Safety\nPartnership code", "Partnership") for h in HEADINGS]
    sheets = {
        "Table C2 ": _sheet(COUNTS),
        "Table C5": _sheet(COUNTS.replace("2024", "2023"), headings=renamed),
        "Table P1": [["Police Force Area code", "Total"], ["E23000032", 5]],
    }
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", sheets), tmp_path)
    assert loaded.ask("SELECT DISTINCT release FROM recorded_crime") == [("ons-csp-tables:2024-12:count",)]
    (fault,) = loaded.report.faults
    assert (fault.severity, fault.where) == ("error", "t.xlsx, sheet 'Table C5'")
    assert "headings of this table are not the publisher's" in fault.found


@pytest.mark.parametrize(("rows", "said"), [(ROWS, 0), (ROWS[:3], 1), ([*ROWS[:1]], 1), (ROWS[1:], 0)])
def test_table_that_was_cut_short_is_told_by_its_sums(tmp_path: Path, rows: list[list[Any]], said: int) -> None:
    path = write_workbook(tmp_path / "t.xlsx", {"Table C2": _sheet(COUNTS, rows)})
    loaded = load("ons-csp-tables", path, tmp_path)
    assert [f.code for f in loaded.report.faults] == ["sum_differs"] * said
    assert not loaded.report.has_refusals


def test_heading_that_stands_twice_is_counted_once_and_said(tmp_path: Path) -> None:
    rows = [[*ROWS[1], 61]]
    sheet = _sheet(COUNTS, rows, [*HEADINGS, "Burglary"])
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2": sheet}), tmp_path)
    assert loaded.ask("SELECT value FROM recorded_crime WHERE offence = 'Burglary'") == [(60,)]
    assert "error: t.xlsx, sheet 'Table C2', row 4: the heading 'Burglary' stands more than once" in loaded.said()


@pytest.mark.parametrize(("sign", "encoding"), [(";", "utf-8"), ("\t", "utf-8-sig"), (",", "latin-1")])
def test_csv_in_other_dress_gives_the_same_rows(tmp_path: Path, sign: str, encoding: str) -> None:
    titles = ["Area code", "Area name", "CSP code", "CSP name", "Robbery"]
    lines = [['"Number of police recorded crimes, year ending March 2024"'], titles]
    lines += [["W15000004", "Dyfed-Powys", "W22000001", "Ynys Môn", '"1,204 "']]
    path = tmp_path / "c2.csv"
    path.write_bytes("\r\n".join(sign.join(line) for line in lines).encode(encoding))
    loaded = load("ons-csp-tables", path, tmp_path)
    assert loaded.ask("SELECT area_name, offence, value FROM recorded_crime") == [("Ynys Môn", "Robbery", 1204)]


def test_cut_workbook_and_wrong_sign_do_not_stop_the_good_file(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "good.xlsx", {"Table C2": _sheet(COUNTS)})
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[: len(good.read_bytes()) // 2])
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("^".join(h.replace("\n", " ") for h in HEADINGS) + "\n" + "^".join(map(str, ROWS[0])))
    loaded = load("ons-csp-tables", [cut, wrong, good], tmp_path)
    assert loaded.one("SELECT count(*) FROM recorded_crime") == 7
    assert "cut.xlsx: this is not a workbook that can be read" in loaded.said()
    assert "wrong.csv: this file has no table by community safety partnership" in loaded.said()


# -- what the indicators make of it -----------------------------------------------------------------------------
def _link(tmp_path: Path, *links: str) -> None:
    """Load a look-up of districts to partnerships, both by code and name: 'E07000107 Dartford > E22000352 Both'."""
    lines = ["LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM"]
    for link in links:
        child, parent = (part.split(" ", 1) for part in link.split(" > "))
        lines.append(",".join([*child, *parent, "E23000032", "Kent"]))
    (tmp_path / "links.csv").write_text("\n".join(lines))
    load("ons-lookups", tmp_path / "links.csv", tmp_path)


def _ask(loaded: Loaded, area: str, indicator: str = "official_crime_count", period: str = "2024") -> Figure:
    whole = f"{period}-01..{period}-12"
    return compute_one(Evidence.of(loaded.store.snapshot()), indicator, area, Period.parse(whole))


def test_district_that_shares_its_partnership_has_no_figure_and_says_with_whom(tmp_path: Path) -> None:
    _link(
        tmp_path,
        "E07000107 Dartford > E22000352 Dartford and Gravesham",
        "E07000109 Gravesham > E22000352 Dartford and Gravesham",
        "E06000035 Medway > E22000143 Medway",
    )
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2 ": _sheet(COUNTS)}), tmp_path)
    assert _ask(loaded, "E22000352").value == 390
    assert _ask(loaded, "E06000035").value == 600
    shared = _ask(loaded, "E07000107")
    assert shared.value is None
    assert shared.missing is not None
    assert shared.missing.code == "area_unknown"
    assert "shared partnership Dartford and Gravesham (E22000352), with Gravesham" in shared.missing.why


def test_district_of_several_partnerships_has_their_sum_or_none(tmp_path: Path) -> None:
    rows = [
        ["E23000029", "Thames Valley", f"E2200000{n}", name, "", "", count, robbery]
        for n, name, count, robbery in ((1, "Chiltern", 100, 10), (2, "Wycombe", 20, "[x]"))
    ]
    _link(
        tmp_path,
        "E06000060 Buckinghamshire > E22000001 Chiltern",
        "E06000060 Buckinghamshire > E22000002 Wycombe",
        "E06000058 Bournemouth > E22000001 Chiltern; east",
    )
    both = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2": _sheet(COUNTS, rows)}), tmp_path)
    shared = _ask(both, "E06000060")
    assert shared.missing is not None
    assert "with Bournemouth" in shared.missing.why
    alone = tmp_path / "alone"
    alone.mkdir()
    _link(alone, "E06000060 Bucks > E22000001 Chiltern", "E06000060 Bucks > E22000002 Wycombe")
    both = load("ons-csp-tables", tmp_path / "t.xlsx", alone)
    assert _ask(both, "E06000060").value == 120
    marked = _ask(both, "E06000060", "official_burglary_count").missing
    assert marked is not None
    assert marked.why == "the publisher marks burglary as [x]"
    one = load("ons-csp-tables", write_workbook(alone / "t.xlsx", {"Table C2": _sheet(COUNTS, rows[:1])}), alone)
    assert _ask(one, "E06000060").value is None


def test_count_below_zero_is_given_as_it_is_but_makes_no_rate(tmp_path: Path) -> None:
    rows = [["E23000032", "Kent", "E22000143", "Medway", "", "", 600, -2]]
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2": _sheet(COUNTS, rows)}), tmp_path)
    assert _ask(loaded, "E22000143", "official_burglary_count").value == -2
    rate = _ask(loaded, "E22000143", "official_burglary_rate")
    assert rate.value is None
    assert rate.missing is not None
    assert "below zero" in rate.missing.why


@pytest.mark.parametrize(("unassigned", "said"), [(40, 1), (20, 0)])
def test_crime_that_the_force_placed_nowhere_is_told_where_it_could_matter(
    tmp_path: Path, unassigned: int, said: int
) -> None:
    _link(tmp_path, "E06000035 Medway > E22000143 Medway")
    rows = [*ROWS[:2], ["E23000032", "Kent", "", "Unassigned Kent", "", "", unassigned, 1]]
    loaded = load("ons-csp-tables", write_workbook(tmp_path / "t.xlsx", {"Table C2": _sheet(COUNTS, rows)}), tmp_path)
    period = Period.parse("2024-01..2024-12")
    table = compute_figures(Evidence.of(loaded.store.snapshot()), "official_crime_count", "E06000035", period)
    assert sum("stand under no partnership" in note for note in table.notes) == said
    assert table.figures[0].value == 600


# -- the real files ---------------------------------------------------------------------------------------------
@pytest.mark.realdata
def test_real_official_count_equals_the_published_cell(tmp_path: Path, shared_data: Path) -> None:
    lookup = "Local_Authority_District_to_CSPs_to_Police_Force_Areas_(December__2023)_Lookup_.csv"
    load("ons-lookups", shared_data / "geography" / lookup, tmp_path)
    loaded = load("ons-csp-tables", shared_data / "crime-csp", tmp_path)
    assert not loaded.report.faults
    book = load_workbook(str(shared_data / "crime-csp" / "policeforceareatablesyedecember2024.xlsx"))
    for title, period in (("Table C2", "2024"), ("Table C5", "2023")):
        headings, row = _find_real_row(book.get_sheet_by_name(title).to_python(), "E22000143")
        for indicator, words in (
            ("official_crime_count", ["Total recorded crime (excluding fraud)"]),
            ("official_burglary_residential_count", ["Residential burglary"]),
            ("official_violence_against_the_person_count", ["Violence against the person"]),
            (
                "official_theft_count",
                ["Theft from the person", "Bicycle theft", "Shoplifting", "All other theft offences"],
            ),
        ):
            published = sum(row[headings.index(w)] for w in words)
            assert _ask(loaded, "E22000143", indicator, period).value == published
            assert _ask(loaded, "E06000035", indicator, period).value == published
    assert _ask(loaded, "E07000107").missing is not None
    assert _ask(loaded, "E07000109").missing is not None
    assert _ask(loaded, "E22000352").value == 22999


def _find_real_row(rows: list[list[Any]], code: str) -> tuple[list[str], list[Any]]:
    headings = next(r for r in rows if "Community Safety" in str(r[2]) and "code" in str(r[2]))
    clean = [" ".join(str(h).split("[")[0].split()) for h in headings]
    return clean, next(r for r in rows if r[2] == code)


@pytest.mark.realdata
def test_real_workbook_gives_the_cells_that_calamine_reads(tmp_path: Path, shared_data: Path) -> None:
    path = shared_data / "crime-csp" / "policeforceareatablesyedecember2024.xlsx"
    loaded = load("ons-csp-tables", path, tmp_path)
    book = load_workbook(str(path))
    for number, measure, year in (
        ("2", "count", 2024),
        ("3", "change_pct", 2024),
        ("4", "rate_per_1000", 2024),
        ("5", "count", 2023),
    ):
        (title,) = (n for n in book.sheet_names if n.strip() == f"Table C{number}")
        (row,) = (r for r in book.get_sheet_by_name(title).to_python() if r[2] == "E22000143")
        expected = sorted(float(c) for c in row[8 if number == "4" else 6 :] if isinstance(c, float))
        release = f"ons-csp-tables:{year}-12:{measure}"
        sql = (
            f"SELECT value FROM recorded_crime WHERE release = '{release}' AND area_code = 'E22000143' AND marker = ''"
        )
        assert [v for (v,) in loaded.ask(f"{sql} ORDER BY 1")] == expected
    assert not loaded.report.has_refusals


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("name", "release"),
    [("policeforceareatablesyedecember2024.xlsx", "2024-12"), ("policeforceareatablesyejune25final.csv", "2025-06")],
)
def test_real_partnerships_and_unassigned_sum_to_the_force(
    tmp_path: Path, shared_data: Path, name: str, release: str
) -> None:
    loaded = load("ons-csp-tables", shared_data / "crime-csp" / name, tmp_path)
    kent = [f"E22000{n}" for n in (137, 138, 140, 142, 143, 144, 145, 146, 147, 148, 149, 352)]
    codes = ", ".join(f"'{c}'" for c in kent)
    rows = loaded.ask(
        f"""SELECT offence, sum(value) FILTER (area_code IN ({codes}) OR area_name = 'Unassigned Kent'),
                   sum(value) FILTER (area_code = 'E23000032')
            FROM recorded_crime WHERE release = 'ons-csp-tables:{release}:count' GROUP BY offence"""
    )
    assert len(rows) == 23
    assert all(parts == force for _, parts, force in rows)


@pytest.mark.realdata
def test_real_csv_gives_medway_27321(tmp_path: Path, shared_data: Path) -> None:
    loaded = load("ons-csp-tables", shared_data / "crime-csp" / "policeforceareatablesyejune25final.csv", tmp_path)
    sql = "SELECT value FROM recorded_crime WHERE area_name = 'Medway' AND offence LIKE 'Total recorded crime%'"
    assert loaded.one(sql) == 27321
    assert loaded.one("SELECT count(DISTINCT area_code) FROM recorded_crime WHERE area_name = 'Surrey'") == 1
