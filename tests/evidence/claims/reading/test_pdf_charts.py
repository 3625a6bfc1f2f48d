"""A chart's ticks and labels in a PDF are notes, never tables or headings; words a line's end cut are whole."""

from pathlib import Path

import pytest
from tests.evidence.claims.reading.test_pdf import SENTENCE, list_blocks, read_typst

from wardmote.evidence.claims.reading.pdf_charts import has_labels, is_tick

GRID = "#grid(columns: (1fr,) * {columns}, row-gutter: 12pt, {cells})"


def write_grid(*rows: tuple[str, ...]) -> str:
    return GRID.format(columns=len(rows[0]), cells=", ".join(f"[{cell}]" for row in rows for cell in row))


def test_bars_and_their_years_are_notes_and_no_table(tmp_path: Path) -> None:
    chart = write_grid(("98.4", "100.5", "94.7"), ("2021/22", "2022/23", "2023/24"))
    document = read_typst(tmp_path, f"{SENTENCE}\n\n{chart}\n\n{SENTENCE}")
    assert not list(document.tables())
    assert [(kind, text) for kind, text, _ in list_blocks(document)] == [
        ("paragraph", SENTENCE),
        *(("note", text) for text in ("98.4", "100.5", "94.7", "2021/22", "2022/23", "2023/24")),
        ("paragraph", SENTENCE),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("Ward", "Offences"), ("Alder", "12"), ("Beech", "14")),
        (("Year", "Offences"), ("2021/22", "120"), ("2022/23", "140")),
        (("No.", "Ward", "Offences"), ("1", "Alder", "12"), ("2", "Beech", "14")),
        (("1. Alder", "12.5"), ("2. Beech", "14.1")),
    ],
)
def test_aligned_rows_with_labels_are_a_table(tmp_path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    (table,) = read_typst(tmp_path, write_grid(*rows)).tables()
    assert tuple(tuple(cell.text for cell in row) for row in table.rows) == rows


def test_period_in_large_letters_is_a_heading_and_a_figure_is_not(tmp_path: Path) -> None:
    source = f"#text(size: 20pt)[2023/24]\n\n{SENTENCE}\n\n#text(size: 20pt)[15,737]\n\n{SENTENCE}"
    assert [(kind, text) for kind, text, _ in list_blocks(read_typst(tmp_path, source))] == [
        ("heading", "2023/24"), ("paragraph", SENTENCE), ("note", "15,737"), ("paragraph", SENTENCE),
    ]  # fmt: skip


def test_figure_that_a_page_cut_from_its_sentence_is_no_tick(tmp_path: Path) -> None:
    source = "Over the year the count of recorded offences fell from 1,200 to\n#pagebreak()\n1,056"
    assert [text for _, text, _ in list_blocks(read_typst(tmp_path, source))] == [
        source.replace("\n#pagebreak()\n", " "),
    ]  # fmt: skip


def test_words_drawn_twice_on_a_spot_are_read_once(tmp_path: Path) -> None:
    label = "#place(top + left, dx: 40pt, dy: 60pt)[Group median 83.4]"
    between = "#place(top + left, dx: 40pt, dy: 90pt)[Alderwick]"
    texts = [text for _, text, _ in list_blocks(read_typst(tmp_path, label + between + label))]
    assert sorted(texts) == ["Alderwick", "Group median 83.4"]


def test_line_of_sources_is_no_heading(tmp_path: Path) -> None:
    blocks = list_blocks(read_typst(tmp_path, f"{SENTENCE}\n\nSource: Police recorded crime tables"))
    assert [kind for kind, _, _ in blocks] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(("elsewhere", "read"), [("Anti-social behaviour rose.", "Anti-social"), ("", "Antisocial")])
def test_hyphen_at_a_lines_end_stays_where_the_document_writes_it(tmp_path: Path, elsewhere: str, read: str) -> None:
    source = f"#set page(width: 12cm)\nIn the year to March the reports of Anti-\\\nsocial kinds fell.\n\n{elsewhere}"
    text = list_blocks(read_typst(tmp_path, source))[0][1]
    assert text == f"In the year to March the reports of {read} kinds fell."


@pytest.mark.parametrize("text", ["12 offences", "Total", "May the count fall", "not held", "", "3 of 8", "E01000001"])
def test_words_are_no_ticks(text: str) -> None:
    assert not is_tick(text)


def test_rows_need_words_in_most_of_them() -> None:
    assert has_labels([["", "2021"], ["Alder", "1"], ["", "2"], ["Beech", "3"]])
    assert not has_labels([["", "2021"], ["Alder", "1"], ["", "2"], ["4", "3"]])
