"""Plain values to values of a plan, by the types that the values declare; all faults gathered, each with its place."""

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

from wardmote.evidence.model.errors import Fault
from wardmote.evidence.targets.codec.shapes import KINDS, get_default, list_fields

#: What a reader returns for something that it could not use and has named among the faults.
UNREAD: Final = object()
_SHOWN = 40

type Faults = list[Fault]


def read_as(hint: Any, body: object, place: str, faults: Faults) -> Any:
    """Read plain values as a value of a type; UNREAD, with faults that name their place, where it cannot be."""
    if hint in _PLAIN:
        return _PLAIN[hint](body, place, faults)
    origin = get_origin(hint)
    if origin in _BUILT:
        return _BUILT[origin](get_args(hint), body, place, faults)
    if is_dataclass(hint) and isinstance(hint, type):
        return _read_fields(hint, body, place, faults)
    raise TypeError(f"no reader for {hint}")  # a field of a new type: the round-trip test of every kind finds it


def refuse(body: object, place: str, faults: Faults, expected: str, *, to_do: str = "", code: str = "shape") -> Any:
    """Name what cannot be used; returns UNREAD."""
    faults.append(Fault(f"{_show(body)} cannot be used", place, expected, to_do, "error", 1, code))
    return UNREAD


def _show(body: object) -> str:
    if isinstance(body, dict | list):
        return "a list" if isinstance(body, list) else "an object"
    text = "nothing" if body is None else str(body)
    return f"'{text[: _SHOWN - 1]}…'" if len(text) > _SHOWN else f"'{text}'"


def _read_text(body: object, place: str, faults: Faults) -> Any:
    if isinstance(body, str):
        return body
    to_do = "Put it in quotation marks" if isinstance(body, int | float | date) else ""
    return refuse(body, place, faults, "words", to_do=to_do)


def _read_float(body: object, place: str, faults: Faults) -> Any:
    if isinstance(body, bool) or not isinstance(body, int | float):
        return refuse(body, place, faults, "a number, such as 84.2", code="number")
    try:
        number = float(body)
    except OverflowError:
        number = math.inf
    return number if math.isfinite(number) else refuse(body, place, faults, "a number of sensible size", code="number")


def _read_whole(body: object, place: str, faults: Faults) -> Any:
    if isinstance(body, float) and body.is_integer():
        return int(body)
    is_whole = isinstance(body, int) and not isinstance(body, bool)
    return body if is_whole else refuse(body, place, faults, "a whole number", code="number")


def _read_bool(body: object, place: str, faults: Faults) -> Any:
    return body if isinstance(body, bool) else refuse(body, place, faults, "true or false")


def _read_day(body: object, place: str, faults: Faults) -> Any:
    """A day as text, or as the day that YAML made of it."""
    if isinstance(body, date) and not isinstance(body, datetime):
        return body
    try:
        return date.fromisoformat(body) if isinstance(body, str) else _refuse_day(body, place, faults)
    except ValueError:
        return _refuse_day(body, place, faults)


def _refuse_day(body: object, place: str, faults: Faults) -> Any:
    return refuse(body, place, faults, "a day as 2026-03-31", code="date")


def _read_choice(words: tuple[Any, ...], body: object, place: str, faults: Faults) -> Any:
    if isinstance(body, str | int) and not isinstance(body, bool) and body in words:
        return body
    return refuse(body, place, faults, "one of " + ", ".join(map(str, words)), code="unknown_word")


def _read_either(hints: tuple[Any, ...], body: object, place: str, faults: Faults) -> Any:
    """Something or nothing; or one of several kinds of target, which says itself which it is."""
    if body is None and NoneType in hints:
        return None
    rest = [hint for hint in hints if hint is not NoneType]
    if len(rest) == 1:
        return read_as(rest[0], body, place, faults)
    if not isinstance(body, dict):
        return refuse(body, place, faults, "an object with the key 'kind'")
    known = [name for name, kind in KINDS.items() if kind in rest]
    name = body.get("kind")
    if not isinstance(name, str) or name not in known:
        return refuse(name, f"{place}.kind", faults, "one of " + ", ".join(known), code="unknown_kind")
    return _read_fields(KINDS[name], {k: v for k, v in body.items() if k != "kind"}, place, faults)


def _read_tuple(hints: tuple[Any, ...], body: object, place: str, faults: Faults) -> Any:
    """A list of any length, or of so many members of their own types."""
    if not isinstance(body, list | tuple):
        return refuse(body, place, faults, "a list")
    is_open = len(hints) == 2 and hints[1] is Ellipsis
    if not is_open and len(body) != len(hints):
        return refuse(body, place, faults, f"a list of {len(hints)}")
    each = [hints[0]] * len(body) if is_open else list(hints)
    read = [
        read_as(hint, held, f"{place}[{at}]", faults) for at, (hint, held) in enumerate(zip(each, body, strict=True))
    ]
    return UNREAD if any(one is UNREAD for one in read) else tuple(read)


def _read_mapping(hints: tuple[Any, ...], body: object, place: str, faults: Faults) -> Any:
    if not isinstance(body, dict):
        return refuse(body, place, faults, "an object")
    read = {_read_key(hints[0], key, place, faults): read_as(hints[1], v, f"{place}.{key}", faults)
            for key, v in body.items()}  # fmt: skip
    return UNREAD if UNREAD in read or any(one is UNREAD for one in read.values()) else read


def _read_key(hint: Any, key: object, place: str, faults: Faults) -> Any:
    """A key; JSON has only text there, so that a year is text as well."""
    if hint is not int:
        return read_as(hint, key, f"{place}.{key}", faults)
    try:
        return int(str(key))
    except ValueError:
        return refuse(key, f"{place}.{key}", faults, "a whole number", code="number")


def _read_fields(kind: type, body: object, place: str, faults: Faults) -> Any:
    """A value field by field; nothing under a key is the same as no key."""
    if not isinstance(body, dict):
        return refuse(body, place, faults, "an object")
    before = len(faults)
    known = {field.name for field, _ in list_fields(kind)}
    for key in body:
        if key not in known:
            _refuse_key(str(key), place, sorted(known), faults)
    read = {
        field.name: read_as(hint, body[field.name], f"{place}.{field.name}", faults)
        for field, hint in list_fields(kind)
        if body.get(field.name) is not None
    }
    for field, _ in list_fields(kind):
        if field.name not in read and get_default(field) is MISSING:
            faults.append(Fault(f"'{field.name}' is missing", place, rows=1, code="missing_key"))
    return kind(**read) if len(faults) == before else UNREAD


def _refuse_key(key: str, place: str, known: list[str], faults: Faults) -> None:
    near = get_close_matches(key, known, n=1)
    to_do = f"Write '{near[0]}'" if near else "Take it out"
    faults.append(Fault(f"the key '{key[:_SHOWN]}' is not known", place, "one of " + ", ".join(known), to_do, rows=1,
                        code="unknown_key"))  # fmt: skip


_PLAIN: dict[Any, Callable[[object, str, Faults], Any]] = {
    str: _read_text,
    float: _read_float,
    int: _read_whole,
    bool: _read_bool,
    date: _read_day,
}
_BUILT: dict[Any, Callable[[tuple[Any, ...], object, str, Faults], Any]] = {
    Literal: _read_choice,
    Union: _read_either,
    UnionType: _read_either,
    tuple: _read_tuple,
    Mapping: _read_mapping,
}
