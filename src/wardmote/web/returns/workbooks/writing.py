"""Writing the workbook of what an agency owes."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter

from wardmote.web.foundation.design.words import say_date
from wardmote.web.returns.models import Return
from wardmote.web.returns.owing import Owed
from wardmote.web.returns.past import Past
from wardmote.web.returns.performance.value_words import say_value
from wardmote.web.returns.presenters import say_target
from wardmote.web.returns.states import ReasonCode
from wardmote.web.returns.typed import list_boxes
from wardmote.web.returns.typed_json import REPLACED, has_replaced
from wardmote.web.returns.workbooks.layout import (
    FIRST_ROW,
    FIXED,
    FORM,
    FORM_VERSION,
    KEY_SHEET,
    SHEET,
    WORDS,
    count_boxes,
    list_columns,
    list_inputs,
)

_WIDTHS = (4, 8, 40, 30, 34, 40)
_HELP = (
    "Fill in the white cells and send the file back on the page it came from. Nothing is submitted by it: "
    "you see first what would be entered. Leave rows that you do not know empty."
)

_REPLACED = f"A sign in your draft could not be read and stands as {REPLACED}: put the right one in its place."


def write_workbook(owed: Owed, pasts: Mapping[UUID, Past]) -> bytes:
    """The workbook as bytes: keys locked, text never a formula."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet(SHEET)
    boxes = count_boxes(ret.indicator for ret in owed.returns)
    looks = _make_looks(book)
    _write_head(sheet, owed, boxes, looks)
    for at, ret in enumerate(owed.returns):
        _write_row(sheet, FIRST_ROW + at, ret, pasts[ret.pk], boxes=boxes, looks=looks)
    _offer_reasons(sheet, len(owed.returns), boxes)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _write_key(book, owed)
    book.close()
    return out.getvalue()


def _make_looks(book: Any) -> dict[str, Any]:
    wrap = {"text_wrap": True, "valign": "top"}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "bg_color": "#d9e2e5", **wrap}),
        "fixed": book.add_format({"bg_color": "#eef2f3", **wrap}),
        "open": book.add_format({"locked": False, "border": 1, **wrap}),
        "none": book.add_format({"bg_color": "#d0d0d0"}),
    }


def _write_head(sheet: Any, owed: Owed, boxes: int, looks: Mapping[str, Any]) -> None:
    sheet.write_string(0, 1, f"Returns of {owed.organisation.name} for {owed.quarter.period}", looks["title"])
    replaced = f" {_REPLACED}" if any(has_replaced(ret.draft) for ret in owed.returns) else ""
    sheet.write_string(1, 1, f"Due {say_date(owed.due_on)}. {_HELP}{replaced}")
    for at, column in enumerate(list_columns(boxes)):
        sheet.write_string(FIRST_ROW - 1, at, column, looks["head"])
        sheet.set_column(at, at, _WIDTHS[at] if at < len(_WIDTHS) else 16 if at < len(FIXED) + boxes else 32)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.freeze_panes(FIRST_ROW, 3)


def _write_row(sheet: Any, row: int, ret: Return, past: Past, *, boxes: int, looks: Mapping[str, Any]) -> None:
    inputs = list_inputs(ret.indicator)
    last = "; ".join(f"{value.period}: {say_value(value)}" for value in past.last_values)
    what = "\n".join(f"Box {at + 1}: {label}" for at, label in enumerate(inputs))
    fixed = (str(ret.pk), ret.indicator.ref, ret.indicator.title, say_target(past, ret.quarter.ends_on), last, what)
    for at, text in enumerate(fixed):
        sheet.write_string(row, at, text, looks["fixed"])
    typed = _list_typed(ret)
    for at in range(boxes):
        look = looks["open"] if at < len(inputs) else looks["none"]
        sheet.write_string(row, len(FIXED) + at, typed[at] if at < len(typed) else "", look)
    for at, (name, _) in enumerate(WORDS):
        text = str(ret.draft.get(name, ""))
        label = ReasonCode(text).label if name == "reason_code" and text in ReasonCode.values else text
        sheet.write_string(row, len(FIXED) + boxes + at, str(label), looks["open"])


def _list_typed(ret: Return) -> list[str]:
    """What the draft holds already, box by box."""
    if ret.indicator.shape == "checklist":
        done = set(ret.draft.get("checks", ()))
        return ["yes" if str(at) in done else "" for at in range(len(ret.indicator.part_names))]
    names = ["status"] if ret.indicator.shape == "status" else [name for name, _ in list_boxes(ret.indicator)]
    return [str(ret.draft.get(name, "")) for name in names]


def _offer_reasons(sheet: Any, rows: int, boxes: int) -> None:
    """The reasons to choose from; a list of its own, because Excel's list in a cell ends at 255 characters."""
    for at, label in enumerate(ReasonCode.labels):
        sheet.write_string(at, 200, str(label))
    sheet.set_column(200, 200, None, None, {"hidden": True})
    column = len(FIXED) + boxes
    source = f"=$GS$1:$GS${len(ReasonCode.labels)}"
    sheet.data_validation(FIRST_ROW, column, FIRST_ROW + rows, column, {"validate": "list", "source": source})


def _write_key(book: Any, owed: Owed) -> None:
    """Whose workbook it is, by which one of another agency, partnership or quarter is refused."""
    key = book.add_worksheet(KEY_SHEET)
    keys = (FORM, FORM_VERSION, owed.quarter.partnership_id, owed.quarter.pk, owed.organisation.pk)
    for row, text in enumerate(keys):
        key.write_string(row, 0, str(text))
    key.protect()
    key.hide()
