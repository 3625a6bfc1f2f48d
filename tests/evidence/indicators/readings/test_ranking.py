"""Places in order of their rates: by rate and not by count, and never without how sure the place is."""

from collections.abc import Callable

import numpy as np
import pytest

from support.drawn_years import draw_months
from support.small_county import HERE, NEW, OLD, SHIRE, THERE, A, D, J
from support.street_store import Row, link, residents
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.peers import choose_peers
from wardmote.evidence.indicators.readings.ranking import (
    Ranking,
    list_place_sets,
    name_residents,
    rank_peers,
    rank_within,
)
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Denominator, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.rates import rate

Fill = Callable[..., Evidence]
YEAR, WARDS = Period.parse("2021/22"), AreaSet("ward", 2024)
#: The ward with most offences has most residents too, and the lowest rate.
PEOPLE = [residents(NEW[1], 9_000, area_set="ward@2024"), residents(NEW[2], 1_000, area_set="ward@2024"),
          residents(NEW[3], 500, area_set="ward@2024")]  # fmt: skip


def _rank(evidence: Evidence, area: str = HERE, **more: object) -> Ranking:
    generator = more.get("generator", np.random.default_rng(1))
    found = rank_within(evidence, "burglary_rate", area, YEAR, area_set=WARDS, generator=generator)  # type: ignore[arg-type]
    assert isinstance(found, Ranking)
    return found


def _draw(counts: dict[str, int]) -> list[Row]:
    return [row for lsoa, count in counts.items() for row in draw_months("2021-04", [count] * 12, lsoa=lsoa)]


def test_places_stand_by_rate_and_not_by_count(fill: Fill) -> None:
    found = _rank(fill(_draw({A: 20, D: 5, J: 3}), population=PEOPLE), SHIRE)
    assert [(row.code, row.count, row.rank) for row in found.rows] == [
        (NEW[3], 36, 1), (NEW[2], 60, 2), (NEW[1], 240, 3),
    ]  # fmt: skip
    oracle = rate([36], [500], multiplier=1000)
    assert found.rows[0].rate == pytest.approx(float(oracle.value[0]))
    assert found.rows[0].low == pytest.approx(float(oracle.low[0]))


def test_rank_lies_within_its_limits_and_those_of_equal_places_overlap(fill: Fill) -> None:
    people = [residents(code, 1_000, area_set="ward@2024") for code in NEW.values()]
    found = _rank(fill(_draw({A: 5, D: 5, J: 1}), population=people), SHIRE)
    assert all((row.rank_low or 0) <= (row.rank or 0) <= (row.rank_high or 0) for row in found.rows)
    assert [(row.rank_low, row.rank_high) for row in found.rows] == [(1, 2), (1, 2), (3, 3)]


def test_same_question_has_the_same_limits(fill: Fill) -> None:
    evidence = fill(_draw({A: 5, D: 4, J: 1}), population=PEOPLE)
    assert _rank(evidence, SHIRE) == _rank(evidence, SHIRE)


def test_without_draws_no_place_has_a_rank(fill: Fill) -> None:
    found = _rank(fill(_draw({A: 5, D: 4, J: 1}), population=PEOPLE), SHIRE, generator=None)
    assert [row.rank for row in found.rows] == [None, None, None]
    assert found.has_most_rates


def test_fewer_than_three_places_have_no_rank(fill: Fill) -> None:
    found = _rank(fill(_draw({A: 5, D: 4}), population=PEOPLE))
    assert [row.rank for row in found.rows] == [None, None]


def test_place_without_residents_has_no_rate_and_says_why(fill: Fill) -> None:
    found = _rank(fill(_draw({A: 5, D: 4, J: 1}), population=PEOPLE[:2]), SHIRE)
    last = found.rows[-1]
    assert (last.code, last.rate, last.rank, last.count) == (NEW[3], None, None, 12)
    assert "no residents are known" in last.why


def test_rows_that_no_place_holds_are_counted_beside_them(fill: Fill) -> None:
    rows = _draw({A: 5}) + [Row("2021-04", lsoa="E01000007")] * 4  # H, split between the districts, and no point
    found = _rank(fill(rows, population=PEOPLE), SHIRE)
    assert found.total is not None
    assert sum(row.count or 0 for row in found.rows) + found.unplaced == found.total.value


def test_month_that_is_not_held_gives_a_reason_and_no_ranking(fill: Fill) -> None:
    found = rank_within(
        fill([Row("2021-04", lsoa=A)]), "burglary_rate", HERE, YEAR, area_set=WARDS, generator=np.random.default_rng(1)
    )
    assert isinstance(found, Missing)
    assert found.code == "month_missing"


def test_places_of_one_name_are_told_apart_by_their_district(fill: Fill) -> None:
    links = [
        link(("lsoa@2021", lsoa), ("ward@2025", code), name="Castle")
        for lsoa, code in ((A, "E05000091"), (J, "E05000092"))
    ]
    links += [link(("ward@2025", code), ("district@2025", area), name=name)
              for code, area, name in (("E05000091", HERE, "Here"), ("E05000092", THERE, "There"))]  # fmt: skip
    found = rank_within(
        fill(_draw({A: 5, J: 4}), area_links=links), "burglary_rate", SHIRE, YEAR, area_set=AreaSet("ward", 2025),
        generator=None,
    )  # fmt: skip
    assert isinstance(found, Ranking)
    assert sorted(row.name for row in found.rows) == ["Castle (Here)", "Castle (There)"]


def test_wards_in_force_come_first_and_districts_for_a_county(fill: Fill) -> None:
    evidence = fill(_draw({A: 1}))
    assert [str(s) for s in list_place_sets(evidence, "burglary_rate", HERE, YEAR)] == [
        "ward@2017", "ward@2024", "lsoa@2021", "lsoa@2011",
    ]  # fmt: skip
    assert str(list_place_sets(evidence, "burglary_rate", SHIRE, YEAR)[0]) == "district@2022"
    assert list_place_sets(evidence, "official_burglary_rate", HERE, YEAR) == ()
    assert OLD[1] != NEW[1]


def test_peers_each_have_a_rank_with_limits(fill: Fill) -> None:
    people = [residents(code, 10_000, vintage="other") for code in (HERE, THERE)]
    evidence = fill(_draw({A: 9, J: 1}), population=people)
    group = choose_peers(evidence, THERE)
    found = rank_peers(evidence, "burglary_rate", THERE, YEAR, group=group, generator=np.random.default_rng(1))
    assert isinstance(found, Missing)  # two are no group
    assert found.code == "source_missing"


def test_residents_are_named_once_with_their_year() -> None:
    two = [Denominator(5, "residents", 2020, "LSOA mid-2020"), Denominator(5, "residents", 2021, "MYE"), None]
    assert name_residents([*two, two[1]]) == "LSOA mid-2020; mid-2021 (MYE)"
