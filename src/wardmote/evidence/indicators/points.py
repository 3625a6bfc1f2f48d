"""Rows of a split small area, placed point by point.

Where a small area was split and its parts lie in different wards, its code no longer says which ward a row is in. The
published point does, as far as it goes: points are moved to a snap point nearby, so near an edge the placing is soft.
The row is known to lie in the small area, so it goes to the nearest of its parts, and with the part to the part's ward:
the same rule (best fit of whole small areas) by which every other row is given a ward. Distinct points are placed once,
since thousands of rows share them.
"""

from collections.abc import Iterable, Mapping

import numpy as np
import shapely

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.store.snapshot import Snapshot

Point = tuple[float, float]


def place_points(snapshot: Snapshot, points: Iterable[Point], parts: Mapping[str, str]) -> dict[Point, str]:
    """To which area does each point of one split small area belong?

    `points` are (longitude, latitude) in WGS84; `parts` are the pieces of the small area in the other vintage, each
    with the area that it belongs to ('' for none of those asked). Where boundaries of all pieces are loaded, a point
    goes with the nearest piece. Else it goes to the asked area that holds it, by the areas' own boundaries. A point
    that cannot be placed is left out.
    """
    wanted = sorted(set(points))
    if not wanted:
        return {}
    pieces = read_shapes(snapshot, parts)
    if pieces.keys() == set(parts):
        codes = sorted(pieces)
        nearest = shapely.STRtree([pieces[c] for c in codes]).nearest(shapely.points(np.array(wanted)))
        return {point: parts[codes[int(i)]] for point, i in zip(wanted, nearest, strict=True)}
    return _place_inside(read_shapes(snapshot, {p for p in parts.values() if p}), wanted)


def _place_inside(shapes: dict[str, shapely.Geometry], wanted: list[Point]) -> dict[Point, str]:
    if not shapes:
        return {}
    codes = sorted(shapes)
    tree = shapely.STRtree([shapes[c] for c in codes])
    point_index, shape_index = tree.query(shapely.points(np.array(wanted)), predicate="intersects")
    placed: dict[Point, str] = {}
    for p, s in sorted(zip(point_index.tolist(), shape_index.tolist(), strict=True)):
        placed.setdefault(wanted[p], codes[s])  # a point on a shared edge goes to the first code, always the same
    return placed


def read_shapes(
    snapshot: Snapshot, codes: Iterable[str], area_set: AreaSet | None = None
) -> dict[str, shapely.Geometry]:
    """The boundary of each code, from the asked set where it is loaded and from the nearest year otherwise."""
    if not snapshot.has("boundaries"):
        return {}
    wanted = frozenset(codes)
    return snapshot.recall(("shapes", wanted, area_set), lambda: _read(snapshot, wanted, area_set))


def _read(snapshot: Snapshot, codes: frozenset[str], area_set: AreaSet | None) -> dict[str, shapely.Geometry]:
    sql = "SELECT area_code, area_set, geometry, load_id FROM boundaries WHERE area_code IN (SELECT unnest(?))"
    rows = snapshot.connection.execute(sql, [sorted(codes)]).fetchall()
    year = area_set.year if area_set and area_set.year else 9999
    # The last one counts: the nearest year, and of two files that draw the area in that year the one loaded later.
    rows.sort(key=lambda r: (r[0], -abs((AreaSet.parse(r[1]).year or 0) - year), r[1], r[3]))
    return {code: shapely.from_wkb(bytes(wkb)) for code, _, wkb, _ in rows}
