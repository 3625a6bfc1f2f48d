"""Counting monthly small-area tables: one pass of the engine over the cube, split as the question asks.

The cube (street_counts, outcome_counts) holds a row for each force, month, category and small area. A question names
its area as a set of small-area codes; rows are joined to that set, which also says which ward each belongs to.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any

import pyarrow as pa

from wardmote.evidence.definitions.offences import OffenceTree
from wardmote.evidence.indicators.answers import Cell, Counts, time_label, time_slices
from wardmote.evidence.indicators.places import UNPLACED, Placement, Places
from wardmote.evidence.indicators.points import place_points
from wardmote.evidence.indicators.questions import TIME_BREAKDOWNS, Question
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.periods import Period
from wardmote.evidence.store.snapshot import Snapshot

#: What the engine counts: the month's first day, the category, the outcome, the place, and how many. What is not asked
#: for is None or ''.
_Counted = tuple[date | None, str, str, str, int]

#: For each cube: its counted column, its category column, the table of its rows.
CUBES = {
    "street_counts": ("offences_count", "crime_type", "street_rows"),
    "outcome_counts": ("outcomes_count", "outcome", "outcome_rows"),
}


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a small-area code's rows go: to one place, or point by point to its parts, each with its place.

    '' stands for outside the asked area. Rows of codes in `inside` count even where no part takes their point; with
    `everywhere` the force's own rows count wherever they lie.
    """

    parent_of: dict[str, str]
    by_point: dict[str, dict[str, str]]
    candidates_set: AreaSet
    inside: frozenset[str]
    everywhere: bool = False

    def place_of(self, code: str, part: str | None) -> str:
        """The place of a row of a split small area, from what its point says."""
        return part or (UNPLACED if self.everywhere or code in self.inside else "")

    def list_places(self) -> set[str]:
        """Every place that rows may go to, so that a place without any is shown as a zero."""
        by_point = {place for parts in self.by_point.values() for place in parts.values()}
        return {*self.parent_of.values(), *by_point} - {"", UNPLACED}


@dataclass(frozen=True, slots=True)
class _ByPoint:
    """Rows placed by their points, and the split small areas that they carry."""

    counted: list[_Counted]
    codes: frozenset[str]


def count_cube(
    snapshot: Snapshot,
    places: Places,
    tree: OffenceTree,
    question: Question,
    *,
    force: str,
    categories: tuple[str, ...],
) -> Counts:
    """Count a cube for the question. `categories` are the source's own; an empty tuple means all of them."""
    placement = _place(snapshot, places, question, force)
    target = _build_target(places, question, placement)
    rows = _query_cube(snapshot, question, force, categories, target)
    by_point = _query_points(snapshot, question, force, categories, target)
    rows += by_point.counted
    groups = tree.group_of_category(question.indicator.numerator.source)
    cells = _sum_cells(question, rows, groups)
    return Counts(
        cells=cells,
        domains=_build_domains(question, categories, groups, cells, target),
        titles={question.breakdown.place.kind: placement.names} if question.breakdown.place and placement else {},
        notes=_describe_split(by_point.codes, target, question),
        place_set=placement.area_set if placement else None,
    )


# -- which rows ---------------------------------------------------------------------------------------------
def _place(snapshot: Snapshot, places: Places, question: Question, force: str) -> Placement | None:
    asked = question.breakdown.place
    if asked is None:
        return None
    members = places.get_members(question.area)
    codes = members.codes | members.split
    chosen = asked
    if asked.kind == "lsoa" and asked.year is None:
        chosen = AreaSet("lsoa", _dominant_vintage(snapshot, places, question, force, codes))
    return places.place(codes, places.choose_set(chosen, question.period, codes))


def _dominant_vintage(snapshot: Snapshot, places: Places, question: Question, force: str, codes: frozenset[str]) -> int:
    """The LSOA vintage to which most of the period's rows belong (2011 when both fit equally)."""
    table = question.indicator.numerator.table
    value = CUBES[table][0]
    used = dict(
        snapshot.connection.execute(
            f"SELECT lsoa_code, sum({value}) FROM {table} WHERE force = ? AND month BETWEEN ? AND ? "
            "AND lsoa_code IN (SELECT unnest(?)) GROUP BY 1",
            [force, *_bounds(question.period), sorted(codes)],
        ).fetchall()
    )
    held = {year: places.codes_of_vintage(list(used), AreaSet("lsoa", year)) for year in (2011, 2021)}
    weight = {year: sum(used[c] for c in vintage) for year, vintage in held.items()}
    return 2021 if weight[2021] > weight[2011] else 2011


def _build_target(places: Places, question: Question, placement: Placement | None) -> _Target:
    """Say for each small-area code where its rows go. A force is all rows of its file, located or not."""
    everywhere = places.find_area(question.area).kind == "force"
    members = places.get_members(question.area)
    inside = members.codes
    if placement is None:
        if everywhere:
            return _Target({}, {}, AreaSet("force"), inside, everywhere=True)
        parts = {c: _keep_inside(places.list_parts(c, AreaSet("lsoa")), inside, question.area) for c in members.split}
        return _Target(dict.fromkeys(inside, ""), parts, AreaSet(members.area.kind), inside)
    parent_of = {c: placement.parent_of.get(c, UNPLACED) for c in inside if c not in placement.split}
    by_point = {c: places.list_parts(c, placement.area_set) for c in inside if c in placement.split}
    for code in members.split:
        own = places.list_parts(code, placement.area_set)
        by_point[code] = _keep_inside(own, inside, placement.parent_of.get(code, ""))
    return _Target(parent_of, by_point, placement.area_set, inside, everywhere)


def _keep_inside(parts: dict[str, str], inside: frozenset[str], whole: str) -> dict[str, str]:
    """The parts of a small area that lies partly outside the asked area: only those inside count.

    `whole` is the place to which all of the small area belongs, if there is one.
    """
    return {part: (whole or place) if part in inside else "" for part, place in parts.items()}


def _bounds(period: Period) -> tuple[str, str]:
    return f"{period.first}-01", f"{period.last}-01"


def _query_cube(
    snapshot: Snapshot, question: Question, force: str, categories: tuple[str, ...], target: _Target
) -> list[_Counted]:
    value, category_column, _ = CUBES[question.indicator.numerator.table]
    where, parameters = _filters(question, force, categories, category_column, target)
    if target.by_point:
        where += " AND c.lsoa_code NOT IN (SELECT unnest(?))"
        parameters.append(sorted(target.by_point))
    join = _join_members(snapshot, target)
    place = f"coalesce(m.place, '{UNPLACED}')" if join else "''"
    columns = _grouping(question, category_column, place)
    table = question.indicator.numerator.table
    sql = f"SELECT {columns}, sum({value})::BIGINT FROM {table} c {join} WHERE {where} GROUP BY ALL"
    rows: list[_Counted] = snapshot.connection.execute(sql, parameters).fetchall()
    # With nothing to group by, SQL answers a sum over no rows with one row that holds nothing.
    return [row for row in rows if row[-1] is not None]


def _join_members(snapshot: Snapshot, target: _Target) -> str:
    """The join to the target's codes, lent to the engine once and kept; empty where every row counts alike."""
    if not target.parent_of:
        return ""
    members = sorted(target.parent_of.items())
    name = f"members_{hashlib.sha256(repr(members).encode()).hexdigest()[:16]}"
    snapshot.lend(name, lambda: pa.table({"code": [c for c, _ in members], "place": [p for _, p in members]}))
    return f"{'LEFT' if target.everywhere else 'INNER'} JOIN {name} m ON m.code = c.lsoa_code"


def _grouping(question: Question, category_column: str, place: str) -> str:
    """The grouped columns; what is not asked for is a constant, so that the engine groups no finer than needed."""
    names = set(question.breakdown.names)
    is_outcome_cube = category_column == "outcome"
    by_category = bool({"offence", "offence_group"} & names) or ("outcome" in names and is_outcome_cube)
    month = "c.month" if question.breakdown.time else "NULL"
    category = f"c.{category_column}" if by_category else "''"
    outcome = "c.last_outcome" if "outcome" in names and not is_outcome_cube else "''"
    shown_place = place if question.breakdown.place else "''"
    return f"{month} AS month, {category} AS category, {outcome} AS outcome, {shown_place} AS place"


def _filters(
    question: Question, force: str, categories: tuple[str, ...], category_column: str, target: _Target
) -> tuple[str, list[object]]:
    parts, parameters = ["c.month BETWEEN ? AND ?"], list[object](_bounds(question.period))
    if question.scope == "force":
        parts.append("c.force = ?")
        parameters.append(force)
    elif target.everywhere:  # other forces' rows count where they lie in this one's area
        parts.append("(c.force = ? OR c.lsoa_code IN (SELECT unnest(?)))")
        parameters += [force, sorted(target.inside)]
    if categories:
        parts.append(f"list_contains(?, c.{category_column})")
        parameters.append(list(categories))
    return " AND ".join(parts), parameters


def _query_points(
    snapshot: Snapshot, question: Question, force: str, categories: tuple[str, ...], target: _Target
) -> _ByPoint:
    """Rows of split small areas, placed by their points; those outside the asked area are left out."""
    _, category_column, rows_table = CUBES[question.indicator.numerator.table]
    if not target.by_point or not snapshot.has(rows_table):
        return _ByPoint([], frozenset())
    where, parameters = _filters(question, force, categories, category_column, target)
    columns = _grouping(question, category_column, "''")
    sql = (
        f"SELECT {columns}, lsoa_code, longitude, latitude, count(*) FROM {rows_table} c WHERE {where} "
        "AND c.lsoa_code IN (SELECT unnest(?)) GROUP BY ALL"
    )
    rows = snapshot.connection.execute(sql, [*parameters, sorted(target.by_point)]).fetchall()
    placed = {
        code: place_points(snapshot, {(r[5], r[6]) for r in rows if r[4] == code and r[5] is not None}, parts)
        for code, parts in target.by_point.items()
    }
    found: list[_Counted] = []
    for month, category, outcome, _, code, longitude, latitude, number in rows:
        place = target.place_of(code, placed[code].get((longitude, latitude)))
        if place:
            shown = place if question.breakdown.place else ""
            found.append((month, category, outcome or "", shown, number))
    return _ByPoint(found, frozenset(row[4] for row in rows))


# -- into cells ---------------------------------------------------------------------------------------------
def _sum_cells(question: Question, rows: Sequence[_Counted], groups: dict[str, str]) -> dict[Cell, float]:
    """How many in each cell of the breakdown? Whole columns at a time: there may be thousands of cells."""
    cells: dict[Cell, float] = defaultdict(float)
    if rows:
        *columns, numbers = zip(*rows, strict=True)
        labels = _label_columns(question, columns, groups)
        shown = [labels[name] for name in question.breakdown.names]
        for cell, number in zip(zip(*shown, strict=True) if shown else repeat(()), numbers, strict=False):
            cells[cell] += number
    return dict(cells)


def _label_columns(
    question: Question, columns: Sequence[Sequence[Any]], groups: dict[str, str]
) -> dict[str, Sequence[str]]:
    """What each breakdown calls each row."""
    months, categories, outcomes, places = columns
    is_outcome_cube = question.indicator.numerator.table == "outcome_counts"
    labels = {"offence": categories, "outcome": categories if is_outcome_cube else outcomes}
    if "offence_group" in question.breakdown.names:
        labels["offence_group"] = [groups.get(c, c) for c in categories]
    if step := question.breakdown.time:
        label_of = {date(m.year, m.number, 1): time_label(step, m, question.period) for m in question.period.months}
        labels[step] = [label_of[month] for month in months]
    if question.breakdown.place:
        labels[question.breakdown.place.kind] = places
    return labels


def _build_domains(
    question: Question,
    categories: tuple[str, ...],
    groups: dict[str, str],
    cells: Iterable[Cell],
    target: _Target,
) -> dict[str, tuple[str, ...]]:
    """Every value that each breakdown takes, so that a true zero is shown as one."""
    seen = {name: {cell[i] for cell in cells} for i, name in enumerate(question.breakdown.names)}
    domains: dict[str, tuple[str, ...]] = {}
    for name in question.breakdown.names:
        values = set(seen[name])
        if name in TIME_BREAKDOWNS:
            domains[name] = tuple(str(s) for s in time_slices(name, question.period))
            continue
        if name == "offence":
            values |= set(categories)
        if name == "offence_group":
            values |= {groups[c] for c in categories if c in groups}
        if question.breakdown.place and name == question.breakdown.place.kind:
            values |= target.list_places()
        domains[name] = tuple(sorted(values))
    return domains


def _describe_split(found: frozenset[str], target: _Target, question: Question) -> list[str]:
    """What a reader must know of the split small areas that hold rows of the period."""
    if not found:
        return []
    codes = sorted(found)
    which = f"Small area {codes[0]} lies" if len(codes) == 1 else f"Small areas {', '.join(codes)} lie"
    kind = {"lsoa": "small area", "ward": "ward"}.get(target.candidates_set.kind, target.candidates_set.kind)
    what = f"{kind} of {target.candidates_set.year}" if target.candidates_set.year else kind
    where = f"in more than one {what}" if question.breakdown.place else f"partly outside {question.area}"
    rows = "its rows were" if len(codes) == 1 else "their rows were"
    return [f"{which} {where}; {rows} placed by their published points, which are moved to a point nearby."]
