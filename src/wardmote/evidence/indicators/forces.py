"""Which police force's own file counts for an area, and which months of it are held."""

from dataclasses import dataclass
from functools import cache

from wardmote.evidence.definitions.files import parse_yaml, read_catalogue_text
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Force:
    """A police force as the open data names it: the slug of its files, its name, its police force area code."""

    slug: str
    name: str
    code: str
    kind: str


@cache
def list_forces() -> dict[str, Force]:
    """The forces of the catalogue by slug."""
    rows = parse_yaml(read_catalogue_text("places/forces.yaml"), "catalogue/places/forces.yaml")
    entries = rows["forces"] if isinstance(rows, dict) else rows
    forces = [Force(str(r["slug"]), str(r["name"]), str(r.get("code") or ""), str(r["kind"])) for r in entries]
    return {f.slug: f for f in forces}


def find_force(snapshot: Snapshot, places: Places, area: str, table: str) -> str | None:
    """The slug of the territorial force for the area.

    From the look-ups where they link the area to a force; otherwise the territorial force with most rows in the area's
    small areas, which is right wherever one covers the area. The transport police may have more rows at a station.
    """
    enclosing = places.get_enclosing(area)
    by_code = {f.code: f.slug for f in list_forces().values() if f.code}
    slug = by_code.get(enclosing.get("force", ""))
    return slug or places.recall(
        ("dominant force", area, table), lambda: _find_dominant_force(snapshot, places, area, table)
    )


def _find_dominant_force(snapshot: Snapshot, places: Places, area: str, table: str) -> str | None:
    if not snapshot.has(table):
        return None
    codes = sorted(places.get_members(area).codes)
    value = {"street_counts": "offences_count", "outcome_counts": "outcomes_count"}.get(table)
    if value is None:
        return None
    others = [f.slug for f in list_forces().values() if f.kind == "transport"]
    row = snapshot.connection.execute(
        f"SELECT force FROM {table} WHERE lsoa_code IN (SELECT unnest(?)) AND NOT list_contains(?, force) "
        f"GROUP BY force ORDER BY sum({value}) DESC, force",
        [codes, others],
    ).fetchone()
    return str(row[0]) if row else None


def months_held(snapshot: Snapshot, table: str, force: str | None) -> frozenset[Month]:
    """The months of the force's file that are loaded."""
    keys = snapshot.keys(table) if snapshot.has(table) else frozenset()
    return frozenset(Month.parse(key[1][:7]) for key in keys if key[0] == force)


def describe_missing(period: Period, held: frozenset[Month]) -> str:
    """The months of the period that are not held, in words; empty when all are."""
    runs: list[list[Month]] = []
    for month in (m for m in period.months if m not in held):
        if runs and runs[-1][-1] + 1 == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(r[0].title if len(r) == 1 else f"{r[0].title} to {r[-1].title}" for r in runs)


def force_name(slug: str | None) -> str:
    """The force's name for readers."""
    force = list_forces().get(slug or "")
    return force.name if force else (slug or "no force").replace("-", " ").title()
