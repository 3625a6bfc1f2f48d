"""The copy for the public: what was withheld of a partner's data can be found in none of its files."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from evidence.reports.assessment.conftest import Sample, Written
from support.documents import find_section, list_shown, list_tables, read_words
from wardmote.evidence.disclosure import DisclosureRule, attack, derive_relations
from wardmote.evidence.indicators.compute import Evidence, compute_figures
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.assessment.released import BREAKDOWNS
from wardmote.evidence.reports.document import Provenance, walk_document

COUNT = "partner_deliberate_fires_count"


@pytest.fixture(scope="module")
def raw(sample: Sample) -> dict[str, Figure]:
    """Every count of the dataset as it is, by its name."""
    evidence = Evidence.of(sample.snapshot)
    found = {}
    for by in BREAKDOWNS:
        table = compute_figures(evidence, COUNT, "X06000001", Period.parse("2025/26"), by)
        found |= {f.id: f for f in table.figures}
    return found


@pytest.fixture(scope="module")
def withheld(public_copy: Written) -> dict[str, Figure]:
    figures = public_copy.assessment.ledger.figures
    return {f.id: f for f in figures if f.state == "suppressed"}


def test_small_counts_are_withheld_and_no_other_way_of_telling_them_is_left(
    raw: dict[str, Figure], withheld: dict[str, Figure]
) -> None:
    small = {i for i, f in raw.items() if f.value and f.value < DisclosureRule().minimum_count}
    assert small
    assert small <= set(withheld)
    assert len(withheld) >= 2
    for figure in withheld.values():
        assert (figure.value, figure.numerator, figure.rows, figure.interval) == (None, None, None, None)


def test_a_withheld_count_is_marked_and_never_looks_like_zero(
    public_copy: Written, withheld: dict[str, Figure]
) -> None:
    shown = list_shown(public_copy.assessment.document)
    for figure_id in withheld:
        assert shown[figure_id] == {"[c]"}
    words = read_words(find_section(public_copy.assessment.document, "partner-data"))
    assert "[c] withheld so that nobody can be told from a small number; it is not zero." in words


def test_our_own_attack_on_all_that_is_published_finds_nothing(public_copy: Written, raw: dict[str, Figure]) -> None:
    """Figures of figures.json, read back, and the cells of every table, against how the counts add up."""
    body = json.loads((public_copy.folder / "figures.json").read_text("utf-8"))
    published = {f["id"]: f["value"] for f in body["figures"]}
    cells = {
        c.figure_id: c.value
        for table in list_tables(public_copy.assessment.document.sections)
        for row in table.rows
        for c in row
        if c.figure_id
    }
    ledger = {f.id: f for f in public_copy.assessment.ledger.figures}
    out = [ledger[i] for i in raw if i in ledger]
    for figure in out:
        assert published[figure.id] == figure.value
        assert cells.get(figure.id, figure.value) == figure.value
    relations = derive_relations([raw[f.id] for f in out])
    assert relations
    assert attack(out, relations, DisclosureRule()).exposures == ()


def test_nothing_withheld_stands_in_the_figures_file(public_copy: Written, withheld: dict[str, Figure]) -> None:
    body = json.loads((public_copy.folder / "figures.json").read_text("utf-8"))
    for figure in body["figures"]:
        if figure["id"] in withheld:
            held = {k: figure[k] for k in ("value", "numerator", "rows", "interval", "denominator")}
            assert set(held.values()) == {None}, figure["id"]
            assert not re.search(r"\d", " ".join(figure["notes"]))


def test_nothing_derived_from_a_withheld_count_is_published(public_copy: Written, withheld: dict[str, Figure]) -> None:
    """No share, rate or change of a cell that is withheld."""
    for figure in public_copy.assessment.ledger.figures:
        base = figure.id.split(":measure=")[0]
        if base in withheld:
            assert figure.value is None, figure.id


def test_the_entry_of_a_withheld_figure_holds_no_number(public_copy: Written, withheld: dict[str, Figure]) -> None:
    entries = [
        e for b in walk_document(public_copy.assessment.document) if isinstance(b, Provenance) for e in b.entries
    ]
    told = {e.figure_id: dict(e.lines) for e in entries if e.figure_id in withheld}
    assert set(told) == set(withheld)
    for lines in told.values():
        assert lines["Value"].startswith("none: ")
        assert not {"Count", "Rows counted", "95% interval"} & set(lines)


def test_wards_stand_by_name_so_that_the_order_tells_nothing(public_copy: Written) -> None:
    table = next(
        t for t in list_tables(public_copy.assessment.document.sections) if t.id == "partner-deliberate-fires-ward"
    )
    names = [row[0].text for row in table.rows]
    assert names == sorted(names)


def test_no_file_of_the_public_copy_gives_a_withheld_ward_a_number(
    public_copy: Written, withheld: dict[str, Figure]
) -> None:
    """In every format the ward's row of the table reads '[c]' and nothing else; the workbook's cell holds no number."""
    section = find_section(public_copy.assessment.document, "partner-data")
    table = next(t for t in list_tables([section]) if t.id == "partner-deliberate-fires-ward")
    names = [row[0].text for row in table.rows if row[1].figure_id in withheld]
    assert names
    for kind in ("html", "docx", "odt", "pdf"):
        text = re.sub(r"\s+", " ", _read_all(public_copy.folder / f"assessment.{kind}"))
        parts = [text[m.end() :].split("Source:")[0] for m in re.finditer(re.escape(table.caption), text)]
        for name in names:
            after = [p[m.end() : m.end() + 12].strip() for p in parts for m in re.finditer(re.escape(name), p)]
            assert after, (kind, name)
            assert all(a.startswith("[c]") for a in after), (kind, name, after)
    for row in table.rows:
        if row[1].figure_id in withheld:
            assert (row[1].value, row[1].text) == (None, "[c]")


def test_the_workbook_holds_no_number_where_a_count_is_withheld(
    public_copy: Written, withheld: dict[str, Figure]
) -> None:
    python_calamine = pytest.importorskip("python_calamine")
    book = python_calamine.CalamineWorkbook.from_path(str(public_copy.folder / "assessment.xlsx"))
    marked = 0
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            if any(str(cell) in withheld for cell in row) or "[c]" in row:
                marked += 1
                assert not any(isinstance(cell, float) and 0 < cell < 5 for cell in row), (name, row)
    assert marked >= len(withheld)


def _read_all(path: Path) -> str:
    """The words of a file: every part of an archive, the text of a page or PDF, tags taken out."""
    if path.suffix in (".docx", ".odt", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            raw = " ".join(archive.read(n).decode("utf-8", "ignore") for n in archive.namelist() if n.endswith("ml"))
    elif path.suffix == ".pdf":
        if shutil.which("pdftotext") is None:
            pdfplumber = pytest.importorskip("pdfplumber")
            with pdfplumber.open(path) as pdf:
                return " ".join(page.extract_text() for page in pdf.pages)
        return subprocess.run(
            ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout
    else:
        raw = path.read_text("utf-8")
    return re.sub(r"<[^>]+>", " ", raw)
