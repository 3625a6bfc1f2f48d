"""Into which small area does a partner's point fall? Only the area is kept: a point may be somebody's front door."""

from collections.abc import Sequence

import duckdb
import numpy as np
import numpy.typing as npt
import shapely

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UnreadableInputError, WardmoteError
from wardmote.evidence.store.staging import Staging
from wardmote.evidence.store.store import open_store


def place_in_areas(points: Sequence[tuple[float, float]], area_set: AreaSet, staging: Staging) -> list[str]:
    """The code of the area of the set that holds each (longitude, latitude) in WGS84; '' for a point in none.

    Boundaries are those loaded into the store before. A point on a shared edge goes to the first code.
    Raises UnreadableInputError where no boundaries of the set are loaded.
    """
    codes, shapes = _read_boundaries(area_set, staging)
    tree = shapely.STRtree(shapes)
    where = np.array(points, dtype=np.float64).reshape(-1, 2)
    point_index, shape_index = tree.query(shapely.points(where), predicate="intersects")
    found = [""] * len(points)
    for p, s in sorted(zip(point_index.tolist(), shape_index.tolist(), strict=True), reverse=True):
        found[p] = codes[s]
    return found


def _read_boundaries(area_set: AreaSet, staging: Staging) -> tuple[list[str], npt.NDArray[np.object_]]:
    rows = _query(area_set, staging)
    if not rows:
        raise UnreadableInputError(
            f"rows have points, but no boundaries of {area_set} are loaded to place them in",
            expected=f"boundaries of {area_set} in the store",
            to_do="Load them first with 'wardmote load boundaries FILE'",
        )
    return [code for code, _ in rows], shapely.from_wkb([bytes(wkb) for _, wkb in rows])


def _query(area_set: AreaSet, staging: Staging) -> list[tuple[str, bytes]]:
    """A load is prepared in a folder of the store that it will belong to (see `store`)."""
    try:
        snapshot = open_store(staging.folder.parent.parent).snapshot()
        if not snapshot.has("boundaries"):
            return []
        sql = "SELECT area_code, geometry FROM boundaries WHERE area_set = ? ORDER BY area_code"
        return snapshot.connection.execute(sql, [str(area_set)]).fetchall()
    except (WardmoteError, duckdb.Error):
        return []
