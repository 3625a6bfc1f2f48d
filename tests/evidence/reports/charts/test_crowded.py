"""One row or very many, on a report's column and on a phone: words neither leave the sheet nor meet."""

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from evidence.reports.charts.samples import (
    SAMPLES,
    UNIT,
    draw_sample,
    grid_of_areas,
    limits_of,
    read_labels,
    sheet_of,
)
from wardmote.evidence.reports.charts.bars import BarRow, ChangeRow, change_dots, ranked_bars
from wardmote.evidence.reports.charts.control import control_chart
from wardmote.evidence.reports.charts.deciles import DecileRow, decile_rates
from wardmote.evidence.reports.charts.frame import REPORT, SMALL, ChartSize
from wardmote.evidence.reports.charts.funnel import FunnelLimit, FunnelRow, funnel
from wardmote.evidence.reports.charts.lorenz import lorenz
from wardmote.evidence.reports.charts.maps import choropleth
from wardmote.evidence.reports.charts.months import MonthPoint, month_series
from wardmote.evidence.reports.charts.peers import PeerRow, peer_rank
from wardmote.evidence.reports.charts.trend import BreakMark, TrendPoint, annual_trend

both_sizes = pytest.mark.parametrize("size", [REPORT, SMALL], ids=["report", "small"])


def draw_values(count: int, *, most: float, share_missing: float = 0.3) -> list[float | None]:
    rng = np.random.default_rng(count)
    values, lots = rng.uniform(0, most, count).tolist(), rng.random(count)
    return [None if lot < share_missing else value for value, lot in zip(values, lots, strict=True)]


def find_faults(spec: dict[str, Any]) -> list[str]:
    """Return the words that leave the sheet, and those that lie on each other by more than a pixel and a half."""
    sheet = sheet_of(spec)
    # A halo is the same words drawn twice at one place.
    labels = list({(label.x, label.y, label.text): label for label in read_labels(spec)}.values())
    assert labels
    faults = [
        f"{label.lines} leaves the sheet"
        for label in labels
        if label.box.left < sheet.left - 0.6
        or label.box.right > sheet.right + 0.6
        or label.box.top < sheet.top - 0.6
        or label.box.bottom > sheet.bottom + 0.6
    ]
    faults += [
        f"{one.lines} meets {other.lines}"
        for one, other in combinations(labels, 2)
        if one.box.overlaps(other.box, gap=-1.5)
    ]
    return faults


@pytest.mark.parametrize("name", list(SAMPLES))
@both_sizes
def test_words_do_not_meet(name: str, size: ChartSize) -> None:
    assert find_faults(draw_sample(name, size).spec) == []


@both_sizes
@pytest.mark.parametrize("count", [1, 2, 7, 20, 30])
def test_years_few_and_many(size: ChartSize, count: int) -> None:
    points = [
        TrendPoint(f"{2000 + at}/{at + 1:02d}", value, value and value * 0.9, value and value * 1.1, "projected")
        for at, value in enumerate(draw_values(count, most=90_000))
    ]
    marks = [BreakMark(point.label, "New counting rules") for point in points[:3]]
    assert find_faults(annual_trend(points, breaks=marks, unit=UNIT, size=size).spec) == []


@both_sizes
@pytest.mark.parametrize("count", [1, 2, 12, 48, 120])
def test_months_few_and_many(size: ChartSize, count: int) -> None:
    points = [
        MonthPoint(f"{2010 + at // 12}-{at % 12 + 1:02d}", value)
        for at, value in enumerate(draw_values(count, most=90_000))
    ]
    marks = [BreakMark(points[count // 2].month, "New counting rules")]
    assert find_faults(month_series(points, breaks=marks, unit=UNIT, size=size).spec) == []
    assert find_faults(control_chart(points, limits_of(points), breaks=marks, unit=UNIT, size=size).spec) == []


@both_sizes
@pytest.mark.parametrize("count", [1, 3, 40])
def test_rows_few_and_many(size: ChartSize, count: int) -> None:
    values = draw_values(count, most=900_000)
    bars = [BarRow(f"Ward number {at}", value) for at, value in enumerate(values)]
    assert find_faults(ranked_bars(bars, unit=UNIT, size=size).spec) == []
    changes = [ChangeRow(f"Offence {at}", value and value / 1000 - 100) for at, value in enumerate(values)]
    assert find_faults(change_dots(changes, size=size).spec) == []
    peers = [PeerRow(f"District {at}", value, is_self=at == 0) for at, value in enumerate(values)]
    assert find_faults(peer_rank(peers, unit=UNIT, reference=("Group median", 0.0), size=size).spec) == []
    known = [value for value in values if value is not None] or [1.0]
    places = [FunnelRow(f"District {at}", 1_000 + value, value / 900) for at, value in enumerate(known)]
    limits = [FunnelLimit(population, 400, 600, 300, 700) for population in (1_000, 950_000)]
    assert find_faults(funnel(places, limits, average=500, unit=UNIT, size=size).spec) == []
    assert find_faults(lorenz(known, size=size).spec) == []


@both_sizes
def test_deciles_of_six_figures(size: ChartSize) -> None:
    rows = [DecileRow(decile, 200_000.0 - decile, places_count=12_345) for decile in range(1, 11)]
    assert find_faults(decile_rates(rows, unit=UNIT, size=size).spec) == []


@both_sizes
@pytest.mark.parametrize("shape", [(1, 1), (60, 1), (1, 60), (30, 30)])
@pytest.mark.parametrize("top", [0, 1, 20])
def test_maps_of_all_shapes(size: ChartSize, shape: tuple[int, int], top: int) -> None:
    areas = grid_of_areas(*shape, south=51.0)
    assert find_faults(choropleth(areas, unit=UNIT, top=top, size=size).spec) == []
