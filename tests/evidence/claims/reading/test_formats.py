"""One report in six formats gives the same blocks and tables; no damaged file gives anything but its error."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import odfdo
import pytest
import typst

from wardmote.evidence.claims.reading import SUFFIXES, read_document
from wardmote.evidence.claims.text import Block, Table, TextDocument
from wardmote.evidence.model.errors import UnreadableInputError, WardmoteError

TITLE, SECTION = "Strategic assessment", "Recorded crime"
WORDS = "Recorded crime in the district fell by 12% over the year, from 1,200 offences to 1,056 offences in all."
ITEMS = ("79% felt safe by day.", "39% felt safe by night.")
ROWS = (("Offence", "2018/19", "2019/20"), ("Burglary", "1,200", "1,056"), ("Robbery", "40", "44"))


def write_txt(path: Path) -> None:
    rows = "\n".join("\t".join(row) for row in ROWS)
    path.write_text(f"{TITLE}\n\n{SECTION}\n\n{WORDS}\n\n- {ITEMS[0]}\n- {ITEMS[1]}\n\n{rows}\n")


def write_md(path: Path) -> None:
    head, *body = ("| " + " | ".join(row) + " |" for row in ROWS)
    table = "\n".join([head, "|---|---|---|", *body])
    path.write_text(f"# {TITLE}\n\n## {SECTION}\n\n{WORDS}\n\n- {ITEMS[0]}\n- {ITEMS[1]}\n\n{table}\n")


def write_html(path: Path) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    path.write_text(
        f"<html><head><title>x</title><script>9 of 9</script></head><body><nav>Page 7</nav><h1>{TITLE}</h1>\n"
        f"<h2>{SECTION}</h2><p>{WORDS}</p><p hidden>8%</p><ul><li>{ITEMS[0]}</li><li><p>{ITEMS[1]}</p></li></ul>"
        f"<table>{rows}</table></body></html>"
    )


def write_docx(path: Path) -> None:
    document = docx.Document()
    document.add_heading(TITLE, 1)
    document.add_heading(SECTION, 2)
    paragraph = document.add_paragraph(WORDS)
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run(" secret 7%").font.hidden = True
    for item in ITEMS:
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(len(ROWS), 3)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    document.sections[0].header.paragraphs[0].text = "Page 5"
    document.save(str(path))


def write_odt(path: Path) -> None:
    document = odfdo.Document("text")
    body = document.body
    body.clear()
    body.append(odfdo.Header(1, TITLE))
    body.append(odfdo.Header(2, SECTION))
    body.append(odfdo.Paragraph(WORDS))
    body.append(odfdo.List(list(ITEMS)))
    table = odfdo.Table("t", width=3, height=len(ROWS))
    for r, row in enumerate(ROWS):
        table.set_row_values(r, list(row))
    # Values set as strings are written without the paragraph that prints them in some versions.
    for cell in table.get_elements("descendant::table:table-cell"):
        if cell.get_element("text:p") is None:
            cell.append(odfdo.Paragraph(str(cell.value)))
    body.append(table)
    document.save(str(path))


def write_pdf(path: Path) -> None:
    cells = ", ".join(f"[{cell}]" for row in ROWS for cell in row)
    source = (
        f"= {TITLE}\n== {SECTION}\n{WORDS}#super[3]\n\n- {ITEMS[0]}\n- {ITEMS[1]}\n\n"
        f"#table(columns: (1fr, 1fr, 1fr), {cells})\n"
    )
    path.write_bytes(typst.compile(source.encode()))


WRITERS: dict[str, Callable[[Path], None]] = {
    ".txt": write_txt, ".md": write_md, ".html": write_html, ".docx": write_docx, ".odt": write_odt, ".pdf": write_pdf,
}  # fmt: skip


def write_report(folder: Path, suffix: str) -> Path:
    path = folder / f"report{suffix}"
    WRITERS[suffix](path)
    return path


def outline(document: TextDocument) -> list[object]:
    return [
        (part.kind, part.text) if isinstance(part, Block) else [[cell.text for cell in row] for row in part.rows]
        for part in document.parts
    ]


@pytest.mark.parametrize("suffix", WRITERS)
def test_report_says_the_same_in_every_format(tmp_path: Path, suffix: str) -> None:
    document = read_document(write_report(tmp_path, suffix))
    assert outline(document) == [
        ("heading", TITLE), ("heading", SECTION), ("paragraph", WORDS), ("item", ITEMS[0]), ("item", ITEMS[1]),
        [list(row) for row in ROWS],
    ]  # fmt: skip
    (table,) = (part for part in document.parts if isinstance(part, Table))
    assert (table.header_rows, table.header_columns, document.format) == (1, 1, suffix[1:])


@pytest.mark.parametrize("suffix", WRITERS)
def test_damaged_file_gives_a_document_or_its_error(tmp_path: Path, suffix: str) -> None:
    content = write_report(tmp_path, suffix).read_bytes()
    rng = random.Random(5)
    for number in range(40):
        damaged = bytearray(content)
        for _ in range(rng.randint(1, 30)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        if number % 4 == 0:
            damaged = damaged[: rng.randrange(len(damaged))]
        path = tmp_path / f"damaged{suffix}"
        path.write_bytes(damaged)
        with suppress(WardmoteError):
            assert isinstance(read_document(path), TextDocument)


@pytest.mark.parametrize("suffix", [".docx", ".odt"])
def test_damaged_xml_gives_a_document_or_its_error(tmp_path: Path, suffix: str) -> None:
    source = zipfile.ZipFile(write_report(tmp_path, suffix))
    part = "word/document.xml" if suffix == ".docx" else "content.xml"
    rng = random.Random(7)
    for _ in range(30):
        xml = bytearray(source.read(part))
        at = rng.randrange(len(xml))
        xml[at : at + rng.randint(0, 20)] = bytes(rng.choices(b'<>/"w:&9', k=rng.randint(0, 5)))
        path = tmp_path / f"damaged{suffix}"
        with zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                target.writestr(name, bytes(xml) if name == part else source.read(name))
        with suppress(WardmoteError):
            assert isinstance(read_document(path), TextDocument)


def zip_part(part: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(part, content)
    return held.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY x "ha">' + b"".join(
    b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10 if n else b"&x;" * 10) for n in range(12)
)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.docx", zip_part("word/document.xml", b" " * 50_000_000), "unpacks from"),
        ("a.odt", zip_part("other.xml", b"<a/>"), "no part content.xml"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("a.docx", b"", "not the file its name says"),
        ("a.pdf", b"", "no PDF"),
        ("a.xlsx", b"", "'.xlsx'"),
        ("a", b"", "no ending"),
        ("a.pdf", typst.compile(b"#rect()"), "pictures of pages"),
    ],
)
def test_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableInputError, match=found):
        read_document(path)


def test_unknown_ending_lists_what_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError) as caught:
        read_document(tmp_path / "a.key")
    assert all(suffix in str(caught.value) for suffix in SUFFIXES)


def test_entities_within_entities_do_not_unfold(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    path.write_bytes(
        zip_part("word/document.xml", ENTITIES + b"]>" + body + b"&x11;</w:t></w:r></w:p></w:body></w:document>")
    )
    with suppress(UnreadableInputError):
        assert sum(len(block.text) for block in read_document(path).blocks()) < 1_000


def test_merged_and_nested_cells_of_word(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for r in range(3):
        for c in range(3):
            table.cell(r, c).text = f"{r}{c}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "tall"
    inner = table.cell(2, 2).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "side"
    path = tmp_path / "merged.docx"
    document.save(str(path))
    outer, nested = read_document(path).tables()
    assert [[c.text for c in row] for row in outer.rows] == [
        ["00", "wide", "wide"], ["tall", "11", "12"], ["tall", "21", "22"],
    ]  # fmt: skip
    assert outer.rows[1][0] is outer.rows[2][0]
    assert nested.inside == outer.rows[2][2].place
    assert [c.text for c in nested.rows[0]] == ["in", "side"]
