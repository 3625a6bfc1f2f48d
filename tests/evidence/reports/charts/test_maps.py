"""Maps: shared borders stay shared, the shape is true, and what cannot be drawn is refused."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from evidence.reports.charts.samples import UNIT, grid_of_areas, read_labels, rows_of, sheet_of, weigh
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.cartography import lay_on_paper, simplify_together
from wardmote.evidence.reports.charts.classes import make_classes
from wardmote.evidence.reports.charts.frame import SMALL
from wardmote.evidence.reports.charts.maps import MapArea, choropleth


def shapes_of(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the shapes drawn, by code."""
    rows = [row for row in rows_of(spec, "geoshape") if "code" in row]
    return {row["code"]: shapely.from_geojson(json.dumps(row["geometry"])) for row in rows}


def read_areas(path: Path, code: str, name: str) -> list[MapArea]:
    written = path.read_bytes()
    features = json.loads(gzip.decompress(written) if path.suffix == ".gz" else written)["features"]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    return [
        MapArea(feature["properties"][code], feature["properties"][name], shapely.to_wkb(shape), float(at % 37))
        for at, (feature, shape) in enumerate(zip(features, shapes, strict=True))
    ]


def ragged_pair(points: int = 200) -> tuple[Any, Any]:
    """Two squares of 100 pixels side by side, whose common border wavers by fractions of a pixel."""
    rng = np.random.default_rng(7)
    wobble = rng.normal(0, 0.2, points).tolist()
    border = [(100 + shift, 100 * at / (points - 1)) for at, shift in enumerate(wobble)]
    left = shapely.Polygon([(0, 0), *border, (0, 100)])
    right = shapely.Polygon([(200, 0), *border, (200, 100)])
    return left, right


def test_simplified_neighbours_keep_one_border() -> None:
    left, right = ragged_pair()
    a, b = simplify_together([left, right])
    assert len(shapely.get_coordinates(a)) < 60 < len(shapely.get_coordinates(left))
    assert shapely.intersection(a, b).area == pytest.approx(0, abs=1e-9)
    assert shapely.union(a, b).area == pytest.approx(a.area + b.area)
    assert shapely.coverage_is_valid([a, b])
    assert shapely.intersection(a, b).length >= 100  # they still touch along the whole border


@pytest.mark.parametrize("latitude", [50.0, 51.4, 55.0, 58.0])
def test_square_on_the_ground_is_a_square_on_paper(latitude: float) -> None:
    # WGS84: one degree of longitude and of latitude in metres (National Geospatial-Intelligence Agency's series).
    phi = np.radians(latitude)
    east = 111412.84 * np.cos(phi) - 93.5 * np.cos(3 * phi) + 0.118 * np.cos(5 * phi)
    north = 111132.92 - 559.82 * np.cos(2 * phi) + 1.175 * np.cos(4 * phi)
    half_x, half_y = 5_000 / east, 5_000 / north
    square = shapely.box(0.5 - half_x, latitude - half_y, 0.5 + half_x, latitude + half_y)
    sheet = lay_on_paper([square], outline=None, width=400, most_height=470)
    assert sheet.height == pytest.approx(400, rel=0.002)
    assert sheet.metres_per_pixel == pytest.approx(25, rel=0.002)


def test_north_is_up_and_east_to_the_right() -> None:
    drawn = shapes_of(choropleth(grid_of_areas(3, 3), unit=UNIT).spec)
    middle = {code: shapely.centroid(shape) for code, shape in drawn.items()}
    assert middle["X000"].x < middle["X002"].x
    assert middle["X000"].y > middle["X006"].y  # pixels count downwards


def test_every_area_lies_on_the_sheet_and_none_overlaps() -> None:
    spec = choropleth(grid_of_areas(8, 6), unit=UNIT).spec
    shapes, sheet = shapes_of(spec), sheet_of(spec)
    paper = shapely.box(sheet.left, sheet.top, sheet.right, sheet.bottom)
    assert all(paper.covers(shape) for shape in shapes.values())
    whole = shapely.union_all(list(shapes.values()))
    assert whole.area == pytest.approx(sum(shape.area for shape in shapes.values()), rel=1e-6)


def test_hole_stays_a_hole() -> None:
    ring = shapely.box(0.4, 51.3, 0.5, 51.4).difference(shapely.box(0.44, 51.34, 0.46, 51.36))
    areas = [MapArea("A", "Ring", ring, 1.0), MapArea("B", "Core", shapely.box(0.44, 51.34, 0.46, 51.36), 9.0)]
    shapes = shapes_of(choropleth(areas, unit=UNIT).spec)
    assert shapely.intersection(shapes["A"], shapes["B"]).area == pytest.approx(0, abs=1e-6)


def test_words_name_both_ends_and_the_range() -> None:
    alt = choropleth(grid_of_areas(5, 4), unit=UNIT, top=2).alt
    assert "Map of 20 areas: Offences per 1,000 residents. Values run from 0 to 19." in alt
    assert "Highest: Area 19, 19; Area 18, 18." in alt
    assert "Lowest: Area 0, 0; Area 1, 1; Area 2, 2." in alt


def test_area_without_a_value_is_hatched_inside_its_own_border_and_counted() -> None:
    areas = grid_of_areas(4, 4)
    areas[5] = MapArea("X005", "Area 5", areas[5].geometry, None, state="suppressed")
    drawn = choropleth(areas, unit=UNIT)
    hole = shapes_of(drawn.spec)["X005"].buffer(0.2)
    slanted = [row for row in rows_of(drawn.spec, "rule") if row["x"] != row["x2"] and row["y"] != row["y2"]]
    in_map = [row for row in slanted if row["x"] < 410]
    assert len(in_map) > 5
    assert all(hole.covers(shapely.LineString([(row["x"], row["y"]), (row["x2"], row["y2"])])) for row in in_map)
    assert "Without a value, suppressed: 1 area." in drawn.alt
    assert "Area 5" not in drawn.alt


def slopes_of_hatching(state: Any) -> set[bool]:
    """Return whether the map's slanted lines fall to the right, for one area in that state."""
    known, other = grid_of_areas(2, 1)
    spec = choropleth([known, MapArea("X9", "Other", other.geometry, None, state=state)], unit=UNIT).spec
    rows = [row for row in rows_of(spec, "rule") if row["x"] < 410 and row["x"] != row["x2"] and row["y"] != row["y2"]]
    return {(row["y2"] - row["y"]) / (row["x2"] - row["x"]) > 0 for row in rows}


def test_suppressed_and_missing_are_hatched_in_different_directions() -> None:
    assert slopes_of_hatching("suppressed") == {True}
    assert slopes_of_hatching("missing") == {False}


def test_top_places_are_numbered_and_named() -> None:
    spec = choropleth(grid_of_areas(8, 6), unit=UNIT, top=5).spec
    words = {line for label in read_labels(spec) for line in label.lines}
    assert {"1", "2", "3", "4", "5", "Area 47", "Area 43", "Highest", "North is up"} <= words
    assert any(word.endswith(" km") for word in words)


def test_places_as_high_as_the_last_named_are_counted() -> None:
    areas = [
        MapArea(area.code, area.name, area.geometry, 7.0 if at else 1.0) for at, area in enumerate(grid_of_areas(3, 3))
    ]
    drawn = choropleth(areas, unit=UNIT, top=3)
    assert "and 5 others" in {line for label in read_labels(drawn.spec) for line in label.lines}
    assert "and 5 others as high as the last" in drawn.alt


def test_discs_of_neighbouring_places_do_not_touch() -> None:
    spec = choropleth(grid_of_areas(40, 20), unit=UNIT, top=10, size=SMALL).spec
    discs = [row for row in rows_of(spec, "point") if row["shape"] == "circle" and row["area"] > 100]
    assert len(discs) == 10
    gaps = [np.hypot(a["x"] - b["x"], a["y"] - b["y"]) for at, a in enumerate(discs) for b in discs[at + 1 :]]
    assert min(gaps) >= 14


def test_legend_gives_each_class_its_range_and_count() -> None:
    spec = choropleth(grid_of_areas(4, 5), unit=UNIT, breaks=[5, 10]).spec
    words = [line for label in read_labels(spec) for line in label.lines]
    assert {"under 5", "5 to under 10", "10 and over"} <= set(words)
    assert words.count("5") >= 2
    assert "10" in words


def test_no_area_with_a_value_still_draws() -> None:
    areas = [MapArea(area.code, area.name, area.geometry, None) for area in grid_of_areas(2, 2)]
    drawn = choropleth(areas, unit=UNIT)
    assert "No area has a value. Without a value, not held: 4 areas." in drawn.alt


def test_boundary_as_wkb_draws_the_same_as_the_shape() -> None:
    areas = grid_of_areas(3, 2)
    written = [MapArea(area.code, area.name, shapely.to_wkb(area.geometry), area.value) for area in areas]
    assert choropleth(written, unit=UNIT) == choropleth(areas, unit=UNIT)


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (shapely.box(575_000, 165_000, 580_000, 170_000), "longitude and latitude"),
        (shapely.Point(0.5, 51.4), "Point"),
        (shapely.Polygon(), "empty"),
        (b"no geometry", "cannot be read"),
    ],
)
def test_boundary_that_is_none_is_refused(geometry: Any, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        choropleth([MapArea("X1", "Sutton", geometry, 1.0)], unit=UNIT)


def test_area_given_twice_is_refused() -> None:
    with pytest.raises(UsageError, match="given twice: X000"):
        choropleth([*grid_of_areas(2, 1), grid_of_areas(1, 1)[0]], unit=UNIT)


def test_highlight_that_is_not_drawn_is_refused() -> None:
    with pytest.raises(UsageError, match="not drawn: X999"):
        choropleth(grid_of_areas(2, 1), unit=UNIT, highlights=["X999"])


def test_no_boundary_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match="No area has a boundary"):
        choropleth([MapArea("X1", "Sutton", None, 1.0)], unit=UNIT)


@pytest.mark.parametrize("breaks", [[10, 5], [5, 5], [float("nan")], [1, 2, 3, 4, 5, 6, 7]])
def test_breaks_that_do_not_rise_or_are_too_many_are_refused(breaks: list[float]) -> None:
    with pytest.raises(UsageError, match="classes"):
        make_classes([1.0, 2.0], breaks=breaks)


values = st.lists(st.floats(0, 5000).map(lambda value: round(value, 1)), min_size=1, max_size=80)


@given(values, st.integers(1, 7))
def test_every_value_has_one_class_and_no_quantile_class_is_empty(held: list[float], count: int) -> None:
    classes = make_classes(held, class_count=count)
    assert sum(classes.counts) == len(held)
    assert min(classes.counts) >= 1
    assert len(classes.titles) == len(classes.counts) <= count
    places = [classes.find_class(value) for value in sorted(held)]
    assert places == sorted(places)


@given(values)
def test_printed_class_bounds_are_the_rule_itself(held: list[float]) -> None:
    classes = make_classes(held)
    for bound, title in zip(classes.bounds, classes.titles[1:], strict=True):
        assert float(title.split(" ")[0].replace(",", "")) == bound


def test_quantile_classes_of_distinct_values_are_even() -> None:
    assert make_classes([float(at) for at in range(100)], class_count=5).counts == (20, 20, 20, 20, 20)


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("file", "kind", "count", "most"),
    [
        ("medway_lsoa11.geojson", "LSOA11", 163, 300_000),
        ("medway_wards2023_24wards.geojson", "WD25", 24, 150_000),
        ("kent_and_medway_lsoa11.geojson.gz", "LSOA11", 1065, 600_000),
    ],
)
def test_map_of_a_real_district_stays_small_and_whole(
    shared_data: Path, file: str, kind: str, count: int, most: int
) -> None:
    areas = read_areas(shared_data / "geography" / file, f"{kind}CD", f"{kind}NM")
    spec = choropleth(areas, unit=UNIT).spec
    shapes = shapes_of(spec)
    assert len(shapes) == count
    assert weigh(spec) < most
    assert min(shape.area for shape in shapes.values()) > 0
    whole = shapely.union_all([shape.buffer(0) for shape in shapes.values()])
    # Rounding to a tenth of a pixel moves corners; nothing may overlap by more than such slivers.
    assert whole.area == pytest.approx(sum(shape.area for shape in shapes.values()), rel=0.005)
