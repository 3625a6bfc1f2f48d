"""Shares beside counts, of a total printed with them."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts

NAME = "shares_against_counts"


def test_hate_crime_strands_of_94098() -> None:
    """Home Office, Hate crime, England and Wales, 2017/18 (statistical bulletin 20/18)."""
    text = "In 2017/18 there were 94,098 offences. "
    text += "Of these 71,251 (76%) were race; 11,638 (12%) orientation; 8,336 (9%) faith."
    assert list_verdicts(NAME, text) == ["ok", "ok", "ok"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Of 50 victims in Northmarsh, 40 (80%) asked for a visit.", "ok"),
        ("Of 50 victims in Northmarsh, 40 (86%) asked for a visit.", "wrong"),
        ("Of 143 referrals, 61 (42%) were accepted.", "imprecise"),
        ("There were 940 offences, of which noise accounted for approximately 75% (705 offences).", "ok"),
        ("There were 940 offences, of which noise accounted for approximately 95% (705 offences).", "wrong"),
        ("Since April 144 patients came. Of these 117 individuals (91%) were seen.", "wrong"),
    ],
)
def test_share_of_an_introduced_total(text: str, verdict: str) -> None:
    assert list_verdicts(NAME, text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Of the 50 cases, 40 (an increase of 20%) were closed.",
        "Between October and December 14 performances reached 1,626 students (81.1% of year 12).",
        "There were 800 offences in 2015 and 900 in 2016 (12% more).",
        "Of 600 visits, 40 (7%) were refused and 90 (up 15%) were repeated.",
    ],
)
def test_percentages_that_are_no_share_of_the_total_are_left_alone(text: str) -> None:
    assert list_accusations(NAME, text) == []


def test_place_is_the_printed_share() -> None:
    (claim,) = judge(NAME, "Of 50 victims in Northmarsh, 40 (86%) asked for a visit.")
    assert (claim.claimed[0].value, claim.recomputed[0].value) == (86.0, 80.0)
