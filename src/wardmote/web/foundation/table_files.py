"""A table that leaves the house, as CSV or as a workbook, in which no cell is run as a formula."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import Http404, HttpResponse

#: With these a cell begins that a spreadsheet takes for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDEST = 48
_SHEET_NAME_LENGTH = 31

Row = Sequence[Any]


def disarm_cell(cell: Any) -> Any:
    """Text that would be run as a formula gets an apostrophe before it; numbers and dates stay what they are.

    >>> disarm_cell("=1+1"), disarm_cell("  @cmd"), disarm_cell(-3.5), disarm_cell("Medway"), disarm_cell(None)
    ("'=1+1", "'  @cmd", -3.5, 'Medway', '')
    """
    is_armed = isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA_STARTS)
    return f"'{cell}" if is_armed else "" if cell is None else cell


def write_csv(headings: Sequence[str], rows: Iterable[Row], *, title: str = "") -> bytes:
    """The table as CSV, in UTF-8 with the mark by which a spreadsheet knows it. `title` is the workbook's only."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([disarm_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_workbook(headings: Sequence[str], rows: Iterable[Row], *, title: str = "Table") -> bytes:
    """The table as a workbook of one sheet, its head fixed, text as text."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet(title[:_SHEET_NAME_LENGTH])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#d9e2e5"})
        looks = {
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"}),
        }
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, head)
        widths = [len(heading) for heading in headings]
        for number, row in enumerate(rows, start=1):
            for at, cell in enumerate(row):
                _write_cell(sheet, number, at, cell, looks)
                widths[at] = max(widths[at], len(str(cell if cell is not None else "")))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(max(width + 2, 8), _WIDEST))
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write_cell(sheet: Any, row: int, column: int, cell: Any, looks: Mapping[str, Any]) -> None:
    if isinstance(cell, bool | str):
        sheet.write_string(row, column, str(disarm_cell(str(cell))), looks["text"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, looks["date"])
    elif cell is not None:
        sheet.write_number(row, column, cell)


#: By the ending of the file: what writes it, and its type.
_KINDS: Mapping[str, tuple[Callable[..., bytes], str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def answer_table(kind: str, headings: Sequence[str], rows: Iterable[Row], *, name: str, title: str) -> HttpResponse:
    """The table as a file to be saved; 404 for a kind that is neither csv nor xlsx."""
    if kind not in _KINDS:
        raise Http404
    write, content_type = _KINDS[kind]
    response = HttpResponse(write(headings, rows, title=title), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
