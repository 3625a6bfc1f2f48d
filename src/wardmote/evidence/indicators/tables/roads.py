"""Road collisions and casualties from the Department for Transport's open data.

A collision carries the code of its district at the time and, in England and Wales, of its small area. A district,
partnership, force or region is answered by district; a ward, small area or custom area by small area.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wardmote.evidence.indicators.answers import Answer, Counts, answer_missing, time_slice, time_slices
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot

#: Adjusted, each casualty who did not die counts by the published probability of being recorded as serious today. One
#: without a probability leaves the whole without value: a sum over the others would look like fewer people hurt.
_MEASURES = {
    "collisions": "count(*)",
    "ksi": "count(*) FILTER (WHERE k.severity IN ('fatal', 'serious'))",
    "adjusted": (
        "CASE WHEN bool_and(k.severity = 'fatal' OR k.adjusted_serious IS NOT NULL) "
        "THEN sum(CASE WHEN k.severity = 'fatal' THEN 1.0 ELSE k.adjusted_serious END) END"
    ),
}


@dataclass(frozen=True, slots=True)
class _Where:
    """By which column and codes an area's collisions are found, and what a reader must know about that."""

    column: str
    codes: list[str]
    notes: tuple[str, ...] = ()


def answer_collisions(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Collisions with injury in the area."""
    return _answer(snapshot, places, question, "FROM collisions c", _MEASURES["collisions"])


def answer_casualties(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Casualties killed or seriously injured in the area, as recorded or adjusted."""
    adjusted = "adjusted" in question.indicator.numerator.where.get("severity", ())
    if not snapshot.has("collisions"):
        return answer_missing(question, Missing("source_missing", "the collisions of these casualties are not loaded"))
    tables = "FROM casualties k JOIN collisions c ON c.collision_id = k.collision_id AND c.year = k.year"
    return _answer(snapshot, places, question, tables, _MEASURES["adjusted" if adjusted else "ksi"])


def _answer(snapshot: Snapshot, places: Places, question: Question, tables: str, measure: str) -> Answer:
    where = _locate(places, question.area)
    if not _holds_any(snapshot, where):
        return answer_missing(question, Missing("area_unknown", f"no collision of {question.area} is loaded"))
    rows = snapshot.connection.execute(
        f"SELECT c.month, {measure} {tables} WHERE c.month BETWEEN ? AND ? "
        f"AND list_contains(?, c.{where.column}) GROUP BY 1",
        [f"{question.period.first}-01", f"{question.period.last}-01", where.codes],
    ).fetchall()
    if any(value is None for _, value in rows):
        return answer_missing(question, Missing("not_published", "the adjustment is not published for all casualties"))
    counts = _into_cells(question, rows)
    counts.notes += where.notes
    return Answer(counts, _explain_months(snapshot, _tables_of(question)), _loads(snapshot, question), "stats19")


def _locate(places: Places, area: str) -> _Where:
    kind = places.find_area(area).kind
    if kind in ("csp", "force", "region"):
        return _Where("district_code", sorted(places.add_former_districts(places.get_districts(area))))
    if kind in ("lsoa", "msoa", "ward", "custom"):
        members = places.get_members(area)
        split = ", ".join(sorted(members.split))
        note = f"Collisions in the small areas {split}, which lie only partly in {area}, are left out." if split else ""
        return _Where("lsoa_code", sorted(members.codes), (note,) if note else ())
    return _Where("district_code", sorted(places.add_former_districts({area})))


def _holds_any(snapshot: Snapshot, where: _Where) -> bool:
    """Does any collision tell of this area? A small area may truly have none, so its whole source has to be silent."""
    if where.column == "lsoa_code":
        sql, parameters = "SELECT 1 FROM collisions WHERE lsoa_code IS NOT NULL LIMIT 1", []
    else:
        sql, parameters = "SELECT 1 FROM collisions WHERE list_contains(?, district_code) LIMIT 1", [where.codes]
    return bool(where.codes) and snapshot.connection.execute(sql, parameters).fetchone() is not None


def _into_cells(question: Question, rows: list[tuple[object, float]]) -> Counts:
    step = question.breakdown.time
    cells: dict[tuple[str, ...], float] = {}
    for month, value in rows:
        cell = (str(time_slice(step, Month.parse(str(month)[:7]), question.period)),) if step else ()
        cells[cell] = cells.get(cell, 0.0) + float(value)
    domains = {step: tuple(map(str, time_slices(step, question.period)))} if step else {}
    return Counts(cells, domains)


def _explain_months(snapshot: Snapshot, tables: tuple[str, ...]) -> Callable[[Period], Missing | None]:
    """Years come whole, save a provisional one, which ends with the last month that has a collision anywhere."""
    years = {int(key[0]) for key in frozenset.intersection(*(snapshot.keys(t) for t in tables))}
    ends = dict(snapshot.connection.execute("SELECT year, max(month(month)) FROM collisions GROUP BY 1").fetchall())

    def explain(period: Period) -> Missing | None:
        absent = sorted({m.year for m in period.months} - years)
        if absent:
            return Missing("month_missing", f"road data for {', '.join(map(str, absent))} not loaded")
        beyond = [m for m in period.months if m.number > ends.get(m.year, 0)]
        return Missing("month_missing", f"road data ends before {beyond[0]}") if beyond else None

    return explain


def _tables_of(question: Question) -> tuple[str, ...]:
    return ("collisions", "casualties") if question.indicator.numerator.table == "casualties" else ("collisions",)


def _loads(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    keys: set[tuple[str, ...]] = {(str(m.year),) for m in question.period.months}
    return tuple(dict.fromkeys(i for t in _tables_of(question) for i in snapshot.loads_for(t, keys)))
