"""Stretches of time with their lengths and ends."""

import pytest

from evidence.claims.rules.judging_sums import list_accusations, list_verdicts

NAME = "durations"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Over the 25 years from 1995 to 2018 deaths have fallen.", ["inconsistent"]),
        ("Over the 23 years from 1995 to 2018 deaths have fallen.", ["ok"]),
        ("Over the five years 2014 to 2018 deaths have fallen.", ["ok"]),
        ("Over the four years 2014 to 2018 deaths have fallen.", ["ok"]),
        ("Over the three years between 2014 and 2018 deaths have fallen.", ["inconsistent"]),
        ("The two-year plan 2016 to 2020 was adopted.", ["inconsistent"]),
        ("The four year plan (2016-2020) was adopted.", ["ok"]),
        ("A three-year community safety strategy for 2016/17 to 2018/19.", ["ok"]),
        ("A two-year community safety strategy for 2016/17 to 2020/21.", ["inconsistent"]),
        ("In the nine months from April to December 2018 it rose.", ["ok"]),
        ("In the nine months from April 2018 to March 2019 it rose.", ["inconsistent"]),
        ("In the two years 2010 and 2015 it rose.", []),
        ("Every three years from 2010 to 2019 it was held.", []),
        ("Over the three years from 2010 to 2019 a rolling average is drawn.", []),
        ("A five-year average from 2004 to 2018 is the base.", []),
        ("He was sentenced to 5 years between 2015 and 2018.", []),
        ("As part of a 20-year programme lasting until 2026 the town began to change in 2016.", []),
    ],
)
def test_length_against_its_ends(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("It ran from 17 May 2020 to 14 April 2020.", True),
        ("It ran from June 2020 to March 2020.", True),
        ("It ran between 17th May 2020 and 14th June 2020.", False),
        ("It was brought forward from 17 May 2020 to 14 April 2020.", False),
        ("The deadline moved from June 2020 to March 2020.", False),
        ("Crime fell from June 2020 to March 2020 levels.", False),
        ("It ran from 31 June 2020 to 14 April 2020.", False),  # the day is another rule's
    ],
)
def test_end_before_beginning(text: str, accused: bool) -> None:
    assert bool(list_accusations(NAME, text)) is accused
