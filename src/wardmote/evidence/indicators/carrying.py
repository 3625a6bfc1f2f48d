"""What of the answers about one state of a store still holds in the next: a new month of crime moves no ward.

A load changes one or two tables. What was worked out from none of them is handed on to the evidence of the new state:
the first questions after a load cost little more than the counting of what was loaded.
"""

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.store.memory import Key
from wardmote.evidence.store.snapshot import Snapshot

#: From these tables areas have their names, parts, residents and shapes.
_OF_PLACES = frozenset({"area_links", "boundaries", "recorded_crime", "population"})
#: Answers about places, by the word that their keys begin with; all of them rest on those tables alone.
_PLACES = (
    "links", "names", "find_area", "get_members", "get_districts", "get_partnerships", "get_enclosing", "list_sets",
    "_list_districts", "_links_any", "_place", "residents", "shapes", "outlines", "official years",
)  # fmt: skip
#: Answers that begin with the id of an indicator: they rest on its table besides, and on those named here.
_FIGURES = ("figures", "series")
_BESIDES = {
    "street_counts": ("street_rows",),
    "outcome_counts": ("outcome_rows",),
    "collisions": ("casualties",),
    "casualties": ("collisions",),
    "partner_counts": ("partner_datasets", "partner_refusals"),
}


def carry_over(earlier: Evidence, later: Evidence) -> int:
    """Hand on to `later` what `earlier` answered and no load between them changed. Returns how many answers."""
    changed = find_changed_tables(earlier.snapshot, later.snapshot)
    if changed & _OF_PLACES:
        return 0
    keys = [key for kind in _PLACES for key in earlier.snapshot.list_remembered(kind)]
    keys += [key for kind in _FIGURES for key in earlier.snapshot.list_remembered(kind) if not _rests_on(key, changed)]
    later.denominators.take_over(earlier.denominators)
    return later.snapshot.take_over(earlier.snapshot, keys)


def find_changed_tables(earlier: Snapshot, later: Snapshot) -> frozenset[str]:
    """The tables of which not the same rows of the same loads are in force in both."""
    tables = {*earlier.table_names, *later.table_names}
    return frozenset(table for table in tables if _mark(earlier, table) != _mark(later, table))


def _mark(snapshot: Snapshot, table: str) -> tuple[tuple[str, object], ...]:
    return tuple((part.manifest.id, part.owned) for part in snapshot.parts(table))


def _rests_on(key: Key, changed: frozenset[str]) -> bool:
    table = get_indicator(str(key[1])).numerator.table
    return bool(changed & {table, *_BESIDES.get(table, ())})
