"""The sheet that a chart is drawn on: its size, its margins, its value axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wardmote.evidence.reports.charts.drawing import draw_labels
from wardmote.evidence.reports.charts.lettering import LINE_HEIGHT, Box, Label, fit_text, measure_text
from wardmote.evidence.reports.charts.numbers import choose_decimals, nice_ticks, write_number
from wardmote.evidence.reports.charts.theme import PAPER, ChartTheme, Spec


@dataclass(frozen=True, slots=True)
class ChartSize:
    """How wide the sheet is and how large its letters are, in pixels. Letters are never below 11."""

    width: int
    text: float
    note: float


#: A report's column.
REPORT = ChartSize(width=640, text=12.5, note=11.5)
#: A phone held upright, or two charts side by side.
SMALL = ChartSize(width=310, text=12, note=11)


@dataclass(frozen=True, slots=True)
class Frame:
    """The sheet's outer size and the margins round the plot, in pixels.

    The outer size is fixed, so every chart of a report is scaled alike and its letters keep one size.
    """

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def plot_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def sheet(self) -> Box:
        """The whole sheet in pixels of the plot."""
        return Box(-self.left, -self.top, self.plot_width + self.right, self.plot_height + self.bottom)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """From values to pixels along one side of the plot; `ticks` run from its lowest to its highest value."""

    ticks: tuple[float, ...]
    length: float
    upwards: bool = True

    @property
    def low(self) -> float:
        return self.ticks[0]

    @property
    def high(self) -> float:
        return self.ticks[-1]

    def pixel(self, value: float) -> float:
        """Where the value lies, in pixels from the left or from the top."""
        share = (value - self.low) / (self.high - self.low)
        return self.length * (1 - share if self.upwards else share)


def scale_from_zero(values: Iterable[float | None], *, count: int = 4) -> tuple[float, ...]:
    """Return the ticks of an axis that begins at zero and covers every value given."""
    held = [value for value in values if value is not None]
    return nice_ticks(min(0.0, *held, 0.0), max(held, default=0.0), count)


def encode_values(field: str, scale: ValueScale, *, theme: ChartTheme, size: ChartSize, axis: bool = True) -> Spec:
    """Return the encoding of a value field with its axis. Every layer of a chart repeats it, so that they agree."""
    encoding: Spec = {
        "field": field,
        "type": "quantitative",
        "scale": {"domain": [scale.low, scale.high], "nice": False, "zero": False},
        "axis": None,
        "stack": None,
    }
    if axis:
        encoding["axis"] = {
            "values": list(scale.ticks),
            "title": None,
            "format": f",.{choose_decimals(scale.ticks)}f",
            "labelColor": theme.muted,
            "labelFontSize": size.note,
            "labelLimit": 0,
            "labelPadding": 6,
            "domain": False,
            "ticks": False,
            "gridColor": theme.grid,
            "gridWidth": 1,
        }
    return encoding


def measure_ticks(ticks: Sequence[float], size: ChartSize) -> float:
    """How wide is the widest tick label, in pixels?"""
    decimals = choose_decimals(ticks)
    return max(measure_text(write_number(tick, decimals), size.note) for tick in ticks)


def make_spec(frame: Frame, layers: Sequence[Spec], *, unit: str, theme: ChartTheme, size: ChartSize) -> Spec:
    """Return the finished Vega-Lite specification, with its unit at the top left, where it is read first.

    The frame leaves room for one line of it; where the unit takes more, the sheet grows upwards.
    """
    line = size.note * LINE_HEIGHT
    lines = fit_text(unit, frame.width, size.note, lines=3)
    title = Label(-frame.left, line - frame.top, lines, size.note, baseline="bottom", colour=theme.muted)
    more = (len(lines) - 1) * line
    frame = replace(frame, top=frame.top + more, height=frame.height + more)
    spec = {
        "width": frame.plot_width,
        "height": frame.plot_height,
        "padding": {"left": frame.left, "right": frame.right, "top": frame.top, "bottom": frame.bottom},
        "autosize": "none",
        "background": PAPER,
        "layer": [*layers, *draw_labels([title])],
        "config": {"font": theme.fonts, "view": {"stroke": None}, "aria": False},
    }
    plain: Spec = make_plain(spec)
    return plain


def make_plain(part: Any) -> Any:
    """Return the part of a specification with numpy's numbers as Python's own, which are all that JSON knows."""
    if isinstance(part, dict):
        return {name: make_plain(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [make_plain(value) for value in part]
    return part.item() if hasattr(part, "item") else part
