"""A round extra sum and its printed parts."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "money_in_parts"
PARTS = "An additional £399k has been secured in government funding for the service. A further £352k has followed."


@pytest.mark.parametrize(("total", "verdicts"), [("£800k", ["ok"]), ("£700k", ["imprecise"]), ("£300k", [])])
def test_round_sum(total: str, verdicts: list[str]) -> None:
    text = f"The service has brought an additional {total} of government funding into the county.\n\n{PARTS}"
    assert list_verdicts(NAME, text) == verdicts


def test_sums_for_other_things_are_left_alone() -> None:
    assert list_verdicts(NAME, f"An additional £700k was spent on cameras.\n\n{PARTS}") == []
