"""Dense papers in Word and OpenDocument: smaller type, figures abreast, and no page left empty for a long table."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import odfdo
import pytest
from docx.oxml.ns import qn

from wardmote.evidence.reports.document import (
    Cell,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Section,
    Table,
)
from wardmote.evidence.reports.writers.dense import WHOLE_DENSE_ROWS, shrink_size, tighten_opendocument, tighten_word
from wardmote.evidence.reports.writers.docx import write_docx
from wardmote.evidence.reports.writers.files import ASSETS
from wardmote.evidence.reports.writers.odt import write_odt

LONG = WHOLE_DENSE_ROWS + 1


def build(rows: int) -> Document:
    columns = (Column("Indicator"), Column("Status"))
    cells = tuple((Cell(f"Measure {at}"), Cell("R ■", state="red")) for at in range(rows))
    tiles = KeyFigures(
        (KeyFigure("R ■ Red", "9", "of 57 indicators"), KeyFigure("G ● Green", "48", "of 57 indicators"))
    )
    blocks = (tiles, Table("t", "Measures", columns, cells))
    return Document(
        title="Executive report", subtitle="", area_name="", period_title="", publisher="Town",
        as_at=datetime(2026, 11, 21, tzinfo=UTC), audience="", sections=(Section("a", "Part", blocks),),
        has_contents=False, is_dense=True,
    )  # fmt: skip


def count_kept(table: Any) -> int:
    """How many rows Word keeps with what follows them."""
    return sum(row.find(f".//{qn('w:keepNext')}") is not None for row in table._tbl.findall(qn("w:tr")))


@pytest.mark.parametrize(("rows", "kept"), [(WHOLE_DENSE_ROWS, WHOLE_DENSE_ROWS), (LONG, 2)])
def test_long_table_of_a_dense_paper_may_break_in_word(tmp_path: Path, rows: int, kept: int) -> None:
    write_docx(build(rows), tmp_path / "a.docx")
    assert count_kept(docx.Document(str(tmp_path / "a.docx")).tables[1]) == kept


@pytest.mark.parametrize(("rows", "may_break"), [(WHOLE_DENSE_ROWS, "false"), (LONG, "true")])
def test_long_table_of_a_dense_paper_may_break_in_opendocument(tmp_path: Path, rows: int, may_break: str) -> None:
    write_odt(build(rows), tmp_path / "a.odt")
    style = odfdo.Document(tmp_path / "a.odt").get_style("table", "Table2")
    assert style is not None
    assert style.get_properties()["style:may-break-between-rows"] == may_break


def test_figures_of_a_dense_paper_stand_abreast(tmp_path: Path) -> None:
    write_docx(build(3), tmp_path / "a.docx")
    figures = docx.Document(str(tmp_path / "a.docx")).tables[0]
    assert [[cell.text for cell in row.cells] for row in figures.rows] == [
        ["R ■ Red", "G ● Green"], ["9 of 57 indicators", "48 of 57 indicators"],
    ]  # fmt: skip


@pytest.mark.parametrize("usual", [7, 8.5, 9.5, 10.5, 11.5, 13.5, 18, 26])
def test_dense_type_is_never_larger_nor_smaller_than_can_be_read(usual: float) -> None:
    assert 7 <= shrink_size(usual) <= usual


def test_both_formats_are_set_in_the_same_dense_sizes() -> None:
    word = tighten_word((ASSETS / "docx" / "styles.xml").read_text(encoding="utf-8"))
    text = tighten_opendocument((ASSETS / "odt" / "styles.xml").read_text(encoding="utf-8"))
    assert ('<w:sz w:val="18"/>' in word, 'w:val="21"' in word) == (True, False)
    assert ('fo:font-size="9pt"' in text, 'fo:font-size="10.5pt"' in text) == (True, False)
