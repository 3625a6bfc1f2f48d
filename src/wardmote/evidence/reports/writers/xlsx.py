"""The tables of an assessment as a workbook: numbers as numbers, one table to a sheet, every marker explained.

No cell is ever a formula: words that begin with = + - or @ come from partners' files and are written as words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from wardmote.evidence.reports.document import (
    Cell,
    Chart,
    Document,
    Entry,
    Provenance,
    Table,
    number_elements,
    walk_document,
)
from wardmote.evidence.reports.writers.cells import explain_markers, find_number_format
from wardmote.evidence.reports.writers.figures import Shown, collect_shown
from wardmote.evidence.reports.writers.files import in_utc, pack, say_date, unpack, write_whole

#: Columns are at least and at most this many characters wide.
NARROWEST, WIDEST = 9, 60
MUTED = "#4d5660"
#: How a status mark is drawn; its letter and shape say the same.
MARKS: dict[str, dict[str, Any]] = {
    "green": {"bg_color": "#1b6b3a", "font_color": "#ffffff", "bold": True},
    "amber": {"bg_color": "#ffc53d", "font_color": "#1b1f23", "bold": True},
    "red": {"bg_color": "#9b1c1c", "font_color": "#ffffff", "bold": True},
    "grey": {"bg_color": "#e8ebee", "font_color": "#3d454d", "bold": True},
}


def write_xlsx(document: Document, path: Path) -> None:
    """Write the tables, the data of the charts, the shown figures and where they come from as a workbook."""
    labels = number_elements(document)
    book = Book(document)
    elements = [block for block in walk_document(document) if isinstance(block, Chart | Table)]
    tables = [_Sheet(labels[element.id], *_table_of(element)) for element in elements]
    figures = collect_shown(document)
    entries = [entry for block in walk_document(document) if isinstance(block, Provenance) for entry in block.entries]
    book.write_contents([*tables, _Sheet("Figures", "Every shown figure, with its id"), _Sheet("Sources", SOURCES)])
    for sheet in tables:
        book.write_table(sheet)
    book.write_figures(figures)
    book.write_sources(entries)
    write_whole(path, book.close())


def write_xlsx_element(document: Document, element: Chart | Table, path: Path) -> None:
    """Write one table, or the data of one chart, as a workbook of one sheet."""
    book = Book(document)
    book.write_table(_Sheet(number_elements(document).get(element.id, "Table"), *_table_of(element)))
    write_whole(path, book.close())


SOURCES = "Where each figure comes from"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet to be written: its name, the title on it, its table, and what stands below."""

    name: str
    title: str
    table: Table | None = None
    notes: tuple[str, ...] = ()


def _table_of(block: Chart | Table) -> tuple[str, Table, tuple[str, ...]]:
    """Return the title, the table and the notes of a table or a chart."""
    table = block.table if isinstance(block, Chart) else block
    title = block.title if isinstance(block, Chart) else block.caption
    notes = [block.note, table.note] if isinstance(block, Chart) else [table.note]
    source = block.source or table.source
    lines = [*notes, *([f"Source: {source}"] if source else []), *explain_markers(table)]
    return title, table, tuple(dict.fromkeys(line for line in lines if line))


class Book:
    """The workbook while it is written."""

    def __init__(self, document: Document) -> None:
        import xlsxwriter

        self.document = document
        self.buffer = BytesIO()
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        }  # fmt: skip
        self.book = xlsxwriter.Workbook(self.buffer, options)
        moment = in_utc(document.as_at).replace(tzinfo=None)
        self.book.set_properties({
            "title": document.title, "subject": document.subtitle, "author": document.publisher,
            "company": document.publisher, "comments": document.marking or "", "created": moment,
        })  # fmt: skip
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def style(self, **properties: Any) -> Any:
        """Return a cell format, the same one for the same properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            font = {"font_name": self.document.look.office_font, "font_size": 10, "valign": "top"}
            self.formats[key] = self.book.add_format(font | properties)
        return self.formats[key]

    def start(self, name: str, title: str) -> tuple[Any, int]:
        """Return a new sheet with its title, area, period and marking, and the next free row."""
        sheet = self.book.add_worksheet(name)
        document = self.document
        heading = self.style(bold=True, font_size=14, font_color=document.look.primary)
        sheet.write_string(0, 0, title, heading)
        known = [part for part in (document.area_name, document.period_title) if part]
        about = f"{'. '.join([*known, f'{document.dated} {say_date(document.as_at)}'])}."
        lines = [about, *([document.marking] if document.marking else [])]
        for row, line in enumerate(lines, start=1):
            sheet.write_string(row, 0, line, self.style(font_color=MUTED))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(f"&L{_in_footer(document.marking or document.publisher)}&RPage &P of &N")
        return sheet, len(lines) + 2

    def write_contents(self, sheets: Sequence[_Sheet]) -> None:
        sheet, row = self.start("Contents", self.document.title)
        link = self.style(font_color=self.document.look.primary, underline=1)
        for at, listed in enumerate(sheets, start=row):
            sheet.write_url(at, 0, f"internal:'{listed.name}'!A1", link, listed.name)
            sheet.write_string(at, 1, listed.title, self.style())
        set_widths(sheet, [[listed.name, listed.title] for listed in sheets])

    def write_table(self, listed: _Sheet) -> None:
        """Write one table: head frozen, numbers as numbers, then its notes, source and markers."""
        sheet, top = self.start(listed.name, listed.title)
        table = listed.table or Table("", "", (), ())
        self.write_head(sheet, top, [(column.title, column.align == "right") for column in table.columns])
        for at, cells in enumerate(table.rows, start=top + 1):
            for place, cell in enumerate(cells):
                self.write_cell(sheet, at, place, cell, right=table.columns[place].align == "right")
        for at, line in enumerate(listed.notes, start=top + len(table.rows) + 2):
            sheet.write_string(at, 0, line, self.style(font_color=MUTED))
        titles = [column.title for column in table.columns]
        set_widths(sheet, [titles, *([cell.text for cell in cells] for cells in table.rows)])

    def write_head(self, sheet: Any, row: int, columns: Sequence[tuple[str, bool]]) -> None:
        """Write the head row, keep it in view and repeat it on each printed page."""
        for place, (title, right) in enumerate(columns):
            head = self.style(
                bold=True, text_wrap=True, valign="bottom", bottom=2, align="right" if right else "left",
                bottom_color=self.document.look.primary,
            )  # fmt: skip
            sheet.write_string(row, place, title, head)
        sheet.freeze_panes(row + 1, 1 if len(columns) > 1 else 0)
        sheet.repeat_rows(row)

    def write_cell(
        self, sheet: Any, row: int, place: int, cell: Cell, *, right: bool, wrap: bool = False
    ) -> None:  # fmt: skip
        """Write a number as a number, shown as in the document; all else as words, in several lines with `wrap`."""
        look: dict[str, Any] = {"align": "right"} if right else {"text_wrap": True} if wrap else {}
        if cell.state in {"provisional", "projected"}:
            look["italic"] = True
        if cell.value is None or cell.state in {"suppressed", "missing"}:
            muted = {"font_color": MUTED} if cell.state in {"suppressed", "missing"} else {}
            words = "; ".join(part for part in (cell.text, cell.detail) if part)
            sheet.write_string(row, place, words, self.style(**look, **(muted or MARKS.get(cell.state, {}))))
        else:
            shape = find_number_format(cell.text, cell.value)
            sheet.write_number(row, place, shape.value, self.style(num_format=shape.format, **look))

    def write_figures(self, figures: Iterable[Shown]) -> None:
        """Write every shown figure with its id, what it is called and where it is shown."""
        rows = [[shown.figure_id, shown.title, shown.text, "; ".join(shown.sections)] for shown in figures]
        heads = [("Figure id", False), ("What it is", False), ("Shown as", True), ("Shown in", False)]
        self.write_rows("Figures", "Every shown figure, with its id", heads, rows)

    def write_sources(self, entries: Iterable[Entry]) -> None:
        """Write the provenance: one row for each line of each figure's entry."""
        rows = [
            [entry.figure_id, entry.title, name, text]
            for entry in entries
            for name, text in (("Definition", entry.definition), *entry.lines)
            if text
        ]
        heads = [("Figure id", False), ("Figure", False), ("What", False), ("Says", False)]
        self.write_rows("Sources", SOURCES, heads, rows)

    def write_rows(self, name: str, title: str, heads: list[tuple[str, bool]], rows: list[list[str]]) -> None:
        sheet, top = self.start(name, title)
        self.write_head(sheet, top, heads)
        for at, row in enumerate(rows, start=top + 1):
            for place, text in enumerate(row):
                sheet.write_string(at, place, text, self.style(text_wrap=place == len(row) - 1))
        set_widths(sheet, [[title for title, _ in heads], *rows])

    def close(self) -> bytes:
        """Return the workbook's bytes, the same for the same document."""
        self.book.close()
        return pack(unpack(self.buffer.getvalue()))


def _in_footer(text: str) -> str:
    return text.replace("&", "&&")


def set_widths(sheet: Any, rows: Sequence[Sequence[str]]) -> None:
    for place in range(max((len(row) for row in rows), default=0)):
        longest = max(len(row[place]) for row in rows if place < len(row))
        sheet.set_column(place, place, min(max(longest + 2, NARROWEST), WIDEST))
