"""The marks that annotate a chart: words, strokes, patches, symbols and hatching, in pixels of the plot.

Data is drawn on the chart's own scales; these go where the layout puts them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from wardmote.evidence.reports.charts.lettering import LINE_HEIGHT, Box, Label
from wardmote.evidence.reports.charts.theme import PAPER, Spec

HATCH_SPACING = 6.0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line. `dash` is a pattern of drawn and empty pixels; empty means unbroken."""

    x: float
    y: float
    x2: float
    y2: float
    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Patch:
    """A filled rectangle, with or without an edge."""

    box: Box
    fill: str
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A shape of about `area` square pixels. Vega's names: circle, diamond, square, triangle-up, and so on."""

    x: float
    y: float
    shape: str
    fill: str
    edge: str
    area: float = 55.0


def place(axis: str) -> Spec:
    """Return the encoding that takes field `axis` as pixels."""
    return {"field": axis, "type": "quantitative", "scale": None, "axis": None}


def per_row(name: str) -> Spec:
    """Return a mark property that each row sets for itself."""
    return {"expr": f"datum.{name}"}


def layer(mark: Spec, rows: Sequence[Spec], encoding: Spec) -> Spec:
    """Return one layer of a chart with its own rows."""
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def draw_labels(labels: Iterable[Label], *, halo: bool = False) -> list[Spec]:
    """Return the layers that write the labels, with paper behind each letter where a line may cross it."""
    rows = [_label_row(label) for label in labels]
    if not rows:
        return []
    mark: Spec = {
        "type": "text",
        "align": per_row("align"),
        "baseline": per_row("baseline"),
        "fontSize": per_row("size"),
        "fontWeight": per_row("weight"),
        "angle": per_row("angle"),
        "lineHeight": per_row("lineHeight"),
    }
    encoding = {"x": place("x"), "y": place("y"), "text": {"field": "text"}}
    # The halo goes beneath as a layer of its own, so that it never eats into the next letter.
    beneath = {**mark, "fill": PAPER, "stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    words = layer({**mark, "color": per_row("colour")}, rows, encoding)
    return [layer(beneath, rows, encoding), words] if halo else [words]


def _label_row(label: Label) -> Spec:
    line_height = label.size * LINE_HEIGHT
    # Vega hangs a block of lines from its first; a block set by its middle or foot has to be lifted by the others.
    lift = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[label.baseline] * line_height * (len(label.lines) - 1)
    return {
        "x": _round(label.x),
        "y": _round(label.y - (0 if label.upright else lift)),
        "text": label.lines[0] if len(label.lines) == 1 else list(label.lines),
        "align": "center" if label.upright else label.align,
        "baseline": label.baseline,
        "size": label.size,
        "weight": 600 if label.bold else 400,
        "colour": label.colour,
        "angle": 270 if label.upright else 0,
        "lineHeight": line_height,
    }


def draw_strokes(strokes: Iterable[Stroke]) -> list[Spec]:
    """Return the layer that draws the strokes, or none."""
    rows: list[dict[str, Any]] = [
        {
            "x": _round(stroke.x),
            "y": _round(stroke.y),
            "x2": _round(stroke.x2),
            "y2": _round(stroke.y2),
            "colour": stroke.colour,
            "width": stroke.width,
            "dash": list(stroke.dash),
        }
        for stroke in strokes
    ]
    mark = {
        "type": "rule",
        "color": per_row("colour"),
        "strokeWidth": per_row("width"),
        "strokeDash": per_row("dash"),
    }
    encoding = {"x": place("x"), "y": place("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return [layer(mark, rows, encoding)] if rows else []


def draw_patches(patches: Iterable[Patch]) -> list[Spec]:
    """Return the layer that fills the rectangles, or none."""
    rows = [
        {
            "x": _round(patch.box.left),
            "y": _round(patch.box.top),
            "x2": _round(patch.box.right),
            "y2": _round(patch.box.bottom),
            "fill": patch.fill,
            "edge": patch.edge or patch.fill,
        }
        for patch in patches
    ]
    mark = {"type": "rect", "fill": per_row("fill"), "stroke": per_row("edge"), "strokeWidth": 1}
    encoding = {"x": place("x"), "y": place("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return [layer(mark, rows, encoding)] if rows else []


def draw_symbols(symbols: Iterable[Symbol]) -> list[Spec]:
    """Return the layer that draws the symbols, or none."""
    rows = [
        {
            "x": _round(symbol.x),
            "y": _round(symbol.y),
            "shape": symbol.shape,
            "fill": symbol.fill,
            "edge": symbol.edge,
            "area": symbol.area,
        }
        for symbol in symbols
    ]
    mark = {
        "type": "point",
        "opacity": 1,
        "shape": per_row("shape"),
        "fill": per_row("fill"),
        "stroke": per_row("edge"),
        "strokeWidth": 1.5,
        "size": per_row("area"),
    }
    return [layer(mark, rows, {"x": place("x"), "y": place("y")})] if rows else []


def hatch_box(box: Box, colour: str, *, spacing: float = HATCH_SPACING) -> list[Stroke]:
    """Return slanted strokes that fill the rectangle: the sign for what is not known."""
    width, height = box.right - box.left, box.bottom - box.top
    strokes = []
    reach = spacing / 2
    while reach < width + height:
        start_x, start_y = max(0.0, reach - height), min(reach, height)
        end_x, end_y = min(reach, width), max(0.0, reach - width)
        strokes.append(Stroke(box.left + start_x, box.top + start_y, box.left + end_x, box.top + end_y, colour, 0.8))
        reach += spacing
    return strokes


def outline_box(box: Box, colour: str) -> list[Stroke]:
    """Return the four sides of a rectangle as thin strokes."""
    return [
        Stroke(box.left, box.top, box.right, box.top, colour, 0.8),
        Stroke(box.left, box.bottom, box.right, box.bottom, colour, 0.8),
        Stroke(box.left, box.top, box.left, box.bottom, colour, 0.8),
        Stroke(box.right, box.top, box.right, box.bottom, colour, 0.8),
    ]


def _round(pixels: float) -> float:
    return round(pixels, 2)
