"""Words of direction against the two values of their clause."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "pair_direction"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Thefts have fallen (612 in 2014/15 compared with 590 in 2015/16).", ["ok"]),
        ("Thefts have fallen (590 in 2014/15 compared with 612 in 2015/16).", ["contradicts"]),
        ("Robbery was unchanged at 60 in 2018 and 85 in 2019.", ["contradicts"]),
        ("Robbery was unchanged at 60 in 2018 and 60 in 2019.", ["ok"]),
        ("Robbery fell, while weapons rose from 48 in 2018 to 60 in 2019.", ["ok"]),
        ("Robbery fell too, by 9 to 81, while possession of weapons rose by a quarter from 48 to 60.", []),
        ("We aim to reduce robbery (48 in 2018 compared to 60 in 2019).", []),
        ("At the drop-in there were 48 in 2018 compared to 40 in 2019.", []),
    ],
)
def test_word_beside_two_values(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
