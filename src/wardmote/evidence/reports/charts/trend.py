"""Year by year: points with intervals, joined only where joining is honest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    Symbol,
    draw_labels,
    draw_strokes,
    draw_symbols,
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
from wardmote.evidence.reports.charts.lettering import Box, Label, fit_text, keep_clear, measure_text, wrap_text
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, write_number
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.states import STATE_WORDS, PointState, say_absence
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences, say_breaks, say_name

PLOT_HEIGHT = 200.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year: its label, its value and interval in the chart's unit (None where there is none), its state.

    `note` replaces the words "not held" where a value is missing for another reason.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    state: PointState = "actual"
    note: str = ""


@dataclass(frozen=True, slots=True)
class BreakMark:
    """A break in the series: it lies between the year labelled `after_label` and the next. `label` is short."""

    after_label: str
    label: str


@dataclass(frozen=True, slots=True)
class _Layout:
    points: Sequence[TrendPoint]
    breaks: Sequence[BreakMark]
    theme: ChartTheme
    size: ChartSize
    frame: Frame
    scale: ValueScale
    break_labels: Sequence[Label]

    @property
    def step(self) -> float:
        return self.frame.plot_width / len(self.points)

    def middle(self, index: int) -> float:
        return self.step * (index + 0.5)


def annual_trend(
    points: Sequence[TrendPoint],
    *,
    breaks: Sequence[BreakMark] = (),
    unit: str,
    title: str = "",
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """What was the value in each year, how sure is it, and where may years not be compared?

    Parameters: `points` in order of time, one for each year, missing years included; `breaks` between them; `unit`
    is written above the axis. The axis begins at zero. A line joins neighbours only where both have a value and no
    break lies between.
    Returns a Vega-Lite specification. Raises UsageError on no points, a value that is not finite, or a break after
    a year that is not drawn.
    """
    check_values("annual trend", [value for point in points for value in (point.value, point.low, point.high)])
    _check_breaks(points, breaks)
    layout = _lay_out(points, breaks, theme=theme, size=size)
    layers = [
        *_draw_values(layout),
        *_draw_absences(layout),
        *_draw_breaks(layout),
        *_draw_points(layout),
        *draw_labels(_name_values(layout), halo=True),
        *draw_labels(_name_years(layout)),
    ]
    spec = make_spec(layout.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_years(points, breaks, unit=unit, title=title))


def _say_years(points: Sequence[TrendPoint], breaks: Sequence[BreakMark], *, unit: str, title: str) -> str:
    readings = Readings([Reading(one.label, one.value, one.low, one.high, one.state, one.note) for one in points])
    span = f"{unit}, by year from {say_name(points[0].label)} to {say_name(points[-1].label)}"
    parts = [title, span, readings.say_latest(), readings.say_extremes(), readings.say_gaps()]
    return join_sentences([*parts, say_breaks([(mark.after_label, mark.label) for mark in breaks])])


def split_runs(points: Sequence[TrendPoint], breaks: Sequence[BreakMark]) -> list[list[int]]:
    """Which neighbouring points may be joined by a line? Returns runs of places in `points`."""
    ends = {mark.after_label for mark in breaks}
    runs: list[list[int]] = [[]]
    for index, point in enumerate(points):
        if point.value is not None:
            runs[-1].append(index)
        if point.value is None or point.label in ends:
            runs.append([])
    return [run for run in runs if run]


def _check_breaks(points: Sequence[TrendPoint], breaks: Sequence[BreakMark]) -> None:
    known = [point.label for point in points]
    for mark in breaks:
        if mark.after_label not in known:
            raise UsageError(
                f"A break is marked after {mark.after_label!r}, which is not drawn",
                where="annual trend",
                expected=f"one of {', '.join(known)}",
                to_do="Leave the break out or draw the year",
            )


def _lay_out(
    points: Sequence[TrendPoint], breaks: Sequence[BreakMark], *, theme: ChartTheme, size: ChartSize
) -> _Layout:
    ticks = scale_from_zero(value for point in points for value in (point.value, point.low, point.high))
    left = measure_ticks(ticks, size) + 10
    width = size.width - left - 4
    labels = _stack_breaks(points, breaks, width=width, theme=theme, size=size)
    rows = max((len(label.lines) for label in labels), default=0)
    # Above the plot: the unit, room for a value that lies on the topmost line, and the breaks' labels.
    top = size.note * 1.2 + 22 + (-min((label.box.top for label in labels), default=0.0) if rows else 0)
    frame = Frame(size.width, PLOT_HEIGHT + top + 36, left, 4, top, 36)
    return _Layout(points, breaks, theme, size, frame, ValueScale(ticks, PLOT_HEIGHT), labels)


def _stack_breaks(
    points: Sequence[TrendPoint],
    breaks: Sequence[BreakMark],
    *,
    width: float,
    theme: ChartTheme,
    size: ChartSize,
) -> list[Label]:
    """Write each break's label above its rule, as low as it goes without touching another."""
    step = width / len(points)
    places = {point.label: step * (index + 1) for index, point in enumerate(points)}
    candidates = []
    for mark in breaks:
        x = places[mark.after_label]
        text = fit_text(mark.label, min(190.0, width * 0.48), size.note, lines=3)
        to_left = x + max(measure_text(line, size.note) for line in text) + 4 > width
        candidates.append(
            [
                Label(
                    x + (-4 if to_left else 4),
                    -6 - row * size.note * 1.2,
                    text,
                    size.note,
                    align="right" if to_left else "left",
                    baseline="bottom",
                    colour=theme.ink,
                )
                for row in range(4 * len(breaks))
            ]
        )
    return keep_clear(candidates)


def _draw_values(layout: _Layout) -> list[Spec]:
    """The line, on the chart's own scales; an empty line still brings the axis."""
    rows = [
        {"year": layout.points[index].label, "value": layout.points[index].value, "run": number}
        for number, run in enumerate(split_runs(layout.points, layout.breaks))
        for index in run
    ]
    encoding = {
        "x": {
            "field": "year",
            "type": "ordinal",
            "axis": None,
            "scale": {"domain": [point.label for point in layout.points], "type": "band", "padding": 0},
        },
        "y": encode_values("value", layout.scale, theme=layout.theme, size=layout.size),
        "detail": {"field": "run", "type": "nominal"},
    }
    return [layer({"type": "line", "color": layout.theme.primary, "strokeWidth": 2}, rows, encoding)]


def _draw_absences(layout: _Layout) -> list[Spec]:
    strokes: list[Stroke] = []
    for index, point in enumerate(layout.points):
        if point.value is None:
            box = Box(layout.step * index + 3, 0, layout.step * (index + 1) - 3, PLOT_HEIGHT)
            strokes += hatch_box(box, layout.theme.grid) + outline_box(box, layout.theme.grid)
    return [*draw_strokes(strokes), *draw_labels(_name_absences(layout), halo=True)]


def _name_absences(layout: _Layout) -> list[Label]:
    """Return the words on hatched years; where years are narrower than a letter, on as many as have room."""
    absent = [(index, point) for index, point in enumerate(layout.points) if point.value is None]
    return keep_clear([[_name_absence(layout, index, point)] for index, point in absent])


def _name_absence(layout: _Layout, index: int, point: TrendPoint) -> Label:
    words, size = say_absence(point.state, point.note), layout.size.note
    lines = wrap_text(words, layout.step - 8, size)
    whole = fit_text(words, PLOT_HEIGHT - 8, size, lines=1)
    narrow = len(lines) > 6 or max(measure_text(line, size) for line in lines) > layout.step - 8
    return Label(
        layout.middle(index),
        PLOT_HEIGHT / 2,
        whole if narrow else lines,
        size,
        align="center",
        colour=layout.theme.ink,
        upright=narrow,
    )


def _draw_breaks(layout: _Layout) -> list[Spec]:
    places = {point.label: layout.step * (index + 1) for index, point in enumerate(layout.points)}
    strokes = [
        Stroke(x, label.box.top, x, PLOT_HEIGHT, layout.theme.ink, 1.2, (4, 3))
        for mark, label in zip(layout.breaks, layout.break_labels, strict=True)
        for x in [places[mark.after_label]]
    ]
    return [*draw_strokes(strokes), *draw_labels(layout.break_labels, halo=True)]


def _draw_points(layout: _Layout) -> list[Spec]:
    """Whiskers and points. A full circle is a firm figure, a hollow one provisional, a hollow diamond projected."""
    strokes: list[Stroke] = []
    symbols: list[Symbol] = []
    for index, point in enumerate(layout.points):
        x = layout.middle(index)
        if point.low is not None and point.high is not None:
            strokes += _draw_whisker(layout, x, point.low, point.high)
        if point.value is not None:
            firm = point.state == "actual"
            shape = "diamond" if point.state == "projected" else "circle"
            fill = layout.theme.primary if firm else PAPER
            symbols.append(Symbol(x, layout.scale.pixel(point.value), shape, fill, layout.theme.primary))
    return [*draw_strokes(strokes), *draw_symbols(symbols)]


def _draw_whisker(layout: _Layout, x: float, low: float, high: float) -> Iterator[Stroke]:
    bottom, top = layout.scale.pixel(low), layout.scale.pixel(high)
    colour = layout.theme.primary
    yield Stroke(x, bottom, x, top, colour, 1.2)
    yield from (Stroke(x - 3.5, end, x + 3.5, end, colour, 1.2) for end in (bottom, top))


def _name_values(layout: _Layout) -> list[Label]:
    """Write values where there is room: last, first, highest and lowest before the others."""
    held = [index for index, point in enumerate(layout.points) if point.value is not None]
    decimals = choose_decimals(point.value for point in layout.points)
    by_value = sorted(held, key=lambda index: (layout.points[index].value or 0.0, index))
    order = list(dict.fromkeys([held[-1], held[0], by_value[-1], by_value[0], *held])) if held else []
    taken = [_whisker_box(layout, index) for index in held]
    taken += [label.box for label in (*layout.break_labels, *_name_absences(layout))]
    return keep_clear([_value_places(layout, index, decimals) for index in order], taken=taken)


def _whisker_box(layout: _Layout, index: int) -> Box:
    point, x = layout.points[index], layout.middle(index)
    ends = [layout.scale.pixel(value) for value in (point.value, point.low, point.high) if value is not None]
    return Box(x - 4, min(ends) - 4, x + 4, max(ends) + 4)


def _value_places(layout: _Layout, index: int, decimals: int) -> list[Label]:
    point, box, x = layout.points[index], _whisker_box(layout, index), layout.middle(index)
    words: tuple[str, ...] = (write_number(point.value or 0.0, decimals),)
    if point.state in ("provisional", "projected", "incomplete"):
        word = STATE_WORDS[point.state]
        words = (*words, word if measure_text(word, layout.size.note) < layout.step else f"{word[:4]}.")
    text = words if len(words) > 1 else words[0]
    half = max(measure_text(line, layout.size.note) for line in words) / 2
    x = max(half - 6, min(x, layout.frame.plot_width + layout.frame.right - half))
    above = Label(x, box.top - 2, text, layout.size.note, "center", "bottom", bold=True, colour=layout.theme.ink)
    below = Label(x, box.bottom + 2, text, layout.size.note, "center", "top", bold=True, colour=layout.theme.ink)
    return [above, below] if below.box.bottom < PLOT_HEIGHT else [above]


def _name_years(layout: _Layout) -> list[Label]:
    """Write the years below the plot, parted at the slash where they are tight, fewer of them where tighter."""
    size, widest = layout.size.note, layout.step - 3
    labels = [fit_text(point.label, layout.frame.width / 4, size, lines=1)[0] for point in layout.points]
    lines = [(label,) if measure_text(label, size) <= widest else _part_year(label) for label in labels]
    room = max(measure_text(line, size) for parts in lines for line in parts)
    every = ceil(room / layout.step)
    edge = layout.frame.plot_width + layout.frame.right
    candidates = []
    for index in range(len(lines) - 1, -1, -every):  # from the last back: the latest year is always named
        half = max(measure_text(line, size) for line in lines[index]) / 2
        x = max(half - layout.frame.left, min(layout.middle(index), edge - half))
        candidates.append([Label(x, PLOT_HEIGHT + 7, lines[index], size, "center", "top", colour=layout.theme.ink)])
    return keep_clear(candidates)


def _part_year(label: str) -> tuple[str, ...]:
    head, slash, tail = label.partition("/")
    return (head, slash + tail) if slash else tuple(label.split()) or (label,)
