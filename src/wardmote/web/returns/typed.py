"""From what was typed to the core's Value: the boxes of each shape, read with faults in plain words.

What was typed is kept as text (a draft is text), so that "12a" is still in its box after an error.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.sizes import LARGEST, MOST_CASES, SMALLEST
from wardmote.web.plans.interface import Indicator, ReturnShape
from wardmote.web.returns.calendar import find_stretch
from wardmote.web.returns.models import Quarter
from wardmote.web.returns.states import ReasonCode

NARRATIVES = ("what_happened", "so_what", "what_next")
WORDS = ("reason_code", "reason", *NARRATIVES, "answer")
STATUS_WORDS = (("Not started", "Not started"), ("Under way", "Under way"), ("Done", "Done"), ("Stopped", "Stopped"))
#: The tick that a number is not the last word on its period: the value of a box that is ticked.
PROVISIONAL, TICKED = "provisional", "yes"
#: How many characters a box takes: on the page, in a draft that is saved by itself, in a workbook.
LONGEST_TEXT = 20_000
NIL_NOTE = "Nil return: nothing happened in this period."
#: 1,234.5 or 1234 or £1,200 or 12% : what people type into a box for a number.
_NUMBER = re.compile(r"(£?)\s*([-−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)\s*(%?)", re.ASCII)
#: What a box of each shape holds, as a refusal names it.
_MEANT: dict[str, str] = {
    ReturnShape.X_OF_Y: "number of cases",
    ReturnShape.RATE: "rate",
    ReturnShape.PERCENT: "percentage",
    ReturnShape.MONEY: "amount",
}

#: Labels of boxes for which the plan has no word of its own.
_PLAIN_LABELS = ("Numerator", "Denominator", "Count", "Rate", "Count behind the rate", "Percentage", "Amount")

Fields = Mapping[str, Any]


@dataclass(slots=True)
class Reading:
    """What came of the boxes: the numbers by box, and what is wrong, by box."""

    numbers: dict[str, float] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def list_boxes(indicator: Indicator) -> tuple[tuple[str, str], ...]:
    """The number boxes of an indicator's shape: name and label."""
    if indicator.shape == ReturnShape.PARTS:
        return tuple((f"part_{at}", str(name)) for at, name in enumerate(indicator.part_names))
    first = indicator.numerator or "Numerator"
    boxes: dict[str, tuple[tuple[str, str], ...]] = {
        ReturnShape.X_OF_Y: (("numerator", first), ("denominator", indicator.denominator or "Denominator")),
        ReturnShape.COUNT: (("number", indicator.numerator or "Count"),),
        ReturnShape.RATE: (("number", "Rate"), ("count", indicator.numerator or "Count behind the rate")),
        ReturnShape.PERCENT: (("number", "Percentage"),),
        ReturnShape.MONEY: (("number", "Amount"),),
    }
    return boxes.get(indicator.shape, ())


#: Boxes that may stay empty beside the others.
MAY_BE_EMPTY = frozenset({"count"})


def list_field_names(indicator: Indicator) -> tuple[str, ...]:
    """Every box of an indicator's return, in the order of the page."""
    own = {ReturnShape.CHECKLIST: ("checks",), ReturnShape.STATUS: ("status",)}.get(
        ReturnShape(indicator.shape), tuple(name for name, _ in list_boxes(indicator))
    )
    return (*own, *((PROVISIONAL,) if may_be_provisional(indicator) else ()), *WORDS)


def may_be_provisional(indicator: Indicator) -> bool:
    """Whether it is answered by numbers, of which a final one can follow; a state or a list of steps is as it is."""
    return bool(list_boxes(indicator))


def pick_fields(indicator: Indicator, data: Any) -> dict[str, Any]:
    """The boxes of a return as they were sent; others are left out, and those that were not sent are empty."""
    found: dict[str, Any] = {}
    for name in list_field_names(indicator):
        if name == "checks":
            found[name] = [
                str(step) for step in (data.getlist(name) if hasattr(data, "getlist") else data.get(name, []))
            ]
        elif name == PROVISIONAL:
            found[name] = TICKED if data.get(name) else ""
        else:
            found[name] = join_line_ends(str(data.get(name, "") or "")).strip()
    return {name: typed for name, typed in found.items() if typed}


def join_line_ends(text: str) -> str:
    """A text with one sign for the end of a line: a form sends two, and a script one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def say_too_long(text: str) -> str:
    """How long a text is and may be, where it is longer than any box takes; empty where it is not."""
    if len(text) <= LONGEST_TEXT:
        return ""
    return f"This has {len(text):,} characters and may have at most {LONGEST_TEXT:,}: shorten it"


def find_too_long(fields: Fields) -> dict[str, str]:
    """What is too long, by box."""
    said = {name: say_too_long(typed) for name, typed in fields.items() if isinstance(typed, str)}
    return {name: text for name, text in said.items() if text}


def read_number(typed: str) -> float | None:
    """The number in a box as people write it; None where it is none."""
    match = _NUMBER.fullmatch(typed.strip())
    if not match or not any(sign.isdigit() for sign in match[2]):
        return None
    return float(match[2].replace(",", "").replace("−", "-"))


def find_wrong_sign(indicator: Indicator, name: str, typed: str) -> str:
    """What is wrong with the sign beside a number: a percentage in a box for a count, pounds for people."""
    if "%" in typed and not (indicator.shape == ReturnShape.PERCENT and name == "number"):
        return "a percentage"
    if "£" in typed and not (indicator.shape == ReturnShape.MONEY and name == "number"):
        return "an amount of money"
    return ""


def find_wrong_size(indicator: Indicator, name: str, number: float) -> str:
    """What is wrong with the size of a number, and what to do: the limits are those of a plan's file."""
    most = MOST_CASES if indicator.shape == ReturnShape.X_OF_Y else LARGEST
    meant = "count" if name == "count" else _MEANT.get(indicator.shape, "count")
    if abs(number) > most:
        return f"larger than any {meant} here can be ({most:,.0f}): check the zeros"
    if 0 < abs(number) < SMALLEST:
        return f"smaller than any {meant} here can be: check the zeros, or write 0"
    return ""


def read_boxes(indicator: Indicator, fields: Fields) -> Reading:
    """Every number that was typed; what is no number is said by its box."""
    reading = Reading()
    for name, label in list_boxes(indicator):
        typed = str(fields.get(name, "")).strip()
        if not typed:
            continue
        number = read_number(typed)
        if number is None:
            reading.errors[name] = (
                f"“{typed[:40]}” is no number: write {_name_box(label)} as digits, such as 1,234 or 56.7"
            )
        elif wrong := find_wrong_sign(indicator, name, typed):
            reading.errors[name] = (
                f"“{typed[:40]}” is {wrong}, and {_name_box(label)} is none: write the number that is meant"
            )
        elif wrong := find_wrong_size(indicator, name, number):
            reading.errors[name] = f"“{typed[:40]}” is {wrong}"
        else:
            reading.numbers[name] = number
    return reading


def _name_box(label: str) -> str:
    """A box's label inside a sentence: "the count"; what the plan itself names stands as it is."""
    named = label[:1].lower() + label[1:]
    return f"the {named}" if label in _PLAIN_LABELS else named


def read_value(indicator: Indicator, quarter: Quarter, fields: Fields) -> tuple[Value, dict[str, str]]:
    """The core's Value of what was typed, with what is wrong by box. Empty boxes are not wrong here, but no value."""
    reading = read_boxes(indicator, fields)
    start, end = find_stretch(indicator.basis, quarter.starts_on, quarter.ends_on)  # type: ignore[arg-type]
    common: dict[str, Any] = {
        "period": quarter.period, "start": start, "end": end, "basis": indicator.basis,
        "narrative": "\n\n".join(str(fields[name]) for name in NARRATIVES if fields.get(name)),
    }  # fmt: skip
    if fields.get(PROVISIONAL) and may_be_provisional(indicator):
        common["state"] = "provisional"
    reason = str(fields.get("reason_code", ""))
    if reason == ReasonCode.NIL:
        return Value(**common, **_make_nil(indicator, reading.numbers)), reading.errors
    if reason:
        state = reason if reason in ("not_due", "discontinued") else "missing"
        common |= {"state": state, "missing_reason": reason, "note": str(fields.get("reason", ""))}
    return Value(**common, **_READERS[indicator.shape](indicator, reading.numbers, fields)), reading.errors


def find_empty(indicator: Indicator, fields: Fields) -> dict[str, str]:
    """Boxes that must not be empty when a return is submitted, with what to do. A reason stands for all of them.

    What is chosen from a list must stand in it: it is shown to everybody before anybody has signed it off.
    """
    if fields.get("reason_code"):
        is_known = fields["reason_code"] in ReasonCode.values
        return {} if is_known else {"reason_code": "Select one of the reasons in the list"}
    if indicator.shape == ReturnShape.STATUS:
        is_known = fields.get("status") in dict(STATUS_WORDS)
        return {} if is_known else {"status": "Select how far it has come, or why you cannot say"}
    wanted = [(name, label) for name, label in list_boxes(indicator) if name not in MAY_BE_EMPTY]
    return {
        name: f"Enter {_name_box(label)}, or choose why there is no figure"
        for name, label in wanted
        if not str(fields.get(name, "")).strip()
    }


def _make_nil(indicator: Indicator, numbers: Mapping[str, float]) -> dict[str, Any]:
    """A true zero in the shape of the indicator: nothing of what is counted happened."""
    nil: dict[str, Any] = {"note": NIL_NOTE}
    if indicator.shape == ReturnShape.X_OF_Y:
        return nil | {"shape": "x_of_y", "part": 0.0, "whole": numbers.get("denominator", 0.0)}
    if indicator.shape == ReturnShape.PARTS:
        return nil | {"shape": "parts", "parts": tuple((str(name), 0.0) for name in indicator.part_names)}
    if indicator.shape in (ReturnShape.CHECKLIST, ReturnShape.STATUS):
        return nil | {"shape": "status", "text": "Not started"}
    return nil | {"shape": indicator.shape, "number": 0.0}


def _read_share(_: Indicator, numbers: Mapping[str, float], __: Fields) -> dict[str, Any]:
    return {"shape": "x_of_y", "part": numbers.get("numerator"), "whole": numbers.get("denominator")}


def _read_single(indicator: Indicator, numbers: Mapping[str, float], _: Fields) -> dict[str, Any]:
    return {"shape": indicator.shape, "number": numbers.get("number"), "count": numbers.get("count")}


def _read_parts(indicator: Indicator, numbers: Mapping[str, float], _: Fields) -> dict[str, Any]:
    named = [(str(name), numbers.get(f"part_{at}")) for at, name in enumerate(indicator.part_names)]
    return {"shape": "parts", "parts": tuple((name, number) for name, number in named if number is not None)}


def _read_steps(indicator: Indicator, _: Mapping[str, float], fields: Fields) -> dict[str, Any]:
    if fields.get("reason_code"):
        return {"shape": "checklist"}
    done = {str(at) for at in fields.get("checks", ())}
    return {"shape": "checklist", "checks": tuple(str(at) in done for at in range(len(indicator.part_names)))}


def _read_state(_: Indicator, __: Mapping[str, float], fields: Fields) -> dict[str, Any]:
    return {"shape": "status", "text": str(fields.get("status", ""))}


_READERS: dict[str, Callable[[Indicator, Mapping[str, float], Fields], dict[str, Any]]] = {
    ReturnShape.X_OF_Y: _read_share,
    ReturnShape.COUNT: _read_single,
    ReturnShape.RATE: _read_single,
    ReturnShape.PERCENT: _read_single,
    ReturnShape.MONEY: _read_single,
    ReturnShape.PARTS: _read_parts,
    ReturnShape.CHECKLIST: _read_steps,
    ReturnShape.STATUS: _read_state,
}


def write_fields(indicator: Indicator, value: Value) -> dict[str, Any]:
    """What would be typed to give a value: fills the boxes where a value was not typed here (evidence, import)."""
    numbers: dict[str, float | None] = {"number": value.number, "count": value.count}
    numbers |= {"numerator": value.part, "denominator": value.whole}
    own = {name: _write_number(numbers.get(name)) for name, _ in list_boxes(indicator)}
    named = dict(value.parts)
    own |= {f"part_{at}": _write_number(named.get(str(name))) for at, name in enumerate(indicator.part_names)}
    own |= {"status": value.text, "reason_code": value.missing_reason, "what_happened": value.narrative}
    found: dict[str, Any] = {name: text for name, text in own.items() if text and name in list_field_names(indicator)}
    if value.state == "provisional" and may_be_provisional(indicator):
        found[PROVISIONAL] = TICKED
    if value.checks and indicator.shape == ReturnShape.CHECKLIST:
        found["checks"] = [str(at) for at, done in enumerate(value.checks) if done]
    return found


def _write_number(number: float | None) -> str:
    return "" if number is None else f"{int(number)}" if number == int(number) else repr(number)
