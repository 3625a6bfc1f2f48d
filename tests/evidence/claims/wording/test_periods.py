"""Stretches of time in running text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.claims.wording.periods import find_periods


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("in 2017/18", "financial", month(2017, 4), month(2018, 3)),
        ("in 2017-2018", "financial", month(2017, 4), month(2018, 3)),
        ("in 2010-14", "run", month(2010, 1), month(2014, 12)),
        ("in 2018", "calendar", month(2018, 1), month(2018, 12)),
        ("in March 2019", "month", month(2019, 3), month(2019, 3)),
        ("Apr 15 - Mar 16", "run", month(2015, 4), month(2016, 3)),
        ("April to December 2018", "run", month(2018, 4), month(2018, 12)),
        ("the year ending September 2018", "year_ending", month(2017, 10), month(2018, 9)),
        ("12 months to 31st March 2019", "year_ending", month(2018, 4), month(2019, 3)),
        ("Q2 2018/19", "quarter", month(2018, 7), month(2018, 9)),
        ("Q2", "quarter", None, None),
        ("the previous year", "relative", None, None),
    ],
)
def test_one_period(text: str, kind: str, first: int | None, last: int | None) -> None:
    (found,) = find_periods(text)
    assert (found.kind, found.first, found.last) == (kind, first, last)


@pytest.mark.parametrize("text", ["£2018", "2,018 calls", "2018%", "in May", "1234", "call 2018/1", ""])
def test_no_period(text: str) -> None:
    assert find_periods(text) == ()


@given(st.lists(st.sampled_from(["2018", "/19", "March", " ", "to", "Q1", "year ending", "-", "12 months", "last"])))
def test_periods_come_in_order_and_never_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_periods(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(one.first <= one.last for one in found if one.first is not None and one.last is not None)
