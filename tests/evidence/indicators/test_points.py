"""Points of a split small area, placed by its pieces or by the areas' own boundaries."""

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from support.official_tables import load
from wardmote.evidence.indicators.points import place_points, read_shapes
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.store.snapshot import Snapshot
from wardmote.evidence.store.store import open_store

LEFT, RIGHT = "E05000001", "E05000002"
WARDS = {LEFT: box(0.5, 51.3, 0.6, 51.4), RIGHT: box(0.6, 51.3, 0.7, 51.4)}
#: Two pieces of a small area; the western one reaches a little into the eastern ward.
WEST, EAST = "E01000001", "E01000002"
PIECES = {WEST: box(0.5, 51.3, 0.62, 51.4), EAST: box(0.62, 51.3, 0.7, 51.4)}
PARTS = {WEST: LEFT, EAST: RIGHT}


def _load(folder: Path, column: str, shapes: dict[str, shapely.Geometry]) -> Snapshot:
    features = [
        {"type": "Feature", "properties": {column: c}, "geometry": json.loads(shapely.to_geojson(s))}
        for c, s in shapes.items()
    ]
    path = folder / f"{column}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return load("boundaries", path, folder).store.snapshot()


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Only the wards are drawn."""
    return _load(tmp_path_factory.mktemp("wards"), "WD24CD", WARDS)


@pytest.fixture(scope="module")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Wards and pieces are drawn."""
    folder = tmp_path_factory.mktemp("pieces")
    _load(folder, "WD24CD", WARDS)
    return _load(folder, "LSOA21CD", PIECES)


def test_point_goes_with_its_piece_even_across_the_wards_edge(pieces: Snapshot) -> None:
    points = [(0.55, 51.35), (0.61, 51.35), (0.65, 51.35), (0.65, 51.35)]
    assert place_points(pieces, points, PARTS) == {points[0]: LEFT, points[1]: LEFT, points[2]: RIGHT}


def test_point_moved_out_of_the_small_area_goes_to_the_nearest_piece(pieces: Snapshot) -> None:
    assert place_points(pieces, [(0.75, 51.35), (0.4, 51.35)], PARTS) == {(0.75, 51.35): RIGHT, (0.4, 51.35): LEFT}


def test_piece_outside_the_asked_areas_keeps_its_points_from_them(pieces: Snapshot) -> None:
    assert place_points(pieces, [(0.65, 51.35)], {WEST: LEFT, EAST: ""}) == {(0.65, 51.35): ""}


def test_without_the_pieces_shapes_the_wards_decide_and_a_point_outside_is_left_out(wards: Snapshot) -> None:
    points = [(0.55, 51.35), (0.61, 51.35), (0.8, 51.35)]
    assert place_points(wards, points, PARTS) == {points[0]: LEFT, points[1]: RIGHT}


def test_point_on_the_wards_shared_edge_goes_to_the_first_code_whatever_the_order(wards: Snapshot) -> None:
    edge = (0.6, 51.35)
    assert place_points(wards, [edge], {EAST: RIGHT, WEST: LEFT}) == {edge: LEFT}


def test_ward_that_was_not_asked_takes_no_point(wards: Snapshot) -> None:
    assert place_points(wards, [(0.55, 51.35)], {WEST: "", EAST: RIGHT}) == {}


def test_no_points_and_no_boundaries_place_nothing(wards: Snapshot, tmp_path: Path) -> None:
    assert place_points(wards, [], PARTS) == {}
    empty = open_store(tmp_path / "store", create=True).snapshot()
    assert place_points(empty, [(0.55, 51.35)], PARTS) == {}


def test_shape_of_the_nearest_year_is_taken(tmp_path: Path) -> None:
    _load(tmp_path, "WD13CD", {LEFT: WARDS[LEFT]})
    snapshot = _load(tmp_path, "WD25CD", {LEFT: WARDS[RIGHT]})
    assert read_shapes(snapshot, [LEFT], AreaSet("ward", 2024))[LEFT].equals(WARDS[RIGHT])
    assert read_shapes(snapshot, [LEFT], AreaSet("ward", 2014))[LEFT].equals(WARDS[LEFT])
    assert read_shapes(snapshot, [LEFT])[LEFT].equals(WARDS[RIGHT])


def test_later_of_two_files_that_draw_an_area_counts(tmp_path: Path) -> None:
    _load(tmp_path, "WD24CD", {LEFT: WARDS[LEFT]})  # no district: replaced by the area itself …
    feature = {"type": "Feature", "properties": {"WD24CD": LEFT, "LAD24CD": "E06000001"},
               "geometry": json.loads(shapely.to_geojson(WARDS[RIGHT]))}  # fmt: skip
    path = tmp_path / "again.geojson"  # … and this one by its district, so both are in force
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    snapshot = load("boundaries", path, tmp_path).store.snapshot()
    assert read_shapes(snapshot, [LEFT])[LEFT].equals(WARDS[RIGHT])


@given(st.lists(st.tuples(st.floats(0.45, 0.75), st.floats(51.25, 51.45)), max_size=20))
def test_placing_by_wards_equals_asking_each_in_turn(wards: Snapshot, points: list[tuple[float, float]]) -> None:
    slow = {}
    for point in points:
        holders = [code for code in sorted(WARDS) if WARDS[code].intersects(Point(point))]
        if holders:
            slow[point] = holders[0]
    assert place_points(wards, points, PARTS) == slow


@given(st.lists(st.tuples(st.floats(0.45, 0.75), st.floats(51.25, 51.45)), max_size=20))
def test_placing_by_pieces_chooses_none_that_is_farther(pieces: Snapshot, points: list[tuple[float, float]]) -> None:
    piece_of = {ward: piece for piece, ward in PARTS.items()}
    for point, ward in place_points(pieces, points, PARTS).items():
        chosen = PIECES[piece_of[ward]].distance(Point(point))
        assert chosen == min(p.distance(Point(point)) for p in PIECES.values())


@pytest.mark.realdata
def test_real_points_of_the_split_area_lie_in_both_of_its_wards(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    snapshot = load(
        "boundaries", shared_data / "geography" / "medway_lsoa21.geojson", tmp_path_factory.mktemp("real")
    ).store.snapshot()
    parts = {"E01035297": "E05014453", "E01035296": "E05014465"}  # what became of E01016110
    shapes = read_shapes(snapshot, parts)
    inside = {code: shapes[code].representative_point().coords[0] for code in parts}
    assert place_points(snapshot, inside.values(), parts) == {inside[c]: ward for c, ward in parts.items()}
