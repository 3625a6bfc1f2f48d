"""Reading a workbook that came back: whose it is, what each row would enter, and every fault by its cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from uuid import UUID

from python_calamine import CalamineError, CalamineWorkbook

from wardmote.evidence.interface import check_sheet_extents, list_error_cells
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.web.plans.interface import ReturnShape
from wardmote.web.returns.models import Return
from wardmote.web.returns.policies import can_edit
from wardmote.web.returns.states import ReasonCode
from wardmote.web.returns.typed import (
    PROVISIONAL,
    STATUS_WORDS,
    TICKED,
    join_line_ends,
    list_boxes,
    may_be_provisional,
    read_boxes,
    say_too_long,
)
from wardmote.web.returns.workbooks.layout import (
    FIRST_ROW,
    FIXED,
    FORM,
    FORM_VERSION,
    KEY_SHEET,
    NO,
    SHEET,
    WORDS,
    YES,
    list_inputs,
)

_FURTHEST_ROW, _FURTHEST_COLUMN = 2_000, 300  # the reader makes room for all of it, however little it holds
_MOST_DIGITS = 1e15  # a larger number has no digits after the point, and is written with an exponent
_MOST_BYTES = 40 * 1024 * 1024  # unpacked: a workbook of sixty returns has a thousandth of it


@dataclass(slots=True)
class ReadSheet:
    """What a workbook holds: rows that would be entered, and rows that were refused, each with its fault's cell."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, str]] = field(default_factory=list)


def read_key(content: bytes) -> tuple[UUID, UUID, UUID]:
    """Whose workbook it is: partnership, quarter, organisation. Raises UnreadableInputError for any other file."""
    cells = _read_cells(content, KEY_SHEET)
    texts = [str(row[0]).strip() if row else "" for row in cells[:5]]
    if texts[:1] != [FORM] or len(texts) < 5:
        raise UnreadableInputError("this is no workbook of returns", to_do="Use the one that you downloaded here")
    if texts[1] not in (FORM_VERSION, f"{FORM_VERSION}.0"):
        raise UnreadableInputError("the workbook is of another form", to_do="Download it anew")
    try:
        return UUID(texts[2]), UUID(texts[3]), UUID(texts[4])
    except ValueError:
        raise UnreadableInputError("the workbook's keys were changed", to_do="Download it anew") from None


def _read_cells(content: bytes, name: str) -> list[list[Any]]:
    """The cells of a sheet from its first cell on. Raises UnreadableInputError where there is none to read."""
    check_sheet_extents(
        content, label="the workbook", rows=_FURTHEST_ROW, columns=_FURTHEST_COLUMN, unpacked_bytes=_MOST_BYTES
    )
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError) as error:
        raise UnreadableInputError(
            "this is no workbook of returns", to_do="Use the one that you downloaded here"
        ) from error
    return rows


def read_sheet(content: bytes, returns: Mapping[UUID, Return]) -> ReadSheet:
    """Every row of the workbook, held against the returns that the agency has in the quarter."""
    found = ReadSheet()
    cells = _read_cells(content, SHEET)
    broken = _group_by_row(list_error_cells(content, SHEET))
    boxes = _count_boxes(cells)
    seen: set[UUID] = set()
    for at, row in enumerate(cells[FIRST_ROW:], start=FIRST_ROW):
        texts, errors = [_write_text(cell) for cell in row], broken.get(at, {})
        mine = range(len(FIXED), len(FIXED) + boxes + len(WORDS))
        texts += [""] * (mine.stop - len(texts))
        wrong = {column: errors[column] for column in mine if column in errors}
        if wrong or any(texts[column] for column in mine):
            _read_row(found, texts, at, boxes=boxes, wrong=wrong, returns=returns, seen=seen)
    return found


def _group_by_row(errors: Mapping[tuple[int, int], str]) -> dict[int, dict[int, str]]:
    """The cells that hold an error ("#DIV/0!"), which the reader gives as empty: row, column, error."""
    rows: dict[int, dict[int, str]] = {}
    for (at, column), text in errors.items():
        rows.setdefault(at, {})[column] = text
    return rows


def _count_boxes(cells: Sequence[Sequence[Any]]) -> int:
    """How many numbered boxes the head has. Raises UnreadableInputError where the head was changed."""
    head = [str(cell) for cell in cells[FIRST_ROW - 1]] if len(cells) >= FIRST_ROW else []
    boxes = sum(name.startswith("Box ") for name in head)
    wanted = [*FIXED, *(f"Box {at + 1}" for at in range(boxes)), *(label for _, label in WORDS)]
    if not boxes or head[: len(wanted)] != wanted:
        raise UnreadableInputError("the head of the workbook was changed", to_do="Download it anew")
    return boxes


def _read_row(
    found: ReadSheet, texts: list[str], at: int, *, boxes: int, wrong: Mapping[int, str],
    returns: Mapping[UUID, Return], seen: set[UUID],
) -> None:  # fmt: skip
    """Take one row, or say cell by cell why not. `wrong` are the cells, by column, that hold a formula's error."""
    own = range(len(FIXED), len(FIXED) + boxes + len(WORDS))
    typed = " | ".join(text for column in own if (text := wrong.get(column) or texts[column]))
    ret = returns.get(_read_uuid(texts[0]))  # type: ignore[arg-type]
    fault = _find_fault(ret, seen)
    if ret is None or fault:
        found.refused.append({"cell": f"A{at + 1}", "ref": texts[1], "found": fault, "typed": typed})
        return
    seen.add(ret.pk)
    fields, faults = _read_fields(ret, texts, boxes)
    faults = [(column, text) for column, text in faults if column not in wrong]
    faults += [
        (column, f"the cell holds the error {text}: mend its formula, or type it") for column, text in wrong.items()
    ]
    found.refused += [
        {"cell": f"{_name_column(column)}{at + 1}", "ref": ret.indicator.ref, "found": text, "typed": typed}
        for column, text in faults
    ]
    if fields and not faults:
        found.rows.append({"return": str(ret.pk), "ref": ret.indicator.ref, "fields": fields})


def _find_fault(ret: Return | None, seen: set[UUID]) -> str:
    if ret is None:
        return "this row is none of what your agency owes in this quarter"
    if ret.pk in seen:
        return "this return stands twice in the workbook"
    return "" if can_edit(ret) else "this return has been submitted already: withdraw it first"


def _read_fields(ret: Return, texts: list[str], boxes: int) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The boxes of a row as they would be typed, with the faults by column."""
    first = len(FIXED)
    fields, faults = _read_inputs(ret, texts[first : first + boxes])
    for place, (name, _) in enumerate(WORDS):
        typed, fault = _read_word(ret, name, texts[first + boxes + place])
        fault = fault or say_too_long(typed or "")
        if fault:
            faults.append((boxes + place, fault))
        elif typed is not None:
            fields[name] = typed
    return fields, [(first + column, text) for column, text in faults]


def _read_word(ret: Return, name: str, text: str) -> tuple[str | None, str]:
    """A cell beside the numbered boxes as it would be typed, or None where it says nothing; and what is wrong."""
    if not text:
        return None, ""
    if name == "reason_code":
        code = {str(label).casefold(): str(value) for value, label in ReasonCode.choices}.get(text.casefold())
        return code, "" if code else "choose one of the reasons that the cell offers"
    return _read_tick(ret, text) if name == PROVISIONAL else (text, "")


def _read_tick(ret: Return, text: str) -> tuple[str | None, str]:
    """Whether the number is provisional; "no" takes a tick away, and says nothing where there is none."""
    word = text.casefold()
    if word not in YES | NO:
        return None, f"“{text[:40]}” is neither yes nor no"
    if word in NO:
        return "" if ret.draft.get(PROVISIONAL) else None, ""
    return (TICKED, "") if may_be_provisional(ret.indicator) else (None, "only a number can be provisional")


def _read_inputs(ret: Return, texts: list[str]) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The numbered boxes, after the indicator's shape."""
    count = len(list_inputs(ret.indicator))
    extra = [(at, "this cell has no box") for at, text in enumerate(texts) if text and at >= count]
    if ret.indicator.shape == ReturnShape.CHECKLIST:
        known = YES | NO
        odd = [
            (at, f"“{text[:40]}” is neither yes nor no")
            for at, text in enumerate(texts[:count])
            if text.casefold() not in known
        ]
        done = [str(at) for at, text in enumerate(texts[:count]) if text.casefold() in YES]
        return ({"checks": done} if done else {}), odd + extra
    if ret.indicator.shape == ReturnShape.STATUS:
        words = {word.casefold(): word for word, _ in STATUS_WORDS}
        text = texts[0]
        odd = [(0, "write Not started, Under way, Done or Stopped")] if text and text.casefold() not in words else []
        return ({"status": words[text.casefold()]} if text and not odd else {}), odd + extra
    names = [name for name, _ in list_boxes(ret.indicator)]
    fields = {name: text for name, text in zip(names, texts, strict=False) if text}
    errors = read_boxes(ret.indicator, fields).errors
    return dict(fields), [(names.index(name), text) for name, text in errors.items()] + extra


def _write_text(cell: Any) -> str:
    """A cell as it would be typed: 62.0 is 62. What is beyond all numbers is written out, and then is none."""
    if isinstance(cell, float) and abs(cell) < _MOST_DIGITS and cell.is_integer():
        return str(int(cell))
    return join_line_ends(str(cell)).strip() if cell is not None else ""


def _read_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _name_column(at: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    while at >= 0:
        name = chr(ord("A") + at % 26) + name
        at = at // 26 - 1
    return name
