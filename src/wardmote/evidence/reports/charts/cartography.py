"""From boundaries on the globe to shapes on paper: projected, fitted and simplified with their shared borders kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.drawing import Stroke
from wardmote.evidence.reports.charts.theme import Spec

type Boundary = bytes | BaseGeometry

#: Corners that stand out by less than the square of this many pixels are left out.
FINEST_PX = 0.6
#: A corner takes about 14 bytes of a specification; this many keep a map below 250 kB.
MOST_CORNERS = 14_000
#: Half the width of a gap between neighbours that is no border.
SLIVER_PX = 0.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A map laid on paper: shapes in pixels (y downwards), its size in pixels and its scale in metres per pixel."""

    shapes: tuple[BaseGeometry, ...]
    outline: BaseGeometry
    width: float
    height: float
    metres_per_pixel: float


def read_boundary(boundary: Boundary, *, code: str) -> BaseGeometry:
    """Return the boundary as a valid shape of one or more polygons.

    Raises UsageError on bytes that are no well-known binary, on anything but polygons, and on coordinates that are
    not longitude and latitude.
    """
    shape = _read_shape(boundary, code)
    if shape.is_empty or shape.geom_type not in ("Polygon", "MultiPolygon"):
        raise UsageError(
            f"The boundary of {code} is {'empty' if shape.is_empty else shape.geom_type}",
            where="map",
            expected="a polygon or several",
            to_do="Give None for an area whose boundary is not held",
        )
    west, south, east, north = shape.bounds
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise UsageError(
            f"The boundary of {code} reaches {west:.0f}, {south:.0f} to {east:.0f}, {north:.0f}",
            where="map",
            expected="longitude and latitude in degrees (WGS84)",
            to_do="Load the boundaries through wardmote, which converts grid references",
        )
    return shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)


def _read_shape(boundary: Boundary, code: str) -> BaseGeometry:
    if isinstance(boundary, BaseGeometry):
        return boundary
    try:
        shape: BaseGeometry = shapely.from_wkb(boundary)
    except shapely.errors.ShapelyError as fault:
        raise UsageError(f"The boundary of {code} cannot be read", where="map", expected="WKB") from fault
    return shape


def lay_on_paper(
    shapes: Sequence[BaseGeometry], *, outline: BaseGeometry | None, width: float, most_height: float
) -> Sheet:
    """Where does each area lie on a map `width` pixels wide and at most `most_height` high?

    Projected to metres round the map's own middle (transverse Mercator), so that no part of a district is stretched
    by a thousandth. Borders that two areas share stay shared. Without an `outline` the areas' own outer border is it.
    """
    metres = _project([*shapes, *([outline] if outline is not None else [])])
    west, south, east, north = shapely.total_bounds(metres)
    scale = max((east - west) / width, (north - south) / most_height) or 1.0
    margin = (width - (east - west) / scale) / 2

    def to_pixels(points: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack([(points[:, 0] - west) / scale + margin, (north - points[:, 1]) / scale])

    pixels = shapely.transform(metres, to_pixels)
    areas = simplify_together(pixels[: len(shapes)])
    border = simplify_together(pixels[len(shapes) :])[0] if outline is not None else _join(areas)
    return Sheet(tuple(areas), border, width, (north - south) / scale, scale)


def _project(shapes: Sequence[BaseGeometry]) -> NDArray[Any]:
    from pyproj import Transformer

    west, south, east, north = shapely.total_bounds(shapes)
    middle = f"+proj=tmerc +lon_0={(west + east) / 2} +lat_0={(south + north) / 2} +ellps=WGS84 +units=m"
    to_metres = Transformer.from_crs("OGC:CRS84", middle, always_xy=True)
    moved: NDArray[Any] = shapely.transform(
        np.array(shapes, dtype=object), lambda points: np.column_stack(to_metres.transform(points[:, 0], points[:, 1]))
    )
    return moved


def simplify_together(shapes: Sequence[BaseGeometry] | NDArray[Any]) -> NDArray[Any]:
    """Leave out corners too fine to see, alike on both sides of a shared border, so that no gap opens."""
    tolerance = FINEST_PX
    simple: NDArray[Any] = shapely.coverage_simplify(np.array(shapes, dtype=object), tolerance)
    while shapely.get_num_coordinates(simple).sum() > MOST_CORNERS and tolerance < 16:
        tolerance *= 1.5
        simple = shapely.coverage_simplify(simple, tolerance)
    return simple


def _join(areas: NDArray[Any]) -> BaseGeometry:
    """Return the areas as one, without the slivers that publishers leave where two sets of boundaries meet."""
    whole = shapely.union_all(areas, grid_size=0.05)
    closed: BaseGeometry = whole.buffer(SLIVER_PX, join_style="mitre").buffer(-SLIVER_PX, join_style="mitre")
    return whole if closed.is_empty else closed


def write_shape(shape: BaseGeometry, **properties: Any) -> Spec:
    """Return a shape in pixels as a feature for the renderer, to a tenth of a pixel."""
    wound = shapely.orient_polygons(shape)
    rings = [
        [_write_ring(ring) for ring in (part.exterior, *part.interiors)]
        for part in shapely.get_parts(wound)
        if part.geom_type == "Polygon"
    ]
    return {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": rings}, **properties}


def _write_ring(ring: BaseGeometry) -> list[list[float]]:
    return [[round(x, 1), round(y, 1)] for x, y in shapely.get_coordinates(ring).tolist()]


def hatch_shape(shape: BaseGeometry, colour: str, *, spacing: float = 5.0, rising: bool = True) -> list[Stroke]:
    """Return slanted strokes that fill the shape; `rising` to the right, or falling to tell a second reason apart."""
    left, top, right, bottom = shape.bounds
    slope = -1 if rising else 1
    starts = np.arange(left - (bottom - top), right + spacing, spacing)
    # Lines start at fixed multiples, so that the hatching runs on from one area to its neighbour.
    starts = np.floor(starts / spacing) * spacing + (bottom * -slope if rising else top * -slope) % spacing
    height = bottom - top
    first, last = (bottom, top) if rising else (top, bottom)
    lines = shapely.linestrings([[(x, first), (x + height, last)] for x in starts])
    inside = shapely.get_parts(shapely.intersection(lines, shape))
    return [_draw_line(part, colour) for part in inside if part.geom_type == "LineString" and part.length > 0.5]


def _draw_line(line: BaseGeometry, colour: str) -> Stroke:
    (x, y), (x2, y2) = shapely.get_coordinates(line)[[0, -1]].tolist()
    return Stroke(x, y, x2, y2, colour, 0.8)


def find_middle(shape: BaseGeometry) -> tuple[float, float]:
    """Return the point of the shape that is furthest from its border, where a mark is sure to be inside."""
    line = shapely.maximum_inscribed_circle(shape, tolerance=0.5)
    x, y = shapely.get_coordinates(line)[0].tolist()
    return x, y


def choose_scale_bar(metres_per_pixel: float, most_pixels: float) -> tuple[str, float]:
    """Return the words and the length in pixels of the longest round distance that has room.

    >>> choose_scale_bar(50, 120)
    ('5 km', 100.0)
    >>> choose_scale_bar(2.5, 120)
    ('200 m', 80.0)
    """
    room = max(metres_per_pixel * most_pixels, 1e-9)
    power = 10.0 ** np.floor(np.log10(room))
    metres = float(max(part * power for part in (1, 2, 5) if part * power <= room))
    words = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    return words, metres / metres_per_pixel
