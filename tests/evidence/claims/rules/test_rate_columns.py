"""Columns of rates beside counts and populations."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "rate_columns"
HEAD = "| Ward | Population | Crimes | Rate per 1,000 |\n|---|---|---|---|\n"


@pytest.mark.parametrize(
    ("rates", "verdicts"),
    [
        (("80.0", "50.0"), ["ok", "ok"]),
        (("80", "50"), ["ok", "ok"]),
        (("80.0", "55.0"), ["ok", "wrong"]),
        (("89.0", "55.0"), []),  # neither fits: another population was used
        (("80.0", "n/a"), []),
    ],
)
def test_rate_beside_count_and_population(rates: tuple[str, str], verdicts: list[str]) -> None:
    rows = f"| Marsh Lane | 8,012 | 641 | {rates[0]} |\n| Castle | 9,003 | 450 | {rates[1]} |\n"
    assert list_verdicts(NAME, HEAD + rows) == verdicts


def test_rounded_population_excuses_a_rate_within_its_rounding() -> None:
    assert list_verdicts(NAME, HEAD + "| A | 8,000 | 640 | 80.0 |\n| B | 9,000 | 450 | 51.1 |\n") == ["ok", "ok"]


def test_rate_is_of_the_count_that_fits() -> None:
    head = "| Ward | Population | Thefts | Crimes | Rate per 1,000 |\n|---|---|---|---|---|\n"
    rows = "| A | 8,012 | 90 | 641 | 80.0 |\n| B | 9,003 | 70 | 450 | 55.0 |\n"
    assert list_verdicts(NAME, head + rows) == ["ok", "wrong"]


def test_standardised_rates_and_tables_without_population_are_left() -> None:
    rows = "| A | 8,012 | 641 | 80.0 |\n| B | 9,003 | 450 | 55.0 |\n"
    assert list_verdicts(NAME, HEAD.replace("Rate", "Standardised rate") + rows) == []
    assert list_verdicts(NAME, HEAD.replace("Population", "Visits") + rows) == []
