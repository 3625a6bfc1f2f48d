"""Tracing a figure down to files and rows."""

from pathlib import Path

import pytest

from support.command_line import ask
from support.police_files import street_row, write_street
from support.small_county import HERE, NEW, SHIRE


def trace(store: Path, figure: str) -> dict[str, object]:
    return dict(ask(store, "trace", figure, "--json").json("trace-1"))


@pytest.mark.parametrize(
    ("figure", "rows"),
    [
        (f"crime_count:{HERE}:2022-03", {"2022-03-kent-street.csv": 11}),
        (f"crime_count:{HERE}:2022-05:offence=Robbery", {"2022-05-kent-street.csv": 7}),
        (f"crime_count:{HERE}:2022-03..2022-05:month=2022-03", {"2022-03-kent-street.csv": 11}),
        (f"crime_count:{HERE}:2022-03:ward={NEW[1]}:offence=Burglary", {"2022-03-kent-street.csv": 9}),
        (f"asb_count:{HERE}:2022-05", {"2022-05-kent-street.csv": 1}),
        (f"crime_count:{SHIRE}:2022-03", {"2022-03-kent-street.csv": 16}),
        (f"burglary_rate:{HERE}:2022-03", {"2022-03-kent-street.csv": 9}),
    ],
)
def test_rows_counted_are_named_by_file_and_add_up_to_the_figure(
    store: Path, figure: str, rows: dict[str, int]
) -> None:
    body = trace(store, figure)
    counted = next(load for load in body["loads"] if load["use"] == "Counted from")  # type: ignore[attr-defined]
    found = {f["name"].rsplit("/", 1)[-1]: f["rows_used"] for f in counted["files"]}
    assert found == rows
    assert body["figure"]["rows"] == sum(rows.values())  # type: ignore[index]


def test_rate_names_the_load_of_its_residents(store: Path) -> None:
    uses = [(load["use"], load["id"]) for load in trace(store, f"crime_rate:{HERE}:2022-03")["loads"]]  # type: ignore[attr-defined]
    assert ("Residents from", "0001-test") in uses
    assert ("Counted from", "0002-police-street") in uses


def test_people_see_definition_sources_sums_and_refused_rows(store: Path, tmp_path: Path) -> None:
    rows = [street_row("2022-04", lsoa="E01000000"), street_row("2021-13")]
    ask(store, "load", "police-street", write_street(tmp_path / "x", rows, month="2022-04"))
    shown = ask(store, "trace", f"crime_count:{HERE}:2022-03..2022-05").out
    assert "How much crime do the police record here?" in shown
    assert "Rows counted: 21" in shown
    assert "refused rows, with reasons: " in shown
    assert "Definition checked by: nobody yet" in shown
    assert "load 0003-police-street" in shown


def test_missing_figure_says_why(store: Path) -> None:
    answer = ask(store, "trace", f"crime_count:{HERE}:2022-04")
    assert answer.code == 0
    assert "none: April 2022 of Kent Police's file not loaded" in answer.out


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("crime_count", "is not the name of a figure"),
        (f"crime_count:{HERE}:2022-03:offence=Buglary", "one of "),
        (f"crim_count:{HERE}:2022-03", "there is no indicator 'crim_count'"),
        (f"crime_count:{HERE}:2022-03:measure=size", "there is no measure 'size'"),
    ],
)
def test_wrong_name_is_wrong_usage(store: Path, figure: str, said: str) -> None:
    answer = ask(store, "trace", figure)
    assert answer.code == 2
    assert said in answer.err
