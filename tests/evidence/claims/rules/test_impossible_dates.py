"""Days no calendar has, days of the week that do not fit, sources dated before their own period ends."""

import pytest

from evidence.claims.rules.judging_sums import list_accusations, list_verdicts

NAME = "impossible_dates"
SOURCE = "Theft statistics: year ending September 2018"


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("The review ended on 31 June 2019.", True),
        ("The review ended on 31st April.", True),
        ("It opened on 29 February 2019.", True),
        ("It opened on 32nd May 2019.", True),
        ("The forum met on Monday 5 November 2019.", True),
        ("It opened on 29 February 2020.", False),
        ("It opened on 29 February.", False),
        ("The forum met on Tuesday, 5th November 2019.", False),
        ("The forum meets on Monday 5 November at 7pm.", False),
        ("All 31 may be seen, and 32 juniors, 33 decided and 35 marketing posts.", False),
        ("Of the 31 June referrals and the 45 March visits some were late.", False),
        ("The rate was 6.31 June to July.", False),
        ("It ran from Friday 1 to Monday 4 November 2019.", False),
    ],
)
def test_day(text: str, accused: bool) -> None:
    assert bool(list_accusations(NAME, text)) is accused


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (f"{SOURCE} (January 2018).", ["wrong"]),
        (f"{SOURCE}, published January 2018.", ["wrong"]),
        (f"{SOURCE}, statistical bulletin (published in January 2018).", ["wrong"]),
        (f"{SOURCE} (January 2019).", ["ok"]),
        (f"{SOURCE} (September 2017).", []),  # the year before, with which it is compared
        ("In the year ending September 2018 thefts fell by 5% (53 in January 2017).", []),
        ("In the year ending September 2018 thefts fell (January 2017 was the peak).", []),
        ("The rate for the year to March 2013, published in January 2015, is 23.6%.", ["ok"]),
    ],
)
def test_source(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts


def test_date_given_elsewhere_is_named() -> None:
    text = f"{SOURCE} (January 2019).\n\n{SOURCE} (January 2018)."
    assert list_verdicts(NAME, text) == ["ok", "wrong"]
