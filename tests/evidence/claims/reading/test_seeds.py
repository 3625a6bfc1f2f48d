"""Five reports of real partnerships are read whole, each figure with its line."""

from pathlib import Path

import pytest

from wardmote.evidence.claims.reading import read_document
from wardmote.evidence.claims.text import Block, Table, TextDocument

pytestmark = pytest.mark.realdata


def read_seed(shared_data: Path, number: int) -> TextDocument:
    found = sorted((shared_data.parent / "seeds").glob(f"{number:03}_*.txt"))
    if not found:
        pytest.skip(f"no report {number:03} beside {shared_data}")
    return read_document(found[0])


def find_row(document: TextDocument, line: int) -> tuple[Table, tuple[Block, ...]]:
    return next((t, row) for t in document.tables() for row in t.rows if row[0].place.line == line and t.inside is None)


@pytest.mark.parametrize(("number", "tables"), [(0, 22), (1, 5), (2, 18), (3, 2), (4, 6)])
def test_every_table_of_a_report_is_found(shared_data: Path, number: int, tables: int) -> None:
    assert len(list(read_seed(shared_data, number).tables())) == tables


@pytest.mark.parametrize(
    ("number", "line", "column", "begins"),
    [
        (0, 82, 1, "20,285 / 70 per 1000"),
        (0, 90, 1, "18,000"),
        (0, 121, 1, "3.7% decrease 349 fewer"),
        (1, 87, 1, "33,334"),
        (2, 195, 2, "Q3 - 77.8%"),
        (2, 210, 1, "< 50%"),
        (3, 176, 0, "SEN"),
        (4, 190, 1, "There are currently 35"),
    ],
)
def test_cells_stand_on_their_lines(shared_data: Path, number: int, line: int, column: int, begins: str) -> None:
    _, row = find_row(read_seed(shared_data, number), line)
    assert row[column].text.startswith(begins)
    assert row[column].place.line == line


def test_chart_data_inside_a_cell_is_a_table_of_its_own(shared_data: Path) -> None:
    nested = [t for t in read_seed(shared_data, 0).tables() if t.inside is not None]
    assert len(nested) == 6
    assert nested[0].header == ("Period", "Recorded Crimes")
    assert nested[0].place.line == 85
    assert [row[1].text for row in nested[0].body][:2] == ["16,500", "16,000"]


def test_note_marks_are_no_figures(shared_data: Path) -> None:
    texts = [block.text for block in read_seed(shared_data, 4).blocks()]
    assert not any(mark in text for text in texts for mark in "¹²³⁴")


def test_no_line_of_a_report_is_lost(shared_data: Path) -> None:
    for number in range(5):
        document = read_seed(shared_data, number)
        path = next((shared_data.parent / "seeds").glob(f"{number:03}_*.txt"))
        read = {line for b in document.blocks() for line in (b.place.line, *(n for _, n in b.line_starts))}
        written = {n for n, text in enumerate(path.read_text().split("\n"), start=1) if any(map(str.isalnum, text))}
        assert written <= read
