"""Amounts told twice under one name."""

import pytest

from evidence.claims.rules.judging_sums import list_accusations, list_verdicts

NAME = "one_amount_twice"
EXACT = "The county was awarded £1,362,645 from the Youth Crime Fund."


def test_sum_of_one_fund_is_held_against_the_exact_one() -> None:
    assert list_verdicts(NAME, EXACT, "The county won £1.3m from the Youth Crime Fund.") == ["imprecise"]
    assert list_verdicts(NAME, EXACT, "The county won £1.4m from the Youth Crime Fund.") == ["ok"]


@pytest.mark.parametrize(
    "other",
    [
        "The county was awarded £1.3m from the Safer Towns Fund.",
        "The county was awarded £3.1m from the Youth Crime Fund.",  # too far apart for one sum
    ],
)
def test_another_sum_is_left_alone(other: str) -> None:
    assert list_accusations(NAME, EXACT, other) == []


def test_body_that_hands_out_many_sums_is_no_name_of_one() -> None:
    one = "The Police and Crime Commissioner gave £39,600 for lighting."
    assert list_accusations(NAME, one, "The Police and Crime Commissioner gave £39k for wardens.") == []


def test_approximate_and_exact_attendance_agree() -> None:
    one = "Over 200 people came to the Northmarsh Safer Streets Conference in March 2019."
    two = "In March 2019 the Northmarsh Safer Streets Conference was attended by approximately 225 people."
    assert list_accusations(NAME, one, two) == []
