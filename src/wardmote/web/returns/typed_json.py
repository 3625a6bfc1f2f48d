"""What was typed, as JSON in the database, and readable whatever once got into it.

SQLite keeps half a surrogate pair that is written as \\ud800; no page and no workbook can carry it. Such a text may lie
in a draft from before it was refused, and the draft must open all the same.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.db import models

REPLACED = "\N{REPLACEMENT CHARACTER}"
_WRITTEN_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_HALF = re.compile(r"[\ud800-\udfff]")


class TypedJSONField(models.JSONField):
    """A JSON field from which halves of surrogate pairs come back as the sign for what could not be read."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        held = super().from_db_value(value, expression, connection)
        return _mend(held) if isinstance(value, str) and _WRITTEN_HALF.search(value) else held

    def deconstruct(self) -> Any:
        """To the database it is a JSON field like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


def has_replaced(typed: Mapping[str, Any]) -> bool:
    """Does a sign stand in what was typed that took the place of an unreadable one?"""
    return any(REPLACED in str(text) for text in typed.values())


def _mend(held: Any) -> Any:
    if isinstance(held, str):
        return _HALF.sub(REPLACED, held)
    if isinstance(held, list):
        return [_mend(one) for one in held]
    return {_mend(name): _mend(one) for name, one in held.items()} if isinstance(held, dict) else held
