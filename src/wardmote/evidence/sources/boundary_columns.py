"""Which column of a boundary file holds the code of each shape, which its name, and which its district."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.evidence.model.areas import AreaKind, AreaSet, kind_of_code
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.lookup_columns import AreaColumn, find_area_columns

_FINEST_FIRST: tuple[AreaKind, ...] = (
    "lsoa", "msoa", "ward", "custom", "district", "csp", "force", "region", "country",
)  # fmt: skip
_DISTRICT = re.compile(r"(lad|ltla)\w*(cd|code)\w*", re.IGNORECASE)
_NAME = re.compile(r"(area_?)?(name|nm|title)", re.IGNORECASE)
_EXPECTED = "a column of codes whose heading says kind and year, such as LSOA21CD, WD24CD, LAD24CD or ward24_code"


@dataclass(frozen=True, slots=True)
class ShapeColumns:
    """Positions of the columns in a layer, and the set that its shapes belong to."""

    area_set: AreaSet
    code: int
    name: int | None
    district: int | None
    passed_over: tuple[str, ...] = ()  # other sets of the same kind in the file


@dataclass(frozen=True, slots=True)
class ColumnWishes:
    """What the user said: the set of areas, and the columns of codes and names; '' for what was not said."""

    area_set: str = ""
    code: str = ""
    name: str = ""


def find_shape_columns(
    labels: Sequence[str], values: Sequence[Sequence[Any]], wishes: ColumnWishes, *, where: str
) -> ShapeColumns:
    """Choose the columns of a layer; `values` are its columns. The finest kind of area is the one that is drawn.

    Raises UnreadableInputError where no column can be the code, UsageError where the wished set is none.
    """
    wished = AreaSet.parse(wishes.area_set) if wishes.area_set else None
    dated = find_area_columns(labels).columns
    chosen = None if wishes.code else _choose_dated(dated, wished)
    if chosen is None:
        chosen = _find_undated(labels, values, wished, wishes.code, where)
    others = tuple(
        c.label for c in dated if c.area_set.kind == chosen.area_set.kind and c.code_position != chosen.code_position
    )
    return ShapeColumns(
        chosen.area_set,
        chosen.code_position,
        _find_name(labels, chosen, wishes.name, where),
        _find_district(labels, values, chosen),
        others,
    )


def _choose_dated(dated: Sequence[AreaColumn], wished: AreaSet | None) -> AreaColumn | None:
    if wished is not None:
        return next((c for c in dated if c.area_set == wished), None)
    ordered = sorted(dated, key=lambda c: (_FINEST_FIRST.index(c.area_set.kind), -(c.area_set.year or 0)))
    return ordered[0] if ordered else None


def _find_undated(
    labels: Sequence[str], values: Sequence[Sequence[Any]], wished: AreaSet | None, code: str, where: str
) -> AreaColumn:
    """The column that the user named, or the one whose every value is a code of the wished kind."""
    if wished is None:
        raise UnreadableInputError(
            f"no column says which areas these are (the columns are {', '.join(labels) or 'none'})",
            where=where,
            expected=_EXPECTED,
            to_do="Say it with the settings 'set' (such as set=ward@2013) and, if need be, 'code'",
        )
    if code:
        return AreaColumn(wished, code, _get_position(labels, code, where))
    fitting = (i for i, column in enumerate(values) if len(column) and _are_codes(column, wished.kind))
    position = next(fitting, None)
    if position is None:
        raise UnreadableInputError(
            f"no column holds codes of {wished.kind}s (the columns are {', '.join(labels) or 'none'})",
            where=where,
            to_do="Name the column with the setting 'code'",
        )
    return AreaColumn(wished, labels[position], position)


def _are_codes(column: Sequence[Any], kind: AreaKind) -> bool:
    return kind != "custom" and all(kind_of_code(str(v).strip()) == kind for v in column if v is not None)


def _get_position(labels: Sequence[str], label: str, where: str) -> int:
    position = next((i for i, found in enumerate(labels) if found.casefold() == label.casefold()), None)
    if position is None:
        raise UnreadableInputError(
            f"there is no column '{label}'", where=where, expected=f"one of {', '.join(labels) or 'no columns at all'}"
        )
    return position


def _find_name(labels: Sequence[str], chosen: AreaColumn, wished: str, where: str) -> int | None:
    if wished:
        return _get_position(labels, wished, where)
    if chosen.name_position is not None:
        return chosen.name_position
    return next((i for i, label in enumerate(labels) if _NAME.fullmatch(label)), None)


def _find_district(labels: Sequence[str], values: Sequence[Sequence[Any]], chosen: AreaColumn) -> int | None:
    """The column that says in which district each shape lies; publishers call it LAD24CD, LADCD_ACTIVE and so on."""
    fits = (i for i, label in enumerate(labels) if i != chosen.code_position and _DISTRICT.fullmatch(label))
    return next((i for i in fits if _are_codes(values[i], "district")), None)
