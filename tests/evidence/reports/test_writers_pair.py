"""Two charts side by side: both numbered, both drawn, in every format."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import lxml.html

from wardmote.evidence.reports.charts.frame import SMALL
from wardmote.evidence.reports.charts.trend import TrendPoint, annual_trend
from wardmote.evidence.reports.document import Cell, Chart, Column, Document, Pair, Section, Table, number_elements
from wardmote.evidence.reports.writers.write import write_document


def draw(chart_id: str, value: float) -> Chart:
    drawn = annual_trend([TrendPoint("2020/21", 10.0), TrendPoint("2021/22", value)], unit="offences", size=SMALL)
    columns = (Column("Year", row_header=True), Column("Count", "right"))
    rows = (
        (Cell("2020/21"), Cell("10", f"{chart_id}:1", 10.0)),
        (Cell("2021/22"), Cell(f"{value}", f"{chart_id}:2", value)),
    )
    return Chart(
        chart_id, f"Chart {chart_id}", drawn.spec, drawn.alt, Table(f"{chart_id}-data", chart_id, columns, rows)
    )


def make_document() -> Document:
    pair = Pair((draw("burglary", 12.0), draw("robbery", 7.0)))
    return Document(
        "Report", "", "Medway", "2021/22", "A partnership", datetime(2026, 1, 1, tzinfo=UTC), "public",
        (Section("one", "One", (pair,)),),
    )  # fmt: skip


def test_both_charts_of_a_pair_are_numbered_in_order() -> None:
    labels = number_elements(make_document())
    assert labels == {"burglary": "Chart 1", "robbery": "Chart 2"}


def test_pair_stands_in_one_grid_on_the_page_and_keeps_both_tables(tmp_path: Path) -> None:
    paths = write_document(make_document(), tmp_path, ["html"])
    page = lxml.html.fromstring(paths["html"].read_text("utf-8"))
    figures = page.xpath("//div[@class='pair']/figure")
    assert [figure.get("id") for figure in figures] == ["burglary", "robbery"]
    assert all(figure.xpath(".//table") for figure in figures)


def test_pair_gives_two_pictures_in_word_and_two_sheets_in_the_workbook(tmp_path: Path) -> None:
    paths = write_document(make_document(), tmp_path)
    pictures = [n for n in zipfile.ZipFile(paths["docx"]).namelist() if n.startswith("word/media/")]
    assert len(pictures) == 2
    assert paths["pdf"].stat().st_size > 0
    sheets = [n for n in zipfile.ZipFile(paths["xlsx"]).namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) >= 3  # contents and the two charts' data
