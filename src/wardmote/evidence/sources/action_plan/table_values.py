"""Values of a plan's workbook: a number, counts behind a percentage, parts, words, or the reason why there is none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sources.action_plan.columns import REASONS, STATES, STRETCHES
from wardmote.evidence.sources.action_plan.entries import explain_slip
from wardmote.evidence.sources.action_plan.spoken_periods import SpokenPeriod, read_period
from wardmote.evidence.sources.action_plan.table_rows import TableRow
from wardmote.evidence.sources.cells import parse_number
from wardmote.evidence.targets.plan import Basis, Shape, Value, ValueState
from wardmote.evidence.targets.sizes import MOST_CASES

_OF = re.compile(r"([\d,]{1,12})\s*(?:out )?of\s*([\d,]{1,12})", re.IGNORECASE)
_YES_NO = {"yes": True, "done": True, "complete": True, "no": False, "not done": False, "not yet": False}
_SUPPRESSED = frozenset({"*", "**", "[c]", "c", "<5"})
_WITHOUT_VALUE = ("missing", "not_due", "discontinued", "suppressed")
STATE_OF_REASON: dict[str, ValueState] = {"not due": "not_due", "discontinued": "discontinued"}
_ROUNDING = 0.5000001  # how far a percentage printed whole may stand from its counts


def read_value(row: TableRow, *, unit: str) -> Value | None:
    """The value of one row; None, with faults, where it cannot be used."""
    before = row.faults.errors_count
    spoken = _read_period(row)
    body = _read_counts(row) or _read_single(row, unit)
    body |= _read_words(row)
    if spoken is None or row.faults.errors_count > before:
        return None
    basis = cast(Basis, row.choice("stretch", STRETCHES).replace(" ", "_") or spoken.basis)
    value = Value(spoken.label, spoken.start, spoken.end, basis, source=row.place, **body)
    _warn_of_odd(row, value)
    return _settle_state(row, value)


def _read_period(row: TableRow) -> SpokenPeriod | None:
    """The period; a spreadsheet that took 2025-07 for a date means the month."""
    cell = row.cells.get("period")
    day = cell.date() if isinstance(cell, datetime) else cell
    text = row.text("period")
    if isinstance(day, date):
        text = f"{day:%Y-%m}" if day.day == 1 else day.isoformat()
    try:
        return read_period(text)
    except UsageError as error:
        row.refuse("period", error.fault.expected, code="period")
        return None


def _read_counts(row: TableRow) -> dict[str, Any]:
    """A percentage's counts, from their columns or from '48 of 57'; they win over a percentage typed beside them."""
    part, whole = row.number("numerator"), row.number("denominator")
    spelled = _OF.fullmatch(row.text("value"))
    if part is None and whole is None and spelled is None:
        return {}
    printed = None if spelled else row.number("value")
    if part is None and whole is None and spelled is not None:
        part, whole = parse_number(spelled[1]).value, parse_number(spelled[2]).value
    if part is None or whole is None:
        row.faults.add("a numerator and a denominator go together",
                       row.where("denominator" if whole is None else "numerator"), code="counts")  # fmt: skip
        return {"shape": "x_of_y"}
    if not 0 <= part <= MOST_CASES or not 0 <= whole <= MOST_CASES:
        row.refuse("numerator" if 0 <= whole <= MOST_CASES else "denominator", f"from 0 to {MOST_CASES:,.0f} cases",
                   code="counts")  # fmt: skip
    number = part / whole * 100 if whole > 0 else printed
    return {"shape": "x_of_y", "part": part, "whole": whole, "number": number, "printed_percent": printed}


def _read_single(row: TableRow, unit: str) -> dict[str, Any]:
    text = row.text("value")
    read = parse_number(text)
    if _is_words(unit, text, has_number=read.value is not None):
        return {"shape": "status", "text": text}
    if text.casefold() in _SUPPRESSED:
        return {"shape": find_shape(unit), "state": "suppressed", "note": text}
    number, shape = row.sign("value"), find_shape(unit)
    if shape != "money" and number.value is not None and number.value < 0:
        row.refuse("value", "nought or more; a change has a column of its own", code="number")
    return {"shape": shape, "number": number.value, "note": number.marker}


def _is_words(unit: str, text: str, *, has_number: bool) -> bool:
    """Is this how a milestone stands? Words under a number's unit are a slip, and are refused."""
    is_slip = not has_number and explain_slip(text).is_known  # "85,5" under no unit is meant as a number
    return bool(text) and (unit.casefold() in ("milestone", "status", "text") or not (unit or has_number or is_slip))


def find_shape(unit: str) -> Shape:
    """Which shape has a number in this unit?"""
    word = unit.casefold().strip()
    if word in ("percent", "%", "per cent", "percentage"):
        return "percent"
    if word in ("money", "£", "gbp", "pounds"):
        return "money"
    return "rate" if word.startswith(("rate", "per ")) else "count"


def _read_words(row: TableRow) -> dict[str, Any]:
    return {
        "change_pct": row.number("change_pct"),
        "change_base": row.text("change_base"),
        "measure": row.text("measure"),
        "narrative": row.text("narrative"),
        "missing_reason": row.choice("missing_reason", REASONS).replace(" ", "_"),
    }


def _settle_state(row: TableRow, value: Value) -> Value | None:
    """The state that was chosen, or the one that follows from a value's being there or not."""
    before = row.faults.errors_count
    chosen = cast(ValueState, row.choice("state", STATES).replace(" ", "_"))
    if row.faults.errors_count > before:
        return None
    if value.number is not None or value.text or value.part is not None:
        return replace(value, state=chosen or "actual")
    if chosen and chosen not in _WITHOUT_VALUE:
        row.faults.warn(f"the state is '{chosen}' and there is no value", row.where("value"),
                        to_do="Fill the value, or choose why there is none", code="no_value")  # fmt: skip
        chosen = "missing"
    return replace(value, state=chosen or STATE_OF_REASON.get(row.choice("missing_reason", REASONS), "")
                   or ("suppressed" if value.state == "suppressed" else "missing"))  # fmt: skip


def _warn_of_odd(row: TableRow, value: Value) -> None:
    """What cannot be right, or can be read in two ways; it costs nothing, and somebody should look."""
    if value.part is not None and value.whole is not None and value.part > value.whole:
        row.faults.warn(f"{value.part:g} of {value.whole:g} is more than all", row.where("numerator"), code="counts")
    if value.whole == 0:
        row.faults.warn("a percentage of nobody has no value", row.where("denominator"), code="counts")
    elif value.printed_percent is not None and abs(value.printed_percent - (value.best or 0.0)) > _ROUNDING:
        row.faults.warn(
            f"{value.printed_percent:g} was typed, and the counts give {value.best:.1f}; the counts were taken",
            row.where("value"), code="printed_percent",
        )  # fmt: skip
    if value.shape == "percent" and value.number is not None and 0 < value.number < 1:
        row.faults.warn(f"{value.number:g} was taken for {value.number:g}%", row.where("value"),
                        to_do=f"Write {value.number * 100:g} if that was meant", code="fraction")  # fmt: skip


def join_parts(rows: Sequence[tuple[TableRow, Value]]) -> Value | None:
    """The rows of one value's parts as one value; None, with a fault, where numbers and words are mixed."""
    row, first = rows[0]
    names = [r.text("part") for r, _ in rows]
    if len(set(names)) < len(names):
        row.faults.add("a part stands twice for this period", row.where("part"), code="doubled_value")
        return None
    checks = [_YES_NO.get(v.text.casefold()) for _, v in rows]
    if None not in checks:
        joined = replace(first, shape="checklist", checks=tuple(bool(c) for c in checks), text="")
        return replace(joined, note=", ".join(names))
    numbers = [v.best for _, v in rows]
    if any(number is None for number in numbers):
        row.faults.add("the parts of this value are not all numbers, nor all yes or no", row.where("value"),
                       to_do="Give every part a number, or every part yes or no", code="parts")  # fmt: skip
        return None
    pairs = tuple(zip(names, cast(list[float], numbers), strict=True))
    bare = replace(first, number=None, part=None, whole=None, printed_percent=None)
    return replace(bare, shape="parts", parts=pairs)
