"""What the Department for Transport calls the columns of its road files, and which of them are read.

Until 2023 the files said 'accident' (accident_index, accident_severity, lsoa_of_accident_location), since then they say
'collision'; the files before 2021 had capitals and brackets. All are brought to one spelling first, so that a mixture,
such as today's lsoa_of_accident_location, is read too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

RoadFile = Literal["collisions", "casualties", "adjustments", "vehicles"]

#: What each kind of file must have, in our names, with every spelling (after `spell_heading`) that the publisher used.
_COLUMNS: dict[RoadFile, dict[str, tuple[str, ...]]] = {
    "collisions": {
        "index": ("collision_index",),
        "date": ("date",),
        "severity": ("collision_severity",),
        "district": ("local_authority_ons_district",),
    },
    "casualties": {
        "index": ("collision_index",),
        "number": ("casualty_reference",),
        "severity": ("casualty_severity",),
        "type": ("casualty_type",),
    },
    "adjustments": {
        "index": ("collision_index",),
        "number": ("casualty_reference",),
        "serious": ("casualty_adjusted_severity_serious", "casualty_adjusted_serious", "adjusted_serious"),
        "slight": ("casualty_adjusted_severity_slight", "casualty_adjusted_slight", "adjusted_slight"),
    },
    "vehicles": {"index": ("collision_index",), "type": ("vehicle_type",)},
}
#: What is read where it is there.
_OPTIONAL: dict[RoadFile, dict[str, tuple[str, ...]]] = {
    "collisions": {
        "year": ("collision_year",),
        "lsoa": ("lsoa_of_collision_location",),
        "longitude": ("longitude",),
        "latitude": ("latitude",),
        "casualties": ("number_of_casualties",),
        "force": ("police_force",),
    },
    "casualties": {
        "year": ("collision_year",),
        "class": ("casualty_class",),
        "age": ("age_of_casualty",),
        "age_band": ("age_band_of_casualty",),
        "serious": _COLUMNS["adjustments"]["serious"],
        "slight": _COLUMNS["adjustments"]["slight"],
    },
    "adjustments": {"year": ("collision_year",)},
    "vehicles": {},
}
#: The column that only one kind of file has, in the order in which it tells them apart.
_TELLS: tuple[tuple[str, RoadFile], ...] = (
    ("collision_severity", "collisions"),
    ("casualty_severity", "casualties"),
    ("vehicle_type", "vehicles"),
)
_ADJUSTED = frozenset(_COLUMNS["adjustments"]["serious"])
#: Columns that the file of adjustments has too, which is why they do not make a file one of casualties.
_SHARED = frozenset(s for names in _COLUMNS["adjustments"].values() for s in names) - {"collision_index"}


@dataclass(frozen=True, slots=True)
class RoadColumns:
    """Which kind of file this is, where its columns stand, and which that it must have are not there."""

    kind: RoadFile
    positions: dict[str, int]
    missing: tuple[str, ...]


def spell_heading(heading: str) -> str:
    """One spelling for headings of every year.

    >>> spell_heading("Accident_Severity"), spell_heading("Local_Authority_(District)")
    ('collision_severity', 'local_authority_district')
    """
    plain = re.sub(r"[^a-z0-9]+", "_", heading.strip().lower()).strip("_")
    return plain.replace("accident", "collision")


def find_road_columns(headings: Sequence[str]) -> RoadColumns | None:
    """Which of the department's files has these headings? None where it is none of them."""
    spelled = [spell_heading(h) for h in headings]
    kind = next((kind for tell, kind in _TELLS if tell in spelled), None) or _guess_kind(spelled)
    if kind is None and _ADJUSTED & set(spelled):
        kind = "adjustments"
    if kind is None:
        return None
    required = {name: _find(spelled, spellings) for name, spellings in _COLUMNS[kind].items()}
    optional = {name: _find(spelled, spellings) for name, spellings in _OPTIONAL[kind].items()}
    positions = {name: at for name, at in (required | optional).items() if at is not None}
    missing = tuple(_COLUMNS[kind][name][0] for name, at in required.items() if at is None)
    return RoadColumns(kind, positions, missing)


def _guess_kind(spelled: Sequence[str]) -> RoadFile | None:
    """A file whose telling column was renamed is known by most of its others, so that the missing one can be named."""
    for kind in ("collisions", "casualties"):
        known = {s for group in (_COLUMNS[kind], _OPTIONAL[kind]) for names in group.values() for s in names}
        if len((known - _SHARED) & set(spelled)) >= 4:
            return kind
    return None


def _find(spelled: Sequence[str], spellings: Sequence[str]) -> int | None:
    return next((spelled.index(s) for s in spellings if s in spelled), None)
