"""What is drawn on the map itself: shades, hatching, borders, numbered places, scale bar and north."""

from collections.abc import Sequence
from math import pi

from shapely import Point
from shapely.geometry.base import BaseGeometry

from wardmote.evidence.reports.charts.cartography import (
    Sheet,
    choose_scale_bar,
    find_middle,
    hatch_shape,
    write_shape,
)
from wardmote.evidence.reports.charts.classes import ValueClasses
from wardmote.evidence.reports.charts.colours import mix_colours
from wardmote.evidence.reports.charts.drawing import (
    Stroke,
    Symbol,
    draw_labels,
    draw_strokes,
    draw_symbols,
    per_row,
)
from wardmote.evidence.reports.charts.frame import ChartSize
from wardmote.evidence.reports.charts.lettering import Box, Label, keep_clear
from wardmote.evidence.reports.charts.map_area import MapArea
from wardmote.evidence.reports.charts.map_key import find_hatching
from wardmote.evidence.reports.charts.theme import PAPER, ChartTheme, Spec

#: The discs that carry numbers, in pixels; and how far from its place a disc may stand if the place is small.
DISC_RADIUS = 8.0
STEPS_AWAY = (0, 20, 28, 38, 50, 64, 82, 100)
#: Between the words of two discs, so that the discs themselves stay apart.
DISC_GAP = 9.0
COMPASS = ((0, -1), (1, 0), (0, 1), (-1, 0), (0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (-0.7, -0.7))


def draw_areas(areas: Sequence[MapArea], sheet: Sheet, classes: ValueClasses | None, theme: ChartTheme) -> list[Spec]:
    """Shade each area by its class and hatch those that have no value."""
    shades = theme.ramp(len(classes.counts)) if classes else ()
    pairs = list(zip(areas, sheet.shapes, strict=True))
    rows = []
    hatching: list[Stroke] = []
    for area, shape in pairs:
        known = classes is not None and area.value is not None
        fill = shades[classes.find_class(area.value)] if classes and area.value is not None else PAPER
        rows.append(write_shape(shape, code=area.code, name=area.title, value=area.value, fill=fill))
        if not known:
            hatching += hatch_shape(shape, theme.muted, rising=find_hatching(area) == "rising")
    # A thin line of grey parts even the palest shades, on screen and on paper.
    border = mix_colours(theme.muted, PAPER, 0.35)
    mark = {"type": "geoshape", "fill": per_row("fill"), "stroke": border, "strokeWidth": 0.5, "strokeJoin": "round"}
    return [_layer_shapes(mark, rows), *draw_strokes(hatching)]


def draw_borders(areas: Sequence[MapArea], sheet: Sheet, highlights: Sequence[str], theme: ChartTheme) -> list[Spec]:
    """The district's border, and a heavy line with paper on both sides of it round each highlighted area."""
    chosen = set(highlights)
    heavy = [write_shape(shape) for area, shape in zip(areas, sheet.shapes, strict=True) if area.code in chosen]
    layers = [_layer_shapes(_line(theme.ink, 1.0), [write_shape(sheet.outline)])]
    if heavy:
        layers += [_layer_shapes(_line(PAPER, 5), heavy), _layer_shapes(_line(theme.ink, 2.4), heavy)]
    return layers


def _line(colour: str, width: float) -> Spec:
    return {"type": "geoshape", "fill": None, "stroke": colour, "strokeWidth": width, "strokeJoin": "round"}


def _layer_shapes(mark: Spec, rows: Sequence[Spec]) -> Spec:
    """Return a layer of shapes that are in pixels already: nothing is left for the renderer to project or fit."""
    unmoved = {"type": "identity", "scale": 1, "translate": [0, 0]}
    return {"data": {"values": list(rows)}, "mark": mark, "projection": unmoved}


def draw_numbers(
    areas: Sequence[MapArea],
    sheet: Sheet,
    ranked: Sequence[tuple[MapArea, float]],
    *,
    theme: ChartTheme,
    size: ChartSize,
) -> list[Spec]:
    """Number the highest places: inside where there is room, else beside with a line that leads to the place."""
    shapes = {area.code: shape for area, shape in zip(areas, sheet.shapes, strict=True)}
    numbered = [
        (str(place), *find_middle(shapes[area.code]), _has_room(shapes[area.code]))
        for place, (area, _) in enumerate(ranked, start=1)
        if area.code in shapes
    ]
    within = Box(5, 3, sheet.width - 5, sheet.height - 3)
    dots = [Box(x - 3, y - 3, x + 3, y + 3) for _, x, y, roomy in numbered if not roomy]
    candidates = [_disc_places(number, x, y, roomy=roomy, size=size) for number, x, y, roomy in numbered]
    discs = {label.lines[0]: label for label in keep_clear(candidates, taken=dots, within=within, gap=DISC_GAP)}
    return [
        *draw_strokes(_lead_to_places(numbered, discs, theme)),
        *draw_symbols(
            [
                *(Symbol(x, y, "circle", PAPER, theme.ink, 22) for number, x, y, _ in numbered if number in discs),
                *(
                    Symbol(label.x, label.y, "circle", PAPER, theme.ink, pi * DISC_RADIUS**2)
                    for label in discs.values()
                ),
            ]
        ),
        *draw_labels(discs.values()),
    ]


def _has_room(shape: BaseGeometry) -> bool:
    """Does a disc lie inside the area with some of the area's shade to be seen round it?"""
    x, y = find_middle(shape)
    return bool(shape.boundary.distance(Point(x, y)) > DISC_RADIUS + 4)


def _disc_places(number: str, x: float, y: float, *, roomy: bool, size: ChartSize) -> list[Label]:
    steps = STEPS_AWAY if roomy else STEPS_AWAY[1:]
    spots = [(x + step * dx, y + step * dy) for step in steps for dx, dy in (COMPASS if step else COMPASS[:1])]
    return [Label(left, top, number, size.note, "center", bold=True) for left, top in spots]


def _lead_to_places(
    numbered: Sequence[tuple[str, float, float, bool]], discs: dict[str, Label], theme: ChartTheme
) -> list[Stroke]:
    strokes = []
    for number, x, y, _ in numbered:
        disc = discs.get(number)
        if disc is not None and (disc.x, disc.y) != (x, y):
            strokes += [Stroke(disc.x, disc.y, x, y, PAPER, 3.5), Stroke(disc.x, disc.y, x, y, theme.ink, 1.3)]
    return strokes


def draw_foot(sheet: Sheet, *, theme: ChartTheme, size: ChartSize) -> list[Spec]:
    """Below the map: a bar of a round length, and that north is up."""
    words, length = choose_scale_bar(sheet.metres_per_pixel, min(120.0, sheet.width / 3))
    y, ink = sheet.height + 18, theme.ink
    bar = [Stroke(0, y, length, y, ink, 1.5), *(Stroke(x, y - 4, x, y + 4, ink, 1.5) for x in (0.0, length))]
    labels = [
        Label(length + 8, y, words, size.note, colour=ink),
        Label(sheet.width - 2, y, "North is up", size.note, "right", colour=ink),
    ]
    arrow = labels[1].box.left - 9
    needle = Stroke(arrow, y + 7, arrow, y - 5, ink, 1.3)
    head = Symbol(arrow, y - 5, "triangle-up", ink, ink, 30)
    return [*draw_strokes([*bar, needle]), *draw_symbols([head]), *draw_labels(labels)]
