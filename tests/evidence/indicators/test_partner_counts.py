"""Figures from a partner's own records."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from support.official_tables import NOW, Loaded, load
from wardmote.evidence.definitions.indicators import get_indicator
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.described import describe_indicator
from wardmote.evidence.interface import find_source
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.ledger import describe_figure
from wardmote.evidence.sources.held_quality import describe_quality

LOOKUP = """lsoa21_code,lsoa21_name,ward24_code,ward24_name,ltla24_code,ltla24_name
E01016016,Medway 015A,E05014449,All Saints,E06000035,Medway
E01016017,Medway 015B,E05014450,Chatham Central,E06000035,Medway
E01016018,Medway 022A,E05014450,Chatham Central,E06000035,Medway
E01023987,Ashford 001B,E05012883,Kennington,E07000105,Ashford
"""
CSPS = """ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name
E06000035,Medway,E22000143,Medway,E23000032,Kent
E07000105,Ashford,E22000137,Ashford,E23000032,Kent
"""
MAPPING = """dataset: fires
title: Fires
publisher: Fire service
licence: Sharing agreement
polarity: lower_is_better
columns:
  date: {name: Date, format: "%Y-%m"}
  area: {name: Area, type: AREA_SET}
  category: [{name: Kind, as: kind}]
  count: {name: Count}
"""


def _load(tmp_path: Path, rows: str, *, area_set: str = "ward@2024", date_format: str = "%Y-%m") -> Loaded:
    for name, text in (("lookup.csv", LOOKUP), ("csp.csv", CSPS)):
        (tmp_path / name).write_text(text)
        load("ons-lookups", tmp_path / name, tmp_path)
    mapping = MAPPING.replace("AREA_SET", area_set).replace('"%Y-%m"', f'"{date_format}"')
    (tmp_path / "fires.yaml").write_text(mapping + "covers: 2022-04..2022-06\ncaveats: [Alarms are not counted.]\n")
    (tmp_path / "fires.csv").write_text("Date,Area,Kind,Count\n" + rows)
    return load("partner", [tmp_path / "fires.csv", tmp_path / "fires.yaml"], tmp_path)


def _ask(loaded: Loaded, area: str, by: str = "", period: str = "2022/23Q1") -> dict[tuple[str, ...], float | None]:
    table = compute_figures(
        Evidence.of(loaded.store.snapshot()), "partner_fires_count", area, Period.parse(period), by=by
    )
    return {tuple(v for _, v in f.dimensions): f.value for f in table.figures}


def _ask_one(loaded: Loaded, area: str, period: str = "2022/23Q1") -> Figure:
    return compute_one(Evidence.of(loaded.store.snapshot()), "partner_fires_count", area, Period.parse(period))


WARD_ROWS = "2022-04,E05014449,Car,2\n2022-04,E05014450,Bin,3\n2022-06,E05014450,Car,4\n"


def test_ward_counts_sum_to_the_district(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS)
    assert _ask(loaded, "E06000035") == {(): 9}
    assert _ask(loaded, "E22000143") == {(): 9}
    assert _ask(loaded, "E06000035", "ward") == {("E05014449",): 2, ("E05014450",): 7}


def test_covered_month_without_rows_is_zero_and_others_missing(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS)
    assert _ask(loaded, "E06000035", "month") == {("2022-04",): 5, ("2022-05",): 0, ("2022-06",): 4}
    later = _ask_one(loaded, "E06000035", "2022-06..2022-07")
    assert later.value is None
    assert "July 2022 of the partner dataset 'fires' not loaded" in later.missing.why  # type: ignore[union-attr]


def test_category_that_did_not_happen_in_the_period_is_zero(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS)
    assert _ask(loaded, "E06000035", "category", "2022-06") == {("kind=Bin",): 0, ("kind=Car",): 4}


def test_small_areas_are_counted_in_wards_and_a_ward_without_rows_is_zero(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E01016017,Car,2\n2022-04,E01016018,Car,3\n", area_set="lsoa@2021")
    assert _ask(loaded, "E06000035", "ward") == {("E05014449",): 0, ("E05014450",): 5}
    assert _ask(loaded, "E05014450") == {(): 5}


def test_withheld_count_makes_its_total_missing(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS + "2022-05,E05014449,Car,*\n")
    assert _ask(loaded, "E06000035", "ward") == {("E05014449",): None, ("E05014450",): 7}
    assert _ask_one(loaded, "E06000035").missing.code == "suppressed"  # type: ignore[union-attr]


@pytest.mark.parametrize("area", ["E07000105", "E22000137", "E23000032"])
def test_area_that_the_partner_does_not_cover_is_missing_and_no_zero(tmp_path: Path, area: str) -> None:
    figure = _ask_one(_load(tmp_path, WARD_ROWS), area)
    assert figure.value is None
    assert figure.missing is not None
    assert figure.missing.code == "area_unknown"


def test_quarterly_data_answers_for_whole_quarters_only(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022/23 Q1,E05014449,Car,6\n", date_format="quarter")
    assert _ask(loaded, "E06000035") == {(): 6}
    assert _ask(loaded, "E06000035", "quarter") == {("2022/23Q1",): 6}
    assert set(_ask(loaded, "E06000035", "month").values()) == {None}
    assert _ask_one(loaded, "E06000035", "2022-04").missing.code == "not_published"  # type: ignore[union-attr]


# -- what the dataset says of itself ----------------------------------------------------------------------------
def test_indicator_has_the_title_direction_and_caveats_of_its_dataset(tmp_path: Path) -> None:
    snapshot = _load(tmp_path, WARD_ROWS).store.snapshot()
    count, rate = (describe_indicator(snapshot, f"partner_fires_{kind}") for kind in ("count", "rate"))
    assert (count.title, count.polarity, count.caveats) == ("Fires", "lower_is_better", ("Alarms are not counted.",))
    assert (rate.title, rate.polarity) == ("Fires, rate", "lower_is_better")
    assert count.question == "How many items does Fire service record as 'Fires'?"


def test_indicator_of_no_partner_and_of_no_loaded_dataset_stays_as_the_catalogue_has_it(tmp_path: Path) -> None:
    snapshot = _load(tmp_path, WARD_ROWS).store.snapshot()
    for name in ("burglary_rate", "partner_floods_count"):
        assert describe_indicator(snapshot, name) == get_indicator(name)


def test_dataset_loaded_before_caveats_were_kept_has_none(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS)
    path = loaded.store.folder / "loads" / loaded.report.manifest.id / "partner_datasets.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["caveats"]), path)
    manifest = path.with_name("manifest.json")
    body = json.loads(manifest.read_text())
    for table in body["tables"]:  # nor were sizes and hashes kept then
        del table["size_bytes"], table["sha256"]
    manifest.write_text(json.dumps(body))
    found = describe_indicator(loaded.store.snapshot(), "partner_fires_count")
    assert (found.title, found.caveats) == ("Fires", ())


def test_ledger_names_the_dataset_its_publisher_and_its_caveats(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS)
    entry = describe_figure(_ask_one(loaded, "E06000035"), loaded.store.snapshot())
    assert entry.title.startswith("Fires: Medway, 2022/23Q1")
    assert "Alarms are not counted." in entry.definition
    assert ("Source", "Fires. Fire service. Sharing agreement.") in entry.lines


# -- refused rows -----------------------------------------------------------------------------------------------
REFUSED = (
    "2022-04,E05014449,Car,2\n2022-04,E05014450,Bin,3\n2022-05,E05014449,Car,99999999999999999999\n"
    "2022-06,E05014449,Car,1\n2022-06,E05014450,Car,1e9\n"
)


@pytest.mark.parametrize("sign", ["99999999999999999999", "NaN", "inf", "1e9", "many"])
def test_a_refused_row_makes_its_month_missing_and_the_period_with_it(tmp_path: Path, sign: str) -> None:
    loaded = _load(tmp_path, f"2022-04,E05014449,Car,2\n2022-05,E05014449,Car,{sign}\n")
    assert _ask(loaded, "E06000035", "month") == {("2022-04",): 2, ("2022-05",): None, ("2022-06",): 0}
    found = _ask_one(loaded, "E06000035")
    assert found.value is None
    assert found.missing == Missing(
        "row_refused", "1 row of May 2022 was refused when it was loaded (row 3 of its file)"
    )
    assert "2022-05: rows were refused" in loaded.said()


def test_a_refused_row_touches_only_the_area_and_category_that_it_says(tmp_path: Path) -> None:
    loaded = _load(tmp_path, REFUSED)
    assert _ask(loaded, "E05014450", "month") == {("2022-04",): 3, ("2022-05",): 0, ("2022-06",): None}
    assert _ask(loaded, "E06000035", "ward", "2022-06") == {("E05014449",): 1, ("E05014450",): None}
    assert _ask(loaded, "E06000035", "category", "2022-05") == {("kind=Bin",): 0, ("kind=Car",): None}


def test_a_refused_row_without_area_and_category_touches_every_one(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E05014449,Car,2\n2022-04,E05014450,Bin,3\n2022-05,nowhere,Mary,1\n")
    assert _ask(loaded, "E06000035", "ward", "2022-05") == {("E05014449",): None, ("E05014450",): None}
    assert _ask(loaded, "E06000035", "category", "2022-05") == {("kind=Bin",): None, ("kind=Car",): None}
    assert loaded.ask("SELECT DISTINCT area_code, category FROM partner_refusals") == [("", "")]


def test_a_month_with_nothing_but_a_refused_row_says_so_where_nothing_is_covered(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E05014449,Car,2\n2022-05,E05014450,Car,x\n")
    yaml = tmp_path / "fires.yaml"
    yaml.write_text(yaml.read_text().replace("covers: 2022-04..2022-06\n", ""))
    again = load("partner", [tmp_path / "fires.csv", yaml], tmp_path)
    assert _ask(again, "E06000035", "month", "2022-04..2022-05") == {("2022-04",): 2, ("2022-05",): None}
    assert loaded.store.folder == again.store.folder


def test_the_month_loaded_again_without_the_fault_is_known(tmp_path: Path) -> None:
    _load(tmp_path, REFUSED)
    again = _load(tmp_path, REFUSED.replace("99999999999999999999", "7").replace("1e9", "8"))
    assert _ask(again, "E06000035", "month") == {("2022-04",): 5, ("2022-05",): 7, ("2022-06",): 9}


def test_a_refused_row_without_a_month_casts_doubt_on_all(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E05014449,Car,2\nMay,E05014449,Car,3\n")
    assert _ask(loaded, "E06000035") == {(): 2}
    assert "1 row was refused whose month cannot be read; every month of this load may lack something" in loaded.said()
    table = compute_figures(
        Evidence.of(loaded.store.snapshot()), "partner_fires_count", "E06000035", Period.parse("2022-04"), by=""
    )
    assert "1 row of this data was refused whose month cannot be read; any month may lack some." in table.notes


def _load_items(tmp_path: Path, kept: int, refused: int) -> Loaded:
    """A list of items, a row each, some of them of no ward."""
    _load(tmp_path, "2022-04,E05014449,Car,1\n")
    yaml, file = tmp_path / "fires.yaml", tmp_path / "fires.csv"
    yaml.write_text(yaml.read_text().replace("  count: {name: Count}\n", ""))
    rows = ["2022-04,E05014449,Car"] * kept + ["2022-04,,Car"] * refused
    file.write_text("Date,Area,Kind\n" + "\n".join(rows) + "\n")
    return load("partner", [file, yaml], tmp_path)


def test_a_few_refused_items_among_many_are_told_beside_the_figure(tmp_path: Path) -> None:
    loaded = _load_items(tmp_path, 19, 1)
    assert _ask(loaded, "E06000035", "month") == {("2022-04",): 19, ("2022-05",): 0, ("2022-06",): 0}
    table = compute_figures(
        Evidence.of(loaded.store.snapshot()), "partner_fires_count", "E06000035", Period.parse("2022-04"), by=""
    )
    said = "1 row of this data was refused in these months (at most 1 in 20 of any month) and counted nowhere."
    assert said in table.notes
    assert "1 row was refused in months that lack no more than 5% of their rows" in loaded.said()


def test_more_than_a_few_refused_items_make_their_month_missing(tmp_path: Path) -> None:
    loaded = _load_items(tmp_path, 18, 1)
    assert _ask(loaded, "E06000035", "month") == {("2022-04",): None, ("2022-05",): 0, ("2022-06",): 0}


def test_rows_that_count_nowhere_leave_no_doubt(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E05014449,Car,2\n2022-04,Total,,2\nTotal,,,2\n2023-04,E05014449,Car,1\n")
    assert loaded.report.manifest.rows_refused == 3
    assert _ask(loaded, "E06000035") == {(): 2}
    assert loaded.one("SELECT max(line) + max(undated_count) FROM partner_refusals") == 0


def test_a_row_with_a_cell_too_many_is_believed_its_month(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E05014449,Car,2\n2022-05,E05014449,Car,1,000\n")
    assert _ask(loaded, "E05014449", "month") == {("2022-04",): 2, ("2022-05",): None, ("2022-06",): 0}


# -- whose it is ------------------------------------------------------------------------------------------------
def test_publisher_and_licence_are_those_that_the_mapping_names(tmp_path: Path) -> None:
    loaded = _load(tmp_path, WARD_ROWS)
    evidence = Evidence.of(loaded.store.snapshot())
    said = find_source(evidence, get_indicator("partner_fires_count"))
    assert (said.publisher, said.licence) == ("Fire service", "Sharing agreement")
    manifest = loaded.report.manifest
    assert (manifest.publisher, manifest.licence) == ("Fire service", "Sharing agreement")
    held = {one.source: one for one in describe_quality(evidence.snapshot, now=NOW).sources}
    assert (held["partner"].publisher, held["partner"].licence) == ("Fire service", "Sharing agreement")


def test_source_of_other_indicators_is_the_catalogues(tmp_path: Path) -> None:
    evidence = Evidence.of(_load(tmp_path, WARD_ROWS).store.snapshot())
    assert find_source(evidence, get_indicator("burglary_count")).id == "police-street"


# -- which look-up lacks ----------------------------------------------------------------------------------------
def test_areas_that_no_look_up_places_are_told_from_areas_without_rows(tmp_path: Path) -> None:
    loaded = _load(tmp_path, "2022-04,E05002249,Car,2\n2022-04,E05002250,Car,2\n", area_set="ward@2017")
    found = _ask_one(loaded, "E06000035").missing
    assert found
    assert found.why.startswith(
        "the partner's dataset 'fires' is by ward@2017, and no look-up that is loaded says in which district 2 areas "
        "of it lie: load one with 'wardmote load ons-lookups FILE'"
    )
    (tmp_path / "old.csv").write_text(
        "WD17CD,WD17NM,LAD17CD,LAD17NM\n"
        + "".join(f"{ward},Ward,E06000035,Medway\n" for ward in ("E05002249", "E05002250"))
    )
    load("ons-lookups", tmp_path / "old.csv", tmp_path)
    assert _ask_one(loaded, "E06000035").value == 4


def test_area_without_rows_is_said_to_have_none(tmp_path: Path) -> None:
    found = _ask_one(_load(tmp_path, WARD_ROWS), "E07000105").missing
    assert found
    assert found.why == "the partner's dataset 'fires' has no rows in this area"
