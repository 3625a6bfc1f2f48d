"""Where an area stands among its peers, and how sure that place is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.readings.measured import derive
from wardmote.evidence.indicators.tables.official import list_official_years
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, Interval, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.ranks import rank_with_interval
from wardmote.evidence.statistics.rates import rate

#: A rank among fewer than this says nothing.
LEAST_PEERS = 3


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """The areas that an area is compared with, itself included, and why these."""

    id: str
    title: str
    members: tuple[Area, ...]
    partnerships: dict[str, str]  # district -> the code of its partnership, where it has one of its own


@dataclass(frozen=True, slots=True)
class PeerRate:
    area: Area
    count: float
    population: float
    rate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PeerPosition:
    """One area's place. `rates` are in order, highest first; `absent` are the members with no figure."""

    group: PeerGroup
    period: Period
    indicator: str
    rates: tuple[PeerRate, ...]
    absent: tuple[Area, ...]
    rank: Figure
    median: float | None

    @property
    def own(self) -> PeerRate | None:
        return next((r for r in self.rates if r.area.code == self.rank.area.code), None)


def choose_peers(evidence: Evidence, area: str, codes: Sequence[str] = (), title: str = "") -> PeerGroup:
    """The group named by the partnership, else unitary authorities for a unitary one, else the force's districts."""
    own = evidence.places.find_area(area)
    partnerships = _list_partnerships(evidence)
    if codes:
        chosen, name, group_id = list(codes), title or "chosen peers", "chosen"
    elif area.startswith("E06") and len(unitary := [c for c in partnerships if c.startswith("E06")]) > LEAST_PEERS:
        chosen, name, group_id = unitary, "unitary authorities of England", "unitary"
    else:
        force = evidence.places.get_enclosing(area).get("force", "")
        title_of_force = evidence.places.find_area(force).title if force else "the force"
        chosen = sorted(evidence.places.get_districts(force)) if force else []
        name, group_id = f"districts policed by {title_of_force}", f"force-{force}"
    members = tuple(evidence.places.find_areas({*chosen, area}).values())
    return PeerGroup(group_id, name, members if len(members) > 1 else (own,), partnerships)


def _list_partnerships(evidence: Evidence) -> dict[str, str]:
    """Each district that has a partnership to itself, by the newest look-up."""
    if not evidence.snapshot.has("area_links"):
        return {}
    rows = evidence.snapshot.connection.execute(
        "WITH newest AS (SELECT max(child_set) AS child_set FROM area_links "
        "  WHERE child_set LIKE 'district@%' AND parent_set LIKE 'csp@%') "
        "SELECT any_value(child_code), parent_code FROM area_links JOIN newest USING (child_set) "
        "WHERE parent_set LIKE 'csp@%' GROUP BY parent_code HAVING count(DISTINCT child_code) = 1"
    ).fetchall()
    return {str(district): str(csp) for district, csp in rows}


def find_position(
    evidence: Evidence, count_id: str, area: str, period: Period, *, group: PeerGroup, generator: Generator
) -> PeerPosition | Missing:
    """The place of the area's rate in the group for the period, or for the newest official year.

    The force's own data is used where it holds the whole group in the period; otherwise the official tables, whose
    year is then another one and is said so. Rank 1 is the highest rate. Reference: Goldstein and Spiegelhalter (1996).
    """
    rate_id = get_indicator(count_id).rate_id
    rates = _street_rates(evidence, rate_id, period, group)
    indicator = rate_id
    if len(rates) < len(group.members):
        found = _official_rates(evidence, count_id, area, group)
        if found is None and len(rates) < LEAST_PEERS:
            return Missing("source_missing", "no source holds this offence for the peer group")
        if found is not None:
            indicator, period, rates = found
    if area not in {r.area.code for r in rates} or len(rates) < LEAST_PEERS:
        return Missing("source_missing", f"the peer group has no figures for {period.title}")
    own = compute_one(evidence, indicator, area, period)
    return _rank(own, group=group, rates=rates, generator=generator)


def _rank(own: Figure, *, group: PeerGroup, rates: list[PeerRate], generator: Generator) -> PeerPosition:
    """The place of `own` among the rates; the rank keeps the rate's loads."""
    values, counts, people = (np.array(v) for v in zip(*((r.rate, r.count, r.population) for r in rates), strict=True))
    ranks = rank_with_interval(values, counts, people, generator)
    at = [r.area.code for r in rates].index(own.area.code)
    limits = Interval(float(ranks.rank_low[at]), float(ranks.rank_high[at]), 0.95, "gamma posterior, 10,000 draws")
    figure = derive(own, "rank", float(ranks.rank[at]), unit=f"of {len(rates)}", against=group.id, interval=limits)
    ordered = tuple(rates[i] for i in np.argsort(-values, kind="stable"))
    held = {r.area.code for r in rates}
    absent = tuple(m for m in group.members if m.code not in held)
    return PeerPosition(group, own.period, own.indicator, ordered, absent, figure, float(np.median(values)))


# -- the two sources ----------------------------------------------------------------------------------------
def _street_rates(evidence: Evidence, rate_id: str, period: Period, group: PeerGroup) -> list[PeerRate]:
    """Rates of the group's districts from their force's own file, in one query for each force."""
    if get_indicator(rate_id).numerator.table != "street_counts":
        return []
    forces = {evidence.places.get_enclosing(m.code).get("force", "") for m in group.members}
    if len(forces) != 1 or "" in forces:
        return []
    try:
        table = compute_figures(evidence, rate_id, forces.pop(), period, "district")
    except UsageError:
        return []
    wanted = {m.code: m for m in group.members}
    found = [(wanted[code], f) for f in table.figures if (code := dict(f.dimensions).get("district", "")) in wanted]
    return [r for m, f in found if (r := _from_figure(m, f))]


def _from_figure(area: Area, figure: Figure) -> PeerRate | None:
    if figure.value is None or figure.denominator is None or figure.interval is None:
        return None
    return PeerRate(area, figure.numerator or 0, figure.denominator.value, figure.value,
                    figure.interval.low, figure.interval.high)  # fmt: skip


def _official_rates(
    evidence: Evidence, count_id: str, area: str, group: PeerGroup
) -> tuple[str, Period, list[PeerRate]] | None:
    """Rates from the newest official year that carries the offence."""
    offence = get_indicator(count_id).numerator.offence
    mapping = evidence.tree.find_mapping("ons-csp-tables", offence)
    years = list_official_years(evidence.snapshot)
    if mapping is None or mapping.fit == "none" or not years or area not in group.partnerships:
        return None
    period = years[-1]
    counts = _official_counts(evidence, tuple(mapping.categories), period)
    people = evidence.denominators.find_many([m.code for m in group.members], period)
    members = [(m, counts[group.partnerships[m.code]], people[m.code].value) for m in group.members
               if group.partnerships.get(m.code) in counts and m.code in people]  # fmt: skip
    name = count_id if count_id.startswith("official_") else f"official_{count_id}"
    result = rate([n for _, n, _ in members], [p for *_, p in members], multiplier=1000)
    rows = zip(members, result.value.tolist(), result.low.tolist(), result.high.tolist(), strict=True)
    rates = [PeerRate(m, n, p, value, low, high) for (m, n, p), value, low, high in rows]
    return get_indicator(name).rate_id, period, rates


def _official_counts(evidence: Evidence, categories: tuple[str, ...], period: Period) -> dict[str, float]:
    """The count of each partnership that has every category published."""
    rows = evidence.snapshot.connection.execute(
        "WITH newest AS (SELECT area_code, offence, arg_max(value, load_id) AS value FROM recorded_crime "
        "  WHERE release LIKE 'ons-csp-tables:%' AND measure = 'count' AND area_kind = 'csp' "
        "  AND period_first = ?::DATE AND period_last = ?::DATE AND list_contains(?, offence) GROUP BY ALL) "
        "SELECT area_code, sum(value) FROM newest GROUP BY area_code HAVING count(value) = ?",
        [f"{period.first}-01", f"{period.last}-01", list(categories), len(categories)],
    ).fetchall()
    return {str(code): float(n) for code, n in rows}
