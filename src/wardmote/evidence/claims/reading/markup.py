"""What does HTML say, whole pages or the tags that stand inside a line or a cell?"""

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from wardmote.evidence.claims.reading.building import PartsBuilder
from wardmote.evidence.claims.reading.characters import BULLET_SIGNS, RawText, join_pieces, read_raised
from wardmote.evidence.claims.reading.grids import RawCell, RawTable
from wardmote.evidence.claims.text import BlockKind

_KNOWN = (
    "a|abbr|article|aside|b|blockquote|body|br|caption|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|"
    "figcaption|figure|font|footer|h[1-6]|head|header|hr|html|i|img|ins|kbd|li|main|mark|nav|ol|p|pre|q|s|samp|script|"
    "section|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var"
)
HAS_TAG = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.I)
# "< 50%" and "<25%" are figures: a sign that begins no known tag is text. So is a tag that the file's end cut off.
_STRAY = re.compile(rf"<(?!/?(?:{_KNOWN})(?:\s[^<>]*)?/?>|!--)", re.I)
_CUT_TAG = re.compile(r"<(?:/?[a-z][^<>]*)?$", re.I)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.S)
_BULLET = re.compile(rf"(?:^|(?<=\s))[{BULLET_SIGNS}](?=\s)|(?:^|(?<=\s))·(?=\s)|[\uf0b7\uf0a7]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

_SKIPPED = {
    "script", "style", "nav", "head", "template", "noscript", "svg", "math", "del", "s", "strike", "button", "select",
    "option", "iframe", "object", "audio", "video", "canvas", "title", "textarea", "input",
}  # fmt: skip
_BLOCKS: dict[str, BlockKind] = {
    **{f"h{n}": "heading" for n in range(1, 7)},
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(
        ("p", "div", "section", "article", "aside", "main", "header", "footer", "blockquote", "ul", "ol", "dl", "pre",
         "figure", "figcaption", "details", "summary", "address", "form", "fieldset", "center", "body", "html", "hr",
         "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        "paragraph",
    ),
}  # fmt: skip
#: Elements inside elements deeper than this are read as bare text, so that no file can exhaust the stack.
_MOST_DEPTH = 150


@dataclass(slots=True)
class Segment:
    """A run of text between two block boundaries."""

    kind: BlockKind
    raw: RawText
    level: int = 0


@dataclass(slots=True)
class Flow:
    """Walks elements in reading order and gathers segments and tables.

    `line` is where the reader stands in the source. Inside a single line (`fixed`) it does not move.
    """

    line: int | None = 1
    fixed: bool = False
    base: int = 0
    in_cell: bool = False
    found: list[Segment | RawTable] = field(default_factory=list)
    _pieces: list[tuple[str, int | None]] = field(default_factory=list)
    _kind: BlockKind = "paragraph"
    _level: int = 0
    _breaks: str = " "

    def walk(self, element: Any, depth: int = 0) -> None:
        """Read an element and what follows it up to the next."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag and element.sourceline and not self.fixed:
            self.line = element.sourceline + self.base
        if tag and not _is_hidden(element, tag):
            if depth > _MOST_DEPTH:
                self._add_text("".join(element.itertext()))
            else:
                self._enter(element, tag, depth)
        if element.tail:
            self._add_text(element.tail)

    def _enter(self, element: Any, tag: str, depth: int) -> None:
        if tag == "table" and not _is_layout(element):
            self.flush()
            self.found.append(self._read_table(element, depth))
        elif tag == "sup":
            before = self._pieces[-1][0] if self._pieces else ""
            self._add_text(read_raised("".join(element.itertext()), before))
        elif tag == "br":
            self._break_line()
        elif tag in _BLOCKS or tag == "table":
            self._enter_block(element, tag, depth)
        else:
            self._read_children(element, depth)

    def _enter_block(self, element: Any, tag: str, depth: int) -> None:
        before = self._kind, self._level, self._breaks
        self.flush()
        kind = _BLOCKS.get(tag, "paragraph")
        if kind != "paragraph" or tag not in {"p", "div"} or self._kind == "paragraph":
            # A paragraph inside a list item is the item.
            self._kind = kind
        self._level = int(tag[1]) if kind == "heading" else self._level + (tag in {"ul", "ol"})
        self._breaks = "\n" if tag == "pre" else self._breaks
        self._read_children(element, depth)
        self.flush()
        self._kind, self._level, self._breaks = before

    def _read_children(self, element: Any, depth: int) -> None:
        if element.text:
            self._add_text(element.text)
        for child in element:
            self.walk(child, depth + 1)

    def _add_text(self, text: str) -> None:
        """Add text to the piece that is open; each line of the source begins a piece."""
        for number, part in enumerate(text.split("\n") if not self.fixed else [text]):
            if number:
                self.line = None if self.line is None else self.line + 1
                self._pieces.append(("", self.line))
            if self._pieces:
                before, line = self._pieces[-1]
                self._pieces[-1] = (before + part, line if before.strip() else self.line)
            else:
                self._pieces.append((part, self.line))

    def _break_line(self) -> None:
        """A forced line end parts what stands in a cell; elsewhere it is a space."""
        if self.in_cell:
            self.flush()
        else:
            self._pieces.append(("", self.line))

    def flush(self) -> None:
        """Close the run of text that is open; bullets written as signs part it into items."""
        pieces, self._pieces = self._pieces, []
        if not any(text.strip() for text, _ in pieces):
            return
        for number, run in enumerate(_split_bullets(pieces)):
            raw = join_pieces(run, self._breaks)
            if raw.text:
                self.found.append(Segment("item" if number else self._kind, raw, max(self._level, 1 if number else 0)))

    def _read_table(self, element: Any, depth: int) -> RawTable:
        caption, line = "", self.line
        rows: list[list[RawCell]] = []
        heads: list[bool] = []
        for part, is_head in _list_rows(element):
            if part.tag == "caption":
                caption = join_pieces([("".join(part.itertext()), None)]).text
                continue
            cells = [cell for cell in part if cell.tag in {"td", "th"} and not _is_hidden(cell, cell.tag)]
            rows.append([self._read_cell(cell, depth) for cell in cells])
            heads.append(is_head or (len(cells) > 1 and all(cell.tag == "th" for cell in cells)))
        header = next((n for n, is_head in enumerate(heads) if not is_head), len(heads))
        return RawTable(rows, line, None, caption, header or None)

    def _read_cell(self, element: Any, depth: int) -> RawCell:
        if element.sourceline and not self.fixed:
            self.line = element.sourceline + self.base
        inner = Flow(self.line, self.fixed, self.base, True)
        inner._read_children(element, depth + 2)
        self.line = inner.line
        return make_cell(inner, _span(element, "rowspan"), _span(element, "colspan"))


def make_cell(flow: Flow, row_span: int = 1, col_span: int = 1) -> RawCell:
    """The cell that a flow fills: its runs of text, one under the other, and its tables."""
    flow.flush()
    pieces: list[tuple[str, int | None]] = []
    for found in flow.found:
        if isinstance(found, Segment):
            starts = found.raw.line_starts or ((0, found.raw.line),)
            ends = [*(start for start, _ in starts[1:]), len(found.raw.text)]
            pieces += [(found.raw.text[a:b], line) for (a, line), b in zip(starts, ends, strict=True)]
    tables = [found for found in flow.found if isinstance(found, RawTable)]
    text = join_pieces(pieces, "\n")
    if not text.text:
        text = RawText("", flow.line)
    return RawCell(text, row_span, col_span, tables)


def _split_bullets(pieces: list[tuple[str, int | None]]) -> list[list[tuple[str, int | None]]]:
    runs: list[list[tuple[str, int | None]]] = [[]]
    for text, line in pieces:
        first, *others = _BULLET.split(text)
        runs[-1].append((first, line))
        runs += [[(other, line)] for other in others]
    return runs


def _is_hidden(element: Any, tag: str) -> bool:
    return (
        tag in _SKIPPED
        or element.get("hidden") is not None
        or element.get("role") == "navigation"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _is_layout(table: Any) -> bool:
    """Does this table only place things on a page?"""
    if table.get("role") in {"presentation", "none"}:
        return True
    cells = table.iter("td", "th")
    return next(cells, None) is not None and next(cells, None) is None


def _list_rows(table: Any) -> list[tuple[Any, bool]]:
    """The table's caption and own rows, each with whether it stands in the head."""
    found: list[tuple[Any, bool]] = []
    for child in table:
        if child.tag in {"tr", "caption"}:
            found.append((child, False))
        elif child.tag in {"thead", "tbody", "tfoot"}:
            found += [(row, child.tag == "thead") for row in child if row.tag == "tr"]
    return found


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "").strip()
    return max(1, min(int(value[:6]), 65534)) if value[:6].isdecimal() else 1


def parse_html(text: str) -> Any | None:
    """The tree of a page or fragment; None where there is nothing. Never fetches, never expands entities of its own."""
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser, base_url=None)
    except (etree.XMLSyntaxError, ValueError):
        return None


def read_fragment(text: str, line: int | None, *, in_cell: bool = False, spans_lines: bool = False) -> Flow:
    """What do the tags and words of one line (or of several, from `line` on) say?"""
    flow = Flow(line, not spans_lines, (line or 1) - 1, in_cell)
    if not HAS_TAG.search(text):
        flow._add_text(text)
    else:
        safe = _STRAY.sub("&lt;", _CUT_TAG.sub("", _COMMENT.sub("", text)))
        tree = parse_html(f'<meta charset="utf-8"><div>{safe}</div>')
        for child in () if tree is None else tree:
            flow.walk(child)
    flow.flush()
    return flow


def add_flow(builder: PartsBuilder, flow: Flow) -> None:
    """Hand over what a stretch of markup says."""
    for part in flow.found:
        if isinstance(part, Segment):
            builder.add_block(part.kind, part.raw, level=part.level)
        else:
            builder.add_table(part)
