"""Parts of a whole that are larger than it."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "subset_of_total"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("There are 35 scored groups of which 24 are managed locally.", ["ok"]),
        ("There are 24 scored groups of which 35 are managed locally.", ["inconsistent"]),
        ("Of the 40 cases referred to the panel, 44 were accepted.", ["inconsistent"]),
        ("Of the 40 cases referred to the panel, 34 were accepted.", []),
        ("There were 12 events, of which 140 visitors enjoyed the first.", []),
        ("Over 40 people came, of whom 61 were women.", ["ok"]),
    ],
)
def test_part_and_whole(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
