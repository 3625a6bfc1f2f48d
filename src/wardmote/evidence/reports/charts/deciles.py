"""Rates by decile of deprivation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
from wardmote.evidence.reports.charts.lettering import Baseline, Box, Label, fit_text, keep_clear, measure_text
from wardmote.evidence.reports.charts.numbers import check_values, choose_decimals, write_number
from wardmote.evidence.reports.charts.readings import Reading, Readings
from wardmote.evidence.reports.charts.states import PointState, say_absence
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, PAPER, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences, say_name

PLOT_HEIGHT = 190.0
BAR_SHARE = 0.7
COUNT_WORD = "Areas"


@dataclass(frozen=True, slots=True)
class DecileRow:
    """One decile, 1 the most deprived tenth of the country: its rate and interval, and how many places it has here.

    `value` is None where there is none: no place of the district lies in the decile, or the rate is suppressed.
    """

    decile: int
    value: float | None
    low: float | None = None
    high: float | None = None
    places_count: int | None = None
    state: PointState = "actual"
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Layout:
    rows: Sequence[DecileRow]
    theme: ChartTheme
    size: ChartSize
    frame: Frame
    scale: ValueScale

    @property
    def step(self) -> float:
        return self.frame.plot_width / len(self.rows)

    def middle(self, index: int) -> float:
        return self.step * (index + 0.5)


def decile_rates(
    rows: Sequence[DecileRow],
    *,
    unit: str,
    title: str = "",
    reference: tuple[str, float] | None = None,
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Is the rate higher where people are poorer, and how sure is that?

    Parameters: `rows` in order of decile, 1 the most deprived, those without places included; `reference` is a line
    with a name ("Medway", 84.2). Bars begin at zero. Under each decile stands how many places it has.
    Raises UsageError on no rows, a decile outside 1 to 10 or out of order, or a value that is not finite.
    """
    check_values("decile rates", [value for row in rows for value in (row.value, row.low, row.high)])
    _check_deciles(rows)
    layout = _lay_out(rows, reference, theme=theme, size=size)
    layers = [
        _draw_bars(layout),
        *draw_strokes(stroke for index in range(len(rows)) for stroke in _draw_marks(layout, index)),
        *_draw_reference(layout, reference),
        *draw_labels(_name_absences(layout), halo=True),
        *draw_labels(_name_values(layout), halo=True),
        *draw_labels(_name_deciles(layout)),
    ]
    spec = make_spec(layout.frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, _say_deciles(rows, reference, unit=unit, title=title))


def _check_deciles(rows: Sequence[DecileRow]) -> None:
    deciles = [row.decile for row in rows]
    if deciles != sorted(set(deciles)) or not set(deciles) <= set(range(1, 11)):
        raise UsageError(
            f"The deciles are {', '.join(str(decile) for decile in deciles)}",
            where="decile rates",
            expected="1 to 10, each once, in order",
            to_do="Sort the rows, 1 (most deprived) first",
        )


def _lay_out(
    rows: Sequence[DecileRow], reference: tuple[str, float] | None, *, theme: ChartTheme, size: ChartSize
) -> _Layout:
    extra = [] if reference is None else [reference[1]]
    ticks = scale_from_zero([*extra, *(value for row in rows for value in (row.value, row.low, row.high))])
    line = size.note * 1.2
    # Above: the unit, the reference's name, room for a value. Below: deciles, numbers of places, the two ends.
    top, bottom = line * (1 + bool(extra)) + 22, 3 * line + 14
    left = max(measure_ticks(ticks, size), measure_text(COUNT_WORD, size.note)) + 10
    frame = Frame(size.width, PLOT_HEIGHT + top + bottom, left, 4, top, bottom)
    return _Layout(rows, theme, size, frame, ValueScale(ticks, PLOT_HEIGHT))


def _draw_bars(layout: _Layout) -> Spec:
    data = [{"decile": str(row.decile), "value": row.value} for row in layout.rows if row.value is not None]
    encoding = {
        "x": {
            "field": "decile",
            "type": "ordinal",
            "axis": None,
            "scale": {"domain": [str(row.decile) for row in layout.rows], "type": "band", "padding": 0},
        },
        "y": encode_values("value", layout.scale, theme=layout.theme, size=layout.size),
    }
    return layer({"type": "bar", "color": layout.theme.primary, "width": {"band": BAR_SHARE}}, data, encoding)


def _draw_marks(layout: _Layout, index: int) -> Iterator[Stroke]:
    """The interval, with paper beneath to be seen on the bar; hatching where there is no value."""
    row, x = layout.rows[index], layout.middle(index)
    if row.value is None:
        half = layout.step * BAR_SHARE / 2
        box = Box(x - half, 0, x + half, PLOT_HEIGHT)
        yield from hatch_box(box, layout.theme.grid) + outline_box(box, layout.theme.grid)
    elif row.low is not None and row.high is not None:
        bottom, top = layout.scale.pixel(row.low), layout.scale.pixel(row.high)
        parts = [(x, bottom, x, top), (x - 3.5, bottom, x + 3.5, bottom), (x - 3.5, top, x + 3.5, top)]
        yield from (Stroke(*part, PAPER, 4) for part in parts)
        yield from (Stroke(*part, layout.theme.ink, 1.3) for part in parts)


def _draw_reference(layout: _Layout, reference: tuple[str, float] | None) -> list[Spec]:
    if reference is None:
        return []
    words = _write_reference(reference, layout.frame.width - 40, layout.size)
    y, ink, width = layout.scale.pixel(reference[1]), layout.theme.ink, layout.frame.plot_width
    line = layout.size.note * 1.2
    x, key = -layout.frame.left, -layout.frame.top + line * 1.5 + 4
    strokes = [
        Stroke(0, y, width, y, PAPER, 3),
        Stroke(0, y, width, y, ink, 1.2, (5, 3)),
        Stroke(x, key, x + 22, key, ink, 1.2, (5, 3)),
    ]
    return [*draw_strokes(strokes), *draw_labels([Label(x + 28, key, words, layout.size.note, colour=ink)])]


def _write_reference(reference: tuple[str, float], width: float, size: ChartSize) -> str:
    value = write_number(reference[1], choose_decimals([reference[1]]))
    room = width - measure_text(f" {value}", size.note)
    return f"{fit_text(reference[0], room, size.note, lines=1)[0]} {value}"


def _name_absences(layout: _Layout) -> list[Label]:
    size = layout.size.note
    return [
        Label(
            layout.middle(index),
            PLOT_HEIGHT / 2,
            fit_text(say_absence(row.state, row.note), PLOT_HEIGHT - 8, size, lines=1)[0],
            size,
            "center",
            colour=layout.theme.ink,
            upright=True,
        )
        for index, row in enumerate(layout.rows)
        if row.value is None
    ]


def _name_values(layout: _Layout) -> list[Label]:
    decimals = choose_decimals(row.value for row in layout.rows)
    candidates = []
    for index, row in enumerate(layout.rows):
        if row.value is not None:
            foot = layout.scale.pixel(max(row.value, row.high or 0.0)) - 4
            words = write_number(row.value, decimals)
            candidates.append([_write_at(layout, index, words, y=foot, baseline="bottom", bold=True)])
    return keep_clear(candidates)


def _write_at(
    layout: _Layout, index: int, words: str, *, y: float, baseline: Baseline = "top", bold: bool = False
) -> Label:
    """Return the words in the middle of the column, or as near to it as the sheet's edge allows."""
    half = measure_text(words, layout.size.note) / 2
    x = min(layout.middle(index), layout.frame.plot_width + layout.frame.right - half)
    colour = layout.theme.ink if bold else layout.theme.muted
    return Label(x, y, words, layout.size.note, "center", baseline, bold=bold, colour=colour)


def _name_deciles(layout: _Layout) -> list[Label]:
    """Write the deciles, how many places each has, and which end is which."""
    size, ink, muted = layout.size.note, layout.theme.ink, layout.theme.muted
    y, line = PLOT_HEIGHT + 6, layout.size.note * 1.2
    labels = [_write_at(layout, index, str(row.decile), y=y, bold=True) for index, row in enumerate(layout.rows)]
    counts = [
        [_write_at(layout, index, write_number(row.places_count), y=y + line)]
        for index, row in enumerate(layout.rows)
        if row.places_count is not None
    ]
    if counts:
        counts = [[Label(-8, y + line, COUNT_WORD, size, "right", "top", colour=muted)], *counts]
    ends = y + 2 * line + 2
    return [
        *labels,
        *keep_clear(counts),
        Label(0, ends, "1 most deprived", size, "left", "top", colour=ink),
        Label(layout.frame.plot_width, ends, "10 least deprived", size, "right", "top", colour=ink),
    ]


def _say_deciles(rows: Sequence[DecileRow], reference: tuple[str, float] | None, *, unit: str, title: str) -> str:
    readings = Readings(
        [Reading(f"decile {row.decile}", row.value, row.low, row.high, row.state, row.note) for row in rows]
    )
    held = [row for row in readings.rows if row.value is not None]
    ends = ""
    if len(held) > 1:
        ends = f"Most deprived: {readings.say(held[0], interval=True)}; least: {readings.say(held[-1], interval=True)}"
    line = ""
    if reference is not None:
        line = f"{say_name(reference[0])}: {write_number(reference[1], choose_decimals([reference[1]]))}"
    span = f"{unit}, by decile of deprivation, 1 the most deprived"
    return join_sentences([title, span, ends, readings.say_extremes(), line, readings.say_gaps()])
