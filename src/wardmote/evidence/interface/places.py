"""Questions about places: which are high and how surely, where they lie, and what may stand beside what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wardmote.evidence.indicators.compute import Evidence
    from wardmote.evidence.indicators.outlines import Outlines
    from wardmote.evidence.indicators.readings.comparing import AreaComparison
    from wardmote.evidence.indicators.readings.comparisons import Comparison
    from wardmote.evidence.indicators.readings.peers import PeerGroup
    from wardmote.evidence.indicators.readings.ranking import Ranking
    from wardmote.evidence.model.areas import Area, AreaSet
    from wardmote.evidence.model.figures import Missing
    from wardmote.evidence.model.periods import Period
    from wardmote.evidence.reports.charts.classes import ValueClasses
    from wardmote.evidence.reports.charts.states import PointState
    from wardmote.evidence.reports.direction import ChangeWords

#: The same draws at every asking, so that a page does not change while nothing else does.
_SEED = 20_240_501


def list_periods(evidence: Evidence, indicator: str, area: str) -> tuple[Period, ...]:
    """The periods for which the indicator is held whole, the one to look at first at the head."""
    from wardmote.evidence.indicators.readings import spans

    return spans.list_periods(evidence, indicator, area)


def find_area(evidence: Evidence, code: str) -> Area:
    """The area of that code with its name. Raises UsageError that names near ones where nothing knows it."""
    from wardmote.evidence.indicators.known import check_area

    check_area(evidence, code)
    return evidence.places.find_area(code)


def list_related_areas(evidence: Evidence, area: str) -> tuple[Area, ...]:
    """The area itself, the force and region it lies in, and the districts of its force: what it is held beside."""
    enclosing = evidence.places.get_enclosing(area)
    force = enclosing.get("force", "")
    districts = sorted(evidence.places.get_districts(force)) if force else []
    codes = dict.fromkeys([area, *([force] if force else []), *districts])
    found = evidence.places.find_areas(codes)
    return tuple(found[code] for code in codes)


def list_place_sets(evidence: Evidence, indicator: str, area: str, period: Period) -> tuple[AreaSet, ...]:
    """The sets of places by which the area can be looked at, the one in force at the period's end first."""
    from wardmote.evidence.indicators.readings import ranking

    return ranking.list_place_sets(evidence, indicator, area, period)


def name_set(area_set: AreaSet) -> str:
    """'wards of 2024', as a reader says it."""
    from wardmote.evidence.indicators.readings import ranking

    return ranking.name_set(area_set)


def rank_within(
    evidence: Evidence, indicator: str, area: str, period: Period, area_set: AreaSet, *, with_ranks: bool = True
) -> Ranking | Missing:
    """Every place of the set inside the area by rate; `with_ranks` with its rank and the limits of that."""
    import numpy as np

    from wardmote.evidence.indicators.readings import ranking

    key = ("ranking", indicator, area, period, area_set, with_ranks)
    generator = np.random.default_rng(_SEED) if with_ranks else None
    return evidence.places.recall(
        key, lambda: ranking.rank_within(evidence, indicator, area, period, area_set=area_set, generator=generator)
    )


def choose_peers(evidence: Evidence, area: str) -> PeerGroup:
    """The areas that an area is compared with by custom: unitary authorities, or the districts of its force."""
    from wardmote.evidence.indicators.readings import peers

    return evidence.places.recall(("peer group", area), lambda: peers.choose_peers(evidence, area))


def rank_peers(
    evidence: Evidence, indicator: str, area: str, period: Period, codes: Sequence[str] = ()
) -> Ranking | Missing:
    """The area among its peers by rate, or among the areas named; each with its rank and the limits of that."""
    import numpy as np

    from wardmote.evidence.indicators.readings import peers, ranking

    def make() -> Ranking | Missing:
        group = peers.choose_peers(evidence, area, codes) if codes else choose_peers(evidence, area)
        generator = np.random.default_rng(_SEED)
        return ranking.rank_peers(evidence, indicator, area, period, group=group, generator=generator)

    return evidence.places.recall(("peers ranked", indicator, area, period, tuple(codes)), make)


def find_unlocated_pct(evidence: Evidence, indicator: str, area: str, period: Period) -> float | None:
    """What share of the rows of the area's force carry no small area, and so belong to no district?

    None where the indicator is not counted from the police's rows.
    """
    from wardmote.evidence.definitions.indicators import get_indicator
    from wardmote.evidence.indicators.readings.trust import check_completeness

    if get_indicator(indicator).numerator.table != "street_counts":
        return None
    found = evidence.places.recall(
        ("unlocated", area, period), lambda: check_completeness(evidence, area, period, period).unlocated
    )
    return found.value if found else None


def draw_outlines(evidence: Evidence, codes: Sequence[str], area_set: AreaSet) -> Outlines:
    """The boundaries of these places for a map in a browser, made once for each state of the store."""
    from wardmote.evidence.indicators import outlines

    return outlines.draw_outlines(evidence, codes, area_set)


def make_map_classes(values: Sequence[float]) -> tuple[ValueClasses, tuple[str, ...]]:
    """Which of these values share a shade, and the shades, palest first, which keep their order in grey."""
    from wardmote.evidence.reports.charts.classes import make_classes
    from wardmote.evidence.reports.charts.colours import ramp_colours
    from wardmote.evidence.reports.charts.theme import DEFAULT_THEME

    classes = make_classes(values)
    return classes, ramp_colours(DEFAULT_THEME.primary, len(classes.counts))


def compare_pair(evidence: Evidence, indicator: str, area: str, one: Period, other: Period) -> Comparison:
    """Did the count change between the two periods by more than noise? Refused, with the reason, where unlike."""
    from wardmote.evidence.indicators.readings import comparing

    return comparing.compare_pair(evidence, indicator, area, one, other)


def suggest_pairs(
    evidence: Evidence, indicator: str, area: str, one: Period, other: Period
) -> tuple[tuple[Period, Period], ...]:
    """Which periods near two that may not be compared may be, the later one first."""
    from wardmote.evidence.indicators.readings import comparing

    return comparing.suggest_pairs(evidence, indicator, area, one, other)


def describe_pair(comparison: Comparison) -> ChangeWords:
    """What may be said of two periods compared, in a word, a phrase and a sentence."""
    from wardmote.evidence.reports import direction

    return direction.describe_change(comparison)


def compare_areas(
    evidence: Evidence, indicator: str, areas: Sequence[str], period: Period
) -> tuple[AreaComparison, ...]:
    """Is the rate of each area higher or lower than the first one's, by more than noise?"""
    from wardmote.evidence.indicators.readings import comparing

    return comparing.compare_areas(evidence, indicator, areas, period)


def draw_map(
    evidence: Evidence,
    area_set: AreaSet,
    values: Mapping[str, tuple[str, float | None, PointState]],
    *,
    unit: str,
    title: str,
) -> tuple[str, str]:
    """The map as a picture (SVG text) and in words, for who has no scripts; empty where no boundary is held.

    `values`: by code the place's name, its value, and "actual", "missing" or "suppressed".
    """
    from wardmote.evidence.indicators.outlines import read_boundaries
    from wardmote.evidence.reports.charts.maps import MapArea, choropleth
    from wardmote.evidence.reports.charts.render import render_svg

    shapes = read_boundaries(evidence, tuple(values), area_set)
    if not shapes:
        return "", ""
    areas = [MapArea(code, name, shapes.get(code), value, state=state) for code, (name, value, state) in values.items()]
    drawn = choropleth(areas, unit=unit, title=title)
    return render_svg(drawn.spec, id_prefix="map", responsive=True, alt=drawn.alt), drawn.alt
