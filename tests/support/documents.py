"""Reading a report's tree back: all its words, and every figure that it shows."""

from collections.abc import Iterable, Iterator

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Chart,
    Document,
    FigureRef,
    Inline,
    KeyFigures,
    Paragraph,
    Provenance,
    Section,
    Table,
    Text,
    plain_text,
    walk,
    walk_document,
)


def find_section(document: Document, section_id: str) -> Section:
    """The section of that id, at whatever depth."""
    return next(b for b in walk_document(document) if isinstance(b, Section) and b.id == section_id)


def read_words(*blocks: Block) -> str:
    """Everything that the blocks say to a reader, charts by their words and tables."""
    return "\n".join(" ".join(_words(b)) for b in walk(blocks))


def _words(block: Block) -> Iterator[str]:
    match block:
        case Section():
            yield block.title
        case Paragraph() | Callout():
            yield plain_text(block.children)
        case BulletList():
            yield from (plain_text(item) for item in block.items)
        case KeyFigures():
            yield from (f"{i.label} {i.value} {i.detail}" for i in block.items)
        case Table():
            yield from (block.caption, block.note, block.source)
            yield from (cell.text for row in block.rows for cell in row)
        case Chart():
            yield from (block.title, block.alt, block.note, block.source)
            yield from _words(block.table)
        case Provenance():
            yield from (f"{e.figure_id} {e.title} {e.definition} {e.lines}" for e in block.entries)


def list_tables(blocks: Iterable[Block]) -> list[Table]:
    """Every table, those behind charts too."""
    found = []
    for block in walk(blocks):
        found += [block] if isinstance(block, Table) else [block.table] if isinstance(block, Chart) else []
    return found


def list_shown(document: Document) -> dict[str, set[str]]:
    """Every figure's id with the texts by which it is shown."""
    found: dict[str, set[str]] = {}
    for figure_id, text in _shown(walk_document(document)):
        found.setdefault(figure_id, set()).add(text)
    return found


def _shown(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        match block:
            case Paragraph() | Callout():
                yield from _referred(block.children)
            case BulletList():
                yield from (pair for item in block.items for pair in _referred(item))
            case KeyFigures():
                yield from ((i.figure_id, i.value) for i in block.items if i.figure_id)
            case Table():
                yield from _cells(cell for row in block.rows for cell in row)
            case Chart():
                yield from _cells(cell for row in block.table.rows for cell in row)
            case _:
                continue


def _cells(cells: Iterable[Cell]) -> Iterator[tuple[str, str]]:
    return ((c.figure_id, c.text) for c in cells if c.figure_id)


def _referred(children: Iterable[Inline]) -> Iterator[tuple[str, str]]:
    for child in children:
        if isinstance(child, FigureRef):
            yield child.figure_id, child.text
        elif not isinstance(child, Text):
            yield from _referred(child.children)
