"""Road collisions and casualties from the Department for Transport's open data, by district."""

from collections.abc import Callable

from wardmote.evidence.indicators.answers import Answer, Counts, answer_missing, time_slice, time_slices
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot

#: Everyone counts as killed or seriously injured by the published probability of being recorded as serious today.
_MEASURES = {
    "collisions": "count(*)",
    "ksi": "count(*) FILTER (WHERE k.severity IN ('fatal', 'serious'))",
    "adjusted": "sum(CASE WHEN k.severity = 'fatal' THEN 1.0 ELSE k.adjusted_serious END)",
}


def answer_collisions(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Collisions with injury in the area's district."""
    return _answer(snapshot, places, question, "FROM collisions c", _MEASURES["collisions"])


def answer_casualties(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Casualties killed or seriously injured in the area's district, as recorded or adjusted."""
    adjusted = "adjusted" in question.indicator.numerator.where.get("severity", ())
    if not snapshot.has("collisions"):
        return answer_missing(question, Missing("source_missing", "the collisions of these casualties are not loaded"))
    tables = "FROM casualties k JOIN collisions c ON c.collision_id = k.collision_id AND c.year = k.year"
    return _answer(snapshot, places, question, tables, _MEASURES["adjusted" if adjusted else "ksi"])


def _answer(snapshot: Snapshot, places: Places, question: Question, tables: str, measure: str) -> Answer:
    districts = _districts(places, question.area)
    rows = snapshot.connection.execute(
        f"SELECT c.month, {measure} {tables} WHERE c.month BETWEEN ? AND ? "
        "AND list_contains(?, c.district_code) GROUP BY 1",
        [f"{question.period.first}-01", f"{question.period.last}-01", districts],
    ).fetchall()
    unpublished = any(value is None for _, value in rows)
    if unpublished:
        return answer_missing(question, Missing("not_published", "the adjustment is not published for all casualties"))
    return Answer(_into_cells(question, rows), _explain_years(snapshot), _loads(snapshot, question), "stats19")


def _districts(places: Places, area: str) -> list[str]:
    kind = places.find_area(area).kind
    return sorted(places.get_districts(area)) if kind in ("csp", "force") else [area]


def _into_cells(question: Question, rows: list[tuple[object, float]]) -> Counts:
    step = question.breakdown.time
    cells: dict[tuple[str, ...], float] = {}
    for month, value in rows:
        cell = (str(time_slice(step, Month.parse(str(month)[:7]), question.period)),) if step else ()
        cells[cell] = cells.get(cell, 0.0) + float(value)
    domains = {step: tuple(map(str, time_slices(step, question.period)))} if step else {}
    return Counts(cells, domains)


def _explain_years(snapshot: Snapshot) -> Callable[[Period], Missing | None]:
    held = {int(key[0]) for key in snapshot.keys("collisions")}

    def explain(period: Period) -> Missing | None:
        absent = sorted({m.year for m in period.months} - held)
        return Missing("month_missing", f"road data for {', '.join(map(str, absent))} not loaded") if absent else None

    return explain


def _loads(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    keys: set[tuple[str, ...]] = {(str(m.year),) for m in question.period.months}
    tables = ("collisions", "casualties") if question.indicator.numerator.table == "casualties" else ("collisions",)
    return tuple(dict.fromkeys(i for t in tables for i in snapshot.loads_for(t, keys)))
