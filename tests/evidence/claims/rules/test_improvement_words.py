"""Improvement against the good way of the measure."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "improvement_words"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Satisfaction improved from 75% to 78%.", ["ok"]),
        ("Satisfaction improved from 78% to 75%.", ["contradicts"]),
        ("Re-offending improved from 35% to 31%.", ["ok"]),
        ("Re-offending worsened from 35% to 31%.", ["contradicts"]),
        ("Hate crime reports improved from 40 to 31.", []),  # more may be trust
        ("Recording improved; satisfaction stands at 75% and confidence at 60%.", []),
        ("Satisfaction with waiting times improved from 78% to 75%.", []),  # two ways in one sentence
        ("Services improved. Satisfaction went from 78% to 75%.", []),
    ],
)
def test_improvement_is_held_against_the_measure(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
