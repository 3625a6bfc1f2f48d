"""Tables drawn close to the text around them are read; figures in columns that are no table are told of."""

from pathlib import Path

import typst

from wardmote.evidence.claims.reading import read_document
from wardmote.evidence.claims.text import Block, TextDocument

WORDS = "Recorded crime across the district is set out below, with the change between the two years in each row."
ROWS = [
    ["Offence", "2021/22", "2022/23", "% change"],
    ["Arson", "100", "150", "20%"],
    ["Burglary", "200", "150", "-25%"],
    ["Total", "320", "300", "-6%"],
]


def read_typst(folder: Path, source: str) -> TextDocument:
    path = folder / "report.pdf"
    path.write_bytes(typst.compile(source.encode()))
    return read_document(path)


def place_row(top: float, row: list[str]) -> str:
    """The cells of a row at the columns of a word processor's page."""
    return "".join(f"#place(dx: {108 * c}pt, dy: {top}pt, [{text}])\n" for c, text in enumerate(row))


def test_ruled_table_between_lines_of_text_is_read_whole(tmp_path: Path) -> None:
    cells = "".join(place_row(30 + 13.3 * r, row) for r, row in enumerate(ROWS))
    source = (
        f"#set text(size: 11pt)\n#place(dy: 0pt, block(width: 430pt)[{WORDS}])\n{cells}"
        f"#place(dy: {30 + 13.3 * 4}pt, block(width: 430pt)[{WORDS}])"
    )
    document = read_typst(tmp_path, source)
    (table,) = document.tables()
    assert [[cell.text.replace("−", "-") for cell in row] for row in table.rows] == ROWS
    assert [part.text for part in document.parts if isinstance(part, Block)] == [WORDS, WORDS]
    assert document.notes == ()


def test_figures_in_columns_that_overlap_are_told_of(tmp_path: Path) -> None:
    long = "Burglary of homes, sheds and other buildings"
    rows = [("Arson", 60, 120), (long, 280, 340), ("Robbery", 60, 120)]
    cells = "".join(
        f"#place(dy: {40 * r}pt, [{label}])\n#place(dx: {first}pt, dy: {40 * r}pt, [1{r}0])\n"
        f"#place(dx: {second}pt, dy: {40 * r}pt, [15{r}])\n"
        for r, (label, first, second) in enumerate(rows)
    )
    wide = f"#place(dy: 120pt, block(width: 430pt)[{WORDS}])"
    document = read_typst(tmp_path, cells + wide)
    assert list(document.tables()) == []
    assert document.notes == (
        "page 1: figures in columns that could not be read as a table; check them in the Word file",
    )


def test_page_of_words_has_no_note(tmp_path: Path) -> None:
    assert read_typst(tmp_path, f"{WORDS}\n\nOf 40 cases 12 closed.").notes == ()
