"""The file that a coordinator fills: a workbook with notes, drop-downs and an example, or one flat CSV."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sources.action_plan.columns import (
    FLAT_COLUMNS,
    INDICATOR_COLUMNS,
    INDICATORS_SHEET,
    README_SHEET,
    VALUE_COLUMNS,
    VALUES_SHEET,
    Column,
)
from wardmote.evidence.sources.action_plan.example import Row, list_example_rows, list_example_values, list_flat_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WRITTEN_AT = datetime(2026, 4, 1)  # noqa: DTZ001 - a constant, so that the bytes do not change with the clock
_LAST_ROW = 5_000  # how far down the drop-downs reach
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
#: Kept as text, or a spreadsheet takes 2025-07 for a day and 85% for 0.85.
_AS_TEXT = frozenset({"id", "period", "value", "valid_from", "valid_to", "base_period", "until", "as_at", "on"})
_README_LINE = 120  # signs that fit across the two columns; merged cells do not grow by themselves
_EXAMPLE_NOTE = "The example is the plan of a fictitious area. Write over it."
_README = (
    (f"{INDICATORS_SHEET}: one row for each indicator. The Id joins it to its values and never changes.", False),
    ("When a target changes, close it with 'Target to' and add a row with the same Id, the new target and "
     "'Target from'. The other columns of that row stay empty.", False),
    (f"{VALUES_SHEET}: one row for each indicator and period. Add rows; never overwrite an earlier period.", False),
    ("Of a percentage give numerator and denominator wherever they are known: they win over a percentage typed "
     "beside them.", False),
    ("Where there is no value, leave it empty and choose state and reason. An empty cell is never a zero.", False),
    ("Columns", True),
)  # fmt: skip


def write_template(path: Path) -> None:
    """Write a plan to be filled, as .xlsx or .csv.

    Raises UsageError for another ending, and where a file is there already: it may be somebody's work.
    """
    writers = {".xlsx": _write_example, ".csv": _write_flat}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"'{path.name}' is no file of a template", expected="a name ending in .xlsx or .csv")
    if path.exists():
        raise UsageError("there is a file of this name already", where=str(path), to_do="Choose another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(writer())


def defuse(text: str) -> str:
    """Words that no spreadsheet takes for a formula; numbers with a sign stay as they are.

    >>> defuse("=1+1"), defuse("-24"), defuse("at least 5")
    ("'=1+1", '-24', 'at least 5')
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _write_flat() -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([c.heading for c in FLAT_COLUMNS])
    for row in list_flat_rows():
        writer.writerow([defuse(str(row.get(c.field, ""))) for c in FLAT_COLUMNS])
    return buffer.getvalue().encode("utf-8-sig")  # the mark by which Excel knows UTF-8


def _write_example() -> bytes:
    return build_workbook(list_example_rows(), list_example_values(), note=_EXAMPLE_NOTE)


#: A sheet beside the two of every plan: its name, columns and rows.
type MoreSheet = tuple[str, Sequence[Column], Sequence[Row]]


def build_workbook(
    rows: Sequence[Row], values: Sequence[Row], *, note: str, more: Sequence[MoreSheet] = (), lost: Sequence[str] = ()
) -> bytes:
    """A workbook with these rows, by the names of their columns. `note` says below the heading what the rows are.

    `more` are further sheets; `lost` are lines on what the workbook does not hold.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": "Action plan", "created": _WRITTEN_AT})
        _write_readme(book, note, more, lost)
        _write_table(book, INDICATORS_SHEET, INDICATOR_COLUMNS, rows)
        _write_table(book, VALUES_SHEET, VALUE_COLUMNS, values)
        for name, columns, held in more:
            _write_table(book, name, columns, held)
    return buffer.getvalue()


def _write_readme(book: "Workbook", note: str, more: Sequence[MoreSheet], lost: Sequence[str]) -> None:
    sheet = book.add_worksheet(README_SHEET)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    heading = [("What this workbook does not hold; the plan as JSON does", True)] if lost else []
    gone = [*heading, *((line, False) for line in lost)]
    lines = (("How to fill this workbook", True), (note, False), *_README[:-1], *gone, _README[-1])
    for number, (text, is_heading) in enumerate(lines):
        sheet.set_row(number, 32 if len(text) > _README_LINE else 16)
        sheet.merge_range(number, 0, number, 1, text, bold if is_heading else wrapped)
    columns = [(INDICATORS_SHEET, c) for c in INDICATOR_COLUMNS] + [(VALUES_SHEET, c) for c in VALUE_COLUMNS]
    columns += [(name, column) for name, held, _ in more for column in held]
    for number, (name, column) in enumerate(columns, start=len(lines)):
        sheet.write_string(number, 0, f"{name}: {column.heading}", wrapped)
        sheet.write_string(number, 1, _describe(column), wrapped)


def _describe(column: Column) -> str:
    return column.note + (f" One of: {', '.join(column.choices)}." if column.choices else "")


def _write_table(book: "Workbook", name: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#E8ECEF", "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    as_text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width, as_text if column.field in _AS_TEXT else plain)
        sheet.write_string(0, at, column.heading, head)
        _offer_choices(sheet, at, column)
    for number, row in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _write_cell(sheet, number, at, row.get(column.field, ""), as_text if column.field in _AS_TEXT else plain)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:Z{_LAST_ROW}"})


def _write_cell(sheet: "Worksheet", row: int, column: int, cell: str | int | float, how: Any) -> None:
    is_text = isinstance(cell, str) or how.num_format == "@"
    if cell == "":
        return
    if is_text:
        sheet.write_string(row, column, defuse(str(cell)), how)
    else:
        sheet.write_number(row, column, cell, how)


def _offer_choices(sheet: "Worksheet", at: int, column: Column) -> None:
    """A drop-down where there is something to choose, and the column's note as the cell is entered.

    A list in a workbook may have 255 signs; a longer one is only told in the note.
    """
    message = {"input_title": column.heading[:32], "input_message": _describe(column)[:255]}
    if column.choices and len(",".join(column.choices)) <= 255:
        rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
    else:
        rule = {"validate": "any"}
    sheet.data_validation(1, at, _LAST_ROW, at, rule | message)
