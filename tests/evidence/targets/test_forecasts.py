"""The chance of meeting a target by its end, held against simulation and published identities."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, betabinom, nbinom

from evidence.targets.drawn_plans import quarter, share, stretch, year
from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.targets.forecasts import forecast_target
from wardmote.evidence.targets.kinds import (
    Base,
    Benchmark,
    CountPerPeriod,
    Milestone,
    NoChange,
    NoTarget,
    RelativeChange,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.prediction import predict_share, predict_total

REFERRALS = CountPerPeriod(">=", 340, "referrals")
HALF = [quarter("2015-16 Q1", 85), quarter("2015-16 Q2", 80)]
PATH = Trajectory(80, "2005-2009 mean", 2020, 48)


@pytest.mark.parametrize(("operator", "level"), [(">=", 100), (">", 100), ("<=", 90), ("<", 90), (">=", 93.5)])
def test_total_agrees_with_simulation(operator, level):
    rng = np.random.default_rng(20)
    rates = rng.gamma(48 + 0.5, 1 / 6, 200_000)
    totals = 48 + rng.poisson(rates * 6)
    met = {">=": totals >= level, ">": totals > level, "<=": totals <= level, "<": totals < level}[operator]
    assert predict_total(48, 6, 6, operator=operator, level=level).chance == pytest.approx(met.mean(), abs=0.005)


@pytest.mark.parametrize(("operator", "level"), [(">=", 50), ("<", 50), ("<=", 45), (">", 55)])
def test_share_agrees_with_simulation(operator, level):
    rng = np.random.default_rng(21)
    shares = rng.beta(22 + 0.5, 18 + 0.5, 200_000)
    year = 22 + rng.binomial(60, shares)  # of 100
    met = {">=": year >= level, ">": year > level, "<=": year <= level, "<": year < level}[operator]
    assert predict_share(22, 40, 60, operator=operator, level=level).chance == pytest.approx(met.mean(), abs=0.005)


def test_total_has_the_published_mean_and_variance():
    """Gelman et al. (2014), p. 44: negative binomial, mean a/b and variance a/b² (b + 1), with b = t / r."""
    shape, rate = 48 + 0.5, 9 / 3
    rest = nbinom(shape, 9 / (9 + 3))
    assert rest.mean() == pytest.approx(shape / rate)
    assert rest.var() == pytest.approx(shape / rate**2 * (rate + 1))


@given(st.integers(0, 200), st.integers(1, 11), st.integers(0, 400))
def test_total_is_met_or_not_met(seen, months, level):
    met = predict_total(seen, months, 12 - months, operator=">=", level=level).chance
    missed = predict_total(seen, months, 12 - months, operator="<", level=level).chance
    assert met + missed == pytest.approx(1)


@pytest.mark.parametrize("bad", [(-1, 6, 6), (5, 0, 6), (5, 6, 0), (float("nan"), 6, 6)])
def test_total_refuses_what_cannot_be(bad):
    with pytest.raises(StatisticsError):
        predict_total(*bad, operator=">=", level=10)


@pytest.mark.parametrize("bad", [(5, 4, 3), (0, 0, 3), (1, 4, 0)])
def test_share_refuses_what_cannot_be(bad):
    with pytest.raises(StatisticsError):
        predict_share(*bad, operator=">=", level=10)


def test_count_is_foretold_from_the_quarters_so_far():
    forecast = forecast_target(REFERRALS, HALF[1], HALF)
    assert forecast.chance == pytest.approx(predict_total(165, 6, 6, operator=">=", level=340).chance)
    assert forecast.sentence == (
        "The chance of at least 340 by March 2016 is about 1 in 3: 165 in 6 months, and 6 more at that pace lead to "
        "296 to 368 (95% interval; steady pace, no season)."
    )


def test_count_reached_is_certain_and_a_ceiling_passed_is_lost():
    assert forecast_target(CountPerPeriod(">=", 100), HALF[1], HALF).chance == 1
    lost = forecast_target(CountPerPeriod("<=", 100), HALF[1], HALF)
    assert lost.chance == 0
    assert lost.sentence == "Can no longer be met: 165 against at most 100."


def test_count_with_a_quarter_missing_is_not_foretold():
    forecast = forecast_target(REFERRALS, HALF[1], [HALF[1]])
    assert forecast.chance is None
    assert forecast.sentence == "No forecast: not all of the time since April 2015 is reported."


def test_count_uses_the_running_total_and_not_what_came_later():
    running = stretch(date(2015, 4, 1), date(2015, 9, 30), 165)
    later = quarter("2015-16 Q3", 300)
    assert forecast_target(REFERRALS, running, [running, later]) == forecast_target(REFERRALS, running, [running])
    assert forecast_target(REFERRALS, running).chance == forecast_target(REFERRALS, HALF[1], HALF).chance


def test_share_is_foretold_for_the_quarters_left():
    history = [share("2015-16 Q1", 7, 33), share("2015-16 Q2", 8, 52)]
    forecast = forecast_target(Threshold("<", 20, "percent"), history[1], history)
    assert forecast.chance == pytest.approx(predict_share(15, 85, 85, operator="<", level=20).chance)
    assert "15 of 85 so far, and about 85 cases not reported yet" in forecast.sentence


def test_path_is_foretold_to_the_end_of_the_calendar_year_and_projections_only_named():
    so_far = stretch(date(2015, 1, 1), date(2015, 5, 31), 23, state="provisional")
    foretold = stretch(date(2015, 1, 1), date(2015, 12, 31), 57, state="projected", basis="calendar_year")
    forecast = forecast_target(PATH, so_far, [so_far, foretold], level=70)
    assert forecast.chance == pytest.approx(predict_total(23, 5, 7, operator="<=", level=70).chance)
    assert "(provisional)" in forecast.sentence
    assert forecast.sentence.endswith("The source itself foretells 57, which is not used here.")


def test_relative_change_on_last_years_total_is_a_years_count():
    target = RelativeChange("increase", 10, Base("previous_year_total", 388))
    history = [quarter(f"2014-15 Q{n}", count) for n, count in ((1, 129), (2, 145), (3, 117))]
    forecast = forecast_target(target, history[2], history)
    assert forecast.chance == pytest.approx(predict_total(391, 9, 3, operator=">=", level=426.8).chance)


@pytest.mark.parametrize(
    ("target", "value", "reason"),
    [
        (None, HALF[0], "there is no target to meet"),
        (NoTarget("pending"), HALF[0], "there is no target to meet"),
        (REFERRALS, year("2015-16", 400), "the year is over"),
        (REFERRALS, quarter("2015-16 Q4", 80), "the year is over"),
        (REFERRALS, quarter("2015-16 Q2", 80, state="projected"), "itself a projection"),
        (REFERRALS, quarter("2015-16 Q2", state="missing"), "nothing was reported to judge by"),
        (CountPerPeriod(">=", 1, "campaign", window="March-May"), HALF[0], "one-off events"),
        (CountPerPeriod(">=", 2, "programmes"), HALF[0], "so few events"),
        (Threshold(">=", 85, "percent"), quarter("2015-16 Q1", 78, shape="percent"), "no counts were printed"),
        (Threshold(">=", 85, "percent"), share("2015-16 Q4", 7, 9), "the year is over"),
        (Threshold("<", 50, "count"), HALF[0], "names no stretch of time"),
        (RelativeChange("decrease", 5, Base("same_period_last_year")), HALF[0], "its own base"),
        (RelativeChange("decrease", 5, Base("previous_year")), HALF[0], "no base was given"),
        (NoChange("no_increase", Base("outturn", 426, unit="per 100k")), HALF[0], "no counts were printed"),
        (Benchmark("similar", "England"), HALF[0], "the other's figure moves"),
        (Milestone("launched"), HALF[0], "done or not done"),
        (PATH, HALF[0], "level for the year is not known"),
    ],
)
def test_forecast_that_cannot_be_made_says_why(target, value, reason):
    forecast = forecast_target(target, value, [value])
    assert forecast.chance is None
    assert reason in forecast.sentence


@pytest.mark.parametrize(("part", "whole"), [(0, 1), (3, 7), (22, 40), (9_000, 10_000), (10**6, 2 * 10**6)])
def test_share_of_very_many_cases_agrees_with_the_sum_over_them(part: float, whole: float) -> None:
    foretold = predict_share(part, whole, 20_000, operator=">=", level=100 * part / whole)
    exact = betabinom(20_000, part + 0.5, whole - part + 0.5)
    total = whole + 20_000
    assert foretold.low == pytest.approx(100 * (part + exact.ppf(0.025)) / total, abs=0.01)
    assert foretold.high == pytest.approx(100 * (part + exact.ppf(0.975)) / total, abs=0.01)
    needed = math.ceil(part / whole * total - part - 1e-9)
    assert foretold.chance == pytest.approx(exact.sf(needed - 1), abs=0.0003)


def test_thousand_million_cases_to_come_cost_no_more_than_some() -> None:
    foretold = predict_share(15, 30, 10**9, operator=">=", level=50)
    assert foretold.chance == pytest.approx(0.5, abs=0.001)
    low, high = beta(15.5, 15.5).ppf([0.025, 0.975])
    assert (foretold.low, foretold.high) == (pytest.approx(100 * low, abs=0.05), pytest.approx(100 * high, abs=0.05))


@pytest.mark.parametrize("count", [10**9, 10**19, 10**200])
def test_any_count_to_come_is_foretold(count: int) -> None:
    foretold = predict_share(15, 30, count, operator=">=", level=50)
    assert 0 <= foretold.low <= foretold.high <= 100
    assert foretold.chance == pytest.approx(0.5, abs=0.001)
