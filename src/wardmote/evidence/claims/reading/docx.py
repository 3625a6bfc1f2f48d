"""What does a Word document say? Straight from its XML: what is printed, in reading order."""

import re
from collections.abc import Iterator
from typing import Any

from wardmote.evidence.claims.reading.archive import Archive
from wardmote.evidence.claims.reading.building import MOST_DEPTH, PartsBuilder
from wardmote.evidence.claims.reading.characters import RawText, join_pieces, read_raised
from wardmote.evidence.claims.reading.grids import RawCell, RawTable
from wardmote.evidence.claims.text import BlockKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = frozenset(
    W + name
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
)
_HEADING = re.compile(r"heading\s*(\d)", re.I)
_MOST_NESTING = 60


def read_docx(builder: PartsBuilder, content: bytes) -> None:
    """Hand a Word document's parts to the builder: text boxes and notes with them, headers and footers without.

    Deleted and hidden text is left out, inserted text kept.
    """
    archive = Archive(content, name=builder.file)
    root = archive.read_xml("word/document.xml")
    body = root.find(W + "body")
    reader = _DocxReader(builder, _read_styles(archive))
    if body is not None:
        reader.read_body(body)
    for part, note in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if part in archive.names:
            reader.read_notes(archive.read_xml(part), note)


def _read_styles(archive: Archive) -> dict[str, tuple[str, bool]]:
    """Each paragraph style's name in English, and whether it makes lists."""
    if "word/styles.xml" not in archive.names:
        return {}
    found = {}
    for style in archive.read_xml("word/styles.xml").iter(W + "style"):
        name = style.find(W + "name")
        numbered = style.find(f"{W}pPr/{W}numPr") is not None
        found[style.get(W + "styleId") or ""] = ("" if name is None else name.get(W + "val") or "", numbered)
    return found


class _DocxReader:
    def __init__(self, builder: PartsBuilder, styles: dict[str, tuple[str, bool]]) -> None:
        self.builder = builder
        self.styles = styles

    def read_body(self, body: Any) -> None:
        for element in _list_blocks(body):
            if element.tag == W + "tbl":
                self.builder.add_table(self._read_table(element))
            else:
                self._read_paragraph(element)

    def read_notes(self, root: Any, note: str) -> None:
        for element in root.iter(W + note):
            if element.get(W + "type") not in {"separator", "continuationSeparator", "continuationNotice"}:
                text = " ".join(read_runs(p) for p in element.iter(W + "p"))
                self.builder.add_block("note", _raw(text))

    def _read_paragraph(self, element: Any) -> None:
        """A paragraph, and after it the text boxes that are anchored in it."""
        kind, level = self._classify(element)
        self.builder.add_block(kind, _raw(read_runs(element)), level=level)
        for box in _list_boxes(element):
            self.read_body(box)

    def _classify(self, element: Any) -> tuple[BlockKind, int]:
        properties = element.find(W + "pPr")
        if properties is None:
            return "paragraph", 0
        style = properties.find(W + "pStyle")
        name, style_numbered = self.styles.get("" if style is None else style.get(W + "val") or "", ("", False))
        heading = _HEADING.match(name) or _HEADING.match("" if style is None else style.get(W + "val") or "")
        if heading or name.lower() in {"title", "subtitle"}:
            return "heading", int(heading[1]) if heading else 1
        outline = properties.find(W + "outlineLvl")
        if outline is not None and (outline.get(W + "val") or "").isdecimal() and int(outline.get(W + "val")) < 9:
            return "heading", int(outline.get(W + "val")) + 1
        numbering = properties.find(W + "numPr")
        if numbering is not None or style_numbered or name.lower().startswith("list"):
            depth = None if numbering is None else numbering.find(W + "ilvl")
            return "item", 1 + _number(depth, 0)
        return "paragraph", 0

    def _read_table(self, table: Any, depth: int = 0) -> RawTable:
        """A table; a cell that goes on from the one above it is that cell."""
        rows: list[list[RawCell]] = []
        above: dict[int, RawCell] = {}
        heads: list[bool] = []
        for row in _list_inside(table, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                continue
            heads.append(properties is not None and properties.find(W + "tblHeader") is not None)
            rows.append(self._read_row(row, above, depth))
        header = next((n for n, is_head in enumerate(heads) if not is_head), len(heads))
        return RawTable(rows, header_rows=header or None)

    def _read_row(self, row: Any, above: dict[int, RawCell], depth: int) -> list[RawCell]:
        cells: list[RawCell] = []
        column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        cells += [RawCell(RawText("")) for _ in range(column)]
        for element in _list_inside(row, W + "tc"):
            span = max(_number(element.find(f"{W}tcPr/{W}gridSpan"), 1), 1)
            merge = element.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(W + "val") != "restart" and column in above:
                above[column].row_span += 1
            else:
                cell = self._read_cell(element, depth)
                cell.col_span = span
                cells.append(cell)
                above.pop(column, None)
                if merge is not None:
                    above[column] = cell
            column += span
        return cells

    def _read_cell(self, element: Any, depth: int) -> RawCell:
        pieces: list[tuple[str, int | None]] = []
        tables = []
        for block in _list_blocks(element):
            if block.tag == W + "tbl":
                tables += [self._read_table(block, depth + 1)] if depth < MOST_DEPTH else []
            else:
                pieces += [(part, None) for part in read_runs(block).split("\n")]
        return RawCell(join_pieces(pieces, "\n"), 1, 1, tables)


def _raw(text: str) -> RawText:
    return join_pieces([(text, None)])


def _number(element: Any, default: int) -> int:
    value = "" if element is None else element.get(W + "val") or ""
    return min(int(value[:5]), 1000) if value[:5].isdecimal() else default


def _list_blocks(parent: Any, depth: int = 0) -> Iterator[Any]:
    """The paragraphs and tables of a body, cell or box, whatever wraps them; of two alternatives the first."""
    for child in parent:
        if child.tag in {W + "p", W + "tbl"}:
            yield child
        elif child.tag in _WRAPPERS and depth < _MOST_NESTING:
            yield from _list_blocks(child, depth + 1)


def _list_inside(parent: Any, tag: str, depth: int = 0) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS and depth < _MOST_NESTING:
            yield from _list_inside(child, tag, depth + 1)


def _list_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes of a paragraph; what is kept for older programs says the same again."""
    for box in paragraph.iter(W + "txbxContent"):
        ancestors = {a.tag for a in box.iterancestors() if a is not paragraph}
        inside = next(a for a in box.iterancestors() if a is paragraph or a.tag == W + "txbxContent")
        if MC + "Fallback" not in ancestors and inside is paragraph:
            yield box


def read_runs(paragraph: Any) -> str:
    """What does a paragraph print? Field codes, deletions, hidden runs and note marks are not printed words."""
    parts: list[str] = []
    _gather(paragraph, parts, 0)
    return "".join(parts)


def _gather(parent: Any, parts: list[str], depth: int) -> None:
    for child in parent:
        if child.tag == W + "r":
            _gather_run(child, parts)
        elif child.tag in _WRAPPERS and depth < _MOST_NESTING:
            _gather(child, parts, depth + 1)


def _gather_run(run: Any, parts: list[str]) -> None:
    properties = run.find(W + "rPr")
    if properties is not None and _is_on(properties.find(W + "vanish")):
        return
    text = "".join(_SIGNS.get(child.tag, child.text if child.tag == W + "t" else "") or "" for child in run)
    raised = None if properties is None else properties.find(W + "vertAlign")
    if raised is not None and raised.get(W + "val") == "superscript":
        text = read_raised(text, "".join(parts[-2:]))
    parts.append(text)


_SIGNS = {W + "tab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": " "}


def _is_on(element: Any) -> bool:
    return element is not None and element.get(W + "val") not in {"0", "false", "off"}
