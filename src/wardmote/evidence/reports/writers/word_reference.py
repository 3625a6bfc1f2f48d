"""The Word document whose styles, page and running lines a report takes: ours, or a council's own."""

from typing import Any

from lxml import etree

from wardmote.evidence.reports.document import Document
from wardmote.evidence.reports.writers.dense import tighten_word
from wardmote.evidence.reports.writers.files import ASSETS, pack, unpack
from wardmote.evidence.reports.writers.xml import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
#: Where each part of our own reference document lies in the archive.
PARTS = {
    "content_types.xml": "[Content_Types].xml",
    "package_rels.xml": "_rels/.rels",
    "document.xml": "word/document.xml",
    "document_rels.xml": "word/_rels/document.xml.rels",
    "settings.xml": "word/settings.xml",
    "styles.xml": "word/styles.xml",
    "header1.xml": "word/header1.xml",
    "footer1.xml": "word/footer1.xml",
}


def w(name: str) -> str:
    """Return a WordprocessingML name for lxml."""
    return f"{{{W}}}{name}"


def build_reference(document: Document) -> bytes:
    """Return the reference document for a report.

    A council's own keeps its styles, page and running lines; styles that it lacks are added from ours, and the
    marking, where there is one, is put into each of its headers.
    """
    own = {place: _fill(ASSETS / "docx" / name, document) for name, place in PARTS.items()}
    if document.look.reference_docx is None:
        return pack(own)
    theirs = unpack(document.look.reference_docx.read_bytes())
    theirs["word/styles.xml"] = _add_missing_styles(theirs["word/styles.xml"], own["word/styles.xml"])
    if document.marking:
        _mark_headers(theirs, document.marking)
    return pack(theirs)


def fill_words(template: str, document: Document) -> str:
    """Return an XML template with the report's words and look in place of its marks."""
    words = {
        "marking": document.marking or "",
        "title": document.title,
        "publisher": document.publisher,
        "primary": document.look.primary.removeprefix("#").upper(),
        "font": document.look.office_font,
        "language": document.language,
    }
    for name, value in (words | _measure_page(document)).items():
        template = template.replace(f"@{name}@", escape(value))
    return template


def _measure_page(document: Document) -> dict[str, str]:
    """Return the page's sides and the text's right edge: A4, upright or on its side, with margins of 22 mm."""
    upright = {"width_dxa": "11906", "height_dxa": "16838", "edge_dxa": "9412", "orientation": "portrait"}
    upright |= {"width_mm": "210", "height_mm": "297", "edge_mm": "166"}
    lying = {"width_dxa": "16838", "height_dxa": "11906", "edge_dxa": "14344", "orientation": "landscape"}
    lying |= {"width_mm": "297", "height_mm": "210", "edge_mm": "253"}
    return lying if document.landscape else upright


def _fill(path: Any, document: Document) -> bytes:
    template = path.read_text(encoding="utf-8")
    return fill_words(tighten_word(template) if document.is_dense else template, document).encode()


def _add_missing_styles(theirs: bytes, ours: bytes) -> bytes:
    """Return their styles with those of ours that theirs do not name."""
    root = etree.fromstring(theirs)
    known = {node.get(w("val"), "").lower() for node in root.iterfind(f"{w('style')}/{w('name')}")}
    taken = {node.get(w("styleId")) for node in root.iterfind(w("style"))}
    for style in etree.fromstring(ours).iterfind(w("style")):
        name = style.find(w("name")).get(w("val"))
        if name.lower() not in known and style.get(w("styleId")) not in taken:
            root.append(style)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _mark_headers(parts: dict[str, bytes], marking: str) -> None:
    """Put the marking at the top of every header, and make the headers that are not there."""
    body = etree.fromstring(parts["word/document.xml"])
    relations = _relations(parts)
    targets = {node.get("Id"): "word/" + node.get("Target", "").removeprefix("/word/") for node in relations}
    for section in body.iter(w("sectPr")):
        headers = section.iterfind(w("headerReference"))
        present = {node.get(w("type"), "default"): node.get(f"{{{R}}}id") for node in headers}
        for kind in _needed_kinds(section, parts):
            if kind not in present:
                _add_header(parts, section, relations, kind)
                present[kind] = f"wardmote-{kind}"
                targets[present[kind]] = f"word/wardmote-{kind}.xml"
        for name in sorted({targets[identity] for identity in present.values()}):
            parts[name] = _prepend_marking(parts[name], marking)
    parts["word/document.xml"] = _serialise(body)
    parts["word/_rels/document.xml.rels"] = _serialise(relations)


def _relations(parts: dict[str, bytes]) -> Any:
    empty = f'<Relationships xmlns="{PACKAGE}"/>'.encode()
    return etree.fromstring(parts.get("word/_rels/document.xml.rels", empty))


def _needed_kinds(section: Any, parts: dict[str, bytes]) -> list[str]:
    """Return which headers the pages take: one for all, and others for first or even pages where they differ."""
    first = ["first"] if section.find(w("titlePg")) is not None else []
    even = ["even"] if b"evenAndOddHeaders" in parts.get("word/settings.xml", b"") else []
    return ["default", *first, *even]


def _add_header(parts: dict[str, bytes], section: Any, relations: Any, kind: str) -> None:
    name = f"wardmote-{kind}.xml"
    parts[f"word/{name}"] = f'<w:hdr xmlns:w="{W}"/>'.encode()
    identity = f"wardmote-{kind}"
    if not any(node.get("Id") == identity for node in relations):
        etree.SubElement(relations, f"{{{PACKAGE}}}Relationship", Id=identity, Type=f"{R}/header", Target=name)
        types = etree.fromstring(parts["[Content_Types].xml"])
        etree.SubElement(types, f"{{{TYPES}}}Override", PartName=f"/word/{name}", ContentType=HEADER_TYPE)
        parts["[Content_Types].xml"] = _serialise(types)
    section.insert(0, etree.Element(w("headerReference"), {w("type"): kind, f"{{{R}}}id": identity}))


def _prepend_marking(header: bytes, marking: str) -> bytes:
    root = etree.fromstring(header)
    if root.find(f"{w('p')}[@{w('rsidR')}='00CA7E60']") is not None:
        return header  # several sections may share one header: mark it once
    words = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(marking)}</w:t></w:r>'
    root.insert(0, etree.fromstring(f'<w:p xmlns:w="{W}" w:rsidR="00CA7E60">{words}</w:p>'))
    return _serialise(root)


def _serialise(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
