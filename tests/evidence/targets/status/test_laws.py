"""Laws that hold for every figure: better is never worse, units do not matter, and a slow judge agrees."""

from datetime import date
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.targets.kinds import (
    Base,
    CountPerPeriod,
    NoChange,
    Operator,
    PointsChange,
    RelativeChange,
    Target,
    TargetVersion,
    Threshold,
    Trajectory,
)
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.status import judge_indicator
from wardmote.evidence.targets.status.levels import find_colour, is_floor
from wardmote.evidence.targets.status.trajectories import find_allowed, find_middle
from wardmote.evidence.targets.statuses import Colour, Settings

RANK: dict[Colour, int] = {"green": 0, "amber": 1, "red": 2}
OPERATORS: tuple[Operator, ...] = (">=", ">", "<=", "<")
hundredths = st.integers(0, 20_000).map(lambda number: number / 100)
levels = st.integers(1, 20_000).map(lambda number: number / 100)
operators = st.sampled_from(OPERATORS)


def colour_slowly(value: str, operator: Operator, level: str, within: str) -> Colour:
    """The rule in exact fractions, written as it is spoken."""
    v, t, w = Fraction(value), Fraction(level), Fraction(within)
    met = {">=": v >= t, ">": v > t, "<=": v <= t, "<": v < t}[operator]
    if met:
        return "green"
    missed_by_pct = abs(v - t) / t * 100
    return "amber" if missed_by_pct <= w else "red"


@given(hundredths, operators, levels, st.sampled_from(["0", "2.5", "5", "10"]))
def test_colours_are_those_of_exact_fractions(value: float, operator: Operator, level: float, within: str) -> None:
    quick = find_colour(value, operator, level, float(within))
    assert quick == colour_slowly(f"{value:.2f}", operator, f"{level:.2f}", within)


@pytest.mark.parametrize("operator", OPERATORS)
def test_colours_on_every_edge_are_those_of_exact_fractions(operator: Operator) -> None:
    """Each whole percentage against its own edge of 5%: the places where floating point goes wrong."""
    for level in range(1, 101):
        for edge in (Fraction(level) * 95 / 100, Fraction(level) * 105 / 100):
            for step in (Fraction(-1, 1000), Fraction(0), Fraction(1, 1000)):
                value = edge + step
                assert find_colour(float(value), operator, level) == colour_slowly(
                    str(value), operator, str(level), "5"
                )


def judge(target: Target, number: float, shape: str = "count", amber_within_pct: float = 5.0) -> Colour:
    value = Value("2014", date(2014, 1, 1), date(2014, 12, 31), "year_total", number=number, shape=shape)  # type: ignore[arg-type]
    made = Indicator("X", "", "higher", (TargetVersion(target),), (value,))
    return judge_indicator(made, settings=Settings(amber_within_pct=amber_within_pct)).periods[0].status


def make_targets(level: float, operator: Operator) -> list[tuple[Target, str]]:
    """Targets of many kinds in which the same way is good."""
    up = is_floor(operator)
    outturn = Base("outturn", level)
    path = Trajectory(level * (0.5 if up else 2), "2010", 2020, level)
    return [
        (Threshold(operator, level), "count"),
        (CountPerPeriod(operator, level, span="calendar_year"), "count"),
        (RelativeChange("increase" if up else "decrease", 5, outturn), "count"),
        (NoChange("no_decrease" if up else "no_increase", outturn), "count"),
        (PointsChange(1 if up else -1, outturn), "percent"),
        (path, "count"),
    ]


@given(hundredths, hundredths, levels, operators)
def test_a_better_value_never_gets_a_worse_colour(one: float, other: float, level: float, operator: Operator) -> None:
    better, worse = (max(one, other), min(one, other)) if is_floor(operator) else (min(one, other), max(one, other))
    for target, shape in make_targets(level, operator):
        most = 100.0 if shape == "percent" else 200.0  # a share of more than all is never scored
        colours = [judge(target, min(value, most), shape) for value in (better, worse)]
        assert RANK[colours[0]] <= RANK[colours[1]], target


@given(hundredths, levels, operators, st.sampled_from([0.001, 0.01, 3.0, 7.0, 1000.0]))
def test_the_unit_chosen_leaves_the_colour(value: float, level: float, operator: Operator, scale: float) -> None:
    plain = [judge(target, value, shape) for target, shape in make_targets(level, operator)[:4]]
    scaled = [judge(target, value * scale, shape) for target, shape in make_targets(level * scale, operator)[:4]]
    assert plain == scaled


@given(hundredths, levels, operators, st.floats(0, 20), st.floats(0, 20))
def test_a_wider_tolerance_never_gives_a_worse_colour(
    value: float, level: float, operator: Operator, one: float, other: float
) -> None:
    target = Threshold(operator, level)
    narrow, wide = sorted((one, other))
    strict, lenient = (judge(target, value, amber_within_pct=within) for within in (narrow, wide))
    assert RANK[lenient] <= RANK[strict]
    assert (strict == "green") == (lenient == "green")


@given(st.floats(allow_nan=True, allow_infinity=True), levels, operators)
def test_any_number_at_all_gets_an_answer(value: float, level: float, operator: Operator) -> None:
    for target, shape in make_targets(level, operator):
        assert judge(target, value, shape) in ("green", "amber", "red", "grey")


@given(levels, levels, st.integers(2000, 2010), st.integers(2011, 2030), st.sampled_from(["linear", "compound"]))
def test_a_path_runs_from_its_baseline_to_its_end_and_never_turns(
    start: float, end: float, first: int, last: int, shape: Literal["linear", "compound"]
) -> None:
    path = Trajectory(start, f"{first}-{first + 4} mean", last + 4, end, shape)
    middle = find_middle(path)
    assert middle == first + 2
    allowed = [find_allowed(path, year, middle) for year in range(first, last + 10)]
    assert (allowed[0], allowed[-1]) == (start, end)
    assert allowed == sorted(allowed, reverse=end < start)
