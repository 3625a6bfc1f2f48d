"""The workbook: numbers as numbers, markers explained, and never a formula."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from evidence.reports.sample_report import build_report
from wardmote.evidence.reports.document import Cell, Column, Document, Section, Table
from wardmote.evidence.reports.writers.cells import explain_markers, find_number_format
from wardmote.evidence.reports.writers.files import unpack
from wardmote.evidence.reports.writers.xlsx import write_xlsx

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("xlsx") / "assessment.xlsx"
    write_xlsx(build_report(1), path)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return CalamineWorkbook.from_path(str(path))


def rows_of(book: Any, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def test_contents_list_every_other_sheet(book: Any) -> None:
    names = ["Table 1", "Table 2", "Map 1", "Chart 1", "Chart 2", "Figures", "Sources"]
    assert book.sheet_names == ["Contents", *names]
    assert [row[0] for row in rows_of(book, "Contents")[4:]] == names


def test_table_has_title_head_numbers_markers_note_and_source(book: Any) -> None:
    rows = rows_of(book, "Table 1")
    assert rows[0][0] == "All recorded crime by ward (24 wards in force since May 2023)"
    assert rows[2][0] == "SYNTHETIC — fictional data"
    head = next(at for at, row in enumerate(rows) if row[0] == "Ward")
    assert rows[head + 1] == ["Thornbury St. Mary Magdalene and Lower Esplanade", 2400, 60, "56.0 to 64.0", -0.1, 12]
    assert rows[head + 6][2] == "[c]"
    assert rows[head + 4][4] == "[x]"
    below = [row[0] for row in rows[head + 25 :] if row[0]]
    assert below == [
        "[c] withheld to protect people. [x] the month was never loaded.", "Source: data.police.uk, loaded 3 June 2022",
    ]  # fmt: skip


def test_head_row_stays_in_view(path: Path) -> None:
    sheet = etree.fromstring(unpack(path.read_bytes())["xl/worksheets/sheet2.xml"])
    pane = sheet.find(f".//{MAIN}pane")
    assert (pane.get("state"), pane.get("ySplit"), pane.get("xSplit")) == ("frozen", "5", "1")


def test_figures_are_listed_once_with_ids_and_places(book: Any) -> None:
    rows = rows_of(book, "Figures")[5:]
    ids = [row[0] for row in rows]
    assert len(ids) == len(set(ids)) == 47
    assert rows[0] == [
        "crime_count:X00:2021/22", f"All recorded crime, {'Thornbury St. Mary Magdalene and Lower Esplanade'}, 2021/22",
        "28,412", "Summary; All recorded crime; Offence by offence",
    ]  # fmt: skip


def test_sources_hold_every_line_of_every_entry(book: Any) -> None:
    rows = rows_of(book, "Sources")[5:]
    assert len(rows) == 48 * 5
    assert rows[0][2:] == ["Definition", "Offences recorded by the police in the period, whatever their outcome."]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a")', "http://a.b", "007"])
def test_words_stay_words_whatever_they_begin_with(tmp_path: Path, words: str) -> None:
    table = Table("t", words, (Column(words), Column("B")), ((Cell(words), Cell("2", None, 2.0)),), words, words)
    report = replace(build_report(0), title=words, sections=(Section("s", words, (table,)),))
    write_xlsx(report, tmp_path / "a.xlsx")
    parts = unpack((tmp_path / "a.xlsx").read_bytes())
    sheets = [etree.fromstring(part) for name, part in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4
    assert not [node for sheet in sheets for node in sheet.iter(f"{MAIN}f")]
    assert rows_of(CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")), "Table 1")[5] == [words, 2]


@pytest.mark.parametrize(
    ("text", "value", "kept", "form"),
    [
        ("2,400", 2400.0, 2400.0, "#,##0"),
        ("7", 7.0, 7.0, "#,##0"),
        ("101.3", 101.2874, 101.2874, "0.0"),
        ("1,101.35", 1101.3487, 1101.3487, "#,##0.00"),
        ("+3%", 0.03, 0.03, "+0%;−0%;0%"),
        ("−10%", -0.1, -0.1, "0%;−0%;0%"),
        ("4.2%", 4.2, 0.042, "0.0%"),
        ("0.5%", 0.005, 0.005, "0.0%"),
        ("£1,200", 1200.0, 1200.0, "£#,##0"),
        ("4th", 4.0, 4.0, "General"),
    ],
)
def test_number_format_shows_what_the_document_shows(text: str, value: float, kept: float, form: str) -> None:
    shape = find_number_format(text, value)
    assert shape.value == pytest.approx(kept)
    assert shape.format == form


def test_markers_without_a_note_are_explained() -> None:
    table = Table("t", "T", (Column("A"),), ((Cell("[c]"),), (Cell("[x]"),)), note="[x] not loaded.")
    assert explain_markers(table) == ["[c] withheld to protect people; it does not mean zero."]


def test_report_without_tables_still_opens(tmp_path: Path) -> None:
    report: Document = replace(build_report(0), sections=(), summary=())
    write_xlsx(report, tmp_path / "a.xlsx")
    assert CalamineWorkbook.from_path(str(tmp_path / "a.xlsx")).sheet_names == ["Contents", "Figures", "Sources"]
