"""Small areas or wards shaded by value, to be read in grey: with class ranges, counts and names in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.cartography import Boundary, Sheet, lay_on_paper, read_boundary
from wardmote.evidence.reports.charts.classes import Breaks, make_classes
from wardmote.evidence.reports.charts.drawn import DrawnChart
from wardmote.evidence.reports.charts.frame import REPORT, ChartSize, Frame, make_spec
from wardmote.evidence.reports.charts.lettering import Box
from wardmote.evidence.reports.charts.map_area import MapArea, rank_areas
from wardmote.evidence.reports.charts.map_key import KeyRow, draw_key, measure_key, write_key
from wardmote.evidence.reports.charts.map_marks import draw_areas, draw_borders, draw_foot, draw_numbers
from wardmote.evidence.reports.charts.map_words import say_map
from wardmote.evidence.reports.charts.numbers import check_values
from wardmote.evidence.reports.charts.theme import DEFAULT_THEME, ChartTheme

__all__ = ["MapArea", "choropleth"]

KEY_WIDTH = 206.0
#: Narrower sheets have the key below the map.
STACKED_BELOW = 480
MOST_HEIGHT = 470.0
#: Room below the map for the scale bar and the arrow to the north.
FOOT = 30.0


def choropleth(
    areas: Sequence[MapArea],
    *,
    unit: str,
    title: str = "",
    breaks: Breaks = "quantile",
    class_count: int = 5,
    top: int = 5,
    highlights: Sequence[str] = (),
    highlight_label: str = "highlighted",
    outline: Boundary | None = None,
    theme: ChartTheme = DEFAULT_THEME,
    size: ChartSize = REPORT,
) -> DrawnChart:
    """Where is it high, where is it low, and which places are the highest?

    Parameters: `areas` in any order; `breaks` "quantile" (about as many areas in each of `class_count` classes) or
    the rising values that part the classes; `top` so many of the highest are numbered on the map and named beside
    it; `highlights` are codes to draw a heavy line round, `highlight_label` says what they are; `outline` is the
    district's boundary, else the areas' own outer border is drawn.
    Shades keep their order in grey, and every class is written with its range and its number of areas. An area
    without a value is hatched, falling lines for suppressed ones, rising for all else.
    Raises UsageError on no areas, a code given twice, a boundary that is no polygon in longitude and latitude, a
    value that is not finite, or a highlight that is not drawn.
    """
    check_values("map", [area.value for area in areas])
    _check_codes(areas, highlights)
    placed = [area for area in areas if area.geometry is not None]
    values = [area.value for area in areas if area.value is not None]
    classes = make_classes(values, breaks=breaks, class_count=class_count) if values else None
    ranked = rank_areas(areas)
    stacked = size.width < STACKED_BELOW
    key_width = size.width - 8.0 if stacked else KEY_WIDTH
    sheet = _lay_out_map(placed, outline, size.width - 8.0 if stacked else size.width - KEY_WIDTH - 24)
    key = write_key(
        areas,
        classes,
        ranked=ranked,
        top=top,
        highlight=highlight_label if highlights else "",
        width=key_width,
        theme=theme,
        size=size,
    )
    plan = _plan_sheet(sheet, key, stacked=stacked, size=size)
    layers = [
        *draw_areas(placed, sheet, classes, theme),
        *draw_borders(placed, sheet, highlights, theme),
        *draw_numbers(placed, sheet, ranked[:top], theme=theme, size=size),
        *draw_foot(sheet, theme=theme, size=size),
        *draw_key(key, plan.key, theme=theme, size=size),
    ]
    words = say_map(areas, title=title, unit=unit, top=top, highlights=highlights, highlight_label=highlight_label)
    return DrawnChart(make_spec(plan.frame, layers, unit=unit, theme=theme, size=size), words)


def _check_codes(areas: Sequence[MapArea], highlights: Sequence[str]) -> None:
    codes = Counter(area.code for area in areas)
    twice = [code for code, times in codes.items() if times > 1]
    unknown = [code for code in highlights if code not in codes]
    for wrong, what in ((twice, "given twice"), (unknown, "highlighted but not drawn")):
        if wrong:
            raise UsageError(
                f"Areas {what}: {', '.join(wrong[:5])}{' and others' if len(wrong) > 5 else ''}",
                where="map",
                expected="each area once, and highlights among them",
                to_do="Use one set of boundaries, of one year",
            )
    if all(area.geometry is None for area in areas):
        raise UsageError(
            "No area has a boundary", where="map", expected="at least one boundary", to_do="Load the boundaries"
        )


def _lay_out_map(placed: Sequence[MapArea], outline: Boundary | None, width: float) -> Sheet:
    shapes = [read_boundary(area.geometry, code=area.code) for area in placed if area.geometry is not None]
    border = read_boundary(outline, code="the outline") if outline is not None else None
    return lay_on_paper(shapes, outline=border, width=width, most_height=MOST_HEIGHT)


@dataclass(frozen=True, slots=True)
class _Plan:
    frame: Frame
    key: Box


def _plan_sheet(sheet: Sheet, key: Sequence[KeyRow], *, stacked: bool, size: ChartSize) -> _Plan:
    """The plot is the map; its unit stands above, its key to the right or, on a phone, below."""
    top = size.note * 1.2 + 12
    height, needed = sheet.height + FOOT, measure_key(key, size)
    if stacked:
        frame = Frame(size.width, top + height + 10 + needed, 4, 4, top, FOOT + 10 + needed)
        return _Plan(frame, Box(0, height + 10, sheet.width, height + 10 + needed))
    tall = max(height, needed + 4)
    frame = Frame(size.width, top + tall, 4, size.width - 4 - sheet.width, top, tall - sheet.height)
    left = sheet.width + 16
    return _Plan(frame, Box(left, 0, size.width - 8, needed))
