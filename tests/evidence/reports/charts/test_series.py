"""Years and months: what is not held leaves a gap, and no line joins what cannot be compared."""

import re
from itertools import pairwise

import numpy as np
import pytest

from evidence.reports.charts.samples import UNIT, limits_of, months, read_labels, rows_of, years
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.control import control_chart
from wardmote.evidence.reports.charts.months import MonthPoint, month_profile, month_series
from wardmote.evidence.reports.charts.render import render_svg
from wardmote.evidence.reports.charts.trend import BreakMark, TrendPoint, annual_trend

BREAK = [BreakMark("2019/20", "New counting rules")]


def runs_of(spec: dict[str, object]) -> list[list[object]]:
    """Return the values that the chart joins, run by run."""
    runs: dict[object, list[object]] = {}
    for row in rows_of(spec, "line"):
        runs.setdefault(row["run"], []).append(row["value"])
    return list(runs.values())


def test_trend_leaves_a_gap_and_stops_at_a_break() -> None:
    drawn = annual_trend(years(), breaks=BREAK, unit=UNIT)
    assert runs_of(drawn.spec) == [[88, 95], [112.4], [101, 107]]


def test_trend_without_gap_or_break_is_one_line() -> None:
    points = [TrendPoint(str(year), float(year)) for year in range(2016, 2022)]
    assert len(runs_of(annual_trend(points, unit=UNIT).spec)) == 1


def test_picture_itself_draws_no_stroke_across_the_gap() -> None:
    """The oracle is the drawing: a line for each run of two years or more, none over a year without a value."""
    svg = render_svg(annual_trend(years(), breaks=BREAK, unit=UNIT).spec)
    lines = re.findall(r'<path [^>]*d="(M[^"Z]+)"[^>]*stroke="#1d4f73" stroke-width="2"', svg)
    assert len(lines) == 2  # the year between gap and break stands alone, as a point
    step = 602 / 6
    spans = [[float(x) for x in re.findall(r"[ML](-?[\d.]+),", line)] for line in lines]
    assert all(abs(b - a) < step * 1.1 for span in spans for a, b in pairwise(span))


def test_trend_says_its_figures() -> None:
    alt = annual_trend(years(), breaks=BREAK, unit=UNIT).alt
    assert "Latest: 2021/22, 107.0 (interval 104.0 to 110.0) (provisional)." in alt
    assert "Highest: 2019/20, 112.4; lowest: 2016/17, 88.0." in alt
    assert "Without a value, not held: 2018/19." in alt
    assert "Not comparable across a break after 2019/20 (New counting rules)." in alt


def test_trend_draws_no_zero_for_a_year_without_a_value() -> None:
    drawn = annual_trend(years(), unit=UNIT)
    assert [row["year"] for row in rows_of(drawn.spec, "line")] == [
        "2016/17", "2017/18", "2019/20", "2020/21", "2021/22",
    ]  # fmt: skip
    assert "not held" in {line for label in read_labels(drawn.spec) for line in label.lines}


def test_break_after_a_year_that_is_not_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match="2031/32"):
        annual_trend(years(), breaks=[BreakMark("2031/32", "New rules")], unit=UNIT)


def test_months_not_held_have_no_bar_but_words() -> None:
    drawn = month_series(months(), unit=UNIT)
    drawn_months = {row["month"] for row in rows_of(drawn.spec, "bar")}
    assert drawn_months == {point.month for point in months() if point.value is not None and point.state == "actual"}
    assert "Without a value, not held: Nov 2020 and Dec 2020." in drawn.alt


def test_suppressed_month_is_not_said_to_be_missing() -> None:
    points = [MonthPoint("2022-01", 12.0), MonthPoint("2022-02", None, "suppressed"), MonthPoint("2022-03", 0.0)]
    alt = month_series(points, unit="Offences").alt
    assert "suppressed: Feb 2022" in alt
    assert "Latest: Mar 2022, 0" in alt


def test_months_all_missing_draw_and_say_so() -> None:
    points = [MonthPoint(f"2022-{month:02d}", None, "missing") for month in range(1, 13)]
    drawn = month_series(points, unit="Offences")
    assert "There is no value to show" in drawn.alt
    assert render_svg(drawn.spec).startswith("<svg")


def test_profile_names_its_highest_and_lowest_month() -> None:
    indexes = [100.0, 96, 101, 104, 108, 112, 110, 105, 99, 94, 88, 83]
    assert "Highest: Sep, 112; lowest: Mar, 83." in month_profile(indexes, first_month=4).alt


def test_control_chart_stops_at_gap_and_new_limits() -> None:
    points = months()
    drawn = control_chart(points, limits_of(points, (18,)), unit="Offences")
    assert [len(run) for run in runs_of(drawn.spec)] == [10, 6, 12]


def test_control_chart_stops_at_a_break_even_without_new_limits() -> None:
    points = months()
    drawn = control_chart(points, limits_of(points), unit="Offences", breaks=[BreakMark("2020-04", "New rules")])
    assert [len(run) for run in runs_of(drawn.spec)] == [4, 6, 18]


def test_control_chart_marks_and_says_the_month_outside() -> None:
    drawn = control_chart(months(), limits_of(months()), unit="Offences")
    diamonds = [row for row in rows_of(drawn.spec, "point") if row["shape"] == "diamond"]
    assert len(diamonds) == 2  # the month, and its entry in the key
    assert "Outside the limits: Jun 2022, 9,100 (provisional)." in drawn.alt


def test_control_chart_draws_its_limits_where_they_lie() -> None:
    # By hand: mean 10, every moving range 2, limits 10 +/- 2.66 x 2; the axis runs from 0 to 20 over 210 pixels.
    points = [MonthPoint(f"2022-{at + 1:02d}", value) for at, value in enumerate([9.0, 11, 9, 11, 9, 11])]
    drawn = control_chart(points, limits_of(points), unit="Offences")
    wide = [row for row in rows_of(drawn.spec, "rule") if row["x2"] - row["x"] > 500]
    expected = [round(210 * (1 - value / 20), 2) for value in (10, 4.68, 15.32)]
    assert [row["y"] for row in wide] == expected
    assert "Mean 10, limits 5 to 15." in drawn.alt


def test_limits_of_another_length_are_refused() -> None:
    with pytest.raises(UsageError, match="30 months and limits for 29"):
        control_chart(months(), limits_of(months()[:29]), unit="Offences")


@pytest.mark.parametrize("value", [np.inf, np.nan])
def test_value_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="not a number"):
        annual_trend([TrendPoint("2021/22", value)], unit=UNIT)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(UsageError, match="Nothing to draw"):
        month_series([], unit=UNIT)
