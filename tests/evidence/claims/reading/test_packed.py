"""What Word and OpenDocument texts print: text boxes, notes, tracked changes, merged cells; no file with a password."""

from pathlib import Path

import pytest

from support.packed import zip_parts
from wardmote.evidence.claims.reading import read_document
from wardmote.evidence.claims.text import Block, TextDocument
from wardmote.evidence.model.errors import UnreadableInputError

WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OASIS = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style")
    )
)  # fmt: skip


def read_parts(folder: Path, name: str, parts: dict[str, str]) -> TextDocument:
    path = folder / name
    path.write_bytes(zip_parts(parts))
    return read_document(path)


def read_word(folder: Path, body: str, **notes: str) -> TextDocument:
    parts = {"word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>"}
    parts |= {f"word/{name}.xml": f"<w:{name} {WORD}>{inner}</w:{name}>" for name, inner in notes.items()}
    return read_parts(folder, "a.docx", parts)


def read_open(folder: Path, body: str, styles: str = "", **parts: str) -> TextDocument:
    content = (
        f"<office:document-content {OASIS}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return read_parts(folder, "a.odt", {"content.xml": content, **parts})


def list_blocks(document: TextDocument) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in document.parts if isinstance(part, Block)]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_text_box_of_word_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent><w:p>{run('Burglary: 1,056')}</w:p></w:txbxContent>"
    drawing = f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    drawing += "</mc:AlternateContent></w:r>"
    document = read_word(tmp_path, f"<w:p>{run('Crime fell.')}{drawing}</w:p><w:p>{run('So it did.')}</w:p>")
    assert [text for _, text in list_blocks(document)] == ["Crime fell.", "Burglary: 1,056", "So it did."]


def test_notes_of_word_stand_at_its_end_without_the_line_above_them(tmp_path: Path) -> None:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:type="separator"><w:p>{run("___")}</w:p></w:footnote>'
    notes += f'<w:footnote w:id="2"><w:p>{run("Of 40 cases.")}</w:p></w:footnote>'
    ends = f'<w:endnote w:id="3"><w:p>{run("Of 7 more.")}</w:p></w:endnote>'
    document = read_word(tmp_path, f"<w:p>{run('It fell by 12%')}{mark}</w:p>", footnotes=notes, endnotes=ends)
    assert list_blocks(document) == [("paragraph", "It fell by 12%"), ("note", "Of 40 cases."), ("note", "Of 7 more.")]


@pytest.mark.parametrize("name", ["del", "moveFrom"])
def test_tracked_deletion_of_word_is_left_out(tmp_path: Path, name: str) -> None:
    gone = f"<w:{name}><w:r><w:delText>15%</w:delText><w:t>16%</w:t></w:r></w:{name}>"
    document = read_word(tmp_path, f"<w:p>{run('It fell by ')}{gone}{run('12%.')}</w:p>")
    assert list_blocks(document) == [("paragraph", "It fell by 12%.")]


@pytest.mark.parametrize("name", ["ins", "moveTo"])
def test_tracked_insertion_of_word_is_kept(tmp_path: Path, name: str) -> None:
    document = read_word(tmp_path, f"<w:p>{run('It fell by ')}<w:{name}>{run('12%.')}</w:{name}></w:p>")
    assert list_blocks(document) == [("paragraph", "It fell by 12%.")]


def test_deleted_row_of_word_is_left_out(tmp_path: Path) -> None:
    def row(text: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr><w:tc><w:p>{run(text)}</w:p></w:tc></w:tr>"

    document = read_word(tmp_path, f"<w:tbl>{row('Burglary')}{row('Robbery', '<w:del/>')}{row('Theft')}</w:tbl>")
    (table,) = document.tables()
    assert [[cell.text for cell in cells] for cells in table.rows] == [["Burglary"], ["Theft"]]


def test_hidden_run_is_left_out_unless_its_hiding_is_switched_off(tmp_path: Path) -> None:
    hidden, shown = run("7% ", "<w:vanish/>"), run("12%.", '<w:vanish w:val="false"/>')
    document = read_word(tmp_path, f"<w:p>{run('It fell by ')}{hidden}{shown}</w:p>")
    assert list_blocks(document) == [("paragraph", "It fell by 12%.")]


def test_raised_mark_goes_and_raised_power_stays(tmp_path: Path) -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    document = read_word(tmp_path, f"<w:p>{run('It fell')}{run('3', raised)}{run(' by 10')}{run('3', raised)}</w:p>")
    assert list_blocks(document) == [("paragraph", "It fell by 10^3")]


def test_text_box_of_opendocument_is_read_after_its_paragraph(tmp_path: Path) -> None:
    box = "<draw:frame><draw:text-box><text:p>Burglary: 1,056</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>Robbery: 44</text:p></draw:custom-shape>"
    document = read_open(tmp_path, f"<text:p>Crime {box}fell.{shape}</text:p><text:p>So it did.</text:p>")
    texts = [text for _, text in list_blocks(document)]
    assert texts == ["Crime fell.", "Burglary: 1,056", "Robbery: 44", "So it did."]


def test_notes_of_opendocument_stand_at_its_end(tmp_path: Path) -> None:
    note = "<text:note><text:note-citation>1</text:note-citation>"
    note += "<text:note-body><text:p>Of 40 cases.</text:p></text:note-body></text:note>"
    document = read_open(tmp_path, f"<text:p>It fell by 12%{note}.</text:p><text:p>So it did.</text:p>")
    assert list_blocks(document) == [
        ("paragraph", "It fell by 12%."), ("paragraph", "So it did."), ("note", "Of 40 cases."),
    ]  # fmt: skip


def test_deletions_and_comments_of_opendocument_are_left_out(tmp_path: Path) -> None:
    changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>by 15%</text:p></text:deletion>"
    changes += "</text:changed-region></text:tracked-changes>"
    comment = "<office:annotation><text:p>Is it 9%?</text:p></office:annotation>"
    document = read_open(tmp_path, f'{changes}<text:p>It <text:change text:change-id="a"/>fell{comment}.</text:p>')
    assert list_blocks(document) == [("paragraph", "It fell.")]


def test_styles_of_opendocument_hide_and_raise(tmp_path: Path) -> None:
    styles = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    styles += '<style:style style:name="R"><style:text-properties style:text-position="super 58%"/></style:style>'
    hidden, mark = '<text:span text:style-name="H"> by 9%</text:span>', '<text:span text:style-name="R">2</text:span>'
    document = read_open(tmp_path, f"<text:p>It fell{hidden}{mark}.</text:p>", styles)
    assert list_blocks(document) == [("paragraph", "It fell.")]


def test_merged_cells_of_opendocument_stand_in_all_their_slots(tmp_path: Path) -> None:
    def cell(text: str, spans: str = "") -> str:
        return f"<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>"

    covered = "<table:covered-table-cell/>"
    rows = (
        cell("Ward") + cell("Offences", 'table:number-columns-spanned="2"') + covered,
        cell("Alder", 'table:number-rows-spanned="2"') + cell("12") + cell("14"),
        covered + cell("7", 'table:number-columns-repeated="2"'),
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    (table,) = read_open(tmp_path, f"<table:table>{body}</table:table>").tables()
    assert [[c.text for c in row] for row in table.rows] == [
        ["Ward", "Offences", "Offences"], ["Alder", "12", "14"], ["Alder", "7", "7"],
    ]  # fmt: skip
    assert table.rows[1][0] is table.rows[2][0]
    assert table.rows[0][1] is table.rows[0][2]


def test_encrypted_opendocument_says_that_it_is_protected(tmp_path: Path) -> None:
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
    manifest += "<m:encryption-data/></m:file-entry></m:manifest>"
    parts = {"META-INF/manifest.xml": manifest}
    with pytest.raises(UnreadableInputError, match=r"password.*\n?.*a\.odt|a\.odt.*\n?.*password"):
        read_open(tmp_path, "<text:p>x</text:p>", **parts)


def test_zip_whose_parts_are_encrypted_says_so(tmp_path: Path) -> None:
    content = bytearray(zip_parts({"word/document.xml": "<w/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match="encrypted"):
        read_document(path)
