"""One of each chart, with gaps, breaks and states in it; and how to read back where its words stand."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely

from wardmote.evidence.reports.charts.bars import BarRow, ChangeRow, change_dots, ranked_bars
from wardmote.evidence.reports.charts.control import control_chart
from wardmote.evidence.reports.charts.deciles import DecileRow, decile_rates
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import ChartSize
from wardmote.evidence.reports.charts.funnel import FunnelLimit, FunnelRow, funnel
from wardmote.evidence.reports.charts.lettering import Box, Label
from wardmote.evidence.reports.charts.lorenz import lorenz
from wardmote.evidence.reports.charts.maps import MapArea, choropleth
from wardmote.evidence.reports.charts.months import MonthPoint, month_profile, month_series
from wardmote.evidence.reports.charts.peers import PeerRow, peer_rank
from wardmote.evidence.reports.charts.trend import BreakMark, TrendPoint, annual_trend
from wardmote.evidence.statistics.spc import xmr_chart

UNIT = "Offences per 1,000 residents"
#: Many words, and one that never ends.
LONG_NAME = "Upper Sutton with Nether Sutton and " * 20 + "W" * 300


def years(tail: str = "") -> list[TrendPoint]:
    return [
        TrendPoint("2016/17" + tail, 88, 85, 91),
        TrendPoint("2017/18", 95, 92, 98),
        TrendPoint("2018/19", None, note=tail),
        TrendPoint("2019/20", 112.4, 109, 115),
        TrendPoint("2020/21", 101, 98, 104),
        TrendPoint("2021/22", 107, 104, 110, "provisional"),
    ]


def months(tail: str = "") -> list[MonthPoint]:
    """30 months from January 2020; November and December 2020 are not held, the last is provisional."""
    points = [MonthPoint(f"{2020 + at // 12}-{at % 12 + 1:02d}", 2000 + (at * 37 % 11) * 90.0) for at in range(30)]
    for at in (10, 11):
        points[at] = MonthPoint(points[at].month, None, "missing", tail)
    points[29] = MonthPoint("2022-06", 9100, "provisional")
    return points


def grid_of_areas(columns: int, rows: int, *, west: float = 0.4, south: float = 51.3) -> list[MapArea]:
    """Squares of 0.01 degrees, numbered from the south-west; the value is the number."""
    return [
        MapArea(
            f"X{row * columns + column:03d}",
            f"Area {row * columns + column}",
            shapely.box(west + column / 100, south + row / 100, west + (column + 1) / 100, south + (row + 1) / 100),
            float(row * columns + column),
        )
        for row in range(rows)
        for column in range(columns)
    ]


def limits_of(points: list[MonthPoint], rebase: tuple[int, ...] = ()) -> Any:
    return xmr_chart([np.nan if point.value is None else point.value for point in points], rebase=rebase)


def draw_sample(name: str, size: ChartSize, tail: str = "") -> DrawnChart:
    """Return the chart of that name; `tail` is added to every name and note that a user could have written."""
    return SAMPLES[name](tail, {"size": size, "title": "Violence in Sutton"})


def draw_trend(tail: str, shared: dict[str, Any]) -> DrawnChart:
    marks = [BreakMark("2019/20", "New counting rules" + tail)]
    return annual_trend(years(tail), breaks=marks, unit=UNIT + tail, **shared)


def draw_months(tail: str, shared: dict[str, Any]) -> DrawnChart:
    return month_series(months(tail), breaks=[BreakMark("2021-06", "Reclassified" + tail)], unit=UNIT + tail, **shared)


def draw_profile(tail: str, shared: dict[str, Any]) -> DrawnChart:
    indexes = [88, 92, 100, 105, 110, 112, 108, 104, 99, 97, 95, None]
    return month_profile(indexes, [2400.0] * 12, first_month=4, **shared)


def draw_control(tail: str, shared: dict[str, Any]) -> DrawnChart:
    marks, points = [BreakMark("2021-06", "Reclassified" + tail)], months(tail)
    return control_chart(points, limits_of(points, (18,)), breaks=marks, unit=UNIT + tail, **shared)


def draw_bars(tail: str, shared: dict[str, Any]) -> DrawnChart:
    rows = [
        BarRow("Gillingham" + tail, 120, 110, 131, note=tail),
        BarRow("Chatham", 98, 90, 107, highlight=True),
        BarRow("Cuxton", None, state="suppressed", note=tail),
        BarRow("All Saints", 12, 8, 17),
    ]
    return ranked_bars(rows, unit=UNIT + tail, **shared)


def draw_changes(tail: str, shared: dict[str, Any]) -> DrawnChart:
    rows = [
        ChangeRow("Burglary" + tail, 12, 3, 22, "rose"),
        ChangeRow("Drugs", -30, -40, -19, "fell"),
        ChangeRow("Other crime", 4, -11, 200),
        ChangeRow("Robbery", None, note="2020/21 not held" + tail),
    ]
    return change_dots(rows, **shared)


def draw_peers(tail: str, shared: dict[str, Any]) -> DrawnChart:
    rows = [PeerRow(f"District {at}{tail}", 70 + at * 4, 66 + at * 4, 74 + at * 4, at == 4) for at in range(9)]
    rows.append(PeerRow("Elsewhere", None, note=tail))
    return peer_rank(rows, unit=UNIT + tail, reference=("Group median" + tail, 86.0), **shared)


def draw_funnel(tail: str, shared: dict[str, Any]) -> DrawnChart:
    rows = [FunnelRow(f"Place {at}{tail}", 6e4 + at * 3e4, 70 + at * 37 % 50, at == 4) for at in range(9)]
    limits = [FunnelLimit(population, 76, 92, 72, 96) for population in range(50_000, 320_000, 10_000)]
    words = "Residents" + tail
    return funnel(rows, limits, average=84, unit=UNIT + tail, population_unit=words, **shared)


def draw_lorenz(tail: str, shared: dict[str, Any]) -> DrawnChart:
    return lorenz([22, 18, 17, 12, 11, 8, 6, 3, 2, 1], places="wards" + tail, **shared)


def draw_deciles(tail: str, shared: dict[str, Any]) -> DrawnChart:
    rows = [DecileRow(at, 140 - 9.5 * at, 134 - 9.5 * at, 147 - 9.5 * at, 20 - at) for at in range(1, 10)]
    rows.append(DecileRow(10, None, places_count=0, note="no areas" + tail))
    return decile_rates(rows, unit=UNIT + tail, reference=("Sutton" + tail, 84.2), **shared)


def draw_map(tail: str, shared: dict[str, Any]) -> DrawnChart:
    areas = grid_of_areas(8, 6)
    areas[3] = MapArea("X003", "Area 3", areas[3].geometry, None, state="suppressed")
    areas[9] = MapArea("X009", "Area 9", areas[9].geometry, None, note=tail)
    areas[10] = MapArea("X010", "Area 10", areas[10].geometry, 10.0, state="provisional")
    areas[47] = MapArea("X047", "Area 47" + tail, areas[47].geometry, 47.0)
    areas.append(MapArea("X900", "Area without boundary" + tail, None, 5.0))
    return choropleth(
        areas,
        unit=UNIT + tail,
        highlights=["X020"],
        highlight_label="town centre" + tail,
        **shared,
    )


SAMPLES: dict[str, Callable[[str, dict[str, Any]], DrawnChart]] = {
    "annual_trend": draw_trend,
    "month_series": draw_months,
    "month_profile": draw_profile,
    "control_chart": draw_control,
    "ranked_bars": draw_bars,
    "change_dots": draw_changes,
    "peer_rank": draw_peers,
    "funnel": draw_funnel,
    "choropleth": draw_map,
    "lorenz": draw_lorenz,
    "decile_rates": draw_deciles,
}


def read_labels(spec: dict[str, Any]) -> list[Label]:
    """Return every word of the chart with where it stands, read back from the specification alone."""
    labels = []
    for layer in spec["layer"]:
        if layer["mark"]["type"] == "text":
            labels += [_read_label(row) for row in layer["data"]["values"]]
    return labels


def _read_label(row: dict[str, Any]) -> Label:
    lines = (row["text"],) if isinstance(row["text"], str) else tuple(row["text"])
    upright = row["angle"] == 270
    # A block is hung from its first line: see how drawing lifts it.
    lift = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[row["baseline"]] * row["lineHeight"] * (len(lines) - 1)
    y = row["y"] if upright else row["y"] + lift
    return Label(row["x"], y, lines, row["size"], row["align"], row["baseline"], upright=upright)


def sheet_of(spec: dict[str, Any]) -> Box:
    """Return the whole sheet in pixels of the plot."""
    pad = spec["padding"]
    return Box(-pad["left"], -pad["top"], spec["width"] + pad["right"], spec["height"] + pad["bottom"])


def rows_of(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """Return the data of every layer of one kind of mark."""
    return [row for layer in spec["layer"] if layer["mark"]["type"] == mark for row in layer["data"]["values"]]


def weigh(spec: dict[str, Any]) -> int:
    """Return the bytes of the specification as JSON."""
    return len(json.dumps(spec, ensure_ascii=False).encode())
