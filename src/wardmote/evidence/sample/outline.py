"""What shape has the invented country, and how is it cut into small areas?

Everything is drawn from the generator that is passed in; no vertex comes from a real boundary. Shapes are drawn on
a plane in kilometres and then laid down in the open North Sea, so that no point can be a real address.
"""

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]
Shapes = npt.NDArray[np.object_]

CENTRE_LONGITUDE, CENTRE_LATITUDE = 2.5, 54.8  # open sea, 150 km from any coast
KM_PER_DEGREE = 111.2
_RADIUS_KM = 20.0


def draw_outline(rng: np.random.Generator) -> Polygon:
    """Return the land: a wavering round, with an estuary that winds in from the east."""
    angles = np.linspace(0, 2 * np.pi, 361)[:-1]
    radius = np.full(angles.shape, _RADIUS_KM)
    for wave in range(2, 19):
        radius += rng.normal(0, 2.6 / wave**0.9) * np.cos(wave * angles + rng.uniform(0, 2 * np.pi))
    blob = Polygon(np.c_[1.15 * radius * np.cos(angles), 0.9 * radius * np.sin(angles)]).buffer(0)
    land = blob.difference(_draw_estuary(rng))
    return max(land.geoms, key=lambda part: part.area) if isinstance(land, MultiPolygon) else land


def _draw_estuary(rng: np.random.Generator) -> BaseGeometry:
    x = np.linspace(1.6 * _RADIUS_KM, -2.0, 700)
    phase = rng.uniform(0, 2 * np.pi)
    y = 2.2 * np.sin(x / 4.2 + phase) - 0.9 * np.cos(x / 2.1 + phase)
    y -= np.interp(0.0, x[::-1], y[::-1])
    width = 0.1 + 2.2 * (np.clip(x + 2.0, 0, None) / (1.6 * _RADIUS_KM)) ** 1.5
    return shapely.union_all([Point(a, b).buffer(w, 6) for a, b, w in zip(x, y, width, strict=True)])


def scatter_points(rng: np.random.Generator, land: Polygon, *, towns: Points, shares: Points, count: int) -> Points:
    """Return `count` points on land: 55% round the towns by their shares, the rest anywhere."""
    west, south, east, north = land.bounds
    found: list[Points] = []
    while sum(map(len, found)) < count:
        town = rng.choice(len(towns), count, p=shares)
        near = towns[town] + rng.normal(0, 2.3, (count, 2))
        anywhere = rng.uniform((west, south), (east, north), (count, 2))
        points = np.where(rng.random((count, 1)) < 0.55, near, anywhere)
        found.append(points[shapely.contains_xy(land, points[:, 0], points[:, 1])])
    return np.vstack(found)[:count]


def relax_centres(points: Points, centres: Points, *, rounds: int = 30) -> Points:
    """Return centres moved to the middle of the points nearest to each, over and over (Lloyd, 1982)."""
    from scipy.spatial import cKDTree  # heavy, and only who draws the country needs it

    for _ in range(rounds):
        nearest = cKDTree(centres).query(points)[1]
        weight = np.bincount(nearest, minlength=len(centres))
        sums = np.stack([np.bincount(nearest, points[:, axis], len(centres)) for axis in (0, 1)], axis=1)
        centres = np.where(weight[:, None] > 0, sums / np.maximum(weight, 1)[:, None], centres)
    return centres


def group_points(points: Points, centres: Points, sizes: list[int]) -> Labels:
    """Return for each point its centre, so that each centre has exactly its size and total distance is least."""
    from scipy.optimize import linear_sum_assignment  # heavy, and only who draws the country needs it

    slots = np.repeat(np.arange(len(centres)), sizes)
    cost = ((points[:, None, :] - centres[slots][None, :, :]) ** 2).sum(axis=2)
    labels: Labels = slots[linear_sum_assignment(cost)[1]]
    return labels


def draw_cells(rng: np.random.Generator, land: Polygon, centres: Points) -> Shapes:
    """Return the land cut into one cell a centre: Voronoi cells with wavering edges, that tile it exactly.

    The edges and the coast are noded together and turned into faces, so that neighbours share their vertices.
    """
    from scipy.spatial import cKDTree  # heavy, and only who draws the country needs it

    lines = _draw_edges(rng, centres)
    noded = shapely.union_all([*lines, land.boundary])
    collected = shapely.polygonize(shapely.get_parts(noded))
    faces = np.array(list(shapely.get_parts(collected)), dtype=object)
    inner = shapely.point_on_surface(faces)
    faces = faces[shapely.contains(land, inner)]
    spots = shapely.get_coordinates(shapely.point_on_surface(faces))
    owner = cKDTree(centres).query(spots)[1].astype(np.int64)
    owner = _join_fragments(faces, owner)
    return np.array([shapely.union_all(faces[owner == cell]) for cell in range(len(centres))], dtype=object)


def _draw_edges(rng: np.random.Generator, centres: Points) -> Shapes:
    from scipy.spatial import Voronoi  # heavy, and only who draws the country needs it

    far = 12 * _RADIUS_KM * np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    diagram = Voronoi(np.vstack([centres, far]))
    ends = [diagram.vertices[list(ridge)] for ridge in diagram.ridge_vertices if -1 not in ridge]
    return np.array([LineString(_waver(rng, start, end)) for start, end in ends], dtype=object)


def _waver(rng: np.random.Generator, start: Points, end: Points) -> Points:
    line = np.array([start, end])
    for _ in range(3):
        step = np.diff(line, axis=0)
        sideways = np.c_[-step[:, 1], step[:, 0]] * rng.uniform(-0.09, 0.09, (len(step), 1))
        longer = np.empty((2 * len(line) - 1, 2))
        longer[0::2], longer[1::2] = line, (line[:-1] + line[1:]) / 2 + sideways
        line = longer
    return line


def _join_fragments(faces: Shapes, owner: Labels) -> Labels:
    """Give each piece that the water cut off from its cell to the neighbour with which it shares most border."""
    owner = owner.copy()
    for cell in np.unique(owner):
        mine = np.flatnonzero(owner == cell)
        if len(mine) < 2:
            continue
        biggest = mine[np.argmax(shapely.area(faces[mine]))]
        for piece in mine[mine != biggest]:
            shared = shapely.length(shapely.intersection(faces[piece].boundary, shapely.boundary(faces)))
            shared[mine] = 0
            owner[piece] = owner[int(np.argmax(shared))] if shared.max() > 0 else cell
    return owner


def split_cell(cell: Polygon) -> tuple[Polygon, Polygon]:
    """Return the cell cut in two by the chord between two of its vertices that halves it best.

    A chord from vertex to vertex adds no point to the border, so the neighbours still fit.
    """
    ring = shapely.get_coordinates(cell.exterior)[:-1]
    best: tuple[float, Polygon, Polygon] | None = None
    for first in range(0, len(ring), 2):
        for last in range(first + len(ring) // 3, min(first + 2 * len(ring) // 3, len(ring)), 2):
            one, two = Polygon(ring[first : last + 1]), Polygon(np.vstack([ring[last:], ring[: first + 1]]))
            chord = LineString([ring[first], ring[last]])
            badness = abs(one.area - two.area) / cell.area + 0.3 * chord.length / cell.area**0.5
            if (best is None or badness < best[0]) and cell.contains(chord.interpolate(0.5)) and chord.within(cell):
                best = (badness, one, two)
    if best is None:
        raise ValueError("no chord between two vertices lies inside the cell")
    return best[1], best[2]


def lay_down(shapes: Shapes) -> Shapes:
    """Return shapes from the plane as WGS84 longitude and latitude in the open sea, to six decimal places."""
    scale = np.array([KM_PER_DEGREE * np.cos(np.radians(CENTRE_LATITUDE)), KM_PER_DEGREE])
    origin = np.array([CENTRE_LONGITUDE, CENTRE_LATITUDE])
    laid: Shapes = shapely.transform(shapes, lambda xy: np.round(xy / scale + origin, 6))
    return laid
