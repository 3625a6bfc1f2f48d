"""The tree that Word is written from, as OpenDocument's own XML.

Pandoc's writer drops alternative text, column widths in millimetres and what must stay on one page, so the tree is
written here directly: the same blocks, in the same order and with styles of the same names, as in Word.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from lxml.builder import ElementMaker

from wardmote.evidence.reports.writers.dense import WHOLE_DENSE_ROWS
from wardmote.evidence.reports.writers.pandoc import Node, OfficeTree
from wardmote.evidence.reports.writers.pictures import measure_picture
from wardmote.evidence.reports.writers.xml import keep_allowed

Element = Any  # lxml's own; it has no types

NAMESPACES = {
    name: f"urn:oasis:names:tc:opendocument:xmlns:{address}:1.0"
    for name, address in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
} | {"xlink": "http://www.w3.org/1999/xlink"}  # fmt: skip
#: Tables of up to this many rows, the head included, stay on one page.
WHOLE_TABLE_ROWS = 15


def qualify(name: str) -> str:
    """Return `text:p` as lxml names it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(name: str, *children: Element | str, **attributes: str) -> Element:
    """Return an element; an attribute's first underscore stands for the colon, the others for hyphens.

    >>> make("text:p", "Words", text_style_name="Title").get(qualify("text:style-name"))
    'Title'
    """
    named = {}
    for key, value in attributes.items():
        prefix, _, local = key.partition("_")
        named[qualify(f"{prefix}:{local.replace('_', '-')}")] = keep_allowed(value)
    inner = [keep_allowed(child) if isinstance(child, str) else child for child in children]
    return ElementMaker(nsmap=NAMESPACES)(qualify(name), named, *inner)


@dataclass
class OpenDocumentBody:
    """The body being written, and the styles that only this document needs."""

    tree: OfficeTree
    primary: str
    styles: list[Element] = field(default_factory=list)
    tables: int = 0
    images: int = 0
    break_next: bool = False

    def blocks(self, nodes: Iterable[Node], style: str = "Text_20_body") -> list[Element]:
        """Return blocks in a row."""
        written = [element for node in nodes for element in self.block(node, style)]
        for before, after in pairwise(written):
            if after.get(qualify("text:style-name")) == "Source_20_Note":
                self.keep_with_note(before.get(qualify("table:name")))
        return written

    def keep_with_note(self, table: str | None) -> None:
        """Keep a table on the page of the note below it, which must not begin a page alone."""
        for style in self.styles:
            if table is not None and style.get(qualify("style:name")) == table:
                style[0].set(qualify("fo:keep-with-next"), "always")

    def block(self, node: Node, style: str) -> list[Element]:
        """Return one block; `style` is what the block around it asks of its paragraphs."""
        content = node["c"]
        if node["t"] == "Div":
            return self.blocks(content[1], dict(content[0][2])["custom-style"].replace(" ", "_20_"))
        writers = {
            "Para": lambda: self.paragraph(content, style),
            "Plain": lambda: self.paragraph(content, style),
            "Header": lambda: self.heading(*content),
            "BulletList": lambda: self.listing("Bullets", content),
            "OrderedList": lambda: self.listing("Numbers", content[1]),
            "Table": lambda: self.table(content),
            "RawBlock": self.contents,
        }
        return [writers[node["t"]]()]

    def paragraph(self, words: list[Node], style: str) -> Element:
        return make("text:p", *self.inlines(words), text_style_name=style)

    def contents(self) -> Element:
        """Return the list of contents; what follows it begins a page."""
        self.break_next = True
        return render_contents(self.tree.contents)

    def heading(self, level: int, attributes: list[str], words: list[Node]) -> Element:
        bookmark = make("text:bookmark", text_name=attributes[0])
        style = f"Heading_20_{level}"
        if self.break_next or attributes[0] in self.tree.page_starts:
            self.break_next = False
            style = self.add_page_break(style)
        inner = [bookmark, *self.inlines(words)]
        return make("text:h", *inner, text_style_name=style, text_outline_level=str(level))

    def add_page_break(self, parent: str) -> str:
        name = parent.replace("Heading", "Page_20_Start")
        if all(style.get(qualify("style:name")) != name for style in self.styles):
            properties = make("style:paragraph-properties", fo_break_before="page")
            self.styles.append(_style(name, "paragraph", properties, style_parent_style_name=parent))
        return name

    def listing(self, style: str, items: list[list[Node]]) -> Element:
        rows = [make("text:list-item", *self.blocks(item, "List_20_Item")) for item in items]
        return make("text:list", *rows, text_style_name=style)

    def table(self, content: list[Any]) -> Element:
        """Return a table with a head that repeats, row heads, fixed widths, and a name for screen readers."""
        _, _, specs, head, bodies, _ = content
        name, title = f"Table{self.tables + 1}", self.tree.table_titles[self.tables]
        self.tables += 1
        heads, rows, heading_columns = head[1], bodies[0][3], bodies[0][1]
        most = WHOLE_DENSE_ROWS + 1 if self.tree.document.is_dense else WHOLE_TABLE_ROWS
        whole = len(rows) + len(heads) <= most
        self.add_table_styles(name, [float(spec[1]["c"]) for spec in specs], whole=whole)
        columns = [make("table:table-column", table_style_name=f"{name}.{at}") for at in range(1, len(specs) + 1)]
        side = [make("table:table-header-columns", *columns[:heading_columns])] if heading_columns else []
        top = make("table:table-header-rows", *(self.row(row, f"{name}.Head") for row in heads))
        body = [self.row(row, f"{name}.Cell") for row in rows]
        parts = [make("table:title", title), *side, *columns[heading_columns:], top, *body]
        return make("table:table", *parts, table_name=name, table_style_name=name)

    def row(self, row: list[Any], style: str) -> Element:
        cells = [
            make(
                "table:table-cell", *self.blocks(cell[4]), table_style_name=style, office_value_type="string",
            )
            for cell in row[1]
        ]  # fmt: skip
        return make("table:table-row", *cells, table_style_name="Row")

    def add_table_styles(self, name: str, shares: list[float], *, whole: bool) -> None:
        properties = make(
            "style:table-properties", style_width=f"{self.tree.text_width_mm * sum(shares):.1f}mm", table_align="left",
            table_border_model="collapsing", fo_margin_bottom="8pt",
            style_may_break_between_rows="false" if whole else "true",
        )  # fmt: skip
        self.styles.append(_style(name, "table", properties))
        for at, share in enumerate(shares, start=1):
            width = make("style:table-column-properties", style_column_width=f"{self.tree.text_width_mm * share:.2f}mm")
            self.styles.append(_style(f"{name}.{at}", "table-column", width))
        rules = (("Head", f"1.5pt solid {self.primary}", "bottom"), ("Cell", "0.5pt solid #d4d9de", "top"))
        for ending, line, place in rules:
            sides = {f"fo_padding_{side}": "1mm" for side in ("left", "right")}
            sides |= {f"fo_padding_{side}": "0mm" for side in ("top", "bottom")}
            sides |= {f"fo_border_{side}": "none" for side in ("left", "right", "top")}
            cell = make("style:table-cell-properties", style_vertical_align=place, fo_border_bottom=line, **sides)
            self.styles.append(_style(f"{name}.{ending}", "table-cell", cell))

    def inlines(self, nodes: Iterable[Node]) -> list[Element | str]:
        """Return the inlines of a paragraph."""
        return [part for node in nodes for part in self.inline(node)]

    def inline(self, node: Node) -> list[Element | str]:
        content = node.get("c")
        match node["t"]:
            case "Str":
                return _protect_spaces(str(content))
            case "LineBreak":
                return [make("text:line-break")]
            case "Strong" | "Emph":
                style = "Strong_20_Emphasis" if node["t"] == "Strong" else "Emphasis"
                return [make("text:span", *self.inlines(content or []), text_style_name=style)]
            case "Span" if content:
                style = dict(content[0][2])["custom-style"].replace(" ", "_20_")
                return [make("text:span", *self.inlines(content[1]), text_style_name=style)]
            case "Link":
                return [_link(content[2][0], self.inlines(content[1]), "Internet_20_link") if content else ""]
        return [self.image(*(content or []))]

    def image(self, attributes: list[list[list[str]]], _words: list[Node], target: list[str]) -> Element:
        """Return a picture in the line, with what it shows in words."""
        alternative = self.tree.alternatives[self.images]
        self.images += 1
        size = dict(attributes[2])
        if "width" not in size:
            width, height = measure_picture(self.tree.pictures[target[0]])
            size["width"] = f"{float(size['height'].removesuffix('mm')) * width / height:.1f}mm"
        picture = make(
            "draw:image", xlink_href=f"Pictures/{target[0]}", xlink_type="simple", xlink_show="embed",
            xlink_actuate="onLoad",
        )  # fmt: skip
        return make(
            "draw:frame", picture, make("svg:desc", alternative), draw_style_name="Picture",
            draw_name=f"Picture {self.images}", text_anchor_type="as-char", svg_width=size["width"],
            svg_height=size["height"],
        )  # fmt: skip


def render_contents(contents: list[tuple[int, str, str]]) -> Element:
    """Return a list of contents that leads to each heading, and that can be refreshed with page numbers."""
    shown = [entry for entry in contents if entry[0] <= 2]
    lines = [
        make("text:p", _link(f"#{name}", [words], "Index_20_Link"), text_style_name=f"Contents_20_{level}")
        for level, name, words in shown
    ]
    templates = [
        make(
            "text:table-of-content-entry-template",
            make("text:index-entry-link-start"), make("text:index-entry-text"),
            make("text:index-entry-tab-stop", style_type="right", style_leader_char="."),
            make("text:index-entry-page-number"), make("text:index-entry-link-end"),
            text_outline_level=str(level), text_style_name=f"Contents_20_{level}",
        )
        for level in (1, 2)
    ]  # fmt: skip
    source = make("text:table-of-content-source", *templates, text_outline_level="2")
    return make("text:table-of-content", source, make("text:index-body", *lines), text_name="Contents")


def _link(href: str, words: list[Element | str], style: str) -> Element:
    named = {"text_style_name": style, "text_visited_style_name": style}
    return make("text:a", *words, xlink_type="simple", xlink_href=href, **named)


def _style(name: str, family: str, properties: Element, **attributes: str) -> Element:
    return make("style:style", properties, style_name=name, style_family=family, **attributes)


def _protect_spaces(text: str) -> list[Element | str]:
    """Return words as they stand; OpenDocument joins spaces in a row, so all but the first become elements."""
    parts: list[Element | str] = []
    for at, piece in enumerate(text.split("  ")):
        parts += [" ", make("text:s"), piece] if at else [piece]
    return parts
