"""The only words for a change, each from a comparison."""

from dataclasses import replace

import pytest

from wardmote.evidence.indicators.readings.comparisons import Comparison
from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import Figure, Missing
from wardmote.evidence.model.periods import Period
from wardmote.evidence.reports.direction import describe_change, name_period
from wardmote.evidence.statistics.change import compare_counts

M = "\N{MINUS SIGN}"


def draw(value: float | None, period: str) -> Figure:
    why = None if value is not None else Missing("month_missing", "May 2024 is not held")
    state = "actual" if value is not None else "missing"
    return Figure(
        "burglary_count", Area("X06000001"), Period.parse(period), value, "offences", state=state, missing=why
    )


def compare(previous: float, current: float, people: tuple[float, float] = (1, 1)) -> Comparison:
    change = compare_counts(current, previous, people[1], people[0])
    return Comparison(draw(current, "2025/26"), draw(previous, "2024/25"), None, None, change)


WORDS = [
    # previous, current, word, phrase
    (1000, 1300, "rose", "rose by 30.0% on 2024/25"),
    (1000, 700, "fell", "fell by 30.0% on 2024/25"),
    (1000, 1010, "similar", "similar to 2024/25 (+1.0%)"),
    (10, 12, "similar", "no clear change on 2024/25 (+20.0%)"),
    (0, 12, "rose", "12 after none in 2024/25"),
    (0, 0, "similar", "none, as in 2024/25"),
    (12, 0, "fell", "fell by 100.0% on 2024/25"),
]


@pytest.mark.parametrize(("previous", "current", "word", "phrase"), WORDS)
def test_a_change_has_only_the_word_that_it_earns(previous: float, current: float, word: str, phrase: str) -> None:
    said = describe_change(compare(previous, current))
    assert (said.word, said.phrase) == (word, phrase)


def test_a_rise_is_told_with_counts_percentage_and_range() -> None:
    assert describe_change(compare(1000, 1300)).sentence == (
        "It rose on 2024/25, from 1,000 to 1,300 (+30.0%). The likely range, +19.6% to +41.3%, leaves out no change:"
        " more than chance would do (tested against chance alone)."
    )


def test_a_change_per_resident_is_told_beside_that_of_the_counts() -> None:
    words = describe_change(compare(1000, 1300, (100_000, 130_000))).sentence
    assert "from 1,000 to 1,300 (+30.0%, or 0.0% per resident). The likely range per resident, " in words
    assert words.startswith("It was similar to 2024/25")


def test_a_phrase_says_per_resident_where_the_rates_were_compared() -> None:
    assert describe_change(compare(1000, 1300, (100_000, 100_000))).phrase == "rose by 30.0% per resident on 2024/25"
    assert describe_change(compare(10, 12, (100_000, 100_000))).phrase == (
        "no clear change on 2024/25 (+20.0% per resident)"
    )


@pytest.mark.parametrize("current", [1010, 1300])
def test_a_range_that_knows_the_months_is_not_said_to_be_of_chance_alone(current: float) -> None:
    known = replace(compare(1000, current), spread_of="April 2024 to March 2025")
    assert "chance alone" not in describe_change(known).sentence
    assert "(tested against chance alone)." in describe_change(compare(1000, current)).sentence


def test_what_may_not_be_compared_says_why_and_has_no_direction() -> None:
    why = Missing("month_missing", "May 2024 is not held")
    said = describe_change(Comparison(draw(5, "2025/26"), draw(None, "2024/25"), None, None, None, why))
    assert said.word == "not compared"
    assert said.sentence == "It cannot be compared with 2024/25: May 2024 is not held."


@pytest.mark.parametrize(
    ("period", "name"),
    [
        ("2025/26", "2025/26"),
        ("2025/26Q1", "2025/26Q1"),
        ("2022-03", "March 2022"),
        ("2022", "calendar year 2022"),
        ("AY2021/22", "academic year 2021/22"),
        ("2023-01..2023-12", "the year to December 2023"),
        ("2022-04..2022-12", "April 2022 to December 2022"),
    ],
)
def test_a_period_has_a_name_that_fits_a_sentence(period: str, name: str) -> None:
    assert name_period(Period.parse(period)) == name
