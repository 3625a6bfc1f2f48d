"""Targets as people type them for the first time: read rightly, asked about, or refused; never guessed in silence."""

from datetime import date

import pytest

from wardmote.evidence.targets.grammar import describe_target, parse_target
from wardmote.evidence.targets.kinds import CountPerPeriod, Trajectory
from wardmote.evidence.targets.readings import read_target


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("£50,000", "percent", "the indicator is measured in per cent; £50,000 is money"),
        (
            "12 sessions a year", "percent",
            "the indicator is measured in per cent; at least 12 sessions in a financial year is a number of things",
        ),
        ("≤5 days", "percent", "the indicator is measured in per cent; 5 days is time"),
        ("at least 80%", "money", "the indicator is measured in money; 80% is a percentage"),
        ("at least 80%", "count", "the indicator is measured as a number of things; 80% is a percentage"),
    ],
)  # fmt: skip
def test_a_target_in_another_unit_than_the_measure_is_refused_with_both(text: str, unit: str, words: str) -> None:
    reading = read_target(text, unit=unit)
    assert (reading.outcome, reading.target, reading.why) == ("refused", None, words)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("85", "percent"), ("80% of victims", "percent"), ("£5k", "money"), ("5 working days", "days"), ("8%", "rate")],
)
def test_a_target_in_the_measures_unit_is_taken(text: str, unit: str) -> None:
    assert read_target(text, unit=unit, polarity="higher").target is not None


@pytest.mark.parametrize("text", ["0", "zero tolerance", "below 28%"])
def test_a_ceiling_where_more_is_better_is_asked_about(text: str) -> None:
    reading = read_target(text, unit="percent", polarity="higher")
    assert reading.outcome == "asked"
    assert "A higher value is better" in reading.choices[0].question
    assert len({option.words for option in reading.choices[0].options}) == 2


def test_a_path_to_march_ends_with_the_financial_year_in_its_unit() -> None:
    found = parse_target("from 62% in 2024/25 to 75% by March 2028", unit_hint="percent")
    assert found.target == Trajectory(
        62, "2024-25", 2028, 75, baseline_start=2025, baseline_end=2025, unit="percent", end_period="2027-28"
    )
    assert describe_target(found.target) == "from 62% (2024/25) to 75% by 2027/28, in a straight line"
    assert not found.not_understood


def test_a_path_without_the_year_of_its_start_asks_for_it() -> None:
    assert "Of which year is the 62%" in " ".join(read_target("from 62% to 75% by March 2028").missing)


@pytest.mark.parametrize(
    "ending",
    ["by 31/3/27", "by 31.03.2027", "by 31.3.27", "by 31 March 2027", "by Mar 27", "by March '27", "by 2027-03-31",
     "by the end of March 2027", "by end of Q4 2026/27", "by 26/27", "by 2026/27", "by 2026/27 Q4"],
)  # fmt: skip
def test_a_last_day_is_read_however_it_is_written(ending: str) -> None:
    count = parse_target(f"2,000 people trained {ending}")
    assert count.target == CountPerPeriod(">=", 2000, "people", "once", "by 31 March 2027")
    level = read_target(f"90% {ending}", unit="percent", polarity="higher")
    assert "31 March 2027" in level.choices[0].question
    assert [option.words for option in level.choices[0].options] == [
        "at least 90%", "done when: at least 90%, by 31 March 2027",
    ]  # fmt: skip
    assert parse_target(f"5% reduction {ending}").due == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3% year on year reduction to 2029", "down 3% on the previous year"),
        ("year-on-year increase of 2%", "up 2% on the previous year"),
        ("one third fewer", "down 33.33% on a base that is not stated"),
        ("1/3 fewer than last year", "down 33.33% on the previous year"),
        ("down a tenth on last year", "down 10% on the previous year"),
        ("halve", "down 50% on a base that is not stated"),
        ("a quarter more than 2024/25", "up 25% on the baseline of 2024/25"),
        ("double", "up 100% on a base that is not stated"),
        ("two thirds of residents", "at least 66.67% of residents"),
        ("5% increase in 2026/27 compared with 2025/26", "up 5% on the baseline of 2025/26"),
        ("5% below 2024/25", "down 5% on the baseline of 2024/25"),
        ("+2pp", "up 2 percentage points on a base that is not stated"),
        ("Increase by 3 points from 61% to 64%", "up 3 percentage points on the baseline (61%), to 64%"),
        ("reduce the gap to 5 percentage points", "at most 5 percentage points"),
        ("at least once a quarter", "at least once every quarter"),
        ("twice yearly", "at least twice every year"),
        ("every six months", "at least twice every year"),
        ("no more than twice a year", "at most 2 in a financial year"),
        ("30 perpetrators a year for three years", "at least 30 perpetrators in a financial year"),
        ("Maintain 2025/26 levels", "no change from the baseline of 2025/26"),
        ("Hold at or below 2024/25 level", "no increase on the baseline of 2024/25"),
        ("one session a quarter", "at least 1 session in a quarter"),
    ],
)
def test_words_are_said_back_as_they_are_meant(text: str, words: str) -> None:
    found = parse_target(text)
    assert found.target is not None
    assert describe_target(found.target) == words


@pytest.mark.parametrize("text", ["reduce by 5% compared with 2024/25", "no increase on 2025/26"])
def test_a_change_on_a_named_year_asks_for_that_years_value(text: str) -> None:
    assert read_target(text).missing == ("What was the value of the base that the change is measured from?",)


@pytest.mark.parametrize(
    "text", ["80% for 2026/27", "at least 80% by year end", "150 referrals by the end of the plan", "85% by Christmas"]
)
def test_a_time_that_is_of_no_use_is_asked_about(text: str) -> None:
    reading = read_target(text)
    assert any("was not used. When does the target hold?" in question for question in reading.missing)


@pytest.mark.parametrize("text", ["10-15% reduction", "every two years"])
def test_what_no_kind_holds_is_refused(text: str) -> None:
    assert parse_target(text).outcome == "refused"
