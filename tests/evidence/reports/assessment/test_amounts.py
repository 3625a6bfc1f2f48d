"""Fewer and more, what was brought down, multiples: sentences that claim, and honest ones that only look like it."""

import pytest

from wardmote.evidence.reports.assessment.claimed import find_claims

FELL = """Fewer incidents of anti-social behaviour: #.
There were fewer burglaries, #.
Fewer homes were burgled (#).
Fewer residents had their bikes stolen, at #.
There was less crime: #.
Less violent crime was recorded (#).
Fewer incidents of anti-social behaviour than last year were seen: #.
Far fewer reports of burglary came in, #.
A smaller number of thefts was recorded (#).
There were fewer victims (#).
We reduced burglary to #.
Our work cut burglary to #.
We helped cut the number of robberies to #.
Burglary was cut to #.
Burglary was slashed by #.
Patrols curbed vehicle theft: #.
Burglary eased to #.
Thefts slipped to #.
We brought burglary down to #.
The team drove down robbery to #.
Robbery was pushed down to #.
Burglary: # (reduction).
Burglary stood at # (a large reduction).
Burglary: # (down).
An improvement in burglary was seen, to #.
Burglary saw an improvement, to #.
Improving burglary figures (#) cheer us.
Burglary was better than last year at #.
The partnership is reducing crime, now #.""".splitlines()
ROSE = """There were more burglaries, #.
More homes were burgled (#).
A greater number of thefts was recorded (#).
More incidents of anti-social behaviour than last year were seen: #.
Burglary: # (increase).
Thefts edged up to #.
Funding cuts drove up shoplifting to #.
A worsening in burglary was seen (#).
Burglary was worse than last year at #.""".splitlines()


@pytest.mark.parametrize("sentence", [*FELL, *ROSE])
def test_an_amount_or_a_deed_is_a_claim(sentence: str) -> None:
    wanted = "fell" if sentence in FELL else "rose"
    assert {c.claim for c in find_claims(sentence)} == {wanted}
    assert not any(c.is_denied for c in find_claims(sentence))


MULTIPLES = [
    ("Burglary (#) was twice that of Dover.", 2.0, True),
    ("The rate (#) is half the rate in Dover (#).", 0.5, True),
    ("Burglary (#) is three times as high as in Dover.", 3.0, True),
    ("Theft, at #, was double the regional average.", 2.0, True),
    ("Burglary (#) was twice last year's.", 2.0, False),
    ("There was a fivefold increase in theft, to #.", 5.0, False),
    ("A doubling of burglaries was seen (#).", 2.0, False),
    ("Burglary quadrupled to #.", 4.0, False),
]


@pytest.mark.parametrize(("sentence", "factor", "is_between"), MULTIPLES)
def test_a_multiple_is_a_claim(sentence: str, factor: float, is_between: bool) -> None:
    (claim,) = [c for c in find_claims(sentence) if c.claim == "multiplied"]
    assert (claim.factor, claim.is_between) == (factor, is_between)


HONEST = """Fewer than five offences (#) were recorded in River ward.
No fewer than # burglaries took place.
More than # offences were recorded.
Fewer than # offences were recorded.
No more than # people met.
There is more detail below on burglary (#).
More information about crime (#) is on our pages.
The group meets at least twice a year (#).
The panel met three times in May.
The cut-off is # offences.
More offences (#) took place at night.
More burglaries (#) happen in winter.
River ward had more burglaries than Dover (#).
River ward had fewer burglaries (#) than any other ward.
We want fewer burglaries than #.
Residents ask for fewer burglaries (#).
One or more thefts were recorded in each ward (#).
The more serious offences (#) go to court.
To reduce burglary (#) we mark goods.
We work to cut burglary from #.
Copper thieves cut cables # times.
We improved burglary prevention for # homes.
There is room for improvement in our data (#).
Improvements in lighting cost #.
The burglary reduction team met # residents.
The plan (burglary reduction plan) names # homes.
Men are twice as likely to be victims (#).
Double glazing was fitted in # homes.
More people reported what they saw (#).
More patrols met # incidents.
More victims reporting crime (#) is a good sign.
The board was seen pursuing an improvement in crime (#).
More victims came forward (#).
We reduced the risk of burglary in # homes.
Cuts in crime prevention cost # posts.
Restrictions eased in May, and # offences were recorded.
A car was driven down the road (#).""".splitlines()


@pytest.mark.parametrize("sentence", HONEST)
def test_an_honest_sentence_is_not_accused(sentence: str) -> None:
    assert [c.text for c in find_claims(sentence)] == []


@pytest.mark.parametrize("heading", ["Fewer burglaries, fewer victims", "Our vision is fewer crimes."])
def test_a_wish_without_a_figure_claims_nothing(heading: str) -> None:
    assert list(find_claims(heading, has_figure=False)) == []
