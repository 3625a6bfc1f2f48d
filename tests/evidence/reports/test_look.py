"""A publisher's own look: what it changes in each format, and what a wrong setting is told."""

import base64
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pytest
from lxml import etree, html

from evidence.reports.sample_report import build_small_report
from wardmote.evidence.model.errors import DefinitionError, UnreadableInputError, WardmoteError
from wardmote.evidence.reports.document import Document
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look, contrast_with_white, load_look
from wardmote.evidence.reports.writers.docx import write_docx
from wardmote.evidence.reports.writers.files import unpack
from wardmote.evidence.reports.writers.html import render_html
from wardmote.evidence.reports.writers.odt import write_odt
from wardmote.evidence.reports.writers.pdf import write_pdf
from wardmote.evidence.reports.writers.pictures import measure_picture

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#345"/></svg>'


def png(width: int, height: int) -> bytes:
    """Return a grey picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def write_look(folder: Path, text: str) -> Path:
    path = folder / "look.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        load_look(path)
    return [str(fault) for fault in caught.value.faults]


def test_look_with_all_settings(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    docx.Document().save(str(tmp_path / "house.docx"))
    text = "name: Ambridge\nprimary: '#4B0082'\naccent: '#008080'\nlogo: logo.svg\nlogo_alt: Ambridge Council\n"
    look = load_look(write_look(tmp_path, text + "reference_docx: house.docx\noffice_font: Verdana\n"))
    assert look == Look(
        "Ambridge", "#4b0082", "#008080", tmp_path / "logo.svg", "Ambridge Council", tmp_path / "house.docx", "Verdana"
    )


def test_look_with_only_a_name_takes_the_rest_from_the_default(tmp_path: Path) -> None:
    assert load_look(write_look(tmp_path, "name: Ambridge\n")) == replace(DEFAULT_LOOK, name="Ambridge")


def test_every_fault_of_a_look_is_found_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "house.docx").write_text("no archive")
    (tmp_path / "logo.bmp").write_text("BM")
    text = "primary: #4b0082\naccent: '#c0d0e0'\nlogo: logo.bmp\nreference_docx: house.docx\ncolour: red\n"
    assert faults_of(write_look(tmp_path, text)) == [
        "look.yaml: no name is given. Expected `name: …`. Write whose look this is.",
        "look.yaml, line 1: primary is ''. Expected a colour such as '#1b3a57'. "
        "Write it in quotes: # begins a comment.",
        "look.yaml, line 2: accent #c0d0e0 has a contrast of 1.6 to 1 with white. Expected at least 3 to 1 (WCAG 2.2). "
        "Choose a darker shade.",
        "look.yaml, line 3: the logo is .bmp. Expected .svg, .png, .jpg, .jpeg. Convert it.",
        "look.yaml, line 4: house.docx is no Word document. Expected a .docx. "
        "Save it from Word as .docx (not .doc or .dotx).",
        "look.yaml, line 5: unknown setting 'colour'. "
        "Expected one of name, primary, accent, logo, logo_alt, reference_docx, office_font. Correct or remove it.",
        "look.yaml: the logo has no words. Expected `logo_alt: …`. "
        "Write what the logo says, for readers who cannot see it.",
    ]


def test_look_that_is_no_list_of_settings(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="not a list of settings"):
        load_look(write_look(tmp_path, "- a\n"))


@pytest.mark.parametrize(
    ("colour", "ratio"), [("#ffffff", 1.0), ("#777777", 4.48), ("#767676", 4.54), ("#ff0000", 4.0)]
)
def test_contrast_equals_published_ratios(colour: str, ratio: float) -> None:
    """WCAG's own example: #767676 is the lightest grey that passes 4.5 to 1 on white."""
    assert contrast_with_white(colour) == pytest.approx(ratio, abs=0.005)


def dressed(folder: Path, ending: str = "svg") -> Document:
    logo = folder / f"logo.{ending}"
    logo.write_bytes(LOGO.encode() if ending == "svg" else png(60, 20))
    look = Look("Ambridge", "#4b0082", "#008080", logo, "Ambridge Council", office_font="Verdana")
    return replace(build_small_report(), look=look)


def test_page_takes_colours_and_logo(tmp_path: Path) -> None:
    page = html.fromstring(render_html(dressed(tmp_path)))
    assert "--primary:#4b0082;--accent:#008080" in page.findtext(".//style")
    (picture,) = page.xpath("//header//img")
    assert picture.get("alt") == "Ambridge Council"
    assert base64.b64decode(picture.get("src").removeprefix("data:image/svg+xml;base64,")).decode() == LOGO


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_pdf_takes_the_logo_with_its_words(tmp_path: Path, ending: str) -> None:
    write_pdf(dressed(tmp_path, ending), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        words = [str(item.Alt) for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert "Ambridge Council" in words


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_word_takes_colours_font_and_logo(tmp_path: Path, ending: str) -> None:
    write_docx(dressed(tmp_path, ending), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    assert str(document.styles["Heading 1"].font.color.rgb) == "4B0082"
    assert b'"Verdana"' in unpack((tmp_path / "a.docx").read_bytes())["word/styles.xml"]
    logo = document.inline_shapes[0]
    assert logo._inline.docPr.get("descr") == "Ambridge Council"
    assert logo.width / logo.height == pytest.approx(3, rel=0.01)


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_open_document_takes_colours_font_and_logo(tmp_path: Path, ending: str) -> None:
    write_odt(dressed(tmp_path, ending), tmp_path / "a.odt")
    parts = unpack((tmp_path / "a.odt").read_bytes())
    assert b'fo:color="#4b0082"' in parts["styles.xml"]
    assert b"&apos;Verdana&apos;" in parts["styles.xml"]
    frame = next(etree.fromstring(parts["content.xml"]).iter("{*}frame"))
    assert frame.findtext("{*}desc") == "Ambridge Council"
    sizes = {etree.QName(name).localname: value for name, value in frame.attrib.items()}
    assert (sizes["width"], sizes["height"]) == ("48.0mm", "16mm")


def test_council_document_keeps_its_styles_and_gets_the_marking(tmp_path: Path) -> None:
    house = docx.Document()
    house.styles["Heading 1"].font.name = "Georgia"
    house.sections[0].header.paragraphs[0].text = "Ambridge Borough Council"
    house.sections[0].different_first_page_header_footer = True
    house.save(str(tmp_path / "house.docx"))
    report = replace(build_small_report(), look=replace(DEFAULT_LOOK, reference_docx=tmp_path / "house.docx"))
    write_docx(report, tmp_path / "a.docx")
    written = docx.Document(str(tmp_path / "a.docx"))
    assert written.styles["Heading 1"].font.name == "Georgia"
    assert "Table Text" in written.styles
    headers = (written.sections[0].header, written.sections[0].first_page_header)
    assert [header.paragraphs[0].text for header in headers] == ["SYNTHETIC — fictional data"] * 2
    assert headers[0].paragraphs[1].text == "Ambridge Borough Council"
    assert zipfile.ZipFile(tmp_path / "a.docx").testzip() is None


def test_size_of_a_jpeg_is_read_past_its_other_parts() -> None:
    frame = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", 20, 60) + b"\0" * 10
    table = b"\xff\xc4\x00\x04\x00\x00"
    assert measure_picture(b"\xff\xd8\xff\xe0\x00\x04\x00\x00" + table + frame) == (60, 20)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8\xff"])
def test_size_of_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(WardmoteError, match="logo cannot be read"):
        measure_picture(content)
