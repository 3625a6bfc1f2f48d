"""Counts that a partner shared, by month, place and the categories that its mapping file names."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from wardmote.evidence.indicators.answers import Answer, Cell, Counts, answer_missing, time_label, time_slices
from wardmote.evidence.indicators.forces import describe_missing
from wardmote.evidence.indicators.places import UNPLACED, Placement, Places
from wardmote.evidence.indicators.questions import Question
from wardmote.evidence.indicators.tables.partner_refusals import (
    Refusal,
    explain_refusals,
    find_refusals,
    note_refusals,
)
from wardmote.evidence.model.areas import AreaKind, AreaSet, kind_of_code
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.store.snapshot import Snapshot

_Row = tuple[object, str, str, float | None, int]
_WITHHELD = Missing("suppressed", "the partner withheld a count that is part of this")


@dataclass(frozen=True, slots=True)
class _Dataset:
    """What is held of one dataset: its months, its areas with the set of each, its categories and its time step."""

    name: str
    months: frozenset[Month]
    areas: dict[str, AreaSet]
    categories: tuple[str, ...]
    is_quarterly: bool
    refusals: tuple[Refusal, ...]


def answer_partner(snapshot: Snapshot, places: Places, question: Question) -> Answer:
    """Items of a partner's dataset in the area and period. A withheld count makes its cell missing, never smaller."""
    name = question.indicator.numerator.where["dataset"][0]
    dataset = _find_dataset(snapshot, name)
    if dataset is None:
        return answer_missing(question, Missing("source_missing", f"no partner dataset '{name}' is loaded"))
    inside = _choose_inside(places, question.area, dataset)
    if unfit := _find_unfit(places, question, dataset, inside):
        return answer_missing(question, unfit)
    rows = snapshot.connection.execute(_ROWS, [name, *_bounds(question.period), sorted(inside)]).fetchall()
    placement = _place(places, question, inside, dataset)
    loads = snapshot.loads_for("partner_counts", {(name, f"{m}-01") for m in question.period.months})
    counts, withheld = _into_cells(question, rows, dataset, placement)
    withheld = _find_refused(question, counts, dataset, placement, inside) | withheld
    counts.notes += note_refusals(snapshot, name, question.period)
    return Answer(counts, _explain(dataset), loads, "partner", withheld)


# -- what is held -----------------------------------------------------------------------------------------------
def _find_dataset(snapshot: Snapshot, name: str) -> _Dataset | None:
    months = {Month.parse(k[1][:7]) for k in snapshot.keys("partner_counts") if k[0] == name}
    if not months:
        return None
    rows = snapshot.connection.execute(
        "SELECT DISTINCT area_set, area_code, category FROM partner_counts WHERE dataset = ? AND area_code <> ''",
        [name],
    ).fetchall()
    is_quarterly = _find_step(snapshot, name) == "quarter"
    if is_quarterly:  # a quarter's items stand at its first month
        months = {m + n for m in months for n in range(3)}
    refusals = find_refusals(snapshot, name)
    areas = {code: AreaSet.parse(area_set) for area_set, code, _ in rows} | {
        r.area: r.area_set for r in refusals if r.area
    }
    categories = {r[2] for r in rows} | {r.category for r in refusals if r.category}
    return _Dataset(name, frozenset(months), areas, tuple(sorted(categories)), is_quarterly, tuple(refusals))


def _find_step(snapshot: Snapshot, name: str) -> str:
    if not snapshot.has("partner_datasets"):
        return "month"
    row = snapshot.connection.execute("SELECT step FROM partner_datasets WHERE dataset = ?", [name]).fetchone()
    return str(row[0]) if row else "month"


# -- where ------------------------------------------------------------------------------------------------------
def _choose_inside(places: Places, area: str, dataset: _Dataset) -> frozenset[str]:
    """The dataset's areas that lie wholly in the asked one: small areas by its members, others by their parents."""
    small = {c for c in dataset.areas if kind_of_code(c) == "lsoa"}
    inside = {c for c in dataset.areas.keys() - small if c == area or area in places.get_enclosing(c).values()}
    return frozenset(inside | (small & _small_areas_of(places, area)))


def _small_areas_of(places: Places, area: str) -> frozenset[str]:
    if kind_of_code(area) == "lsoa":
        return frozenset({area})
    try:
        return places.get_members(area).codes
    except UsageError:  # no look-up says what the area is made of
        return frozenset()


def _find_unfit(places: Places, question: Question, dataset: _Dataset, inside: frozenset[str]) -> Missing | None:
    """Why this dataset cannot answer the question, if it cannot."""
    if not inside:
        return Missing("area_unknown", _explain_nothing_inside(places, question.area, dataset))
    first, last = question.period.first.number % 3, question.period.last.number % 3
    if dataset.is_quarterly and (question.breakdown.time == "month" or (first, last) != (1, 0)):
        return Missing("not_published", f"the partner gives '{dataset.name}' by quarter and not by month")
    outside = _find_uncovered(places, question.area, dataset)
    if outside:
        names = ", ".join(places.find_area(code).title for code in outside)
        return Missing("area_unknown", f"the partner's dataset '{dataset.name}' has no rows in {names}")
    return None


def _explain_nothing_inside(places: Places, area: str, dataset: _Dataset) -> str:
    """Has the dataset nothing here, or does no look-up say where its areas lie?"""
    kind = kind_of_code(area)
    lost = [code for code in dataset.areas if not _leads_to(places, code, kind)]
    sets = sorted({str(dataset.areas[code]) for code in lost if dataset.areas[code].kind != kind})
    if not sets:
        return f"the partner's dataset '{dataset.name}' has no rows in this area"
    many = "1 area" if len(lost) == 1 else f"{len(lost):,} areas"
    return (
        f"the partner's dataset '{dataset.name}' is by {', '.join(sets)}, and no look-up that is loaded says in "
        f"which {kind} {many} of it lie: load one with 'wardmote load ons-lookups FILE' or under Loads as “Which area "
        f"lies in which”, a table with columns for the codes of {' and '.join(sets)} and of the {kind}"
    )


def _leads_to(places: Places, code: str, kind: AreaKind) -> bool:
    """Do the look-ups lead from an area of the dataset to an area of this kind?"""
    return kind in places.get_enclosing(code)


def _find_uncovered(places: Places, area: str, dataset: _Dataset) -> list[str]:
    """Districts of a partnership or force in which the dataset has nothing: its total would pass for theirs."""
    if kind_of_code(area) not in ("csp", "force") or not places.has_lookups:
        return []
    return [d for d in sorted(places.get_districts(area)) if not _choose_inside(places, d, dataset)]


def _place(places: Places, question: Question, inside: frozenset[str], dataset: _Dataset) -> Placement | None:
    """To which place of the breakdown each of the dataset's areas belongs, and which places there are."""
    asked = question.breakdown.place
    if asked is None:
        return None
    same = {c for c in inside if dataset.areas[c].kind == asked.kind and asked.year in (None, dataset.areas[c].year)}
    small = {c for c in inside - same if kind_of_code(c) == "lsoa"}
    parent_of = dict.fromkeys(inside, UNPLACED) | {c: c for c in same}
    names = {c: places.find_area(c).title for c in same}
    if small:
        members = _small_areas_of(places, question.area)
        found = places.place(members, places.choose_set(asked, question.period, small))
        parent_of |= {c: found.parent_of.get(c, UNPLACED) for c in small}
        names |= found.names
    elif not same:
        parent_of |= {c: places.get_enclosing(c).get(asked.kind, UNPLACED) for c in inside}
        names |= {p: places.find_area(p).title for p in set(parent_of.values()) - {UNPLACED}}
    return Placement(asked, parent_of, names)


# -- counts -----------------------------------------------------------------------------------------------------
_ROWS = """
SELECT month, area_code, category, sum(items_count), count(*) FILTER (WHERE items_count IS NULL)
FROM partner_counts
WHERE dataset = ? AND month BETWEEN ? AND ? AND list_contains(?, area_code)
GROUP BY ALL
"""


def _bounds(period: Period) -> tuple[str, str]:
    return f"{period.first}-01", f"{period.last}-01"


def _into_cells(
    question: Question, rows: list[_Row], dataset: _Dataset, placement: Placement | None
) -> tuple[Counts, dict[Cell, Missing]]:
    cells: dict[Cell, float] = {}
    withheld: dict[Cell, Missing] = {}
    for month, code, category, total, hidden in rows:
        place = placement.parent_of[code] if placement else ""
        cell = _cell_of(question, Month.parse(str(month)[:7]), category, place)
        cells[cell] = cells.get(cell, 0.0) + (total or 0.0)
        if hidden:
            withheld[cell] = _WITHHELD
    titles: dict[str, dict[str, str]] = {placement.area_set.kind: placement.names} if placement else {}
    return Counts(cells, _list_domains(question, cells, dataset, placement), titles=titles), withheld


def _find_refused(
    question: Question, counts: Counts, dataset: _Dataset, placement: Placement | None, inside: frozenset[str]
) -> dict[Cell, Missing]:
    """Cells that would count a refused row; of what it does not say it could be any area, and any category."""
    found: dict[Cell, list[Refusal]] = {}
    for refusal in dataset.refusals:
        if refusal.month in question.period and (not refusal.area or refusal.area in inside):
            for cell in _cells_of(refusal, question, counts, placement):
                found.setdefault(cell, []).append(refusal)
    return {cell: explain_refusals(refusals) for cell, refusals in found.items()}


def _cells_of(refusal: Refusal, question: Question, counts: Counts, placement: Placement | None) -> Iterator[Cell]:
    kind = placement.area_set.kind if placement else ""
    places = counts.domains.get(kind, ("",))
    if placement and refusal.area:
        places = (placement.parent_of[refusal.area],)
    categories = (refusal.category,) if refusal.category else counts.domains.get("category", ("",))
    for place, category in product(places, categories):
        yield _cell_of(question, refusal.month, category, place)


def _list_domains(
    question: Question, cells: dict[Cell, float], dataset: _Dataset, placement: Placement | None
) -> dict[str, tuple[str, ...]]:
    """Every value that each breakdown can take, so that what did not happen in the period is a zero and not a gap."""
    domains: dict[str, tuple[str, ...]] = {"category": dataset.categories}
    if question.breakdown.time:
        domains[question.breakdown.time] = tuple(map(str, time_slices(question.breakdown.time, question.period)))
    if placement:
        position = question.breakdown.names.index(placement.area_set.kind)
        refused = {placement.parent_of[r.area] for r in dataset.refusals if r.area in placement.parent_of}
        domains[placement.area_set.kind] = tuple(sorted({*placement.names, *(c[position] for c in cells), *refused}))
    return {n: domains[n] for n in question.breakdown.names}


def _cell_of(question: Question, month: Month, category: str, place: str) -> Cell:
    values = {"category": category}
    if question.breakdown.time:
        values[question.breakdown.time] = time_label(question.breakdown.time, month, question.period)
    if question.breakdown.place:
        values[question.breakdown.place.kind] = place
    return tuple(values[n] for n in question.breakdown.names)


def _explain(dataset: _Dataset) -> Callable[[Period], Missing | None]:
    def explain(period: Period) -> Missing | None:
        text = describe_missing(period, dataset.months)
        why = f"{text} of the partner dataset '{dataset.name}' not loaded"
        return Missing("month_missing", why) if text else None

    return explain
