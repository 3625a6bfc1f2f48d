"""The PDF, judged by somebody else than its writer: Typst has enforced PDF/UA-1; pdfua and our own reading check it."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from pdfua import validate

from evidence.reports.sample_report import build_report, build_small_report
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.reports.document import Cell, Column, Paragraph, Section, Table, Text
from wardmote.evidence.reports.writers.pdf import write_pdf


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "assessment.pdf"
    write_pdf(build_report(3), path)
    return path


@pytest.fixture(scope="module")
def root(path: Path) -> Iterator[Any]:
    with pikepdf.open(path) as document:
        yield document.Root


def elements(node: Any) -> Iterator[Any]:
    """Yield every structure element below a node, in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def test_second_checker_finds_nothing(path: Path) -> None:
    report = validate(str(path))
    assert [(finding.rule_id, finding.message) for finding in report.findings] == []


def test_document_is_tagged_and_says_its_language_and_title(path: Path, root: Any) -> None:
    assert root.MarkInfo.Marked
    assert str(root.Lang) == "en-GB"
    assert root.ViewerPreferences.DisplayDocTitle
    metadata = bytes(root.Metadata.read_bytes()).decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "Strategic assessment of crime and disorder" in metadata


def test_every_figure_has_words_and_every_table_scoped_heads(root: Any) -> None:
    found = list(elements(root.StructTreeRoot.K))
    kinds = Counter(str(element.S) for element in found)
    assert kinds["/Figure"] == 7
    assert kinds["/Table"] == 2
    assert all(str(element.Alt) for element in found if element.S == "/Figure")
    heads = [element for element in found if element.S == "/TH"]
    assert len(heads) == 6 + 13
    assert all(any(attribute.Scope == "/Column" for attribute in head.A) for head in heads)


def test_headings_never_skip_a_level(root: Any) -> None:
    levels = [int(str(e.S)[2]) for e in elements(root.StructTreeRoot.K) if str(e.S)[:2] == "/H" and str(e.S) != "/H"]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_bookmarks_lead_to_the_sections(root: Any) -> None:
    titles, node = [], root.Outlines.First
    while node is not None:
        titles.append(str(node.Title))
        node = node.get("/Next")
    assert titles[:2] == ["Summary", "All recorded crime"]
    assert titles[-1] == "Where the figures come from"


def test_nothing_is_printed_outside_the_margins_and_every_page_is_marked(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            assert "SYNTHETIC — fictional data" in page.extract_text()
            words = page.extract_words()
            assert min(word["x0"] for word in words) >= 62 - 1  # 22 mm
            assert max(word["x1"] for word in words) <= page.width - 62 + 1


def test_no_heading_stands_alone_at_the_foot_of_a_page(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for page in document.pages:
            body = [char for char in page.chars if 70 < char["top"] < page.height - 65]
            last = max(body, key=lambda char: char["top"])
            assert last["size"] < 11


def test_very_wide_table_lies_on_its_side(tmp_path: Path) -> None:
    columns = (Column("Ward"), *(Column(f"Year ending March 20{year}", "right") for year in range(10, 26)))
    row = (Cell("Old Town"), *(Cell(f"{1_234_567 + year:,}") for year in range(16)))
    table = Table("wide", "Sixteen years", columns, (row,) * 15)
    section = Section("a", "Alone", (table, Paragraph((Text("After."),))))
    write_pdf(replace(build_small_report(), sections=(section,)), tmp_path / "a.pdf")
    with pdfplumber.open(tmp_path / "a.pdf") as document:
        lying = [page for page in document.pages if page.width > page.height]
        assert len(lying) == 1
        words = [word for word in lying[0].extract_words() if word["text"].startswith("1,234,")]
        assert len(words) == 16 * 15
        assert max(word["x1"] for word in words) <= lying[0].width - 62 + 1
        assert "Alone" in lying[0].extract_text()
        assert "After." in document.pages[-1].extract_text()


def test_long_word_does_not_run_into_the_next_column(tmp_path: Path) -> None:
    name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
    table = Table("t", "T", (Column("Name"), Column("Count", "right")), ((Cell(name), Cell("1234")),) * 3)
    write_pdf(replace(build_small_report(), sections=(Section("a", "A", (table,)),)), tmp_path / "a.pdf")
    with pdfplumber.open(tmp_path / "a.pdf") as document:
        words = document.pages[-1].extract_words()
    assert sum(word["text"] == "1234" for word in words) == 3
    assert not validate(str(tmp_path / "a.pdf")).findings


def test_letter_that_the_font_lacks_is_named(tmp_path: Path) -> None:
    section = Section("a", "A", (Paragraph((Text("犬"),)),))
    with pytest.raises(WardmoteError, match='font has no sign for "犬"'):
        write_pdf(replace(build_small_report(), sections=(section,)), tmp_path / "a.pdf")
    assert not list(tmp_path.iterdir())
