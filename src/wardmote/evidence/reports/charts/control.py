"""Month by month against the limits of common variation."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import Stroke, Symbol, draw_labels, draw_strokes, draw_symbols, layer
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import (
    REPORT,
    ChartSize,
    Frame,
    ValueScale,
    encode_values,
    make_spec,
    measure_ticks,
    scale_from_zero,
)
from wardmote.evidence.reports.charts.lettering import Box, Label, keep_clear, measure_text
from wardmote.evidence.reports.charts.month_layout import (
    MonthLayout,
    MonthPoint,
    draw_absences,
    draw_breaks,
    has_key,
    name_months,
    part_years,
    place_breaks,
    read_months,
)
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, write_number
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.trend import BreakMark
from wardmote.evidence.reports.charts.words import join_names, join_sentences, say_breaks
from wardmote.evidence.statistics.spc import XmrChart

PLOT_HEIGHT = 210.0
#: (what is said of it, its shape) for points outside the limits, and for those of runs and trends inside them.
OUTSIDE, PATTERN = ("outside the limits", "diamond"), ("part of a run or trend", "square")


@dataclass(frozen=True, slots=True)
class _Plot:
    months: MonthLayout
    limits: XmrChart
    breaks: Sequence[BreakMark]

    def spot(self, index: int) -> tuple[float, float]:
        return self.months.middle(index), self.months.scale.pixel(self.months.points[index].value or 0.0)


def control_chart(
    points: Sequence[MonthPoint],
    limits: XmrChart,
    *,
    unit: str,
    title: str = "",
    breaks: Sequence[BreakMark] = (),
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Which months are more than the usual ups and downs?

    Parameters: `points` in order of time, every month of the run, missing ones included; `limits` the result of
    `xmr_chart` on the same months (nan where a value is missing), computed anew at each break. The axis begins at
    zero, so a lower limit below it is not drawn. Months that break a rule are diamonds (outside the limits) or
    squares (part of a run or trend), all others small circles. No line joins across a gap, a break or new limits.
    Raises UsageError on no points, a value that is not finite, limits of another length, or a break after a month
    that is not drawn.
    """
    check_values("control chart", [point.value for point in points])
    _check_limits(points, limits)
    plot = _Plot(_lay_out(points, limits, breaks, theme=theme, size=size), limits, breaks)
    placed = place_breaks(plot.months, breaks)
    layers = [
        _draw_line(plot),
        *draw_absences(plot.months),
        *draw_strokes(_draw_limits(plot)),
        *draw_breaks(plot.months, placed),
        *draw_symbols(_draw_points(plot)),
        *_draw_key(plot),
        *draw_labels(_name_special(plot, [label.box for _, label in placed]), halo=True),
        *draw_strokes(part_years(plot.months)),
        *draw_labels(name_months(plot.months)),
    ]
    spec = make_spec(plot.months.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_control(plot, unit=unit, title=title))


def _check_limits(points: Sequence[MonthPoint], limits: XmrChart) -> None:
    if len(points) != limits.values.size:
        raise UsageError(
            f"{len(points)} months and limits for {limits.values.size}",
            where="control chart",
            expected="limits computed from these months",
            to_do="Give xmr_chart every month, nan for a missing one",
        )


def _lay_out(
    points: Sequence[MonthPoint],
    limits: XmrChart,
    breaks: Sequence[BreakMark],
    *,
    theme: ChartTheme,
    size: ChartSize,
) -> MonthLayout:
    highest = [value for value in limits.high.tolist() if not isnan(value)]
    ticks = scale_from_zero([*highest, *(point.value for point in points)])
    line = size.note * 1.2
    # Above the plot: the unit, two lines of key at most (three on a phone), one for each break, room for a value.
    keys = 1 + has_key(points) + (2 if size.width < 480 else 0)
    top = line * (1 + keys + len(breaks)) + 22
    left = measure_ticks(ticks, size) + 10
    frame = Frame(size.width, PLOT_HEIGHT + top + 2 * line + 14, left, 4, top, 2 * line + 14)
    return MonthLayout(points, theme, size, frame, ValueScale(ticks, PLOT_HEIGHT))


def _split_runs(plot: _Plot) -> list[list[int]]:
    """Return the runs of months that a line may join."""
    ends = {mark.after_label for mark in plot.breaks}
    runs: list[list[int]] = [[]]
    for index, point in enumerate(plot.months.points):
        if index in plot.limits.starts:
            runs.append([])
        if point.value is not None:
            runs[-1].append(index)
        if point.value is None or point.month in ends:
            runs.append([])
    return [run for run in runs if run]


def _draw_line(plot: _Plot) -> Spec:
    points, theme = plot.months.points, plot.months.theme
    rows = [
        {"month": points[index].month, "value": points[index].value, "run": number}
        for number, run in enumerate(_split_runs(plot))
        for index in run
    ]
    encoding = {
        "x": {
            "field": "month",
            "type": "ordinal",
            "axis": None,
            "scale": {"domain": [point.month for point in points], "type": "band", "padding": 0},
        },
        "y": encode_values("value", plot.months.scale, theme=theme, size=plot.months.size),
        "detail": {"field": "run", "type": "nominal"},
    }
    return layer({"type": "line", "color": theme.primary, "strokeWidth": 1.5}, rows, encoding)


def _draw_limits(plot: _Plot) -> list[Stroke]:
    """For each segment its mean as an unbroken line and its limits as dashed ones."""
    months, limits = plot.months, plot.limits
    stops = [*limits.starts[1:], len(months.points)]
    strokes = []
    for start, stop in zip(limits.starts, stops, strict=True):
        for line, dash in ((limits.mean, ()), (limits.low, (5, 3)), (limits.high, (5, 3))):
            value = float(line[start])
            if months.scale.low <= value <= months.scale.high:
                y = months.scale.pixel(value)
                colour = months.theme.muted
                strokes.append(Stroke(months.step * start + 1, y, months.step * stop - 1, y, colour, 1.2, dash))
    return strokes


def _draw_points(plot: _Plot) -> list[Symbol]:
    theme = plot.months.theme
    symbols = []
    for index, point in enumerate(plot.months.points):
        if point.value is None:
            continue
        x, y = plot.spot(index)
        shape, area = "circle", 20.0
        if plot.limits.outside_limits[index]:
            shape, area = OUTSIDE[1], 80.0
        elif plot.limits.is_special_cause[index]:
            shape, area = PATTERN[1], 45.0
        colour = theme.primary if shape == "circle" else theme.accent
        symbols.append(Symbol(x, y, shape, colour if point.state == "actual" else PAPER, colour, area))
    return symbols


def _draw_key(plot: _Plot) -> list[Spec]:
    """Say below the unit what lines and shapes mean; entries that have no room go on the next line."""
    months = plot.months
    line = months.size.note * 1.2
    x, y = -months.frame.left, -months.frame.top + line * (1 + has_key(months.points)) + 5
    strokes: list[Stroke] = []
    symbols: list[Symbol] = []
    labels: list[Label] = []
    for words, sign in (("mean", ()), ("limits", (5, 3)), OUTSIDE, PATTERN):
        if x + 30 + measure_text(words, months.size.note) > months.frame.plot_width:
            x, y = -months.frame.left, y + line
        middle = y + line / 2
        if isinstance(sign, str):
            symbols.append(Symbol(x + 8, middle, sign, months.theme.accent, months.theme.accent, 55))
        else:
            strokes.append(Stroke(x, middle, x + 20, middle, months.theme.muted, 1.2, sign))
        labels.append(Label(x + (18 if isinstance(sign, str) else 26), y, words, months.size.note, "left", "top"))
        x = labels[-1].box.right + 16
    return [*draw_strokes(strokes), *draw_symbols(symbols), *draw_labels(labels)]


def _name_special(plot: _Plot, taken: Sequence[Box]) -> list[Label]:
    """Write the value of each month outside the limits, where there is room."""
    months = plot.months
    decimals = choose_decimals(point.value for point in months.points)
    candidates = []
    for index in range(len(months.points)):
        if plot.limits.outside_limits[index]:
            x, y = plot.spot(index)
            words = write_number(months.points[index].value or 0.0, decimals)
            half = measure_text(words, months.size.note) / 2
            x = max(half, min(x, months.frame.plot_width + months.frame.right - half))
            above = Label(x, y - 8, words, months.size.note, "center", "bottom", bold=True, colour=months.theme.ink)
            below = Label(x, y + 8, words, months.size.note, "center", "top", bold=True, colour=months.theme.ink)
            low = plot.limits.values[index] < plot.limits.mean[index]
            candidates.append([below, above] if low else [above, below])
    spots = [plot.spot(index) for index, point in enumerate(months.points) if point.value is not None]
    dots = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in spots]
    return keep_clear(candidates, taken=[*taken, *dots])


def _say_control(plot: _Plot, *, unit: str, title: str) -> str:
    points, limits = plot.months.points, plot.limits
    readings = read_months(points)
    outside = [readings.say(readings.rows[index]) for index in _find(points, limits, outside=True)]
    patterns = [points[index].full_name for index in _find(points, limits, outside=False)]
    span = f"{unit}, by month from {points[0].full_name} to {points[-1].full_name}"
    said = [
        readings.say_latest(),
        _say_limits(points, limits, readings.decimals),
        f"Outside the limits: {'; '.join(outside)}" if outside else "No month lies outside the limits",
        f"Part of a run or trend: {join_names(patterns, most=12)}" if patterns else "",
        readings.say_gaps(),
        say_breaks([(MonthPoint(mark.after_label, None).full_name, mark.label) for mark in plot.breaks]),
    ]
    return join_sentences([title, span, *said])


def _find(points: Sequence[MonthPoint], limits: XmrChart, *, outside: bool) -> list[int]:
    """Return the places of the months outside the limits, or of those that break another rule only."""
    flagged = limits.outside_limits if outside else limits.is_special_cause & ~limits.outside_limits
    return [index for index, point in enumerate(points) if point.value is not None and flagged[index]]


def _say_limits(points: Sequence[MonthPoint], limits: XmrChart, decimals: int) -> str:
    start = limits.starts[-1]
    if isnan(limits.mean[start]):
        return "Limits cannot be worked out"
    low, mean, high = (float(line[start]) for line in (limits.low, limits.mean, limits.high))
    bottom, middle, top = (write_number(value, decimals) for value in (max(0.0, low), mean, high))
    since = f" since {points[start].full_name}" if start else ""
    return f"Mean {middle}, limits {bottom} to {top}{since}"
