"""The assessment as a Word document that a person can go on writing in."""

from pathlib import Path
from typing import Any

from lxml import etree

from wardmote.evidence.reports.document import Chart, Document, Table
from wardmote.evidence.reports.writers.dense import WHOLE_DENSE_ROWS
from wardmote.evidence.reports.writers.files import in_utc, pack, unpack, write_whole
from wardmote.evidence.reports.writers.pandoc import Node, OfficeTree, run_pandoc
from wardmote.evidence.reports.writers.word_reference import build_reference, w
from wardmote.evidence.reports.writers.xml import escape, keep_allowed

#: How far remarks are indented, in twentieths of a point; the same as in the style.
CALLOUT_INDENT = 198
#: Tables of up to this many rows, the head included, stay on one page.
WHOLE_TABLE_ROWS = 15
#: The text's width in twentieths of a point that Pandoc takes shares of, whatever the page.
PANDOC_TEXT_WIDTH = 7920
CONTENTS_FIELD = r'<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>'
#: The letters of a status mark, by its style.
MARK_LETTERS = {"StatusGreen": "FFFFFF", "StatusAmber": "1B1F23", "StatusRed": "FFFFFF", "StatusGrey": "3D454D"}
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def write_docx(document: Document, path: Path) -> None:
    """Write the document for Word: real headings, repeated table heads, alternative text, page numbers, marking."""
    tree = OfficeTree(document)
    write_whole(path, _write(tree, tree.build("openxml")))


def write_docx_element(document: Document, element: Chart | Table, path: Path) -> None:
    """Write one chart or table alone, to be put into somebody else's paper."""
    tree = OfficeTree(document)
    write_whole(path, _write(tree, tree.blocks(element, 1)))


def _write(tree: OfficeTree, blocks: list[Node]) -> bytes:
    for block in blocks:
        if block["t"] == "RawBlock":
            block["c"][1] = render_contents(tree.contents)
    parts = unpack(run_pandoc(tree, blocks, to="docx", reference=build_reference(tree.document)))
    body = etree.fromstring(parts["word/document.xml"])
    whole_rows = WHOLE_DENSE_ROWS + 1 if tree.document.is_dense else WHOLE_TABLE_ROWS
    _finish_tables(body, tree.table_titles, whole_rows=whole_rows)
    _name_pictures(body, tree.alternatives)
    _part_callouts(body)
    _colour_marks(body)
    _begin_pages(body, tree.page_starts)
    parts["word/document.xml"] = etree.tostring(body, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts["docProps/core.xml"] = _render_properties(tree.document)
    return pack(parts)


def render_contents(contents: list[tuple[int, str, str]]) -> str:
    """Return a table of contents that is right when opened, and that Word can refresh with page numbers.

    A field marked for refreshing would greet each reader with a question, so it holds its entries already.
    """
    shown = [entry for entry in contents if entry[0] <= 2]
    lines = []
    for at, (level, name, title) in enumerate(shown):
        start = _field("begin") + CONTENTS_FIELD + _field("separate") if at == 0 else ""
        words = f'<w:r><w:t xml:space="preserve">{escape(title)}</w:t></w:r>'
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{words}</w:hyperlink>'
        end = _field("end") if at == len(shown) - 1 else ""
        lines.append(f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{start}{link}{end}</w:p>')
    return "".join(lines) + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _finish_tables(body: Any, titles: list[str], *, whole_rows: int) -> None:
    """Give each table its name, keep rows whole, keep short tables on one page, and fix the column widths.

    A table of up to `whole_rows` rows, the head included, is short.
    """
    for table, title in zip(body.iter(w("tbl")), titles, strict=True):
        properties = table.find(w("tblPr"))
        for name in ("tblW", "tblLayout", "tblCaption", "tblDescription", "tblLook"):
            for node in properties.findall(w(name)):
                properties.remove(node)
        etree.SubElement(properties, w("tblW"), {w("type"): "pct", w("w"): str(_measure_percent(table))})
        etree.SubElement(properties, w("tblLayout"), {w("type"): "fixed"})
        etree.SubElement(properties, w("tblLook"), _LOOK)
        etree.SubElement(properties, w("tblCaption"), {w("val"): keep_allowed(title)})
        _fix_order(properties)
        _finish_rows(table, whole_rows)
        _space_below(table)


def _measure_percent(table: Any) -> int:
    """Return the table's width in fiftieths of a percent of the text's, from the columns that Pandoc measured."""
    total = sum(int(column.get(w("w"), "0")) for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
    return min(5000, 50 * round(100 * total / PANDOC_TEXT_WIDTH))


#: The first row and the first column are heads; no banding.
_LOOK = {w("val"): "06A0"} | {
    w(name): value
    for name, value in (
        ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"),
        ("lastColumn", "0"), ("noHBand", "1"), ("noVBand", "1"),
    )
}  # fmt: skip
#: Word refuses table properties in another order than its schema's.
_ORDER = [
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc",
    "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption",
]  # fmt: skip


def _fix_order(properties: Any) -> None:
    properties[:] = sorted(properties, key=lambda node: _ORDER.index(etree.QName(node).localname))


def _finish_rows(table: Any, whole_rows: int) -> None:
    rows = table.findall(w("tr"))
    last = len(rows) - (0 if _has_note(table) else 1)
    keep_whole = len(rows) <= whole_rows
    for at, row in enumerate(rows):
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(0, properties)
        properties.insert(0, etree.Element(w("cantSplit")))
        if at < 2 or (keep_whole and at < last) or (at == len(rows) - 1 < last):
            _keep_with_next(row)


def _has_note(table: Any) -> bool:
    """Tell whether a note follows, which must not begin a page alone."""
    following = table.getnext()
    style = following.find(f"{w('pPr')}/{w('pStyle')}") if following is not None else None
    return style is not None and style.get(w("val")) == "SourceNote"


def _space_below(table: Any) -> None:
    """Let words that follow a table directly stand off it: a table has no space of its own below."""
    following = table.getnext()
    style = following.find(f"{w('pPr')}/{w('pStyle')}") if following is not None else None
    if style is not None and style.get(w("val")) == "BodyText":
        style.set(w("val"), "FirstParagraph")


def _keep_with_next(row: Any) -> None:
    for paragraph in row.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        if properties is not None and properties.find(w("keepNext")) is None:
            style = properties.find(w("pStyle"))
            properties.insert(0 if style is None else 1, etree.Element(w("keepNext")))


def _part_callouts(body: Any) -> None:
    """Keep remarks that follow each other apart: Word draws one box round neighbours with the same indent."""
    before = False
    for paragraph in body.iter(w("p")):
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        is_callout = style is not None and style.get(w("val"), "").startswith("Callout")
        before = is_callout and not before
        if is_callout and not before:
            paragraph.find(w("pPr")).append(etree.Element(w("ind"), {w("left"): str(CALLOUT_INDENT + 1)}))


def _colour_marks(body: Any) -> None:
    """Set the letters of status marks light where their ground is dark: in tables not every reader takes a style's."""
    for run in body.iter(w("rPr")):
        style = run.find(w("rStyle"))
        colour = MARK_LETTERS.get("" if style is None else style.get(w("val"), ""))
        if colour is not None:
            run.extend([etree.Element(w("b")), etree.Element(w("color"), {w("val"): colour})])


def _begin_pages(body: Any, names: set[str]) -> None:
    """Let the headings with these bookmarks begin a page, wherever the text before them ends."""
    for bookmark in body.iter(w("bookmarkStart")):
        if bookmark.get(w("name")) in names:
            heading = next(node for node in (bookmark.getparent(), bookmark.getnext()) if node.tag == w("p"))
            properties = heading.find(w("pPr"))
            style = properties.find(w("pStyle"))
            style.addnext(etree.Element(w("pageBreakBefore")))


def _name_pictures(body: Any, alternatives: list[str]) -> None:
    """Say what each picture shows, whatever the writer left of it."""
    drawn = list(body.iter(f"{{{WP}}}docPr"))
    for number, (node, words) in enumerate(zip(drawn, alternatives, strict=True), start=1):
        node.set("id", str(number))
        node.set("name", f"Picture {number}")
        node.set("descr", keep_allowed(words))
        node.attrib.pop("title", None)


def _render_properties(document: Document) -> bytes:
    moment = in_utc(document.as_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = ("created", "modified")
    dates = "".join(f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in names)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subtitle)}</dc:subject>"
        f"<dc:creator>{escape(document.publisher)}</dc:creator><dc:language>{escape(document.language)}</dc:language>"
        f"{dates}</cp:coreProperties>"
    ).encode()
