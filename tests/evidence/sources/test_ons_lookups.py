"""Look-ups between areas, as the ONS publishes them and as others hand them on."""

import gzip
from pathlib import Path

import pytest

from support.official_tables import load
from wardmote.evidence.indicators.places import Places
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UnreadableInputError, UsageError
from wardmote.evidence.model.periods import Period

RESPLIT = """\
LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM,LAD22NMW,ObjectId
E01000001,Here 001A,U,E01000001,Here 001A,E06000001,Here, ,1
E01000002,Here 001B,S,E01000003,Here 001C,E06000001,Here, ,2
E01000002,Here 001B,S,E01000004,Here 001D,E06000001,Here, ,3
E01000009,There 001A,U,E01000009,There 001A,E06000002,There, ,4
"""
WARDS = """\
LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM
E01000001,Here 001A,E05000001,East & West,E06000001,Here
E01000003,Here 001C,E05000001,East & West,E06000001,Here
E01000004,Here 001D,E05000002,"North, South",E06000001,Here
"""
PARTNERSHIPS = """\
LAD23CD,LAD23NM,CSP23CD,CSP23NM,PFA23CD,PFA23NM,ObjectId
E06000001,Here,E22000001,Here and There,E23000001,Shire,1
E06000002,There,E22000001,Here and There,E23000001,Shire,2
"""


def _write(folder: Path, name: str, text: str, encoding: str = "utf-8-sig") -> Path:
    path = folder / name
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path


def test_each_pair_of_columns_gives_an_edition_of_the_years_in_its_headings(tmp_path: Path) -> None:
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", WARDS), tmp_path)
    assert loaded.ask("SELECT * EXCLUDE load_id FROM area_links WHERE child_code = 'E01000004' ORDER BY 1") == [
        ("lsoa@2021>district@2024", "lsoa@2021", "district@2024", "E01000004", "Here 001D", "E06000001", "Here", "",
         "E06000001"),
        ("lsoa@2021>ward@2024", "lsoa@2021", "ward@2024", "E01000004", "Here 001D", "E05000002", "North, South", "",
         "E06000001"),
    ]  # fmt: skip
    wards = loaded.ask(
        "SELECT child_code, parent_code, child_name FROM area_links WHERE edition LIKE 'ward%' ORDER BY 1"
    )
    assert wards == [
        ("E05000001", "E06000001", "East & West"),
        ("E05000002", "E06000001", "North, South"),
    ]  # fmt: skip


def test_two_vintages_are_linked_with_their_change_and_only_the_newer_to_the_district(tmp_path: Path) -> None:
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", RESPLIT), tmp_path)
    assert loaded.ask("SELECT edition, child_code, parent_code, change, scope FROM area_links ORDER BY ALL") == [
        ("lsoa@2011>lsoa@2021", "E01000001", "E01000001", "U", "E06000001"),
        ("lsoa@2011>lsoa@2021", "E01000002", "E01000003", "S", "E06000001"),
        ("lsoa@2011>lsoa@2021", "E01000002", "E01000004", "S", "E06000001"),
        ("lsoa@2011>lsoa@2021", "E01000009", "E01000009", "U", "E06000002"),
        ("lsoa@2021>district@2022", "E01000001", "E06000001", "", "E06000001"),
        ("lsoa@2021>district@2022", "E01000003", "E06000001", "", "E06000001"),
        ("lsoa@2021>district@2022", "E01000004", "E06000001", "", "E06000001"),
        ("lsoa@2021>district@2022", "E01000009", "E06000002", "", "E06000002"),
    ]


@pytest.mark.parametrize("change", ["CHNGIND", "CHGIND", "change_code"])
def test_every_spelling_of_the_change_indicator_is_read(tmp_path: Path, change: str) -> None:
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", RESPLIT.replace("CHGIND", change)), tmp_path)
    assert loaded.one("SELECT count(*) FROM area_links WHERE change = 'S'") == 2


def test_spelling_of_open_copies_says_the_same_as_the_publishers(tmp_path: Path) -> None:
    pairs = [("LSOA21CD", "lsoa21_code"), ("LSOA21NM", "lsoa21_name"), ("WD24CD", "ward24_code"),
             ("WD24NM", "ward24_name"), ("LAD24CD", "ltla24_code"), ("LAD24NM", "ltla24_name")]  # fmt: skip
    copy = WARDS
    for theirs, ours in pairs:
        copy = copy.replace(theirs, ours)
    one = load("ons-lookups", _write(tmp_path, "a.csv", WARDS), tmp_path / "one")
    two = load("ons-lookups", _write(tmp_path, "b.csv", copy), tmp_path / "two")
    question = "SELECT * EXCLUDE load_id FROM area_links ORDER BY ALL"
    assert one.ask(question) == two.ask(question)


def test_districts_that_share_a_partnership_stay_two_districts_of_one(tmp_path: Path) -> None:
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", PARTNERSHIPS), tmp_path)
    assert loaded.ask("SELECT edition, child_code, parent_code, scope FROM area_links ORDER BY ALL") == [
        ("csp@2023>force@2023", "E22000001", "E23000001", "E23000001"),
        ("district@2023>csp@2023", "E06000001", "E22000001", "E06000001"),
        ("district@2023>csp@2023", "E06000002", "E22000001", "E06000002"),
    ]
    assert Places(loaded.store.snapshot()).get_districts("E22000001") == {"E06000001", "E06000002"}


def test_rows_of_scotland_and_northern_ireland_are_kept(tmp_path: Path) -> None:
    text = "ltla21_code,ltla22_code\nS12000033,S12000033\nN09000001,N09000001\nW06000001,W06000001\n"
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", text), tmp_path)
    assert loaded.one("SELECT count(*) FROM area_links") == 3
    assert not loaded.report.has_refusals


def test_district_split_between_partnerships_keeps_both(tmp_path: Path) -> None:
    text = PARTNERSHIPS + "E06000001,Here,E22000002,Hither,E23000001,Shire,3\n"
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", text), tmp_path)
    assert loaded.one("SELECT count(*) FROM area_links WHERE child_code = 'E06000001'") == 2
    assert not loaded.report.has_refusals


def test_recodings_of_districts_are_linked_year_by_year_and_followed(tmp_path: Path) -> None:
    recoding = "ltla19_code,ltla20_code,ltla21_code\nE07000004,E07000004,E06000060\nE07000005,E07000005,E06000060\n"
    small = "lsoa11_code,ltla19_code\nE01000001,E07000004\nE01000002,E07000005\n"
    files = [_write(tmp_path, "a.csv", recoding), _write(tmp_path, "b.csv", small)]
    loaded = load("ons-lookups", files, tmp_path)
    editions = loaded.ask("SELECT DISTINCT edition FROM area_links WHERE edition LIKE 'district%' ORDER BY 1")
    assert editions == [("district@2019>district@2020",), ("district@2020>district@2021",)]
    assert Places(loaded.store.snapshot()).get_members("E06000060").codes == {"E01000001", "E01000002"}


# -- what replaces what --------------------------------------------------------------------------------------
def test_regional_file_loaded_later_stands_beside_the_first(tmp_path: Path) -> None:
    other = "LSOA21CD,WD24CD,LAD24CD\nE01000009,E05000009,E06000002\n"
    load("ons-lookups", _write(tmp_path, "here.csv", WARDS), tmp_path)
    loaded = load("ons-lookups", _write(tmp_path, "there.csv", other), tmp_path)
    assert loaded.one("SELECT count(*) FROM area_links WHERE edition = 'lsoa@2021>ward@2024'") == 4


def test_same_region_loaded_again_replaces_its_links_and_no_others(tmp_path: Path) -> None:
    other = "LSOA21CD,WD24CD,LAD24CD\nE01000009,E05000009,E06000002\n"
    corrected = "LSOA21CD,WD24CD,LAD24CD\nE01000001,E05000002,E06000001\n"
    for name, text in (("a.csv", WARDS), ("b.csv", other), ("c.csv", corrected)):
        loaded = load("ons-lookups", _write(tmp_path, name, text), tmp_path)
    wards = loaded.ask("SELECT child_code, parent_code FROM area_links WHERE parent_set = 'ward@2024' ORDER BY 1")
    assert wards == [("E01000001", "E05000002"), ("E01000009", "E05000009")]


def test_file_without_districts_replaces_ward_by_ward(tmp_path: Path) -> None:
    load("ons-lookups", _write(tmp_path, "a.csv", "lsoa11_code,ward17_code\nE01000001,E05000001\n"), tmp_path)
    loaded = load("ons-lookups", _write(tmp_path, "b.csv", "lsoa11_code,ward17_code\nE01000002,E05000002\n"), tmp_path)
    assert loaded.ask("SELECT child_code, scope FROM area_links ORDER BY 1") == [
        ("E01000001", "E05000001"),
        ("E01000002", "E05000002"),
    ]


def test_second_file_of_one_load_counts_where_both_link_the_same_area(tmp_path: Path) -> None:
    corrected = "LSOA21CD,WD24CD,LAD24CD\nE01000001,E05000002,E06000001\n"
    files = [_write(tmp_path, "a.csv", WARDS), _write(tmp_path, "b.csv", corrected)]
    loaded = load("ons-lookups", files, tmp_path)
    wards = loaded.ask("SELECT child_code, parent_code FROM area_links WHERE parent_set = 'ward@2024' ORDER BY 1")
    assert wards == [("E01000001", "E05000002"), ("E01000003", "E05000001"), ("E01000004", "E05000002")]
    assert "the latter's were taken" in loaded.said()


def test_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.csv", RESPLIT)
    stores = [load("ons-lookups", path, tmp_path / name) for name in ("one", "two")]
    tables = [s.store.folder / "loads" / s.report.manifest.id / "area_links.parquet" for s in stores]
    assert tables[0].read_bytes() == tables[1].read_bytes()


# -- the partnership's own areas -----------------------------------------------------------------------------
def test_custom_areas_that_overlap_are_members_of_both_and_replaced_one_by_one(tmp_path: Path) -> None:
    centre = (
        "lsoa21_code,custom_code,custom_name\nE01000001,town-centre,Town centre\nE01000003,town-centre,Town centre\n"
    )
    patch = "lsoa21_code,custom_code,custom_name\nE01000001,patch-1,Patch\n"
    files = [_write(tmp_path, "a.csv", centre), _write(tmp_path, "b.csv", patch)]
    load("ons-lookups", files, tmp_path)
    again = _write(tmp_path, "c.csv", patch.replace("E01000001", "E01000004"))
    loaded = load("ons-lookups", again, tmp_path)
    places = Places(loaded.store.snapshot())
    assert places.get_members("town-centre").codes == {"E01000001", "E01000003"}
    assert places.get_members("patch-1").codes == {"E01000004"}
    assert places.find_area("patch-1").name == "Patch"
    assert AreaSet.parse(loaded.one("SELECT DISTINCT parent_set FROM area_links")) == AreaSet("custom")


def test_custom_area_may_not_wear_an_official_code(tmp_path: Path) -> None:
    text = "lsoa21_code,custom_code\nE01000001,E05000001\nE01000001,mine\n"
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", text), tmp_path)
    assert loaded.refused() == [
        ("a.csv", 2, "column 'custom_code' holds the code of a ward where a custom is expected"),
    ]


# -- bad input -----------------------------------------------------------------------------------------------
def test_row_that_cannot_be_used_is_kept_aside_and_the_others_are_taken(tmp_path: Path) -> None:
    rows = ["E01000005,x,E06000001,y,E06000001,Here", "E0100006,x,E05000001,y,E06000001,Here", "E01000007,x,,,,",
            "E01000001,x,E05000002,y,E06000001,Here"]  # fmt: skip
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", WARDS + "\n".join(rows) + "\n"), tmp_path)
    assert loaded.refused() == [
        ("a.csv", 5, "column 'WD24CD' holds the code of a district where a ward is expected"),
        ("a.csv", 6, "column 'LSOA21CD' holds no GSS code where a lsoa is expected"),
        ("a.csv", 7, "the row names fewer than two areas that can be linked"),
        ("a.csv", 8, "the lsoa was given to another ward further up (lsoa@2021>ward@2024)"),
    ]
    (entry,) = loaded.report.manifest.inputs
    assert (entry.rows_in, entry.rows_kept, entry.rows_refused) == (7, 3, 4)


def test_unknown_change_indicator_is_refused(tmp_path: Path) -> None:
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", RESPLIT.replace(",U,E01000009", ",Q,E01000009")), tmp_path)
    assert loaded.refused() == [("a.csv", 5, "the change indicator is none of U, S, M and X")]


def test_renamed_column_is_named_with_what_was_expected(tmp_path: Path) -> None:
    text = PARTNERSHIPS.replace("LAD23CD", "District").replace("CSP23CD", "Partnership")
    with pytest.raises(UnreadableInputError, match=r"headings are 'District', 'LAD23NM', 'Partnership'.*LSOA21CD"):
        load("ons-lookups", _write(tmp_path, "a.csv", text), tmp_path)


def test_heading_without_a_year_is_passed_over_with_a_warning(tmp_path: Path) -> None:
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", WARDS.replace("LAD24CD", "LADCD")), tmp_path)
    assert loaded.ask("SELECT DISTINCT edition FROM area_links") == [("lsoa@2021>ward@2024",)]
    assert "'LADCD' names no year of boundaries" in loaded.said()


def test_latin_1_names_are_read_and_a_cut_off_gz_is_told(tmp_path: Path) -> None:
    welsh = _write(tmp_path, "a.csv", WARDS.replace("East & West", "Môn"), "latin-1")
    cut = tmp_path / "b.csv.gz"
    cut.write_bytes(gzip.compress(WARDS.encode() * 50)[:-20])
    loaded = load("ons-lookups", [welsh, cut], tmp_path)
    assert loaded.one("SELECT DISTINCT parent_name FROM area_links WHERE parent_code = 'E05000001'") == "Môn"
    assert "b.csv.gz: this gzip file is cut off or damaged" in loaded.said()


def test_empty_file_is_called_empty(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="this file is empty"):
        load("ons-lookups", _write(tmp_path, "a.csv", "\n"), tmp_path)


def test_code_columns_that_stand_empty_are_told(tmp_path: Path) -> None:
    text = "LSOA21CD,WD24CD,LAD24CD\nE01000001,,E06000001\n"
    loaded = load("ons-lookups", _write(tmp_path, "a.csv", text), tmp_path)
    assert "no row has codes for both sides of lsoa@2021>ward@2024" in loaded.said()


# -- the real look-ups ---------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def real_places(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Places:
    loaded = load("ons-lookups", shared_data / "geography", tmp_path_factory.mktemp("real"))
    assert not loaded.report.has_refusals
    return Places(loaded.store.snapshot())


@pytest.mark.realdata
def test_medway_has_its_small_areas_of_both_censuses(real_places: Places) -> None:
    members = real_places.get_members("E06000035")
    assert members.split == frozenset()
    held = {y: len(real_places.codes_of_vintage(sorted(members.codes), AreaSet("lsoa", y))) for y in (2011, 2021)}
    assert held == {2011: 163, 2021: 169}


@pytest.mark.realdata
def test_medway_has_22_wards_before_2023_and_24_after_and_one_split_area(real_places: Places) -> None:
    codes = real_places.get_members("E06000035").codes
    old = real_places.place(codes, AreaSet("ward", 2017))
    new = real_places.place(codes, AreaSet("ward", 2024))
    assert (len(set(old.parent_of.values())), old.split) == (22, {})
    assert len(set(new.parent_of.values())) == 24
    assert new.split == {"E01016110": ("E05014453", "E05014465")}
    assert new.names["E05014472"] == "Wayfield & Weeds Wood"


@pytest.mark.realdata
def test_six_of_medways_small_areas_were_split_into_twelve(real_places: Places) -> None:
    rows = real_places.snapshot.connection.execute(
        "SELECT child_code, parent_code, change FROM area_links "
        "WHERE edition = 'lsoa@2011>lsoa@2021' AND scope = 'E06000035'"
    ).fetchall()
    split = [(old, new) for old, new, change in rows if change == "S"]
    assert {old for old, _ in split} == {
        "E01016036", "E01016076", "E01016110", "E01016112", "E01016146", "E01032798",
    }  # fmt: skip
    assert sorted(new for _, new in split) == [f"E01035{n}" for n in range(286, 298)]
    assert sum(change == "U" for *_, change in rows) == 157
    assert len({new for _, new, _ in rows}) == len(rows)  # towards 2011 the way is unique


@pytest.mark.realdata
def test_kent_has_thirteen_districts_with_members_and_dartford_shares_a_partnership(real_places: Places) -> None:
    districts = real_places.get_districts("E23000032")
    assert len(districts) == 13
    assert all(real_places.get_members(code).codes for code in districts)
    assert real_places.get_districts("E22000352") == {"E07000107", "E07000109"}
    enclosing = real_places.get_enclosing("E06000035")
    assert (enclosing["csp"], enclosing["force"]) == ("E22000143", "E23000032")


@pytest.mark.realdata
def test_code_outlives_the_name_shepway(real_places: Places) -> None:
    csp = real_places.get_enclosing("E07000112")["csp"]
    assert (real_places.find_area("E07000112").name, real_places.find_area(csp).name) == (
        "Folkestone and Hythe",
        "Shepway",
    )


@pytest.mark.realdata
def test_ward_set_follows_the_election(real_places: Places) -> None:
    codes = real_places.get_members("E06000035").codes
    chosen = [
        str(real_places.choose_set(AreaSet("ward"), Period.parse(p), codes)) for p in ("2021/22", "2024-04", "2025")
    ]
    assert chosen == ["ward@2017", "ward@2024", "ward@2024"]
    with pytest.raises(UsageError, match="no look-up links these small areas to ward@2030"):
        real_places.choose_set(AreaSet("ward", 2030), Period.parse("2025"), codes)
