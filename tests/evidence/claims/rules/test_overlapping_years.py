"""Years compared that share their months."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations

NAME = "overlapping_years"
TEXT = "Violence rose from 1,150 offences in the {} to 1,200 offences in the {}{}."


@pytest.mark.parametrize(
    ("first", "second", "more", "accused"),
    [
        ("12 months to March 2019", "12 months to June 2019", "", True),
        ("year ending March 2019", "year ending June 2019", "", True),
        ("12 months to March 2018", "12 months to March 2019", "", False),
        ("12 months to March 2018", "12 months to June 2019", "", False),
        ("rolling year to March 2019", "rolling year to June 2019", "", False),
        ("rolling year to March 2019", "rolling year to June 2019", ", a significant rise", True),
        ("12 months to March 2019", "12 months to June 2019", " (the years overlap)", False),
    ],
)
def test_two_years(first: str, second: str, more: str, accused: bool) -> None:
    assert bool(list_accusations(NAME, TEXT.format(first, second, more))) is accused


def test_reason_counts_the_shared_months() -> None:
    (claim,) = judge(NAME, TEXT.format("12 months to March 2019", "12 months to June 2019", ""))
    assert claim.why.startswith("9 of the twelve months")
