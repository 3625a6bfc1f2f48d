"""Street-level files: every quirk of the publisher's, and every fault that a file can have."""

import csv
import gzip
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.police_files import (
    LSOA,
    STREET,
    UNDER,
    codes,
    load,
    outcome_row,
    read_rows,
    read_schema,
    stop_row,
    street_row,
    table_path,
    write_street,
    write_text,
    zip_folder,
)
from support.police_files import OUTCOMES as OUTCOMES_HEADER
from support.police_files import STOPS as STOPS_HEADER
from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.sources.loading import LoadReport

ASB = {"crime_type": "Anti-social behaviour", "outcome": "", "crime_id": ""}


def only_fault(report: LoadReport, code: str) -> Fault:
    """The one fault with this code."""
    found = [f for f in report.faults if f.code == code]
    assert len(found) == 1, report.faults
    return found[0]


# -- what a good file becomes -------------------------------------------------------------------------------
def test_rows_of_a_file_become_rows_and_counts(tmp_path: Path) -> None:
    rows = [street_row(), street_row(crime_id="b2"), street_row(crime_type="Drugs"), street_row(**ASB)]
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", rows))
    assert read_rows(store, report, "street_counts", "force, CAST(month AS VARCHAR), * EXCLUDE (force, month)") == [
        ("kent", "2022-03-01", "Anti-social behaviour", LSOA, "", 1),
        ("kent", "2022-03-01", "Burglary", LSOA, UNDER, 2),
        ("kent", "2022-03-01", "Drugs", LSOA, UNDER, 1),
    ]
    assert read_schema(store, report, "street_counts") == TABLES["street_counts"].names
    assert read_schema(store, report, "street_rows") == TABLES["street_rows"].names
    entry = report.manifest.inputs[0]
    assert (entry.name, entry.rows_in, entry.rows_kept, entry.rows_refused) == ("2022-03-kent-street.csv", 4, 4, 0)
    assert report.manifest.tables[0].covers == (("kent", "2022-03-01"),)
    assert report.faults == ()
    assert not report.has_refusals


def test_identical_rows_are_all_counted(tmp_path: Path) -> None:
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", [street_row(**ASB)] * 7))
    assert read_rows(store, report, "street_counts", "offences_count") == [(7,)]
    assert report.manifest.rows_kept == 7


def test_blank_crime_ids_are_kept_as_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", [street_row(crime_id=""), street_row(**ASB)]))
    assert read_rows(store, report, "street_rows", "crime_id, last_outcome") == [(None, UNDER), (None, None)]


def test_rows_without_a_place_are_kept(tmp_path: Path) -> None:
    row = street_row(lsoa="", point=",", location="No Location")
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", [row]))
    assert read_rows(store, report, "street_rows", "lsoa_code, longitude, latitude, location") == [
        (None, None, None, "No Location")
    ]
    assert read_rows(store, report, "street_counts", "lsoa_code, offences_count") == [("", 1)]


def test_small_areas_of_both_vintages_and_far_points_stay_as_they_are(tmp_path: Path) -> None:
    rows = [
        street_row(lsoa="E01016036"),
        street_row(lsoa="E01035286"),
        street_row(lsoa="W01001234", point="-3.211340,55.070000"),
    ]
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", rows))
    assert read_rows(store, report, "street_rows", "lsoa_code, longitude") == [
        ("E01016036", 0.53641),
        ("E01035286", 0.53641),
        ("W01001234", -3.21134),
    ]
    assert report.faults == ()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, end: str, mark: str) -> None:
    path = tmp_path / "in" / "2022-03-kent-street.csv"
    write_text(path, mark + STREET, [street_row(), street_row(**ASB)], end=end)
    store = tmp_path / "store"
    report = load(store, path)
    assert read_rows(store, report, "street_counts", "crime_type, last_outcome, offences_count") == [
        ("Anti-social behaviour", "", 1),
        ("Burglary", UNDER, 1),
    ]
    assert report.faults == ()


def test_mixed_line_ends_and_blank_lines_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "2022-03-kent-street.csv"
    path.write_bytes(f"{STREET}\r\n{street_row()}\n{street_row()}\r\n\r\n{street_row()}".encode())
    report = load(tmp_path / "store", path)
    assert (report.manifest.rows_in, report.manifest.rows_kept) == (3, 3)


def test_quoted_commas_stay_in_one_cell(tmp_path: Path) -> None:
    store = tmp_path / "store"
    row = street_row(location='"On or near Asda, Thurmaston"')
    report = load(store, write_street(tmp_path / "in", [row]))
    assert read_rows(store, report, "street_rows", "location") == [("On or near Asda, Thurmaston",)]


def test_extra_and_reordered_columns_are_found_by_name(tmp_path: Path) -> None:
    names = STREET.split(",")
    cells = dict(zip(names, street_row().split(","), strict=True)) | {"Added": "x"}
    order = ["Added", *reversed(names)]
    path = tmp_path / "2022-03-kent-street.csv"
    write_text(path, ",".join(order), [",".join(cells[n] for n in order)])
    plain = write_street(tmp_path / "in", [street_row(month="2022-04")], month="2022-04")
    store = tmp_path / "store"
    report = load(store, [path, plain])
    assert read_rows(store, report, "street_counts", "CAST(month AS VARCHAR), crime_type, lsoa_code, last_outcome") == [
        ("2022-03-01", "Burglary", LSOA, UNDER),
        ("2022-04-01", "Burglary", LSOA, UNDER),
    ]


def test_old_crime_types_are_known_and_new_ones_kept_with_a_warning(tmp_path: Path) -> None:
    rows = [street_row(crime_type=t) for t in ("Violent crime", "Public disorder and weapons", "Burglery")]
    report = load(tmp_path / "store", write_street(tmp_path / "in", rows))
    fault = only_fault(report, "unknown_category")
    assert fault.severity == "warning"
    assert "'Burglery'" in fault.found
    assert "'Burglary'" in fault.expected
    assert report.manifest.rows_kept == 3


# -- where files come from ----------------------------------------------------------------------------------
def make_archive(folder: Path) -> Path:
    """Two months of two forces, three kinds side by side, as the publisher lays them."""
    for month in ("2022-03", "2022-04"):
        for force, name in (("kent", "Kent Police"), ("essex", "Essex Police")):
            rows = [street_row(month, force=name), street_row(month, "Drugs", force=name)]
            write_street(folder, rows, month=month, force=force)
        write_text(folder / month / f"{month}-kent-outcomes.csv", OUTCOMES_HEADER, [outcome_row(month)])
        write_text(folder / month / f"{month}-kent-stop-and-search.csv", STOPS_HEADER, [stop_row(f"{month}-05")])
    return folder


def test_a_folder_a_zip_and_gzipped_files_give_the_same_counts(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "in")
    packed = zip_folder(folder, tmp_path / "archive.zip")
    gzipped = []
    for path in folder.rglob("*-street.csv"):
        gzipped.append(tmp_path / "gz" / f"{path.name}.gz")
        gzipped[-1].parent.mkdir(exist_ok=True)
        gzipped[-1].write_bytes(gzip.compress(path.read_bytes()))
    seen = set()
    for number, paths in enumerate(([folder], [packed], sorted(gzipped), sorted(gzipped, reverse=True))):
        store = tmp_path / f"store{number}"
        report = load(store, paths)
        assert report.faults == (), "other kinds inside a folder are passed over silently"
        seen.add(table_path(store, report, "street_counts").read_bytes())
    assert len(seen) == 1


def test_a_zip_inside_a_folder_is_opened(tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    zip_folder(make_archive(tmp_path / "in"), tmp_path / "downloads" / "latest.zip")
    report = load(tmp_path / "store", tmp_path / "downloads")
    assert report.manifest.rows_kept == 8
    assert report.manifest.inputs[0].name == "downloads/latest.zip/2022-03/2022-03-essex-street.csv"


def test_another_kind_that_is_named_is_passed_over_with_a_warning(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "in")
    stops = folder / "2022-03" / "2022-03-kent-stop-and-search.csv"
    unnamed = write_text(tmp_path / "some.csv", OUTCOMES_HEADER, [outcome_row()])
    report = load(tmp_path / "store", [folder, stops, unnamed])
    assert codes(report) == ["other_kind", "other_kind"]
    assert "police-stop-search" in report.faults[0].to_do
    assert "police-outcomes" in report.faults[1].to_do
    assert not report.has_refusals


def test_strangers_are_warned_of_in_a_folder_and_faults_when_named(tmp_path: Path) -> None:
    folder = make_archive(tmp_path / "in")
    (folder / "README.txt").write_text("hello")
    (folder / "populations.csv").write_text("area,year,people\nA,2020,3\n")
    in_folder = load(tmp_path / "one", folder)
    assert codes(in_folder) == ["no_police_file", "no_police_file"]
    assert not in_folder.has_refusals
    named = load(tmp_path / "two", [folder / "2022-03", folder / "populations.csv"])
    assert only_fault(named, "no_police_file").severity == "error"


def test_a_file_without_a_telling_name_is_placed_by_its_rows(tmp_path: Path) -> None:
    rows = [
        street_row("2022-03"),
        street_row("2022-04"),
        street_row("2022-04", force="Devon & Cornwall Police"),
        street_row("2022-04", force="Hampshire Constabulary"),
        street_row("2022-04", force="Ministry of Magic"),
    ]
    store = tmp_path / "store"
    report = load(store, write_text(tmp_path / "crimes.csv", STREET, rows))
    assert read_rows(store, report, "street_counts", "force, CAST(month AS VARCHAR)") == [
        ("devon-and-cornwall", "2022-04-01"),
        ("hampshire", "2022-04-01"),
        ("kent", "2022-03-01"),
        ("kent", "2022-04-01"),
    ]
    fault = only_fault(report, "force")
    assert "'Ministry of Magic'" in fault.found
    assert fault.where == "crimes.csv, line 6"
    assert report.manifest.rows_refused == 1


def test_no_word_in_a_files_name_becomes_a_force_and_the_rows_tell_whose_they_are(tmp_path: Path) -> None:
    rows = [street_row(), street_row(force="Zellmouth Police (synthetic)"), street_row(force="Ministry of Magic")]
    report = load(tmp_path / "store", write_street(tmp_path / "in", rows, force="kennt"))
    assert report.manifest.tables[0].covers == (("estuary-sample", "2022-03-01"), ("kent", "2022-03-01"))
    assert "'Ministry of Magic'" in only_fault(report, "force").found
    fault = only_fault(report, "unknown_force")
    assert "'kennt'" in fault.found
    assert "2022-03-kent-street.csv" in fault.expected


def test_the_samples_own_force_is_known_by_its_file_name(tmp_path: Path) -> None:
    row = street_row(force="Zellmouth Police (synthetic)")
    report = load(tmp_path / "store", write_street(tmp_path / "in", [row], force="estuary-sample"))
    assert report.manifest.tables[0].covers == (("estuary-sample", "2022-03-01"),)
    assert report.faults == ()


# -- two files for one month --------------------------------------------------------------------------------
def test_the_same_file_twice_is_counted_once_and_said(tmp_path: Path) -> None:
    path = write_street(tmp_path / "a", [street_row()] * 3)
    copy = write_street(tmp_path / "b", [street_row()] * 3, suffix=".csv.gz", end="\r\n")
    store = tmp_path / "store"
    report = load(store, [path, copy, path])
    assert read_rows(store, report, "street_counts", "offences_count") == [(3,)]
    assert codes(report) == ["same_month_twice", "same_month_twice"]
    assert not report.has_refusals
    assert sorted((i.rows_in, i.rows_kept) for i in report.manifest.inputs) == [(3, 0), (3, 0), (3, 3)]


@pytest.mark.parametrize("swap", [False, True])
def test_of_two_issues_the_later_archive_wins_in_any_order(tmp_path: Path, swap: bool) -> None:
    old = write_street(tmp_path / "z-archive-2022-05", [street_row()])
    new = write_street(tmp_path / "a-archive-2023-05", [street_row(outcome="Local resolution")] * 2)
    store = tmp_path / "store"
    report = load(store, [new, old] if swap else [old, new])
    assert read_rows(store, report, "street_counts", "last_outcome, offences_count") == [("Local resolution", 2)]
    fault = only_fault(report, "month_reissued")
    assert "2022-03 of kent" in fault.found
    assert "later archive" in fault.found
    assert fault.severity == "warning"


@pytest.mark.parametrize("swap", [False, True])
def test_of_two_undated_issues_one_wins_whatever_the_order(tmp_path: Path, swap: bool) -> None:
    paths = [write_street(tmp_path / "one", [street_row()]), write_street(tmp_path / "two", [street_row()] * 5)]
    store = tmp_path / "store"
    report = load(store, paths[::-1] if swap else paths)
    assert read_rows(store, report, "street_counts", "offences_count") == [(5,)]
    assert "its path sorts last" in only_fault(report, "month_reissued").found


def test_a_file_of_many_months_yields_only_those_that_another_holds(tmp_path: Path) -> None:
    many = write_text(tmp_path / "all.csv", STREET, [street_row("2022-03"), street_row("2022-04")])
    named = write_street(tmp_path / "zz", [street_row("2022-04")] * 4, month="2022-04")
    store = tmp_path / "store"
    report = load(store, [many, named])
    assert read_rows(store, report, "street_counts", "CAST(month AS VARCHAR), offences_count") == [
        ("2022-03-01", 1),
        ("2022-04-01", 4),
    ]
    assert codes(report) == ["month_reissued"]


def test_a_later_load_takes_the_place_of_an_earlier_month(tmp_path: Path) -> None:
    store = tmp_path / "store"
    load(store, write_street(tmp_path / "a", [street_row()] * 5))
    report = load(store, write_street(tmp_path / "b", [street_row()] * 2))
    from wardmote.evidence.store.store import open_store

    snapshot = open_store(store).snapshot()
    assert snapshot.connection.execute("SELECT sum(offences_count) FROM street_counts").fetchone() == (2,)
    assert snapshot.loads_of("street_counts") == (report.manifest.id,)


# -- what is missing ----------------------------------------------------------------------------------------
def test_missing_months_are_named(tmp_path: Path) -> None:
    for month in ("2021-11", "2022-02"):
        write_street(tmp_path / "in", [street_row(month)], month=month)
    report = load(tmp_path / "store", tmp_path / "in")
    assert "2021-12 to 2022-01" in only_fault(report, "months_missing").found
    assert report.manifest.months_missing == ("2021-12", "2022-01")


def test_a_fall_of_the_total_and_a_vanished_category_are_warned_of(tmp_path: Path) -> None:
    for number in range(1, 9):
        month = f"2022-{number:02d}"
        short = number == 5
        rows = [street_row(month)] * (150 if short else 300) + [street_row(month, "Drugs")] * (0 if short else 100)
        write_street(tmp_path / "in", rows, month=month)
    report = load(tmp_path / "store", tmp_path / "in")
    drop = only_fault(report, "month_drop")
    assert "2022-05 has 150 rows, 62% below the 400 usual" in drop.found
    vanished = only_fault(report, "category_vanished")
    assert "2022-05 has no row of 'Drugs', a drop of 100% from the 100 usual" in vanished.found


def test_a_category_that_the_publisher_ended_did_not_vanish(tmp_path: Path) -> None:
    for number in range(1, 9):
        month = f"2013-{number:02d}"
        name = "Violent crime" if number < 5 else "Violence and sexual offences"
        write_street(tmp_path / "in", [street_row(month, name)] * 100, month=month)
    assert load(tmp_path / "store", tmp_path / "in").faults == ()


# -- bad input ----------------------------------------------------------------------------------------------
def write_bad_and_good(folder: Path, bad: bytes, suffix: str = ".csv") -> list[Path]:
    """A good month beside a bad one, to show that the good one is loaded."""
    good = write_street(folder, [street_row()] * 2)
    path = folder / f"2022-04-kent-street{suffix}"
    path.write_bytes(bad)
    return [good, path]


def test_a_truncated_gzip_is_refused_whole(tmp_path: Path) -> None:
    rows = [street_row("2022-04", crime_id=f"{i:064x}", lsoa=f"E010{i * 7919 % 99999:05d}") for i in range(20_000)]
    whole = gzip.compress("\n".join([STREET, *rows]).encode())
    store = tmp_path / "store"
    report = load(store, write_bad_and_good(tmp_path, whole[: len(whole) // 2], ".csv.gz"))
    fault = only_fault(report, "truncated")
    assert "ends too early" in fault.found
    assert fault.where == "2022-04-kent-street.csv.gz"
    assert report.manifest.tables[0].covers == (("kent", "2022-03-01"),), "no part of a month passes for the month"
    entry = report.manifest.inputs[1]
    assert entry.rows_kept == 0
    assert 0 < entry.rows_refused == entry.rows_in < 20_000
    assert report.has_refusals


def test_a_damaged_gzip_and_a_damaged_zip_are_refused(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress("\n".join([STREET, street_row("2022-04")]).encode()))
    whole[-6] ^= 255
    paths = write_bad_and_good(tmp_path, bytes(whole), ".csv.gz")
    cut = zip_folder(make_archive(tmp_path / "in"), tmp_path / "cut.zip")
    cut.write_bytes(cut.read_bytes()[:-100])
    report = load(tmp_path / "store", [*paths, cut])
    assert report.manifest.rows_kept == 2
    assert "damaged" in only_fault(report, "truncated").found
    assert any("cannot be opened" in f.found and f.where == "cut.zip" for f in report.faults)


def test_a_damaged_member_of_a_zip_leaves_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for month in ("2022-03", "2022-04"):
        write_street(folder, [street_row(month)], month=month)
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*.csv")):
            archive.write(path, path.name)
    body = packed.read_bytes()
    at = body.index(b"2022-04,Kent")
    packed.write_bytes(body[:at] + b"1999" + body[at + 4 :])
    report = load(tmp_path / "store", packed)
    assert report.manifest.rows_kept == 1
    assert report.faults[0].where == "a.zip/2022-04-kent-street.csv"


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_wrong_delimiter_is_named(tmp_path: Path, sign: str, name: str) -> None:
    body = f"{STREET}\n{street_row('2022-04')}\n".replace(",", sign).encode()
    report = load(tmp_path / "store", write_bad_and_good(tmp_path, body))
    fault = only_fault(report, "delimiter")
    assert name in fault.found
    assert fault.expected == "commas"
    assert (report.manifest.rows_kept, report.manifest.rows_refused) == (2, 1)


def test_a_renamed_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    body = f"{STREET.replace('Crime type', 'Type of crime')}\n{street_row('2022-04')}\n".encode()
    report = load(tmp_path / "store", write_bad_and_good(tmp_path, body))
    fault = only_fault(report, "column_missing")
    assert "'Crime type'" in fault.found
    assert "'Type of crime'" in fault.found
    assert (report.manifest.rows_kept, report.manifest.rows_refused) == (2, 1)


def test_missing_columns_are_all_gathered(tmp_path: Path) -> None:
    names = [n for n in STREET.split(",") if n not in ("Month", "LSOA code", "Context")]
    body = (",".join(names) + "\n" + ",".join("x" for _ in names) + "\n").encode()
    report = load(tmp_path / "store", write_bad_and_good(tmp_path, body))
    assert codes(report) == ["column_missing", "column_missing"], "an absent Context costs nothing"


def test_latin_1_is_read_and_said(tmp_path: Path) -> None:
    body = f"{STREET}\n{street_row('2022-04', location='On or near Caffè Römer £')}\n".encode("cp1252")
    store = tmp_path / "store"
    report = load(store, write_bad_and_good(tmp_path, body))
    fault = only_fault(report, "encoding")
    assert fault.severity == "warning"
    assert "1 line is not UTF-8" in fault.found
    assert ("On or near Caffè Römer £",) in read_rows(store, report, "street_rows", "location")
    assert (report.manifest.rows_kept, report.manifest.rows_refused) == (3, 0)


def test_utf_8_and_latin_1_in_one_file_are_both_read(tmp_path: Path) -> None:
    lines = [street_row("2022-04", location=f"On or near {n}é") for n in "AB"]
    body = f"{STREET}\n{lines[0]}\n".encode() + f"{lines[1]}\n".encode("latin-1")
    store = tmp_path / "store"
    report = load(store, write_bad_and_good(tmp_path, body))
    assert {("On or near Aé",), ("On or near Bé",)} <= set(read_rows(store, report, "street_rows", "location"))


def test_utf_16_is_read_and_said(tmp_path: Path) -> None:
    body = f"{STREET}\r\n{street_row('2022-04')}\r\n".encode("utf-16")
    report = load(tmp_path / "store", write_bad_and_good(tmp_path, body))
    assert "UTF-16" in only_fault(report, "encoding").found
    assert report.manifest.rows_kept == 3


def test_a_month_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = [street_row(), street_row("2021-13"), street_row(), street_row("Mar-22"), street_row("")]
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", rows))
    fault = only_fault(report, "month")
    assert fault.where == "2022-03-kent-street.csv, line 3"
    assert "'2021-13' is not a month" in fault.found
    assert fault.rows == 3
    assert "spreadsheet" in fault.to_do
    refused = read_rows(store, report, "refused", "file, line, reason")
    assert refused == [
        ("2022-03-kent-street.csv", 3, "'2021-13' is not a month"),
        ("2022-03-kent-street.csv", 5, "'Mar-22' is not a month"),
        ("2022-03-kent-street.csv", 6, "'' is not a month"),
    ]
    entry = report.manifest.inputs[0]
    assert (entry.rows_in, entry.rows_kept, entry.rows_refused) == (5, 2, 3)
    assert '"2021-13"' in str(read_rows(store, report, "refused", "row")[0][0])


def test_rows_of_another_month_than_the_name_says_are_refused(tmp_path: Path) -> None:
    report = load(tmp_path / "store", write_street(tmp_path / "in", [street_row(), street_row("2022-04")]))
    fault = only_fault(report, "other_month")
    assert "the file's name says 2022-03, the row says 2022-04" in fault.found
    assert fault.where.endswith("line 3")
    assert report.manifest.rows_kept == 1


def test_a_file_whose_every_row_is_of_another_month_loads_nothing(tmp_path: Path) -> None:
    path = write_street(tmp_path / "in", [street_row("2022-04")] * 2)
    with pytest.raises(UnreadableInputError, match="the row says 2022-04"):
        load(tmp_path / "store", path)


def test_rows_of_another_force_than_the_name_says_are_refused(tmp_path: Path) -> None:
    report = load(tmp_path / "store", write_street(tmp_path / "in", [street_row(), street_row(force="Essex Police")]))
    assert "the file's name says kent, the row says Essex Police" in only_fault(report, "other_force").found
    assert report.manifest.rows_kept == 1


def test_lines_with_too_few_or_many_cells_are_refused(tmp_path: Path) -> None:
    rows = [street_row(), "a,b,c", street_row(), street_row() + ",x", street_row()]
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", rows))
    fault = only_fault(report, "columns")
    assert "3 cells stand where there are 12 columns" in fault.found
    assert fault.where.endswith("line 3")
    assert read_rows(store, report, "refused", "line") == [(3,), (5,)]
    assert report.manifest.rows_kept == 3


@pytest.mark.parametrize("strays", [1, 2])
def test_a_stray_quotation_mark_costs_its_own_line_only(tmp_path: Path, strays: int) -> None:
    rows = [street_row()] * 50
    for stray in range(strays):
        rows[10 + 20 * stray] = street_row(location='"On or near X')
    report = load(tmp_path / "store", write_street(tmp_path / "in", rows))
    assert (report.manifest.rows_kept, report.manifest.rows_refused) == (50 - strays, strays)
    assert only_fault(report, "columns").where.endswith("line 12")


def test_coordinates_that_are_none_and_blank_types_are_refused(tmp_path: Path) -> None:
    rows = [street_row(), street_row(point="east,51.3"), street_row(point="0.5,510"), street_row(crime_type="")]
    store = tmp_path / "store"
    report = load(store, write_street(tmp_path / "in", rows))
    assert read_rows(store, report, "refused", "line, reason") == [
        (3, "Longitude 'east' is not a number of degrees"),
        (4, "Latitude '510' is not a number of degrees"),
        (5, "Crime type is blank"),
    ]
    expected = {fault.code: fault.expected for fault in report.faults}
    assert expected["longitude"] == "a number from -180 to 180, or nothing"
    assert expected["latitude"] == "a number from -90 to 90, or nothing"


def test_an_empty_file_and_one_with_a_first_line_only_are_faults(tmp_path: Path) -> None:
    paths = write_bad_and_good(tmp_path, b"")
    paths.append(write_street(tmp_path, [], month="2022-05"))
    report = load(tmp_path / "store", paths)
    assert sorted(codes(report)) == ["empty", "no_rows"]
    assert report.manifest.tables[0].covers == (("kent", "2022-03-01"),)


def test_nothing_readable_leaves_the_store_without_a_load(tmp_path: Path) -> None:
    path = tmp_path / "2022-03-kent-street.csv"
    path.write_bytes(b"")
    with pytest.raises(UnreadableInputError, match="this file is empty"):
        load(tmp_path / "store", path)
    assert not list((tmp_path / "store" / "loads").iterdir())


# -- properties ---------------------------------------------------------------------------------------------
LINES = st.lists(
    st.tuples(
        st.sampled_from(["2022-03", "2022-04"]),
        st.sampled_from(["Burglary", "Drugs", "Anti-social behaviour"]),
        st.sampled_from([LSOA, "E01016015", ""]),
        st.sampled_from([UNDER, ""]),
    ),
    min_size=1,
    max_size=12,
)


@given(lines=LINES, data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_files_gives_the_same_bytes_and_of_rows_the_same_counts(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str, str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("order")
    months = sorted({line[0] for line in lines})
    rows: list[bytes] = []
    counts: list[bytes] = []
    for turn, order in enumerate((lines, lines, data.draw(st.permutations(lines)))):
        paths = [
            write_street(
                folder / str(turn),
                [street_row(m, t, lsoa=a, outcome=o) for m, t, a, o in order if m == month],
                month=month,
            )
            for month in data.draw(st.permutations(months))
        ]  # fmt: skip
        store = folder / f"store{turn}"
        report = load(store, paths)
        rows.append(table_path(store, report, "street_rows").read_bytes())
        counts.append(table_path(store, report, "street_counts").read_bytes())
    assert rows[0] == rows[1]
    assert counts[0] == counts[1] == counts[2]


def test_rows_lie_by_month_each_file_in_its_own_order_on_any_number_of_cores(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = {"2022-03": 130_000, "2022-04": 1, "2022-05": 125_000, "2022-06": 3}  # more than a row group, and less
    paths = [
        write_street(tmp_path, [street_row(m, crime_id=f"{m}:{i:06d}") for i in range(n)], month=m)
        for m, n in numbers.items()
    ]
    found = set()
    for cores, order in ((1, paths), (2, paths[::-1]), (4, paths)):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        store = tmp_path / f"store{cores}"
        report = load(store, order)
        found.add(table_path(store, report, "street_rows").read_bytes())
    assert len(found) == 1
    identifiers = [row[0] for row in read_rows(store, report, "street_rows", "crime_id")]
    assert identifiers == sorted(map(str, identifiers))
    assert len(identifiers) == sum(numbers.values())


@given(lines=LINES)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_cube_equals_a_plain_count(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("plain")
    path = write_text(folder / "any.csv", STREET, [street_row(m, t, lsoa=a, outcome=o) for m, t, a, o in lines])
    report = load(folder / "store", path)
    columns = "CAST(month AS VARCHAR)[:7], crime_type, lsoa_code, last_outcome, offences_count"
    counted = {row[:4]: row[4] for row in read_rows(folder / "store", report, "street_counts", columns)}
    assert counted == {line: lines.count(line) for line in lines}


# -- the real files -----------------------------------------------------------------------------------------
@pytest.mark.realdata
def test_kent_loads_whole_in_any_form(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "police-street" / "kent"
    paths = sorted(folder.glob("*.csv.gz"))
    store = tmp_path / "store"
    report = load(store, folder)
    by_name = {i.name.rsplit("/", 1)[-1]: i for i in report.manifest.inputs}
    for path in paths:
        with gzip.open(path) as stream:
            assert by_name[path.name].rows_kept == sum(1 for _ in stream) - 1
    assert report.manifest.rows_refused == 0
    assert {f.code for f in report.faults} == {"months_missing", "month_drop"}
    dropped = [f.found[:7] for f in report.faults if f.code == "month_drop"]
    assert dropped == ["2018-11", "2018-12"]
    expected = table_path(store, report, "street_counts").read_bytes()
    packed = zip_folder(folder, tmp_path / "kent.zip")
    for number, other in enumerate(([*reversed(paths)], [packed], [*paths, packed])):
        again = tmp_path / f"again{number}"
        assert table_path(again, load(again, other), "street_counts").read_bytes() == expected


@pytest.mark.realdata
def test_every_force_of_a_month_loads_without_a_fault(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "police-street" / "all-forces" / "2022-03"
    report = load(tmp_path / "store", folder)
    assert report.manifest.rows_kept == report.manifest.rows_in == 379_589
    assert report.faults == ()
    assert len(report.manifest.tables[0].covers) == 41


@pytest.mark.realdata
def test_medway_by_month_and_type_equals_the_check_figures(shared_data: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    report = load(store, shared_data / "police-street" / "kent")
    codes_of_medway: set[str] = set()
    for name, code in (("lookup_lsoa11_ltla21_kent", "ltla21"), ("lookup_lsoa21_ward24_ltla24_kent", "ltla24")):
        with (shared_data / "geography" / f"{name}.csv").open(encoding="utf-8-sig") as stream:
            small = f"lsoa{'11' if code == 'ltla21' else '21'}_code"
            codes_of_medway |= {r[small] for r in csv.DictReader(stream) if r[f"{code}_code"] == "E06000035"}
    counted: dict[tuple[str, str], int] = {}
    columns = "CAST(month AS VARCHAR)[:7], crime_type, lsoa_code, offences_count"
    for month, crime_type, lsoa, number in read_rows(store, report, "street_counts", columns):
        if lsoa in codes_of_medway:
            key = (str(month), str(crime_type))
            counted[key] = counted.get(key, 0) + int(str(number))
    with (shared_data / "check-figures" / "medway_month_type.csv").open(encoding="utf-8-sig") as stream:
        expected = {(r["month"], r["crime_type"]): int(r["count"]) for r in csv.DictReader(stream)}
    held, checked = {month for month, _ in counted}, {month for month, _ in expected}
    assert len(held & checked) >= 18
    assert {k: n for k, n in counted.items() if k[0] in checked} == {
        k: n for k, n in expected.items() if k[0] in held and n
    }
