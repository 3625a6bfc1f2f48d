"""Road collisions and casualties, in the department's spellings of several years."""

import csv
import gzip
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from support.official_tables import Loaded, load
from wardmote.evidence.indicators.compute import Evidence, compute_one
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.model.periods import Period
from wardmote.evidence.sample.geography import draw_geography
from wardmote.evidence.sample.other_files import write_roads

COLLISIONS = """\
collision_index,collision_year,collision_ref_no,longitude,latitude,police_force,collision_severity,number_of_casualties,\
date,local_authority_ons_district,lsoa_of_accident_location,collision_adjusted_severity_serious
2023460001,2023,460001,0.52,51.38,46,1,2,05/01/2023,E06000035,E01016016,0
2023460002,2023,460002,-1,53.0,31,3,1,28/02/2023,E06000018,E01013810,0.1
2023460003,2023,460003,-1,-1,46,2,1,01/12/2023,E06000035,-1,1
"""
CASUALTIES = """\
collision_index,collision_year,collision_ref_no,vehicle_reference,casualty_reference,casualty_class,sex_of_casualty,\
age_of_casualty,age_band_of_casualty,casualty_severity,casualty_type,casualty_adjusted_severity_serious,\
casualty_adjusted_severity_slight
2023460001,2023,460001,1,1,1,1,30,6,1,9,0,0
2023460001,2023,460001,1,2,3,2,80,11,2,0,1,0
2023460002,2023,460002,1,1,1,1,12,-1,3,1,0.1234,0.8766
2023460003,2023,460003,1,1,1,1,-1,-1,2,97,-1,-1
"""


def _write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _load_pair(tmp_path: Path, collisions: str = COLLISIONS, casualties: str = CASUALTIES) -> Loaded:
    files = [_write(tmp_path, "b.csv", casualties), _write(tmp_path, "c.csv", collisions)]
    return load("stats19", files, tmp_path)


# -- rows -----------------------------------------------------------------------------------------------------
def test_collision_row_keeps_place_time_severity_and_leaves_missing_codes_missing(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path)
    assert loaded.ask("SELECT * EXCLUDE load_id REPLACE (month::VARCHAR AS month) FROM collisions ORDER BY 2") == [
        (2023, "2023460001", "2023-01-01", "E06000035", "E01016016", "fatal", 0.52, 51.38, 2, 46),
        (2023, "2023460002", "2023-02-01", "E06000018", "E01013810", "slight", -1.0, 53.0, 1, 31),
        (2023, "2023460003", "2023-12-01", "E06000035", None, "serious", None, None, 1, 46),
    ]
    assert (loaded.report.manifest.period_first, loaded.report.manifest.period_last) == ("2023-01", "2023-12")
    assert loaded.report.faults == ()


def test_casualty_row_keeps_road_user_age_band_and_probabilities(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path)
    assert loaded.ask("SELECT * EXCLUDE load_id FROM casualties ORDER BY 2, 3") == [
        (2023, "2023460001", 1, "fatal", "car", "26-35", 0.0, 0.0),
        (2023, "2023460001", 2, "serious", "pedestrian", "over 75", 1.0, 0.0),
        (2023, "2023460002", 1, "slight", "cyclist", "11-15", 0.1234, 0.8766),
        (2023, "2023460003", 1, "serious", "motorcyclist", None, None, None),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("0", "pedestrian"), ("1", "cyclist"), ("2", "motorcyclist"), ("23", "motorcyclist"), ("106", "motorcyclist"),
     ("8", "car"), ("9", "car"), ("109", "car"), ("11", "other"), ("19", "other"), ("90", "other"), ("-1", None)],
)  # fmt: skip
def test_casualty_type_says_the_road_user(tmp_path: Path, code: str, expected: str | None) -> None:
    loaded = _load_pair(tmp_path, casualties=CASUALTIES.replace(",1,9,0,0", f",1,{code},0,0"))
    assert loaded.ask("SELECT road_user FROM casualties WHERE severity = 'fatal'") == [(expected,)]


def test_pedestrian_is_known_by_class_where_the_type_is_missing(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path, casualties=CASUALTIES.replace(",11,2,0,1,0", ",11,2,-1,1,0"))
    assert loaded.one("SELECT road_user FROM casualties WHERE casualty_number = 2") == "pedestrian"


# -- spellings ------------------------------------------------------------------------------------------------
def _respell(text: str) -> str:
    head, _, rows = text.partition("\n")
    head = head.replace("collision_ref_no", "accident_reference").replace("collision_", "accident_")
    return f"{head}\n{rows}"


def _capitalise(text: str) -> str:
    head, _, rows = text.partition("\n")
    return "\ufeff" + "_".join(w.capitalize() for w in _respell(head + "\n").strip().split("_")) + f"\n{rows}"


@pytest.mark.parametrize("spell", [_respell, _capitalise, lambda t: t.replace("lsoa_of_accident", "lsoa_of_collision")])
def test_older_and_newer_column_names_say_the_same(tmp_path: Path, spell: object) -> None:
    assert callable(spell)
    today = _load_pair(tmp_path)
    (tmp_path / "old").mkdir()
    old = _load_pair(tmp_path / "old", spell(COLLISIONS), spell(CASUALTIES))
    for table in ("collisions", "casualties"):
        question = f"SELECT * EXCLUDE load_id FROM {table} ORDER BY ALL"
        assert today.ask(question) == old.ask(question)


def test_blanks_around_values_and_both_line_ends_do_not_matter(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path, COLLISIONS.replace("2023460001,", " 2023460001 ,").replace("\n", "\r\n"))
    assert loaded.one("SELECT count(*) FROM collisions JOIN casualties USING (year, collision_id)") == 4


def test_files_in_any_order_gzipped_or_together_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    files = [_write(tmp_path, "c.csv", COLLISIONS), _write(tmp_path, "k.csv", CASUALTIES)]
    packed = tmp_path / "c.csv.gz"
    packed.write_bytes(gzip.compress(COLLISIONS.encode()))
    stores = [load("stats19", files, one), load("stats19", [files[1], packed], two)]
    for table in ("collisions", "casualties"):
        paths = [s.store.folder / "loads" / s.report.manifest.id / f"{table}.parquet" for s in stores]
        assert paths[0].read_bytes() == paths[1].read_bytes()


# -- putting together -----------------------------------------------------------------------------------------
def test_casualty_without_a_collision_is_refused(tmp_path: Path) -> None:
    orphan = "2023460009,2023,460009,1,1,1,1,30,6,1,9,0,0\n"
    loaded = _load_pair(tmp_path, casualties=CASUALTIES + orphan)
    assert loaded.refused() == [("b.csv", 6, "the casualty belongs to no collision that was read and kept")]
    assert loaded.one("SELECT count(*) FROM casualties") == 4
    counts = {i.name: (i.rows_in, i.rows_kept, i.rows_refused) for i in loaded.report.manifest.inputs}
    assert counts == {"b.csv": (5, 4, 1), "c.csv": (3, 3, 0)}


def test_files_loaded_one_after_the_other_meet_in_the_store(tmp_path: Path) -> None:
    first = load("stats19", _write(tmp_path, "k.csv", CASUALTIES), tmp_path)
    assert "casualties of 2023 were not checked against their collisions" in first.said()
    second = load("stats19", _write(tmp_path, "c.csv", COLLISIONS), tmp_path)
    assert "collisions of 2023 have no casualties beside them" in second.said()
    assert second.one("SELECT count(*) FROM collisions JOIN casualties USING (year, collision_id)") == 4


def test_adjusted_severities_of_a_file_of_their_own_reach_their_casualties(tmp_path: Path) -> None:
    adjustment = (
        "accident_index,Vehicle_Reference,Casualty_Reference,Adjusted_Serious,Adjusted_Slight,Injury_Based\n"
        "2023460003,1,1,0.75,0.25,0\n"
        "2023460009,1,1,0.5,0.5,0\n"
    )
    texts = {"a.csv": adjustment, "b.csv": COLLISIONS, "c.csv": CASUALTIES}
    loaded = load("stats19", [_write(tmp_path, n, t) for n, t in texts.items()], tmp_path)
    found = loaded.ask("SELECT adjusted_serious, adjusted_slight FROM casualties WHERE collision_id = '2023460003'")
    assert found == [(0.75, 0.25)]
    assert loaded.refused() == [("a.csv", 3, "the adjusted severity belongs to no casualty that was read and kept")]


def test_row_given_twice_counts_once(tmp_path: Path) -> None:
    repeated = COLLISIONS + COLLISIONS.splitlines()[1] + "\n"
    corrected = COLLISIONS.replace("E06000018", "E06000035")
    texts = {
        "a.csv": COLLISIONS,
        "b.csv": repeated,
        "c.csv": CASUALTIES,
        "d.csv": corrected.replace(",46,1,", ",46,2,"),
    }
    loaded = load("stats19", [_write(tmp_path, n, t) for n, t in texts.items()], tmp_path)
    assert loaded.ask("SELECT district_code, severity, count(*) FROM collisions GROUP BY ALL ORDER BY ALL") == [
        ("E06000035", "serious", 2),
        ("E06000035", "slight", 1),
    ]
    assert "collisions stand in several of these files; the last file's were taken" in loaded.said()


def test_row_repeated_inside_a_file_is_refused(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path, COLLISIONS + COLLISIONS.splitlines()[1] + "\n")
    assert loaded.refused() == [("c.csv", 5, "the collision stands in this file a second time")]


def test_disagreement_about_casualties_is_told(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path, COLLISIONS.replace(",46,1,2,", ",46,1,3,"))
    assert "1 collisions name another number of casualties than the file of casualties has" in loaded.said()
    assert not loaded.report.has_refusals


def test_year_loaded_again_replaces_that_year_alone(tmp_path: Path) -> None:
    _load_pair(tmp_path)
    older = [t.replace("2023", "2022") for t in (COLLISIONS, CASUALTIES)]
    _load_pair(tmp_path, *older)
    header, first, *_ = COLLISIONS.splitlines()
    loaded = load("stats19", _write(tmp_path, "again.csv", f"{header}\n{first}\n"), tmp_path)
    assert loaded.ask("SELECT year, count(*) FROM collisions GROUP BY 1 ORDER BY 1") == [(2022, 3), (2023, 1)]


# -- bad input ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("05/01/2023", "31/02/2023", "the date is not a day of the calendar, written day/month/year"),
        ("05/01/2023", "2021-13-01", "the date is not a day of the calendar, written day/month/year"),
        ("05/01/2023", "05/01/2022", "the year and the date disagree"),
        (",46,1,2,", ",46,7,2,", "the severity is none of 1 (fatal), 2 (serious) and 3 (slight)"),
        ("2023460001,", "-1,", "the row has no collision index"),
        ("E06000035,E01016016", "Medway,E01016016", "the district is no ONS code"),
        ("E01016016", "Medway 015A", "the small area is no ONS code"),
        (",46,1,2,", ",46,1,two,", "the number of casualties is not a whole number"),
    ],
)
def test_collision_that_cannot_be_used_is_refused_with_its_casualties(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    loaded = _load_pair(tmp_path, COLLISIONS.replace(old, new, 1))
    orphaned = "the casualty belongs to no collision that was read and kept"
    assert loaded.refused() == [("b.csv", 2, orphaned), ("b.csv", 3, orphaned), ("c.csv", 2, reason)]
    assert f"c.csv, row 2: {reason}" in loaded.said()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("0.1234,0.8766", "1.2,0.8766", "an adjusted severity is not a probability between 0 and 1"),
        ("460002,1,1,1", "460002,1,-1,1", "the row has no casualty reference"),
        ("12,-1,3,1", "12,-1,x,1", "the severity is none of 1 (fatal), 2 (serious) and 3 (slight)"),
    ],
)
def test_casualty_that_cannot_be_used_is_refused_alone(tmp_path: Path, old: str, new: str, reason: str) -> None:
    loaded = _load_pair(tmp_path, casualties=CASUALTIES.replace(old, new, 1))
    assert loaded.refused() == [("b.csv", 4, reason)]
    assert loaded.one("SELECT count(*) FROM casualties") == 3


def test_missing_severity_and_district_are_kept_and_told(tmp_path: Path) -> None:
    collisions = COLLISIONS.replace(",46,2,1,", ",46,-1,1,").replace("E06000018", "-1")
    loaded = _load_pair(tmp_path, collisions, CASUALTIES.replace("12,-1,3,1", "12,-1,-1,1"))
    assert loaded.ask("SELECT severity FROM collisions WHERE collision_id = '2023460003'") == [(None,)]
    said = loaded.said()
    assert "1 collisions have no severity" in said
    assert "1 casualties have no severity" in said
    assert "1 collisions have no district" in said
    assert not loaded.report.has_refusals


def test_heathrow_keeps_the_departments_own_code(tmp_path: Path) -> None:
    loaded = _load_pair(tmp_path, COLLISIONS.replace("E06000018", "EHEATHROW"))
    assert not loaded.report.has_refusals


def test_renamed_column_is_named(tmp_path: Path) -> None:
    path = _write(tmp_path, "c.csv", COLLISIONS.replace("local_authority_ons_district", "district"))
    with pytest.raises(
        UnreadableInputError, match="local_authority_ons_district of the file of collisions are not there"
    ):
        load("stats19", path, tmp_path)
    path = _write(tmp_path, "k.csv", CASUALTIES.replace("casualty_severity", "severity"))
    with pytest.raises(UnreadableInputError, match="columns casualty_severity of the file of casualties are not there"):
        load("stats19", path, tmp_path)


def test_vehicles_are_passed_over_and_other_files_refused(tmp_path: Path) -> None:
    vehicles = _write(tmp_path, "v.csv", "collision_index,vehicle_reference,vehicle_type\n1,1,9\n")
    other = _write(tmp_path, "o.csv", "a,b\n1,2\n")
    loaded = load("stats19", [_write(tmp_path, "c.csv", COLLISIONS), vehicles, other], tmp_path)
    assert "warning: v.csv: this is the file of vehicles" in loaded.said()
    assert "error: o.csv: this is no STATS19 file (its headings are 'a', 'b')" in loaded.said()


def test_cut_off_gz_is_told_and_the_other_file_is_read(tmp_path: Path) -> None:
    cut = tmp_path / "k.csv.gz"
    cut.write_bytes(gzip.compress(CASUALTIES.encode())[:-10])
    loaded = load("stats19", [_write(tmp_path, "c.csv", COLLISIONS), cut], tmp_path)
    assert "k.csv.gz: this gzip file is cut off or damaged" in loaded.said()
    assert loaded.one("SELECT count(*) FROM collisions") == 3


def test_latin_1_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_bytes(COLLISIONS.replace("date,", "date,Straße,").replace("/2023,", "/2023,Chaussée,").encode("latin-1"))
    assert load("stats19", path, tmp_path).one("SELECT count(*) FROM collisions") == 3


# -- the sample -----------------------------------------------------------------------------------------------
def test_sample_partnerships_roads_count_as_plain_python_counts_its_lines(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    collisions, casualties = write_roads(rng, tmp_path / "roads", draw_geography(rng))
    with collisions.open(encoding="utf-8", newline="") as text:
        district_of = {row["collision_index"]: row["local_authority_ons_district"] for row in csv.DictReader(text)}
    with casualties.open(encoding="utf-8", newline="") as text:
        severe = Counter(
            (row["collision_year"], district_of[row["collision_index"]])
            for row in csv.DictReader(text)
            if row["casualty_severity"] in "12"
        )
    loaded = load("stats19", tmp_path / "roads", tmp_path)
    assert loaded.report.faults == ()
    evidence = Evidence.of(loaded.store.snapshot())
    for (year, district), people in severe.items():
        for indicator in ("ksi_count", "ksi_adjusted_count"):
            assert compute_one(evidence, indicator, district, Period.parse(year)).value == people
