"""The values of a plan's JSON, whatever shape they were reported in."""

from collections.abc import Callable
from typing import Any, cast, get_args

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.sources.action_plan.entries import Entry, to_number, write_plainly
from wardmote.evidence.sources.action_plan.spoken_periods import read_period
from wardmote.evidence.targets.plan import Basis, Shape, Value, ValueState
from wardmote.evidence.targets.sizes import MOST_CASES

_STATES = {word: word for word in get_args(ValueState)} | {"extrapolated": "projected"}
_SHAPES = {word: word for word in get_args(Shape)} | {
    "count_with_change": "count", "rate_per_100k": "rate", "two_part": "parts",
}  # fmt: skip
_BASES = {word: word for word in get_args(Basis)} | {
    "year_to_date": "cumulative", "year_end": "year_total", "rolling12_stock": "stock",
}  # fmt: skip
#: What can be worked out again from what is read, so that it is not kept twice.
_AGAIN = ("value_alternative",)


def read_value(entry: Entry, *, change_base: str) -> Value | None:
    """One reported value; None, with faults, where it cannot be used.

    `change_base` is what the target says the printed changes are measured from, where the value says nothing.
    """
    before = entry.faults.errors_count
    shape = cast(Shape, entry.choice("shape", _SHAPES, "count"))
    body = (
        _read_span(entry) | _read_numbers(entry, change_base) | _read_words(entry) | _SHAPED.get(shape, _single)(entry)
    )
    if entry.faults.errors_count > before:
        return None
    body["note"] = "; ".join(filter(None, (body.get("note", ""), _write_rest(entry))))
    return Value(shape=shape, source=entry.text("source") or entry.place, **body)


def _read_span(entry: Entry) -> dict[str, Any]:
    period = entry.text("period")
    start, end = entry.day("start"), entry.day("end")
    if not period:
        entry.refuse("period", "the period that the value speaks of", code="period")
    if start and end and end < start:
        entry.refuse("end", f"a day that is not before {start}", code="date")
    heard: str = "quarter"
    try:
        spoken = read_period(period)
    except UsageError:  # the label is for people; the dates beside it, where they stand, are what counts
        spoken = None
    if spoken is not None:
        heard = spoken.basis
        if "start" not in entry.body and "end" not in entry.body:
            start, end = spoken.start, spoken.end
    basis = entry.choice("basis", _BASES, heard)
    return {
        "period": period,
        "start": start,
        "end": end,
        "basis": basis,
        "state": entry.choice("status", _STATES, "actual"),
    }


def _read_numbers(entry: Entry, change_base: str) -> dict[str, Any]:
    change, computed = entry.number("change_pct_printed"), entry.number("change_pct")
    base, implied = entry.number("base"), entry.number("implied_base")
    printed = change if change is not None else computed
    return {
        "part": entry.size("x", most=MOST_CASES),
        "whole": entry.size("y", most=MOST_CASES),
        "whole_alternative": entry.size("y_alternative", most=MOST_CASES),
        "printed_percent": entry.number("printed_percent"),
        "count": entry.size("count"),
        "change_pct": printed,
        "change_base": entry.text("change_base") or (change_base if printed is not None else ""),
        "base": base if base is not None else implied,
        "low": entry.number("low"),
        "high": entry.number("high"),
    }


def _read_words(entry: Entry) -> dict[str, Any]:
    return {
        "measure": entry.text("measure"),
        "lag": entry.text("lag"),
        "note": entry.text("note"),
        "narrative": entry.text("narrative"),
        "missing_reason": entry.text("missing_reason"),
        "is_scored": entry.get("no_rag") is not True,
    }


def _single(entry: Entry) -> dict[str, Any]:
    return {"number": entry.size("value")}


def _signed(entry: Entry) -> dict[str, Any]:
    return {"number": entry.number("value")}


def _text(entry: Entry) -> dict[str, Any]:
    return {"text": entry.text("value")}


def _checklist(entry: Entry) -> dict[str, Any]:
    checks = entry.get("value")
    if checks is None:
        return {}
    if not isinstance(checks, list) or not all(isinstance(c, bool) for c in checks):
        entry.refuse("value", "a list of true and false")
        return {}
    return {"checks": tuple(checks)}


def _parts(entry: Entry) -> dict[str, Any]:
    """Named parts; where each part is a breakdown of its own, the list beside them holds the parts' values."""
    named, values = entry.entry("parts"), entry.get("value")
    if named is None:
        if values is not None:
            entry.refuse("value", "an object 'parts' that names the parts beside it")
        return {}
    if any(isinstance(v, dict) for v in named.body.values()):
        return _broken_down_parts(entry, named, values)
    return {"parts": tuple((name, n) for name in named.body if (n := named.size(name, needed=True)) is not None)}


def _broken_down_parts(entry: Entry, named: Entry, values: object) -> dict[str, Any]:
    numbers = [to_number(v) for v in values] if isinstance(values, list) else []
    if len(numbers) != len(named.body) or None in numbers:
        entry.refuse("value", "a list with one number for each of the parts")
        return {}
    pairs = zip(named.body, cast(list[float], numbers), strict=True)
    note = "; ".join(f"{name}: {write_plainly(inner)}" for name, inner in named.body.items())
    return {"parts": tuple(pairs), "note": "; ".join(filter(None, (entry.text("note"), note)))}


def _breakdown(entry: Entry) -> dict[str, Any]:
    return _single(entry) | _parts(Entry({**entry.body, "value": None}, entry.place, entry.faults, entry.asked))


_SHAPED: dict[str, Callable[[Entry], dict[str, Any]]] = {
    "percent_change": _signed,
    "money": _signed,
    "status": _text,
    "text": _text,
    "checklist": _checklist,
    "parts": _parts,
    "breakdown": _breakdown,
}


def _write_rest(entry: Entry) -> str:
    """What else stands beside the value, in words."""
    rest = entry.leftovers(_AGAIN)
    return "; ".join(f"{key.replace('_', ' ')}: {text}" for key, text in rest.items())
