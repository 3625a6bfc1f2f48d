"""One area among its peers, in order of rate."""

from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    Symbol,
    draw_labels,
    draw_strokes,
    draw_symbols,
    layer,
    place,
)
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import (
    REPORT,
    ChartSize,
    Frame,
    ValueScale,
    encode_values,
    make_spec,
    scale_from_zero,
)
from wardmote.evidence.reports.charts.lettering import Label, fit_text, measure_text
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, write_number
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.rows import RowLayout, RowName, draw_row_whisker, lay_out_rows
from wardmote.evidence.reports.charts.states import say_absence
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences, say_name, write_place


@dataclass(frozen=True, slots=True)
class PeerRow:
    """One area of the group: its rate and interval in the chart's unit (None where there is none)."""

    name: str
    rate: float | None
    low: float | None = None
    high: float | None = None
    is_self: bool = False
    note: str = ""


def peer_rank(
    rows: Sequence[PeerRow],
    *,
    unit: str,
    title: str = "",
    reference: tuple[str, float] | None = None,
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Where does the area stand among its peers, and with which of them does its interval overlap?

    Parameters: `rows` in the order to draw them; `reference` is a line with a name ("Group median", 84.2). The
    area itself is a large filled diamond in bold words, the others are hollow circles.
    Raises UsageError on no rows or a value that is not finite.
    """
    check_values("peer rank", [value for row in rows for value in (row.rate, row.low, row.high)])
    extra = [] if reference is None else [reference[1]]
    ticks = scale_from_zero([*extra, *(value for row in rows for value in (row.rate, row.high))])
    decimals = choose_decimals(row.rate for row in rows)
    words = [say_absence("missing", row.note) if row.rate is None else write_number(row.rate, decimals) for row in rows]
    names = [RowName(row.name, word, row.is_self) for row, word in zip(rows, words, strict=True)]
    layout = lay_out_rows(names, theme=theme, size=size, ticks=ticks, head_lines=1 + bool(extra))
    scale = ValueScale(ticks, layout.frame.plot_width, upwards=False)
    layers = [
        _draw_rates(rows, layout, scale, theme=theme, size=size),
        *_draw_reference(reference, layout.frame, scale, theme=theme, size=size),
        *draw_strokes(_draw_intervals(rows, layout, scale, theme)),
        *draw_symbols(_draw_peers(rows, layout, scale, theme)),
        *draw_labels(layout.labels, halo=True),
    ]
    spec = make_spec(layout.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_peers(rows, unit=unit, title=title, reference=reference))


def _say_peers(rows: Sequence[PeerRow], *, unit: str, title: str, reference: tuple[str, float] | None) -> str:
    readings = Readings([Reading(row.name, row.rate, row.low, row.high, note=row.note) for row in rows])
    rates = [rate for _, rate in readings.ranked]
    own = [
        f"{readings.say(one, interval=True)}, {write_place(rates.index(row.rate) + 1)} highest of {len(rates)}"
        for one, row in zip(readings.rows, rows, strict=True)
        if row.is_self and row.rate is not None
    ]
    line = ""
    if reference is not None:
        line = f"{say_name(reference[0])}: {write_number(reference[1], choose_decimals([reference[1]]))}"
    span = f"{unit}, {len(rows)} areas"
    return join_sentences([title, span, *own, line, readings.say_extremes(), readings.say_gaps()])


def _draw_rates(
    rows: Sequence[PeerRow], layout: RowLayout, scale: ValueScale, *, theme: ChartTheme, size: ChartSize
) -> Spec:
    """The rates on the chart's own scale, with its axis; the visible marks are drawn above them."""
    data = [
        {"area": row.name, "rate": row.rate, "y": round(centre, 2)}
        for row, centre in zip(rows, layout.centres, strict=True)
        if row.rate is not None
    ]
    encoding = {"x": encode_values("rate", scale, theme=theme, size=size), "y": place("y")}
    return layer({"type": "point", "size": 4, "color": theme.primary}, data, encoding)


def _draw_reference(
    reference: tuple[str, float] | None, frame: Frame, scale: ValueScale, *, theme: ChartTheme, size: ChartSize
) -> list[Spec]:
    if reference is None:
        return []
    name, value = reference
    x = scale.pixel(value)
    name = fit_text(name, frame.width * 0.6, size.note, lines=1)[0]
    words = f"{name} {write_number(value, choose_decimals([value]))}"
    half = measure_text(words, size.note) / 2
    middle = max(half - frame.left, min(x, frame.plot_width + frame.right - half))
    label = Label(middle, -4, words, size.note, "center", "bottom", colour=theme.ink)
    return [*draw_strokes([Stroke(x, -2, x, frame.plot_height, theme.ink, 1.2, (4, 3))]), *draw_labels([label])]


def _draw_intervals(rows: Sequence[PeerRow], layout: RowLayout, scale: ValueScale, theme: ChartTheme) -> list[Stroke]:
    return [
        stroke
        for row, centre in zip(rows, layout.centres, strict=True)
        for stroke in draw_row_whisker(scale, centre, row.low, row.high, theme.accent if row.is_self else theme.primary)
    ]


def _draw_peers(rows: Sequence[PeerRow], layout: RowLayout, scale: ValueScale, theme: ChartTheme) -> list[Symbol]:
    return [
        draw_area(scale.pixel(row.rate), centre, row.is_self, theme)
        for row, centre in zip(rows, layout.centres, strict=True)
        if row.rate is not None
    ]


def draw_area(x: float, y: float, is_self: bool, theme: ChartTheme) -> Symbol:
    if is_self:
        return Symbol(x, y, "diamond", theme.accent, theme.accent, 110)
    return Symbol(x, y, "circle", PAPER, theme.primary, 45)
