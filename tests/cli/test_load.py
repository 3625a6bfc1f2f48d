"""Loading, listing and taking back, through the command line."""

from pathlib import Path

import pytest

from support.command_line import Clock, ask, check_schema, run
from support.police_files import STREET, street_row, write_street, write_text
from wardmote.cli.load import gather_settings
from wardmote.cli.output import MOST_FAULTS
from wardmote.evidence.model.errors import UsageError

Q = ("figures", "crime_count", "--area", "E06000001", "--period", "2022-03", "--csv")


def test_load_says_rows_months_and_what_is_missing_in_between(county: Path, police: Path) -> None:
    answer = ask(county, "load", "police-street", police)
    assert answer.code == 0
    assert "Loaded 0002-police-street: 3 files of police-street" in answer.out
    assert "rows: 41 in, 41 kept, 0 refused" in answer.out
    assert "months: 2022-03 to 2022-05" in answer.out


def test_load_as_json_holds_to_its_schema(county: Path, police: Path) -> None:
    body = ask(county, "load", "police-street", police, "--json").json("load-1")
    assert (body["rows_in"], body["rows_kept"], body["rows_refused"]) == (41, 41, 0)
    assert [f["rows_in"] for f in body["files"]] == [9, 21, 11]
    assert body["refused_rows_file"] is None


def test_refused_rows_end_with_status_1_and_can_be_read(county: Path, tmp_path: Path) -> None:
    rows = [street_row(crime_id="a"), street_row("2021-13", crime_id="b")]
    path = write_street(tmp_path / "bad", rows)
    answer = ask(county, "load", "police-street", path)
    assert answer.code == 1
    assert "2 in, 1 kept, 1 refused" in answer.out
    assert "refused.parquet" in answer.out
    shown = ask(county, "loads", "2")
    assert shown.code == 2  # an id, or its number as it is written
    shown = ask(county, "loads", "0002")
    assert "2021-13" in shown.out
    assert "line 3" in shown.out


def test_path_that_does_not_exist_is_unreadable_input(county: Path, tmp_path: Path) -> None:
    answer = ask(county, "load", "police-street", tmp_path / "none.csv")
    assert answer.code == 3
    assert "there is no such file or folder" in answer.err
    assert "none.csv" in answer.err
    assert len(list((county / "loads").iterdir())) == 1


def test_file_that_holds_nothing_readable_is_unreadable_input(county: Path, tmp_path: Path) -> None:
    path = write_text(tmp_path / "2022-03-kent-street.csv", "one;two", ["1;2"])
    answer = ask(county, "load", "police-street", path)
    assert answer.code == 3
    assert "nothing" in answer.err


def test_unknown_source_lists_the_sources(county: Path, police: Path) -> None:
    answer = ask(county, "load", "police-streets", police)
    assert answer.code == 2
    assert "police-street, " in answer.err


def test_faults_beyond_twenty_are_counted_not_shown(county: Path, tmp_path: Path) -> None:
    for day in range(MOST_FAULTS + 5):
        write_text(tmp_path / "f" / f"{day:02d}-notes.csv", "a,b", ["1,2"])
    write_street(tmp_path / "f", [street_row()])
    answer = ask(county, "load", "police-street", tmp_path / "f")
    body = ask(county, "loads", "0002", "--json").json("load-1")
    assert answer.out.count("warning: ") + answer.out.count("error: ") == MOST_FAULTS
    more = len(body["faults"]) - MOST_FAULTS
    assert f"and {more} more; all with 'wardmote loads 0002-police-street'" in answer.out
    shown = ask(county, "loads", "0002").out
    assert shown.count("warning: ") + shown.count("error: ") == len(body["faults"])


def test_errors_stand_before_warnings(county: Path, tmp_path: Path) -> None:
    write_text(tmp_path / "f" / "2022-04-kent-street.csv", "a,b", ["1,2"])
    write_street(tmp_path / "f", [street_row(), street_row("2021-13")])
    write_text(tmp_path / "f" / "0.txt", STREET, [])
    ask(county, "load", "police-street", tmp_path / "f")
    severities = [f["severity"] for f in ask(county, "loads", "0002", "--json").json("load-1")["faults"]]
    assert severities == sorted(severities)
    assert "error" in severities


# -- listing and taking back ----------------------------------------------------------------------------------
def test_loads_lists_every_load_with_its_state(store: Path) -> None:
    ask(store, "undo", "0002-police-street")
    shown = ask(store, "loads").out
    assert "0001-test" in shown
    assert "in force" in shown
    assert "taken back 2026-03-02" in shown
    body = ask(store, "loads", "--json").json("loads-1")
    assert [(e["id"], e["undone_at"] is None) for e in body["loads"]] == [
        ("0001-test", True), ("0002-police-street", False),
    ]  # fmt: skip


def test_undo_makes_figures_missing_again(store: Path) -> None:
    assert ask(store, *Q).out.splitlines()[1].endswith(",11,offences,,,actual")
    answer = ask(store, "undo", "0002-police-street", "--json")
    assert answer.json("undo-1")["load_id"] == "0002-police-street"
    assert ask(store, *Q).out.splitlines()[1].endswith(",,offences,,,missing")


def test_undo_brings_back_what_was_superseded(store: Path, tmp_path: Path, clock: Clock) -> None:
    before = clock.now
    later = write_street(tmp_path / "later", [street_row(lsoa="E01000000", point="0.05,51.05")])
    ask(store, "load", "police-street", later)
    assert ",1,offences" in ask(store, *Q).out
    assert ",11,offences" in ask(store, *Q, "--as-at", before.isoformat()).out
    ask(store, "undo", "0003")
    assert ",11,offences" in ask(store, *Q).out


def test_undo_twice_is_wrong_usage(store: Path) -> None:
    ask(store, "undo", "0002")
    answer = ask(store, "undo", "0002")
    assert answer.code == 2
    assert "taken back already" in answer.err


def test_unknown_load_names_those_that_are_there(store: Path) -> None:
    answer = ask(store, "loads", "0009-imd")
    assert answer.code == 2
    assert "0002-police-street" in answer.err


def test_empty_store_says_so(tmp_path: Path) -> None:
    from wardmote.evidence.interface import open_store

    open_store(tmp_path / "s", create=True)
    assert ask(tmp_path / "s", "loads").out == "The store is empty.\n"


# -- settings -------------------------------------------------------------------------------------------------
def test_settings_are_named_as_the_sources_know_them() -> None:
    found = gather_settings(["year=2020", "note=a=b"], mapping=Path("m.yaml"), area_set="ward@2024")
    assert found == {"year": "2020", "note": "a=b", "mapping": "m.yaml", "set": "ward@2024"}


def test_setting_without_a_value_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="such as year=2020"):
        gather_settings(["year"])


def test_partner_data_enters_through_its_mapping(county: Path, tmp_path: Path) -> None:
    data = write_text(tmp_path / "calls.csv", "Date,Ward", ["2022-03-01,E05000011"] * 3)
    mapping = tmp_path / "calls.yaml"
    mapping.write_text(
        "dataset: calls\ntitle: Calls\npublisher: The council\nlicence: Own data\npolarity: none\nminimum_count: 5\n"
        "columns:\n  date: {name: Date, format: '%Y-%m-%d'}\n  area: {name: Ward, type: ward@2024}\n"
    )
    answer = ask(county, "load", "partner", data, "--mapping", mapping, "--json")
    assert answer.code == 0, answer.err
    assert answer.json("load-1")["rows_kept"] == 3


def test_schema_refuses_what_is_no_load() -> None:
    import jsonschema

    with pytest.raises(jsonschema.ValidationError):
        check_schema({"schema": "load-1"}, "load-1")


def test_load_without_paths_is_wrong_usage() -> None:
    assert run("load", "police-street").code == 2
