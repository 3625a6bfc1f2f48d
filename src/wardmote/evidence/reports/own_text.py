"""Our own report as the checker reads other people's: the same blocks and tables, so that one machine judges both."""

from collections.abc import Iterable, Iterator

from wardmote.evidence.claims.check import Checked, check_documents
from wardmote.evidence.claims.text import Block, BlockKind, Place, TextDocument
from wardmote.evidence.claims.text import Table as TextTable
from wardmote.evidence.reports.document import Block as ReportBlock
from wardmote.evidence.reports.document import (
    BulletList,
    Callout,
    Document,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    plain_text,
    walk,
    walk_document,
)


def check_own(document: Document, *, name: str = "assessment") -> Checked:
    """Check a report that we built: every figure and every word, by the rules for everybody's reports."""
    return check_documents([to_text(document, name=name)])


def check_blocks(blocks: Iterable[ReportBlock], *, name: str = "assessment") -> Checked:
    """Check a part of a report by the same rules, before the whole is built."""
    return check_documents([_read_blocks(walk(blocks), name)])


def to_text(document: Document, *, name: str = "assessment") -> TextDocument:
    """The words and tables of a report in reading order. Charts and the provenance list repeat figures and stay out."""
    return _read_blocks(walk_document(document), name)


def _read_blocks(blocks: Iterable[ReportBlock], name: str) -> TextDocument:
    parts: list[Block | TextTable] = []
    tables = 0
    for block in blocks:
        if isinstance(block, Table):
            parts.append(_read_table(block, name, tables))
            tables += 1
        else:
            for kind, text in _read_words(block):
                parts.append(Block(kind, text, Place(name, paragraph=len(parts))))
    return TextDocument(name, "report", tuple(parts))


def _read_words(block: ReportBlock) -> Iterator[tuple[BlockKind, str]]:
    if isinstance(block, Section):
        yield "heading", block.title
    elif isinstance(block, Paragraph | Callout):
        yield "paragraph", plain_text(block.children)
    elif isinstance(block, BulletList):
        for item in block.items:
            yield "item", plain_text(item)
    elif isinstance(block, KeyFigures):
        for figure in block.items:
            yield "paragraph", f"{figure.label}: {figure.value}. {figure.detail}".strip()


def _read_table(table: Table, name: str, number: int) -> TextTable:
    texts = [[column.title for column in table.columns], *([cell.text for cell in row] for row in table.rows)]
    rows = tuple(
        tuple(Block("cell", text, Place(name, table=number, row=r, column=c)) for c, text in enumerate(row))
        for r, row in enumerate(texts)
    )
    return TextTable(rows, Place(name, table=number), header_rows=1, header_columns=1, caption=table.caption)
