"""Words in a table's update against the row's target and figure."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "target_rows"


def draw(target: str, update: str, title: str = "Repeat victimisation rate") -> str:
    return f"| Indicator | Target | Update |\n|---|---|---|\n| {title} | {target} | {update} |\n"


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        (draw("Below 28%", "Q3 - 27.7% Q4 - 25.3%. On target."), "ok"),
        (draw("Below 28%", "Q3 - 27.7% Q4 - 35.3%. On target."), "contradicts"),
        (draw("Below 28%", "Q4 - 28.4%. On target."), "imprecise"),  # missed by a little: amber
        (draw("Below 28%", "Q4 - 35.3%. Not on target."), "ok"),
        (draw("Below 28%", "Q4 - 25.3%. Not on target."), "contradicts"),
        (draw("Below 28%", "Q4 - 25.3%, which is below target."), "ok"),
        (draw("100 sessions", "Year end total - 84. Target exceeded.", "Number of sessions"), "contradicts"),
        (draw("100 sessions", "Year end total - 184. Target exceeded.", "Number of sessions"), "ok"),
        (draw("5% reduction", "667, a 12% increase on last year. Target met.", "Fly tipping"), "contradicts"),
        (draw("5% reduction", "567, a 12% reduction on last year. Target met.", "Fly tipping"), "ok"),
    ],
)
def test_word_is_scored_as_a_plan_would_be(row: str, verdict: str) -> None:
    assert list_verdicts(NAME, row) == [verdict]


@pytest.mark.parametrize(
    "row",
    [
        draw("40%", "Q3 - 25.6% Q4 - 35.4%", "Percentage in employment"),  # missed, and nobody says otherwise
        draw("150 referrals", "Q3 - 48. On target.", "Number of referrals"),  # a quarter of a year's number
        draw("5% reduction", "Q2 - a 3% increase on the previous quarter. On target.", "Fly tipping"),
        draw("40%", "Q3 - 25.6%. Work is under way to be on target by March.", "Percentage in employment"),
        draw("40%", "Q3 - 25.6%. On target to open the second office.", "Percentage in employment"),
        draw("85%", "82%. Target met in three of four areas.", "Percentage satisfied"),
        draw("15", "12. Target met.", "Response time in minutes"),  # less is good, and nothing says so
        draw("400", "420. Target exceeded.", "Reduce burglary"),  # exceeded, as it says
        draw("To be set", "Q3 - 25.6%. On target.", "Percentage in employment"),
        draw("40%", "Men 25.6% and women 52.1%. On target.", "Percentage in employment"),
        draw("40%", "Q3 - 25.6%. The national target was met.", "Percentage in employment"),
    ],
)
def test_row_that_is_open_to_readings_is_left_alone(row: str) -> None:
    assert list_verdicts(NAME, row) == []


def test_claim_shows_figure_and_target() -> None:
    (claim,) = judge(NAME, draw("Below 28%", "Q4 - 35.3%. On target."))
    assert [q.value for q in claim.claimed] == [35.3]
    assert [(q.value, q.role) for q in claim.recomputed] == [(28.0, "target")]
    assert "over by" in claim.why
