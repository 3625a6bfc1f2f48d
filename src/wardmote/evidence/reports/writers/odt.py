"""The assessment as OpenDocument text, for LibreOffice and others."""

from pathlib import Path

from lxml import etree

from wardmote.evidence.reports.document import Chart, Document, Table
from wardmote.evidence.reports.writers.dense import tighten_opendocument
from wardmote.evidence.reports.writers.files import ASSETS, in_utc, pack, write_whole
from wardmote.evidence.reports.writers.opendocument import OpenDocumentBody, make
from wardmote.evidence.reports.writers.pandoc import Node, OfficeTree
from wardmote.evidence.reports.writers.word_reference import fill_words
from wardmote.evidence.reports.writers.xml import escape

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
PICTURE_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


def write_odt(document: Document, path: Path) -> None:
    """Write the document as OpenDocument: real headings, repeated table heads, alternative text, marking."""
    tree = OfficeTree(document)
    write_whole(path, _write(tree, tree.build("opendocument")))


def write_odt_element(document: Document, element: Chart | Table, path: Path) -> None:
    """Write one chart or table alone, to be put into somebody else's paper."""
    tree = OfficeTree(document)
    write_whole(path, _write(tree, tree.blocks(element, 1)))


def _write(tree: OfficeTree, blocks: list[Node]) -> bytes:
    pictures = {f"Pictures/{name}": content for name, content in tree.pictures.items()}
    parts = {
        "mimetype": MEDIA_TYPE.encode(),
        "content.xml": _render_content(tree, blocks),
        "styles.xml": _fill("styles.xml", tree.document),
        "meta.xml": _fill("meta.xml", tree.document),
    }
    parts["META-INF/manifest.xml"] = _render_manifest([*parts, *pictures])
    return pack(parts | pictures)


def _render_content(tree: OfficeTree, blocks: list[Node]) -> bytes:
    body = OpenDocumentBody(tree, tree.document.look.primary)
    written = body.blocks(blocks)
    row = make("style:table-row-properties", fo_keep_together="always")
    picture = make("style:graphic-properties", style_vertical_pos="top", style_vertical_rel="baseline")
    automatic = [
        make("style:style", row, style_name="Row", style_family="table-row"),
        make("style:style", picture, style_name="Picture", style_family="graphic", style_parent_style_name="Graphics"),
        *body.styles,
    ]
    root = make(
        "office:document-content",
        make("office:automatic-styles", *automatic),
        make("office:body", make("office:text", *written)),
        office_version="1.3",
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _fill(name: str, document: Document) -> bytes:
    """Return one of our templates with the report's words, language, colours and moment."""
    language, _, country = document.language.partition("-")
    words = {
        "@primary@": document.look.primary, "@lang@": language, "@country@": country or "none",
        "@subtitle@": escape(document.subtitle), "@moment@": in_utc(document.as_at).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }  # fmt: skip
    template = (ASSETS / "odt" / name).read_text(encoding="utf-8")
    template = tighten_opendocument(template) if document.is_dense else template
    for mark, text in words.items():
        template = template.replace(mark, text)
    return fill_words(template, document).encode()


def _render_manifest(names: list[str]) -> bytes:
    types = {"mimetype": "", "META-INF/manifest.xml": ""}
    lines = [
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{_media_type(name)}"/>'
        for name in names
        if name not in types
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
        f"{''.join(lines)}</manifest:manifest>"
    ).encode()


def _media_type(name: str) -> str:
    return PICTURE_TYPES.get(name.rpartition(".")[2], "text/xml")
