"""Word and OpenDocument: the same report, read back by other libraries than those that wrote it."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import odfdo
import pdfplumber
import pytest
from docx.oxml.ns import qn

from evidence.reports.sample_report import build_report, build_small_report
from wardmote.evidence.reports.document import Callout, Cell, Column, Paragraph, Section, Table, Text
from wardmote.evidence.reports.writers.docx import write_docx
from wardmote.evidence.reports.writers.files import unpack
from wardmote.evidence.reports.writers.odt import write_odt

OFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    report = build_report(2)
    write_docx(report, folder / "a.docx")
    write_odt(report, folder / "a.odt")
    return folder


@pytest.fixture(scope="module")
def word(folder: Path) -> Any:
    return docx.Document(str(folder / "a.docx"))


@pytest.fixture(scope="module")
def odt(folder: Path) -> Any:
    return odfdo.Document(folder / "a.odt")


HEADINGS = [
    (1, "Summary"), (1, "All recorded crime"), (1, "Offence by offence"), (2, "Violence and sexual offences"),
    (3, "Where it happens"), (2, "Criminal damage and arson"), (3, "Where it happens"),
    (1, "How far these figures can be trusted"), (1, "Where the figures come from"),
]  # fmt: skip

TABLES = [
    "Key figures", "All recorded crime by ward (24 wards in force since May 2023)", "Offences by month", "Key figures",
    "Key figures",
]  # fmt: skip


def test_word_headings_are_real(word: Any) -> None:
    found = [(int(p.style.name[-1]), p.text) for p in word.paragraphs if p.style.name.startswith("Heading ")]
    assert found == HEADINGS
    titles = [p.text for p in word.paragraphs if p.style.name == "Title"]
    assert titles == ["Strategic assessment of crime and disorder"]


def test_word_tables_repeat_their_head_and_are_named(word: Any) -> None:
    assert len(word.tables) == 5
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in word.tables] == TABLES


def test_word_pictures_say_what_they_show_and_fit_the_page(word: Any) -> None:
    pictures = list(word.element.body.iter(qn("wp:docPr")))
    assert len(pictures) == 5
    assert all("The highest is Thornbury" in picture.get("descr") for picture in pictures)
    text_width = 166 * 36_000
    assert all(shape.width <= text_width for shape in word.inline_shapes)


def test_word_language_properties_and_running_lines(word: Any, folder: Path) -> None:
    assert word.core_properties.language == "en-GB"
    assert word.core_properties.title == "Strategic assessment of crime and disorder"
    assert b'w:val="en-GB"' in unpack((folder / "a.docx").read_bytes())["word/styles.xml"]
    assert "SYNTHETIC — fictional data" in word.sections[0].header.paragraphs[0].text
    assert "NUMPAGES" in word.sections[0].footer._element.xml


def test_word_contents_lead_to_their_headings(word: Any) -> None:
    bookmarks = {node.get(qn("w:name")) for node in word.element.body.iter(qn("w:bookmarkStart"))}
    links = [node.get(qn("w:anchor")) for node in word.element.body.iter(qn("w:hyperlink")) if node.get(qn("w:anchor"))]
    assert len(links) == 7
    assert set(links) <= bookmarks


def test_odt_headings_are_real(odt: Any) -> None:
    found = [(int(head.level), head.text_recursive.strip()) for head in odt.body.get_headers()]
    assert found == HEADINGS


def test_odt_tables_repeat_their_head_and_are_named(odt: Any) -> None:
    tables = odt.body.get_elements("descendant::table:table")
    assert len(tables) == 5
    for table in tables:
        assert len(table.get_elements("table:table-header-rows/table:table-row")) == 1
        assert len(table.get_elements("table:table-header-columns/table:table-column")) == 1
    assert [table.get_element("table:title").text for table in tables] == TABLES


def test_odt_pictures_say_what_they_show_and_are_there(odt: Any, folder: Path) -> None:
    frames = odt.body.get_elements("descendant::draw:frame")
    assert len(frames) == 5
    parts = unpack((folder / "a.odt").read_bytes())
    for frame in frames:
        assert "The highest is Thornbury" in frame.get_element("svg:desc").text
        assert frame.get_element("draw:image").get_attribute("xlink:href") in parts
        assert float(frame.get_attribute("svg:width").removesuffix("mm")) <= 166


def test_odt_is_an_open_document_with_language_and_properties(folder: Path) -> None:
    content = (folder / "a.odt").read_bytes()
    parts = unpack(content)
    assert content[30:38] == b"mimetype"
    assert next(iter(parts)) == "mimetype"
    assert b'fo:language="en" fo:country="GB"' in parts["styles.xml"]
    assert b"<dc:language>en-GB</dc:language>" in parts["meta.xml"]
    assert "SYNTHETIC — fictional data".encode() in parts["styles.xml"]
    assert not any(b"@" in part for name, part in parts.items() if name in {"styles.xml", "meta.xml"})


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_words_are_never_markup(ending: str, tmp_path: Path) -> None:
    evil = "</w:t></text:p><b>\x0b&amp;  two"
    section = Section("evil", evil, (Paragraph((Text(evil),)),))
    report = replace(build_small_report(), title=evil, marking=evil, publisher=evil, sections=(section,))
    path = tmp_path / f"a.{ending}"
    {"docx": write_docx, "odt": write_odt}[ending](report, path)
    if ending == "docx":
        shown = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
    else:
        shown = [paragraph.inner_text for paragraph in odfdo.Document(path).body.get_elements("descendant::text:p")]
    assert any("</w:t></text:p><b>" in words and "&amp;  two" in words for words in shown)


NARROW = Table("t", "Fires by quarter", (Column("Quarter"), Column("Fires", "right")), ((Cell("Q1"), Cell("7")),) * 3)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    """A report with a narrow table and three remarks in a row, and no summary."""
    remarks = tuple(Callout("break", (Text(words),)) for words in ("One.", "Two.", "Three."))
    report = replace(build_small_report(), summary=(), sections=(Section("a", "A", (NARROW, *remarks)),))
    write_docx(report, tmp_path / "a.docx")
    write_odt(report, tmp_path / "a.odt")
    return tmp_path


def test_narrow_table_does_not_fill_the_page(short: Path) -> None:
    table = docx.Document(str(short / "a.docx")).tables[0]
    assert table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w")) == "2000"
    styles = odfdo.Document(short / "a.odt").content.get_elements("//style:style[@style:name='Table1']")
    assert styles[0].get_element("style:table-properties").get_attribute("style:width") == "66.4mm"


def test_remarks_in_a_row_are_boxes_of_their_own(short: Path) -> None:
    paragraphs = docx.Document(str(short / "a.docx")).paragraphs
    remarks = [p for p in paragraphs if p.style.name == "Callout Caution"]
    assert [p.paragraph_format.left_indent is None for p in remarks] == [True, False, True]
    assert unpack((short / "a.odt").read_bytes())["styles.xml"].count(b'style:join-border="false"') == 2


def test_contents_stand_below_the_title_where_there_is_no_summary(short: Path, word: Any) -> None:
    styles = [p.style.name for p in docx.Document(str(short / "a.docx")).paragraphs if p.text == "Contents"]
    assert styles == ["Contents Heading"]
    assert [p.style.name for p in word.paragraphs if p.text == "Contents"] == ["Contents Heading Page"]


@pytest.fixture(scope="module")
def printed(folder: Path) -> Path:
    if OFFICE is None:
        pytest.skip("no LibreOffice is installed")
    for ending in ("docx", "odt"):
        subprocess.run(
            [
                OFFICE, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf",
                "--outdir", str(folder / ending), str(folder / f"a.{ending}"),
            ],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return folder


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_libreoffice_prints_it_inside_its_pages(printed: Path, ending: str) -> None:
    with pdfplumber.open(printed / ending / "a.pdf") as document:
        assert 5 <= len(document.pages) <= 9
        for page in document.pages:
            words = page.extract_words()
            assert page.extract_text().startswith("SYNTHETIC — fictional data")
            assert max(word["x1"] for word in words) <= page.width - 60
            body = [char for char in page.chars if 70 < char["top"] < page.height - 65]
            assert max(body, key=lambda char: char["top"])["size"] < 13, "a heading alone at the foot of a page"
