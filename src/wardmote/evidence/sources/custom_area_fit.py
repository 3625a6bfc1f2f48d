"""Which small areas make up a drawn area, and which vintage a list of small areas is of."""

import gzip
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import WardmoteError
from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.store.snapshot import Snapshot
from wardmote.evidence.store.staging import Staging
from wardmote.evidence.store.store import open_store

#: England's small areas that were new in 2021 have numbers from here on; those new in 2011 end below it.
_FIRST_NEW_2021 = 33_769
_LINK_COLUMNS = ("parent_code", "parent_name", "child_code")
_CODE_PROPERTY = re.compile(r"(.*[_ ])?(code|id|ref|beat|name)|\w*(cd|nm|code|name)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fit:
    """A small area in an area, and what share of the small area's surface lies in it (0 to 1)."""

    small: str
    code: str
    name: str
    share: float


def fit_small_areas(shapes: pa.Table, vintage: AreaSet, staging: Staging) -> list[Fit]:
    """The small areas more than half of whose surface lies in a shape, each in the shape that holds most of it.

    `shapes` are rows of the `boundaries` table. Small areas without a loaded boundary cannot be fitted.
    """
    codes, small = _read_small_areas(vintage, staging)
    if not codes:
        return []
    areas = shapely.from_wkb(shapes["geometry"].to_pylist())
    pairs = shapely.STRtree(small).query(areas, predicate="intersects")
    # Shares are of one small area, over which a degree of longitude is one length: no projection is needed.
    shares = shapely.area(shapely.intersection(areas[pairs[0]], small[pairs[1]])) / shapely.area(small[pairs[1]])
    best: dict[int, tuple[float, int]] = {}
    for area, child, share in zip(*pairs.tolist(), shares.tolist(), strict=True):
        if share > max(0.5, best.get(child, (0.0, 0))[0]):
            best[child] = (share, area)
    names = list(zip(shapes["area_code"].to_pylist(), shapes["area_name"].to_pylist(), strict=True))
    return [Fit(codes[child], *names[area], share) for child, (share, area) in sorted(best.items())]


def _read_small_areas(vintage: AreaSet, staging: Staging) -> tuple[list[str], npt.NDArray[np.object_]]:
    snapshot = _open_snapshot(staging)
    if snapshot is None or not snapshot.has("boundaries"):
        return [], np.array([], dtype=object)
    sql = "SELECT area_code, geometry FROM boundaries WHERE area_set = ? ORDER BY area_code"
    rows = snapshot.connection.execute(sql, [str(vintage)]).fetchall()
    return [code for code, _ in rows], shapely.from_wkb([bytes(wkb) for _, wkb in rows])


def _open_snapshot(staging: Staging) -> Snapshot | None:
    """What is in the store that this load is prepared for, or None for a staging folder that is in none."""
    try:
        return open_store(staging.folder.parent.parent).snapshot()
    except WardmoteError:
        return None


def unite_small_areas(links: pa.Table, area_set: AreaSet, staging: Staging) -> pa.Table:
    """The shapes of areas that were given as lists, as rows of the `boundaries` table.

    `links` are rows of `area_links`. Only areas all of whose small areas have a loaded boundary get a shape: part of an
    area would look like the whole.
    """
    rows: list[dict[str, object]] = []
    for vintage in links["child_set"].unique().to_pylist():
        mine = links.filter(pc.equal(links["child_set"], vintage))
        codes, small = _read_small_areas(AreaSet.parse(vintage), staging)
        shape_of = dict(zip(codes, small, strict=True))
        members: dict[tuple[str, str], list[str]] = {}
        for parent, name, child in zip(*(mine[c].to_pylist() for c in _LINK_COLUMNS), strict=True):
            members.setdefault((parent, name), []).append(child)
        rows += [
            {"area_set": str(area_set), "scope": code, "area_code": code, "area_name": name,
             "geometry": shapely.to_wkb(shapely.union_all([shape_of[c] for c in children]))}
            for (code, name), children in sorted(members.items()) if all(c in shape_of for c in children)
        ]  # fmt: skip
    return pa.Table.from_pylist(rows, TABLES["boundaries"])


def choose_vintage(codes: Collection[str], *, said: str, heading: int | None, staging: Staging) -> AreaSet | None:
    """Of which census are these small areas? As the user or the heading says, else as the codes themselves tell.

    A code that was new in 2021 decides; otherwise the loaded look-up does. Codes that did not change are in both, and
    count as those of 2021.
    """
    if said:
        return AreaSet.parse(said)
    if heading:
        return AreaSet("lsoa", heading)
    if any(code.startswith("E01") and int(code[3:]) >= _FIRST_NEW_2021 for code in codes):
        return AreaSet("lsoa", 2021)
    known = _read_known(staging)
    return next((s for s in (AreaSet("lsoa", 2021), AreaSet("lsoa", 2011)) if set(codes) <= known[s]), None)


def _read_known(staging: Staging) -> dict[AreaSet, set[str]]:
    known: dict[AreaSet, set[str]] = {AreaSet("lsoa", 2011): set(), AreaSet("lsoa", 2021): set()}
    snapshot = _open_snapshot(staging)
    if snapshot is None or not snapshot.has("area_links"):
        return known
    for area_set, found in known.items():
        for side in ("child", "parent"):
            sql = f"SELECT DISTINCT {side}_code FROM area_links WHERE {side}_set = ?"
            found |= {c for (c,) in snapshot.connection.execute(sql, [str(area_set)]).fetchall()}
    return known


def guess_code_property(paths: Sequence[Path]) -> str:
    """The property of a GeoJSON's shapes that is their code, failing that their name; '' where none is plain."""
    for path in (p for p in paths if p.name.lower().endswith((".geojson", ".json", ".geojson.gz", ".json.gz"))):
        try:
            content = path.read_bytes()
            body = json.loads(gzip.decompress(content) if path.suffix.lower() == ".gz" else content)
            keys = list(body["features"][0]["properties"])
        except (OSError, ValueError, KeyError, IndexError, TypeError, RecursionError):
            continue
        fitting = [k for k in keys if _CODE_PROPERTY.fullmatch(k)]
        return min(fitting, key=lambda k: bool(re.search("name|nm", k, re.IGNORECASE)), default="")
    return ""
