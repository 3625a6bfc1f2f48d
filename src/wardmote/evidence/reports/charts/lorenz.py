"""How much of the crime lies on how few of the places."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import Stroke, Symbol, draw_labels, draw_strokes, draw_symbols, layer
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import REPORT, ChartSize, Frame, ValueScale, encode_values, make_spec
from wardmote.evidence.reports.charts.lettering import Label, fit_text
from wardmote.evidence.reports.charts.numbers import check_values, write_number
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, ChartTheme, Spec
from wardmote.evidence.reports.charts.words import join_sentences
from wardmote.evidence.statistics.concentration import (
    ChanceComparison,
    ShareOfPlaces,
    generalised_gini,
    lorenz_curve,
    share_of_places,
)

TICKS = (0.0, 25.0, 50.0, 75.0, 100.0)
PLOT_HEIGHT = 300.0
#: Beside the plot, the findings in words; on a narrow sheet they stand below it.
PANEL_WIDTH = 236.0
STACKED_BELOW = 480
#: A street network has tens of thousands of places; a curve needs no more corners than this.
MOST_CORNERS = 400


@dataclass(frozen=True, slots=True)
class _Findings:
    """What the chart says: the fewest places with half of the events, and the coefficient."""

    half: ShareOfPlaces
    gini: float
    empty: int
    places: str
    events: str
    comparison: ChanceComparison | None

    @property
    def sentences(self) -> list[str]:
        share = write_number(100 * self.half.places_share, 1 if self.half.places_share < 0.1 else 0)
        total = self.half.places_total
        said = [
            f"Half of {self.events} lie on {self.half.places_count:,.0f} of {total:,} {self.places} ({share}%)",
            f"Generalised Gini {self.gini:.2f} (0 spread as evenly as can be, 1 all on one place)",
        ]
        if self.comparison is not None:
            low, high = self.comparison.chance_low, self.comparison.chance_high
            said.append(f"Chance alone would give {max(0.0, low):.2f} to {high:.2f}")
        if self.empty:
            said.append(f"{self.empty:,} of {total:,} have none")
        return said


def lorenz(
    counts: Sequence[float],
    *,
    places: str = "small areas",
    events: str = "offences",
    unit: str = "",
    title: str = "",
    comparison: ChanceComparison | None = None,
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """On how few places does half of it lie, and how far is that from an even spread?

    Parameters: `counts` one for every place, those with none included; `places` and `events` are the words for
    them; `comparison`, if given, says what chance would do (`compare_with_chance`). The busiest places come first,
    so the curve lies above the line of an even spread (the textbook's Lorenz curve turned round): the half-way point
    then reads as "half of it on so few".
    Raises UsageError on no places, a value that is not finite or below 0, or nothing counted anywhere.
    """
    check_values("concentration", counts)
    _check_counts(counts)
    empty = sum(1 for count in counts if count == 0)
    found = _Findings(share_of_places(counts, 0.5), generalised_gini(counts), empty, places, events, comparison)
    unit = unit or f"Share of {events}, per cent (upwards), on the busiest share of {places}, per cent (across)"
    frame, panel = _lay_out(found, size)
    across = ValueScale(TICKS, frame.plot_width, upwards=False)
    up = ValueScale(TICKS, frame.plot_height)
    layers = [
        *_draw_curve(counts, across, up, theme=theme, size=size),
        *_draw_half(found, across, up, theme=theme, size=size),
        *draw_labels(_write_panel(panel, frame, theme=theme, size=size)),
    ]
    spec = make_spec(frame, layers, unit=unit, theme=theme, size=size)
    return DrawnChart(spec, join_sentences([title, unit, *found.sentences]))


def _check_counts(counts: Sequence[float]) -> None:
    if min(counts) < 0 or not sum(counts) > 0:
        raise UsageError(
            f"The lowest count is {min(counts):g} and the sum {sum(counts):g}",
            where="concentration",
            expected="counts of 0 or more, and at least one event",
            to_do="Leave the chart out where nothing was counted",
        )


def _lay_out(found: _Findings, size: ChartSize) -> tuple[Frame, list[tuple[str, ...]]]:
    stacked = size.width < STACKED_BELOW
    room = size.width - 8.0 if stacked else PANEL_WIDTH
    panel = [fit_text(sentence, room, size.note, lines=4) for sentence in found.sentences]
    line = size.note * 1.2
    top, axis = line + 14, line + 10
    needed = sum(len(lines) * line + 7 for lines in panel)
    if stacked:
        frame = Frame(size.width, size.width - 60.0 + top + axis + needed + 8, 36, 12, top, axis + needed + 8)
    else:
        frame = Frame(size.width, PLOT_HEIGHT + top + axis, 36, PANEL_WIDTH + 28, top, axis)
    return frame, panel


def _draw_curve(
    counts: Sequence[float], across: ValueScale, up: ValueScale, *, theme: ChartTheme, size: ChartSize
) -> list[Spec]:
    """The curve, busiest places first, and the straight line of an even spread."""
    curve = lorenz_curve(counts)
    places = 100 * (1 - curve.places_share[::-1])
    events = 100 * (1 - curve.events_share[::-1])
    kept = np.unique(np.linspace(0, places.size - 1, min(places.size, MOST_CORNERS)).round().astype(int))
    rows = [{"places": round(float(places[at]), 3), "events": round(float(events[at]), 3)} for at in kept]
    side = encode_values("places", across, theme=theme, size=size)
    side["axis"] = {**side["axis"], "labelFlush": False}
    encoding = {"x": side, "y": encode_values("events", up, theme=theme, size=size)}
    even = [Stroke(0, up.length, across.length, 0, theme.muted, 1.2, (4, 3))]
    mark = {"type": "line", "color": theme.primary, "strokeWidth": 2.2}
    words = Label(across.length * 0.6, up.length * 0.47, "even spread", size.note, "left", "top", colour=theme.muted)
    return [*draw_strokes(even), layer(mark, rows, encoding), *draw_labels([words], halo=True)]


def _draw_half(
    found: _Findings, across: ValueScale, up: ValueScale, *, theme: ChartTheme, size: ChartSize
) -> list[Spec]:
    """Mark the fewest places that hold half, with lines to both axes."""
    x, y = across.pixel(100 * found.half.places_share), up.pixel(100 * found.half.events_share)
    strokes = [
        Stroke(0, y, x, y, theme.accent, 1.2, (2, 2)),
        Stroke(x, y, x, up.length, theme.accent, 1.2, (2, 2)),
    ]
    words = (f"half on {found.half.places_count:,.0f}", f"of {found.half.places_total:,}")
    label = Label(x + 9, y + 4, words, size.note, "left", "top", bold=True, colour=theme.ink)
    if label.box.right > across.length:
        label = Label(x - 9, y + 4, words, size.note, "right", "top", bold=True, colour=theme.ink)
    symbol = Symbol(x, y, "diamond", theme.accent, theme.accent, 90)
    return [*draw_strokes(strokes), *draw_symbols([symbol]), *draw_labels([label], halo=True)]


def _write_panel(panel: Sequence[tuple[str, ...]], frame: Frame, *, theme: ChartTheme, size: ChartSize) -> list[Label]:
    stacked = size.width < STACKED_BELOW
    x = -frame.left if stacked else frame.plot_width + 28
    y = frame.plot_height + size.note * 1.2 + 18 if stacked else 4.0
    labels = []
    for place, lines in enumerate(panel):
        labels.append(Label(x, y, lines, size.note, "left", "top", bold=place == 0, colour=theme.ink))
        y += len(lines) * size.note * 1.2 + 7
    return labels
