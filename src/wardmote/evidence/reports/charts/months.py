"""Month by month: bars that are joined by nothing."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from wardmote.evidence.model.errors import UsageError
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
from wardmote.evidence.reports.charts.lettering import Align, Box, Label, fit_text, keep_clear, measure_text
from wardmote.evidence.reports.charts.month_layout import (
    BAR_SHARE,
    UNSURE,
    MonthLayout,
    MonthPoint,
    draw_absences,
    has_key,
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
    break_labels = _place_breaks(layout, breaks)
    layers = [
        *_draw_bars(layout),
        *_draw_unsure(layout),
        *draw_absences(layout),
        *_draw_breaks(layout, break_labels),
        *draw_labels(_name_values(layout, break_labels), halo=True),
        *draw_strokes(_part_years(layout)),
        *draw_labels(_name_months(layout)),
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


def _place_breaks(layout: MonthLayout, breaks: Sequence[BreakMark]) -> list[tuple[float, Label]]:
    """Return where each break's rule stands, and its label on a line of its own above the plot."""
    places = {point.month: layout.step * (index + 1) for index, point in enumerate(layout.points)}
    placed = []
    for row, mark in enumerate(breaks):
        if mark.after_label not in places:
            raise UsageError(
                f"A break is marked after {mark.after_label!r}, which is not drawn",
                where="month series",
                expected=f"a month from {layout.points[0].month} to {layout.points[-1].month}",
                to_do="Leave the break out or draw the month",
            )
        words = fit_text(mark.label, layout.frame.plot_width * 0.48, layout.size.note, lines=1)[0]
        x, foot = places[mark.after_label], -6 - row * layout.size.note * 1.2
        to_left = x + measure_text(words, layout.size.note) + 4 > layout.frame.plot_width
        side: Align = "right" if to_left else "left"
        label = Label(x + (-4 if to_left else 4), foot, words, layout.size.note, side, "bottom")
        placed.append((x, label))
    return placed


def _draw_breaks(layout: MonthLayout, placed: Sequence[tuple[float, Label]]) -> list[Spec]:
    ink, foot = layout.theme.ink, layout.frame.plot_height
    strokes = [Stroke(x, label.box.top, x, foot, ink, 1.2, (4, 3)) for x, label in placed]
    return [*draw_strokes(strokes), *draw_labels([label for _, label in placed], halo=True)]


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


def _part_years(layout: MonthLayout) -> list[Stroke]:
    """A short rule below the plot wherever a calendar year begins."""
    foot = layout.frame.plot_height
    return [
        Stroke(layout.step * index, foot + 2, layout.step * index, foot + layout.frame.bottom - 4, layout.theme.grid)
        for index, (before, point) in enumerate(pairwise(layout.points), start=1)
        if before.year != point.year
    ]


def _name_months(layout: MonthLayout) -> list[Label]:
    """Write month names, or their first letters, and below them the calendar years."""
    size, ink = layout.size.note, layout.theme.ink
    labels: list[Label] = []
    if layout.step >= measure_text("m", size):
        whole = layout.step >= measure_text("Mar", size) + 4
        labels += [
            Label(
                layout.middle(index),
                layout.frame.plot_height + 6,
                point.name if whole else point.name[0],
                size,
                "center",
                "top",
            )
            for index, point in enumerate(layout.points)
        ]
    y = layout.frame.plot_height + 8 + (size * 1.2 if labels else 0)
    years = groupby(enumerate(layout.points), key=lambda pair: pair[1].year)
    spans = [(year, [index for index, _ in run]) for year, run in years]
    candidates = [
        [Label((layout.middle(places[0]) + layout.middle(places[-1])) / 2, y, year, size, "center", "top", colour=ink)]
        for year, places in sorted(spans, key=lambda span: -len(span[1]))
    ]
    return labels + keep_clear(candidates, gap=6)
