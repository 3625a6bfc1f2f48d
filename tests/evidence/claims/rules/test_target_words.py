"""Words of achievement with their target and value in one statement."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "target_words"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Repeat victimisation was 27%, below the target of less than 28%.", "ok"),
        ("Repeat victimisation was 29%, within the target of less than 28%.", "contradicts"),
        ("Satisfaction was 71%, below the target of at least 75%.", "ok"),
        ("Satisfaction was 78%, below the target of at least 75%.", "contradicts"),
        ("The target of 85% was not met, with 77.8% of victims satisfied.", "ok"),
        ("100 staff were trained, exceeding the target of 100.", "imprecise"),
    ],
)
def test_word_is_held_against_the_figures(text: str, verdict: str) -> None:
    assert list_verdicts(NAME, text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "The average wait was 12 days, within the target of 15 days.",  # nothing says which way is good
        "Last year's target of 70% was met, while 68% have completed so far.",
        "Work is planned to meet the target of 75%, and 68% have completed.",
        "We achieved our target of 90% for the third year, up from 85%.",
        "The team exceeded the target of 90% by 5%.",
        "Satisfaction was 5% above the target of 90%.",
        "We set a target to reduce burglary by 5% and achieved a reduction of 7%, exceeding the target.",
        "The service met the target of 90% in 2018/19 but in 2019/20 achieved 84%.",
        "In 2018/19 84% were satisfied, but the target of 90% was met in 2019/20.",
        "84% were seen within 5 days, almost meeting the target of 85%.",
        "The 95% target was not met: 91% of plans were reviewed.",
        "There were 64 casualties, exceeding the target of no more than 60.",  # exceeded, as it says
        "We expect to be on target; the target is 75% and the rate 68%.",
    ],
)
def test_word_about_something_else_is_left_alone(text: str) -> None:
    assert list_verdicts(NAME, text) in ([], ["ok"])
