"""A plain paper in every format: what is in it, where pages begin, and what is refused."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from wardmote.evidence.interface import write_paper
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.papers import PaperPart, PaperTable
from wardmote.evidence.reports.document import Callout, Paragraph, Section, Table
from wardmote.evidence.reports.governance import build_paper

DAY = date(2026, 5, 1)
DECIDED = PaperTable("Decisions", ("No", "Decision"), (("1", "Write to the council"),))
PARTS = (
    PaperPart("Items", items=("Welcome", "Minutes"), is_numbered=True, facts=(("Where", "Town hall"), ("Clerk", ""))),
    PaperPart("Decisions", table=DECIDED, note="Draft until agreed."),
    PaperPart("Annex", paragraphs=("One.\n\nTwo\nlines.",), begins_page=True),
)


def test_build_paper_keeps_order_and_leaves_out_empty_facts() -> None:
    paper = build_paper("Minutes", PARTS, as_at=DAY, publisher="Partnership")
    first, second, third = paper.sections
    assert [type(block).__name__ for block in first.blocks] == ["Paragraph", "BulletList"]
    assert isinstance(second.blocks[0], Table)
    assert isinstance(second.blocks[1], Callout)
    assert third.begins_page
    assert [b.children[0].text for b in third.blocks if isinstance(b, Paragraph)] == ["One.", "Two lines."]


def test_column_in_which_nothing_stands_is_not_printed() -> None:
    table = PaperTable("Agenda", ("Item", "Asked", "Who"), (("1. Apologies", "", " "), ("2. Risks", "Decide", "")))
    paper = build_paper("Agenda", [PaperPart("Agenda", table=table)], as_at=DAY, publisher="P", audience="the group")
    shown = paper.sections[0].blocks[0]
    assert isinstance(shown, Table)
    assert [column.title for column in shown.columns] == ["Item", "Asked"]
    assert [[cell.text for cell in row] for row in shown.rows] == [["1. Apologies", ""], ["2. Risks", "Decide"]]
    assert paper.audience == "The group"


def test_build_paper_nests_parts_with_ids_of_their_own() -> None:
    inner = PaperPart("Item 1", paragraphs=("Said.",))
    paper = build_paper("Minutes", [PaperPart("Items", parts=(inner, inner))], as_at=DAY, publisher="P")
    ids = [block.id for block in paper.sections[0].blocks if isinstance(block, Section)]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("parts", [(), (PaperPart("D", table=PaperTable("T", ("A", "B"), (("1",),))),)])
def test_build_paper_refuses_nothing_to_say_and_ragged_tables(parts: tuple[PaperPart, ...]) -> None:
    with pytest.raises(UsageError):
        build_paper("Minutes", parts, as_at=DAY, publisher="P")


def test_write_paper_in_every_format(tmp_path: Path) -> None:
    outs = [tmp_path / f"minutes.{form}" for form in ("html", "docx", "odt", "pdf", "xlsx")]
    write_paper("Minutes", PARTS, outs, as_at=DAY, publisher="Partnership")
    html = outs[0].read_text()
    assert "Contents" not in html
    assert 'class="begins-page"' in html
    with ZipFile(outs[1]) as word:
        assert word.read("word/document.xml").count(b"pageBreakBefore") == 1
    with ZipFile(outs[2]) as text:
        assert text.read("content.xml").count(b'fo:break-before="page"') == 1
    assert outs[3].read_bytes().startswith(b"%PDF")
    assert outs[4].stat().st_size > 4000


def test_write_paper_refuses_another_ending_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="known form"):
        write_paper("Minutes", PARTS, [tmp_path / "a.html", tmp_path / "a.rtf"], as_at=DAY, publisher="P")
    assert list(tmp_path.iterdir()) == []
