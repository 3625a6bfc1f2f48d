"""Month by month, and the year's usual shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    draw_labels,
    draw_strokes,
    hatch_box,
    layer,
    outline_box,
)
from wardmote.evidence.reports.charts.frame import (
    REPORT,
    ChartSize,
    Frame,
    ValueScale,
    encode_values,
    make_spec,
    measure_ticks,
    scale_from_zero,
    title_axis,
)
from wardmote.evidence.reports.charts.lettering import Box, Label, keep_clear, measure_text
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, write_number
from wardmote.evidence.reports.charts.states import STATE_WORDS, PointState, say_absence
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.trend import BreakMark

PLOT_HEIGHT = 180.0
BAR_SHARE = 0.76
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNSURE = ("provisional", "projected", "incomplete")


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month: "2021-04", its value (None where there is none), its state, and a note that says why."""

    month: str
    value: float | None
    state: PointState = "actual"
    note: str = ""

    @property
    def year(self) -> str:
        return self.month[:4]

    @property
    def name(self) -> str:
        return MONTH_NAMES[int(self.month[5:7]) - 1]


@dataclass(frozen=True, slots=True)
class _Layout:
    points: Sequence[MonthPoint]
    theme: ChartTheme
    size: ChartSize
    frame: Frame
    scale: ValueScale

    @property
    def step(self) -> float:
        return self.frame.plot_width / len(self.points)

    def middle(self, index: int) -> float:
        return self.step * (index + 0.5)


def month_series(
    points: Sequence[MonthPoint],
    *,
    breaks: Sequence[BreakMark] = (),
    unit: str,
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> Spec:
    """What was counted in each month, and which months are missing or not firm yet?

    Parameters: `points` in order of time, every month of the run, missing ones included; `breaks` after a month
    ("2021-09"). Bars, from zero: bars of different rules beside each other are not joined by anything. A month
    that is not held or suppressed is hatched over the whole height, one that is provisional, projected or
    incomplete has a hatched bar; words or a key say which.
    Raises UsageError on no points, a value that is not finite, or a break after a month that is not drawn.
    """
    check_values("month series", [point.value for point in points])
    layout = _lay_out(points, breaks, theme=theme, size=size)
    layers = [
        *_draw_bars(layout),
        *_draw_unsure(layout),
        *_draw_absences(layout),
        *_draw_breaks(layout, breaks),
        *draw_labels(_name_values(layout), halo=True),
        *draw_labels([title_axis(unit, layout.frame, theme=theme, size=size), *_name_months(layout)]),
    ]
    return make_spec(layout.frame, layers, theme=theme)


def _lay_out(
    points: Sequence[MonthPoint], breaks: Sequence[BreakMark], *, theme: ChartTheme, size: ChartSize
) -> _Layout:
    ticks = scale_from_zero(point.value for point in points)
    left = measure_ticks(ticks, size) + 10
    line = size.note * 1.2
    # Above the plot: the unit, the key where there is one, a line for each break's label, room for a value.
    top = line * (1 + _has_key(points) + len(breaks)) + 18
    frame = Frame(size.width, PLOT_HEIGHT + top + 2 * line + 14, left, 4, top, 2 * line + 14)
    return _Layout(points, theme, size, frame, ValueScale(ticks, PLOT_HEIGHT))


def _has_key(points: Sequence[MonthPoint]) -> bool:
    return any(point.value is None or point.state in UNSURE for point in points)


def _draw_bars(layout: _Layout) -> list[Spec]:
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


def _bar_box(layout: _Layout, index: int, value: float) -> Box:
    half = layout.step * BAR_SHARE / 2
    return Box(
        layout.middle(index) - half, layout.scale.pixel(value), layout.middle(index) + half, layout.scale.pixel(0)
    )


def _draw_unsure(layout: _Layout) -> list[Spec]:
    strokes: list[Stroke] = []
    for index, point in enumerate(layout.points):
        if point.value is not None and point.state in UNSURE:
            box = _bar_box(layout, index, point.value)
            strokes += hatch_box(box, layout.theme.primary, spacing=5)
            strokes += outline_box(box, layout.theme.primary)
    return draw_strokes(strokes)


def _draw_absences(layout: _Layout) -> list[Spec]:
    """Hatch each run of months that have no value as one block, with its words where they have room."""
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for words, first, last in _find_absences(layout.points):
        box = Box(layout.step * first + 1, 0, layout.step * (last + 1) - 1, PLOT_HEIGHT)
        strokes += hatch_box(box, layout.theme.grid) + outline_box(box, layout.theme.grid)
        if box.right - box.left >= layout.size.note * 1.2:
            upright = measure_text(words, layout.size.note) > box.right - box.left
            middle = (box.left + box.right) / 2
            labels.append(
                Label(
                    middle,
                    PLOT_HEIGHT / 2,
                    words,
                    layout.size.note,
                    "center",
                    colour=layout.theme.ink,
                    upright=upright,
                )
            )
    return [*draw_strokes(strokes), *draw_labels(labels, halo=True), *_draw_key(layout)]


def _find_absences(points: Sequence[MonthPoint]) -> list[tuple[str, int, int]]:
    """Return each run of months without a value and with the same reason: words, first and last place."""
    marked = [
        (say_absence(point.state, point.note) if point.value is None else "", index)
        for index, point in enumerate(points)
    ]
    runs = [(words, [index for _, index in run]) for words, run in groupby(marked, key=lambda pair: pair[0])]
    return [(words, places[0], places[-1]) for words, places in runs if words]


def _draw_key(layout: _Layout) -> list[Spec]:
    """Say below the unit what hatching means: pale over the whole height, dark on a bar."""
    absent = sorted({words for words, _, _ in _find_absences(layout.points)})
    unsure = sorted({STATE_WORDS[point.state] for point in layout.points if point.state in UNSURE and point.value})
    entries = [(", ".join(absent), layout.theme.muted)] if absent else []
    entries += [(", ".join(unsure), layout.theme.primary)] if unsure else []
    line = layout.size.note * 1.2
    x, y = -layout.frame.left, -layout.frame.top + line + 4
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for words, colour in entries:
        box = Box(x, y + 2, x + 18, y + line - 1)
        strokes += hatch_box(box, colour, spacing=5) + outline_box(box, colour)
        labels.append(Label(x + 24, y, words, layout.size.note, baseline="top", colour=layout.theme.ink))
        x = labels[-1].box.right + 16
    return [*draw_strokes(strokes), *draw_labels(labels)]


def _draw_breaks(layout: _Layout, breaks: Sequence[BreakMark]) -> list[Spec]:
    """A rule between two months, each with its label on a line of its own above the plot."""
    places = {point.month: layout.step * (index + 1) for index, point in enumerate(layout.points)}
    strokes: list[Stroke] = []
    labels: list[Label] = []
    for row, mark in enumerate(breaks):
        if mark.after_label not in places:
            raise UsageError(
                f"A break is marked after {mark.after_label!r}, which is not drawn",
                where="month series",
                expected=f"a month from {layout.points[0].month} to {layout.points[-1].month}",
                to_do="Leave the break out or draw the month",
            )
        x, foot = places[mark.after_label], -6 - row * layout.size.note * 1.2
        to_left = x + measure_text(mark.label, layout.size.note) + 4 > layout.frame.plot_width
        label = Label(
            x + (-4 if to_left else 4),
            foot,
            mark.label,
            layout.size.note,
            "right" if to_left else "left",
            "bottom",
            colour=layout.theme.ink,
        )
        strokes.append(Stroke(x, label.box.top, x, PLOT_HEIGHT, layout.theme.ink, 1.2, (4, 3)))
        labels.append(label)
    return [*draw_strokes(strokes), *draw_labels(labels, halo=True)]


def _name_values(layout: _Layout) -> list[Label]:
    """Write the highest, lowest and last value, and the others where there is room for all of them."""
    held = [(point.value, index) for index, point in enumerate(layout.points) if point.value is not None]
    if not held:
        return []
    decimals = choose_decimals(value for value, _ in held)
    size = layout.size.note
    widest = max(measure_text(write_number(value, decimals), size) for value, _ in held)
    order = [max(held), min(held), held[-1]]
    chosen = dict.fromkeys([*order, *held] if widest < layout.step else order)
    bars = [_bar_box(layout, index, value) for value, index in held]
    return keep_clear([_value_places(layout, value, index, decimals) for value, index in chosen], taken=bars)


def _value_places(layout: _Layout, value: float, index: int, decimals: int) -> list[Label]:
    """Above the bar; where neighbours stand in the way, above them by a few lines at most."""
    words = write_number(value, decimals)
    half = measure_text(words, layout.size.note) / 2
    x = max(half, min(layout.middle(index), layout.frame.plot_width + layout.frame.right - half))
    top = layout.scale.pixel(value) - 2
    return [
        Label(x, top - lift, words, layout.size.note, "center", "bottom", bold=True, colour=layout.theme.ink)
        for lift in (0, 3, 6, 9, 12)
    ]


def _name_months(layout: _Layout) -> list[Label]:
    """Write month names, or their first letters, and below them the calendar years."""
    size, ink = layout.size.note, layout.theme.ink
    labels: list[Label] = []
    if layout.step >= measure_text("m", size):
        whole = layout.step >= measure_text("Mar", size) + 4
        labels += [
            Label(layout.middle(index), PLOT_HEIGHT + 6, point.name if whole else point.name[0], size, "center", "top")
            for index, point in enumerate(layout.points)
        ]
    y = PLOT_HEIGHT + 8 + (size * 1.2 if labels else 0)
    years = groupby(enumerate(layout.points), key=lambda pair: pair[1].year)
    spans = [(year, [index for index, _ in run]) for year, run in years]
    candidates = [
        [Label((layout.middle(places[0]) + layout.middle(places[-1])) / 2, y, year, size, "center", "top", colour=ink)]
        for year, places in sorted(spans, key=lambda span: -len(span[1]))
    ]
    return labels + keep_clear(candidates, gap=6)


def month_profile(
    indexes: Sequence[float | None],
    counts: Sequence[float | None] = (),
    *,
    first_month: int = 1,
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> Spec:
    """Which months of the year usually lie above or below the average month?

    Parameters: `indexes` are 12 values with the average month = 100, from `first_month` (1 January, 4 April);
    `counts`, if given, are the 12 average counts, written below the names.
    Returns bars from zero against a line at 100. Raises UsageError unless there are 12.
    """
    if len(indexes) != 12 or len(counts) not in (0, 12):
        raise UsageError(
            f"{len(indexes)} indexes and {len(counts)} counts were given",
            where="month profile",
            expected="12 indexes, and 12 counts or none",
            to_do="Give None for a month that is not held",
        )
    check_values("month profile", indexes)
    months = [MONTH_NAMES[(first_month - 1 + place) % 12] for place in range(12)]
    layout = _lay_out_profile(indexes, theme=theme, size=size)
    layers = [
        *_draw_profile_bars(layout, months, indexes),
        *_draw_absences(layout),
        *_draw_average(layout),
        *draw_labels(_name_indexes(layout, indexes), halo=True),
        *draw_labels(_name_profile_months(layout, months, counts)),
    ]
    return make_spec(layout.frame, layers, theme=theme)


def _lay_out_profile(indexes: Sequence[float | None], *, theme: ChartTheme, size: ChartSize) -> _Layout:
    points = [
        MonthPoint(f"0000-{place + 1:02d}", value, "missing" if value is None else "actual")
        for place, value in enumerate(indexes)
    ]
    ticks = scale_from_zero([100, *indexes])
    line = size.note * 1.2
    top = line * (1 + _has_key(points)) + 24
    frame = Frame(size.width, 150 + top + 2 * line + 14, 4, 4, top, 2 * line + 14)
    return _Layout(points, theme, size, frame, ValueScale(ticks, 150))


def _draw_profile_bars(layout: _Layout, months: Sequence[str], indexes: Sequence[float | None]) -> list[Spec]:
    rows = [
        {"month": month, "index": value}
        for month, value in zip(months, indexes, strict=True)
        if value is not None
    ]
    encoding = {
        "x": {
            "field": "month",
            "type": "ordinal",
            "axis": None,
            "scale": {"domain": list(months), "type": "band", "paddingInner": 0, "paddingOuter": 0},
        },
        "y": encode_values("index", layout.scale, theme=layout.theme, size=layout.size, axis=False),
        "color": {
            "condition": {"test": "datum.index >= 100", "value": layout.theme.primary},
            "value": layout.theme.pale,
        },
    }
    return [layer({"type": "bar", "width": {"band": BAR_SHARE}}, rows, encoding)]


def _draw_average(layout: _Layout) -> list[Spec]:
    y = layout.scale.pixel(100)
    words = Label(
        -layout.frame.left,
        -layout.frame.top,
        "Average month = 100 (dashed line); dark bars are at or above it",
        layout.size.note,
        baseline="top",
        colour=layout.theme.muted,
    )
    width = layout.frame.plot_width
    return [
        *draw_strokes(
            [
                Stroke(0, y, width, y, PAPER, 3),
                Stroke(0, y, width, y, layout.theme.ink, 1.2, (5, 3)),
                Stroke(0, layout.scale.pixel(0), width, layout.scale.pixel(0), layout.theme.muted, 1),
            ]
        ),
        *draw_labels([words]),
    ]


def _name_indexes(layout: _Layout, indexes: Sequence[float | None]) -> list[Label]:
    """Write each index above its bar, or above the line where the bar ends just below it."""
    labels = []
    for place, value in enumerate(indexes):
        if value is not None:
            bar, line = layout.scale.pixel(value), layout.scale.pixel(100)
            top = min(bar, line) if line - 2 < bar < line + 18 else bar
            words = write_number(round(value))
            labels.append(
                Label(layout.middle(place), top - 4, words, layout.size.note, "center", "bottom", bold=True)
            )
    return labels


def _name_profile_months(layout: _Layout, months: Sequence[str], counts: Sequence[float | None]) -> list[Label]:
    size = layout.size.note
    y = layout.frame.plot_height + 6
    whole = layout.step >= measure_text("Mar", size) + 1
    labels = [
        Label(layout.middle(place), y, month if whole else month[0], size, "center", "top")
        for place, month in enumerate(months)
    ]
    held = [count for count in counts if count is not None]
    decimals = choose_decimals(held) if held and max(held) < 100 else 0
    words = ["" if count is None else write_number(count, decimals) for count in counts]
    if all(measure_text(word, size) < layout.step for word in words):
        labels += [
            Label(layout.middle(place), y + size * 1.2, word, size, "center", "top", colour=layout.theme.muted)
            for place, word in enumerate(words)
            if word
        ]
    return labels
