"""How far can the figures be trusted?"""

from collections.abc import Callable

import pytest

from support.drawn_years import HERE, STEADY, draw_months, draw_official
from support.small_county import A
from support.street_store import ASB, Row
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.trust import check_completeness, compare_with_official
from wardmote.evidence.model.periods import Month, Period

Fill = Callable[..., Evidence]
YEAR = Period.parse("2021/22")


def test_missing_months_are_named_from_the_first_month_held(fill: Fill) -> None:
    evidence = fill([*draw_months("2021-04", [5] * 3), *draw_months("2021-09", [5] * 7)])
    found = check_completeness(evidence, HERE, Period.parse("2017-04..2022-03"), YEAR)
    assert found.force == "Kent Police"
    assert found.missing_months == "July 2021 to August 2021"
    assert (str(found.span), found.newest_month) == ("2021-04..2022-03", Month(2022, 3))


def test_month_far_below_its_neighbours_is_told_and_asb_does_not_hide_it(fill: Fill) -> None:
    rows = [*draw_months("2021-04", [100] * 6 + [40] + [100] * 5), *[Row("2021-10", ASB, A)] * 60]
    found = check_completeness(fill(rows), HERE, YEAR, YEAR)
    assert [str(d.month) for d in found.drops] == ["2021-10"]
    (drop,) = found.drops
    assert (drop.count, drop.expected) == (41, 101)  # each month has one row more, which lies nowhere
    assert drop.drop_pct == pytest.approx(100 * 60 / 101)


def test_rows_without_a_small_area_are_a_share_of_the_forces_file(fill: Fill) -> None:
    found = check_completeness(fill(draw_months("2021-04", [9] * 12)), HERE, YEAR, YEAR)
    assert (found.unlocated_rows, found.all_rows) == (12, 120)
    assert found.unlocated
    assert found.unlocated.value == pytest.approx(10)
    assert found.unlocated.id == "crime_count:E06000001:2021/22:measure=unlocated_pct"


def test_store_without_police_data_has_all_months_missing(fill: Fill) -> None:
    found = check_completeness(fill(), HERE, YEAR, YEAR)
    assert (found.force, found.missing_months, found.unlocated) == ("", YEAR.title, None)


def test_open_data_lies_beside_the_official_total_of_the_same_months(fill: Fill) -> None:
    totals = {"2021-03": 250.0, "2022-03": 250.0}
    gaps = compare_with_official(
        fill(draw_months("2021-04", STEADY), recorded_crime=draw_official("E22000001", totals)), HERE
    )
    assert [str(g.period) for g in gaps] == ["2020-04..2021-03", "2021-04..2022-03"]
    assert gaps[0].gap_pct is None
    assert gaps[1].gap_pct == pytest.approx(-4)
