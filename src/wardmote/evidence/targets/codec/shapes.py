"""What the plan's values are made of: each kind of target with its name, each field with its type and default."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from wardmote.evidence.targets.kinds import Target


def name_kind(kind: type) -> str:
    """The name under which a kind of target is written: CountPerPeriod is count_per_period."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


#: Every kind of target by the name under which it is written.
KINDS: Mapping[str, type] = {name_kind(kind): kind for kind in get_args(Target)}


@cache
def list_fields(kind: type) -> tuple[tuple[Field[Any], Any], ...]:
    """The fields of a value with their types, in the order in which they are declared."""
    hints = get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in fields(kind))


def get_default(field: Field[Any]) -> Any:
    """What a field holds where nothing is said; MISSING where it must be said."""
    return field.default_factory() if field.default_factory is not MISSING else field.default
