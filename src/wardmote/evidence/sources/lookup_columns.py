"""What the columns of an area table are called, and which vintage of which area each of them holds.

The Office for National Statistics writes LSOA21CD, WD24NM, LAD23CD; open look-ups made from its files write
lsoa21_code, ward24_name, ltla23_code. Both say the kind of area and the year of its boundaries, and that is where
the vintage is read: two codes that look alike may name different shapes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.model.areas import AreaKind, AreaSet

_KINDS: dict[str, AreaKind] = {
    "lsoa": "lsoa", "msoa": "msoa", "wd": "ward", "ward": "ward", "lad": "district", "ltla": "district",
    "csp": "csp", "pfa": "force", "rgn": "region", "region": "region", "ctry": "country", "country": "country",
    "custom": "custom",
}  # fmt: skip
_COLUMN = re.compile(rf"({'|'.join(_KINDS)})_?(\d{{4}}|\d{{2}})?_?(cd|code|nm|name)", re.IGNORECASE)
_CHANGE = re.compile(r"chn?g_?ind|change_?(code|ind|indicator)?", re.IGNORECASE)
#: A partnership's own areas belong to no year's boundaries.
_NEEDS_YEAR = frozenset(_KINDS.values()) - {"custom"}


@dataclass(frozen=True, slots=True)
class AreaColumn:
    """Where a table keeps the codes of one set of areas, and where their names, if it has them."""

    area_set: AreaSet
    label: str
    code_position: int
    name_position: int | None = None


@dataclass(frozen=True, slots=True)
class AreaColumns:
    """The area columns of a table; `undated` are headings that name a kind of area but no year."""

    columns: tuple[AreaColumn, ...]
    undated: tuple[str, ...] = ()
    change_position: int | None = None
    repeated: tuple[str, ...] = ()  # headings whose second column holds codes of the same areas

    def of_kind(self, kind: AreaKind) -> tuple[AreaColumn, ...]:
        """The columns of one kind, oldest boundaries first."""
        found = (c for c in self.columns if c.area_set.kind == kind)
        return tuple(sorted(found, key=lambda c: c.area_set.year or 0))


def find_area_columns(labels: Sequence[str]) -> AreaColumns:
    """Which of these headings hold codes of areas, of which kind and year, and where are the names beside them?

    >>> [str(c.area_set) for c in find_area_columns(["LSOA21CD", "LSOA21NM", "ward24_code", "ObjectId"]).columns]
    ['lsoa@2021', 'ward@2024']
    >>> find_area_columns(["LAD_code"]).undated
    ('LAD_code',)
    """
    codes: dict[AreaSet, tuple[int, str]] = {}
    names: dict[AreaSet, int] = {}
    undated: list[str] = []
    repeated: list[str] = []
    for position, label in enumerate(labels):
        match = _COLUMN.fullmatch(label.strip())
        if match is None:
            continue
        area_set = AreaSet(_KINDS[match[1].lower()], _read_year(match[2]))
        is_code = match[3].lower() in ("cd", "code")
        if area_set.year is None and area_set.kind in _NEEDS_YEAR:
            undated += [label] if is_code else []
        elif is_code:
            repeated += [label] if area_set in codes else []
            codes.setdefault(area_set, (position, label))
        else:
            names.setdefault(area_set, position)
    columns = tuple(AreaColumn(s, label, at, names.get(s)) for s, (at, label) in codes.items())
    change = next((i for i, label in enumerate(labels) if _CHANGE.fullmatch(label.strip())), None)
    return AreaColumns(columns, tuple(undated), change, tuple(repeated))


def _read_year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
