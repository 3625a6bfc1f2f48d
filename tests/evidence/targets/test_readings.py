"""A target read back as it is typed: its meaning in words, the other meanings to choose from, what is missing."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardmote.evidence.interface import describe_target, explain_status_codes, read_target
from wardmote.evidence.targets.codec import decode_target, encode_target
from wardmote.evidence.targets.grammar import understanding
from wardmote.evidence.targets.kinds import CountPerPeriod, PointsChange, RelativeChange, Threshold
from wardmote.evidence.targets.readings import _MAKERS
from wardmote.evidence.targets.statuses import ReasonCode, SignalCode, WhyCode


def test_clear_target_is_read_back_with_nothing_to_choose() -> None:
    reading = read_target("at least 85%")
    assert (reading.target, reading.words) == (Threshold(">=", 85.0, "percent"), "at least 85%")
    assert (reading.outcome, reading.choices, reading.missing) == ("understood", (), ())


#: The words, the measure, the question, and what each answer makes of them.
OFFERED = [
    ("at least 10 schools", "", "span", [
        "at least 10 schools in a financial year", "at least 10 schools in a calendar year",
        "at least 10 schools in an academic year", "at least 10 schools in a quarter", "at least 10 schools",
    ]),
    ("5%", "Reduction in repeat victims", "base", [
        "down 5% on the previous year", "down 5% on the same period last year", "", "down 5% on the previous period",
    ]),
    ("10", "Sessions held", "higher_or_lower", ["at least 10 in a financial year", "at most 10 in a financial year"]),
    ("95% day, 80% evening", "", "higher_or_lower", [
        "day: at least 95%; evening: at least 80%", "day: at most 95%; evening: at most 80%",
    ]),
    ("5% (< 275 per 100,000)", "Reduction in casualties", "which_governs", [
        "down 5% on a base that is not stated", "below 275 per 100k",
        "down 5% on a base that is not stated: down 5% on a base that is not stated; "
        "below 275 per 100k: below 275 per 100k",
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "code", "words"), OFFERED)
def test_open_question_offers_the_targets_to_choose_from(text: str, title: str, code: str, words: list[str]) -> None:
    choice = next(choice for choice in read_target(text, title=title).choices if choice.code == code)
    assert [option.words for option in choice.options] == words
    assert choice.question.endswith("?")


def test_reading_that_is_assumed_is_marked() -> None:
    (choice,) = read_target("at least 10 schools").choices
    assert [option.label for option in choice.options if option.is_assumed] == ["financial year"]
    assert isinstance(choice.options[3].target, CountPerPeriod)


def test_share_of_a_base_and_points_are_two_targets() -> None:
    makers = _MAKERS["percent_or_points"]
    base = read_target("5%", title="Reduction in repeat victims").target
    assert isinstance(base, RelativeChange)
    points = makers["percentage points"](base)
    assert isinstance(points, PointsChange)
    assert points.points == -5
    assert makers["per cent"](points) == base


def test_number_to_be_met_exactly_is_two_promises() -> None:
    made = _MAKERS["at_least_or_exactly"]["exactly"](Threshold(">=", 3, "count"))
    assert made is not None
    assert describe_target(made) == "lower end: at least 3; upper end: at most 3"


def test_what_can_only_be_written_is_missing() -> None:
    reading = read_target("reduce")
    assert reading.missing == ("By how much? Any change in this direction is taken to do.",)
    assert [choice.code for choice in reading.choices] == ["base"]


def test_words_that_promise_nothing_say_why() -> None:
    reading = read_target("soon")
    assert (reading.target, reading.words, reading.choices) == (None, "", ())
    assert reading.why == "no number, comparison, date or finished act was found in the words"


def test_empty_box_is_a_target_that_is_not_set() -> None:
    assert read_target("").words == "no target (not set)"


def test_every_answer_that_makes_a_target_is_one_that_the_grammar_offers() -> None:
    asked = [held for held in vars(understanding).values() if isinstance(held, understanding.Question)]
    offered = {(question.code, option) for question in asked for option in question.options}
    assert {(code, option) for code, makers in _MAKERS.items() for option in makers} <= offered


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["5%", "10", "reduce", "increase", "at", "least", "most", "by", "2026", "from", "30", "points",
                         "(< 275 per 100,000)", "schools", "every quarter", "last year", "day", "evening", "x"]),
        max_size=7,
    ).map(" ".join),
    st.sampled_from(["", "percent", "count", "rate"]),
)  # fmt: skip
def test_any_words_are_read_and_every_offer_can_be_kept(text: str, unit: str) -> None:
    reading = read_target(text, unit=unit)
    offers = [option.target for choice in reading.choices for option in choice.options if option.target is not None]
    for target in offers:
        assert decode_target(encode_target(target)) == target
        assert describe_target(target)


def test_every_code_of_a_status_has_words() -> None:
    codes = explain_status_codes()
    assert set(codes["reason_code"]) == set(get_args(ReasonCode))
    assert set(codes["why_code"]) == set(get_args(WhyCode))
    assert set(codes["signal"]) == set(get_args(SignalCode))
    assert all(words for sort in codes.values() for words in sort.values())
