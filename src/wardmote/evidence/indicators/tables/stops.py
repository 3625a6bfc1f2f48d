"""Stops and searches, by force: the open data gives points but no small area, so a force is the smallest area here."""

from collections.abc import Callable

from wardmote.evidence.indicators.answers import Answer, Counts, answer_missing, time_label, time_slices
from wardmote.evidence.indicators.forces import describe_missing, find_force, force_name, months_held
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot

TABLE = "stop_search_rows"


def answer_stops(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Searches of the force in the period, by month, quarter, year or outcome."""
    if places.find_area(question.area).kind != "force":
        why = "stops and searches carry no small area; ask for the police force's own code"
        return answer_missing(question, Missing("area_unknown", why))
    force = find_force(snapshot, places, question.area, TABLE)
    held = months_held(snapshot, TABLE, force)
    rows = snapshot.connection.execute(
        f"SELECT month, coalesce(outcome, ''), count(*) FROM {TABLE} "
        "WHERE force = ? AND month BETWEEN ? AND ? GROUP BY 1, 2",
        [force, f"{question.period.first}-01", f"{question.period.last}-01"],
    ).fetchall()
    loads = snapshot.loads_for(TABLE, {(force or "", f"{m}-01") for m in question.period.months})
    return Answer(_into_cells(question, rows), _explain(held, force), loads, "police-stop-search")


def _into_cells(question: Question, rows: list[tuple[object, str, int]]) -> Counts:
    cells: dict[tuple[str, ...], float] = {}
    step = question.breakdown.time
    for month, outcome, number in rows:
        values = {"outcome": outcome}
        if step:
            values[step] = time_label(step, Month.parse(str(month)[:7]), question.period)
        cell = tuple(values[n] for n in question.breakdown.names)
        cells[cell] = cells.get(cell, 0.0) + number
    domains = {"outcome": tuple(sorted({r[1] for r in rows}))}
    if step:
        domains[step] = tuple(map(str, time_slices(step, question.period)))
    return Counts(cells, {n: domains[n] for n in question.breakdown.names})


def _explain(held: frozenset[Month], force: str | None) -> Callable[[Period], Missing | None]:
    def explain(period: Period) -> Missing | None:
        text = describe_missing(period, held)
        return Missing("month_missing", f"{text} of {force_name(force)}'s file not loaded") if text else None

    return explain
