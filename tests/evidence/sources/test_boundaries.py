"""Boundaries in the forms that publishers and councils hand out."""

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, box

from support.official_tables import Loaded, load
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sample.area_files import write_boundaries, write_lookups
from wardmote.evidence.sample.geography import draw_geography

HERE, THERE = box(0.50, 51.30, 0.60, 51.40), box(0.60, 51.30, 0.70, 51.40)
#: Medway 015A's own labelled point in both systems, as the ONS prints it in its 2011 small-area boundaries.
GRID_POINT, GLOBE_POINT = (575802, 167303), (0.524689, 51.37755)
CRS84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}


def _feature(code: str | None, shape: Any, name: str = "Here", **more: Any) -> dict[str, Any]:
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": {"WD24CD": code, "WD24NM": name, **more}, "geometry": geometry}


def _write_geojson(path: Path, *features: dict[str, Any], **more: Any) -> Path:
    body = {"type": "FeatureCollection", "crs": CRS84, **more, "features": list(features)}
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return path


def _write_layer(path: Path, shapes: list[Any], *, crs: str | None, driver: str, fields: dict[str, list[str]]) -> Path:
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(shapes, dtype=object)), [np.array(v, dtype=object) for v in fields.values()],
        list(fields), crs=crs or "EPSG:4326", driver=driver, geometry_type="Polygon",
    )  # fmt: skip
    if crs is None:
        path.with_suffix(".prj").unlink()
    return path


def _write_shapefile(folder: Path, shapes: list[Any] | None = None, crs: str | None = "EPSG:4326") -> Path:
    folder.mkdir()
    fields = {"WD24CD": ["E05000001", "E05000002"], "WD24NM": ["Here", "Môn"]}
    return _write_layer(folder / "wards.shp", shapes or [HERE, THERE], crs=crs, driver="ESRI Shapefile", fields=fields)


def _shapes(loaded: Loaded) -> dict[str, Any]:
    rows = loaded.ask("SELECT area_code, geometry FROM boundaries")
    return {code: shapely.from_wkb(bytes(wkb)) for code, wkb in rows}


def _warned(loaded: Loaded, code: str) -> bool:
    return any(f.code == code and f.severity == "warning" for f in loaded.report.faults)


def _to_grid(shape: Any) -> Any:
    from pyproj import Transformer

    turn = Transformer.from_crs("EPSG:4326", "EPSG:27700", always_xy=True)
    return shapely.transform(shape, lambda p: np.column_stack(turn.transform(p[:, 0], p[:, 1])))


# -- every form -----------------------------------------------------------------------------------------------
def test_geojson_gives_set_code_name_and_district_of_each_shape(tmp_path: Path) -> None:
    path = _write_geojson(
        tmp_path / "w.geojson",
        _feature("E05000001", HERE, "A & B", LAD24CD="E06000001"),
        _feature("E05000002", THERE, " C ", LAD24CD="E06000001"),
    )
    loaded = load("boundaries", path, tmp_path)
    found = loaded.ask("SELECT area_set, scope, area_code, area_name FROM boundaries ORDER BY 3")
    assert found == [
        ("ward@2024", "E06000001", "E05000001", "A & B"),
        ("ward@2024", "E06000001", "E05000002", "C"),
    ]
    assert _shapes(loaded)["E05000001"].equals(HERE)
    assert loaded.report.faults == ()


@pytest.mark.parametrize(
    ("column", "code", "expected"),
    [
        ("LSOA11CD", "E01000001", "lsoa@2011"),
        ("lsoa21_code", "E01000001", "lsoa@2021"),
        ("WD13CD", "E05000001", "ward@2013"),
        ("ward21_code", "E05000001", "ward@2021"),
        ("LAD24CD", "E06000001", "district@2024"),
        ("ltla21_code", "N09000001", "district@2021"),
        ("CSP23CD", "E22000001", "csp@2023"),
        ("pfa20_code", "E23000001", "force@2020"),
    ],
)
def test_area_set_is_read_from_the_heading(tmp_path: Path, column: str, code: str, expected: str) -> None:
    feature = {"type": "Feature", "properties": {column: code}, "geometry": json.loads(shapely.to_geojson(HERE))}
    loaded = load("boundaries", _write_geojson(tmp_path / "a.geojson", feature), tmp_path)
    assert loaded.ask("SELECT area_set, scope FROM boundaries") == [(expected, code)]


def test_topojson_with_shared_arcs_becomes_two_neighbours(tmp_path: Path) -> None:
    topology = {
        "type": "Topology",
        "arcs": [[[0.6, 51.3], [0.6, 51.4]], [[0.6, 51.4], [0.5, 51.4], [0.5, 51.3], [0.6, 51.3]],
                 [[0.6, 51.4], [0.7, 51.4], [0.7, 51.3], [0.6, 51.3]]],
        "objects": {"wards": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "arcs": [[0, 1]], "properties": {"WD24CD": "E05000001"}},
            {"type": "Polygon", "arcs": [[0, 2]], "properties": {"WD24CD": "E05000002"}},
        ]}},
    }  # fmt: skip
    path = tmp_path / "w.topojson"
    path.write_text(json.dumps(topology))
    shapes = _shapes(load("boundaries", path, tmp_path))
    assert shapes["E05000001"].equals(HERE)
    assert shapes["E05000002"].equals(THERE)


def test_geopackage_in_the_national_grid_lands_within_two_metres(tmp_path: Path) -> None:
    square = Point(GRID_POINT).buffer(100, cap_style="square")
    path = _write_layer(
        tmp_path / "a.gpkg", [square], crs="EPSG:27700", driver="GPKG", fields={"LSOA11CD": ["E01016016"]}
    )
    loaded = load("boundaries", path, tmp_path)
    (middle,) = (s.centroid for s in _shapes(loaded).values())
    east = (middle.x - GLOBE_POINT[0]) * 111_320 * np.cos(np.radians(middle.y))
    north = (middle.y - GLOBE_POINT[1]) * 111_320
    assert np.hypot(east, north) < 3
    assert _warned(loaded, "reprojected")
    assert "turned from OSGB36 / British National Grid into WGS84, accurate to about 2 m" in loaded.said()


def test_shapefile_reads_alike_from_its_folder_and_its_zip(tmp_path: Path) -> None:
    shp = _write_shapefile(tmp_path / "wards")
    archive = tmp_path / "wards.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for part in sorted(shp.parent.iterdir()):
            target.write(part, f"inside/{part.name}")
    question = "SELECT area_code, area_name, geometry FROM boundaries ORDER BY 1"
    one, two = load("boundaries", shp.parent, tmp_path / "one"), load("boundaries", archive, tmp_path / "two")
    assert one.ask(question) == two.ask(question)
    assert [row[:2] for row in one.ask(question)] == [("E05000001", "Here"), ("E05000002", "Môn")]
    assert two.report.manifest.inputs[0].name == "wards.zip/inside/wards.shp"


def test_gzipped_geojson_reads_as_the_plain_one(tmp_path: Path) -> None:
    plain = _write_geojson(tmp_path / "w.geojson", _feature("E05000001", HERE))
    packed = tmp_path / "w.geojson.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert _shapes(load("boundaries", packed, tmp_path))["E05000001"].equals(HERE)


def test_user_says_set_column_and_system_where_the_file_is_silent(tmp_path: Path) -> None:
    fields = {"id": ["centre"], "label": ["Town centre"]}
    path = _write_layer(tmp_path / "c.shp", [_to_grid(HERE)], crs=None, driver="ESRI Shapefile", fields=fields)
    settings = {"set": "custom", "code": "id", "name": "label", "crs": "EPSG:27700"}
    loaded = load("boundaries", path, tmp_path, **settings)
    assert loaded.ask("SELECT area_set, area_code, area_name FROM boundaries") == [("custom", "centre", "Town centre")]
    assert _shapes(loaded)["centre"].symmetric_difference(HERE).area < 1e-6


def test_wished_set_finds_the_column_of_codes_by_its_values(tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"n": 1, "CODE": "E05000001", "name": "Here"},
               "geometry": json.loads(shapely.to_geojson(HERE))}  # fmt: skip
    loaded = load("boundaries", _write_geojson(tmp_path / "w.geojson", feature), tmp_path, set="ward@2013")
    assert loaded.ask("SELECT area_set, area_code, area_name FROM boundaries") == [("ward@2013", "E05000001", "Here")]


# -- shapes ---------------------------------------------------------------------------------------------------
def test_shape_that_crosses_itself_is_repaired_and_named(tmp_path: Path) -> None:
    bow = Polygon([(0.5, 51.3), (0.6, 51.4), (0.6, 51.3), (0.5, 51.4)])
    loaded = load("boundaries", _write_geojson(tmp_path / "w.geojson", _feature("E05000001", bow)), tmp_path)
    shape = _shapes(loaded)["E05000001"]
    assert shape.is_valid
    assert shape.area == pytest.approx(0.005)
    assert _warned(loaded, "repaired")
    assert "were repaired: E05000001" in loaded.said()


def test_bad_features_are_refused_each_with_its_reason_and_good_ones_kept(tmp_path: Path) -> None:
    path = _write_geojson(
        tmp_path / "w.geojson",
        _feature("E05000001", HERE),
        _feature("E05000002", None),
        _feature("E05000003", Point(0.5, 51.3)),
        _feature("E05000004", box(575000, 167000, 576000, 168000)),
        _feature("E05000005", box(51.3, 0.5, 51.4, 0.6)),
        _feature("E05000006", box(10, 20, 11, 21)),
        _feature(None, HERE),
        _feature("E06000001", HERE),
        _feature("E05000007", Polygon([(0.5, 51.3), (0.6, 51.4), (0.5, 51.3)])),
    )
    loaded = load("boundaries", path, tmp_path)
    assert list(_shapes(loaded)) == ["E05000001"]
    far = "the shape lies far outside Great Britain: "
    grid = "its coordinates are said to be degrees but are not; they look like the British National Grid (EPSG:27700)"
    assert loaded.refused() == [
        ("w.geojson", 2, "the area has no shape"),
        ("w.geojson", 3, "the shape is a point or a line, not an area"),
        ("w.geojson", 4, far + grid),
        ("w.geojson", 5, far + "longitude and latitude look exchanged"),
        ("w.geojson", 6, far + "the coordinate system is likely another than the file says"),
        ("w.geojson", 7, "the shape has no code"),
        ("w.geojson", 8, "the code is not one of a ward"),
        ("w.geojson", 9, "nothing is left of the shape when it is repaired"),
    ]
    assert "w.geojson, feature 2 (E05000002): the area has no shape" in loaded.said()
    (entry,) = loaded.report.manifest.inputs
    assert (entry.rows_in, entry.rows_kept, entry.rows_refused) == (9, 1, 8)


def test_ring_left_open_is_closed_and_broken_ones_are_refused(tmp_path: Path) -> None:
    corners = [[0.5, 51.3], [0.6, 51.3], [0.6, 51.4], [0.5, 51.4]]
    whole, broken, line = (_feature(f"E0500000{n}", HERE) for n in (1, 2, 3))
    whole["geometry"]["coordinates"] = [corners]
    broken["geometry"]["coordinates"] = [[[0.5, 51.3], [0.6, "x"], [0.6, 51.4], [0.5, 51.3]]]
    line["geometry"]["coordinates"] = [corners[:2]]
    loaded = load("boundaries", _write_geojson(tmp_path / "w.geojson", whole, broken, line), tmp_path)
    assert _shapes(loaded)["E05000001"].equals(HERE)
    assert [row[1] for row in loaded.refused()] == [2, 3]
    assert "remarked while it was read: Non closed ring detected" in loaded.said()


def test_island_drawn_apart_is_joined_to_its_area(tmp_path: Path) -> None:
    island = box(0.8, 51.3, 0.9, 51.4)
    path = _write_geojson(tmp_path / "w.geojson", _feature("E05000001", HERE), _feature("E05000001", island))
    loaded = load("boundaries", path, tmp_path)
    assert _shapes(loaded)["E05000001"].equals(MultiPolygon([HERE, island]))
    assert _warned(loaded, "joined")


def test_heights_are_dropped(tmp_path: Path) -> None:
    tall = Polygon([(x, y, 30.0) for x, y in HERE.exterior.coords])
    shape = _shapes(load("boundaries", _write_geojson(tmp_path / "w.geojson", _feature("E05000001", tall)), tmp_path))
    assert not shape["E05000001"].has_z


# -- what replaces what ---------------------------------------------------------------------------------------
def test_district_loaded_again_replaces_its_wards_and_no_others(tmp_path: Path) -> None:
    first = _write_geojson(
        tmp_path / "a.geojson",
        _feature("E05000001", HERE, LADCD_ACTIVE="E06000001"),
        _feature("E05000002", THERE, LADCD_ACTIVE="E06000002"),
    )
    again = _write_geojson(tmp_path / "b.geojson", _feature("E05000001", THERE, LADCD_ACTIVE="E06000001"))
    load("boundaries", first, tmp_path)
    shapes = _shapes(load("boundaries", again, tmp_path))
    assert shapes["E05000001"].equals(THERE)
    assert shapes["E05000002"].equals(THERE)


def test_files_without_districts_stand_beside_each_other(tmp_path: Path) -> None:
    load("boundaries", _write_geojson(tmp_path / "a.geojson", _feature("E05000001", HERE)), tmp_path)
    loaded = load("boundaries", _write_geojson(tmp_path / "b.geojson", _feature("E05000002", THERE)), tmp_path)
    assert set(_shapes(loaded)) == {"E05000001", "E05000002"}


def test_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    path = _write_geojson(tmp_path / "w.geojson", _feature("E05000002", THERE), _feature("E05000001", HERE))
    stores = [load("boundaries", path, tmp_path / name) for name in ("one", "two")]
    tables = [s.store.folder / "loads" / s.report.manifest.id / "boundaries.parquet" for s in stores]
    assert tables[0].read_bytes() == tables[1].read_bytes()


# -- bad files ------------------------------------------------------------------------------------------------
def test_cut_off_files_are_told_and_the_whole_one_is_read(tmp_path: Path) -> None:
    good = _write_geojson(tmp_path / "good.geojson", _feature("E05000001", HERE))
    (tmp_path / "cut.geojson").write_bytes(good.read_bytes()[:-60])
    (tmp_path / "cut.geojson.gz").write_bytes(gzip.compress(good.read_bytes())[:-9])
    with zipfile.ZipFile(tmp_path / "whole.zip", "w") as archive:
        archive.write(good, "good.geojson")
    (tmp_path / "cut.zip").write_bytes((tmp_path / "whole.zip").read_bytes()[:-40])
    files = [tmp_path / n for n in ("good.geojson", "cut.geojson", "cut.geojson.gz", "cut.zip")]
    loaded = load("boundaries", files, tmp_path)
    assert list(_shapes(loaded)) == ["E05000001"]
    said = loaded.said()
    assert "error: cut.geojson: this file cannot be read" in said
    assert "error: cut.geojson.gz: this file is cut off or damaged" in said
    assert "error: cut.zip: this zip archive cannot be unpacked" in said


@pytest.mark.parametrize("ending", [".shx", ".dbf"])
def test_shapefile_with_a_part_missing_says_which(tmp_path: Path, ending: str) -> None:
    shp = _write_shapefile(tmp_path / "wards")
    shp.with_suffix(ending).unlink()
    with pytest.raises(UnreadableInputError, match=rf"this shapefile is not whole: its \{ending} file"):
        load("boundaries", shp.parent, tmp_path)


def test_shapefile_without_prj_is_asked_for_its_system(tmp_path: Path) -> None:
    shp = _write_shapefile(tmp_path / "wards", crs=None)
    with pytest.raises(UnreadableInputError, match=r"\.prj file.*crs=EPSG:27700"):
        load("boundaries", shp, tmp_path)


def test_grid_coordinates_called_degrees_are_refused_in_clear_words(tmp_path: Path) -> None:
    shp = _write_shapefile(tmp_path / "wards", [_to_grid(HERE), _to_grid(THERE)], crs="EPSG:4326")
    with pytest.raises(UnreadableInputError, match=r"far outside Great Britain.*British National Grid.*2 rows refused"):
        load("boundaries", shp, tmp_path)


def test_unknown_system_named_by_the_user_is_told(tmp_path: Path) -> None:
    path = _write_geojson(tmp_path / "w.geojson", _feature("E05000001", HERE))
    with pytest.raises(UnreadableInputError, match="the coordinate system 'EPSG:1' is not known"):
        load("boundaries", path, tmp_path, crs="EPSG:1")


def test_renamed_column_lists_the_columns_and_what_to_say(tmp_path: Path) -> None:
    path = _write_geojson(tmp_path / "w.geojson", _feature("E05000001", HERE))
    path.write_text(path.read_text().replace("WD24CD", "Ward"))
    with pytest.raises(UnreadableInputError, match=r"the columns are Ward, WD24NM.*set=ward@2013"):
        load("boundaries", path, tmp_path)


def test_latin_1_geojson_is_read_with_a_warning(tmp_path: Path) -> None:
    path = _write_geojson(tmp_path / "w.geojson", _feature("W05000001", HERE, "Môn"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))
    loaded = load("boundaries", path, tmp_path)
    assert loaded.ask("SELECT area_name FROM boundaries") == [("Môn",)]
    assert "its letters are not UTF-8" in loaded.said()


def test_shapefile_whose_letters_are_not_those_it_says_is_read_with_a_warning(tmp_path: Path) -> None:
    shp = _write_shapefile(tmp_path / "wards")
    table = shp.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace("Môn".encode(), "Môn ".encode("latin-1")))
    loaded = load("boundaries", shp, tmp_path)
    assert loaded.ask("SELECT area_name FROM boundaries ORDER BY 1") == [("Here",), ("Môn",)]
    assert "its letters are not those that it says" in loaded.said()


def test_file_without_features_is_called_empty(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="there are no shapes in it"):
        load("boundaries", _write_geojson(tmp_path / "w.geojson"), tmp_path)


def test_other_files_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    _write_geojson(folder / "w.geojson", _feature("E05000001", HERE))
    (folder / "readme.txt").write_text("words")
    (folder / "other.json").write_text('{"a": 1}')
    loaded = load("boundaries", folder, tmp_path)
    assert list(_shapes(loaded)) == ["E05000001"]
    assert "warning: in/readme.txt: this file is of no kind that holds boundaries" in loaded.said()
    assert "error: in/other.json: this file cannot be read" in loaded.said()


# -- the sample -----------------------------------------------------------------------------------------------
def test_sample_partnerships_boundaries_and_lookups_name_the_same_areas(tmp_path: Path) -> None:
    geography = draw_geography(np.random.default_rng(1))
    (tmp_path / "look").mkdir()
    (tmp_path / "draw").mkdir()
    load("boundaries", write_boundaries(tmp_path / "draw", geography), tmp_path)
    loaded = load("ons-lookups", write_lookups(tmp_path / "look", geography), tmp_path)
    assert not loaded.report.has_refusals
    linked = loaded.ask("SELECT parent_set, count(DISTINCT parent_code) FROM area_links WHERE child_set LIKE 'lsoa%' "
                        "AND parent_set IN ('ward@2017', 'ward@2024', 'lsoa@2021') GROUP BY 1 ORDER BY 1")  # fmt: skip
    drawn = loaded.ask("SELECT area_set, count(*) FROM boundaries WHERE area_set IN ('ward@2017', 'ward@2024', "
                       "'lsoa@2021') GROUP BY 1 ORDER BY 1")  # fmt: skip
    assert linked == drawn
    asked = (
        "SELECT count(*) FROM area_links l ANTI JOIN boundaries b ON b.area_code = l.{0}_code WHERE {0}_set LIKE '{1}%'"
    )
    assert loaded.one(asked.format("child", "lsoa")) == loaded.one(asked.format("parent", "ward")) == 0
    places = Places(loaded.store.snapshot())
    for district in places.get_districts("X23000001"):
        assert places.get_members(district).codes


# -- the real boundaries --------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load("boundaries", shared_data / "geography", tmp_path_factory.mktemp("real"))


@pytest.mark.realdata
def test_every_real_shape_is_kept_and_valid(real: Loaded) -> None:
    counted = dict(real.ask("SELECT area_set, count(DISTINCT area_code) FROM boundaries GROUP BY 1"))
    assert counted == {"district@2024": 361, "lsoa@2011": 1065, "lsoa@2021": 1107, "ward@2013": 305, "ward@2025": 279}
    assert real.report.manifest.rows_refused == 0
    assert all(s.is_valid and not s.is_empty for s in _shapes(real).values())


@pytest.mark.realdata
def test_medway_has_its_wards_in_both_sets(real: Loaded) -> None:
    asked = "SELECT count(*) FROM boundaries WHERE area_code BETWEEN '{}' AND '{}' AND area_set = '{}'"
    assert real.one(asked.format("E05002249", "E05002270", "ward@2013")) == 22
    assert real.one(asked.format("E05014449", "E05014472", "ward@2025")) == 24
    assert real.one("SELECT count(*) FROM boundaries WHERE area_set = 'lsoa@2021' AND scope = 'E06000035'") == 169
