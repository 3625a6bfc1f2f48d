"""A partner's own records, read by a mapping file."""

from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import duckdb
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from support.official_tables import Loaded, load, write_workbook
from wardmote.evidence.model.errors import DefinitionError, UnreadableInputError
from wardmote.evidence.sources.partner import IdentifyingDataError
from wardmote.evidence.sources.partner_identity import find_identifying
from wardmote.evidence.sources.partner_mapping import parse_mapping
from wardmote.evidence.sources.sheets import Sheet

COUNTED = """dataset: deliberate_fires
title: Deliberate fires
publisher: Northshire Fire and Rescue
licence: Sharing agreement
polarity: lower_is_better
columns:
  date: {name: Month, format: "%Y-%m"}
  area: {name: Ward code, type: ward@2024}
  category:
    - {name: Fire type, as: fire_type}
  count: {name: Incidents}
categories:
  fire_type: {Primary: primary, Secondary: secondary}
"""
EACH = """dataset: noise
title: Noise complaints
publisher: Council
licence: Own data
polarity: none
minimum_count: 10
columns:
  date: {name: Reported, format: "%d/%m/%Y"}
  area: {name: LSOA, type: lsoa@2021}
"""
HEAD = "Month,Ward code,Fire type,Incidents"
ROWS = "SELECT month::VARCHAR, area_set, area_code, category, items_count FROM partner_counts ORDER BY ALL"


def _load(tmp_path: Path, lines: str, mapping: str = COUNTED, name: str = "fires.csv") -> Loaded:
    (tmp_path / "mapping.yaml").write_text(mapping)
    (tmp_path / name).write_text(lines)
    return load("partner", tmp_path / name, tmp_path, mapping=str(tmp_path / "mapping.yaml"))


# -- what is read -----------------------------------------------------------------------------------------------
def test_counts_are_summed_by_month_area_and_category(tmp_path: Path) -> None:
    loaded = _load(
        tmp_path,
        f'{HEAD}\n2022-03,E05014449,Primary,2\n2022-03,E05014449, primary ,1\n2022-03,E05014450,Secondary,"1,000"\n',
    )
    assert loaded.ask(ROWS) == [
        ("2022-03-01", "ward@2024", "E05014449", "fire_type=primary", 3),
        ("2022-03-01", "ward@2024", "E05014450", "fire_type=secondary", 1000),
    ]
    assert loaded.ask("SELECT dataset, polarity, minimum_count, step FROM partner_datasets") == [
        ("deliberate_fires", "lower_is_better", 5, "month")
    ]


def test_each_row_is_one_item_where_no_count_is_named(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "Reported,LSOA,Officer team\n01/04/2022,E01016016,A\n30/04/2022,E01016016,B\n", EACH)
    assert loaded.ask(ROWS) == [("2022-04-01", "lsoa@2021", "E01016016", "", 2)]
    assert loaded.one("SELECT minimum_count FROM partner_datasets") == 10


def test_workbook_with_lines_above_and_dates_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "fires.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["Questions to fires@example.org"])
        page = book.add_worksheet("Incidents")
        page.write_row(0, 0, ["Fires by ward"])
        page.write_row(2, 0, ["Month", "Ward code ", "Fire type", "Incidents"])
        page.write_datetime(
            3, 0, __import__("datetime").datetime(2022, 5, 1), book.add_format({"num_format": "mmm yy"})
        )
        page.write_row(3, 1, ["E05014449", "Primary", 4])
    mapping = COUNTED + "file: {sheet: incidents, header_row: 3}\n"
    (tmp_path / "mapping.yaml").write_text(mapping)
    loaded = load("partner", [path, tmp_path / "mapping.yaml"], tmp_path)
    assert loaded.ask(ROWS) == [("2022-05-01", "ward@2024", "E05014449", "fire_type=primary", 4)]


@pytest.mark.parametrize("text", ["2021/22 Q4", "Q4 2021-22", "2021/2022 q4"])
def test_quarter_stands_at_its_first_month_and_covers_three(tmp_path: Path, text: str) -> None:
    mapping = COUNTED.replace('"%Y-%m"', "quarter")
    loaded = _load(tmp_path, f"{HEAD}\n{text},E05014449,Primary,2\n", mapping)
    assert [r[0] for r in loaded.ask(ROWS)] == ["2022-01-01"]
    assert loaded.one("SELECT step FROM partner_datasets") == "quarter"
    assert (loaded.report.manifest.period_first, loaded.report.manifest.period_last) == ("2022-01", "2022-03")


@pytest.mark.parametrize("sign", ["*", "<5", "[c]", "fewer than 5"])
def test_withheld_count_withholds_its_cell_and_is_no_zero(tmp_path: Path, sign: str) -> None:
    loaded = _load(
        tmp_path,
        f"{HEAD}\n2022-03,E05014449,Primary,{sign}\n2022-03,E05014449,Primary,7\n2022-03,E05014450,Primary,0\n",
    )
    assert [r[4] for r in loaded.ask(ROWS)] == [None, 0]


def test_month_without_rows_is_missing_unless_the_mapping_covers_it(tmp_path: Path) -> None:
    lines = "Reported,LSOA\n01/04/2022,E01016016\n01/06/2022,E01016016\n"
    loaded = _load(tmp_path, lines, EACH)
    assert loaded.report.manifest.months_missing == ("2022-05",)
    assert "no row is about 2022-05" in loaded.said()
    covered = _load(tmp_path, lines, EACH + "covers: 2022-04..2022-07\n")
    assert covered.report.manifest.months_missing == ()
    assert covered.ask("SELECT month::VARCHAR, items_count FROM partner_counts WHERE area_code = '' ORDER BY 1") == [
        (f"2022-0{m}-01", 0) for m in (5, 7)
    ]


def test_files_of_one_load_complete_each_other_within_what_they_cover(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Reported,LSOA\n01/04/2022,E01016016\n")
    (tmp_path / "b.csv").write_text("Reported,LSOA\n01/06/2022,E01016016\nsoon,E01016016\n")
    (tmp_path / "m.yaml").write_text(EACH + "covers: 2022-04..2022-07\n")
    loaded = load("partner", [tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "m.yaml"], tmp_path)
    assert [(row[0], row[2], row[4]) for row in loaded.ask(ROWS)] == [
        ("2022-04-01", "E01016016", 1), ("2022-05-01", "", 0), ("2022-06-01", "E01016016", 1), ("2022-07-01", "", 0),
    ]  # fmt: skip
    assert "gives the same figures" not in loaded.said()
    assert loaded.report.manifest.months_missing == ()
    doubted = loaded.ask("SELECT month::VARCHAR FROM partner_refusals WHERE undated_count = 1 ORDER BY 1")
    assert [month for (month,) in doubted] == ["2022-04-01", "2022-05-01", "2022-06-01", "2022-07-01"]


def test_points_are_put_into_small_areas_and_not_kept(tmp_path: Path) -> None:
    square = '{"type":"Polygon","coordinates":[[[0.5,51.3],[0.6,51.3],[0.6,51.4],[0.5,51.4],[0.5,51.3]]]}'
    feature = (
        f'{{"type":"Feature","properties":{{"LSOA21CD":"E01016016","LSOA21NM":"Medway 015A"}},"geometry":{square}}}'
    )
    (tmp_path / "lsoa.geojson").write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}')
    mapping = EACH.replace("{name: LSOA, type: lsoa@2021}", "{longitude: Lon, latitude: Lat, type: lsoa@2021}")
    lines = "Reported,Lon,Lat\n01/04/2022,0.55,51.35\n02/04/2022,0.7,51.35\n03/04/2022,,\n"
    with pytest.raises(UnreadableInputError, match="no boundaries of lsoa@2021 are loaded"):
        _load(tmp_path, lines, mapping)
    load("boundaries", tmp_path / "lsoa.geojson", tmp_path)
    loaded = _load(tmp_path, lines, mapping)
    assert loaded.ask(ROWS) == [("2022-04-01", "lsoa@2021", "E01016016", "", 1)]
    assert [(line, reason) for _, line, reason in loaded.refused()] == [
        (3, "the point lies in no area of lsoa@2021 whose boundary is loaded"),
        (4, "the row has no longitude and latitude in the United Kingdom"),
    ]


# -- what is kept aside -----------------------------------------------------------------------------------------
def test_rows_kept_aside_say_why_and_hold_nothing_of_the_row(tmp_path: Path) -> None:
    loaded = _load(
        tmp_path,
        f"{HEAD}\n2022-03,E05014449,Primary,2\nMarch,E05014449,Primary,2\n2022-03,E01016016,Primary,2\n"
        "2022-03,E05014449,Chimney of John Smith,2\n2022-03,E05014449,Primary,many\n",
    )
    assert [(line, reason) for _, line, reason in loaded.refused()] == [
        (3, "column 'Month' does not hold a date of the form %Y-%m"),
        (4, "column 'Ward code' does not hold a code of a ward"),
        (5, "column 'Fire type' holds something that the mapping file gives no value for"),
        (6, "column 'Incidents' does not hold a count"),
    ]
    path = loaded.store.folder / "loads" / loaded.report.manifest.id / "refused.parquet"
    assert {r[0] for r in duckdb.sql(f"SELECT row FROM read_parquet('{path}')").fetchall()} == {"[]"}
    assert "Smith" not in loaded.said()


def test_later_file_takes_the_place_of_an_earlier_one_month_by_month(tmp_path: Path) -> None:
    _load(tmp_path, f"{HEAD}\n2022-03,E05014449,Primary,2\n2022-04,E05014449,Primary,3\n")
    loaded = _load(tmp_path, f"{HEAD}\n2022-04,E05014449,Primary,5\n", name="later.csv")
    assert [(r[0], r[4]) for r in loaded.ask(ROWS)] == [("2022-03-01", 2), ("2022-04-01", 5)]


def test_missing_columns_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match=r"the columns 'Ward code', 'Incidents' that mapping\.yaml names"):
        _load(tmp_path, "Month,Ward,Fire type\n2022-03,E05014449,Primary\n")


# -- nobody in it -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("Victim surname", "Smith", "names"),
        ("offenderName", "J", "names"),
        ("Name", "x", "names"),
        ("D.O.B.", "x", "dates of birth"),
        ("Date of birth", "01/01/2000", "dates of birth"),
        ("Notes", "spoke to Mrs Jones", "names"),
        ("Opened", "03/02/1961", "dates of birth"),
        ("Notes", "male, DOB: 3/2/61", "dates of birth"),
        ("Reported by", "Smith, John", "names"),
        ("Suspect", "John A. Smith", "names"),
        ("Where", "ME4 4TR", "full postcodes"),
        ("Where", "me44tr", "full postcodes"),
        ("Where", "near High St, ME4 4TR (rear)", "full postcodes"),
        ("Reference", "943 476 5919", "NHS numbers"),
        ("Reference", "9434765919", "NHS numbers"),
        ("Note", "call 07700 900123", "phone numbers"),
        ("Note", "+44 1634 496012", "phone numbers"),
        ("Note", "someone@example.org", "e-mail addresses"),
        ("Ref", "AB123456C", "National Insurance numbers"),
        ("UPRN", "100062", "addresses"),
    ],
)
def test_identifying_column_refuses_the_whole_load_though_no_mapping_names_it(
    tmp_path: Path, heading: str, value: str, kind: str
) -> None:
    lines = f'{HEAD},{heading}\n2022-03,E05014449,Primary,2,"{value}"\n'
    with pytest.raises(IdentifyingDataError) as caught:
        _load(tmp_path, lines)
    (fault,) = caught.value.faults
    assert f"the column '{heading}' holds {kind} (1 cell, the first on row 2)" in str(fault)
    if len(value) > 2:
        assert value not in caught.value.render()
    assert list((tmp_path / "store" / "loads").glob("*")) == []


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Ward name", "Chatham Central & Brompton"),
        ("Postcode sector", "ME4 4"),
        ("Postcode district", "ME4"),
        ("Incident number", "1234567890"),
        ("Opened", "03/02/2020"),
        ("LSOA name", "Medway 015A"),
        ("Crime reference", "46/012345/22"),
        ("Date of birth", ""),
        ("Street type", "Victoria Dr"),
        ("Emails sent", "12"),
        ("Victim", "female adult"),
        ("Officer team", "North Quays"),
        ("Resident type", "Council Tenant"),
        ("Mobile phones stolen", "3"),
    ],
)
def test_column_that_tells_nobody_is_no_hindrance(tmp_path: Path, heading: str, value: str) -> None:
    loaded = _load(tmp_path, f'{HEAD},{heading}\n2022-03,E05014449,Primary,2,"{value}"\n')
    assert len(loaded.ask(ROWS)) == 1
    columns = {c for (c,) in loaded.ask("SELECT column_name FROM (DESCRIBE SELECT * FROM partner_counts)")}
    assert columns == {"dataset", "month", "area_set", "area_code", "category", "items_count", "load_id"}


def find_kinds(heading: str, *values: str) -> list[str]:
    rows: list[list[Any]] = [[heading], *([value] for value in values)]
    return [fault.found for fault in find_identifying(Sheet("f.csv", "", rows, range(1, len(rows) + 1)), 0)]


def test_bodies_under_a_heading_that_speaks_of_a_person_are_no_names() -> None:
    assert find_kinds("Reported by", "Kent Police", "Medway Council", "Kent Fire and Rescue Service", "NHS Trust") == []
    assert find_kinds("Recorded by", "Police Scotland", "British Transport Police", "Police", "public") == []
    mixed = find_kinds("Reported by", "Kent Police", "Kent Police", "Kent Police", "Smith, Jon")
    assert ["names (4 cells" in found for found in mixed] == [True]  # one person among bodies: as before
    assert find_kinds("Reported by", "Police Sergeant Smith", "Police Sergeant Wren")
    assert find_kinds("Reported by", "Mary Jones Council", "Mary Jones Council")


@pytest.mark.parametrize("length", [6, 7, 8, 9, 12, 16, 32, 40, 64])
def test_ids_that_a_computer_made_up_tell_nobody(length: int) -> None:
    random = Random(length)
    ids = [f"{random.getrandbits(4 * length):0{length}x}" for _ in range(600)]
    ids = [one for one in ids if not one.isdigit()]
    for made in (ids, [one.upper() for one in ids], [str(UUID(int=random.getrandbits(128))) for _ in range(600)]):
        assert find_kinds("Row id", *made) == []


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["DA11AE", "DA12BD", "BD11AB", "CF101DD"], "full postcodes"),  # hexadecimal by chance
        (["DA11AE", "DA12BD", "DA13BD"] * 20, "full postcodes"),
        (["DA11AE", *(f"e{n}b{n}cd" for n in range(10, 15))], "full postcodes"),
        (["AB123456C", "AA654321A"], "National Insurance numbers"),
        (["07700900123", "a7700900123", "b7700900124", "c7700900125"], "phone numbers"),
        (["9434765919", "a434765919", "b434765919", "c434765919"], "NHS numbers"),
    ],
)
def test_what_only_looks_like_ids_is_found_as_before(values: list[str], kind: str) -> None:
    assert [kind in found for found in find_kinds("Ref", *values)] == [True]


def test_every_identifying_column_of_every_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "mapping.yaml").write_text(COUNTED)
    for name, heading in (("a.csv", "Forename,Email"), ("b.csv", "Phone")):
        extra = ",x" * (heading.count(",") + 1)
        (tmp_path / name).write_text(f"{HEAD},{heading}\n2022-03,E05014449,Primary,2{extra}\n")
    with pytest.raises(IdentifyingDataError) as caught:
        load("partner", [tmp_path / "a.csv", tmp_path / "b.csv"], tmp_path, mapping=str(tmp_path / "mapping.yaml"))
    assert [f.where for f in caught.value.faults] == ["a.csv", "a.csv", "b.csv"]


def test_list_of_contacts_on_a_sheet_that_is_not_read_is_found(tmp_path: Path) -> None:
    people: list[list[Any]] = [["Contacts"], ["a@example.org"], ["b@example.org"]]
    table: list[list[Any]] = [HEAD.split(","), ["2022-03", "E05014449", "Primary", 2]]
    path = write_workbook(tmp_path / "fires.xlsx", {"Data": table, "People": people})
    (tmp_path / "mapping.yaml").write_text(COUNTED)
    with pytest.raises(IdentifyingDataError, match="holds e-mail addresses \\(2 cells"):
        load("partner", path, tmp_path, mapping=str(tmp_path / "mapping.yaml"))


@given(st.lists(st.integers(10**9, 10**10 - 1), min_size=12, max_size=30, unique=True))
def test_running_numbers_of_ten_digits_are_seldom_taken_for_nhs_numbers(numbers: list[int]) -> None:
    start = min(numbers)
    rows: list[list[Any]] = [["Reference"], *([str(start + n)] for n in range(30))]
    sheet = Sheet("f.csv", "", rows, range(1, len(rows) + 1))
    assert not [f for f in find_identifying(sheet, 0) if "NHS" in f.found]


@pytest.mark.parametrize("text", ["a very long remark about what was seen there that evening " * 2, None])
def test_free_text_is_no_category(tmp_path: Path, text: str | None) -> None:
    mapping = COUNTED.split("categories:", maxsplit=1)[0]
    rows = [f"2022-03,E05014449,{text or f'value {n}'},1" for n in range(101)]
    with pytest.raises(UnreadableInputError, match="'Fire type' holds free text or more than 100 different values"):
        _load(tmp_path, "\n".join([HEAD, *rows]), mapping)


# -- the mapping file -------------------------------------------------------------------------------------------
def test_mapping_faults_are_told_together_with_their_lines() -> None:
    text = """dataset: Deliberate Fires
title: Fires
publisher: Fire service
polarity: good
minimum_count: 1
colour: red
columns:
  date: {name: Month, format: "%d"}
  area: {name: Ward, type: ward}
  category:
    - {name: Fire type, as: fire_type}
  number: {name: Incidents}
categories:
  fire: {Primary: primary}
"""
    with pytest.raises(DefinitionError) as caught:
        parse_mapping(text, "fires.yaml")
    found = {(f.where, f.found.split(",")[0]) for f in caught.value.faults}
    assert found == {
        ("fires.yaml, line 1", "dataset is 'Deliberate Fires'"),
        ("fires.yaml, line 1", "licence is missing"),
        ("fires.yaml, line 4", "polarity is 'good'"),
        ("fires.yaml, line 5", "minimum_count is '1'"),
        ("fires.yaml, line 6", "colour is not a field that is known here"),
        ("fires.yaml, line 8", "format is '%d'"),
        ("fires.yaml, line 9", "type is 'ward'"),
        ("fires.yaml, line 12", "number is not a field that is known here"),
        ("fires.yaml, line 14", "categories speaks of 'fire'"),
    }


@pytest.mark.parametrize("part_of", ["deliberate_fires", "All Fires"])
def test_part_of_itself_or_of_no_dataset_is_a_fault_of_its_line(part_of: str) -> None:
    from wardmote.evidence.sample.other_files import _MAPPING

    with pytest.raises(DefinitionError, match=r"part_of is '") as caught:
        parse_mapping(f"{_MAPPING.rstrip()}\npart_of: {part_of}\n", "fires.yaml")
    assert caught.value.faults[0].where == f"fires.yaml, line {len(_MAPPING.rstrip().splitlines()) + 1}"


def test_no_mapping_file_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "fires.csv").write_text(HEAD)
    with pytest.raises(UnreadableInputError, match="needs one mapping file, and none was named"):
        load("partner", tmp_path / "fires.csv", tmp_path)


def test_sample_mapping_reads_the_sample_file(tmp_path: Path) -> None:
    from wardmote.evidence.sample.other_files import _MAPPING

    mapping = parse_mapping(_MAPPING, "deliberate_fires.yaml")
    assert (mapping.dataset, str(mapping.area.area_set), mapping.minimum_count) == ("deliberate_fires", "ward@2024", 5)
    loaded = _load(tmp_path, "Month,Ward code,Ward name,Fire type,Incidents\n2021-04,X05100001,A,Primary,0\n", _MAPPING)
    assert loaded.ask(ROWS) == [("2021-04-01", "ward@2024", "X05100001", "fire_type=primary", 0)]


def test_mapping_in_the_guide_is_one_that_is_read() -> None:
    guide = (Path(__file__).resolve().parents[3] / "docs" / "guide" / "partner-data.md").read_text(encoding="utf-8")
    mapping = parse_mapping(guide.split("```yaml\n")[1].split("```")[0], "guide")
    assert (mapping.sheet, mapping.header_row, mapping.count) == ("Incidents", 3, "Incidents")
    assert str(mapping.covers) == "2021-04..2024-03"


# -- who is in it, written otherwise ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "values", "kind"),
    [
        ("Ref", ["03/02/71", "12/11/80"], "dates of birth"),
        ("Ref", ["19710203", "19801112"], "dates of birth"),
        ("When", ["3 February 1971", "12 Nov 1980"], "dates of birth"),
        ("When", ["February 3, 1971", "Nov 12 1980"], "dates of birth"),
        ("Ref", ["943.476.5919", "401.023.2137"], "NHS numbers"),
        ("Ref", ["943\u200b4765919"], "NHS numbers"),
        ("Notes", ["pt 9434765919 seen", "none"], "NHS numbers"),
        ("Place", ["ME4-4TR"], "full postcodes"),
        ("Place", ["ME4\u200b4TR"], "full postcodes"),
        ("Loc", ["12 High Street", "14 High Street"], "addresses"),
        ("Loc", ["12 mill lane"], "addresses"),
        ("Loc", ["rear of 7a Old Mill Rd"], "addresses"),
        ("Officer", ["Turington", "Flintrock"], "names"),
        ("Known as", ["Razor"], "names"),
        ("First", ["x"], "names"),
        ("Forename", ["x"], "names"),
        ("Surname", ["x"], "names"),
        ("Remarks", ["Alan Turington", "Mary Jonesby"], "names"),
        ("Notes", ["seen with Alan Turington", "quiet"], "names"),
    ],
)
def test_people_are_found_in_whatever_way_they_are_written(
    tmp_path: Path, heading: str, values: list[str], kind: str
) -> None:
    rows = "".join(f'2022-03,E05014449,Primary,2,"{v}"\n' for v in values)
    with pytest.raises(IdentifyingDataError) as caught:
        _load(tmp_path, f"{HEAD},{heading}\n{rows}")
    assert [f"the column '{heading}' holds {kind}" in str(f) for f in caught.value.faults] == [True]
    assert not any(v in caught.value.render() for v in values if len(v) > 2)


def test_names_in_a_category_without_listed_values_refuse_the_load(tmp_path: Path) -> None:
    mapping = COUNTED.split("categories:", maxsplit=1)[0]
    with pytest.raises(IdentifyingDataError, match="'Fire type' holds names"):
        _load(tmp_path, f"{HEAD}\n2022-03,E05014449,John Smithson,2\n2022-03,E05014449,Mary Jonesby,2\n", mapping)


def test_postcode_in_two_columns_or_in_a_heading_is_found(tmp_path: Path) -> None:
    with pytest.raises(IdentifyingDataError, match="'P1' holds the first half of full postcodes"):
        _load(tmp_path, f"{HEAD},P1,P2\n2022-03,E05014449,Primary,2,ME4,4TR\n")
    for heading, kind in (("ME4 4TR", "full postcodes"), ("Alan Turington", "names")):
        with pytest.raises(IdentifyingDataError, match=f"the column 'number 5' holds {kind} in its heading") as caught:
            _load(tmp_path, f"{HEAD},{heading}\n2022-03,E05014449,Primary,2,1\n")
        assert heading not in caught.value.render()


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Location", ["On or near High Street", "Mary Street", "St James Park", "Victoria Gardens", "M2 junction 3"]),
        ("Reported", ["20220301", "01/03/22", "1 March 2022"]),
        ("Ward", ["Chatham Central", "Princes Park", "Gillingham North"]),
        ("Kind", ["Council Tenant", "Anti-social Behaviour", "Criminal Damage"]),
        ("Officer grade", ["Constable", "PCSO"]),
        ("Reference", ["20210001", "88123456", "2021-4411"]),
        ("Vehicles", ["2 cars", "1 motor cycle"]),
    ],
)
def test_places_kinds_and_references_are_no_people(tmp_path: Path, heading: str, values: list[str]) -> None:
    rows = "".join(f'2022-03,E05014449,Primary,2,"{v}"\n' for v in values)
    assert len(_load(tmp_path, f"{HEAD},{heading}\n{rows}").ask(ROWS)) == 1


# -- files that are not what they should be ---------------------------------------------------------------------
@pytest.mark.parametrize("count", ["1e400", "1.5", "-1", "nan", "inf"])
def test_a_count_is_a_whole_number(tmp_path: Path, count: str) -> None:
    loaded = _load(tmp_path, f"{HEAD}\n2022-03,E05014449,Primary,{count}\n2022-03,E05014450,Primary,3\n")
    assert [(line, reason) for _, line, reason in loaded.refused()] == [(2, "column 'Incidents' does not hold a count")]
    assert [r[4] for r in loaded.ask(ROWS)] == [3]


@pytest.mark.parametrize(("count", "is_taken"), [("6,000,000", True), ("6000001", False), ("1e9", False)])
def test_a_ward_has_at_most_a_hundred_items_a_month_for_each_resident(
    tmp_path: Path, count: str, is_taken: bool
) -> None:
    loaded = _load(tmp_path, f'{HEAD}\n2022-03,E05014449,Primary,"{count}"\n2022-03,E05014450,Primary,3\n')
    said = "column 'Incidents' holds more than 100 items for each resident of any ward"
    assert [reason for *_, reason in loaded.refused()] == ([] if is_taken else [said])


def test_a_cell_of_megabytes_costs_its_row_and_no_time(tmp_path: Path) -> None:
    cell = "x" * 3_000_000
    loaded = _load(tmp_path, f"{HEAD},Z\n2022-03,E05014449,Primary,1,{cell}\n2022-03,E05014450,Primary,3,a\n")
    assert [(line, reason) for _, line, reason in loaded.refused()] == [(2, "a cell is longer than 10,000 letters")]
    assert [r[4] for r in loaded.ask(ROWS)] == [3]


def test_a_line_without_its_closing_mark_is_refused_and_not_kept(tmp_path: Path) -> None:
    loaded = _load(tmp_path, f'{HEAD}\n2022-03,E05014449,"Primary,1\n2022-03,E05014450,Primary,3\n')
    assert [(line, reason) for _, line, reason in loaded.refused()] == [(2, "a quotation mark is not closed")]
    path = loaded.store.folder / "loads" / loaded.report.manifest.id / "refused.parquet"
    assert duckdb.sql(f"SELECT row FROM read_parquet('{path}')").fetchall() == [("[]",)]
    assert [r[4] for r in loaded.ask(ROWS)] == [3]


def test_an_empty_file_is_said_to_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="there is nothing in this table"):
        _load(tmp_path, "")


def test_a_mapped_heading_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="the heading 'Month' stands more than once"):
        _load(tmp_path, f"Month,{HEAD}\n2022-04,2022-03,E05014449,Primary,1\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('title: ""', "title is empty"),
        ('title: "a\\x07b"', "title holds the control sign U+0007"),
        ('licence: " "', "licence is empty"),
    ],
)
def test_words_of_the_mapping_must_say_something(line: str, said: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    text = "".join(f"{line}\n" if old.startswith(f"{key}:") else f"{old}\n" for old in COUNTED.splitlines())
    with pytest.raises(DefinitionError) as caught:
        parse_mapping(text, "m.yaml")
    assert [f.found for f in caught.value.faults] == [said]


def test_an_empty_date_format_is_refused() -> None:
    with pytest.raises(DefinitionError, match="format is empty"):
        parse_mapping(COUNTED.replace('"%Y-%m"', '""'), "m.yaml")


# -- people however a heading calls them ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("pupil name", "J Smith / M Jones / A Patel", "names"), ("pupil", "J. Smith", "names"),
        ("child", "mary jones, john smith", "names"), ("Client", "SMITH J", "names"), ("Victim", "O'Brien, P", "names"),
        ("patient", "Zofia Kowalska", "names"), ("Name of child", "x", "names"), ("pupil", "Mary", "names"),
        ("UPN", "A123456789012", "pupil numbers"), ("ref", "H801200001001", "pupil numbers"),
        ("vehicle", "AB12 CDE", "vehicle registration"), ("note", "blue car AB12 CDE left", "vehicle registration"),
        ("car", "R123 ABC", "vehicle registration"), ("ref", "ab12cde", "vehicle registration"),
        ("where", "Flat 3, Marine Court", "addresses"), ("where", "Marine Court Flat 3", "addresses"),
        ("collision place", "Station Street 12", "addresses"), ("place", "station street 12b", "addresses"),
    ],
)  # fmt: skip
def test_one_cell_that_leads_to_somebody_is_enough(heading: str, value: str, kind: str) -> None:
    assert any(kind in found for found in find_kinds(heading, value))


def test_one_name_among_many_who_are_not_known_is_found() -> None:
    assert ["names (1 cell" in found for found in find_kinds("driver", *["Unknown"] * 9, "A Patel")] == [True]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("pupils", ["3", "12"]), ("pupil", ["Year 9", "SEN Support"]), ("driver", ["Male 17-24", "Impaired"]),
        ("Casualty", ["Car driver", "Pedal cyclist"]), ("Victim", ["White British", "Not known", "Business"]),
        ("Vehicle", ["Car", "LGV", "2"]), ("Quarter", ["FY22 APR", "FY22 JUL"]), ("user", ["Class A", "Class B"]),
        ("place", ["Magistrates Court 2", "Station Street", "Slip Road 1", "Junction of High Street / Dock Road"]),
        ("ref", ["C202200012345", "C202200012346"]), ("Nominal", ["High Risk", "Low Risk"]),
    ],
)  # fmt: skip
def test_kinds_of_people_and_counts_of_them_are_no_names(heading: str, values: list[str]) -> None:
    assert find_kinds(heading, *values) == []
