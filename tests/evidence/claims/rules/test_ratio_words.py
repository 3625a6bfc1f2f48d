"""Ratios in words against the figures beside them."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "ratio_words"


def test_hate_crime_since_2012_13_more_than_doubled() -> None:
    """Home Office, Hate crime, England and Wales, 2017/18 (statistical bulletin 20/18): 42,255 and 94,098."""
    (claim,) = judge(NAME, "Since 2012/13 hate crime more than doubled, going from 42,255 to 94,098.")
    assert (claim.verdict, round(claim.recomputed[0].value, 4)) == ("ok", 2.2269)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Thefts doubled from 40 to 58.", ["contradicts"]),
        ("Thefts halved from 100 to 49.", ["ok"]),
        ("Over two thirds (67%) of tenants cycle.", ["ok"]),
        ("Over two thirds (63%) of tenants cycle.", ["contradicts"]),
        ("Less than a fifth of respondents (23%) felt so.", ["contradicts"]),
        ("A fifth of residents (23%) had seen drugs used.", ["imprecise"]),
        ("Young people are twice as likely to feel unsafe as others (28% compared to 21%).", ["contradicts"]),
        ("The majority of those asked (46%) agreed.", ["contradicts"]),
        ("More than half of the shops, 38 of 80, joined.", ["contradicts"]),
        ("The partnership aims to see thefts halved from 40 to 36.", []),
        ("Violence has more than halved from 100 to 45.", ["ok"]),
        ("Calls nearly trebled, from 100 to 260.", ["ok"]),
        ("Reports more than doubled, from 100 in 2016 to 150 in 2017 and 230 in 2018.", []),
        ("Castle is twice as likely to be burgled, with 45 burglaries compared to 30 in Harbour.", []),
        ("We would like thefts to be halved, from 40 to 36.", []),
        ("In the second half of the year (30%) it rose.", []),
        ("Third party reports made up 12% of the 300 received.", []),
        ("One in four people has a problem each year. Locally 11% are known.", ["not_checkable"]),
        ("Half of those asked were men, and 31% of them (12%) smoked.", []),
    ],
)
def test_words_and_figures(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts
