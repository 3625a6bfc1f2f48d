"""No file fills the memory: files, tables and entities past their bounds are refused with the reason."""

from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.claims.reading.test_packed import WORD, zip_parts

from wardmote.evidence.claims.reading import archive, decoding, grids, read_document, read_text
from wardmote.evidence.claims.reading.characters import RawText
from wardmote.evidence.claims.reading.grids import RawCell, lay_grid
from wardmote.evidence.model.errors import UnreadableInputError


def test_file_larger_than_any_report_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "MOST_BYTES", 20)
    path = tmp_path / "a.txt"
    path.write_text("x" * 21)
    with pytest.raises(UnreadableInputError, match="MiB"):
        read_document(path)
    path.write_text("It fell by 12%. So.")
    assert len(list(read_document(path).blocks())) == 1


def test_part_that_unpacks_past_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000)
    path = tmp_path / "a.docx"
    path.write_bytes(zip_parts({"word/document.xml": f"<a>{'x' * 1_001}</a>"}))
    with pytest.raises(UnreadableInputError, match="unpacks"):
        read_document(path)


@pytest.mark.parametrize("form", ["html", "docx", "odt"])
def test_table_of_more_slots_than_any_report_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(grids, "MOST_SLOTS", 50)
    writers = {"html": write_wide_html, "docx": write_wide_docx, "odt": write_wide_odt}
    path = tmp_path / f"wide.{form}"
    path.write_bytes(writers[form]())
    with pytest.raises(UnreadableInputError, match="more than 50 cells") as caught:
        read_document(path)
    assert path.name in str(caught.value)


def write_wide_html() -> bytes:
    return b"<table>" + b"<tr><td colspan=20>1</td><td>2</td></tr>" * 3 + b"</table>"


def write_wide_docx() -> bytes:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="20"/></w:tcPr><w:p/></w:tc>'
    body = f"<w:tbl>{f'<w:tr>{cell}</w:tr>' * 3}</w:tbl>"
    return zip_parts({"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"})


def write_wide_odt() -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    cell = '<table:table-cell table:number-columns-repeated="20"><text:p>1</text:p></table:table-cell>'
    table = f"<table:table>{f'<table:table-row>{cell}</table:table-row>' * 3}</table:table>"
    body = f"<office:body><office:text>{table}</office:text></office:body>"
    return zip_parts({"content.xml": f"<office:document-content {spaces}>{body}</office:document-content>"})


@given(st.lists(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), max_size=4), min_size=1, max_size=5))
def test_grid_is_a_full_rectangle_that_holds_every_cell(spans: list[list[tuple[int, int]]]) -> None:
    rows = [[RawCell(RawText("x"), height, width) for height, width in row] for row in spans]
    grid = lay_grid(rows)
    assert len({len(row) for row in grid}) <= 1
    held = {id(cell) for row in grid for cell in row}
    assert all(id(cell) in held for row in rows for cell in row)


ENTITIES = '<!DOCTYPE a [<!ENTITY x0 "ha">' + "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize("opening", [ENTITIES + "]>", '<!DOCTYPE a [<!ENTITY x11 SYSTEM "file:///etc/hostname">]>'])
@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_entities_unfold_to_nothing(tmp_path: Path, name: str, opening: str) -> None:
    """Those that would fill the memory may be refused; none is put into the text."""
    word = f"{opening}<w:document {WORD}><w:body><w:p><w:r><w:t>It fell &x11;</w:t></w:r></w:p></w:body></w:document>"
    space = "urn:oasis:names:tc:opendocument:xmlns"
    open_text = (
        f'{opening}<o:document-content xmlns:o="{space}:office:1.0" xmlns:t="{space}:text:1.0"><o:body><o:text>'
        "<t:p>It fell &x11;</t:p></o:text></o:body></o:document-content>"
    )
    path = tmp_path / name
    path.write_bytes(zip_parts({"word/document.xml": word, "content.xml": open_text}))
    texts: list[str] = []
    with suppress(UnreadableInputError) if opening.startswith(ENTITIES) else nullcontext():
        texts = [block.text for block in read_document(path).blocks()]
    assert texts == ([] if opening.startswith(ENTITIES) and not texts else ["It fell"])


def test_entities_of_a_page_unfold_to_nothing() -> None:
    document = read_text(f"{ENTITIES}]><html><body><p>It fell &x11;.</p></body></html>", name="a.html", format="html")
    assert sum(len(block.text) for block in document.blocks()) < 1_000
