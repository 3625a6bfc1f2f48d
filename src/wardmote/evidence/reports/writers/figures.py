"""Which figures a document shows, where, and as what."""

from dataclasses import dataclass
from typing import Any

from wardmote.evidence.reports.document import (
    Chart,
    Document,
    FigureRef,
    KeyFigures,
    Provenance,
    Section,
    Table,
    walk_document,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure that the document shows: as what first, and in which sections."""

    figure_id: str
    title: str
    text: str
    sections: tuple[str, ...]


def find_uses(document: Document) -> dict[str, list[tuple[str, str]]]:
    """Return for each figure the top sections (id, title) that show it, in reading order."""
    uses: dict[str, list[tuple[str, str]]] = {}
    for section in _parts(document):
        for figure_id in dict.fromkeys(figure_id for figure_id, _ in find_figures(section.blocks)):
            uses.setdefault(figure_id, []).append((section.id, section.title))
    return uses


def collect_shown(document: Document) -> list[Shown]:
    """Return every shown figure once, in reading order, with the title from its provenance entry."""
    blocks = walk_document(document)
    entries = [entry for block in blocks if isinstance(block, Provenance) for entry in block.entries]
    titles = {entry.figure_id: entry.title for entry in entries}
    texts: dict[str, str] = {}
    for section in _parts(document):
        for figure_id, text in find_figures(section.blocks):
            texts.setdefault(figure_id, text)
    uses = find_uses(document)
    return [
        Shown(figure_id, titles.get(figure_id, ""), text, tuple(title for _, title in uses[figure_id]))
        for figure_id, text in texts.items()
    ]


def find_figures(node: Any) -> list[tuple[str, str]]:
    """Return (id, shown text) of the figures in blocks or inlines, in reading order."""
    match node:
        case tuple():
            return [found for child in node for found in find_figures(child)]
        case FigureRef():
            return [(node.figure_id, node.text)]
        case KeyFigures():
            return [(item.figure_id, item.value) for item in node.items if item.figure_id]
        case Table():
            return [(cell.figure_id, cell.text) for row in node.rows for cell in row if cell.figure_id]
        case Chart():
            return find_figures(node.table)
    inner = [getattr(node, name) for name in ("blocks", "children", "items", "charts") if hasattr(node, name)]
    return find_figures(inner[0]) if inner else []


def _parts(document: Document) -> tuple[Section, ...]:
    return (Section("summary", "Summary", document.summary), *document.sections)
