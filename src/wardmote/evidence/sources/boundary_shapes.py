"""From whatever shapes a file holds to valid areas in WGS84.

The British National Grid (EPSG:27700) stands on another ellipsoid than WGS84. The exact way between them is a grid of
corrections (OSTN15) that is not carried here; without it the shift of seven parameters is used, which is right to about
two metres everywhere in Great Britain. That is finer than the generalised boundaries and than the police's snap points.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from wardmote.evidence.model.errors import UnreadableInputError

WGS84 = "EPSG:4326"
#: Longitude and latitude within which shapes are believed: the United Kingdom and the seas around it.
_WEST, _SOUTH, _EAST, _NORTH = -11.0, 49.0, 4.0, 61.5
_Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Reprojection:
    """How to bring a file's coordinates to WGS84. `name` and `accuracy_m` are for the message; None is unknown."""

    turn: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]] | None
    name: str = ""
    accuracy_m: float | None = None


def plan_reprojection(crs: str | None, *, where: str) -> Reprojection:
    """How do coordinates of this system become longitude and latitude in WGS84?

    `crs` is anything that names a system (EPSG:27700, WKT). Raises UnreadableInputError for a system that is not known.
    """
    try:
        found = CRS.from_user_input(crs)
        if found.equals(CRS.from_user_input(WGS84), ignore_axis_order=True):
            return Reprojection(None)
        transformer = Transformer.from_crs(found, WGS84, always_xy=True)
    except (CRSError, ProjError) as error:
        raise UnreadableInputError(
            f"the coordinate system '{crs}' is not known",
            where=where,
            expected="the name of a system, such as EPSG:27700 for the British National Grid or EPSG:4326 for WGS84",
        ) from error

    def turn(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        x, y = transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack([x, y])

    # The transformer chooses its operation point by point; asking it of the middle of the country names the accuracy.
    transformer.transform(*_find_middle(found))
    accuracy = transformer.get_last_used_operation().accuracy
    return Reprojection(turn, found.name, accuracy if accuracy is not None and accuracy >= 0 else None)


def _find_middle(crs: CRS) -> tuple[float, float]:
    back = Transformer.from_crs(WGS84, crs, always_xy=True)
    x, y = back.transform(-1.5, 52.5)
    return float(x), float(y)


def parse_shapes(wkb: npt.NDArray[np.object_], plan: Reprojection) -> _Shapes:
    """The geometries in WGS84, flat, open rings closed; None where there is none or it cannot be read."""
    shapes: _Shapes = shapely.force_2d(shapely.from_wkb(wkb, on_invalid="fix"))
    return shapely.transform(shapes, plan.turn) if plan.turn else shapes


def find_shape_fault(shape: Any) -> str:
    """Why a geometry cannot be an area, or ''. Looked at before repair, in WGS84."""
    if shape is None or shape.is_empty:
        return "the area has no shape"
    if shapely.get_dimensions(shape) < 2:
        return "the shape is a point or a line, not an area"
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "the shape has coordinates that are no numbers"
    west, south, east, north = shape.bounds
    if west < _WEST or south < _SOUTH or east > _EAST or north > _NORTH:
        return f"the shape lies far outside Great Britain: {_explain_place((west, south, east, north))}"
    return ""


def _explain_place(bounds: tuple[float, float, float, float]) -> str:
    west, south, east, north = bounds
    if abs(west) > 180 or abs(east) > 180 or abs(south) > 90 or abs(north) > 90:
        grid = west >= 0 and east < 700_000 and south >= 0 and north < 1_300_000
        likely = "they look like the British National Grid (EPSG:27700)" if grid else "they look like metres on a map"
        return f"its coordinates are said to be degrees but are not; {likely}"
    if south >= _WEST and north <= _EAST and west >= _SOUTH and east <= _NORTH:
        return "longitude and latitude look exchanged"
    return "the coordinate system is likely another than the file says"


def repair_shape(shape: Any) -> Any | None:
    """The shape as a valid polygon or multipolygon, or None where repair leaves no area.

    The structure method keeps what the rings enclose and drops threads without width; the other method of the library
    keeps those as lines and fails on some real boundaries.
    """
    whole = shape if shape.is_valid else shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if whole.geom_type not in ("Polygon", "MultiPolygon"):
        areas = [p for p in shapely.get_parts(whole) if p.geom_type in ("Polygon", "MultiPolygon")]
        whole = shapely.union_all(areas)
    return None if whole.is_empty else whole
