"""Counts that a partner shared, by month, place and the categories that its mapping file names."""

from collections.abc import Callable

from wardmote.evidence.indicators.answers import Answer, Cell, Counts, answer_missing, time_label, time_slices
from wardmote.evidence.indicators.forces import describe_missing
from wardmote.evidence.indicators.places import UNPLACED, Placement, Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot


def answer_partner(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Items of a partner's dataset in the area and period. A withheld count makes its cell missing, never smaller."""
    dataset = question.indicator.numerator.where["dataset"][0]
    held = frozenset(Month.parse(k[1][:7]) for k in snapshot.keys("partner_counts") if k[0] == dataset)
    if not held:
        return answer_missing(question, Missing("source_missing", f"no partner dataset '{dataset}' is loaded"))
    rows = snapshot.connection.execute(
        "SELECT month, area_set, area_code, category, sum(items_count), count(*) FILTER (WHERE items_count IS NULL) "
        "FROM partner_counts WHERE dataset = ? AND month BETWEEN ? AND ? GROUP BY ALL",
        [dataset, f"{question.period.first}-01", f"{question.period.last}-01"],
    ).fetchall()
    inside, placement = _choose_rows(places, question, rows)
    loads = snapshot.loads_for("partner_counts", {(dataset, f"{m}-01") for m in question.period.months})
    counts, withheld = _into_cells(question, inside, placement)
    return Answer(counts, _explain(held, dataset), loads, "partner", withheld)


_Row = tuple[object, str, str, str, float | None, int]


def _choose_rows(places: Places, question: Question, rows: list[_Row]) -> tuple[list[_Row], dict[str, str]]:
    """The rows that lie in the asked area, and to which place of the breakdown each area code belongs."""
    codes = {r[2] for r in rows}
    inside = {c for c in codes if c == question.area or question.area in places.get_enclosing(c).values()}
    kept = [r for r in rows if r[2] in inside]
    asked = question.breakdown.place
    if asked is None:
        return kept, dict.fromkeys(inside, "")
    return kept, {c: _place_of(places, c, asked, question) for c in inside}


def _place_of(places: Places, code: str, asked: AreaSet, question: Question) -> str:
    if places.find_area(code).kind == asked.kind:
        return code
    if places.find_area(code).kind == "lsoa":
        placement: Placement = places.place([code], places.choose_set(asked, question.period, [code]))
        return placement.parent_of.get(code, UNPLACED)
    return places.get_enclosing(code).get(asked.kind, UNPLACED)


def _into_cells(question: Question, rows: list[_Row], place_of: dict[str, str]) -> tuple[Counts, dict[Cell, Missing]]:
    cells: dict[Cell, float] = {}
    withheld: dict[Cell, Missing] = {}
    for month, _, code, category, total, hidden in rows:
        cell = _cell_of(question, Month.parse(str(month)[:7]), category, place_of[code])
        cells[cell] = cells.get(cell, 0.0) + (total or 0.0)
        if hidden:
            withheld[cell] = Missing("suppressed", "the partner withheld a count that is part of this")
    domains = {n: tuple(sorted({c[i] for c in cells})) for i, n in enumerate(question.breakdown.names)}
    if question.breakdown.time:
        domains[question.breakdown.time] = tuple(map(str, time_slices(question.breakdown.time, question.period)))
    return Counts(cells, domains), withheld


def _cell_of(question: Question, month: Month, category: str, place: str) -> Cell:
    values = {"category": category}
    if question.breakdown.time:
        values[question.breakdown.time] = time_label(question.breakdown.time, month, question.period)
    if question.breakdown.place:
        values[question.breakdown.place.kind] = place
    return tuple(values[n] for n in question.breakdown.names)


def _explain(held: frozenset[Month], dataset: str) -> Callable[[Period], Missing | None]:
    def explain(period: Period) -> Missing | None:
        text = describe_missing(period, held)
        return Missing("month_missing", f"{text} of the partner dataset '{dataset}' not loaded") if text else None

    return explain
