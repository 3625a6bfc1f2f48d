"""When may two periods be compared, and which word has the change earned?"""

from collections.abc import Callable

import pytest

from support.drawn_years import HERE, STEADY, UNEVEN, draw_break, draw_months, draw_official
from support.small_county import NEW
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.comparisons import (
    Comparison,
    compare_periods,
    derive_change,
    derive_rate_change,
    newest_full_year,
)
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.change import compare_counts, compare_counts_overdispersed

Fill = Callable[..., Evidence]
YEAR = Period.parse("2021/22")


def _compare(evidence: Evidence, indicator: str = "crime_count", area: str = HERE, **asked: object) -> Comparison:
    return compare_periods(evidence, indicator, area, YEAR, **{"breaks": (), **asked})  # type: ignore[arg-type]


def _two_years(before: list[int], after: list[int], crime_type: str = "Burglary") -> list[object]:
    return [*draw_months("2020-04", [*before, *after], crime_type=crime_type)]


# -- the test ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("later", "word"), [([20] * 12, "similar"), ([30] * 12, "rose"), ([12] * 12, "fell")])
def test_word_of_direction_is_earned_by_the_exact_test(fill: Fill, later: list[int], word: str) -> None:
    found = _compare(fill(_two_years(STEADY, later)))
    assert found.direction == word
    exact = compare_counts(sum(later), 240, 50_000, 49_999)
    assert found.change
    assert (found.change.ratio_low, found.change.p_value) == (exact.ratio_low, exact.p_value)
    assert (found.spread, found.change.method) == (1.0, "exact_conditional")


def test_months_that_vary_more_than_chance_make_the_test_cautious(fill: Fill) -> None:
    found = _compare(fill(_two_years(UNEVEN, [25] * 12)))
    assert _word_by_chance_alone() == "rose"
    assert found.direction == "similar"
    assert found.spread == pytest.approx(18**2 * 12 / 11 / 20)
    assert found.spread_of == "financial year 2020/21 (April 2020 to March 2021)"
    wide = compare_counts_overdispersed(300, 240, found.spread, current_exposure=50_000, previous_exposure=49_999)
    assert found.change
    assert (found.change.ratio_low, found.change.ratio_high) == (wide.ratio_low, wide.ratio_high)
    assert "months vary 17.7 times as much as chance alone" in derive_change(found).notes[1]


def _word_by_chance_alone() -> str:
    return "rose" if compare_counts(300, 240, 50_000, 49_999).ratio_low > 1 else "similar"


def test_area_without_residents_is_compared_as_counts(fill: Fill) -> None:
    found = _compare(fill(_two_years(STEADY, [30] * 12)), area=NEW[1])
    assert not found.is_per_resident
    assert found.change
    assert found.change.rate_change_pct == found.change.change_pct == 50
    assert derive_change(found).notes[0] == "change of the counts"


def test_one_estimate_that_stands_in_for_both_years_is_still_per_resident(fill: Fill) -> None:
    evidence = fill(draw_months("2022-04", [*STEADY, *STEADY]))
    found = compare_periods(evidence, "crime_count", HERE, Period.parse("2023/24"), breaks=())
    assert found.is_per_resident
    assert found.change
    assert found.change.current_exposure == found.change.previous_exposure == 50_001


def test_change_as_a_figure_carries_its_limits_and_what_it_is_against(fill: Fill) -> None:
    found = _compare(fill(_two_years(STEADY, [30] * 12)))
    of_count, per_resident = derive_change(found), derive_rate_change(found)
    assert of_count.id == "crime_count:E06000001:2021/22:measure=change_pct:against=2020/21"
    assert per_resident.id == "crime_rate:E06000001:2021/22:measure=change_pct:against=2020/21"
    assert (of_count.value, of_count.numerator) == (50, 120)
    assert per_resident.value == pytest.approx(100 * (360 / 50_000 * 49_999 / 240 - 1))
    for figure, of in ((of_count, "of the counts"), (per_resident, "per resident")):
        assert figure.value
        assert figure.interval
        assert figure.interval.low < figure.value < figure.interval.high
        assert figure.notes[0] == f"change {of}"


def test_rise_from_nothing_has_no_percentage_but_a_direction(fill: Fill) -> None:
    rows = [*draw_months("2020-04", [0] * 12 + [3] * 12, crime_type="Robbery")]
    found = _compare(fill(rows), "robbery_count")
    assert found.direction == "rose"
    figure = derive_change(found)
    assert (figure.value, figure.state) == (None, "missing")


def test_rate_is_compared_as_its_count(fill: Fill) -> None:
    found = _compare(fill(_two_years(STEADY, [30] * 12)), "crime_rate")
    assert found.current.indicator == "crime_count"
    assert found.current_rate
    assert found.current_rate.value == pytest.approx(1000 * 360 / 50_000)


def test_quarter_is_compared_with_last_years_and_judged_by_the_spread_of_a_whole_year(fill: Fill) -> None:
    found = compare_periods(
        fill(_two_years(STEADY, [30] * 12)), "crime_count", HERE, Period.parse("2021/22Q3"), breaks=()
    )
    assert (found.previous.period, found.previous.value, found.current.value) == (Period.parse("2020/21Q3"), 60, 90)
    assert found.spread_of == "April 2021 to March 2022"


# -- refusals ---------------------------------------------------------------------------------------------------
def test_year_that_is_not_held_is_not_compared(fill: Fill) -> None:
    found = _compare(fill(draw_months("2020-05", [20] * 23)))
    assert (found.change, found.direction) == (None, None)
    assert found.refused
    assert found.refused.code == "month_missing"
    assert "April 2020" in found.refused.why
    figure = derive_change(found)
    assert (figure.value, figure.missing) == (None, found.refused)


@pytest.mark.parametrize("previous", ["2020/21Q1", "2020", "2020-05..2021-04"])
def test_periods_that_are_not_alike_are_not_compared(fill: Fill, previous: str) -> None:
    found = _compare(fill(_two_years(STEADY, STEADY)), previous=Period.parse(previous))
    assert found.refused
    assert found.refused.code == "not_enough"
    assert found.refused.why == f"2021/22 and {previous} do not cover the same months of the year"


def test_comparison_across_a_break_is_refused_with_its_reason(fill: Fill) -> None:
    found = _compare(fill(_two_years(STEADY, [30] * 12)), breaks=draw_break("2021-04"))
    assert found.refused
    assert found.refused.code == "break_in_series"
    assert "Way of counting" in found.refused.why
    assert "Compare neither with the other." in found.refused.why


def test_break_before_both_years_or_of_another_area_forbids_nothing(fill: Fill) -> None:
    evidence = fill(_two_years(STEADY, STEADY))
    assert _compare(evidence, breaks=draw_break("2020-04")).refused is None
    assert _compare(evidence, breaks=draw_break("2021-04", area="E23000001")).refused is None


def test_break_of_the_force_concerns_its_districts(fill: Fill) -> None:
    found = _compare(fill(_two_years(STEADY, STEADY)), breaks=draw_break("2021-04", area="E23000032"))
    assert found.refused


def test_break_of_a_part_asks_for_caution_with_the_whole(fill: Fill) -> None:
    broken = draw_break("2021-04", offences=["violent_crime"])
    found = _compare(fill(_two_years(STEADY, STEADY)), breaks=broken)
    assert found.refused is None
    assert found.direction == "similar"
    assert [c.split(":")[0] for c in found.cautions] == ["Part of this total is touched by a break"]
    assert derive_change(found).notes[-1] == found.cautions[0]


def test_break_of_violent_crime_forbids_it_and_not_robbery(fill: Fill) -> None:
    evidence = fill(_two_years(STEADY, STEADY, "Robbery"))
    broken = draw_break("2021-04", offences=["violent_crime"])
    assert _compare(evidence, "violent_crime_count", breaks=broken).refused
    robbery = _compare(evidence, "robbery_count", breaks=broken)
    assert (robbery.refused, robbery.cautions) == (None, ())


# -- official years ---------------------------------------------------------------------------------------------
def test_official_years_take_their_spread_from_the_newest_street_level_year(fill: Fill) -> None:
    evidence = fill(
        draw_months("2020-04", [*STEADY, *UNEVEN]),
        recorded_crime=draw_official("E22000001", {"2021-03": 240, "2022-03": 300}),
    )
    found = _compare(evidence, "official_crime_count")
    assert (found.current.value, found.previous.value) == (300, 240)
    assert found.spread > 10
    assert found.spread_of.endswith("April 2021 to March 2022")
    assert found.direction == "similar"


def test_official_years_without_street_level_data_are_tested_as_chance(fill: Fill) -> None:
    evidence = fill(recorded_crime=draw_official("E22000001", {"2021-03": 240, "2022-03": 300}))
    found = _compare(evidence, "official_crime_count")
    assert (found.spread, found.spread_of, found.direction) == (1.0, "", "rose")


def test_newest_full_year_ends_where_twelve_months_on_end_do(fill: Fill) -> None:
    rows = [*draw_months("2020-04", [1] * 14), *draw_months("2021-08", [1] * 11)]
    assert newest_full_year(fill(rows), "crime_count", HERE) == Period.parse("2020-06..2021-05")
