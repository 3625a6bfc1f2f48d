"""Stop and search files: one row a search; the force is only in the file's name."""

from pathlib import Path

import pytest

from support.police_files import STOPS, load, read_rows, read_schema, stop_row, table_path, write_text
from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.evidence.sources.contract import TABLES
from wardmote.evidence.sources.police_stop_search import KIND

SOURCE = "police-stop-search"


def write_stops(folder: Path, rows: list[str], month: str = "2022-03") -> Path:
    return write_text(folder / month / f"{month}-kent-stop-and-search.csv", STOPS, rows)


def test_a_search_becomes_a_row_with_all_that_was_recorded(tmp_path: Path) -> None:
    store = tmp_path / "store"
    report = load(store, write_stops(tmp_path, [stop_row()]), SOURCE)
    assert read_schema(store, report, "stop_search_rows") == TABLES["stop_search_rows"].names
    shown = "force, CAST(month AS VARCHAR), CAST(searched_at AS VARCHAR), latitude, age_range, outcome, outcome_linked"
    assert read_rows(
        store, report, "stop_search_rows", f"{shown}, part_of_operation, operation, removal_of_clothing"
    ) == [("kent", "2022-03-01", "2022-03-05 14:30:00", 51.38325, "18-24", "Arrest", True, False, None, False)]
    assert report.faults == ()


def test_identical_searches_and_searches_without_a_place_are_kept(tmp_path: Path) -> None:
    nowhere = stop_row().replace("51.383250,0.536410", ",")
    report = load(tmp_path / "store", write_stops(tmp_path, [stop_row(), stop_row(), nowhere]), SOURCE)
    assert report.manifest.rows_kept == 3


@pytest.mark.parametrize(
    ("date", "stored"),
    [
        ("2022-06-30T23:30:00+00:00", "2022-06-30 23:30:00"),  # half past midnight on 1 July, summer time
        ("2022-07-01T00:30:00+01:00", "2022-06-30 23:30:00"),
        ("2022-07-09 12:00:00", "2022-07-09 12:00:00"),
    ],
)
def test_a_search_keeps_the_month_of_its_file_and_its_time_in_utc(tmp_path: Path, date: str, stored: str) -> None:
    store = tmp_path / "store"
    report = load(store, write_stops(tmp_path, [stop_row(date)], "2022-07"), SOURCE)
    shown = "CAST(month AS VARCHAR), CAST(searched_at AS VARCHAR)"
    assert read_rows(store, report, "stop_search_rows", shown) == [("2022-07-01", stored)]


def test_dates_that_are_none_or_of_another_month_are_refused(tmp_path: Path) -> None:
    rows = [stop_row(), stop_row("2022-13-05T14:30:00+00:00"), stop_row("2022-05-05T14:30:00+00:00"), stop_row("")]
    store = tmp_path / "store"
    report = load(store, write_stops(tmp_path, rows), SOURCE)
    assert read_rows(store, report, "refused", "line, reason") == [
        (3, "'2022-13-05T14:30:00+00:00' is not a date"),
        (4, "the file's name says 2022-03, the row says 2022-05"),
        (5, "'' is not a date"),
    ]
    assert report.manifest.rows_kept == 1


def test_a_file_whose_name_says_no_force_is_refused(tmp_path: Path) -> None:
    path = write_text(tmp_path / "searches.csv", STOPS, [stop_row()])
    with pytest.raises(UnreadableInputError, match="which force it is of"):
        load(tmp_path / "store", path, SOURCE)


def test_a_search_in_an_operation_says_so_and_a_blank_says_nothing(tmp_path: Path) -> None:
    rows = [stop_row().replace(",False,,", said) for said in (",True,Operation Teal,", ",,,")]
    store = tmp_path / "store"
    report = load(store, write_stops(tmp_path, rows), SOURCE)
    assert read_rows(store, report, "stop_search_rows", "part_of_operation, operation") == [
        (True, "Operation Teal"),
        (None, None),
    ]


def test_an_unknown_kind_of_search_is_kept_with_a_warning(tmp_path: Path) -> None:
    report = load(tmp_path / "store", write_stops(tmp_path, [stop_row(kind="Boat search")]), SOURCE)
    assert [(f.code, f.severity) for f in report.faults] == [("unknown_category", "warning")]


def test_two_issues_of_a_month_do_not_add_up(tmp_path: Path) -> None:
    old = write_stops(tmp_path / "2022-05", [stop_row()])
    new = write_stops(tmp_path / "2023-05", [stop_row(), stop_row()])
    seen = set()
    for number, paths in enumerate(([old, new], [new, old])):
        store = tmp_path / f"store{number}"
        report = load(store, paths, SOURCE)
        assert report.manifest.rows_kept == 2
        seen.add(table_path(store, report, "stop_search_rows").read_bytes())
    assert len(seen) == 1


def test_the_declared_values_are_the_shared_columns() -> None:
    assert ["force", "month", *KIND.values, "file_number"] == TABLES["stop_search_rows"].names
