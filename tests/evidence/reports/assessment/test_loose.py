"""Looser words of direction and records: sentences that claim, and sentences that only look like it."""

import pytest

from wardmote.evidence.reports.assessment.claimed import find_claims

ROSE = """Crime is getting worse in River ward.
It keeps getting much worse.
Robbery is a growing problem.
Burglary is growing.
Robbery spiralled to #.
Robbery is spiralling.
Thefts rocketed.
Burglary is on the up.
Burglary is on the rise.
Burglary is on the increase.
Violence is escalating.
Crime is mounting.
We face mounting crime.
Shoplifting is up on last year.
Crime is trending up.
Thefts are trending upwards.
Medway is more dangerous than before.
River ward is less safe.
More and more offences took place.
Crime was 12% higher.
There were 12% more burglaries.
A worsening trend was seen.
The situation is worsening.
Crime was a third higher than last year.""".splitlines()
FELL = """Crime is getting better.
Crime is improving.
An improving picture was seen.
Burglary is shrinking.
Robbery is on the wane.
Robbery is on the decline.
Robbery is on the decrease.
Thefts are down on last year.
Crime is trending down.
Medway is safer than Luton.
Medway is now safer.
Fewer and fewer burglaries took place.
Crime was 12% lower.
There were 12% fewer offences.
Thefts dwindled.
Robbery plunged.""".splitlines()
RECORDS = """Crime is the highest ever.
Burglary was at a record high.
Crime was at an all-time high.
It was the worst year for robbery.
Robbery reached unprecedented levels.
The most crimes ever were seen.
Crime is the highest on record.
Burglary was at a record low.
Robbery was the lowest in ten years.
It was the best year for burglary.
Crime has never been higher.
The fewest thefts since records began were seen.""".splitlines()
FACTORS = """Crime is twice what it was.
Robbery is three times what it was.
Burglary is half what it was.
Thefts are double the number of 2020.""".splitlines()


@pytest.mark.parametrize("sentence", [*ROSE, *FELL, *RECORDS, *FACTORS])
def test_a_looser_word_is_a_claim(sentence: str) -> None:
    found = {c.claim for c in find_claims(sentence, has_figure=False)}
    wanted = {"rose"} if sentence in ROSE else {"fell"} if sentence in FELL else {"highest", "lowest"}
    assert found & (wanted if sentence not in FACTORS else {"doubled", "trebled", "halved"})


INNOCENT = """Young people growing up here were asked.
Growing up in Medway can be hard.
He was growing cannabis.
Drug offences include growing cannabis.
There is mounting evidence of need.
Pressure is mounting.
We are improving lighting in River ward.
Improving street lighting is one aim.
Better lighting was put up.
The grant buys better data.
We work for a safer Medway partnership.
Safer Communities met in May.
The Safer Streets fund paid for it.
We make streets safer through design.
People feel safer after dark.
The police are getting better at recording.
We are getting better data.
Cases were escalated to the panel.
Disputes can end up escalating to violence.
The mounted police came.
The town's population is growing.
The growing season ends in May.
A growing partnership took on the work.
A shrinking budget was shared.
Improving Lives ran the sessions.
The rate is 12% higher than Luton.
The highest count was in River ward.
River ward has the highest rate in Medway.
The most common offence is shoplifting.
The best way to report crime is online.
The worst affected ward is River.
The year group had the worst marks.
We meet unprecedented demand.
The police record low-value thefts.
He has a criminal record.
The lights went up to the roof.
The scheme is up and running.
More and more volunteers came.
“Crime is getting worse every day,” said one resident.
A resident wrote "robbery is spiralling out of control".
Would crime be the highest ever?
We want crime to be on the decline.""".splitlines()


@pytest.mark.parametrize("sentence", INNOCENT)
def test_a_sentence_that_only_looks_like_it(sentence: str) -> None:
    assert [c.text for c in find_claims(sentence, has_figure=False)] == []


def test_one_word_in_marks_is_no_quotation() -> None:
    assert [c.claim for c in find_claims("Crime “rose”.", has_figure=False)] == ["rose"]


RANKS = {
    "Zellmouth has the lowest crime in the county.": "bottom",
    "It has the highest rate of crime of any district.": "top",
    "Burglary is lower than in any other district.": "bottom",
    "Zellmouth is the safest town in the county for crime.": "bottom",
    "Crime peaked in August.": "peak",
    "The busiest month for robbery was July.": "peak",
    "Burglary was at its lowest in June.": "trough",
    "Half of all crime is theft.": "share",
    "Three in four burglaries are unsolved.": "share",
    "Crime is on a downward path.": "fell",
    "Down went crime.": "fell",
    "Crime is heading in the right direction.": "fell",
    "There were offences, fewer than ever.": "lowest",
    "Theft is twice as common as robbery.": "multiplied",
}


@pytest.mark.parametrize(("sentence", "claim"), RANKS.items())
def test_words_of_rank_share_and_course_are_claims(sentence: str, claim: str) -> None:
    assert [c.claim for c in find_claims(sentence, has_figure=False)] == [claim]


@pytest.mark.parametrize(
    "sentence",
    [
        "Best practice in the county was shared.",
        "In the second half of the year burglary was mapped.",
        "Patrols run at peak times.",
        "A riverside path leads down to the park.",
        "The most serious crime is dealt with first.",
    ],
)
def test_words_that_only_look_like_a_rank_are_none(sentence: str) -> None:
    assert [c.text for c in find_claims(sentence, has_figure=False)] == []
