"""Money in whole pence: what is typed, what is shown, what one of so many cost."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.web.governance.grants.models import Commitment, Output
from wardmote.web.governance.grants.money import divide_pence, read_pounds, say_pounds, write_pounds
from wardmote.web.governance.grants.presenters import OutputRow, say_each


@given(st.integers(-(10**12), 10**12))
def test_amount_that_is_written_is_read_back(pence: int) -> None:
    assert read_pounds(write_pounds(pence)) == pence
    assert read_pounds(say_pounds(pence)) == pence


@pytest.mark.parametrize(
    "typed", ["", "£", "12.5", "12.345", "1,00", "12,34,567", "1e3", "0x10", "NaN", "١٢", "--5", "£-5"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert read_pounds(typed) is None


@given(st.integers(0, 10**11), st.integers(1, 10**6))
def test_what_each_cost_is_as_decimals_round_it(pence: int, count: int) -> None:
    slow = (Decimal(pence) / Decimal(count)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert divide_pence(pence, count) == int(slow)


def test_nothing_is_divided_by_nought() -> None:
    assert divide_pence(500, 0) is None
    assert say_each(500, 0) == "None delivered for £5.00"
    assert say_each(0, 5) == "Delivered; no spending recorded yet"


def test_planned_pounds_for_each_are_of_what_is_committed() -> None:
    commitment = Commitment(amount_pence=770_000, spent_pence=176_000)
    row = OutputRow(Output(planned_count=77, delivered_count=44), commitment, False)
    assert (row.planned_each, row.each, row.delivered) == ("£100.00", "£40.00", "44 of 77")
    none = OutputRow(Output(planned_count=0, delivered_count=0), commitment, False)
    assert (none.planned_each, none.each) == ("None planned", "None delivered for £1,760.00")
