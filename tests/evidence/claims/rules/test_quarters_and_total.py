"""Quarters and the year's total."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "quarters_and_total"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Staff trained, Q3 - 101, Q4 - 33. The total number trained for the year was 120.", ["inconsistent"]),
        ("Staff trained, Q3 - 101, Q4 - 33. The total number trained for the year was 264.", []),
        ("Trained: Q1 - 20, Q2 - 30, Q3 - 101, Q4 - 33. The total for the year is 184.", ["ok"]),
        ("Trained: Q1 - 20, Q2 - 30, Q3 - 101, Q4 - 33. The total for the year is 194.", ["inconsistent"]),
        ("Trained: Q1 - 20, Q2 - 50, Q3 - 101, Q4 - 133. The total for the year is 133.", []),
        ("Q1 - 20%, Q2 - 30%. The total for the year is 25.", []),
    ],
)
def test_quarters(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
