"""One measure told to rise and to fall."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "two_directions"
FELL = "Recorded crime in Northmarsh fell by 5% in 2019/20."


def test_bare_word_is_accused_before_the_figure() -> None:
    (claim,) = judge(NAME, "Recorded crime in Northmarsh increased in 2019/20.", FELL)
    assert (claim.verdict, claim.place.file) == ("inconsistent", "0.md")
    (claim,) = judge(NAME, FELL, "Recorded crime in Northmarsh increased in 2019/20.")
    assert claim.place.file == "1.md"


@pytest.mark.parametrize(
    "other",
    [
        "Recorded crime in Northmarsh fell in 2019/20.",
        "Recorded crime in Northmarsh increased in 2018/19.",
        "Recorded crime in Eastborough increased in 2019/20.",
        "Recorded knife crime in Northmarsh increased in 2019/20.",
        "Recorded crime in Northmarsh was expected to increase in 2019/20.",
        "Recorded crime in Northmarsh increased and then fell in 2019/20.",
        "Recorded crime in Northmarsh increased in 2019/20 compared with 2009/10.",
    ],
)
def test_another_measure_place_or_period_is_not_accused(other: str) -> None:
    assert list_verdicts(NAME, FELL, other) == []
