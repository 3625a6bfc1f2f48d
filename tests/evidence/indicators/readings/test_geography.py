"""Where inside the area: top wards, concentration, deprivation."""

from collections.abc import Callable

import numpy as np
import pytest

from support.drawn_years import HERE, draw_months
from support.small_county import NEW, A, B, C, D, E, G, I
from support.street_store import Row, decile, residents
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.geography import (
    DeprivationTable,
    PlaceTable,
    list_ward_sets,
    measure_concentration,
    rank_places,
    read_deprivation,
)
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.figures import Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.concentration import generalised_gini

Fill = Callable[..., Evidence]
YEAR = Period.parse("2021/22")
WARDS = AreaSet("ward", 2024)
NEWER = [A, C, D, G, I]  # the district's small areas of the newer census


def _spread(counts: dict[str, int]) -> list[Row]:
    """A year whose months are all held, with so many burglaries in each small area in April."""
    return [
        *draw_months("2021-04", [0] * 12),
        *(Row("2021-04", "Burglary", c) for c, n in counts.items() for _ in range(n)),
    ]


# -- wards ------------------------------------------------------------------------------------------------------
def test_ward_sets_are_those_that_the_areas_small_areas_are_linked_to(fill: Fill) -> None:
    assert list_ward_sets(fill(), HERE) == (AreaSet("ward", 2017), WARDS)


def test_wards_are_ranked_by_count_with_their_share_and_the_unplaced_apart(fill: Fill) -> None:
    table = rank_places(
        fill([*_spread({C: 2, G: 6}), Row("2021-04", "Burglary", B)]), "burglary_count", HERE, YEAR, WARDS
    )
    assert isinstance(table, PlaceTable)
    assert [(r.code, r.name, r.count.value) for r in table.rows] == [(NEW[2], "New 2", 6), (NEW[1], "New 1", 2)]
    assert table.unplaced == 1  # its small area was split in two wards and it has no point
    assert [r.share.value for r in table.rows] == [pytest.approx(100 * 6 / 9), pytest.approx(100 * 2 / 9)]
    assert table.rows[0].share.id == f"burglary_count:{HERE}:2021/22:ward={NEW[2]}:measure=share_pct"
    assert table.top == table.rows


def test_ward_is_in_the_top_of_as_many_quarters_as_it_has_crime(fill: Fill) -> None:
    rows = [*draw_months("2021-04", [0] * 12), Row("2021-04", "Burglary", A), Row("2021-08", "Burglary", A)]
    table = rank_places(fill(rows), "burglary_count", HERE, YEAR, WARDS)
    assert isinstance(table, PlaceTable)
    assert {r.quarters_known for r in table.rows} == {4}
    assert all(r.quarters_in_top is not None and 0 <= r.quarters_in_top <= 4 for r in table.rows)


def test_part_of_a_year_has_no_quarters_to_count(fill: Fill) -> None:
    table = rank_places(fill(_spread({A: 1})), "burglary_count", HERE, Period.parse("2021-04..2021-05"), WARDS)
    assert isinstance(table, PlaceTable)
    assert {(r.quarters_in_top, r.quarters_known) for r in table.rows} == {(None, 0)}


def test_places_of_a_year_that_is_not_held_are_missing(fill: Fill) -> None:
    found = rank_places(fill(draw_months("2021-05", [1] * 11)), "burglary_count", HERE, YEAR, WARDS)
    assert isinstance(found, Missing)
    assert found.code == "month_missing"


# -- concentration ----------------------------------------------------------------------------------------------
def test_half_of_crime_lies_on_the_fewest_places_that_hold_it(fill: Fill) -> None:
    counts = {A: 2, C: 60, D: 20, G: 10, I: 8}
    found = measure_concentration(fill(_spread(counts)), "burglary_count", HERE, YEAR, np.random.default_rng(7))
    assert not isinstance(found, Missing)
    assert (found.places, found.total) == (5, 100)
    assert found.half_figure.value == pytest.approx(20)  # one of five
    assert found.half_figure.unit == "% of small areas"
    assert found.gini_figure.value == pytest.approx(generalised_gini(list(counts.values())))
    assert found.chance.generalised_gini > found.chance.chance_high


def test_evenly_spread_crime_is_no_more_concentrated_than_chance(fill: Fill) -> None:
    found = measure_concentration(
        fill(_spread(dict.fromkeys(NEWER, 10))), "burglary_count", HERE, YEAR, np.random.default_rng(7)
    )
    assert not isinstance(found, Missing)
    assert found.chance.generalised_gini <= found.chance.chance_high


def test_offence_that_did_not_happen_has_no_concentration(fill: Fill) -> None:
    found = measure_concentration(fill(_spread({})), "burglary_count", HERE, YEAR, np.random.default_rng(7))
    assert isinstance(found, Missing)
    assert found.code == "not_enough"


# -- deprivation ------------------------------------------------------------------------------------------------
def _draw_deciles() -> list[dict[str, object]]:
    newer = [
        decile(c, n, edition="IMD 2025", area_set="lsoa@2021") for c, n in zip(NEWER, (1, 1, 2, 3, 3), strict=True)
    ]
    older = [decile(c, n) for c, n in zip([A, B, E, "E01000005", "E01000007"], (1, 1, 2, 2, 3), strict=True)]
    return newer + older


def test_deciles_sum_their_small_areas_and_residents(fill: Fill) -> None:
    people = [residents(c, 1000, area_set="lsoa@2021", vintage="LSOA mid-2021") for c in NEWER]
    evidence = fill(_spread({A: 2, C: 4, D: 3, G: 1}), deprivation=_draw_deciles(), population=people)
    table = read_deprivation(evidence, "burglary_count", HERE, YEAR)
    assert isinstance(table, DeprivationTable)
    assert (table.edition, table.has_rates, table.vintage) == ("IMD 2025", True, "mid-2021 (LSOA mid-2021)")
    assert [(r.decile, r.places, r.count, r.population) for r in table.rows] == [
        (1, 2, 6, 2000), (2, 1, 3, 1000), (3, 2, 1, 2000),
    ]  # fmt: skip
    assert [r.rate for r in table.rows] == [pytest.approx(3), pytest.approx(3), pytest.approx(0.5)]


def test_older_edition_is_taken_where_only_its_small_areas_have_residents(fill: Fill) -> None:
    older = [A, B, E, "E01000005", "E01000007"]
    people = [residents(c, 1000, year=2020, area_set="lsoa@2011", vintage="LSOA mid-2020") for c in older]
    evidence = fill(_spread({A: 2}), deprivation=_draw_deciles(), population=people)
    table = read_deprivation(evidence, "burglary_count", HERE, YEAR)
    assert isinstance(table, DeprivationTable)
    assert table.edition == "IMD 2019"
    assert "mid-2020 (LSOA mid-2020); no estimate for mid-2021 is loaded" in table.vintage


def test_without_residents_the_newest_edition_shows_counts(fill: Fill) -> None:
    table = read_deprivation(fill(_spread({A: 2}), deprivation=_draw_deciles()), "burglary_count", HERE, YEAR)
    assert isinstance(table, DeprivationTable)
    assert (table.edition, table.has_rates) == ("IMD 2025", False)
    assert [(r.count, r.rate) for r in table.rows] == [(2, None), (0, None), (0, None)]


@pytest.mark.parametrize(("rows", "said"), [({}, "no index"), ({"deprivation": [decile(A, 1)]}, "no loaded index")])
def test_deprivation_that_is_not_loaded_or_does_not_cover_the_area_is_missing(
    fill: Fill, rows: dict, said: str
) -> None:
    found = read_deprivation(fill(_spread({A: 1}), **rows), "burglary_count", HERE, YEAR)
    assert isinstance(found, Missing)
    assert said in found.why
