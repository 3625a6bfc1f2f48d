"""Breaks: between which periods they stand, and whom they concern."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.definitions.breaks import Break, list_breaks, parse_breaks
from wardmote.evidence.model.periods import Month, Period

KENT, OTHER = "E23000032", "E23000030"


def make_break(first: str, last: str, **changes: object) -> Break:
    asked: dict[str, object] = {
        "id": "one", "title": "Recording", "series": ("police-street",), "offences": (), "areas": ("all",),
        "first": Month.parse(first), "last": Month.parse(last), "effect": "Counts rise.", "source": "A report",
        "action": "Do not compare.",
    }  # fmt: skip
    return Break(**(asked | changes))  # type: ignore[arg-type]


# break              | earlier | later   | stands between
COMPARISONS = """
2017-04..2017-04     | 2015/16 | 2016/17 | no
2017-04..2017-04     | 2016/17 | 2017/18 | yes
2017-04..2017-04     | 2017/18 | 2018/19 | no
2017-04..2017-04     | 2016    | 2017    | yes
2017-04..2018-06     | 2015/16 | 2016/17 | no
2017-04..2018-06     | 2016/17 | 2017/18 | yes
2017-04..2018-06     | 2017/18 | 2018/19 | yes
2017-04..2018-06     | 2018/19 | 2019/20 | yes
2017-04..2018-06     | 2019/20 | 2020/21 | no
2017-04..2018-06     | 2016/17 | 2019/20 | yes
2017-04..2018-06     | 2018-06 | 2018-07 | yes
2017-04..2018-06     | 2018-07 | 2019-07 | no
2017-04..2018-06     | 2017-03 | 2016-03 | no
"""


@pytest.mark.parametrize("line", COMPARISONS.strip().splitlines())
def test_break_stands_between_what_cannot_be_compared(line: str) -> None:
    span, earlier, later, expected = (cell.strip() for cell in line.split("|"))
    found = make_break(*span.split(".."))
    one, other = Period.parse(earlier), Period.parse(later)
    assert found.stands_between(one, other) is (expected == "yes")
    assert found.stands_between(other, one) is (expected == "yes")


months = st.integers(2010 * 12, 2025 * 12).map(Month.from_ordinal)


@given(months, st.integers(0, 24), months, months, st.integers(0, 14))
def test_break_stands_between_agrees_with_asking_month_by_month(
    first: Month, more: int, one: Month, other: Month, length: int
) -> None:
    found = make_break(str(first), str(first + more))

    def side(month: Month) -> str:
        if month < first:
            return "before"
        return "after" if more == 0 or month > found.last else "within"

    earlier, later = Period(one, one + length), Period(other, other + length)
    sides = {side(m) for p in (earlier, later) for m in p}
    assert found.stands_between(earlier, later) is (sides not in ({"before"}, {"after"}))


@pytest.mark.parametrize(
    ("span", "period", "inside"),
    [
        (("2017-04", "2017-04"), "2016/17", False),
        (("2017-04", "2017-04"), "2017/18", False),
        (("2017-04", "2017-04"), "2017", True),
        (("2017-04", "2018-06"), "2016/17", False),
        (("2017-04", "2018-06"), "2018/19", True),
        (("2017-04", "2018-06"), "2019/20", False),
        (("2017-04", "2018-06"), "2017", True),
    ],
)
def test_break_inside_a_period_makes_its_parts_differ(span: tuple[str, str], period: str, inside: bool) -> None:
    assert make_break(*span).falls_inside(Period.parse(period)) is inside


@pytest.mark.parametrize(
    ("changes", "concerned"),
    [
        ({}, True),
        ({"series": ("stats19",)}, False),
        ({"offences": ("robbery",)}, False),
        ({"offences": ("robbery", "all_crime")}, True),
        ({"areas": (KENT,)}, True),
        ({"areas": (OTHER,)}, False),
        ({"areas": ("E06000035", OTHER)}, True),
    ],
)
def test_break_concerns_a_source_offence_and_area(changes: dict[str, object], concerned: bool) -> None:
    found = make_break("2017-04", "2018-06", **changes)
    assert found.concerns(source="police-street", offence="all_crime", areas=("E06000035", KENT)) is concerned


def test_break_sentence_says_when_and_what() -> None:
    assert make_break("2017-04", "2017-04").sentence == "Recording (from April 2017): Counts rise."
    assert make_break("2017-04", "2018-06").sentence == "Recording (April 2017 to June 2018): Counts rise."


def test_break_without_an_end_is_a_clean_cut() -> None:
    (found,) = parse_breaks(
        "- {id: a-cut, series: [stats19], areas: [all], from: 2015-01, effect: e, source: s, action: a}", "mine.yaml"
    )
    assert (found.first, found.last, found.title) == (Month(2015, 1), Month(2015, 1), "A cut")


def test_kents_recording_break_parts_2015_from_2019() -> None:
    # HMICFRS: 83.6% of reported crime recorded in 2017, 96.6% in 2018; recorded crime rose by 64% meanwhile.
    (found,) = [b for b in list_breaks() if b.id == "kent-crime-recording-2017"]
    assert found.concerns(source="police-street", offence="all_crime", areas=("E06000035", KENT))
    assert found.stands_between(Period.parse("2015/16"), Period.parse("2019/20"))
    assert not found.concerns(source="police-street", offence="all_crime", areas=("E07000223", OTHER))


def test_catalogue_tells_what_is_known_and_no_remark_to_ourselves() -> None:
    for one in list_breaks():
        assert not re.search(r"general knowledge|to be confirmed|\[GK\]", f"{one.source} {one.effect} {one.action}")
