"""Changes of recording and the first year they make not comparable."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts


@pytest.mark.parametrize(
    ("adopted", "verdicts"),
    [
        ("January 2016", ["ok"]),
        ("January 2015", ["inconsistent"]),
        ("June 2015", ["ok"]),
        ("June 2016", ["ok"]),
        ("2015", []),
    ],
)
def test_date_of_a_break(adopted: str, verdicts: list[str]) -> None:
    text = f"In {adopted} a new recording system was adopted. Figures for 2016 are not comparable with earlier years."
    assert list_verdicts("break_dates", text) == verdicts
