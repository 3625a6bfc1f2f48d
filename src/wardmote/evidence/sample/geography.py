"""Which small areas, wards and districts does the fictional partnership have, in the old and in the new vintage?

The small areas of the newer vintage are the atoms: every older small area, ward and district is a union of them.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from wardmote.evidence.sample.outline import (
    Labels,
    Points,
    Shapes,
    draw_cells,
    draw_outline,
    group_points,
    lay_down,
    relax_centres,
    scatter_points,
    split_cell,
)
from wardmote.evidence.sample.places import DISTRICTS, code_small_area, code_ward, name_wards


@dataclass(frozen=True)
class AreaSet:
    """Areas of one kind and vintage: codes, names, the district each lies in, and shapes in WGS84."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    district: Labels
    shapes: Shapes


@dataclass(frozen=True)
class Geography:
    """The whole invented country. `parent` and `ward_new` are by new small area, `ward_old` by old small area."""

    small_old: AreaSet
    small_new: AreaSet
    wards_old: AreaSet
    wards_new: AreaSet
    districts: AreaSet
    parent: Labels
    ward_old: Labels
    ward_new: Labels
    centrality: Points
    snap_points: Points


SNAP_POINTS_PER_AREA = 14


def draw_geography(rng: np.random.Generator) -> Geography:
    """Return the country that this generator draws."""
    land = draw_outline(rng)
    plane, district, towns = _draw_small_areas(rng, land)
    plane, district = _order_small_areas(plane, district)
    plane_new, parent = _split_some(rng, plane, district)
    district_new = district[parent]
    ward_old = _group_into_wards(rng, plane, district, sizes=[d.wards_old for d in DISTRICTS])
    ward_new = _draw_new_wards(rng, plane_new, district_new, old=ward_old[parent])
    shapes_new = lay_down(plane_new)
    shapes_old = _unite(shapes_new, parent)
    return Geography(
        small_old=AreaSet(*_name_small_areas(district), district, shapes_old),
        small_new=AreaSet(*_name_new_small_areas(district, parent), district_new, shapes_new),
        wards_old=_build_wards(shapes_old, ward_old, district, new=False),
        wards_new=_build_wards(shapes_new, ward_new, district_new, new=True),
        districts=_build_districts(shapes_new, district_new),
        parent=parent,
        ward_old=ward_old,
        ward_new=ward_new,
        centrality=_measure_centrality(plane_new, towns[district_new]),
        snap_points=_scatter_snap_points(rng, shapes_new),
    )


def _draw_small_areas(rng: np.random.Generator, land: shapely.Polygon) -> tuple[Shapes, Labels, Points]:
    sizes = [d.cells for d in DISTRICTS]
    anywhere = scatter_points(rng, land, towns=np.zeros((1, 2)), shares=np.ones(1), count=4000)
    towns = relax_centres(anywhere, anywhere[: len(DISTRICTS)])
    towns = towns[np.argsort(np.hypot(towns[:, 0] - 1.0, towns[:, 1]), kind="stable")]
    shares = np.array(sizes) / sum(sizes)
    crowd = scatter_points(rng, land, towns=towns, shares=shares, count=40000)
    centres = relax_centres(crowd, crowd[: sum(sizes)])
    return draw_cells(rng, land, centres), group_points(centres, towns, sizes), towns


def _order_small_areas(shapes: Shapes, district: Labels) -> tuple[Shapes, Labels]:
    """Order by district, then from north to south, as the publisher numbers its areas."""
    north = shapely.get_coordinates(shapely.centroid(shapes))[:, 1]
    order = np.lexsort((-north, district))
    return shapes[order], district[order]


def _split_some(rng: np.random.Generator, shapes: Shapes, district: Labels) -> tuple[Shapes, Labels]:
    chosen: set[int] = set()
    for index, place in enumerate(DISTRICTS):
        mine = np.flatnonzero(district == index)
        chosen.update(rng.choice(mine, place.split_cells, replace=False).tolist())
    pieces = [(part, cell) for cell, shape in enumerate(shapes) for part in _cut(shape, cell in chosen)]
    return np.array([part for part, _ in pieces], dtype=object), np.array([cell for _, cell in pieces])


def _cut(shape: shapely.Polygon, wanted: bool) -> tuple[shapely.Polygon, ...]:
    return split_cell(shape) if wanted else (shape,)


def _group_into_wards(rng: np.random.Generator, shapes: Shapes, district: Labels, *, sizes: list[int]) -> Labels:
    """Return for each small area its ward, wards being numbered through all districts in their order."""
    ward = np.zeros(len(shapes), dtype=np.int64)
    start = 0
    for index, count in enumerate(sizes):
        mine = np.flatnonzero(district == index)
        middle = shapely.get_coordinates(shapely.centroid(shapes[mine]))
        centres = relax_centres(middle, middle[np.sort(rng.choice(len(mine), count, replace=False))])
        shares = [len(mine) // count + (k < len(mine) % count) for k in range(count)]
        ward[mine] = start + group_points(middle, centres, shares)
        start += count
    return ward


def _draw_new_wards(rng: np.random.Generator, shapes: Shapes, district: Labels, *, old: Labels) -> Labels:
    """Redraw the main district's wards; the others keep theirs, numbered on."""
    main = district == 0
    fresh = _group_into_wards(rng, shapes[main], district[main], sizes=[DISTRICTS[0].wards_new])
    ward = old - DISTRICTS[0].wards_old + DISTRICTS[0].wards_new
    ward[main] = fresh
    return ward


def _unite(shapes: Shapes, group: Labels) -> Shapes:
    return np.array([shapely.coverage_union_all(shapes[group == g]) for g in range(group.max() + 1)], dtype=object)


def _name_small_areas(district: Labels) -> tuple[tuple[str, ...], tuple[str, ...]]:
    codes = tuple(code_small_area(number + 1) for number in range(len(district)))
    place = np.concatenate([np.arange(d.cells) for d in DISTRICTS])
    names = tuple(f"{DISTRICTS[d].name} {p // 5 + 1:03d}{'ABCDE'[p % 5]}" for d, p in zip(district, place, strict=True))
    return codes, names


def _name_new_small_areas(district: Labels, parent: Labels) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give split areas new codes and new letters (F on); the others keep code and name."""
    codes, names = (list(column) for column in _name_small_areas(district))
    halves = np.bincount(parent)[parent] == 2
    fresh, letters = 0, dict.fromkeys((name[:-1] for name in names), 0)
    new_codes, new_names = [], []
    for half, cell in zip(halves, parent, strict=True):
        stem = names[cell][:-1]
        fresh, letters[stem] = fresh + int(half), letters[stem] + int(half)
        new_codes.append(code_small_area(fresh, split=True) if half else codes[cell])
        new_names.append(stem + "FGHIJKLMNO"[letters[stem] - 1] if half else names[cell])
    return tuple(new_codes), tuple(new_names)


def _build_wards(shapes: Shapes, ward: Labels, district: Labels, *, new: bool) -> AreaSet:
    """Name the wards; outside the main district both sets are the same, in codes and names too."""
    main_count = DISTRICTS[0].wards_new if new else DISTRICTS[0].wards_old
    main_names = name_wards(main_count, start=20 if new else 0)
    others = len(set(ward.tolist())) - main_count
    codes = [code_ward(n + 1, new=new) for n in range(main_count)] + [code_ward(n + 101) for n in range(others)]
    owner = np.array([district[np.argmax(ward == w)] for w in range(main_count + others)])
    return AreaSet(tuple(codes), main_names + name_wards(others, start=45), owner, _unite(shapes, ward))


def _build_districts(shapes: Shapes, district: Labels) -> AreaSet:
    codes, names = tuple(d.code for d in DISTRICTS), tuple(d.name for d in DISTRICTS)
    return AreaSet(codes, names, np.arange(len(DISTRICTS)), _unite(shapes, district))


def _measure_centrality(shapes: Shapes, town: Points) -> Points:
    """Return 1 in the middle of an area's town, falling to 0 in the country."""
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    distance = np.hypot(*(middle - town).T)
    centrality: Points = np.exp(-((distance / 2.5) ** 2))
    return centrality


def _scatter_snap_points(rng: np.random.Generator, shapes: Shapes) -> Points:
    """Return areas by points by two: the anonymised points to which the publisher moves every record."""
    points = np.empty((len(shapes), SNAP_POINTS_PER_AREA, 2))
    for index, shape in enumerate(shapes):
        west, south, east, north = shape.bounds
        inside = np.empty((0, 2))
        while len(inside) < SNAP_POINTS_PER_AREA:
            tries = np.round(rng.uniform((west, south), (east, north), (80, 2)), 6)
            inside = np.vstack([inside, tries[shapely.contains_xy(shape, tries[:, 0], tries[:, 1])]])
        points[index] = inside[:SNAP_POINTS_PER_AREA]
    return points
