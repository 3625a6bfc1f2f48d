"""Points placed in wards by their boundaries."""

import json
from pathlib import Path

import numpy as np
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

LEFT, RIGHT, AWAY = "E05000001", "E05000002", "E05000003"
SHAPES = {LEFT: box(0.5, 51.3, 0.6, 51.4), RIGHT: box(0.6, 51.3, 0.7, 51.4), AWAY: box(0.9, 51.3, 1.0, 51.4)}
WARDS = AreaSet("ward", 2024)


def _load(folder: Path, shapes: dict[str, shapely.Geometry], year: int = 24) -> Snapshot:
    features = [
        {"type": "Feature", "properties": {f"WD{year}CD": c}, "geometry": json.loads(shapely.to_geojson(s))}
        for c, s in shapes.items()
    ]
    path = folder / f"wards{year}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return load("boundaries", path, folder).store.snapshot()


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return _load(tmp_path_factory.mktemp("points"), SHAPES)


def test_point_goes_to_the_ward_that_holds_it_and_one_outside_to_none(snapshot: Snapshot) -> None:
    points = [(0.55, 51.35), (0.65, 51.35), (0.8, 51.35), (0.55, 51.35)]
    assert place_points(snapshot, points, [LEFT, RIGHT], WARDS) == {(0.55, 51.35): LEFT, (0.65, 51.35): RIGHT}


def test_point_on_a_shared_edge_goes_to_the_first_code_whatever_the_order(snapshot: Snapshot) -> None:
    edge = (0.6, 51.35)
    assert place_points(snapshot, [edge], [RIGHT, LEFT], WARDS) == {edge: LEFT}


def test_only_candidates_are_considered(snapshot: Snapshot) -> None:
    assert place_points(snapshot, [(0.55, 51.35)], [RIGHT], WARDS) == {}
    assert place_points(snapshot, [(0.55, 51.35)], ["E05000099"], WARDS) == {}


def test_without_boundaries_nothing_is_placed(tmp_path: Path) -> None:
    empty = open_store(tmp_path / "store", create=True).snapshot()
    assert place_points(empty, [(0.55, 51.35)], [LEFT], WARDS) == {}


def test_shape_of_the_nearest_year_is_taken(tmp_path: Path) -> None:
    _load(tmp_path, {LEFT: SHAPES[LEFT]}, year=13)
    snapshot = _load(tmp_path, {LEFT: SHAPES[RIGHT]}, year=25)
    assert read_shapes(snapshot, [LEFT], WARDS)[LEFT].equals(SHAPES[RIGHT])
    assert read_shapes(snapshot, [LEFT], AreaSet("ward", 2014))[LEFT].equals(SHAPES[LEFT])
    assert read_shapes(snapshot, [LEFT])[LEFT].equals(SHAPES[RIGHT])


@given(st.lists(st.tuples(st.floats(0.45, 1.05), st.floats(51.25, 51.45)), max_size=20))
def test_placing_equals_asking_each_ward_in_turn(snapshot: Snapshot, points: list[tuple[float, float]]) -> None:
    slow = {}
    for point in points:
        holders = [code for code in sorted(SHAPES) if SHAPES[code].intersects(Point(point))]
        if holders:
            slow[point] = holders[0]
    assert place_points(snapshot, points, SHAPES, WARDS) == slow


@pytest.mark.realdata
def test_real_centres_of_medways_small_areas_lie_in_the_wards_of_the_lookup(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("real")
    load(
        "boundaries",
        [shared_data / "geography" / f"medway_{n}.geojson" for n in ("lsoa21", "wards2023_24wards")],
        folder,
    )
    snapshot = load(
        "ons-lookups", shared_data / "geography" / "lookup_lsoa21_ward24_ltla24_kent.csv", folder
    ).store.snapshot()
    rows = snapshot.connection.execute(
        "SELECT child_code, parent_code FROM area_links WHERE parent_set = 'ward@2024' AND scope = 'E06000035'"
    ).fetchall()
    ward_of = dict(rows)
    shapes = read_shapes(snapshot, ward_of, AreaSet("lsoa", 2021))
    centres = {code: tuple(np.round(s.representative_point().coords[0], 9)) for code, s in shapes.items()}
    placed = place_points(snapshot, centres.values(), set(ward_of.values()), WARDS)
    agreeing = sum(placed.get(centres[code]) == ward for code, ward in ward_of.items())
    assert len(ward_of) == 169
    assert agreeing >= 155  # small areas that a ward boundary cuts are given to the ward of most of their people
