"""Quarters that share their words and figures."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "copied_text"


def draw(first: str, second: str) -> str:
    return f"| Indicator | Target | Update |\n|---|---|---|\n| Entrants | 5 | Q1 - {first} Q2 - {second} |\n"


def test_second_quarter_that_names_the_first_is_inconsistent() -> None:
    first = "312 per 100k, 4 of the 18 young people in Q1 were first time entrants."
    second = "320 per 100k, 4 of the 18 young people in Q1 were first time entrants."
    (claim,) = judge(NAME, draw(first, second))
    assert (claim.verdict, [q.value for q in claim.claimed]) == ("inconsistent", [4.0, 18.0])


def test_copied_event_is_unsupported_and_told_once() -> None:
    text = "One course was delivered at the fire station on 22nd June to 20 riders."
    text += " Two more were delivered to 31 riders at the same place."
    assert list_verdicts(NAME, draw(text, text)) == ["unsupported"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4 of the 18 young people seen were first timers.", "6 of the 21 young people seen were first timers."),
        ("No change.", "No change."),
        ("12 sessions were delivered at the youth centre to 40 people.",
         "14 sessions were delivered at the youth centre to 40 people."),
        ("The service is delivered by 3 staff employed across the borough.",
         "The service is delivered by 3 staff employed across the borough."),
        ("100%", "100%"),
        ("12 wardens have worked in all parts of the town.", "12 wardens have worked in all parts of the town."),
        ("9 of 12, against the national average of 75% reported for all areas.",
         "8 of 12, against the national average of 75% reported for all areas."),
    ],
)  # fmt: skip
def test_standing_words_are_left_alone(first: str, second: str) -> None:
    assert list_verdicts(NAME, draw(first, second)) == []
