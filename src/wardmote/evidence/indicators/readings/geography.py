"""Where inside the area: top wards, concentration over small areas, deprivation."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.places import UNPLACED
from wardmote.evidence.indicators.readings.measured import derive, share_of
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Figure, FigureTable, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.concentration import (
    ChanceComparison,
    LorenzCurve,
    ShareOfPlaces,
    compare_with_chance,
    lorenz_curve,
    share_of_places,
)
from wardmote.evidence.statistics.persistence import top_persistence
from wardmote.evidence.statistics.ranks import rank_descending
from wardmote.evidence.statistics.rates import rate

TOP = 5


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One ward or small area: its count, rate, share of the total, and in how many quarters it was in the top."""

    code: str
    name: str
    count: Figure
    rate: Figure
    share: Figure
    quarters_in_top: int | None = None
    quarters_known: int = 0


@dataclass(frozen=True, slots=True)
class PlaceTable:
    """The places of one set, largest count first; `unplaced` are rows that no place of the set holds."""

    area_set: AreaSet
    rows: tuple[PlaceRow, ...]
    unplaced: float
    notes: tuple[str, ...]

    @property
    def top(self) -> tuple[PlaceRow, ...]:
        return self.rows[:TOP]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly crime is spread over the small areas, against what chance alone would do."""

    places: int
    total: float
    lorenz: LorenzCurve
    half: ShareOfPlaces
    chance: ChanceComparison
    half_figure: Figure
    gini_figure: Figure


@dataclass(frozen=True, slots=True)
class DecileRow:
    """One decile of deprivation (1 the most deprived tenth of England): places, count, residents, rate and limits."""

    decile: int
    places: int
    count: float
    population: float | None
    rate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class DeprivationTable:
    edition: str
    rows: tuple[DecileRow, ...]
    vintage: str

    @property
    def has_rates(self) -> bool:
        """Are residents known for every small area?"""
        return all(row.rate is not None for row in self.rows)


def list_ward_sets(evidence: Evidence, area: str) -> tuple[AreaSet, ...]:
    """The vintages of wards for which the area's small areas are linked, oldest first."""
    members = evidence.places.get_members(area)
    codes = members.codes | members.split
    held = evidence.places.list_sets("ward")
    return tuple(s for s in held if evidence.places.place(codes, s).parent_of)


def rank_places(
    evidence: Evidence, count_id: str, area: str, period: Period, area_set: AreaSet
) -> PlaceTable | Missing:
    """Every ward (or small area) of the area, most offences first."""
    kind = area_set.kind
    counts = compute_figures(evidence, count_id, area, period, str(area_set))
    total = compute_one(evidence, count_id, area, period)
    if total.missing:
        return total.missing
    rates = compute_figures(evidence, get_indicator(count_id).rate_id, area, period, str(area_set))
    rate_of = {dict(f.dimensions)[kind]: f for f in rates.figures}
    lasting = _count_quarters(evidence, count_id, area, period, area_set) if kind == "ward" else {}
    rows = [
        PlaceRow(code, counts.title_of(kind, code), f, rate_of[code], share_of(f, total), *lasting.get(code, (None, 0)))
        for f in counts.figures
        if (code := dict(f.dimensions)[kind]) != UNPLACED
    ]
    rows.sort(key=lambda r: (-(r.count.value or 0), r.code))
    unplaced = sum(f.value or 0 for f in counts.figures if dict(f.dimensions)[kind] == UNPLACED)
    return PlaceTable(area_set, tuple(rows), unplaced, counts.notes)


def _count_quarters(
    evidence: Evidence, count_id: str, area: str, period: Period, area_set: AreaSet
) -> dict[str, tuple[int, int]]:
    """In how many quarters of the period was each ward among the top five?"""
    quarters = [str(q) for q in period.split_quarters() if q.kind == "quarter"]
    if len(quarters) < 2:
        return {}
    table = compute_figures(evidence, count_id, area, period, f"quarter,{area_set}")
    cells = {f.dimensions: f.value for f in table.figures if f.value is not None}
    codes = sorted({dict(d)[area_set.kind] for d in cells} - {UNPLACED})
    if not codes:
        return {}
    grid = [[cells.get((("quarter", q), (area_set.kind, c)), 0.0) for c in codes] for q in quarters]
    result = top_persistence([rank_descending(row) for row in grid], TOP)
    times, known = result.times_in_top.tolist(), result.periods_with_value.tolist()
    return {c: (times[i], known[i]) for i, c in enumerate(codes)}


def _count_places(table: FigureTable, kind: str) -> dict[str, float]:
    return {dict(f.dimensions)[kind]: f.value for f in table.figures if f.value is not None}


def measure_concentration(
    evidence: Evidence, count_id: str, area: str, period: Period, generator: Generator
) -> Concentration | Missing:
    """On how few small areas does half of the count lie, and is that more than chance would do?

    Reference: Bernasco and Steenbeek (2017) for the generalised Gini, which allows for fewer events than places.
    """
    total = compute_one(evidence, count_id, area, period)
    if total.missing:
        return total.missing
    table = compute_figures(evidence, count_id, area, period, "lsoa")
    counts = [v for code, v in _count_places(table, "lsoa").items() if code not in (UNPLACED, "")]
    if not counts or not sum(counts):
        return Missing("not_enough", "no rows carry a small area")
    half = share_of_places(counts)
    chance = compare_with_chance(counts, generator)
    return Concentration(
        len(counts), float(sum(counts)), lorenz_curve(counts), half, chance,
        derive(total, "half_of_crime_pct", 100 * half.places_share, unit="% of small areas"),
        derive(total, "generalised_gini", chance.generalised_gini, unit="from 0 to 1"),
    )  # fmt: skip


def read_deprivation(evidence: Evidence, count_id: str, area: str, period: Period) -> DeprivationTable | Missing:
    """The rate by tenth of deprivation of the small areas.

    On the newest edition whose small areas all have residents; where there is none, on the newest that fits, as counts.
    """
    if not evidence.snapshot.has("deprivation"):
        return Missing("source_missing", "no index of multiple deprivation is loaded (source imd)")
    total = compute_one(evidence, count_id, area, period)
    if total.missing:
        return total.missing
    tables = [
        found
        for edition, text in _list_editions(evidence)
        if (found := _tabulate_deciles(evidence, count_id, area, period, edition=edition, area_set=AreaSet.parse(text)))
    ]
    if not tables:
        return Missing("source_missing", "no loaded index of deprivation covers the area's small areas")
    return next((t for t in tables if t.has_rates), tables[0])


def _list_editions(evidence: Evidence) -> list[tuple[str, str]]:
    rows = evidence.snapshot.connection.execute(
        "SELECT DISTINCT edition, area_set FROM deprivation WHERE domain = 'imd' ORDER BY edition DESC"
    ).fetchall()
    return [(str(e), str(s)) for e, s in rows]


def _tabulate_deciles(
    evidence: Evidence, count_id: str, area: str, period: Period, *, edition: str, area_set: AreaSet
) -> DeprivationTable | None:
    deciles = dict(
        evidence.snapshot.connection.execute(
            "SELECT lsoa_code, decile FROM deprivation WHERE edition = ? AND area_set = ? AND domain = 'imd' "
            "AND decile IS NOT NULL ORDER BY load_id",  # of several loads of one area the last counts
            [edition, str(area_set)],
        ).fetchall()
    )
    counts = _count_places(compute_figures(evidence, count_id, area, period, str(area_set)), "lsoa")
    counts.pop(UNPLACED, None)
    if not counts or not set(counts) <= deciles.keys():
        return None
    people = evidence.denominators.find_many(counts, period)
    groups: dict[int, list[str]] = defaultdict(list)
    for code in sorted(counts):
        groups[int(deciles[code])].append(code)
    vintages = sorted({d.title.split(", ", 1)[1] for d in people.values()})
    rows = tuple(
        _decile(n, codes, counts, {c: d.value for c, d in people.items()}) for n, codes in sorted(groups.items())
    )
    return DeprivationTable(edition, rows, "; ".join(vintages))


def _decile(number: int, codes: Sequence[str], counts: dict[str, float], people: dict[str, float]) -> DecileRow:
    total = float(sum(counts[c] for c in codes))
    if not all(c in people for c in codes):
        return DecileRow(number, len(codes), total, None, None, None, None)
    residents = float(sum(people[c] for c in codes))
    result = rate(np.array([total]), np.array([residents]), multiplier=1000)
    value, low, high = float(result.value[0]), float(result.low[0]), float(result.high[0])
    return DecileRow(number, len(codes), total, residents, value, low, high)
