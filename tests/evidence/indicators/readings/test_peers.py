"""Where an area stands among its peers, and how sure that place is."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from support.drawn_years import HERE, STEADY, draw_months, draw_official
from support.small_county import SHIRE, THERE
from support.street_store import link, residents
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.peers import PeerPosition, choose_peers, find_position
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sources.loading import load_source
from wardmote.evidence.store.store import open_store

Fill = Callable[..., Evidence]
YEAR = Period.parse("2021/22")
UNITARY = [f"E0600001{n}" for n in range(5)]
CSP_OF = {HERE: "E22000001", **{code: f"E2200001{n}" for n, code in enumerate(UNITARY)}}


def _draw_unitary(counts: Sequence[float | None]) -> dict[str, list[dict[str, object]]]:
    """Five more unitary districts, each with a partnership and 50,000 residents, and their official crime of a year."""
    links = [link(("district@2023", code), ("csp@2023", CSP_OF[code]), name=CSP_OF[code]) for code in UNITARY]
    links += [link(("district@2023", d), ("csp@2023", c)) for d, c in ((HERE, "E22000001"), (THERE, "E22000002"))]
    codes = [CSP_OF[HERE], *(CSP_OF[code] for code in UNITARY)]
    crime = [row for code, n in zip(codes, counts, strict=True) for row in draw_official(code, {"2022-03": n})]
    people = [residents(code, 50_000, vintage="other") for code in UNITARY]
    return {"area_links": links, "recorded_crime": crime, "population": people}


def _find(evidence: Evidence, indicator: str = "crime_count") -> PeerPosition | Missing:
    group = choose_peers(evidence, HERE)
    return find_position(evidence, indicator, HERE, YEAR, group=group, generator=np.random.default_rng(1))


# -- which peers ------------------------------------------------------------------------------------------------
def test_unitary_district_is_compared_with_unitary_ones(fill: Fill) -> None:
    group = choose_peers(fill(**_draw_unitary([1] * 6)), HERE)
    assert (group.id, group.title) == ("unitary", "unitary authorities of England")
    assert [m.code for m in group.members] == [HERE, *UNITARY]


def test_other_district_is_compared_with_those_of_its_force(fill: Fill) -> None:
    group = choose_peers(fill(**_draw_unitary([1] * 6)), THERE)
    assert (group.id, group.title) == (f"force-{SHIRE}", "districts policed by Shire")
    assert [m.code for m in group.members] == [HERE, THERE]


def test_unitary_district_with_too_few_like_it_is_compared_within_its_force(fill: Fill) -> None:
    assert choose_peers(fill(), HERE).id == f"force-{SHIRE}"


def test_peers_that_the_partnership_names_are_taken_and_the_area_with_them(fill: Fill) -> None:
    group = choose_peers(fill(), HERE, [THERE, UNITARY[0]], "our own choice")
    assert (group.id, group.title) == ("chosen", "our own choice")
    assert [m.code for m in group.members] == sorted([HERE, THERE, UNITARY[0]])


# -- the official tables ----------------------------------------------------------------------------------------
def test_group_of_several_forces_is_ranked_by_the_newest_official_year(fill: Fill) -> None:
    found = _find(fill(**_draw_unitary([4000, 1000, 2000, 3000, 5000, 6000])))
    assert isinstance(found, PeerPosition)
    assert (found.indicator, str(found.period)) == ("official_crime_rate", "2021-04..2022-03")
    assert [r.area.code for r in found.rates] == [UNITARY[4], UNITARY[3], HERE, UNITARY[2], UNITARY[1], UNITARY[0]]
    assert (found.rank.value, found.rank.unit) == (3, "of 6")
    assert found.rank.id == f"official_crime_rate:{HERE}:2021-04..2022-03:measure=rank:against=unitary"
    assert found.median == pytest.approx(1000 * 3500 / 50_000)
    assert found.own
    assert found.own.rate == pytest.approx(1000 * 4000 / 50_000)


def test_rank_is_sure_where_rates_lie_apart(fill: Fill) -> None:
    apart = _find(fill(**_draw_unitary([4000, 1000, 2000, 3000, 5000, 6000])))
    assert isinstance(apart, PeerPosition)
    assert apart.rank.interval
    assert (apart.rank.interval.low, apart.rank.interval.high) == (3, 3)


def test_rank_among_like_rates_may_be_any(fill: Fill) -> None:
    close = _find(fill(**_draw_unitary([40, 41, 39, 40, 42, 38])))
    assert isinstance(close, PeerPosition)
    assert close.rank.interval
    assert close.rank.interval.low == 1
    assert close.rank.interval.high == 6


def test_partnership_that_is_not_published_is_absent_and_named(fill: Fill) -> None:
    found = _find(fill(**_draw_unitary([4000, 1000, None, 3000, 5000, 6000])))
    assert isinstance(found, PeerPosition)
    assert [a.code for a in found.absent] == [UNITARY[1]]
    assert found.rank.unit == "of 5"


def test_area_whose_own_figure_is_not_published_has_no_place(fill: Fill) -> None:
    found = _find(fill(**_draw_unitary([None, 1000, 2000, 3000, 5000, 6000])))
    assert isinstance(found, Missing)


def test_two_districts_are_too_few_to_rank(fill: Fill) -> None:
    found = _find(fill(draw_months("2021-04", STEADY)))
    assert isinstance(found, Missing)
    assert found.code == "source_missing"


def test_offence_that_no_source_carries_for_the_group_is_missing(fill: Fill) -> None:
    found = _find(fill(**_draw_unitary([1] * 6)), "asb_count")
    assert isinstance(found, Missing)


# -- the force's own file ---------------------------------------------------------------------------------------
@pytest.mark.realdata
def test_district_of_kent_is_ranked_by_the_forces_own_file(shared_data: Path, tmp_path: Path) -> None:
    store, geography = open_store(tmp_path / "store", create=True), shared_data / "geography"
    files = {
        "ons-lookups": sorted(geography.glob("lookup_*.csv")),
        "ons-population": [shared_data / "population" / "LAD23_Mid_Year_pop_2011_to_2023.xlsx"],
        "police-street": [shared_data / "police-street" / "kent" / "2022-03-kent-street.csv.gz"],
    }
    for source, paths in files.items():
        load_source(store, source, paths, now=datetime(2026, 1, 1, tzinfo=UTC), by="test")
    evidence, month = Evidence.of(store.snapshot()), Period.parse("2022-03")
    group = choose_peers(evidence, "E07000108")
    assert len(group.members) == 13
    found = find_position(evidence, "crime_count", "E07000108", month, group=group, generator=np.random.default_rng(1))
    assert isinstance(found, PeerPosition)
    assert (found.indicator, found.period, found.rank.unit) == ("crime_rate", month, "of 13")
    assert [r.rate for r in found.rates] == sorted((r.rate for r in found.rates), reverse=True)
    assert found.rank.value == 1 + [r.area.code for r in found.rates].index("E07000108")
