"""A report as Pandoc's own tree, for Word and OpenDocument: no Markdown between, so nothing needs escaping."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.reports.document import (
    STATUS_STATES,
    Block,
    BulletList,
    Callout,
    Cell,
    Chart,
    Document,
    Emphasis,
    FigureRef,
    Inline,
    KeyFigures,
    Link,
    Pair,
    Paragraph,
    Section,
    Strong,
    Table,
    Text,
    number_elements,
)
from wardmote.evidence.reports.writers.callouts import CALLOUT_TITLES
from wardmote.evidence.reports.writers.columns import count_characters, find_row_headers, share_page, share_widths
from wardmote.evidence.reports.writers.files import in_utc, say_date
from wardmote.evidence.reports.writers.pdf import POINTER
from wardmote.evidence.reports.writers.pictures import PNG_SCALE, draw_png, draw_svg, measure_svg

Node = dict[str, Any]
API_VERSION = [1, 23, 1]
NO_ATTRIBUTES: list[Any] = ["", [], []]
#: The text of a page is 166 mm wide (A4 less two margins of 22 mm).
TEXT_WIDTH_MM = 166.0
#: The same where the page lies on its side.
LANDSCAPE_WIDTH_MM = 253.0
#: An SVG pixel on paper, a little under 1/96 inch, so that a chart's words are as large as the text's.
PIXEL_MM = 0.25
#: Contents of up to this many lines fit below the title, where no summary stands there.
TITLE_PAGE_LINES = 28
#: So many fit below a dense paper's summary.
SUMMARY_PAGE_LINES = 14
KEY_COLUMNS = (("Measure", 0.36), ("Figure", 0.2), ("In words", 0.44))


@dataclass
class OfficeTree:
    """Blocks for Pandoc, and beside them what its writers drop and must be put back."""

    document: Document
    pictures: dict[str, bytes] = field(default_factory=dict)
    alternatives: list[str] = field(default_factory=list)
    table_titles: list[str] = field(default_factory=list)
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    page_starts: set[str] = field(default_factory=set)  # names of the headings that stand at the top of a page
    labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.labels = number_elements(self.document)

    @property
    def text_width_mm(self) -> float:
        return LANDSCAPE_WIDTH_MM if self.document.landscape else TEXT_WIDTH_MM

    def build(self, contents_format: str) -> list[Node]:
        """Return the whole document; `contents_format` names the raw format in which the contents list is put."""
        # In reading order: names and alternatives are put back by the order in which they were noted.
        head = [*self._title(), *self._summary()]
        contents = self._contents(contents_format) if self.document.has_contents else []
        body = [node for section in self.document.sections for node in self.blocks(section, 1)]
        return [*head, *contents, *body]

    def _contents(self, contents_format: str) -> list[Node]:
        return [_div(self._contents_style(), [_para([_text("Contents")])]), _raw(contents_format, "@CONTENTS@")]

    def _contents_style(self) -> str:
        """Return the style that begins a page, where the contents do not fit below the title."""
        sections = self.document.sections
        lines = len(sections) + sum(isinstance(block, Section) for section in sections for block in section.blocks)
        room = TITLE_PAGE_LINES
        if self.document.summary:
            room = SUMMARY_PAGE_LINES if self.document.is_dense else 0
        return "Contents Heading Page" if lines > room else "Contents Heading"

    def _title(self) -> list[Node]:
        document = self.document
        facts = (
            ("Area", document.area_name), ("Period", document.period_title),
            (document.dated, say_date(document.as_at)), ("For", document.audience),
        )  # fmt: skip
        lines: list[Node] = []
        for name, value in [fact for fact in facts if fact[1]]:
            lines += [_strong([_text(f"{name}: ")]), _text(value), {"t": "LineBreak"}]
        nodes = [
            _div("Publisher", [_para([_text(document.publisher)])]),
            _div("Title", [_para([_text(document.title)])]),
            _div("Subtitle", [_para([_text(document.subtitle)])]),
            _div("Facts", [_para(lines[:-1])]),
        ]
        return [*self._logo(), *nodes]

    def _logo(self) -> list[Node]:
        logo = self.document.look.logo
        if logo is None:
            return []
        drawn = logo.suffix.lower() == ".svg"
        name = "logo.png" if drawn else f"logo{logo.suffix.lower()}"
        self.pictures[name] = _svg_to_png(logo) if drawn else logo.read_bytes()
        return [_div("Publisher", [_para([self._image(name, self.document.look.logo_alt, [["height", "16mm"]])])])]

    def _summary(self) -> list[Node]:
        return self.blocks(Section("summary", "Summary", self.document.summary), 1) if self.document.summary else []

    def blocks(self, block: Block, level: int) -> list[Node]:  # noqa: C901, PLR0911 - one for each kind of block
        """Return one block of the report as Pandoc blocks."""
        match block:
            case Section():
                return self._section(block, level)
            case Paragraph():
                return [_para(_inlines(block.children))]
            case BulletList():
                return [_listing(block)]
            case KeyFigures():
                return [self._key_figures(block)]
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block)
            case Pair():
                return [node for chart in block.charts for node in self.chart(chart)]
            case Callout():
                return [_callout(block)]
        return [_para([_text(POINTER)])]

    def _section(self, section: Section, level: int) -> list[Node]:
        name = f"part{len(self.contents) + 1}" if section.id != "summary" else "summary"
        if section.begins_page and section is not self.document.sections[0]:  # the first follows a break, or the title
            self.page_starts.add(name)
        self.contents.append((level, name, section.title))
        head = {"t": "Header", "c": [level, [name, [], []], [_text(section.title)]]}
        return [head, *(node for inner in section.blocks for node in self.blocks(inner, min(level + 1, 6)))]

    def _key_figures(self, block: KeyFigures) -> Node:
        self.table_titles.append("Key figures")
        if self.document.is_dense:
            return _figures_abreast(block)
        rows = [
            [_cell("Table Text", [_text(item.label)]), _cell("Table Text", [_strong([_text(item.value)])]),
             _cell("Table Text", [_text(item.detail)])]
            for item in block.items
        ]  # fmt: skip
        heads = [_cell("Table Head", [_text(name)]) for name, _ in KEY_COLUMNS]
        return _table(["left"] * 3, [width for _, width in KEY_COLUMNS], heads, rows, 1)

    def table(self, table: Table) -> list[Node]:
        """Return a table with its caption above and its note and source below."""
        label = self.labels.get(table.id, "")
        self.table_titles.append(table.caption)
        size = _table_size(table, self.text_width_mm)
        aligns = [column.align for column in table.columns]
        heads = [_cell(f"Table Head{size}", [_text(column.title)], column.align) for column in table.columns]
        rows = [
            [_cell(f"Table Text{size}", _words_of(cell), align) for cell, align in zip(row, aligns, strict=True)]
            for row in table.rows
        ]
        headers = find_row_headers(table.columns)
        first = next((at for at, is_header in enumerate(headers) if not is_header), len(headers))
        caption = _div("Table Caption", [_para(_labelled(label, table.caption))])
        share = share_page(table)
        grid = _table(aligns, [width * share for width in share_widths(table)], heads, rows, first)
        return [caption, grid, *_small_print(table)]

    def chart(self, chart: Chart) -> list[Node]:
        """Return a chart as a picture with its title above and its note and source below."""
        name = f"{len(self.pictures) + 1:03}.png"
        self.pictures[name] = draw_png(chart, PNG_SCALE)
        width, height = measure_svg(draw_svg(chart))
        shown = min(width * PIXEL_MM, TEXT_WIDTH_MM)
        size = [["width", f"{shown:.1f}mm"], ["height", f"{shown * height / width:.1f}mm"]]
        return [
            _div("Chart Title", [_para(_labelled(self.labels.get(chart.id, ""), chart.title))]),
            _div("Chart", [_para([self._image(name, chart.alt, size)])]),
            *_small_print(chart),
        ]

    def _image(self, name: str, alt: str, size: list[list[str]]) -> Node:
        self.alternatives.append(alt)
        return {"t": "Image", "c": [["", [], size], [_text(alt)], [name, ""]]}


def run_pandoc(tree: OfficeTree, blocks: Sequence[Node], *, to: str, reference: bytes) -> bytes:
    """Return what Pandoc writes of the blocks, as `to` ("docx" or "odt"), with the reference document's styles."""
    import pypandoc

    language = {"t": "MetaString", "c": tree.document.language}
    source = {"pandoc-api-version": API_VERSION, "meta": {"lang": language}, "blocks": list(blocks)}
    moment = str(int(in_utc(tree.document.as_at).timestamp()))
    with TemporaryDirectory(prefix="wardmote-") as name:
        folder = Path(name)
        for picture, content in tree.pictures.items():
            (folder / picture).write_bytes(content)
        (folder / f"reference.{to}").write_bytes(reference)
        files = [f"--reference-doc=reference.{to}", f"--output=out.{to}"]
        done = subprocess.run(  # noqa: S603 - pandoc from its own wheel, our own arguments, no shell
            [pypandoc.get_pandoc_path(), "--from=json", f"--to={to}", *files],
            input=json.dumps(source, ensure_ascii=False).encode(),
            cwd=folder, env={**os.environ, "SOURCE_DATE_EPOCH": moment}, capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise WardmoteError(f"Pandoc could not write the {to}: {done.stderr.decode(errors='replace').strip()}")
        return (folder / f"out.{to}").read_bytes()


def _figures_abreast(block: KeyFigures) -> Node:
    """Return the figures beside each other, as they stand on the printed page."""
    heads = [_cell("Table Head", [_text(item.label)]) for item in block.items]
    row = [
        _cell("Table Text", [_strong([_text(item.value)]), _text(f" {item.detail}" if item.detail else "")])
        for item in block.items
    ]
    return _table(["left"] * len(row), [1 / len(row)] * len(row), heads, [row], 0)


def _inlines(children: tuple[Inline, ...]) -> list[Node]:
    return [node for child in children for node in _inline(child)]


def _inline(child: Inline) -> list[Node]:
    match child:
        case Text() | FigureRef():
            return [_text(child.text)]
        case Strong():
            return [_strong(_inlines(child.children))]
        case Emphasis():
            return [{"t": "Emph", "c": _inlines(child.children)}]
        case Link() if not child.href.startswith("#"):
            return [{"t": "Link", "c": [NO_ATTRIBUTES, _inlines(child.children), [child.href, ""]]}]
    return _inlines(child.children)


def _text(text: str) -> Node:
    return {"t": "Str", "c": text}


def _strong(children: list[Node]) -> Node:
    return {"t": "Strong", "c": children}


def _para(children: list[Node]) -> Node:
    return {"t": "Para", "c": children}


def _plain(children: list[Node]) -> Node:
    return {"t": "Plain", "c": children}


def _div(style: str, children: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], children]}


def _raw(form: str, text: str) -> Node:
    return {"t": "RawBlock", "c": [form, text]}


def _labelled(label: str, title: str) -> list[Node]:
    return [*([_text(f"{label}: ")] if label else []), _text(title)]


def _small_print(node: Table | Chart) -> list[Node]:
    """Return the note and the source as one paragraph, which no end of a page can part."""
    lines = [line for line in (node.note, f"Source: {node.source}" if node.source else "") if line]
    words = [part for line in lines for part in ({"t": "LineBreak"}, _text(line))][1:]
    return [_div("Source Note", [_para(words)])] if words else []


def _listing(block: BulletList) -> Node:
    items = [[_plain(_inlines(item))] for item in block.items]
    if block.ordered:
        return {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}
    return {"t": "BulletList", "c": items}


def _callout(block: Callout) -> Node:
    words = [_strong([_text(CALLOUT_TITLES[block.kind])]), {"t": "LineBreak"}, *_inlines(block.children)]
    return _div("Callout" if block.kind in {"note", "missing"} else "Callout Caution", [_para(words)])


def _words_of(cell: Cell) -> list[Node]:
    """Return a cell's text, as a mark where it is a status, and below it the quieter line."""
    words = [_text(cell.text)]
    if cell.state in STATUS_STATES:
        words = [_span(f"Status {cell.state.capitalize()}", [_text(f"\u00a0{cell.text}\u00a0")])]
    quiet = [_span("Table Detail", [_text(cell.detail)])] if cell.detail else []
    return [*words, *([{"t": "LineBreak"}] if cell.text and quiet else []), *quiet]


def _span(style: str, children: list[Node]) -> Node:
    return {"t": "Span", "c": [["", [], [["custom-style", style]]], children]}


def _cell(style: str, children: list[Node], align: str = "left") -> Node:
    return {"align": align, "blocks": [_div(style + (" Right" if align == "right" else ""), [_para(children)])]}


def _table(aligns: Sequence[str], widths: list[float], heads: list[Node], rows: list[list[Node]], first: int) -> Node:
    """Return a table; `first` is how many columns at its left head their row."""
    specs = [[_align(align), {"t": "ColWidth", "c": width}] for align, width in zip(aligns, widths, strict=True)]
    body = [NO_ATTRIBUTES, first, [], [_row(row) for row in rows]]
    head, foot = [NO_ATTRIBUTES, [_row(heads)]], [NO_ATTRIBUTES, []]
    return {"t": "Table", "c": [NO_ATTRIBUTES, [None, []], specs, head, [body], foot]}


def _row(cells: list[Node]) -> list[Any]:
    return [NO_ATTRIBUTES, [[NO_ATTRIBUTES, _align(cell["align"]), 1, 1, cell["blocks"]] for cell in cells]]


def _align(align: str) -> Node:
    return {"t": "AlignRight" if align == "right" else "AlignLeft"}


def _table_size(table: Table, text_width_mm: float) -> str:
    """Return the ending of the styles that let a wide table stay inside the page.

    The cells of a table that can become cards are made to wrap, so its type need not shrink with their length.
    """
    if table.cards:
        return " Small"
    characters = count_characters(table) * TEXT_WIDTH_MM / text_width_mm
    if characters <= 88:
        return ""
    return " Small" if characters <= 108 else " Tiny"


def _svg_to_png(logo: Path) -> bytes:
    import vl_convert

    return bytes(vl_convert.svg_to_png(logo.read_text(encoding="utf-8"), scale=4))
