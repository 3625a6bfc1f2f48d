"""A report as a tree of values, before any format: what it says, in what order, and where each number comes from.

Writers walk this tree; nothing in it knows HTML, Word or paper. A shown value is a `FigureRef` (or a `Cell` or
`KeyFigure` with a `figure_id`), so every writer can lead the reader to the figure's entry in the provenance list.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from wardmote.evidence.reports.look import DEFAULT_LOOK, Look

Align = Literal["left", "right"]
CalloutKind = Literal["note", "caution", "missing", "break"]
ChartKind = Literal["chart", "map"]
Tone = Literal["neutral", "good", "bad", "caution"]
#: States of a cell that writers draw as a status mark.
STATUS_STATES = ("green", "amber", "red", "grey")


@dataclass(frozen=True, slots=True)
class Text:
    """Words, as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry weight."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with stress, or the title of a work."""

    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead elsewhere: an address, or `#id` inside the document."""

    href: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A shown value that links to its entry in the provenance list."""

    figure_id: str
    text: str


Inline = Text | Strong | Emphasis | Link | FigureRef
InlineLike = str | Inline | Sequence[str | Inline]


@dataclass(frozen=True, slots=True)
class Section:
    """A part with a heading; nesting gives the level. The document's title is level 1, its sections level 2.

    With `begins_page` it stands at the top of a page wherever there are pages.
    """

    id: str
    title: str
    blocks: tuple["Block", ...]
    begins_page: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items in a list; `ordered` where the order is part of what is said."""

    items: tuple[tuple[Inline, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One number at a glance. `tone` colours it; the words in `detail` must say the same without colour."""

    label: str
    value: str
    detail: str = ""
    figure_id: str | None = None
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share of the table's width (0 to 1); None lets the writer judge."""

    title: str
    align: Align = "left"
    width: float | None = None
    row_header: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the text to show, and beside it the number itself for workbooks and CSV.

    `detail` is a second, quieter line. A `state` of `STATUS_STATES` makes the text a status mark: its letter and shape
    must say without colour what the colour says.
    """

    text: str
    figure_id: str | None = None
    value: float | None = None
    state: str = "actual"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. With `cards` each row becomes a card where the screen is narrow, instead of scrolling in its frame."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    source: str = ""
    cards: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of data: a Vega-Lite specification, the same in words (`alt`) and the same in numbers (`table`)."""

    id: str
    title: str
    spec: dict[str, Any]
    alt: str
    table: Table
    note: str = ""
    source: str = ""
    kind: ChartKind = "chart"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two narrow charts that stand side by side where the page has room, one above the other where it has not."""

    charts: tuple[Chart, Chart]


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark set apart: a note, a caution, something missing, a break in the series."""

    kind: CalloutKind
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one figure comes from: its definition, then labelled lines (counts, sources, rows, loads)."""

    figure_id: str
    title: str
    definition: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    entries: tuple[Entry, ...]


Block = Section | Paragraph | BulletList | KeyFigures | Table | Chart | Pair | Callout | Provenance


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `marking`, where there is one, is printed on every page; `landscape` pages lie on their side.

    Without `has_contents` there is no list of contents, and the first section stands below the title. `dated` is how
    the day `as_at` is called. `is_dense`: printed in smaller type and closer, where a part is to fit one page.
    """

    title: str
    subtitle: str
    area_name: str
    period_title: str
    publisher: str
    as_at: datetime
    audience: str
    sections: tuple[Section, ...]
    summary: tuple[Block, ...] = ()
    marking: str | None = None
    language: str = "en-GB"
    look: Look = DEFAULT_LOOK
    landscape: bool = False
    has_contents: bool = True
    dated: str = "Data as at"
    is_dense: bool = False


def inline(words: InlineLike) -> tuple[Inline, ...]:
    """Return words as inlines, whether given as a string, one inline or a mixture.

    >>> inline(["Crime ", Strong((Text("fell"),))])
    (Text(text='Crime '), Strong(children=(Text(text='fell'),)))
    """
    parts: Iterable[str | Inline] = [words] if isinstance(words, str | Inline) else words
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def plain_text(children: Iterable[Inline]) -> str:
    """Return inlines as bare words."""
    return "".join(_plain(child) for child in children)


def _plain(child: Inline) -> str:
    return child.text if isinstance(child, Text | FigureRef) else plain_text(child.children)


def anchor_of(figure_id: str) -> str:
    """Return the HTML id of a figure's provenance entry: readable, and never the same for two figures.

    >>> anchor_of("crime_count:E06000035:2021/22")
    'figure-crime_count-E06000035-2021-22-5c6b47'
    """
    words = re.sub(r"[^A-Za-z0-9_]+", "-", figure_id).strip("-")
    return f"figure-{words}-{hashlib.sha256(figure_id.encode()).hexdigest()[:6]}"


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block in reading order, a section or pair before what it holds."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from walk(block.blocks)
        elif isinstance(block, Pair):
            yield from block.charts


def walk_document(document: Document) -> Iterator[Block]:
    """Yield every block of a document, the summary first."""
    yield from walk(document.summary)
    yield from walk(document.sections)


def number_elements(document: Document) -> dict[str, str]:
    """Return what each chart, map and table is called ("Chart 3"), by its id, numbered in reading order."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for block in walk_document(document):
        if isinstance(block, Chart | Table):
            kind = "Table" if isinstance(block, Table) else block.kind.capitalize()
            counts[kind] = counts.get(kind, 0) + 1
            labels[block.id] = f"{kind} {counts[kind]}"
    return labels
