"""The boundaries of an area's places for a map in a browser: fewer corners, shared borders kept, one for each state."""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.points import read_shapes
from wardmote.evidence.model.areas import AreaSet

#: Corners that stand out by less than the square of so many metres are left out, more where a map would have too many.
FINEST_METRES = 6.0
MOST_CORNERS = 60_000
_METRES_PER_DEGREE = 111_320.0
#: About a metre.
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Outlines:
    """A collection of GeoJSON features, packed by gzip, whose only property is `code`; `lacking` have no boundary."""

    packed: bytes
    bounds: tuple[float, float, float, float] | None
    drawn: tuple[str, ...]
    lacking: tuple[str, ...]


def draw_outlines(evidence: Evidence, codes: Sequence[str], area_set: AreaSet) -> Outlines:
    """Where do these places lie? Made once for each state of the store; longitude and latitude in degrees."""
    wanted = tuple(sorted(set(codes)))
    return evidence.places.recall(("outlines", wanted, area_set), lambda: _draw(evidence, wanted, area_set))


def _draw(evidence: Evidence, codes: tuple[str, ...], area_set: AreaSet) -> Outlines:
    shapes = read_boundaries(evidence, codes, area_set)
    drawn = tuple(sorted(shapes))
    lacking = tuple(code for code in codes if code not in shapes)
    if not drawn:
        return Outlines(_pack([]), None, (), lacking)
    simple = _simplify([shapes[code] for code in drawn])
    west, south, east, north = (float(v) for v in shapely.total_bounds(simple))
    features = [_write_feature(code, shape) for code, shape in zip(drawn, simple, strict=True)]
    return Outlines(_pack(features), (west, south, east, north), drawn, lacking)


def read_boundaries(evidence: Evidence, codes: Sequence[str], area_set: AreaSet) -> dict[str, shapely.Geometry]:
    """The boundaries loaded for these places; a district without one of its own is the sum of its small areas."""
    found = read_shapes(evidence.snapshot, codes, area_set)
    if area_set.kind in ("district", "csp"):
        found |= {code: whole for code in codes if code not in found if (whole := _sum_small(evidence, code))}
    return found


def _sum_small(evidence: Evidence, code: str) -> shapely.Geometry | None:
    members = evidence.places.get_members(code)
    for small in (AreaSet("lsoa", 2021), AreaSet("lsoa", 2011)):
        needed = evidence.places.codes_of_vintage(sorted(members.codes), small)
        shapes = read_shapes(evidence.snapshot, needed, small)
        if needed and shapes.keys() == set(needed):
            return shapely.coverage_union_all(list(shapes.values()))
    return None


def _simplify(shapes: Sequence[shapely.Geometry]) -> NDArray[Any]:
    """Leave out corners too fine to see, alike on both sides of a shared border, so that no gap opens."""
    valid = shapely.make_valid(np.array(shapes, dtype=object), method="structure", keep_collapsed=False)
    _, south, _, north = shapely.total_bounds(valid)
    scale = np.array([cos(radians((south + north) / 2)), 1.0]) * _METRES_PER_DEGREE
    metres = shapely.transform(valid, lambda points: points * scale)
    tolerance = FINEST_METRES
    simple: NDArray[Any] = shapely.coverage_simplify(metres, tolerance)
    while shapely.get_num_coordinates(simple).sum() > MOST_CORNERS and tolerance < 500:
        tolerance *= 1.6
        simple = shapely.coverage_simplify(metres, tolerance)
    found: NDArray[Any] = shapely.transform(simple, lambda points: points / scale)
    return found


def _write_feature(code: str, shape: shapely.Geometry) -> dict[str, Any]:
    parts = [p for p in shapely.get_parts(shapely.orient_polygons(shape)) if p.geom_type == "Polygon"]
    rings = [[_write_ring(ring) for ring in (p.exterior, *p.interiors)] for p in parts]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "MultiPolygon", "coordinates": rings},
    }


def _write_ring(ring: shapely.Geometry) -> list[list[float]]:
    return [[round(x, _DECIMALS), round(y, _DECIMALS)] for x, y in shapely.get_coordinates(ring).tolist()]


def _pack(features: list[dict[str, Any]]) -> bytes:
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=6, mtime=0)
