"""Rows of a split small area, placed point by point.

Where a small area was split and its parts lie in different wards, its code no longer says which ward a row is in. The
published point does, as far as it goes: points are moved to a snap point nearby, so near an edge the placing is soft.
Distinct points are placed once, since thousands of rows share them.
"""

from collections.abc import Iterable

import numpy as np
import shapely

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.store.snapshot import Snapshot


def place_points(
    snapshot: Snapshot, points: Iterable[tuple[float, float]], candidates: Iterable[str], area_set: AreaSet
) -> dict[tuple[float, float], str]:
    """Which of the candidate areas holds each point? Points in none of them are left out.

    `points` are (longitude, latitude) in WGS84. Boundaries of the asked set are used, else any loaded boundary with the
    same code (a code names one shape). Returns an empty mapping when no boundary is loaded.
    """
    shapes = read_shapes(snapshot, candidates, area_set)
    wanted = sorted(set(points))
    if not shapes or not wanted:
        return {}
    codes = sorted(shapes)
    tree = shapely.STRtree([shapes[c] for c in codes])
    where = np.array(wanted)
    point_index, shape_index = tree.query(shapely.points(where), predicate="intersects")
    placed: dict[tuple[float, float], str] = {}
    for p, s in sorted(zip(point_index.tolist(), shape_index.tolist(), strict=True)):
        placed.setdefault(wanted[p], codes[s])  # a point on a shared edge goes to the first code, always the same
    return placed


def read_shapes(
    snapshot: Snapshot, codes: Iterable[str], area_set: AreaSet | None = None
) -> dict[str, shapely.Geometry]:
    """The boundary of each code, from the asked set where it is loaded and from the nearest year otherwise."""
    if not snapshot.has("boundaries"):
        return {}
    sql = "SELECT area_code, area_set, geometry, load_id FROM boundaries WHERE list_contains(?, area_code)"
    rows = snapshot.connection.execute(sql, [sorted(set(codes))]).fetchall()
    year = area_set.year if area_set and area_set.year else 9999
    # The last one counts: the nearest year, and of two files that draw the area in that year the one loaded later.
    rows.sort(key=lambda r: (r[0], -abs((AreaSet.parse(r[1]).year or 0) - year), r[1], r[3]))
    return {code: shapely.from_wkb(bytes(wkb)) for code, _, wkb, _ in rows}
