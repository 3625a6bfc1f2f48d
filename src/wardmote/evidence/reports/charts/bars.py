"""Rows by size, and rows by change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    Symbol,
    draw_labels,
    draw_strokes,
    draw_symbols,
    hatch_box,
    layer,
    outline_box,
    per_row,
    place,
)
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import (
    REPORT,
    ChartSize,
    ValueScale,
    encode_values,
    make_spec,
)
from wardmote.evidence.reports.charts.lettering import Box, Label, fit_text, measure_text
from wardmote.evidence.reports.charts.numbers import (
    check_values,
    choose_decimals,
    nice_ticks,
    write_number,
    write_signed,
)
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.rows import MARK_HEIGHT, RowLayout, RowName, draw_row_whisker, lay_out_rows
from wardmote.evidence.reports.charts.states import PointState, say_absence
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences, say_name

Verdict = Literal["rose", "fell", "similar", "not compared"]

#: A change axis goes no further than this; a longer interval ends in an arrow, so that one offence with few
#: counts does not press all others together.
MOST_PCT = 150.0
STUB_WIDTH = 46.0

_SHAPES: dict[str, str] = {"rose": "triangle-up", "fell": "triangle-down", "similar": "circle"}


@dataclass(frozen=True, slots=True)
class BarRow:
    """One thing and its size: value and interval in the chart's unit, None where there is none.

    `highlight` sets a row apart (a darker bar and bold words); `note` follows the value ("12% of all"), or says why
    there is none.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    highlight: bool = False
    state: PointState = "actual"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing and its change in per cent, with the interval's limits and what the test says in a word.

    `pct` is None where no change can be worked out; `note` then says why. A limit that has no bound is None.
    """

    label: str
    pct: float | None
    low: float | None = None
    high: float | None = None
    verdict: Verdict = "similar"
    note: str = ""


def ranked_bars(
    rows: Sequence[BarRow],
    *,
    unit: str,
    title: str = "",
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Which are the largest, how large, and how sure are we of the order?

    Parameters: `rows` in the order to draw them (largest first); bars begin at zero and every value is written. If
    a row is highlighted the others stand back, else all are drawn alike. A row without a value has a short hatched
    mark and a word.
    Raises UsageError on no rows or a value that is not finite.
    """
    check_values("ranked bars", [value for row in rows for value in (row.value, row.low, row.high)])
    decimals = choose_decimals(row.value for row in rows)
    words = _fit_ends([_write_value(row, decimals) for row in rows], size)
    ticks = (0.0, max([1e-9, *(_reach(row) for row in rows)]))
    names = [RowName(row.label, bold=row.highlight) for row in rows]
    end_room = max(measure_text(word, size.note) for word in words) + 10
    layout = lay_out_rows(names, theme=theme, size=size, end_room=end_room)
    scale = ValueScale(ticks, layout.frame.plot_width, upwards=False)
    layers = [
        *_draw_bars(rows, layout, scale, theme=theme, size=size),
        *draw_strokes(_draw_bar_strokes(rows, layout, scale, theme)),
        *draw_labels(layout.labels, halo=True),
        *draw_labels(_name_bar_ends(rows, words, layout, scale, theme=theme, size=size)),
    ]
    spec = make_spec(layout.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_bars(rows, unit=unit, title=title))


def _say_bars(rows: Sequence[BarRow], *, unit: str, title: str) -> str:
    readings = Readings([Reading(row.label, row.value, row.low, row.high, row.state, row.note) for row in rows])
    apart = [readings.say(one, interval=True) for one, row in zip(readings.rows, rows, strict=True) if row.highlight]
    named = f"Set apart: {'; '.join(apart)}" if apart else ""
    return join_sentences([title, f"{unit}, {len(rows)} rows", readings.say_largest(), named, readings.say_gaps()])


def _reach(row: BarRow) -> float:
    return max(value for value in (0.0, row.value, row.high) if value is not None)


def _write_value(row: BarRow, decimals: int) -> str:
    if row.value is None:
        return say_absence(row.state, row.note)
    return f"{write_number(row.value, decimals)} {row.note}".strip()


def _fit_ends(words: Sequence[str], size: ChartSize) -> list[str]:
    """Cut a note that would leave its bar no room."""
    return [fit_text(word, size.width * 0.36, size.note, lines=1)[0] for word in words]


def _draw_bars(
    rows: Sequence[BarRow], layout: RowLayout, scale: ValueScale, *, theme: ChartTheme, size: ChartSize
) -> list[Spec]:
    anything_set_apart = any(row.highlight for row in rows)
    data = [
        {
            "label": row.label,
            "value": row.value,
            "y": round(centre, 2),
            "fill": theme.primary if row.highlight or not anything_set_apart else theme.pale,
        }
        for row, centre in zip(rows, layout.centres, strict=True)
        if row.value is not None
    ]
    mark = {"type": "bar", "orient": "horizontal", "size": MARK_HEIGHT, "color": per_row("fill")}
    encoding = {
        "x": encode_values("value", scale, theme=theme, size=size, axis=False),
        "x2": {"datum": 0},
        "y": place("y"),
    }
    return [layer(mark, data, encoding)]


def _draw_bar_strokes(rows: Sequence[BarRow], layout: RowLayout, scale: ValueScale, theme: ChartTheme) -> list[Stroke]:
    """The zero line, the intervals (with paper beneath, to be seen on a dark bar) and the marks of absence."""
    strokes = [Stroke(0, 0, 0, layout.frame.plot_height, theme.muted)]
    for row, centre in zip(rows, layout.centres, strict=True):
        if row.value is None:
            box = Box(1, centre - MARK_HEIGHT / 2, STUB_WIDTH, centre + MARK_HEIGHT / 2)
            strokes += hatch_box(box, theme.muted) + outline_box(box, theme.muted)
        whisker = draw_row_whisker(scale, centre, row.low, row.high, theme.ink)
        strokes += [Stroke(one.x, one.y, one.x2, one.y2, PAPER, 4) for one in whisker] + whisker
    return strokes


def _name_bar_ends(
    rows: Sequence[BarRow],
    words: Sequence[str],
    layout: RowLayout,
    scale: ValueScale,
    *,
    theme: ChartTheme,
    size: ChartSize,
) -> list[Label]:
    return [
        Label(
            (STUB_WIDTH if row.value is None else scale.pixel(_reach(row))) + 7,
            centre,
            word,
            size.note,
            bold=row.highlight,
            colour=theme.ink,
        )
        for row, word, centre in zip(rows, words, layout.centres, strict=True)
    ]


def change_dots(
    rows: Sequence[ChangeRow],
    *,
    unit: str = "Change, per cent, with 95% interval",
    title: str = "",
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """By how much did each change, how sure is that, and which changes are more than noise?

    Parameters: `rows` in the order to draw them. A verdict is a word and a shape: a triangle upwards for "rose",
    downwards for "fell", a hollow circle for "similar". What cannot be compared is hatched and says why.
    Raises UsageError on no rows or a value that is not finite.
    """
    check_values("change dots", [value for row in rows for value in (row.pct, row.low, row.high)])
    ticks = _choose_change_ticks(rows)
    names = [RowName(row.label, _write_change(row)) for row in rows]
    layout = lay_out_rows(names, theme=theme, size=size, ticks=ticks)
    scale = ValueScale(ticks, layout.frame.plot_width, upwards=False)
    zero = Stroke(scale.pixel(0), 0, scale.pixel(0), layout.frame.plot_height, theme.ink, 1.2)
    layers = [
        _draw_change_axis(rows, layout, scale, theme=theme, size=size),
        *draw_strokes([zero, *_draw_change_strokes(rows, layout, scale, theme)]),
        *draw_symbols(_draw_change_symbols(rows, layout, scale, theme)),
        *draw_labels(layout.labels, halo=True),
    ]
    spec = make_spec(layout.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_changes(rows, unit=unit, title=title))


def _say_changes(rows: Sequence[ChangeRow], *, unit: str, title: str) -> str:
    """Return what rose and what fell by how much, how many stayed alike, and what cannot be compared."""
    parts = []
    for verdict in ("rose", "fell", "similar"):
        pcts = [(row.label, row.pct) for row in rows if row.pct is not None and row.verdict == verdict]
        said = "; ".join(f"{say_name(label)} {write_signed(pct, 0 if abs(pct) >= 10 else 1)}%" for label, pct in pcts)
        parts.append(f"{verdict.capitalize()}: {said}" if said else "")
    rest = Readings([Reading(row.label, None, note=row.note or "not compared") for row in rows if row.pct is None])
    return join_sentences([title, unit, *parts, rest.say_gaps()])


def _choose_change_ticks(rows: Sequence[ChangeRow]) -> tuple[float, ...]:
    held = [value for row in rows for value in (row.pct, row.low, row.high) if value is not None]
    low = max(-100.0, min([0.0, *held]))
    return nice_ticks(low, min(MOST_PCT, max([0.0, *held, low + 10])), 4)


def _write_change(row: ChangeRow) -> str:
    if row.pct is None:
        return row.note or "not compared"
    return f"{write_signed(row.pct, 0 if abs(row.pct) >= 10 else 1)}% {row.verdict}"


def _draw_change_axis(
    rows: Sequence[ChangeRow], layout: RowLayout, scale: ValueScale, *, theme: ChartTheme, size: ChartSize
) -> Spec:
    """The changes on the chart's own scale, with its axis; the visible marks are drawn above them."""
    data = [
        {"label": row.label, "pct": row.pct, "y": round(centre, 2)}
        for row, centre in zip(rows, layout.centres, strict=True)
        if row.pct is not None and scale.low <= row.pct <= scale.high
    ]
    encoding = {"x": encode_values("pct", scale, theme=theme, size=size), "y": place("y")}
    return layer({"type": "point", "size": 4, "color": theme.primary}, data, encoding)


def _draw_change_strokes(
    rows: Sequence[ChangeRow], layout: RowLayout, scale: ValueScale, theme: ChartTheme
) -> list[Stroke]:
    strokes: list[Stroke] = []
    for row, centre in zip(rows, layout.centres, strict=True):
        if row.pct is None:
            middle = scale.pixel(0)
            box = Box(middle - 24, centre - 6, middle + 24, centre + 6)
            box = Box(max(0.0, box.left), box.top, min(scale.length, box.right), box.bottom)
            strokes += hatch_box(box, theme.muted, spacing=5) + outline_box(box, theme.muted)
        else:
            low = scale.low - 1 if row.low is None and row.high is not None else row.low
            high = scale.high + 1 if row.high is None and row.low is not None else row.high
            strokes += draw_row_whisker(scale, centre, low, high, theme.primary)
    return strokes


def _draw_change_symbols(
    rows: Sequence[ChangeRow], layout: RowLayout, scale: ValueScale, theme: ChartTheme
) -> list[Symbol]:
    """A shape for each verdict, and an arrow at the edge where an interval goes on."""
    symbols: list[Symbol] = []
    for row, centre in zip(rows, layout.centres, strict=True):
        if row.pct is None:
            continue
        symbols += _draw_arrows(row, centre, scale, theme)
        if scale.low <= row.pct <= scale.high:
            fill = theme.primary if row.verdict in ("rose", "fell") else PAPER
            shape = _SHAPES.get(row.verdict, "circle")
            symbols.append(Symbol(scale.pixel(row.pct), centre, shape, fill, theme.primary, 75))
    return symbols


def _draw_arrows(row: ChangeRow, centre: float, scale: ValueScale, theme: ChartTheme) -> list[Symbol]:
    arrows = []
    unbounded_low = row.low is None and row.high is not None
    unbounded_high = row.high is None and row.low is not None
    if unbounded_low or (row.low is not None and row.low < scale.low):
        arrows.append(Symbol(3, centre, "triangle-left", theme.primary, theme.primary, 40))
    if unbounded_high or any(value is not None and value > scale.high for value in (row.pct, row.high)):
        arrows.append(Symbol(scale.length - 3, centre, "triangle-right", theme.primary, theme.primary, 40))
    return arrows
