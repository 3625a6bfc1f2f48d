"""One indicator through time: months, rolling years, years and the breaks between them."""

from collections.abc import Callable

import numpy as np
import pytest

from support.drawn_years import HERE, STEADY, draw_break, draw_months, draw_official
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.indicators.readings.series import (
    derive_trend,
    list_monthly,
    read_official_years,
    read_profile,
    read_years,
    span_of,
    sum_rolling,
)
from wardmote.evidence.model.periods import Month, Period
from wardmote.evidence.statistics.trend import Trend

Fill = Callable[..., Evidence]
LAST = Period.parse("2021/22")


def test_months_are_figures_of_their_own(fill: Fill) -> None:
    evidence = fill([*draw_months("2021-04", [3, 1]), *draw_months("2021-07", [2])])
    monthly = list_monthly(evidence, "burglary_count", HERE, Period.parse("2021-04..2021-07"))
    assert [f.value for f in monthly] == [3, 1, None, 2]
    assert monthly[1] == compute_one(evidence, "burglary_count", HERE, Period.parse("2021-05"))


def test_rolling_year_equals_the_year_asked_by_itself(fill: Fill) -> None:
    evidence = fill(draw_months("2020-04", list(range(1, 25))))
    rolling = sum_rolling(list_monthly(evidence, "burglary_count", HERE, Period.parse("2020-04..2022-03")))
    assert [f.value for f in rolling[:11]] == [None] * 11
    assert [f.value for f in rolling[11:]] == [sum(range(n, n + 12)) for n in range(1, 14)]
    asked = compute_one(evidence, "burglary_count", HERE, Period.parse("2020-07..2021-06"))
    assert (rolling[14].id, rolling[14].value, rolling[14].rows) == (asked.id, asked.value, asked.rows)


def test_missing_month_makes_every_rolling_year_that_holds_it_missing(fill: Fill) -> None:
    evidence = fill([*draw_months("2020-04", [5] * 12), *draw_months("2021-05", [5] * 13)])
    rolling = sum_rolling(list_monthly(evidence, "burglary_count", HERE, Period.parse("2020-04..2022-05")))
    assert [i for i, f in enumerate(rolling) if f.is_known] == [11, 24, 25]
    missing = rolling[12].missing
    assert missing
    assert missing.code == "month_missing"
    assert missing.why == "a month of the year that ends in April 2021 is not held"


def test_usual_shape_of_the_year_finds_the_high_month(fill: Fill) -> None:
    twice_in_december = [10] * 8 + [20] + [10] * 3  # from April on
    evidence = fill(draw_months("2019-04", twice_in_december * 3))
    profile = read_profile(list_monthly(evidence, "burglary_count", HERE, Period.parse("2019-04..2022-03")))
    assert int(np.argmax(profile.indexes)) == 11
    assert profile.indexes[11] / profile.indexes[5] == pytest.approx(2)


def test_years_that_are_not_held_are_missing_beside_those_that_are(fill: Fill) -> None:
    series = read_years(fill(draw_months("2019-04", STEADY * 3)), "crime_count", HERE, LAST, ())
    assert [str(f.period) for f in series.counts] == ["2017/18", "2018/19", "2019/20", "2020/21", "2021/22"]
    assert [f.value for f in series.counts] == [None, None, 240, 240, 240]
    assert len(series.known) == 3


def test_trend_runs_over_joined_years_and_stops_at_a_break(fill: Fill) -> None:
    evidence = fill([r for n, c in enumerate((10, 12, 14, 16, 18)) for r in draw_months(f"{2017 + n}-04", [c] * 12)])
    joined = read_years(evidence, "burglary_count", HERE, LAST, ())
    assert isinstance(joined.trend, Trend)
    assert joined.trend.fitted_years == (0, 1, 2, 3, 4)
    figure = derive_trend(joined)
    assert figure
    assert figure.id == "burglary_count:E06000001:2021/22:measure=trend_pct:against=2017/18"
    assert figure.value == pytest.approx(15.6, abs=0.5)

    broken = read_years(evidence, "burglary_count", HERE, LAST, draw_break("2019-04", offences=["burglary"]))
    assert [i for i, _ in broken.breaks] == [2]
    assert isinstance(broken.trend, Trend)
    assert broken.trend.fitted_years == (2, 3, 4)


def test_too_few_joined_years_have_no_trend(fill: Fill) -> None:
    evidence = fill(draw_months("2020-04", STEADY * 2))
    assert derive_trend(read_years(evidence, "burglary_count", HERE, LAST, ())) is None


def test_years_that_end_in_another_month_are_read_one_by_one(fill: Fill) -> None:
    evidence = fill(draw_months("2019-07", [2] * 36))
    series = read_years(evidence, "burglary_count", HERE, Period.parse("2021-07..2022-06"), (), years=3)
    assert [f.value for f in series.counts] == [24, 24, 24]


# -- official years ---------------------------------------------------------------------------------------------
def test_official_years_end_in_the_month_that_has_most_of_them(fill: Fill) -> None:
    totals = {"2021-12": 10.0, "2023-12": 12.0, "2024-12": 13.0, "2025-06": 14.0, "2024-06": 13.5}
    series = read_official_years(
        fill(recorded_crime=draw_official("E22000001", totals)), "official_crime_count", HERE, ()
    )
    assert [str(f.period) for f in series.counts] == [f"{y}-01..{y}-12" for y in (2021, 2022, 2023, 2024)]
    assert [f.value for f in series.counts] == [10, None, 12, 13]


def test_of_two_months_with_as_many_years_the_newer_counts(fill: Fill) -> None:
    totals = {"2023-12": 12.0, "2024-12": 13.0, "2025-06": 14.0, "2024-06": 13.5}
    series = read_official_years(
        fill(recorded_crime=draw_official("E22000001", totals)), "official_crime_count", HERE, ()
    )
    assert [f.value for f in series.counts] == [13.5, 14]


def test_no_official_tables_give_no_years(fill: Fill) -> None:
    series = read_official_years(fill(draw_months("2021-04", STEADY)), "official_crime_count", HERE, ())
    assert (series.counts, series.trend) == ((), None)


def test_marked_official_year_is_missing_with_the_publishers_mark(fill: Fill) -> None:
    evidence = fill(recorded_crime=draw_official("E22000001", {"2022-03": None}))
    figure = compute_one(evidence, "official_crime_count", HERE, LAST)
    assert figure.missing
    assert figure.missing.code == "not_published"
    assert "[u]" in figure.missing.why


def test_five_years_that_end_with_a_month() -> None:
    assert span_of(Month(2022, 3)) == Period.parse("2017-04..2022-03")
