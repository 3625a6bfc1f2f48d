"""Parts listed in a sentence and the total they should make."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts

NAME = "parts_in_prose"


def test_victims_of_domestic_abuse_in_2017_18() -> None:
    """Office for National Statistics, Domestic abuse bulletin of November 2018, main points."""
    text = "An estimated 2.0 million adults experienced domestic abuse (1.3 million women, 695,000 men)."
    (claim,) = judge(NAME, text)
    assert (claim.verdict, claim.recomputed[0].value) == ("ok", 1995000.0)


def test_six_of_7318_are_unaccounted_for_and_the_claim_stands_at_the_total() -> None:
    text = "There were 7,318 referrals. Of those, 3,096 were closed, 2,902 passed on and 1,314 seen with 394 supported."
    (claim,) = judge(NAME, text)
    assert (claim.verdict, claim.claimed[0].value, claim.recomputed[1].value) == ("inconsistent", 7318.0, -6.0)
    assert claim.place.start == text.index("7,318")


@pytest.mark.parametrize(("rest", "verdict"), [("133", "ok"), ("131", "inconsistent")])
def test_the_remaining_close_the_list(rest: str, verdict: str) -> None:
    text = f"Of 733 referrals 310 were closed, 290 were passed on and the remaining {rest} went to panel."
    assert list_verdicts(NAME, text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The unit made 200 visits, including 30 in Marsh Lane and 25 in Castle.",
        "There were 12 sessions (140 adults, 60 children).",
        "There were 500 referrals. Of those, 100 were closed, 90 passed on and 80 discussed.",
        "Robbery rose by 20 (from 30 to 50).",
        "A total of 30 adults are managed, 16 with drug needs and 19 with alcohol needs.",
        "Of the 30 officers 5 moved to the other 2 stations.",
    ],
    ids=["including", "other things", "not complete", "a change", "overlapping needs", "other stations"],
)
def test_lists_that_need_not_be_complete_are_left_alone(text: str) -> None:
    assert list_accusations(NAME, text) == []
