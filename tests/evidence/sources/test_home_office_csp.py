"""The Home Office's quarterly tables of recorded crime by partnership."""

import gzip
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.official_tables import Loaded, load, write_workbook
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Period

HEADINGS = [
    "Financial Year", "Financial Quarter", "Force Name", "CSP Name", "ONS Code", "Offence Description",
    "Offence Group", "Offence Subgroup", "Offence Code", "Number of Offences",
]  # fmt: skip
BURGLARY = ["Burglary in a dwelling", "Theft offences", "Domestic burglary", "28A"]
ROBBERY = ["Robbery of personal property", "Robbery", "Robbery of personal property", "34B"]
SCOOTER = ["Theft of a vehicle", "Theft offences", "Vehicle offences", 48]
MEDWAY = ["Kent", "Medway", "E22000143"]
NOTES = [
    ["Police recorded crime open data tables"], ["Updated: 23 July 2026"], ["Force Notes"],
    ["Kent: some offences of Medway are recorded under the 'Unassigned Kent' group."],
    ["Devon: nothing of note."], ["Additional Notes"], ["Offences that are unassigned are listed by force."],
]  # fmt: skip


def _row(
    quarter: Any, count: Any, *, year: Any = "2019/20", area: list[str] | None = None, offence: Any = None
) -> list[Any]:
    return [year, quarter, *(area or MEDWAY), *(offence or ROBBERY), count]


def _book(tmp_path: Path, rows: list[list[Any]], sheet: str = "2019_20", name: str = "prc.xlsx", **more: Any) -> Path:
    return write_workbook(tmp_path / name, {"Notes": NOTES, sheet: [HEADINGS, *rows], **more})


def _csv(tmp_path: Path, rows: list[list[Any]], *, sign: str = ",", encoding: str = "utf-8") -> Path:
    path = tmp_path / "prc.csv"
    text = "\r\n".join(sign.join(map(str, row)) for row in [HEADINGS, *rows])
    path.write_bytes(text.encode(encoding))
    return path


def _ask_rows(loaded: Loaded) -> list[tuple[Any, ...]]:
    return loaded.ask(
        "SELECT period_first::VARCHAR, period_last::VARCHAR, area_name, area_kind, offence_code, value, marker "
        "FROM recorded_crime ORDER BY ALL"
    )


def test_quarter_becomes_its_months(tmp_path: Path) -> None:
    rows = [_row(1, 10), _row(2.0, 20), _row("Q3", 30), _row("Quarter 4", 40, offence=SCOOTER)]
    loaded = load("home-office-csp", _book(tmp_path, rows), tmp_path)
    assert _ask_rows(loaded) == [
        ("2019-04-01", "2019-06-01", "Medway", "csp", "34B", 10, ""),
        ("2019-07-01", "2019-09-01", "Medway", "csp", "34B", 20, ""),
        ("2019-10-01", "2019-12-01", "Medway", "csp", "34B", 30, ""),
        ("2020-01-01", "2020-03-01", "Medway", "csp", "48", 40, ""),
    ]
    assert loaded.ask("SELECT DISTINCT release, area_code, measure FROM recorded_crime") == [
        ("home-office-csp:2019/20", "E22000143", "count")
    ]
    manifest = loaded.report.manifest
    assert (manifest.period_first, manifest.period_last) == ("2019-04", "2020-03")
    assert not loaded.report.has_refusals


def test_older_sheet_and_headings_read_as_the_newer_do(tmp_path: Path) -> None:
    headings = [h for h in HEADINGS if h != "ONS Code"]
    headings[2], headings[-1] = "Police Force", "Offence Count"
    row = ["2002/03", 4, "Kent", "Medway", *ROBBERY, 7]
    path = write_workbook(tmp_path / "old.xlsx", {"2002-03": [["A title"], [], headings, row, ["A note below."]]})
    loaded = load("home-office-csp", path, tmp_path)
    assert _ask_rows(loaded) == [("2003-01-01", "2003-03-01", "Medway", "csp", "34B", 7, "")]
    assert loaded.one("SELECT release || area_code FROM recorded_crime") == "home-office-csp:2002/03"


@pytest.mark.parametrize(
    ("area", "kept"),
    [
        (["Kent", "Unassigned Kent", ""], ("", "Unassigned Kent", "unassigned")),
        (["British Transport Police", "British Transport Police", ""], ("", "British Transport Police", "unassigned")),
        (["CIFAS", "", ""], ("", "CIFAS", "unassigned")),
        (["Action Fraud", "", "E23000099"], ("", "Action Fraud", "unassigned")),
        (["Kent", "Medway ", "not known"], ("", "Medway", "csp")),
    ],
)
def test_area_of_a_row_is_a_partnership_only_where_there_is_one(
    tmp_path: Path, area: list[str], kept: tuple[str, ...]
) -> None:
    loaded = load("home-office-csp", _book(tmp_path, [_row(1, 5, area=area)]), tmp_path)
    assert loaded.ask("SELECT area_code, area_name, area_kind FROM recorded_crime") == [kept]


def test_count_below_zero_is_kept_and_said(tmp_path: Path) -> None:
    loaded = load("home-office-csp", _book(tmp_path, [_row(1, 5), _row(2, -2)]), tmp_path)
    assert loaded.one("SELECT sum(value) FROM recorded_crime") == 3
    assert "warning: prc.xlsx: 1 counts are below zero" in loaded.said()
    assert not loaded.report.has_refusals


def test_notes_sheet_is_passed_over_but_what_it_says_of_unassigned_crime_is_told(tmp_path: Path) -> None:
    loaded = load("home-office-csp", _book(tmp_path, [_row(1, 5)]), tmp_path)
    (fault,) = loaded.report.faults
    assert (fault.severity, fault.where) == ("warning", "prc.xlsx, sheet 'Notes', row 4")
    assert "Medway are recorded under the 'Unassigned Kent' group" in fault.found
    assert loaded.report.manifest.inputs[0].rows_in == 1


def test_row_that_cannot_be_used_is_kept_aside_with_file_sheet_row_and_reason(tmp_path: Path) -> None:
    rows = [
        _row(1, 5),
        _row(5, 1),
        _row(2, "many"),
        _row(2, ""),
        _row(2, 1.5),
        _row(2, 1, year="2019/21"),
        _row(2, 1, year="2020/21"),
        _row(2, 1, area=["Kent", "", ""]),
        _row(2, 1, offence=["Robbery", "", "", "34B"]),
        _row(1, 6),
        _row(3, "[x]"),
    ]
    loaded = load("home-office-csp", _book(tmp_path, rows), tmp_path)
    assert loaded.refused() == [
        ("prc.xlsx", 3, "'5' is not a quarter from 1 to 4"),
        ("prc.xlsx", 4, "column 'Number of Offences' is not a number"),
        ("prc.xlsx", 5, "column 'Number of Offences' is empty"),
        ("prc.xlsx", 6, "column 'Number of Offences' is not a whole number"),
        ("prc.xlsx", 7, "'2019/21' is not a financial year such as 2019/20"),
        ("prc.xlsx", 8, "the row's financial year is not the sheet's"),
        ("prc.xlsx", 9, "the row names no partnership"),
        ("prc.xlsx", 10, "the row does not name its offence"),
        ("prc.xlsx", 11, "the partnership's offence and quarter stand in the file a second time"),
    ]
    assert [row[5:] for row in _ask_rows(loaded)] == [(5, ""), (None, "[x]")]
    assert (
        "prc.xlsx, sheet '2019_20', row 4: column 'Number of Offences' is not a number (1 row refused" in loaded.said()
    )
    (entry,) = loaded.report.manifest.inputs
    assert (entry.rows_in, entry.rows_kept, entry.rows_refused) == (11, 2, 9)


@pytest.mark.parametrize(("sign", "encoding"), [(";", "utf-8"), ("\t", "cp1252"), (",", "latin-1")])
def test_csv_in_other_dress_gives_the_same_rows(tmp_path: Path, sign: str, encoding: str) -> None:
    area = ["Dyfed-Powys", "Ynys Môn", "W22000001"]
    loaded = load("home-office-csp", _csv(tmp_path, [_row(1, 5, area=area)], sign=sign, encoding=encoding), tmp_path)
    assert loaded.ask("SELECT area_name, value FROM recorded_crime") == [("Ynys Môn", 5)]


def test_sheet_with_a_renamed_column_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    renamed = ["Offences (all)" if h == "Number of Offences" else h for h in HEADINGS]
    more = {"2020_21": [renamed, _row(1, 9, year="2020/21")]}
    loaded = load("home-office-csp", _book(tmp_path, [_row(1, 5)], **more), tmp_path)
    assert [row[5] for row in _ask_rows(loaded)] == [5]
    assert "error: prc.xlsx, sheet '2020_21': the heading 'Number of Offences' cannot be found" in loaded.said()
    assert loaded.report.has_refusals


def test_file_that_is_another_table_is_said_to_be_one(tmp_path: Path) -> None:
    other = write_workbook(tmp_path / "other.xlsx", {"Table P1": [["Area name", "Total"], ["Kent", 5]]})
    with pytest.raises(UnreadableInputError, match=r"other\.xlsx: this file has no table of quarterly crime"):
        load("home-office-csp", other, tmp_path)


def test_broken_files_do_not_stop_the_good_one(tmp_path: Path) -> None:
    good = _book(tmp_path, [_row(1, 5)])
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[:-600])
    cut_gzip = tmp_path / "cut.csv.gz"
    cut_gzip.write_bytes(gzip.compress(_csv(tmp_path, [_row(1, 5)]).read_bytes())[:-20])
    wrong_sign = tmp_path / "wrong.csv"
    wrong_sign.write_text("^".join(HEADINGS) + "\n" + "^".join(map(str, _row(1, 5))))
    loaded = load("home-office-csp", [cut, cut_gzip, wrong_sign, good], tmp_path)
    assert [row[5] for row in _ask_rows(loaded)] == [5]
    said = loaded.said()
    assert "cut.xlsx: this is not a workbook that can be read" in said
    assert "cut.csv.gz: this gzip file is cut off or damaged" in said
    assert "wrong.csv: this file has no table of quarterly crime" in said


def test_later_file_replaces_its_years_and_leaves_the_others(tmp_path: Path) -> None:
    first = _book(tmp_path, [_row(1, 5), _row(2, 6)], **{"2020_21": [HEADINGS, _row(1, 9, year="2020/21")]})
    load("home-office-csp", first, tmp_path)
    loaded = load("home-office-csp", _book(tmp_path, [_row(1, 50)], name="later.xlsx"), tmp_path)
    assert [row[5] for row in _ask_rows(loaded)] == [50, 9]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_files_in_one_load_the_later_published_counts(tmp_path: Path, turned: bool) -> None:
    new = _book(tmp_path, [_row(1, 50)], name="prc-csp-mar16-mar20-tables-290126.xlsx")
    more = {"2024_25": [HEADINGS, _row(1, 9, year="2024/25")]}
    old = _book(tmp_path, [_row(1, 5)], name="prc-csp-mar16-dec24-tables-240425.xlsx", **more)
    loaded = load("home-office-csp", [new, old] if turned else [old, new], tmp_path)
    assert [row[5] for row in _ask_rows(loaded)] == [50, 9]
    assert "prc-csp-mar16-dec24-tables-240425.xlsx: gives the same figures (home-office-csp:2019/20)" in loaded.said()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    counts=st.dictionaries(
        st.tuples(
            st.integers(2015, 2017), st.integers(1, 4), st.sampled_from(["Medway", "Ashford", "Unassigned Kent"])
        ),
        st.integers(-9, 9999),
        min_size=1,
    )
)
def test_every_count_is_found_again_under_its_quarter_and_area(
    tmp_path_factory: pytest.TempPathFactory, counts: dict[tuple[int, int, str], int]
) -> None:
    folder = tmp_path_factory.mktemp("prc")
    rows = [_row(q, n, year=f"{y}/{y - 1999}", area=["Kent", name, ""]) for (y, q, name), n in counts.items()]
    loaded = load("home-office-csp", _csv(folder, rows), folder)
    found = loaded.ask("SELECT period_first, area_name, value FROM recorded_crime")
    expected = Counter({(y + (q == 4), (q * 3) % 12 + 1, name): n for (y, q, name), n in counts.items()})
    assert {(d.year, d.month, name): n for d, name, n in found} == expected


# -- what the indicators make of it -----------------------------------------------------------------------------
def _ask_robberies(loaded: Loaded, period: str) -> tuple[float | None, str]:
    figure = compute_one(
        Evidence.of(loaded.store.snapshot()), "official_robbery_count", "E22000143", Period.parse(period)
    )
    return figure.value, figure.missing.code if figure.missing else ""


def test_official_count_is_the_sum_of_held_quarters_and_never_of_fewer(tmp_path: Path) -> None:
    rows = [_row(q, n, offence=o) for q, n in enumerate((10, 20, -1, 40), 1) for o in (ROBBERY, BURGLARY)]
    more = {"2020_21": [HEADINGS, _row(1, 9, year="2020/21")]}
    loaded = load("home-office-csp", _book(tmp_path, rows, **more), tmp_path)
    assert _ask_robberies(loaded, "2019/20") == (69, "")
    assert _ask_robberies(loaded, "2019/20Q2") == (20, "")
    assert _ask_robberies(loaded, "2019-07..2020-06") == (68, "")
    assert _ask_robberies(loaded, "2020/21") == (None, "source_missing")


def test_official_count_of_a_heading_that_the_tables_do_not_know_is_missing_and_not_zero(tmp_path: Path) -> None:
    rows = [_row(q, 10, offence=BURGLARY) for q in (1, 2, 3, 4)]
    loaded = load("home-office-csp", _book(tmp_path, rows), tmp_path)
    assert _ask_robberies(loaded, "2019/20") == (None, "source_missing")


def test_partnership_without_code_is_found_by_any_name_that_its_code_has(tmp_path: Path) -> None:
    """The look-up still says Shepway where the crime tables say Folkestone and Hythe."""
    links = "LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM\n"
    (tmp_path / "links.csv").write_text(links + "E07000112,Folkestone and Hythe,E22000143,Shepway,E23000032,Kent\n")
    load("ons-lookups", tmp_path / "links.csv", tmp_path)
    titles: list[Any] = ["Police Force Area code", "Police Force Area name", "CSP code", "CSP name", "Robbery"]
    ons = [["Number of police recorded crimes, year ending March 2019"], titles]
    ons.append(["E23000032", "Kent", "E22000143", "Folkestone and Hythe", 300])
    load("ons-csp-tables", write_workbook(tmp_path / "ons.xlsx", {"Table C2": ons}), tmp_path)
    rows = [_row(q, 10, area=["Kent", "FOLKESTONE and Hythe", ""]) for q in (1, 2, 3, 4)]
    rows += [_row(q, 1, area=["Kent", "Unassigned Kent", ""]) for q in (1, 2, 3, 4)]
    loaded = load("home-office-csp", _book(tmp_path, rows), tmp_path)
    assert _ask_robberies(loaded, "2019/20") == (40, "")
    assert _ask_robberies(loaded, "2018-04..2019-03") == (300, "")
