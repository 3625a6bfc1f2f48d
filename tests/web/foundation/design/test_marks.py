"""Marks and charts: what they say without colour, and what they leave out."""

import re
import time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.web.foundation.design.charts import draw_sparkline, list_runs
from wardmote.web.foundation.design.marks import (
    SIGNAL_MARKS,
    STATUS_MARKS,
    draw_forecast_chip,
    draw_signal_marker,
    draw_status_counts,
    draw_status_tag,
)
from wardmote.web.foundation.design.run_charts import choose_ticks, draw_run_chart


def test_statuses_differ_in_letter_in_word_and_in_outline() -> None:
    for aspect in (0, 1, 2):
        assert len({mark[aspect] for mark in STATUS_MARKS.values()}) == len(STATUS_MARKS)


@pytest.mark.parametrize("colour", STATUS_MARKS)
def test_compact_status_keeps_its_word_for_those_who_listen(colour: str) -> None:
    tag = draw_status_tag(colour, "Hits <target>", compact=True)
    assert '<span class="govuk-visually-hidden">Hits &lt;target&gt;</span>' in tag


def test_counts_name_each_status_that_was_counted() -> None:
    drawn = draw_status_counts({"green": 1200, "red": 0}, labels={"red": "missed"})
    assert re.sub(r"<svg.*?</svg>|<[^>]+>", "", drawn) == "1,200 on target0 missed"


@pytest.mark.parametrize("kind", SIGNAL_MARKS)
def test_signal_says_in_words_what_it_draws(kind: str) -> None:
    assert SIGNAL_MARKS[kind][0] in draw_signal_marker(kind)


def test_signals_of_the_core_have_their_marks() -> None:
    from typing import get_args

    from wardmote.evidence.targets.statuses import Colour, SignalCode

    assert set(get_args(SignalCode)) <= set(SIGNAL_MARKS)
    assert set(get_args(Colour)) <= set(STATUS_MARKS)


@pytest.mark.parametrize(("chance", "width"), [(0.0, 0), (0.5, 25), (1.0, 50), (1.2, 50)])
def test_forecast_bar_is_as_long_as_the_chance(chance: float, width: int) -> None:
    assert f'<rect width="{width}" height="8" rx="2"/>' in draw_forecast_chip(chance, "5 in 10")


def test_forecast_without_a_chance_draws_no_bar() -> None:
    assert "<svg" not in draw_forecast_chip(None, "No forecast")


@pytest.mark.parametrize(
    ("points", "breaks", "runs"),
    [
        ([1.0, 2.0, 3.0], [], [[0, 1, 2]]),
        ([1.0, None, 3.0], [], [[0], [2]]),
        ([1.0, 2.0, 3.0, 4.0], [2], [[0, 1], [2, 3]]),
        ([None, 1.0, None], [1], [[1]]),
        ([None, None], [], []),
    ],
)
def test_line_ends_at_gaps_and_breaks(points: list[float | None], breaks: list[int], runs: list[list[int]]) -> None:
    assert [[index for index, _ in run] for run in list_runs(points, breaks)] == runs


VALUES = st.lists(st.none() | st.floats(-1e9, 1e9), max_size=20)


@given(VALUES, VALUES, st.sets(st.integers(0, 20)))
def test_sparkline_of_any_values_is_well_formed_and_stays_in_its_box(
    points: list[float | None], targets: list[float | None], breaks: set[int]
) -> None:
    root = ET.fromstring(draw_sparkline(points, targets, breaks=breaks))  # noqa: S314 - our own drawing
    for dot in root.iter("circle"):
        assert 0 <= float(dot.attrib["cx"]) <= 132
        assert 0 <= float(dot.attrib["cy"]) <= 36
    assert root.tag == ("svg" if any(value is not None for value in points) else "span")


def test_sparkline_says_what_it_shows() -> None:
    drawn = draw_sparkline([212, None, 180.5], [200, 200, 190], unit=" offences")
    assert 'aria-label="2 values, from 212 to 180.5 offences; target 190 offences; 1 missing"' in drawn
    assert 'aria-label="Robbery &#34;fell&#34;"' in draw_sparkline([1], label='Robbery "fell"')


def test_sixty_sparklines_take_a_moment_only() -> None:
    def draw_sixty() -> float:
        begun = time.process_time()
        for _ in range(60):
            draw_sparkline([1.0, 2, 3, None, 5, 6, 7, 8, 9, 8, 7, 6], [5.0] * 12, breaks=[4])
        return time.process_time() - begun

    assert min(draw_sixty() for _ in range(5)) < 0.015


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (3.7, 5.3, [3.5, 4, 4.5, 5, 5.5]),
        (0, 1234, [0, 250, 500, 750, 1000, 1250]),
        (7, 7, [6, 6.5, 7, 7.5, 8]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_axis_has_round_numbers_that_enclose_the_values(low: float, high: float, ticks: list[float]) -> None:
    assert choose_ticks(low, high) == ticks


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_axis_always_encloses_its_values(one: float, other: float) -> None:
    low, high = min(one, other), max(one, other)
    ticks = choose_ticks(low, high)
    slack = 1e-9 * max(1, abs(low), abs(high))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 8


def test_run_chart_holds_every_value_as_a_table() -> None:
    chart = draw_run_chart(
        "Robbery & theft", ["Q1", "Q2", "Q3"], [3, None, 1234.5], [4, 4, 5], unit="offences", breaks={2: "New <rules>"}
    )
    cells = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", chart)
    assert cells[-9:][1:3] == ["3", "4"]
    assert cells[-6:][1:3] == ["–", "4"]
    assert cells[-2:] == ["1,234.5", "5"]
    assert "Break 1 before Q3: New &lt;rules&gt;" in chart
    assert "Robbery &amp; theft: 3 offences in Q1, 1,234.5 offences in Q3. The latest target is 5." in chart


def test_run_chart_without_values_says_so() -> None:
    assert "No values yet" in draw_run_chart("Robbery", ["Q1"], [None], [4])
