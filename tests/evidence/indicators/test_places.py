"""Membership, placing and enclosing areas, answered from small look-ups."""

from pathlib import Path

import pytest

from support.official_tables import load
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Period

# Two districts; A was unchanged, B split between the censuses into C and D (which lie in two of the new wards), E and F
# were merged into G, and H split into I and J across the border of the districts.
A, B, C, D, E, F, G, H, I, J = (f"E0100000{n}" for n in range(10))  # noqa: E741 - names of areas, as in the text above
HERE, THERE = "E06000001", "E06000002"
OLD_1, OLD_2, NEW_1, NEW_2 = "E05000001", "E05000002", "E05000011", "E05000012"

LOOKUPS = {
    "resplit.csv": [
        "lsoa11_code,change_code,lsoa21_code,ltla22_code",
        f"{A},U,{A},{HERE}", f"{B},S,{C},{HERE}", f"{B},S,{D},{HERE}", f"{E},M,{G},{HERE}", f"{F},M,{G},{HERE}",
        f"{H},S,{I},{HERE}", f"{H},S,{J},{THERE}",
    ],
    "old_wards.csv": ["lsoa11_code,ward17_code", f"{A},{OLD_1}", f"{B},{OLD_1}", f"{E},{OLD_2}", f"{F},{OLD_2}"],
    "new_wards.csv": [
        "lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name",
        f"{A},a,{NEW_1},New 1,{HERE},Here", f"{C},c,{NEW_1},New 1,{HERE},Here", f"{D},d,{NEW_2},New 2,{HERE},Here",
        f"{G},g,{NEW_2},New 2,{HERE},Here", f"{I},i,{NEW_2},New 2,{HERE},Here",
    ],
    "partnerships.csv": [
        "LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM",
        f"{HERE},Here,E22000001,Both,E23000001,Shire", f"{THERE},There,E22000001,Both,E23000001,Shire",
    ],
    "recoding.csv": [
        "ltla19_code,ltla20_code,ltla21_code", f"E07000001,E07000001,{HERE}", f"E07000002,{HERE},{HERE}",
        f"E07000003,E07000003,{HERE}", f"E07000003,E07000003,{THERE}", f"{THERE},{THERE},{THERE}",
    ],
}  # fmt: skip


def _open(folder: Path, *names: str) -> Places:
    files = []
    for name in names:
        path = folder / name
        path.write_text("\n".join(LOOKUPS[name]) + "\n")
        files.append(path)
    return Places(load("ons-lookups", files, folder).store.snapshot())


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return _open(tmp_path_factory.mktemp("places"), *LOOKUPS)


# -- members --------------------------------------------------------------------------------------------------
def test_district_has_small_areas_of_both_censuses_and_knows_the_one_split_across_its_border(places: Places) -> None:
    members = places.get_members(HERE)
    assert members.codes == {A, B, C, D, E, F, G, I}
    assert members.split == {H}
    assert members.area.name == "Here"


def test_area_split_in_two_wards_is_whole_in_neither(places: Places) -> None:
    assert places.get_members(NEW_1).codes == {A, C}
    assert places.get_members(NEW_1).split == {B}
    assert places.get_members(NEW_2).codes == {D, E, F, G, I}


def test_merged_area_belongs_where_all_its_parts_do(places: Places) -> None:
    assert places.get_members(OLD_2).codes == {E, F, G}


def test_partnership_and_force_reach_down_to_small_areas(places: Places) -> None:
    expected = {A, B, C, D, E, F, G, H, I, J}
    assert places.get_members("E22000001").codes == places.get_members("E23000001").codes == expected


def test_small_area_is_its_own_member(places: Places) -> None:
    assert places.get_members(B).codes == {B}


def test_unknown_area_names_the_lookup_to_load(places: Places) -> None:
    with pytest.raises(UsageError, match=r"no small areas are known for E05000099.*ons-lookups"):
        places.get_members("E05000099")


# -- placing --------------------------------------------------------------------------------------------------
def test_codes_of_either_census_are_placed_in_wards_and_the_split_one_in_several(places: Places) -> None:
    placed = places.place([A, B, C, D, E, G], AreaSet("ward", 2024))
    assert placed.parent_of == {A: NEW_1, C: NEW_1, D: NEW_2, E: NEW_2, G: NEW_2}
    assert placed.split == {B: (NEW_1, NEW_2)}
    assert placed.names == {NEW_1: "New 1", NEW_2: "New 2"}


def test_new_codes_are_placed_in_old_wards_through_their_counterparts(places: Places) -> None:
    placed = places.place([A, C, D, G], AreaSet("ward", 2017))
    assert placed.parent_of == {A: OLD_1, C: OLD_1, D: OLD_1, G: OLD_2}


def test_codes_are_brought_to_one_census(places: Places) -> None:
    newer = places.place([A, B, E, G], AreaSet("lsoa", 2021))
    assert (newer.parent_of, newer.split) == ({A: A, E: G, G: G}, {B: (C, D)})
    older = places.place([C, G], AreaSet("lsoa", 2011))
    assert (older.parent_of, older.split) == ({C: B}, {G: (E, F)})


def test_partnership_and_force_are_reached_through_the_district(places: Places) -> None:
    period = Period.parse("2024/25")
    for kind, code, name in (("csp", "E22000001", "Both"), ("force", "E23000001", "Shire")):
        chosen = places.choose_set(AreaSet.parse(kind), period, [A, J])
        assert str(chosen) == f"{kind}@2023"
        placed = places.place([A, J], chosen)
        assert placed.parent_of == {A: code, J: code}
        assert placed.names == {code: name}


def test_district_divided_between_partnerships_leaves_its_small_areas_split(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"lsoa21_code,ltla23_code\n{A},{HERE}\n")
    (tmp_path / "b.csv").write_text(f"ltla23_code,csp23_code\n{HERE},E22000001\n{HERE},E22000002\n")
    places = Places(load("ons-lookups", [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path).store.snapshot())
    assert places.place([A], AreaSet("csp", 2023)).split == {A: ("E22000001", "E22000002")}


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2016", "ward@2017"), ("2021/22", "ward@2017"), ("2023-12", "ward@2017"), ("2024-06", "ward@2024"),
     ("2025/26", "ward@2024")],
)  # fmt: skip
def test_ward_set_is_the_one_in_force_at_the_end_of_the_period(places: Places, period: str, expected: str) -> None:
    assert str(places.choose_set(AreaSet("ward"), Period.parse(period), [A, B])) == expected


MEDWAY, ELSEWHERE = "E06000035", "E06000001"  # Medway's wards changed in May 2023; of the other nothing is declared


def _open_wards(folder: Path, districts: dict[str, str], *years: int) -> Places:
    """Look-ups from small areas to the wards of each year, and to the district that each lies in."""
    for year in years:
        vintage = "lsoa11" if year < 2021 else "lsoa21"
        heading = f"{vintage}_code,ward{year % 100}_code,ltla{year % 100}_code"
        rows = [f"{code},E050{year}{n},{district}" for n, (code, district) in enumerate(districts.items())]
        (folder / f"{year}.csv").write_text("\n".join([heading, *rows]) + "\n")
    return Places(load("ons-lookups", [folder / f"{y}.csv" for y in years], folder).store.snapshot())


@pytest.mark.parametrize(
    ("period", "expected"),
    [("2021/22", 2017), ("2022-04..2022-12", 2017), ("2023-04", 2017), ("2023-05", 2024), ("2023-05..2023-12", 2024),
     ("2023/24", 2024), ("2024-01..2024-04", 2024), ("2025", 2024)],
)  # fmt: skip
def test_wards_follow_the_declared_change_of_their_district(tmp_path: Path, period: str, expected: int) -> None:
    places = _open_wards(tmp_path, {A: MEDWAY, C: MEDWAY}, 2017, 2024)
    assert places.choose_set(AreaSet("ward"), Period.parse(period), [A, C]) == AreaSet("ward", expected)


@pytest.mark.parametrize(
    ("years", "before", "after"),
    [((2017, 2021, 2024), 2021, 2024), ((2017, 2023), 2017, 2023), ((2023, 2024), 2023, 2023), ((2024,), 2024, 2024),
     ((2013, 2017), 2017, 2017), ((2017, 2022), 2022, 2022)],
)  # fmt: skip
def test_any_sets_that_are_held_are_told_apart_by_the_declared_change(
    tmp_path: Path, years: tuple[int, ...], before: int, after: int
) -> None:
    places = _open_wards(tmp_path, {A: MEDWAY}, *years)
    for period, expected in (("2022-06..2023-04", before), ("2023-05..2023-12", after)):
        assert places.choose_set(AreaSet("ward"), Period.parse(period), [A]) == AreaSet("ward", expected)


@pytest.mark.parametrize(
    ("districts", "expected"), [((MEDWAY, MEDWAY, ELSEWHERE), 2024), ((MEDWAY, ELSEWHERE, ELSEWHERE), 2017)]
)
def test_area_over_several_districts_has_the_wards_in_force_in_most_of_it(
    tmp_path: Path, districts: tuple[str, ...], expected: int
) -> None:
    codes = (A, C, D)
    places = _open_wards(tmp_path, dict(zip(codes, districts, strict=True)), 2017, 2024)
    assert places.choose_set(AreaSet("ward"), Period.parse("2023-12"), codes) == AreaSet("ward", expected)


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("area", "period", "expected"),
    [("E06000035", "2022-04..2022-12", 2017), ("E06000035", "2023-05..2023-12", 2024),
     ("E06000035", "2024-01..2024-04", 2024), ("E07000116", "2023-12", 2017), ("E07000116", "2024-06", 2024)],
)  # fmt: skip
def test_real_wards_follow_the_declared_change(
    tmp_path: Path, shared_data: Path, area: str, period: str, expected: int
) -> None:
    names = ("lookup_lsoa11_ward17_kent.csv", "lookup_lsoa11_ltla21_kent.csv", "lookup_lsoa21_ward24_ltla24_kent.csv")
    places = Places(load("ons-lookups", [shared_data / "geography" / n for n in names], tmp_path).store.snapshot())
    codes = places.get_members(area).codes
    assert places.choose_set(AreaSet("ward"), Period.parse(period), codes) == AreaSet("ward", expected)


def test_sets_of_other_kinds_do_not_follow_the_change_of_wards(tmp_path: Path) -> None:
    places = _open_wards(tmp_path, {A: MEDWAY}, 2017, 2024)
    assert str(places.choose_set(AreaSet("district"), Period.parse("2023-12"), [A])) == "district@2017"


def test_set_that_no_lookup_gives_is_refused_naming_those_that_are_there(places: Places) -> None:
    with pytest.raises(UsageError, match=r"to ward@2022.*ward@2017, ward@2024"):
        places.choose_set(AreaSet("ward", 2022), Period.parse("2022"), [A])


def test_later_load_counts_where_two_lookups_place_an_area_differently(tmp_path: Path) -> None:
    # The first file names no district, so the second does not take its place: both are in force.
    (tmp_path / "a.csv").write_text(f"lsoa11_code,ward17_code\n{A},{OLD_1}\n")
    (tmp_path / "b.csv").write_text(f"lsoa11_code,ward17_code,ltla17_code\n{A},{OLD_2},{HERE}\n")
    for first, second, expected in (("a", "b", OLD_2), ("b", "a", OLD_1)):
        for name in (first, second):
            loaded = load("ons-lookups", tmp_path / f"{name}.csv", tmp_path / first)
        placed = Places(loaded.store.snapshot()).place([A], AreaSet("ward", 2017))
        assert placed.parent_of == {A: expected}


def test_small_area_goes_by_its_newest_name(tmp_path: Path) -> None:
    text = f"lsoa11_code,lsoa11_name,lsoa21_code,lsoa21_name\n{A},Shepway 001A,{A},Folkestone and Hythe 001A\n"
    (tmp_path / "a.csv").write_text(text)
    places = Places(load("ons-lookups", tmp_path / "a.csv", tmp_path).store.snapshot())
    assert places.place([A], AreaSet("lsoa", 2011)).names == {A: "Folkestone and Hythe 001A"}


# -- districts ------------------------------------------------------------------------------------------------
def test_districts_of_a_partnership_and_what_encloses_one(places: Places) -> None:
    assert places.get_districts("E22000001") == places.get_districts("E23000001") == {HERE, THERE}
    enclosing = places.get_enclosing(D)
    assert enclosing == {"lsoa": D, "ward": NEW_2, "district": HERE, "csp": "E22000001", "force": "E23000001"}


def test_former_districts_are_added_where_they_went_wholly_into_the_new_one(places: Places) -> None:
    assert places.add_former_districts({HERE}) == {HERE, "E07000001", "E07000002"}
    assert places.add_former_districts({HERE, THERE}) == {HERE, THERE, "E07000001", "E07000002", "E07000003"}


def test_store_without_lookups_knows_no_areas(tmp_path: Path) -> None:
    from wardmote.evidence.store.store import open_store

    places = Places(open_store(tmp_path / "store", create=True).snapshot())
    assert places.list_sets("ward") == ()
    assert places.add_former_districts({HERE}) == {HERE}
    with pytest.raises(UsageError, match="no small areas are known"):
        places.get_members(HERE)
