"""A title, an empty row or two rows of names at a table's head leave its columns known, in every format."""

from collections.abc import Callable
from pathlib import Path

import docx
import odfdo
import pytest

from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.reading import read_document
from wardmote.evidence.claims.text import Block, Table

TITLE = "Recorded crime 2022/23"
HEADS = ["Offence", "2021/22", "2022/23", "% change"]
BODY = [["Arson", "100", "150", "20%"], ["Burglary", "200", "150", "-25%"], ["Robbery", "40", "44", "10%"]]
EMPTY = ["", "", "", ""]
#: What stands over several columns is written once, with how many it covers.
Row = list[str | tuple[str, int]]


def write_html(path: Path, rows: list[Row]) -> None:
    def cell(value: str | tuple[str, int]) -> str:
        return f"<td>{value}</td>" if isinstance(value, str) else f"<th colspan={value[1]}>{value[0]}</th>"

    path.write_text("<table>" + "".join(f"<tr>{''.join(map(cell, row))}</tr>\n" for row in rows) + "</table>")


def write_md(path: Path, rows: list[Row]) -> None:
    lines = ["| " + " | ".join(text for text, _ in spread(row)) + " |" for row in rows]
    path.write_text("\n".join([lines[0], "|---|---|---|---|", *lines[1:]]))


def write_docx(path: Path, rows: list[Row]) -> None:
    document = docx.Document()
    table = document.add_table(len(rows), 4)
    for r, row in enumerate(rows):
        for c, (text, span) in enumerate(spread(row)):
            if span > 1:
                table.cell(r, c).merge(table.cell(r, c + span - 1))
            if text:
                table.cell(r, c).text = text
    document.save(str(path))


def write_odt(path: Path, rows: list[Row]) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    table = odfdo.Table("t", width=4, height=len(rows))
    for r, row in enumerate(rows):
        for c, (text, _) in enumerate(spread(row)):
            table.set_cell((c, r), odfdo.Cell(text=text))
    for r, row in enumerate(rows):
        for c, (_, span) in enumerate(spread(row)):
            if span > 1:
                table.set_span((c, r, c + span - 1, r))
    document.body.append(table)
    document.save(str(path))


def spread(row: Row) -> list[tuple[str, int]]:
    """A slot for each column: what stands over several fills the first and leaves the others empty."""
    slots: list[tuple[str, int]] = []
    for value in row:
        text, span = (value, 1) if isinstance(value, str) else value
        slots += [(text, span), *[("", 1)] * (span - 1)]
    return slots


WRITERS: dict[str, Callable[[Path, list[Row]], None]] = {
    ".html": write_html, ".md": write_md, ".docx": write_docx, ".odt": write_odt,
}  # fmt: skip
HEADINGS: dict[str, list[Row]] = {
    "a merged title": [[(TITLE, 4)], [*HEADS]],
    "a title in the first of four cells": [[TITLE, "", "", ""], [*HEADS]],
    "a title and an empty row": [[(TITLE, 4)], [*EMPTY], [*HEADS]],
    "a title, and an empty row under the names": [[(TITLE, 4)], [*HEADS], [*EMPTY]],
}


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("heading", HEADINGS)
def test_title_row_is_the_caption_and_the_names_below_it_are_read(tmp_path: Path, suffix: str, heading: str) -> None:
    path = tmp_path / f"report{suffix}"
    WRITERS[suffix](path, [*HEADINGS[heading], *([*row] for row in BODY)])
    document = read_document(path)
    title, table = document.parts
    assert isinstance(title, Block)
    assert isinstance(table, Table)
    assert (title.kind, title.text, title.place.table, title.place.row) == ("heading", TITLE, 0, 0)
    assert (table.caption, table.header_rows, list(table.header)) == (TITLE, 1, HEADS)
    assert [[cell.text for cell in row] for row in table.body] == BODY


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("heading", [*HEADINGS, "an empty row under the names"])
def test_wrong_change_is_accused_under_a_title(tmp_path: Path, suffix: str, heading: str) -> None:
    path = tmp_path / f"report{suffix}"
    WRITERS[suffix](path, [*HEADINGS.get(heading, [[*HEADS], [*EMPTY]]), *([*row] for row in BODY)])
    accused = check_documents([read_document(path)]).accusations()
    assert [(claim.quote, claim.verdict) for claim in accused] == [("20%", "wrong")]


@pytest.mark.parametrize("suffix", [".html", ".docx", ".odt"])
def test_years_over_columns_are_joined_to_the_names_below(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"report{suffix}"
    rows: list[Row] = [
        [(TITLE, 4)],
        ["", ("2021/22", 2), "2022/23"], ["Offence", "Recorded", "Solved", "Recorded"], ["Arson", "10", "4", "20"],
    ]  # fmt: skip
    WRITERS[suffix](path, rows)
    (table,) = read_document(path).tables()
    assert table.header[:4] == ("Offence", "2021/22 Recorded", "2021/22 Solved", "2022/23 Recorded")


def test_first_name_alone_over_figures_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("| Offence | |\n|---|---|\n| Arson | 10 |\n| Robbery | 20 |\n")
    (table,) = read_document(path).tables()
    assert (table.caption, table.header_rows, len(table.rows)) == ("", 1, 3)
