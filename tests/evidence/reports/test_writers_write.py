"""Writing in the formats asked for, and one chart or table alone."""

import csv
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from evidence.reports.sample_report import build_report, build_small_report
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.document import Cell, Column, Section, Table
from wardmote.evidence.reports.writers.pictures import measure_picture
from wardmote.evidence.reports.writers.write import write_document, write_element


def test_document_in_two_formats(tmp_path: Path) -> None:
    written = write_document(build_small_report(), tmp_path / "out", ["html", "xlsx", "html"])
    assert written == {"html": tmp_path / "out" / "assessment.html", "xlsx": tmp_path / "out" / "assessment.xlsx"}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["assessment.html", "assessment.xlsx"]


def test_unknown_format_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown format 'doc'.*html, docx, odt, pdf, xlsx"):
        write_document(build_small_report(), tmp_path, ["html", "doc"])
    assert not list(tmp_path.iterdir())


def test_unknown_element_names_those_that_are_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no chart or table 'x'.*all-crime-wards"):
        write_element(build_small_report(), "x", tmp_path / "x.svg")


def test_unknown_ending_of_an_element(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"map\.gif is of no known form"):
        write_element(build_small_report(), "all-crime-map", tmp_path / "map.gif")


@pytest.mark.parametrize("element", ["all-crime-map", "all-crime-wards"])
def test_element_as_svg_has_a_name_and_words(tmp_path: Path, element: str) -> None:
    write_element(build_small_report(), element, tmp_path / "a.svg")
    root = etree.parse(tmp_path / "a.svg").getroot()
    title = root[0].text.removesuffix(" (24 wards in force since May 2023)")
    assert title in {"Rate of recorded crime by ward", "All recorded crime by ward"}
    assert root[1].text
    assert root.get("role") == "img"


def test_element_as_png_is_fit_for_print(tmp_path: Path) -> None:
    write_element(build_small_report(), "all-crime-map", tmp_path / "a.png")
    width, _height = measure_picture((tmp_path / "a.png").read_bytes())
    assert width >= 1500


def test_chart_alone_for_word_has_title_alternative_text_and_source(tmp_path: Path) -> None:
    write_element(build_small_report(), "all-crime-map", tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Map 1: Rate of recorded crime by ward", "",
        "Rates use the mid-2021 population.\nSource: data.police.uk; ONS mid-2021 estimates",
    ]  # fmt: skip
    assert len(document.inline_shapes) == 1


def test_table_as_csv_holds_finer_numbers_and_markers(tmp_path: Path) -> None:
    write_element(build_report(1), "all-crime-wards", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:3] == ["Ward", "Offences", "Rate per 1,000"]
    assert rows[1] == ["Thornbury St. Mary Magdalene and Lower Esplanade", "2400", "60", "56.0 to 64.0", "-0.1", "12"]
    assert rows[6][2] == "[c]"
    assert rows[4][4] == "[x]"


@pytest.mark.parametrize(
    ("shown", "value", "written"),
    [
        ("11.8", 11.790754722992132, "11.791"),
        ("1,234", 1234.0, "1234"),
        ("1,200", 1200.0, "1200"),
        ("1,234", 1233.5678, "1233.57"),
        ("\u221210.4%", -0.1039123456, "-0.10391"),
        ("12.3%", 12.3456789, "12.346"),
        ("0.0", -0.00001, "0"),
        ("0", 0.0, "0"),
        ("none to speak of", 2.718281828, "2.7183"),
        ("60.1 (56.0 to 64.0)", 60.123456, "60.123"),
    ],
)
def test_number_as_csv_has_two_decimals_more_than_shown(tmp_path: Path, shown: str, value: float, written: str) -> None:
    table = Table("t", "T", (Column("A"),), ((Cell(shown, value=value),),))
    report = replace(build_small_report(), sections=(Section("s", "S", (table,)),))
    write_element(report, "t", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfA\r\n" + written.encode() + b"\r\n"


def test_csv_holds_no_formula(tmp_path: Path) -> None:
    table = Table("t", "T", (Column("=A"),), ((Cell("@SUM(A1)"),), (Cell("+4.2%"),), (Cell("-cmd|x"),)))
    report = replace(build_small_report(), sections=(Section("s", "S", (table,)),))
    write_element(report, "t", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").split() == ["'=A", "'@SUM(A1)", "+4.2%", "'-cmd|x"]


def test_chart_as_workbook_is_its_data(tmp_path: Path) -> None:
    write_element(build_small_report(), "all-crime-map", tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.sheet_names == ["Map 1"]
    assert book.get_sheet_by_name("Map 1").to_python()[6] == ["Ashcombe", 8]
