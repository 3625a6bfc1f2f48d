"""How numbers are written for readers."""

import pytest

from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Figure, Interval, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.numbers import (
    write_change,
    write_count,
    write_figure,
    write_interval,
    write_pct,
    write_rate,
)

M = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (31_389, "31,389"), (12.5, "12.5"), (1234.56, "1,234.6"), (1_000_000, "1,000,000")]
)
def test_counts_have_thousands_and_only_the_decimals_they_need(value: float, text: str) -> None:
    assert write_count(value) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0.00"), (2.6, "2.60"), (9.99, "9.99"), (112.14, "112.1")])
def test_rates_below_ten_keep_two_decimals(value: float, text: str) -> None:
    assert write_rate(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(5.23, "+5.2%"), (-5.23, f"{M}5.2%"), (0.0, "0.0%"), (0.04, "0.0%"), (-0.04, "0.0%"), (1234.5, "+1,234.5%")],
)
def test_a_change_carries_its_sign_and_nothing_rounds_to_minus_zero(value: float, text: str) -> None:
    assert write_change(value) == text


def test_a_change_without_upper_limit_says_so() -> None:
    assert write_change(float("inf")) == "no upper limit"


def test_a_share_has_no_plus() -> None:
    assert write_pct(12.34) == "12.3%"


def draw(value: float | None, unit: str, measure: str = "", limits: tuple[float, float] | None = None) -> Figure:
    return Figure(
        "burglary_count",
        Area("X06000001"),
        Period.parse("2025/26"),
        value,
        unit,
        dimensions=(("measure", measure),) if measure else (),
        interval=Interval(*limits, 0.95, "byar") if limits else None,
    )


@pytest.mark.parametrize(
    ("figure", "text", "limits"),
    [
        (draw(416, "offences"), "416", ""),
        (draw(2.6, "offences per 1,000 residents", "", (2.36, 2.86)), "2.60", "2.36 to 2.86"),
        (draw(-8.1, "%", "change_pct", (-25.1, 12.8)), f"{M}8.1%", f"{M}25.1% to +12.8%"),
        (draw(11.5, "%", "share_pct", (10.9, 12.1)), "11.5%", "10.9% to 12.1%"),
        (draw(3, "of 8", "rank", (2, 4)), "3 of 8", "2 to 4"),
        (draw(0.371, "", "generalised_gini"), "0.37", ""),
    ],
)
def test_a_figure_is_written_in_its_own_unit(figure: Figure, text: str, limits: str) -> None:
    assert (write_figure(figure), write_interval(figure)) == (text, limits)


def test_missing_and_withheld_have_marks_of_their_own_and_none_is_zero() -> None:
    figure = draw(4, "offences")
    missing = figure.without_value(Missing("month_missing", "not held"))
    withheld = figure.without_value(Missing("suppressed", "small"), state="suppressed")
    assert (write_figure(missing), write_figure(withheld)) == ("[x]", "[c]")
