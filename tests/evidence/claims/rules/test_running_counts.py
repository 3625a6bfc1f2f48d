"""Counts that run on from one day, or in rows called cumulative."""

import pytest

from evidence.claims.rules.judging_sums import list_accusations

NAME = "running_counts"
TEXT = "Q1 - 10 casualties from 01/01/2015 to 31/03/2015. Q2 - {} from {} to 31/05/2015{}."


@pytest.mark.parametrize(
    ("count", "start", "more", "accused"),
    [
        ("8 casualties", "01/01/2015", "", True),
        ("23 casualties", "01/01/2015", "", False),
        ("8 casualties", "01/04/2015", "", False),
        ("8 fatalities", "01/01/2015", "", False),
        ("8 casualties", "01/01/2015", ", revised", False),
        ("8 casualties", "99/99/2015", "", False),
    ],
)
def test_two_quarters_of_a_cell(count: str, start: str, more: str, accused: bool) -> None:
    assert bool(list_accusations(NAME, TEXT.format(count, start, more))) is accused


@pytest.mark.parametrize(
    ("head", "row", "accused"),
    [
        ("Q1 | Q2 | Q3 | Q4", "Visits (cumulative) | 12 | 30 | 28 | 40", ["28"]),
        ("Q1 | Q2 | Q3 | Q4", "Visits (year to date) | 12 | 30 | 38 | 40", []),
        ("Q1 | Q2 | Q3 | Q4", "Visits | 12 | 30 | 28 | 40", []),
        ("Q1 | Q2 | Q3 | Q4", "Cumulative rate | 12 | 30 | 28 | 40", []),
        ("Q3 | Q4 | Q1 | Q2", "Visits (cumulative) | 30 | 40 | 12 | 28", []),
        ("Q1 2015 | Q2 2015 | Q3 2016 | Q4 2016", "Visits (cumulative) | 30 | 40 | 12 | 28", []),
        ("Q1 | Q2 | Q3 | Q4", "Visits (cumulative) | 12% | 30% | 28% | 40%", []),
    ],
)
def test_row_of_a_table(head: str, row: str, accused: list[str]) -> None:
    assert list_accusations(NAME, f"| Measure | {head} |\n|---|---|---|---|---|\n| {row} |\n") == accused
