"""Every shape of return: the boxes it asks for, the value it becomes, and back to what would be typed."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.interface import decode_value, encode_value
from wardmote.evidence.targets.sizes import LARGEST, MOST_CASES
from wardmote.web.plans.models import Indicator
from wardmote.web.returns.models import Quarter
from wardmote.web.returns.typed import find_empty, pick_fields, read_boxes, read_number, read_value, write_fields

QUARTER = Quarter(period="2026/27Q2", starts_on=date(2026, 7, 1), ends_on=date(2026, 9, 30))


def make(shape: str, **fields: Any) -> Indicator:
    return Indicator(ref="P1-1", title="Some measure", shape=shape, basis="quarter", polarity="higher", **fields)


PARTS = ["Day", "Evening"]
CASES = [
    (make("x_of_y"), {"numerator": "45", "denominator": "60"}, {"part": 45, "whole": 60, "shape": "x_of_y"}),
    (make("count"), {"number": "1,234"}, {"number": 1234}),
    (make("rate"), {"number": "4.5", "count": "90"}, {"number": 4.5, "count": 90, "shape": "rate"}),
    (make("percent"), {"number": "56.7%"}, {"number": 56.7, "shape": "percent"}),
    (make("money"), {"number": "£1,200.50"}, {"number": 1200.5, "shape": "money"}),
    (make("parts", part_names=PARTS), {"part_0": "94", "part_1": "47"},
     {"parts": [["Day", 94], ["Evening", 47]], "shape": "parts"}),
    (make("checklist", part_names=PARTS), {"checks": ["1"]}, {"checks": [False, True], "shape": "checklist"}),
    (make("status"), {"status": "Done"}, {"text": "Done", "shape": "status"}),
]  # fmt: skip
LATER = [(make("money"), {"number": "900", "provisional": "yes"}, {"number": 900, "state": "provisional"})]


@pytest.mark.parametrize(("indicator", "fields", "expected"), CASES + LATER)
def test_boxes_become_a_value_that_the_core_reads_back(indicator: Indicator, fields: Any, expected: Any) -> None:
    value, errors = read_value(indicator, QUARTER, fields)
    assert errors == {}
    encoded = encode_value(value)
    assert expected.items() <= encoded.items()
    assert decode_value(encoded) == value
    assert (value.period, value.start, value.end) == ("2026/27Q2", date(2026, 7, 1), date(2026, 9, 30))
    again, _ = read_value(indicator, QUARTER, write_fields(indicator, value))
    assert again == value


@pytest.mark.parametrize("shape", [str(case[0].shape) for case in CASES if case[0].shape != "checklist"])
def test_empty_boxes_are_asked_for_unless_a_reason_is_given(shape: str) -> None:
    indicator = make(shape, part_names=PARTS)
    assert find_empty(indicator, {})
    assert find_empty(indicator, {"reason_code": "no_data"}) == {}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1,234", 1234), ("1,234.5", 1234.5), ("£12", 12), ("56.7 %", 56.7), ("-3", -3), ("−3", -3), (".5", 0.5),
     ("12a", None), ("1,23", None), ("", None), (".", None), ("-", None), ("١٢", None), ("1e5", None),
     ("inf", None), ("nan", None)],
)  # fmt: skip
def test_number_is_read_as_people_write_it(typed: str, number: float | None) -> None:
    assert read_number(typed) == number


@given(st.text(max_size=30))
def test_no_text_in_a_number_box_breaks_anything(typed: str) -> None:
    value, errors = read_value(make("count"), QUARTER, {"number": typed})
    assert (value.number is None) == bool(errors or not typed.strip())


def test_boxes_of_other_shapes_are_not_taken() -> None:
    assert pick_fields(make("count"), {"number": " 4 ", "numerator": "5", "state": "signed_off"}) == {"number": "4"}


@pytest.mark.parametrize(
    ("shape", "box", "typed", "wrong"),
    [("count", "number", "22%", "a percentage"), ("count", "number", "800%", "a percentage"),
     ("x_of_y", "numerator", "70%", "a percentage"), ("count", "number", "£1,200", "an amount of money"),
     ("count", "number", "1,234", ""), ("percent", "number", "22%", ""), ("money", "number", "£1,200", "")],
)  # fmt: skip
def test_sign_that_does_not_belong_in_a_box_is_asked_about(shape: str, box: str, typed: str, wrong: str) -> None:
    reading = read_boxes(Indicator(shape=shape), {box: typed})
    assert (box in reading.numbers) is not bool(wrong)
    assert (f"“{typed}” is {wrong}" in reading.errors.get(box, "")) is bool(wrong)


@pytest.mark.parametrize(
    ("shape", "box", "typed", "said"),
    [("count", "number", "999999999999999", "larger than any count here can be (10,000,000,000): check the zeros"),
     ("count", "number", "-10,000,000,001", "larger than any count here can be"),
     ("count", "number", "9" * 400, "larger than any count here can be"),
     ("x_of_y", "denominator", "10,000,001", "larger than any number of cases here can be (10,000,000): check"),
     ("rate", "count", "99999999999", "larger than any count here can be"),
     ("money", "number", "£99,999,999,999", "larger than any amount here can be"),
     ("parts", "part_0", "99999999999", "larger than any count here can be"),
     ("percent", "number", "0." + "0" * 12 + "1", "smaller than any percentage here can be")],
)  # fmt: skip
def test_number_beyond_what_a_plans_file_may_hold_is_refused(shape: str, box: str, typed: str, said: str) -> None:
    reading = read_boxes(make(shape, part_names=PARTS), {box: typed})
    assert said in reading.errors[box]
    assert reading.numbers == {}


def test_largest_number_of_a_plans_file_may_be_typed() -> None:
    assert read_boxes(make("count"), {"number": "10,000,000,000"}).numbers == {"number": LARGEST}
    assert read_boxes(make("x_of_y"), {"denominator": "10000000"}).numbers == {"denominator": MOST_CASES}
