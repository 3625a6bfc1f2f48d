"""Targets that print their change, their base and their level."""

import pytest

from evidence.claims.rules.judging_sums import list_accusations, list_verdicts

NAME = "target_arithmetic"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The target is a 40% reduction on the average of 80 casualties, to 48 by 2020.", "ok"),
        ("The target is a 40% reduction on the average of 85 casualties, to 48 by 2020.", "inconsistent"),
        ("The target is to increase completions by 2% from the baseline of 6.2%, i.e. 8.2%.", "imprecise"),
        ("The target is to increase completions by 2% from the baseline of 50%, i.e. 51%.", "ok"),
        ("The target is a 5% reduction per year from 51 to 56.", "contradicts"),
    ],
)
def test_level_follows_from_base_and_change(text: str, verdict: str) -> None:
    assert list_verdicts(NAME, text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The target is a 5% reduction per year from 60 to 48 by 2020.",  # a pace over some years
        "The target is 40% of the 80 referrals, up to 60 of them in person.",
        "A 40% reduction on the average of 85 casualties would bring it to 48.",  # no target is named
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert list_accusations(NAME, text) == []
