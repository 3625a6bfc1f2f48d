"""Percentages beside "x of y", and parts above their whole."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "x_of_y"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("35% (15 of 43 young people) re-offended.", ["ok"]),
        ("19% (15 of 52 young people) re-offended.", ["wrong"]),
        ("14 of 99 young people (14.2%) were in care.", ["imprecise"]),
        ("14 of 12 young people were in care.", ["wrong"]),
        ("14 out of 12 young people were in care.", ["wrong"]),
        ("Of the 40 cases referred to the panel, 44 were accepted.", ["wrong"]),
        ("Of the 40 cases referred to the panel, 34 were accepted.", []),
        ("Of the 40 cases heard, 44 people were charged.", []),  # people, not cases
        ("There were 14 cases of 12 or more visits.", []),
        ("We sent 30 boxes of 12 leaflets.", []),
        ("15 of 43 young people re-offended, against a target of 30%.", []),
        ("15 of 43 young people re-offended, a 10% reduction.", []),
        ("Above the national average of 30% (15 of 43 here).", []),
        ("30 and 45 of 60 calls were answered (50% and 75% respectively).", ["ok"]),
        ("30 and 45 of 60 calls were answered (51% and 76% respectively).", []),
        ("15 of 43 young people. 30% were late.", []),
    ],
)
def test_share_of_a_pair(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
