"""A wide table is checked in time that grows with its cells, whatever its columns are called."""

from collections import Counter

import pytest

from wardmote.evidence.claims import columns
from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.rules import change_columns
from wardmote.evidence.claims.text import Block

ROWS = 4


def write_table(width: int, third: str) -> str:
    """Quarters over columns of figures, every third column called otherwise."""
    heads = [third if at % 3 == 2 else f"Q{at % 4 + 1} {2000 + at // 4}" for at in range(width)]
    lines = ["| Offence | " + " | ".join(heads) + " |", "|" + "---|" * (width + 1)]
    lines += [
        f"| Kind {'abcd'[r]} | " + " | ".join(str(100 + r * at % 97) for at in range(width)) + " |" for r in range(ROWS)
    ]
    return "\n".join(lines)


def count_reads(monkeypatch: pytest.MonkeyPatch, width: int, third: str) -> int:
    """How often is a cell read when a table of this width is checked?"""
    calls: Counter[str] = Counter()
    read = columns.read_cell

    def count(cell: Block) -> object:
        calls["cells"] += 1
        return read(cell)

    monkeypatch.setattr(columns, "read_cell", count)
    monkeypatch.setattr(change_columns, "read_cell", count)
    check_documents([read_text(write_table(width, third), name="wide.md", format="md")])
    monkeypatch.undo()
    return calls["cells"]


@pytest.mark.parametrize("third", ["Q1 1990", "% change", "Total"])
def test_work_on_a_wide_table_grows_with_its_cells(monkeypatch: pytest.MonkeyPatch, third: str) -> None:
    narrow, wide = (count_reads(monkeypatch, width, third) for width in (60, 120))
    assert narrow >= ROWS * 60
    assert wide <= 2.2 * narrow
