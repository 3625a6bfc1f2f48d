"""What is loaded: of each source which months or years, what is missing between them, and when it was last loaded."""

from dataclasses import dataclass
from datetime import datetime

from wardmote.evidence.definitions.sources import get_source
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.forces import describe_missing, find_force, force_name
from wardmote.evidence.indicators.readings.spans import list_held_months, list_periods
from wardmote.evidence.indicators.tables.official import list_official_years
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot

#: An indicator that stands for all of its table.
_OF_TABLE = {
    "street_counts": "crime_count", "outcome_counts": "outcomes_count", "stop_search_rows": "stop_search_count",
    "recorded_crime": "official_crime_count", "fly_tipping": "fly_tipping_count", "collisions": "collisions_count",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holding:
    """One source as far as it is held for an area: `first` to `last`, and in words what lies missing between them."""

    source: str
    title: str
    publisher: str
    licence: str
    whose: str
    first: str
    last: str
    missing: str
    loaded_at: datetime

    @property
    def is_whole(self) -> bool:
        return not self.missing


def list_holdings(evidence: Evidence, area: str) -> tuple[Holding, ...]:
    """What is held of each source for the area, those of months first; without an area of whatever is held."""
    found = [_describe_table(evidence, table, area) for table in _OF_TABLE if evidence.snapshot.has(table)]
    return (*(h for h in found if h), *_list_datasets(evidence))


def _describe_table(evidence: Evidence, table: str, area: str) -> Holding | None:
    indicator, snapshot = _OF_TABLE[table], evidence.snapshot
    periods = _list_years(evidence, table) if table in ("recorded_crime", "fly_tipping", "collisions") else ()
    if periods:
        first, last = periods[-1].title, periods[0].title
        return _make(snapshot, table, whose="", first=first, last=last, missing=_find_gaps(periods))
    force = find_force(snapshot, evidence.places, area, table) if area else None
    months = list_held_months(evidence, indicator, area) if force else frozenset[Month]()
    if not months:
        return None
    span = Period(min(months), max(months))
    gaps = describe_missing(span, months)
    return _make(snapshot, table, whose=force_name(force), first=span.first.title, last=span.last.title, missing=gaps)


def _list_years(evidence: Evidence, table: str) -> tuple[Period, ...]:
    if table == "recorded_crime":
        return tuple(reversed(list_official_years(evidence.snapshot)))
    return list_periods(evidence, _OF_TABLE[table], "")


def _find_gaps(newest_first: tuple[Period, ...]) -> str:
    """The years that none of the periods covers; periods of other ends than the first are no gap."""
    held = frozenset(month for period in newest_first for month in period)
    return describe_missing(Period(min(held), max(held)), held)


def _list_datasets(evidence: Evidence) -> tuple[Holding, ...]:
    snapshot = evidence.snapshot
    if not snapshot.has("partner_datasets"):
        return ()
    sql = "SELECT dataset, title, publisher, licence FROM partner_datasets ORDER BY title, dataset"
    found = []
    for dataset, title, publisher, licence in snapshot.connection.execute(sql).fetchall():
        months = list_held_months(evidence, f"partner_{dataset}_count", "")
        if not months:
            continue
        loads = snapshot.loads_for("partner_counts", {(dataset, f"{m}-01") for m in months})
        found.append(
            Holding(
                "partner", title, publisher, licence, "", min(months).title, max(months).title, "",
                _find_last(snapshot, loads),
            )
        )  # fmt: skip
    return tuple(found)


def _make(snapshot: Snapshot, table: str, *, whose: str, first: str, last: str, missing: str) -> Holding:
    loads = snapshot.loads_of(table)
    manifest = snapshot.find_manifest(loads[-1])
    name = manifest.source if manifest else ""
    try:
        source = get_source(name)
        title, publisher, licence = source.title, source.publisher, source.licence
    except UsageError:  # a load of a source that this catalogue does not know
        title, publisher, licence = name, "", ""
    return Holding(name, title, publisher, licence, whose, first, last, missing, _find_last(snapshot, loads))


def _find_last(snapshot: Snapshot, loads: tuple[str, ...]) -> datetime:
    manifests = (snapshot.find_manifest(load) for load in loads)
    return max(m.loaded_at for m in manifests if m)
