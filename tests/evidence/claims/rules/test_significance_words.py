"""Significance words against the counts beside them."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "significance_words"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("There was a significant increase in robbery, from 100 offences to 110.", ["contradicts"]),
        ("There was a significant increase in robbery, from 100 offences to 150.", ["ok"]),
        ("Fatal collisions fell significantly, from 12 to 9.", ["contradicts"]),
        ("There was no significant change in robbery: 100 offences in 2018 and 190 in 2019.", ["contradicts"]),
        ("There was no significant change in robbery: 100 offences in 2018 and 110 in 2019.", ["ok"]),
        ("A significantly higher share of women (60 of 100) than of men (30 of 100) felt unsafe.", ["ok"]),
        ("A significantly higher share of women (32 of 100) than of men (30 of 100) felt unsafe.", ["contradicts"]),
        ("There was no significant increase in robbery, which fell from 200 to 100.", ["ok"]),
        ("Satisfaction rose significantly from 71% to 74%.", ["not_checkable"]),
        ("There was a significant increase in clients at lower risk.", ["not_checkable"]),
        ("Significant work has gone into 12 schools, after 11 last year.", []),
        ("We hope to see a significant increase from 100 to 110.", []),
        ("The number saw a slight increase from 1,099 to 1,172.", []),
    ],
)
def test_words_and_counts(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts


def test_p_value_is_the_exact_conditional_one() -> None:
    """Twice the upper tail of a fair binomial: 60 or more of 100 has probability 0.0284 (tables of the binomial)."""
    (claim,) = judge(NAME, "There was a significant increase in robbery, from 40 offences to 60.")
    assert claim.recomputed[0].value == pytest.approx(0.0569, abs=5e-5)
    assert claim.verdict == "contradicts"
