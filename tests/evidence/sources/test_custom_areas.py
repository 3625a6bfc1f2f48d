"""A partnership's own areas as unions of small areas."""

import json
from pathlib import Path

import pytest

from support.official_tables import load
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.indicators.points import read_shapes
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.sources.custom_area_columns import make_code

LINKS = "SELECT edition, child_code, parent_code, parent_name, scope FROM area_links ORDER BY ALL"


def _square(west: float, east: float) -> dict[str, object]:
    ring = [[west, 51.3], [east, 51.3], [east, 51.4], [west, 51.4], [west, 51.3]]
    return {"type": "Polygon", "coordinates": [ring]}


def _write_shapes(path: Path, shapes: list[tuple[dict[str, str], float, float]]) -> Path:
    features = [{"type": "Feature", "properties": p, "geometry": _square(w, e)} for p, w, e in shapes]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_list_of_small_areas_makes_areas_that_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "beats.csv").write_text(
        "Beat code,Beat name,LSOA21CD,LSOA name\nB1,Town Centre,E01016016,Medway 015A\nB1,Town Centre,E01016017,x\n"
        "B2,Quays,E01035286,x\n"
    )
    loaded = load("custom-areas", tmp_path / "beats.csv", tmp_path)
    assert loaded.ask(LINKS) == [
        ("lsoa@2021>custom", "E01016016", "B1", "Town Centre", "beats"),
        ("lsoa@2021>custom", "E01016017", "B1", "Town Centre", "beats"),
        ("lsoa@2021>custom", "E01035286", "B2", "Quays", "beats"),
    ]
    places = Places(loaded.store.snapshot())
    members = places.get_members("B1")
    assert (members.area.title, members.area.kind, members.codes) == (
        "Town Centre", "custom", {"E01016016", "E01016017"},
    )  # fmt: skip
    placed = places.place(["E01016016", "E01035286"], AreaSet.parse("custom"))
    assert placed.parent_of == {"E01016016": "B1", "E01035286": "B2"}


def test_area_with_a_name_only_gets_a_code_from_it(tmp_path: Path) -> None:
    (tmp_path / "localities.csv").write_text("Locality,LSOA 2011 code\nTown Centre & Quays,E01016016\n")
    loaded = load("custom-areas", tmp_path / "localities.csv", tmp_path, set="custom@2024", scheme="localities")
    assert loaded.ask(LINKS) == [
        ("lsoa@2011>custom@2024", "E01016016", "TOWN-CENTRE-QUAYS", "Town Centre & Quays", "localities")
    ]
    assert make_code("  ") == ""


def test_vintage_is_told_by_a_code_new_in_2021_or_asked_for(tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("Beat,LSOA\nA,E01016016\nA,E01035286\n")
    assert load("custom-areas", tmp_path / "new.csv", tmp_path).ask(LINKS)[0][0] == "lsoa@2021>custom"
    (tmp_path / "same.csv").write_text("Beat,LSOA\nA,E01016017\n")
    with pytest.raises(UnreadableInputError, match="those of 2011 or of 2021"):
        load("custom-areas", tmp_path / "same.csv", tmp_path / "other")
    told = load("custom-areas", tmp_path / "same.csv", tmp_path / "other", small_areas="lsoa@2011")
    assert told.ask(LINKS)[0][0] == "lsoa@2011>custom"


def test_vintage_is_told_by_the_look_up_that_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "lookup.csv").write_text(
        "lsoa11_code,lsoa11_name,lsoa21_code,lsoa21_name,change_code\nE01016036,a,E01035286,b,S\n"
        "E01016036,a,E01035287,c,S\nE01016017,d,E01016017,d,U\n"
    )
    load("ons-lookups", tmp_path / "lookup.csv", tmp_path)
    (tmp_path / "beats.csv").write_text("Beat,LSOA\nA,E01016036\nA,E01016017\n")
    loaded = load("custom-areas", tmp_path / "beats.csv", tmp_path)
    assert {r[0] for r in loaded.ask(LINKS) if r[4] == "beats"} == {"lsoa@2011>custom"}


def test_rows_that_cannot_be_used_are_kept_aside(tmp_path: Path) -> None:
    (tmp_path / "beats.csv").write_text(
        "Beat code,LSOA21CD\nB1,E01016016\nB2,E01016016\nB1,E05014449\n,E01016017\nE05014449,E01016018\nB1,E01016016\n"
        "B3,E01016019\n"
    )
    loaded = load("custom-areas", tmp_path / "beats.csv", tmp_path)
    assert [(line, reason) for _, line, reason in loaded.refused()] == [
        (3, "the small area stands in two areas; areas that overlap go into files and sets of their own"),
        (4, "the row has no code of a small area (E01…)"),
        (5, "the row names no area"),
        (6, "the area's code is that of an official area; areas of your own need codes of their own"),
    ]
    assert [r[2] for r in loaded.ask(LINKS)] == ["B1", "B3"]


def test_later_list_of_one_scheme_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    for lines in ("B1,E01016016\nB1,E01016017\n", "B9,E01016016\n"):
        (tmp_path / "beats.csv").write_text("Beat code,LSOA21CD\n" + lines)
        loaded = load("custom-areas", tmp_path / "beats.csv", tmp_path)
    assert [r[1:3] for r in loaded.ask(LINKS)] == [("E01016016", "B9")]


def test_shapes_hold_the_small_areas_that_lie_mostly_inside(tmp_path: Path) -> None:
    small = [({"LSOA21CD": f"E0101601{n}", "LSOA21NM": str(n)}, 0.1 * n, 0.1 * n + 0.1) for n in range(5, 9)]
    load("boundaries", _write_shapes(tmp_path / "lsoa.geojson", small), tmp_path)
    # Hot spot H1 holds two small areas whole; H2 holds seven tenths of one and three tenths of the next.
    spots = [({"code": "H1", "name": "Station"}, 0.5, 0.7), ({"code": "H2", "name": "Park"}, 0.73, 0.83)]
    loaded = load("custom-areas", _write_shapes(tmp_path / "spots.geojson", spots), tmp_path)
    assert [r[1:4] for r in loaded.ask(LINKS)] == [
        ("E01016015", "H1", "Station"), ("E01016016", "H1", "Station"), ("E01016017", "H2", "Park"),
    ]  # fmt: skip
    assert loaded.ask("SELECT area_code, area_name FROM boundaries WHERE area_set = 'custom' ORDER BY 1") == [
        ("H1", "Station"), ("H2", "Park"),
    ]  # fmt: skip
    assert "H2 cut through small areas of lsoa@2021" in loaded.said()


def test_list_gets_the_shape_of_its_small_areas_where_all_are_drawn(tmp_path: Path) -> None:
    small = [({"LSOA21CD": f"E0101601{n}", "LSOA21NM": str(n)}, 0.1 * n, 0.1 * n + 0.1) for n in (6, 7)]
    load("boundaries", _write_shapes(tmp_path / "lsoa.geojson", small), tmp_path)
    (tmp_path / "beats.csv").write_text("Beat,LSOA21CD\nA,E01016016\nA,E01016017\nB,E01016018\n")
    loaded = load("custom-areas", tmp_path / "beats.csv", tmp_path)
    shapes = read_shapes(loaded.store.snapshot(), ["A", "B"])
    assert list(shapes) == ["A"]
    assert shapes["A"].bounds == pytest.approx((0.6, 51.3, 0.8, 51.4))


def test_shapes_without_boundaries_of_small_areas_are_kept_with_a_word(tmp_path: Path) -> None:
    path = _write_shapes(tmp_path / "spots.geojson", [({"name": "Station"}, 0.5, 0.7)])
    loaded = load("custom-areas", path, tmp_path)
    assert loaded.ask("SELECT area_set, area_code FROM boundaries") == [("custom", "Station")]
    assert "nothing can be counted for them yet" in loaded.said()


def test_set_of_official_areas_is_refused(tmp_path: Path) -> None:
    (tmp_path / "beats.csv").write_text("Beat,LSOA21CD\nA,E01016016\n")
    with pytest.raises(UsageError, match="not areas of your own"):
        load("custom-areas", tmp_path / "beats.csv", tmp_path, set="ward@2024")


def test_file_without_pairs_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "wards.csv").write_text("Ward code,Ward name\nE05014449,All Saints\n")
    with pytest.raises(UnreadableInputError, match="which small areas make up which area"):
        load("custom-areas", tmp_path / "wards.csv", tmp_path)


@pytest.mark.realdata
def test_real_wards_drawn_as_own_areas_hold_their_best_fitted_small_areas(tmp_path: Path, shared_data: Path) -> None:
    geography = shared_data / "geography"
    load("boundaries", geography / "medway_lsoa21.geojson", tmp_path)
    wards = json.loads((geography / "medway_wards2023_24wards.geojson").read_text())
    for number, feature in enumerate(wards["features"]):
        name = next(v for k, v in feature["properties"].items() if k.endswith("NM") and k.startswith("WD"))
        feature["properties"] = {"code": f"H{number}", "name": name}
    (tmp_path / "own.geojson").write_text(json.dumps(wards))
    loaded = load("custom-areas", tmp_path / "own.geojson", tmp_path)
    mine = {child: name for _, child, _, name, _ in loaded.ask(LINKS)}
    official = load("ons-lookups", geography / "lookup_lsoa21_ward24_ltla24_kent.csv", tmp_path)
    theirs = dict(
        official.ask(
            "SELECT child_code, parent_name FROM area_links WHERE parent_set = 'ward@2024' AND child_set = 'lsoa@2021'"
        )
    )
    agree = sum(theirs[code].replace("&", "and") == name.replace("&", "and") for code, name in mine.items())
    assert len(mine) >= 165
    assert agree / len(mine) > 0.95
