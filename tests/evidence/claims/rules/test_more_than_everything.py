"""Falls beyond 100% and shares of people beyond 100%."""

import pytest

from evidence.claims.rules.judging_sums import list_accusations

NAME = "more_than_everything"


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Robbery fell by 120% in the year.", True),
        ("There was a 120% reduction in robbery.", True),
        ("At the event 112% of those asked felt safe.", True),
        ("We heard that 130% of residents feel safe.", True),
        ("Robbery fell by 100% in the year.", False),
        ("Robbery rose by 120% in the year.", False),
        ("Attendance at the drop-in reached 130% of the level of 2016.", False),
        ("Although numbers fell, we saw 130% of the people expected.", False),
        ("Takings reached 104% of the goal.", False),
        ("Their risk is 150% of the average of all adults.", False),
    ],
)
def test_percentage_beyond_everything(text: str, accused: bool) -> None:
    assert bool(list_accusations(NAME, text)) is accused
