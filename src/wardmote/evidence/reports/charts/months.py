"""Month by month: bars that are joined by nothing."""

from collections.abc import Sequence

from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    draw_labels,
    draw_strokes,
    hatch_box,
    layer,
    outline_box,
)
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
    BAR_SHARE,
    UNSURE,
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
from wardmote.evidence.reports.charts.profile import month_profile
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, ChartTheme, Spec
from wardmote.evidence.reports.charts.trend import BreakMark
from wardmote.evidence.reports.charts.words import join_sentences, say_breaks

__all__ = ["MonthPoint", "month_profile", "month_series"]

PLOT_HEIGHT = 180.0


def month_series(
    points: Sequence[MonthPoint],
    *,
    breaks: Sequence[BreakMark] = (),
    unit: str,
    title: str = "",
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """What was counted in each month, and which months are missing or not firm yet?

    Parameters: `points` in order of time, every month of the run, missing ones included; `breaks` after a month
    ("2021-09"). Bars, from zero: bars of different rules beside each other are not joined by anything. A month
    that is not held or suppressed is hatched over the whole height, one that is provisional, projected or
    incomplete has a hatched bar; words or a key say which.
    Raises UsageError on no points, a value that is not finite, or a break after a month that is not drawn.
    """
    check_values("month series", [point.value for point in points])
    layout = _lay_out(points, breaks, theme=theme, size=size)
    break_labels = place_breaks(layout, breaks)
    layers = [
        *_draw_bars(layout),
        *_draw_unsure(layout),
        *draw_absences(layout),
        *draw_breaks(layout, break_labels),
        *draw_labels(_name_values(layout, break_labels), halo=True),
        *draw_strokes(part_years(layout)),
        *draw_labels(name_months(layout)),
    ]
    spec = make_spec(layout.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_months(points, breaks, unit=unit, title=title))


def _say_months(points: Sequence[MonthPoint], breaks: Sequence[BreakMark], *, unit: str, title: str) -> str:
    readings = read_months(points)
    span = f"{unit}, by month from {points[0].full_name} to {points[-1].full_name}"
    marks = [(MonthPoint(mark.after_label, None).full_name, mark.label) for mark in breaks]
    said = [readings.say_latest(), readings.say_extremes(), readings.say_gaps(), say_breaks(marks)]
    return join_sentences([title, span, *said])


def _lay_out(
    points: Sequence[MonthPoint], breaks: Sequence[BreakMark], *, theme: ChartTheme, size: ChartSize
) -> MonthLayout:
    ticks = scale_from_zero(point.value for point in points)
    left = measure_ticks(ticks, size) + 10
    line = size.note * 1.2
    # Above the plot: the unit, the key where there is one, a line for each break's label, room for a value.
    top = line * (1 + has_key(points) + len(breaks)) + 18
    frame = Frame(size.width, PLOT_HEIGHT + top + 2 * line + 14, left, 4, top, 2 * line + 14)
    return MonthLayout(points, theme, size, frame, ValueScale(ticks, PLOT_HEIGHT))


def _draw_bars(layout: MonthLayout) -> list[Spec]:
    rows = [
        {"month": point.month, "value": point.value}
        for point in layout.points
        if point.value is not None and point.state == "actual"
    ]
    encoding = {
        "x": {
            "field": "month",
            "type": "ordinal",
            "axis": None,
            "scale": {
                "domain": [point.month for point in layout.points],
                "type": "band",
                "paddingInner": 0,
                "paddingOuter": 0,
            },
        },
        "y": encode_values("value", layout.scale, theme=layout.theme, size=layout.size),
    }
    mark = {"type": "bar", "color": layout.theme.primary, "width": {"band": BAR_SHARE}}
    return [layer(mark, rows, encoding)]


def _bar_box(layout: MonthLayout, index: int, value: float) -> Box:
    half = layout.step * BAR_SHARE / 2
    return Box(
        layout.middle(index) - half, layout.scale.pixel(value), layout.middle(index) + half, layout.scale.pixel(0)
    )


def _draw_unsure(layout: MonthLayout) -> list[Spec]:
    strokes: list[Stroke] = []
    for index, point in enumerate(layout.points):
        if point.value is not None and point.state in UNSURE:
            box = _bar_box(layout, index, point.value)
            strokes += hatch_box(box, layout.theme.primary, spacing=5)
            strokes += outline_box(box, layout.theme.primary)
    return draw_strokes(strokes)


def _name_values(layout: MonthLayout, placed: Sequence[tuple[float, Label]]) -> list[Label]:
    """Write the highest, lowest and last value, and the others where there is room for all of them."""
    held = [(point.value, index) for index, point in enumerate(layout.points) if point.value is not None]
    if not held:
        return []
    decimals = choose_decimals(value for value, _ in held)
    size = layout.size.note
    widest = max(measure_text(write_number(value, decimals), size) for value, _ in held)
    order = [max(held), min(held), held[-1]]
    chosen = dict.fromkeys([*order, *held] if widest < layout.step else order)
    taken = [_bar_box(layout, index, value) for value, index in held] + [label.box for _, label in placed]
    return keep_clear([_value_places(layout, value, index, decimals) for value, index in chosen], taken=taken)


def _value_places(layout: MonthLayout, value: float, index: int, decimals: int) -> list[Label]:
    """Above the bar; where neighbours stand in the way, above them by a few lines at most."""
    words = write_number(value, decimals)
    half = measure_text(words, layout.size.note) / 2
    x = max(half, min(layout.middle(index), layout.frame.plot_width + layout.frame.right - half))
    top = layout.scale.pixel(value) - 2
    return [
        Label(x, top - lift, words, layout.size.note, "center", "bottom", bold=True, colour=layout.theme.ink)
        for lift in (0, 3, 6, 9, 12)
    ]
