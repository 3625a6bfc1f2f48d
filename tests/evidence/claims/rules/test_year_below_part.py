"""A year's figure against a part of the same year."""

import pytest

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "year_below_part"
PART = "Burglary from April to December 2018 stood at 640 offences."


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (
            "412 slight injuries from 1 January 2014 to 30 September 2014. Predicted 2014 slight injuries = 398.",
            ["bad"],
        ),
        ("412 slight injuries from 1 January 2014 to 30 September 2014. Predicted 2014 slight injuries = 549.", ["ok"]),
        ("412 slight injuries from 1 January 2014 to 30 September 2014. Predicted 2015 slight injuries = 398.", []),
        (f"{PART} In the year April 2018 to March 2019 there were 590 burglary offences.", ["bad"]),
        (f"{PART} In the year April 2018 to March 2019 there were 830 burglary offences.", ["ok"]),
        (f"{PART} In the year April 2017 to March 2018 there were 590 burglary offences.", []),
        (f"{PART} In the year April 2018 to March 2019 there were 590 robbery offences.", []),
        (f"{PART} In the year April 2018 to March 2019 there were 590 burglary offences in the town.", []),
        (f"{PART} In 2018/19 burglary fell by 590 offences.", []),
        ("Q1 - 10. Q2 - 12. Q3 - 14. Q4 - 16. Year end total 52.", ["ok"]),
        ("Q1 - 10. Q2 - 12. Q3 - 14. Q4 - 16. Year end total 42.", ["bad"]),
    ],
)
def test_year_against_its_part(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == ["inconsistent" if verdict == "bad" else verdict for verdict in verdicts]
