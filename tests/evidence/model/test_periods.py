"""Periods: what people write, which months it names, and what is refused with which advice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period, financial_year_of, parse_period

months = st.integers(1950 * 12, 2150 * 12).map(Month.from_ordinal)


# written             | first   | last    | months | kind            | written back
READINGS = """
2021/22               | 2021-04 | 2022-03 | 12     | financial_year  | 2021/22
2021/2022             | 2021-04 | 2022-03 | 12     | financial_year  | 2021/22
1999/00               | 1999-04 | 2000-03 | 12     | financial_year  | 1999/00
2021-22               | 2021-04 | 2022-03 | 12     | financial_year  | 2021/22
2021–22               | 2021-04 | 2022-03 | 12     | financial_year  | 2021/22
2021/22Q1             | 2021-04 | 2021-06 | 3      | quarter         | 2021/22Q1
2021/22 q3            | 2021-10 | 2021-12 | 3      | quarter         | 2021/22Q3
2021/22Q4             | 2022-01 | 2022-03 | 3      | quarter         | 2021/22Q4
2022                  | 2022-01 | 2022-12 | 12     | calendar_year   | 2022
AY2021/22             | 2021-09 | 2022-08 | 12     | academic_year   | AY2021/22
2022-06               | 2022-06 | 2022-06 | 1      | month           | 2022-06
2021-07..2022-06      | 2021-07 | 2022-06 | 12     | run             | 2021-07..2022-06
2018-10..2019-02      | 2018-10 | 2019-02 | 5      | run             | 2018-10..2019-02
2010-11..2010-11      | 2010-11 | 2010-11 | 1      | month           | 2010-11
"""


@pytest.mark.parametrize("line", READINGS.strip().splitlines())
def test_period_is_read_as_people_write_it(line: str) -> None:
    text, first, last, length, kind, back = (cell.strip() for cell in line.split("|"))
    period = parse_period(f"  {text} ")
    found = (str(period.first), str(period.last), str(period.length), period.kind, str(period))
    assert found == (first, last, length, kind, back)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("2010-11", "2010/11 for the financial year April 2010 to March 2011, or 2010-11..2010-11 for the month"),
        ("2011-12", "can be read in two ways"),
        ("2021/23", "Expected 2021/22"),
        ("2021-25", "2021/22 (financial year)"),
        ("2022-13", "is not a period"),
        ("2021/22Q5", "there is no quarter 5"),
        ("2022-06..2021-07", "the earlier month first"),
        ("2022-06..2022-13", "not a month"),
        ("last year", "2022-06 (month)"),
        ("", "is not a period"),
        ("0099", "not a month"),
    ],
)
def test_period_that_cannot_be_read_says_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_period(text)
    assert advice in str(caught.value)


@pytest.mark.parametrize("year", range(2000, 2100))
def test_dashed_year_is_never_guessed_where_it_could_be_a_month(year: int) -> None:
    text = f"{year}-{(year + 1) % 100:02d}"
    if 1 <= (year + 1) % 100 <= 12:
        with pytest.raises(UsageError, match="two ways"):
            parse_period(text)
    else:
        assert parse_period(text) == Period.financial_year(year)


@given(months, st.integers(0, 60))
def test_period_written_is_the_period_read(first: Month, more: int) -> None:
    run = Period.month(first) if more == 0 else Period(first, first + more)
    # A single month can look like a financial year (2010-11); it is then written as a run to be read.
    text = f"{first}..{first}" if more == 0 else str(run)
    assert parse_period(text) == run


@given(st.integers(1950, 2150), st.sampled_from(["", "Q1", "Q2", "Q3", "Q4", "AY"]))
def test_named_period_written_is_the_period_read(year: int, form: str) -> None:
    years = f"{year}/{(year + 1) % 100:02d}"
    text = f"AY{years}" if form == "AY" else years + form
    assert str(parse_period(text)) == text


@given(months, st.integers(-500, 500))
def test_month_arithmetic_agrees_with_counting_one_by_one(start: Month, steps: int) -> None:
    year, number = start.year, start.number
    for _ in range(abs(steps)):
        number += 1 if steps > 0 else -1
        if number == 13:
            year, number = year + 1, 1
        elif number == 0:
            year, number = year - 1, 12
    assert start + steps == Month(year, number)
    assert (start + steps) - steps == start


@pytest.mark.parametrize(("year", "number"), [(2022, 0), (2022, 13), (1899, 12), (2200, 1)])
def test_month_outside_the_calendar_is_refused(year: int, number: int) -> None:
    with pytest.raises(UsageError, match="is not a month"):
        Month(year, number)


@pytest.mark.parametrize("text", ["2022-6", "2022/06", "22-06", "2022-06-01", "June 2022"])
def test_month_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="YYYY-MM"):
        Month.parse(text)


def test_months_sort_by_time_across_years() -> None:
    texts = ["2022-01", "2021-12", "2021-02", "2022-10"]
    assert [str(m) for m in sorted(map(Month.parse, texts))] == ["2021-02", "2021-12", "2022-01", "2022-10"]
    assert max(map(Month.parse, texts)) == Month(2022, 10)


@pytest.mark.parametrize(
    ("month", "year"), [("2022-03", 2021), ("2022-04", 2022), ("2022-12", 2022), ("2023-01", 2022)]
)
def test_financial_year_turns_in_april(month: str, year: int) -> None:
    assert Month.parse(month).financial_year == year
    assert Month.parse(month) in financial_year_of(Month.parse(month))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2021/22", "2020/21"),
        ("2021/22Q4", "2020/21Q4"),
        ("2022", "2021"),
        ("AY2021/22", "AY2020/21"),
        ("2022-06", "2021-06"),
        ("2018-10..2019-02", "2017-10..2018-02"),
        ("2021-07..2022-06", "2020-07..2021-06"),
        ("2019-01..2020-12", "2017-01..2018-12"),
        ("2020-01..2021-03", "2018-01..2019-03"),
    ],
)
def test_previous_period_has_the_same_length_and_season(text: str, before: str) -> None:
    assert str(parse_period(text).previous()) == before


@given(months, st.integers(0, 40))
def test_previous_period_never_overlaps_its_own(first: Month, more: int) -> None:
    period = Period(first, first + more)
    earlier = period.previous()
    assert not period.overlaps(earlier)
    assert (earlier.length, earlier.first.number) == (period.length, period.first.number)


@given(months, st.integers(0, 40))
def test_split_periods_hold_every_month_once_in_order(first: Month, more: int) -> None:
    period = Period(first, first + more)
    for parts in (period.split_months(), period.split_quarters(), period.split_financial_years()):
        assert [m for part in parts for m in part] == list(period.months)


def test_split_quarters_of_a_part_year_keeps_part_quarters_as_runs() -> None:
    parts = parse_period("2018-11..2019-04").split_quarters()
    assert [str(p) for p in parts] == ["2018-11..2018-12", "2018/19Q4", "2019-04..2019-04"]
    assert [p.kind for p in parts] == ["run", "quarter", "run"]


def test_split_financial_years_names_only_whole_ones() -> None:
    assert [str(p) for p in parse_period("2020-04..2022-06").split_financial_years()] == [
        "2020/21", "2021/22", "2022-04..2022-06",
    ]  # fmt: skip


def test_rolling_year_ends_with_its_month_and_is_no_named_year() -> None:
    rolling = Period.rolling_year(Month(2022, 6))
    assert (str(rolling), rolling.length, rolling.kind, rolling.is_year) == ("2021-07..2022-06", 12, "run", True)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2021/22", "2022/23", False),
        ("2021/22", "2022", True),
        ("2022-03", "2021/22", True),
        ("2022-04", "2021/22", False),
    ],
)
def test_periods_overlap_both_ways_or_not_at_all(one: str, other: str, overlap: bool) -> None:
    first, second = parse_period(one), parse_period(other)
    assert first.overlaps(second) is second.overlaps(first) is overlap


def test_calendar_and_financial_year_of_twelve_months_are_not_equal() -> None:
    assert Period(Month(2021, 4), Month(2022, 3)) != parse_period("2021/22")
    assert parse_period("2021/22").months == Period(Month(2021, 4), Month(2022, 3)).months


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2022-06", "June 2022"),
        ("2021/22", "financial year 2021/22 (April 2021 to March 2022)"),
        ("2021/22Q3", "2021/22Q3 (October 2021 to December 2021)"),
        ("2022", "calendar year 2022 (January 2022 to December 2022)"),
        ("AY2021/22", "academic year 2021/22 (September 2021 to August 2022)"),
        ("2018-10..2019-02", "October 2018 to February 2019"),
    ],
)
def test_period_title_needs_no_notation(text: str, title: str) -> None:
    assert parse_period(text).title == title


def test_month_titles_are_long_and_short() -> None:
    assert (Month(2022, 9).title, Month(2009, 9).short_title) == ("September 2022", "Sep 09")
