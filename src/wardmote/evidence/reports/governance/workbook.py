"""A paper of governance as a workbook: all its words in one sheet, each table in one of its own, to filter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Chart,
    Column,
    Document,
    KeyFigures,
    Pair,
    Paragraph,
    Section,
    Table,
    number_elements,
    plain_text,
)
from wardmote.evidence.reports.writers.callouts import CALLOUT_TITLES
from wardmote.evidence.reports.writers.files import write_whole
from wardmote.evidence.reports.writers.xlsx import Book

#: The height of a line, in points.
LINE_HEIGHT = 13.5
#: How wide a sheet's columns are together, and each at least, in characters.
SHEET_WIDTH, NARROWEST = 150, 12
_HEADS = ("Part", "Below", "Says")


def write_workbook(document: Document, path: Path) -> None:
    """Write a list of contents, the words in reading order, and a sheet for each table with its numbers as numbers."""
    book, labels = Book(document), number_elements(document)
    tables = [(labels[found.id], place, _part_notes(found)) for place, found in _find_tables(document)]
    _write_contents(book, document, tables)
    _write_words(book, document)
    for name, _, table in tables:
        _write_table(book, name, table)
    write_whole(path, book.close())


def _find_tables(document: Document) -> list[tuple[str, Table]]:
    """Every table with the part that it stands in; of a chart the table that it draws, under the chart's own id."""
    found: list[tuple[str, Table]] = []
    for titles, block in _walk((*document.summary, *document.sections), ()):
        place = titles[0] if titles else "Summary"
        if isinstance(block, Table):
            found.append((place, block))
        elif isinstance(block, Chart):
            drawn = block.table
            found.append((place, Table(block.id, block.title, drawn.columns, drawn.rows, block.note, block.source)))
    return found


def _part_notes(table: Table) -> Table:
    """The table with a column for what stands below its numbers: a cell that is a number has no room for words."""
    noted = [
        any(row[at].value is not None and row[at].detail for row in table.rows) for at in range(len(table.columns))
    ]
    columns = [
        one
        for column, has_note in zip(table.columns, noted, strict=True)
        for one in ((column, Column(f"{column.title}: how", width=column.width)) if has_note else (column,))
    ]
    rows = tuple(
        tuple(
            one
            for cell, has_note in zip(row, noted, strict=True)
            for one in ((replace(cell, detail=""), Cell(cell.detail)) if has_note else (cell,))
        )
        for row in table.rows
    )
    return replace(table, columns=tuple(columns), rows=rows)


def _walk(blocks: Sequence[Block], titles: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Block]]:
    """Every block that is no section, with the headings that it stands under."""
    for block in blocks:
        if isinstance(block, Section):
            yield from _walk(block.blocks, (*titles, block.title))
        elif isinstance(block, Pair):
            yield from ((titles, chart) for chart in block.charts)
        else:
            yield titles, block


def _write_contents(book: Book, document: Document, tables: Sequence[tuple[str, str, Table]]) -> None:
    """What the workbook is, of what and for whom, then each sheet with the part of the paper that it belongs to."""
    sheet, row = book.start("Contents", document.title)
    link = book.style(font_color=document.look.primary, underline=1)
    about = [("Of", document.subtitle), ("Published by", document.publisher), ("For", document.audience)]
    for name, said in [one for one in about if one[1]]:
        sheet.write_string(row, 0, name, book.style(bold=True))
        sheet.write_string(row, 1, said, book.style())
        row += 1
    words = ("Words", "Whole paper", "What the document says beside its tables")
    listed = [words, *((name, place, table.caption) for name, place, table in tables)]
    for at, (name, place, title) in enumerate(listed, start=row + 1):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(at, 1, place, book.style())
        sheet.write_string(at, 2, title, book.style())
    for at, width in enumerate((NARROWEST + 2, 60, 80)):
        sheet.set_column(at, at, width)


def _write_words(book: Book, document: Document) -> None:
    sheet, top = book.start("Words", "What the document says beside its tables")
    book.write_head(sheet, top, [(title, False) for title in _HEADS])
    widths = (30, 40, 110)
    rows = [
        (titles[0] if titles else "Summary", "; ".join(titles[1:]), line)
        for titles, block in _walk((*document.summary, *document.sections), ())
        for line in _say(block)
    ]
    for at, row in enumerate(rows, start=top + 1):
        _write_row(book, sheet, at, [Cell(words) for words in row], widths)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)


def _say(block: Block) -> list[str]:
    """A block's words, a line each; tables and charts have sheets of their own."""
    if isinstance(block, Paragraph):
        return [plain_text(block.children)]
    if isinstance(block, BulletList):
        return [plain_text(item) for item in block.items]
    if isinstance(block, Callout):
        return [f"{CALLOUT_TITLES[block.kind]}: {plain_text(block.children)}"]
    if isinstance(block, KeyFigures):
        return [f"{item.label}: {item.value} ({item.detail})" for item in block.items]
    return []


def _write_table(book: Book, name: str, table: Table) -> None:
    sheet, top = book.start(name, table.caption)
    widths = _measure(table)
    book.write_head(sheet, top, [(column.title, column.align == "right") for column in table.columns])
    for at, cells in enumerate(table.rows, start=top + 1):
        _write_row(book, sheet, at, cells, widths)
    if table.rows:
        sheet.autofilter(top, 0, top + len(table.rows), len(table.columns) - 1)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    for at, line in enumerate((one for one in (table.note, table.source) if one), start=top + len(table.rows) + 2):
        sheet.write_string(at, 0, line, book.style())


def _measure(table: Table) -> tuple[int, ...]:
    """The widths of the columns, in characters: as on paper where they are said there, else alike."""
    share = 1 / max(len(table.columns), 1)
    return tuple(max(NARROWEST, round(SHEET_WIDTH * (column.width or share))) for column in table.columns)


def _write_row(book: Book, sheet: Any, at: int, cells: Sequence[Cell], widths: Sequence[int]) -> None:
    """One row, high enough for its longest cell: not every reader works it out on opening."""
    lines = (ceil(max(len(cell.text) + len(cell.detail), 1) / width) for cell, width in zip(cells, widths, strict=True))
    sheet.set_row(at, LINE_HEIGHT * max(lines, default=1))
    for place, cell in enumerate(cells):
        book.write_cell(sheet, at, place, cell, right=False, wrap=True)
