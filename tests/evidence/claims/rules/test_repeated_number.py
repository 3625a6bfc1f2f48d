"""Two figures that come back together with one noun changed."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "repeated_number"
FIRST = "- Road safety lessons reached 16 classes (468 pupils).\n"


def test_pair_that_comes_back_is_asked_about() -> None:
    (claim,) = judge(NAME, FIRST + "- Scooter training went to 16 schools (468 pupils).\n")
    assert claim.verdict == "unsupported"
    assert claim.why.endswith("?")
    assert [q.value for q in claim.inputs] == [16.0, 468.0]


@pytest.mark.parametrize(
    "second",
    [
        "- Scooter training went to 9 schools (231 pupils).\n",
        "- Scooter training went to 9 schools (468 pupils).\n",  # one figure alone may be the same pupils
        "- The 16 classes (468 pupils) were asked what they learnt.\n",
        "- Road safety lessons reached 16 classes (468 pupils), as said.\n",
    ],
)
def test_other_repeats_are_left_alone(second: str) -> None:
    assert list_verdicts(NAME, FIRST + second) == []


def test_round_figures_and_far_places_are_left_alone() -> None:
    assert (
        list_verdicts(NAME, "Lessons reached 10 classes (400 pupils). Training went to 10 schools (400 pupils).") == []
    )
    between = "- The wardens met.\n" * 6
    assert list_verdicts(NAME, FIRST + between + "- Scooter training went to 16 schools (468 pupils).\n") == []
