"""Figures as CSV, JSON and a table for people."""

import csv
import io
from pathlib import Path

import pytest

from support.command_line import ASB, BURGLARY, MARCH, MAY, ROBBERY, ask, run
from support.small_county import HERE, NEW, SHIRE, THERE, A, C, D

HEADER = "indicator,area,period,value,unit,low,high,state"
INSIDE = (A, C, D)


def figures(store: Path, indicator: str, period: str, *more: str, area: str = HERE) -> list[dict[str, str]]:
    answer = ask(store, "figures", indicator, "--area", area, "--period", period, "--csv", *more)
    assert answer.code == 0, answer.err
    assert "\r" not in answer.out
    return list(csv.DictReader(io.StringIO(answer.out)))


def count(rows: list[tuple[str, str, int]], *types: str) -> int:
    """The slow way: rows of these types inside the district."""
    return sum(n for kind, lsoa, n in rows if kind in types and lsoa in INSIDE)


def test_csv_of_one_figure_is_exactly_header_and_row(store: Path) -> None:
    answer = ask(store, "figures", "crime_count", "--area", HERE, "--period", "2022-03", "--csv")
    assert answer.out == f"{HEADER}\ncrime_count,{HERE},2022-03,11,offences,,,actual\n"


def test_csv_has_a_column_for_each_breakdown_by_its_bare_name(store: Path) -> None:
    answer = ask(
        store, "figures", "crime_count", "--area", HERE, "--period", "2022-03..2022-05",
        "--by", "month,ward@2024,offence", "--csv",
    )  # fmt: skip
    assert answer.out.splitlines()[0] == "indicator,area,period,month,ward,offence,value,unit,low,high,state"


def test_month_that_is_not_loaded_is_empty_and_missing_while_zero_is_printed(store: Path) -> None:
    rows = figures(store, "robbery_count", "2022-03..2022-05", "--by", "month,ward@2024")
    found = {(r["month"], r["ward"]): (r["value"], r["state"]) for r in rows}
    assert found[("2022-03", NEW[1])] == ("0", "actual")
    assert found[("2022-03", NEW[2])] == ("2", "actual")
    assert found[("2022-04", NEW[2])] == ("", "missing")
    assert found[("2022-05", NEW[2])] == ("7", "actual")


@pytest.mark.parametrize(("month", "rows"), [("2022-03", MARCH), ("2022-05", MAY)])
def test_offences_add_up_to_all_crime_and_asb_stays_apart(
    store: Path, month: str, rows: list[tuple[str, str, int]]
) -> None:
    by_offence = {r["offence"]: int(r["value"]) for r in figures(store, "crime_count", month, "--by", "offence")}
    assert by_offence[BURGLARY] == count(rows, BURGLARY)
    assert by_offence[ROBBERY] == count(rows, ROBBERY)
    assert ASB not in by_offence
    assert sum(by_offence.values()) == int(figures(store, "crime_count", month)[0]["value"])
    assert int(figures(store, "asb_count", month)[0]["value"]) == count(rows, ASB)


def test_rows_are_sorted_by_their_breakdown(store: Path) -> None:
    rows = figures(store, "crime_count", "2022-03..2022-05", "--by", "month,offence")
    keys = [(r["month"], r["offence"]) for r in rows]
    assert keys == sorted(keys)


def test_whole_with_a_missing_month_is_missing(store: Path) -> None:
    (row,) = figures(store, "crime_count", "2022-03..2022-05")
    assert (row["value"], row["state"]) == ("", "missing")


def test_rate_has_four_decimals_and_limits(store: Path) -> None:
    (row,) = figures(store, "crime_rate", "2022-03")
    assert row["value"] == f"{11 / 50_000 * 1000:.4f}" or row["value"] == f"{11 / 50_001 * 1000:.4f}"
    assert float(row["low"]) < float(row["value"]) < float(row["high"])
    assert len(row["low"].partition(".")[2]) == 4


def test_scope_all_adds_other_forces_rows_in_the_area(store: Path) -> None:
    assert figures(store, "crime_count", "2022-03")[0]["value"] == "11"
    assert figures(store, "crime_count", "2022-03", "--scope", "all")[0]["value"] == "20"


def test_force_is_every_row_of_its_own_file(store: Path) -> None:
    everything = sum(n for kind, _, n in MARCH if kind != ASB)
    assert figures(store, "crime_count", "2022-03", area=SHIRE)[0]["value"] == str(everything)


def test_two_figures_of_two_districts_differ(store: Path) -> None:
    assert figures(store, "burglary_count", "2022-03", area=THERE)[0]["value"] == "4"


def test_json_holds_to_its_schema_and_explains_what_is_missing(store: Path) -> None:
    answer = ask(
        store, "figures", "crime_count", "--area", HERE, "--period", "2022-03..2022-05", "--by", "month", "--json"
    )
    body = answer.json("figures-table-1")
    values = [(f["dimensions"]["month"], f["value"]) for f in body["figures"]]
    assert values == [("2022-03", 11), ("2022-04", None), ("2022-05", 9)]
    assert "April 2022" in body["figures"][1]["missing"]["why"]
    assert body["figures"][0]["id"] == f"crime_count:{HERE}:2022-03..2022-05:month=2022-03"


def test_json_of_rates_holds_to_its_schema(store: Path) -> None:
    body = ask(store, "figures", "crime_rate", "--area", HERE, "--period", "2022-05", "--json").json("figures-table-1")
    assert body["figures"][0]["denominator"]["what"] == "residents"


# -- for people -----------------------------------------------------------------------------------------------
def test_people_get_names_of_codes_and_reasons(store: Path) -> None:
    answer = ask(store, "figures", "crime_count", "--area", HERE, "--period", "2022-03", "--by", "ward@2024")
    assert "Here, March 2022 (offences)" in answer.out
    assert f"New 1 ({NEW[1]})" in answer.out
    whole = ask(store, "figures", "crime_count", "--area", HERE, "--period", "2022-03..2022-05")
    assert "missing: April 2022 of Kent Police's file not loaded" in whole.out


def test_list_names_every_indicator() -> None:
    shown = run("figures", "--list")
    assert shown.code == 0
    body = run("figures", "--list", "--json").json("indicators-1")
    ids = {i["id"] for i in body["indicators"]}
    assert {"crime_count", "crime_rate", "asb_count", "asb_rate"} <= ids
    assert all(i in shown.out for i in ids)


# -- wrong questions ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("crme_count", "--area", HERE, "--period", "2022-03"), "crime_count"),
        (("crime_count", "--area", "E06000009", "--period", "2022-03"), f"Expected {HERE} (Here)"),
        (("crime_count", "--area", "Here", "--period", "2022-03"), f"{HERE} (Here)"),
        (("crime_count", "--area", HERE, "--period", "2010-11"), "2010/11 for the financial year"),
        (("crime_count", "--area", HERE, "--period", "last year"), "is not a period"),
        (("crime_count", "--area", HERE, "--period", "2022-03", "--by", "street"), "cannot be broken down by street"),
        (("crime_count", "--area", HERE, "--period", "2022-03", "--scope", "btp"), "force or all"),
        (("crime_count", "--area", HERE, "--period", "2022-03", "--csv", "--json"), "cannot both be had"),
        (("crime_count", "--area", HERE), "--period must be said"),
        ((), "INDICATOR and --area and --period must be said"),
    ],
)
def test_wrong_question_is_wrong_usage_and_says_what_to_write(store: Path, words: tuple[str, ...], said: str) -> None:
    answer = ask(store, "figures", *words)
    assert answer.code == 2
    assert answer.out == ""
    assert said in answer.err


def test_month_with_two_readings_names_both(store: Path) -> None:
    answer = ask(store, "figures", "crime_count", "--area", HERE, "--period", "2010-11")
    assert "2010-11..2010-11 for the month of November 2010" in answer.err


def test_area_that_is_known_but_holds_nothing_is_missing_not_an_error(store: Path) -> None:
    (row,) = figures(store, "fly_tipping_count", "2021/22")
    assert row["state"] == "missing"
