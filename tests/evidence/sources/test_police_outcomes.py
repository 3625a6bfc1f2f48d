"""Outcomes files: one row an outcome, counted by the month of the outcome."""

import gzip
from pathlib import Path

import pytest

from support.police_files import (
    LSOA,
    OUTCOMES,
    STREET,
    load,
    outcome_row,
    read_rows,
    read_schema,
    street_row,
    table_path,
    write_text,
)
from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.sources.police_outcomes import KIND

SOURCE = "police-outcomes"


def write_outcomes(folder: Path, rows: list[str], month: str = "2022-03", header: str = OUTCOMES) -> Path:
    return write_text(folder / month / f"{month}-kent-outcomes.csv", header, rows, end="\r\n")


def test_outcomes_of_one_crime_are_each_counted(tmp_path: Path) -> None:
    rows = [outcome_row(), outcome_row(), outcome_row(outcome="Local resolution", crime_id="")]
    store = tmp_path / "store"
    report = load(store, write_outcomes(tmp_path, rows), SOURCE)
    assert read_rows(store, report, "outcome_counts", "CAST(month AS VARCHAR), * EXCLUDE (month)") == [
        ("2022-03-01", "kent", "Local resolution", LSOA, 1),
        ("2022-03-01", "kent", "Suspect charged", LSOA, 2),
    ]
    assert read_schema(store, report, "outcome_counts") == TABLES["outcome_counts"].names
    assert read_schema(store, report, "outcome_rows") == TABLES["outcome_rows"].names
    assert read_rows(store, report, "outcome_rows", "crime_id") == [("a1",), ("a1",), (None,)]
    assert report.faults == ()


def test_an_unknown_outcome_is_kept_with_a_warning_and_a_blank_one_refused(tmp_path: Path) -> None:
    rows = [outcome_row(outcome="Sent to the moon"), outcome_row(outcome="")]
    report = load(tmp_path / "store", write_outcomes(tmp_path, rows), SOURCE)
    assert [(f.code, f.severity) for f in report.faults] == [("blank", "error"), ("unknown_category", "warning")]
    assert (report.manifest.rows_kept, report.manifest.rows_refused) == (1, 1)


def test_a_renamed_outcome_column_is_named_with_the_nearest(tmp_path: Path) -> None:
    good = write_outcomes(tmp_path, [outcome_row()])
    bad = write_outcomes(tmp_path, [outcome_row("2022-04")], "2022-04", OUTCOMES.replace("Outcome type", "Outcome"))
    report = load(tmp_path / "store", [good, bad], SOURCE)
    assert "there is no column 'Outcome type'; the nearest is 'Outcome'" in report.faults[0].found


def test_street_files_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "in", [outcome_row()])
    write_text(tmp_path / "in" / "2022-03" / "2022-03-kent-street.csv", STREET, [street_row()])
    write_text(tmp_path / "in" / "other.csv", STREET, [street_row()])
    report = load(tmp_path / "store", tmp_path / "in", SOURCE)
    assert report.faults == ()
    assert [i.name for i in report.manifest.inputs] == ["in/2022-03/2022-03-kent-outcomes.csv"]


def test_the_declared_values_are_the_shared_columns() -> None:
    assert ["force", "month", *KIND.values, "file_number"] == TABLES["outcome_rows"].names


@pytest.mark.realdata
def test_medway_outcomes_load_whole_in_any_order(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "police-outcomes"
    paths = sorted(folder.rglob("*.csv.gz"))
    report = load(tmp_path / "store", folder, SOURCE)
    for entry in report.manifest.inputs:
        with gzip.open(folder.parent / entry.name) as stream:
            assert entry.rows_kept == sum(1 for _ in stream) - 1
    assert report.manifest.rows_kept == 34_863
    assert report.faults == ()
    again = load(tmp_path / "again", paths[::-1], SOURCE)
    first, second = (
        table_path(tmp_path / s, r, "outcome_counts").read_bytes() for s, r in (("store", report), ("again", again))
    )
    assert first == second
