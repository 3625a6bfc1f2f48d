"""Percentages and differences against the level they belong to."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "change_of_headline"
ROWS = "| Crime | |\n|---|---|\n| Level | 12,480 crimes |\n| Change | {} |\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("There were 20,285 crimes, an increase of 8% (1,531 more).", ["ok"]),
        ("There were 20,285 crimes, an increase of 12% (1,531 more).", ["inconsistent"]),
        ("Hate incidents increased by 44% (1,540 more) to over 5,000.", ["ok"]),
        ("Crime increased by 8% (1,531 more).", ["not_checkable"]),
        ("Crime increased by 8% and 1,531 fewer people called.", []),
        (ROWS.format("7% increase, 820 additional offences"), ["ok"]),
        (ROWS.format("9% increase, 820 additional offences"), ["inconsistent"]),
    ],
)
def test_headline(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
