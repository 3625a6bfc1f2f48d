"""The assessment as one web page that needs nothing else: no script, no network, no second file."""

import base64
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from wardmote.evidence.reports.document import (
    STATUS_STATES,
    Chart,
    Document,
    Entry,
    Provenance,
    Section,
    Table,
    anchor_of,
    number_elements,
    walk_document,
)
from wardmote.evidence.reports.look import Look
from wardmote.evidence.reports.writers.callouts import CALLOUT_TITLES
from wardmote.evidence.reports.writers.columns import find_row_headers, share_page
from wardmote.evidence.reports.writers.figures import find_uses
from wardmote.evidence.reports.writers.files import ASSETS, FONTS, read_family, say_date, write_whole
from wardmote.evidence.reports.writers.pictures import draw_svg, measure_svg, prepare_for_page

#: Faces that a page carries: (file, weight range, style). Semi-bold serves everything heavier than regular.
FACES = (
    ("WardmoteSans-Regular.woff2", "400", "normal"),
    ("WardmoteSans-Italic.woff2", "400", "italic"),
    ("WardmoteSans-SemiBold.woff2", "500 700", "normal"),
)
MEDIA_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def write_html(document: Document, path: Path) -> None:
    """Write the document as one self-contained page."""
    write_whole(path, render_html(document).encode("utf-8"))


def render_html(document: Document) -> str:
    """Return the document as one self-contained page."""
    style = _render_style(document)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _Page(document)
    written: str = _environment().get_template("report.html").render(
        document=document, page=page, style=style, style_hash=f"sha256-{digest}", as_at=say_date(document.as_at),
        logo=_logo_address(document),
    )  # fmt: skip
    return written


@dataclass
class _Page:
    """What the template asks while it writes: labels, pictures, and which figures have been shown where."""

    document: Document
    labels: dict[str, str] = field(init=False)
    anchors: dict[str, str] = field(init=False)
    section: str = ""
    shown: set[tuple[str, str]] = field(default_factory=set)
    uses: dict[str, list[tuple[str, str]]] = field(init=False)

    def __post_init__(self) -> None:
        blocks = list(walk_document(self.document))
        entries = [entry for block in blocks if isinstance(block, Provenance) for entry in block.entries]
        self.labels = number_elements(self.document)
        self.anchors = {entry.figure_id: anchor_of(entry.figure_id) for entry in entries}
        self.uses = find_uses(self.document)

    def enter(self, section_id: str) -> str:
        """Note which top section is being written. Returns nothing to print."""
        self.section = section_id
        return ""

    def use_id(self, figure_id: str) -> str:
        """Return the id for the first showing of a figure in a section, which its entry leads back to."""
        key = (figure_id, self.section)
        if key in self.shown:
            return ""
        self.shown.add(key)
        return f"use-{self.section}-{self.anchors[figure_id]}"

    def used_in(self, entry: Entry) -> list[tuple[str, str]]:
        """Return (id, section title) of each section that shows the figure."""
        anchor = self.anchors[entry.figure_id]
        return [(f"use-{section}-{anchor}", title) for section, title in self.uses.get(entry.figure_id, [])]

    def picture(self, chart: Chart) -> dict[str, Any]:
        from markupsafe import Markup

        svg = draw_svg(chart)
        drawn = prepare_for_page(svg, prefix=f"picture-{chart.id}", title=chart.title, description=chart.alt)
        return {"svg": Markup(drawn), "wide": measure_svg(svg)[0] > 480}  # noqa: S704 - our own drawing, rewritten

    def is_narrow(self, table: Table) -> bool:
        return share_page(table) < 1

    def row_headers(self, table: Table) -> list[bool]:
        return find_row_headers(table.columns)


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS / "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["section"] = lambda node: isinstance(node, Section)
    environment.filters["kind"] = lambda node: type(node).__name__
    environment.globals |= {"callout_titles": CALLOUT_TITLES, "status_states": STATUS_STATES}
    return environment


def _render_style(document: Document) -> str:
    """Return the style sheet with the look's colours, the fonts, and the marking for the printed page."""
    lying = "@page{size:A4 landscape}" if document.landscape else ""
    printed = lying + (
        f"@page{{@top-left{{content:{_css_string(document.marking or '')}}}"
        f"@bottom-left{{content:{_css_string(document.title)}}}}}\n"
    )
    return render_style(document.look) + printed


def render_style(look: Look) -> str:
    """Return the style sheet that every page of the house wears: the look's colours, the fonts, the rules."""
    colours = f":root{{--primary:{look.primary};--accent:{look.accent};--family:'{read_family()}'}}\n"
    return _font_faces() + colours + (ASSETS / "html" / "report.css").read_text(encoding="utf-8")


def _css_string(text: str) -> str:
    """Return text as a CSS string that can end neither itself nor the style element."""
    safe = "".join(char if char.isalnum() or char in " ,.:;()-–—" else f"\\{ord(char):x} " for char in text)
    return f'"{safe}"'


@cache
def _font_faces() -> str:
    family = read_family()
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};font-display:swap;"
        f"src:url(data:font/woff2;base64,{base64.b64encode((FONTS / name).read_bytes()).decode()}) format('woff2')}}\n"
        for name, weight, style in FACES
    )


def _logo_address(document: Document) -> str:
    logo = document.look.logo
    if logo is None:
        return ""
    return f"data:{MEDIA_TYPES[logo.suffix.lower()]};base64,{base64.b64encode(logo.read_bytes()).decode()}"
