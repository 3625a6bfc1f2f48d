"""How do the crimes stand in the police's own monthly files: street level, outcomes, stop and search?

The layout is that of data.police.uk, with its habits: no identifier for anti-social behaviour, rows that are wholly
equal, rows with no location, a few rows far outside the force, an empty Context, line ends that change with the
year, and small-area codes that change vintage with some months of both.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from wardmote.evidence.sample.crimes import NOWHERE, OUTSIDE, Crimes, Flags
from wardmote.evidence.sample.faults import MISSING_MONTH, MIXED_FROM, NEW_VINTAGE_FROM
from wardmote.evidence.sample.geography import SNAP_POINTS_PER_AREA, Geography
from wardmote.evidence.sample.margins import ANTI_SOCIAL_BEHAVIOUR, CRIME_TYPES, MONTHS
from wardmote.evidence.sample.outline import Labels, Shapes
from wardmote.evidence.sample.places import FORCE_NAME, FORCE_SLUG, OUTSIDE_CODE, OUTSIDE_NAME
from wardmote.evidence.sample.street_words import (
    AWAITING_COURT,
    CHARGED,
    COURT_UNKNOWN,
    OUTCOMES,
    OUTCOMES_HEADER,
    SPOTS,
    STREET_HEADER,
    STREETS,
    TYPE_ORDER,
    UNDER_INVESTIGATION,
)

OUTCOMES_FROM = "2024-04"
_CRLF_YEARS = ("2021", "2022", "2024")
_MIXED_NEW_SHARE = 0.3
_COURT_MONTHS = 6  # a charge younger than this still awaits the court; older ones show no result


@dataclass(frozen=True)
class Written:
    """Text columns of every crime, ready to be joined into lines."""

    crime_id: Shapes
    place: Shapes


def write_street(rng: np.random.Generator, root: Path, *, crimes: Crimes, geography: Geography) -> list[Path]:
    """Write the monthly street and outcomes files below `root`; return their paths."""
    written = _write_columns(rng, crimes, geography)
    street = _write_street_months(root, crimes, written, order=_sort_rows(crimes, geography))
    outcomes = _write_outcome_months(rng, root, crimes, written)
    return street + outcomes


def _write_columns(rng: np.random.Generator, crimes: Crimes, geography: Geography) -> Written:
    rows = len(crimes.month)
    digits = rng.bytes(32 * rows).hex()
    ids = [digits[64 * row : 64 * row + 64] for row in range(rows)]
    crime_id = np.array(ids, dtype=object)
    crime_id[crimes.kind == ANTI_SOCIAL_BEHAVIOUR] = ""
    return Written(crime_id=crime_id, place=_write_places(rng, crimes, geography))


def _write_places(rng: np.random.Generator, crimes: Crimes, geography: Geography) -> Shapes:
    """Return "Longitude,Latitude,Location,LSOA code,LSOA name" for every crime."""
    points = [f"{x:.6f},{y:.6f}" for x, y in geography.snap_points.reshape(-1, 2)]
    spots = [f"{point},{name}" for point, name in zip(points, _name_points(rng, len(points)), strict=True)]
    new_names = [f",{c},{n}" for c, n in zip(geography.small_new.codes, geography.small_new.names, strict=True)]
    old = geography.small_old
    old_names = [f",{old.codes[cell]},{old.names[cell]}" for cell in geography.parent]
    use_new = _choose_vintage(rng, crimes.month)
    spot = np.array(spots, dtype=object)[crimes.area * SNAP_POINTS_PER_AREA + crimes.point]
    new, old_vintage = np.array(new_names, dtype=object), np.array(old_names, dtype=object)
    area = np.where(use_new, new[crimes.area], old_vintage[crimes.area])
    place: Shapes = spot + area
    place[crimes.area == NOWHERE] = ",,No Location,,"
    place[crimes.area == OUTSIDE] = f"3.211340,55.120450,On or near Sample Quay,{OUTSIDE_CODE},{OUTSIDE_NAME}"
    return place


def _name_points(rng: np.random.Generator, count: int) -> list[str]:
    """Return invented locations; one in six is a kind of spot, as the publisher names car parks and shops."""
    kinds, numbers = rng.integers(0, len(STREETS), count), rng.integers(1, 400, count)
    spots = np.where(rng.random(count) < 1 / 6, rng.integers(0, len(SPOTS), count), -1)
    return [
        f"On or near {SPOTS[spot]}" if spot >= 0 else f"On or near Sample {STREETS[kind]} {number}"
        for kind, number, spot in zip(kinds, numbers, spots, strict=True)
    ]


def _choose_vintage(rng: np.random.Generator, month: Labels) -> Flags:
    mixed = (month >= MONTHS.index(MIXED_FROM)) & (rng.random(len(month)) < _MIXED_NEW_SHARE)
    return np.asarray(mixed | (month >= MONTHS.index(NEW_VINTAGE_FROM)))


def _sort_rows(crimes: Crimes, geography: Geography) -> Labels:
    """Return the published rows by month, small-area name and type; those with no location come last."""
    rank = np.argsort(np.argsort(np.array(geography.small_new.names), kind="stable"), kind="stable")
    place = np.where(crimes.area >= 0, rank[crimes.area], len(rank) - crimes.area)
    kind = np.argsort(np.array(TYPE_ORDER))[crimes.kind]
    order = np.lexsort((crimes.point, kind, place, crimes.month))
    chosen: Labels = order[crimes.published[order]]
    return chosen


def _write_street_months(root: Path, crimes: Crimes, written: Written, *, order: Labels) -> list[Path]:
    tails = _write_tails(crimes)
    cuts = np.searchsorted(crimes.month[order], np.arange(len(MONTHS) + 1))
    paths = []
    for number, month in enumerate(MONTHS):
        rows = order[cuts[number] : cuts[number + 1]]
        if month == MISSING_MONTH:
            continue
        middle = f",{month},{FORCE_NAME},{FORCE_NAME},"
        columns = zip(written.crime_id[rows], written.place[rows], tails[rows], strict=True)
        lines = [f"{identifier}{middle}{place},{tail}" for identifier, place, tail in columns]
        paths.append(_write_month(root, month, "street", [STREET_HEADER, *lines]))
    return paths


def _write_tails(crimes: Crimes) -> Shapes:
    """Return "Crime type,Last outcome category," for every crime."""
    words = np.array([*OUTCOMES, UNDER_INVESTIGATION, AWAITING_COURT, COURT_UNKNOWN], dtype=object)
    last = np.where(crimes.outcome < 0, len(OUTCOMES), crimes.outcome)
    young = len(MONTHS) - crimes.outcome_month <= _COURT_MONTHS
    charged = crimes.outcome == OUTCOMES.index(CHARGED)
    last = np.where(charged, np.where(young, len(OUTCOMES) + 1, len(OUTCOMES) + 2), last)
    types = np.array([f"{name}," for name in CRIME_TYPES], dtype=object)
    word = words[last]
    word[crimes.kind == ANTI_SOCIAL_BEHAVIOUR] = ""
    tails: Shapes = types[crimes.kind] + word + ","
    return tails


def _write_outcome_months(rng: np.random.Generator, root: Path, crimes: Crimes, written: Written) -> list[Path]:
    """Write the outcomes that came in the last two years; those of unpublished crimes join to nothing, as some do."""
    first = MONTHS.index(OUTCOMES_FROM)
    rows = np.flatnonzero((crimes.outcome >= 0) & (crimes.outcome_month >= first))
    rows = rng.permutation(rows)
    rows = rows[np.argsort(crimes.outcome_month[rows], kind="stable")]
    cuts = np.searchsorted(crimes.outcome_month[rows], np.arange(first, len(MONTHS) + 1))
    paths = []
    for number, month in enumerate(MONTHS[first:]):
        mine = rows[cuts[number] : cuts[number + 1]]
        middle = f",{month},{FORCE_NAME},{FORCE_NAME},"
        lines = [f"{written.crime_id[r]}{middle}{written.place[r]},{OUTCOMES[crimes.outcome[r]]}" for r in mine]
        paths.append(_write_month(root, month, "outcomes", [OUTCOMES_HEADER, *lines]))
    return paths


def _write_month(root: Path, month: str, what: str, lines: list[str]) -> Path:
    end = "\r\n" if month[:4] in _CRLF_YEARS else "\n"
    path = root / month / f"{month}-{FORCE_SLUG}-{what}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((end.join(lines) + end).encode())
    return path
