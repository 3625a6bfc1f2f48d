"""The places of an area, or an area and its peers, in order of their rates, each with how sure its place is."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.places import UNPLACED
from wardmote.evidence.indicators.questions import BREAKDOWNS_OF_TABLE
from wardmote.evidence.indicators.readings.geography import list_ward_sets
from wardmote.evidence.indicators.readings.peers import LEAST_PEERS, PeerGroup, PeerPosition, find_position
from wardmote.evidence.model.areas import AreaKind, AreaSet, kind_of_code
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Denominator, Figure, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.ranks import rank_with_interval
from wardmote.evidence.statistics.smoothing import smooth_rates

#: Fewer places than this have no common mean worth drawing the others towards.
LEAST_TO_STEADY = 10
#: More places than this are ranked with fewer draws: a rank among them moves by more than the draws could tell.
MANY_PLACES = 250


@dataclass(frozen=True, slots=True)
class RankedPlace:
    """One place. `rate` and its limits are per the unit's multiplier, None with `why` where there is no rate.

    `rank` 1 is the highest rate, between `rank_low` (the better place) and `rank_high`. `steadied` is the rate drawn
    towards the mean by as much as chance blurs it, for finding places; None where too few places are known.
    """

    code: str
    name: str
    count: float | None
    residents: float | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    steadied: float | None = None
    is_suppressed: bool = False
    why: str = ""
    figure_id: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Places in order of rate, the highest first; those without one at the end, by name.

    `area_set` is None for a group of peers. `unplaced` are rows of the area that no place holds, `total` all of them.
    `sources` are figures that say from which loads the rest was counted.
    """

    indicator: str
    count_id: str
    period: Period
    title: str
    unit: str
    rows: tuple[RankedPlace, ...]
    area_set: AreaSet | None = None
    own: str = ""
    median: float | None = None
    unplaced: float = 0
    total: Figure | None = None
    sources: tuple[Figure, ...] = ()
    residents: str = ""
    notes: tuple[str, ...] = ()

    @property
    def ranked(self) -> tuple[RankedPlace, ...]:
        return tuple(row for row in self.rows if row.rank is not None)

    @property
    def has_most_rates(self) -> bool:
        """Have at least half of the places a rate, so that rates may be drawn?"""
        return 2 * sum(row.rate is not None for row in self.rows) >= len(self.rows)


def list_place_sets(evidence: Evidence, indicator: str, area: str, period: Period) -> tuple[AreaSet, ...]:
    """The sets of places by which the area can be looked at, the one to begin with at the head.

    Wards in force at the period's end come first, then other vintages, small areas, and districts of a larger area.
    Empty where the indicator's source gives no places or nothing links the area's small areas to any.
    """
    allowed = BREAKDOWNS_OF_TABLE[get_indicator(indicator).numerator.table]
    try:
        members = evidence.places.get_members(area)
        wards = list_ward_sets(evidence, area)
    except UsageError:
        return ()
    codes = members.codes | members.split
    first = [evidence.places.choose_set(AreaSet("ward"), period, codes)] if wards else []
    small = [s for s in (AreaSet("lsoa", 2021), AreaSet("lsoa", 2011)) if evidence.places.codes_of_vintage(codes, s)]
    found: list[AreaSet] = [*first, *(s for s in reversed(wards) if s not in first), *small]
    if kind_of_code(area) not in ("district", "ward", "lsoa") and evidence.places.list_sets("district"):
        found.insert(0, evidence.places.choose_set(AreaSet("district"), period, codes))
    return tuple(s for s in found if s.kind in allowed)


def rank_within(
    evidence: Evidence, indicator: str, area: str, period: Period, *, area_set: AreaSet, generator: Generator | None
) -> Ranking | Missing:
    """Every place of the set inside the area, by rate: which are surely high, and which only look so?

    `indicator` is a count or its rate; without a `generator` (a map needs none) the places are in order but have no
    rank, since a rank is never given without its limits. Raises UsageError where the indicator has no such split.
    Reference: Goldstein and Spiegelhalter (1996) for the ranks' limits, Marshall (1991) for the steadied rates.
    """
    definition = get_indicator(indicator)
    total = compute_one(evidence, definition.count_id, area, period)
    if total.missing and total.state != "suppressed":
        return total.missing
    counts = compute_figures(evidence, definition.count_id, area, period, str(area_set))
    rates = _find_rates(evidence, definition.rate_id, area, period, area_set)
    listed = [(dict(f.dimensions)[area_set.kind], f) for f in counts.figures]
    inside = [(code, f) for code, f in listed if code not in ("", UNPLACED)]
    rows = [_read_place(code, counts.title_of(area_set.kind, code), f, rates.get(code)) for code, f in inside]
    rows = _tell_apart(evidence, rows)
    return Ranking(
        indicator, definition.count_id, period, evidence.places.find_area(area).title,
        _find_unit(definition.rate_id) or total.unit,
        _steady(_put_in_order(rows, generator), _find_multiplier(definition.rate_id)),
        area_set=area_set, median=_find_median(rows),
        unplaced=sum(f.value or 0 for code, f in listed if code in ("", UNPLACED)), total=total,
        sources=(total,), residents=name_residents(r.denominator for r in rates.values()), notes=counts.notes,
    )  # fmt: skip


def rank_peers(
    evidence: Evidence, indicator: str, area: str, period: Period, *, group: PeerGroup, generator: Generator
) -> Ranking | Missing:
    """The area and its peers by rate, each with its rank's limits; from official tables where the force's lack one."""
    definition = get_indicator(indicator)
    found = find_position(evidence, definition.count_id, area, period, group=group, generator=generator)
    if isinstance(found, Missing):
        return found
    rows = [
        RankedPlace(r.area.code, r.area.title, r.count, r.population, r.rate, r.low, r.high) for r in found.rates
    ] + [RankedPlace(a.code, a.title, None, why="no figure is held") for a in found.absent]
    people = evidence.denominators.find_many([r.area.code for r in found.rates], found.period)
    return Ranking(
        found.indicator, get_indicator(found.indicator).count_id, found.period, group.title,
        get_indicator(found.indicator).unit, _put_in_order(rows, generator), own=area, median=found.median,
        sources=(found.rank,), residents=name_residents(people.values()),
        notes=_say_other_source(found, definition.rate_id, period),
    )  # fmt: skip


def name_residents(used: Iterable[Denominator | None]) -> str:
    """'mid-2021 (MYE 2011-2023)': every year and edition once; an edition that says its year is enough by itself."""
    known = {(per.year, per.vintage) for per in used if per is not None}
    return "; ".join(
        vintage if f"mid-{year}" in vintage else f"mid-{year} ({vintage})" for year, vintage in sorted(known)
    )


def _tell_apart(evidence: Evidence, rows: Sequence[RankedPlace]) -> list[RankedPlace]:
    """Places of one name, such as the wards called Castle of two districts, with their district's name."""
    twice = {name for name, times in Counter(row.name for row in rows).items() if times > 1}
    return [
        replace(row, name=f"{row.name} ({_name_district(evidence, row.code)})") if row.name in twice else row
        for row in rows
    ]


def _name_district(evidence: Evidence, code: str) -> str:
    district = evidence.places.get_enclosing(code).get("district", "")
    return evidence.places.find_area(district).title if district else code


def _say_other_source(found: PeerPosition, rate_id: str, period: Period) -> tuple[str, ...]:
    if found.indicator == rate_id and found.period == period:
        return ()
    return (
        "The files of the area's own force do not hold all of these areas: these are the official tables, "
        f"{found.period.title}.",
    )


# -- rates ------------------------------------------------------------------------------------------------------
def _find_rates(evidence: Evidence, rate_id: str, area: str, period: Period, area_set: AreaSet) -> dict[str, Figure]:
    if not _find_unit(rate_id):
        return {}
    table = compute_figures(evidence, rate_id, area, period, str(area_set))
    return {dict(f.dimensions)[area_set.kind]: f for f in table.figures}


def _find_unit(rate_id: str) -> str:
    try:
        return get_indicator(rate_id).unit
    except UsageError:
        return ""


def _find_multiplier(rate_id: str) -> float:
    return get_indicator(rate_id).multiplier if _find_unit(rate_id) else 1000


def _read_place(code: str, name: str, count: Figure, rate: Figure | None) -> RankedPlace:
    place = RankedPlace(code, name, count.value, is_suppressed=count.state == "suppressed", figure_id=count.id)
    missing = count.missing or (rate.missing if rate else Missing("no_denominator", "no residents make it a rate"))
    if missing or rate is None or rate.interval is None or rate.denominator is None:
        return replace(place, why=missing.why if missing else "it has no interval")
    return replace(
        place, residents=rate.denominator.value, rate=rate.value, low=rate.interval.low, high=rate.interval.high,
        figure_id=rate.id,
    )  # fmt: skip


def _find_median(rows: Sequence[RankedPlace]) -> float | None:
    rates = [row.rate for row in rows if row.rate is not None]
    return float(np.median(rates)) if rates else None


def _put_in_order(rows: Sequence[RankedPlace], generator: Generator | None) -> tuple[RankedPlace, ...]:
    """By rate, each with its rank and the rank's limits; fewer than three have no rank that says anything."""
    known = sorted((r for r in rows if r.rate is not None), key=lambda r: (-(r.rate or 0), r.name, r.code))
    absent = sorted((r for r in rows if r.rate is None), key=lambda r: (r.name, r.code))
    if len(known) < LEAST_PEERS or generator is None:
        return (*known, *absent)
    draws = 10_000 if len(known) <= MANY_PLACES else 2_000
    result = rank_with_interval(*_read_columns(known), generator, draws=draws)
    limits = zip(known, result.rank.tolist(), result.rank_low.tolist(), result.rank_high.tolist(), strict=True)
    ranked = [replace(r, rank=int(at), rank_low=int(low), rank_high=int(high)) for r, at, low, high in limits]
    return (*ranked, *absent)


def _steady(rows: tuple[RankedPlace, ...], multiplier: float) -> tuple[RankedPlace, ...]:
    known = [row for row in rows if row.rate is not None]
    if len(known) < LEAST_TO_STEADY:
        return rows
    _, counts, residents = _read_columns(known)
    found = smooth_rates(counts, residents, multiplier)
    steadied = dict(zip((r.code for r in known), found.value.tolist(), strict=True))
    return tuple(replace(row, steadied=steadied.get(row.code)) for row in rows)


def _read_columns(rows: Sequence[RankedPlace]) -> tuple[list[float], list[float], list[float]]:
    """Rates, counts and residents of places that have all three."""
    return [r.rate or 0.0 for r in rows], [r.count or 0.0 for r in rows], [r.residents or 0.0 for r in rows]


def name_set(area_set: AreaSet) -> str:
    """'wards of 2024', as a reader says it.

    >>> name_set(AreaSet("lsoa", 2021)), name_set(AreaSet("district", 2023))
    ('small areas (LSOA) of 2021', 'districts of 2023')
    """
    words: dict[AreaKind, str] = {"lsoa": "small areas (LSOA)", "ward": "wards", "district": "districts"}
    return f"{words.get(area_set.kind, area_set.kind)}{f' of {area_set.year}' if area_set.year else ''}"
