"""Values of a plan to plain JSON-able ones."""

import math
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from typing import Any

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.targets.codec.shapes import KINDS, get_default, list_fields, name_kind

#: Below it a float that is whole is that whole number exactly, and is written as one: 85, not 85.0.
_EXACTLY_WHOLE = 2.0**53


def write_plain(value: object) -> Any:
    """The value in dicts, lists, text and numbers. Raises UsageError for a number that JSON does not have."""
    if isinstance(value, float):
        return _write_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): write_plain(held) for key, held in value.items()}
    if isinstance(value, tuple | list):
        return [write_plain(held) for held in value]
    return _write_fields(value) if is_dataclass(value) and not isinstance(value, type) else value


def _write_fields(value: object) -> dict[str, Any]:
    """The fields that say something; a target says first of which kind it is."""
    kind: type = type(value)
    name = name_kind(kind)
    written: dict[str, Any] = {"kind": name} if KINDS.get(name) is kind else {}
    for field, _ in list_fields(kind):
        held = getattr(value, field.name)
        if held != get_default(field):
            written[field.name] = write_plain(held)
    return written


def _write_number(number: float) -> int | float:
    if not math.isfinite(number):
        raise UsageError(f"{number} is no number that can be kept", expected="a number, or nothing and a reason")
    is_whole = number == math.floor(number) and abs(number) < _EXACTLY_WHOLE
    return int(number) if is_whole else number
