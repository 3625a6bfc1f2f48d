"""Sentences and the directions that they claim; sentences that claim none although they look like it."""

import pytest

from wardmote.evidence.reports.assessment.claimed import Claim, ClaimedWord, find_claims
from wardmote.evidence.statistics.change import Direction

CLAIMING = [
    ("Burglary fell to #.", "fell"),
    ("Robbery rose by # on last year.", "rose"),
    ("Thefts have fallen from # to #.", "fell"),
    ("There was a significant reduction in burglary (#).", "fell"),
    ("We saw a statistically significant increase in drug offences, to #.", "rose"),
    ("Reductions in vehicle crime continued (#).", "fell"),
    ("Shoplifting is up by #.", "rose"),
    ("Shoplifting, up # on the year, leads.", "rose"),
    ("Bicycle theft was down # on last year.", "fell"),
    ("At # burglary is lower than last year.", "fell"),
    ("There were fewer offences than in 2020/21 (#).", "fell"),
    ("More crimes than #, the count of last year, were recorded.", "rose"),
    ("Shoplifting soared to #.", "rose"),
    ("Violence is on the rise at #.", "rose"),
    ("There is a downward trend of #.", "fell"),
    ("Crime has been reduced from # to #.", "fell"),
    ("Compared to last year burglary rose to #.", "rose"),
    ("In May 2021 burglary fell to #.", "fell"),
    ("As expected burglary fell to #.", "fell"),
    ("There is no doubt that burglary fell to #.", "fell"),
    ("Crime remained broadly stable at #.", "similar"),
    ("Crime was similar to 2020/21 at #.", "similar"),
    ("Crime was similar, at #.", "similar"),
    ("There was no change in robbery (#).", "similar"),
    ("There was little change: #.", "similar"),
    ("Robbery did not change: #.", "similar"),
    ("At # robbery is level with last year.", "similar"),
    ("Crime in 2021/22 was in line with the previous year (#).", "similar"),
    ("Shoplifting has doubled to #.", "doubled"),
    ("Shoplifting more than doubled to #.", "doubled"),
    ("Shoplifting trebled to #.", "trebled"),
    ("Burglary halved to #.", "halved"),
    ("Burglary fell.", "fell"),
]


@pytest.mark.parametrize(("sentence", "claim"), CLAIMING)
def test_a_sentence_that_claims_a_direction(sentence: str, claim: str) -> None:
    assert [c.claim for c in find_claims(sentence)] == [claim]
    assert not any(c.is_denied for c in find_claims(sentence))


DENYING = [
    ("Robbery did not rise: #.", "rose"),
    ("Robbery has not risen from #.", "rose"),
    ("Burglary did not fall (#).", "fell"),
    ("Burglary hasn't fallen from #.", "fell"),
    ("There was no increase in robbery (#).", "rose"),
    ("There was no significant reduction in robbery (#).", "fell"),
    ("Robbery never fell below #.", "fell"),
    ("The fall to # is not statistically significant.", "fell"),
    ("The rise is within what chance would do (#).", "rose"),
    ("Robbery, at #, is no longer rising.", "rose"),
]


@pytest.mark.parametrize(("sentence", "claim"), DENYING)
def test_a_sentence_that_denies_a_direction(sentence: str, claim: str) -> None:
    assert [(c.claim, c.is_denied) for c in find_claims(sentence)] == [(claim, True)]


INNOCENT = [
    "We aim to reduce burglary from #.",
    "We aim to see a reduction in burglary from #.",
    "The partnership will see burglary fall below #.",
    "Burglary may have risen since #.",
    "Our target is a reduction of a tenth from #.",
    "The plan is to achieve a fall in robbery from #.",
    "We want an increase in detections above #.",
    "If burglary rises past # the group meets.",
    "Falls prevention took # visits.",
    "Slips, trips and falls brought # people to hospital.",
    "The estate falls within River ward (#).",
    "The duty falls to the council (#).",
    "The offence falls under theft (#).",
    "A drop-in centre had # visitors.",
    "The drop in sessions had # visitors.",
    "Charges were dropped in # cases.",
    "Dropped kerbs were damaged # times.",
    "The Rise had # offences.",
    "Rose Lane had # offences.",
    "Beacon Fell had # offences.",
    "Niagara Falls had # visitors.",
    "A high-rise block had # offences.",
    "The rose garden had # incidents.",
    "The kerb is level with the road at # places.",
    "Patterns are similar to those in Dover (#).",
    "Increased patrols met # incidents.",
    "Police improved lighting at # places.",
    "An increase in funding paid for # officers.",
    "Confidence rose after # visits.",
    "Recorded crime was # offences, or # per 1,000 residents.",
    "River ward had more offences than Luton (#).",
    "Has burglary fallen from #?",
]


@pytest.mark.parametrize("sentence", INNOCENT)
def test_a_sentence_that_claims_nothing(sentence: str) -> None:
    assert list(find_claims(sentence)) == []


@pytest.mark.parametrize(
    "sentence", ["Our priorities are unchanged.", "Residents feel that burglary has risen.", "The rota is stable."]
)
def test_a_sentence_with_no_figure_that_speaks_of_something_else(sentence: str) -> None:
    assert list(find_claims(sentence, has_figure=False)) == []


@pytest.mark.parametrize("sentence", ["Crime was unchanged.", "Burglary fell.", "Robbery rose sharply."])
def test_a_sentence_with_no_figure_that_claims(sentence: str) -> None:
    assert len(list(find_claims(sentence, has_figure=False))) == 1


def test_two_claims_of_one_sentence_are_each_found() -> None:
    found = list(find_claims("Burglary (#) fell and robbery (#) rose."))
    assert [c.claim for c in found] == ["fell", "rose"]


TRUTH: list[tuple[Claim, bool, bool, Direction | None, float, bool]] = [
    # claim, denied, more than, direction, ratio, borne out
    ("fell", False, False, "fell", 0.8, True),
    ("fell", False, False, "similar", 0.95, False),
    ("fell", False, False, "rose", 1.2, False),
    ("fell", True, False, "similar", 0.95, True),
    ("fell", True, False, "fell", 0.8, False),
    ("similar", False, False, "similar", 1.0, True),
    ("similar", False, False, "fell", 0.9, False),
    ("doubled", False, False, "rose", 1.95, True),
    ("doubled", False, True, "rose", 1.95, False),
    ("doubled", False, True, "rose", 2.1, True),
    ("doubled", False, False, "rose", 1.5, False),
    ("doubled", False, False, "similar", 2.0, False),
    ("trebled", False, False, "rose", 3.0, True),
    ("halved", False, False, "fell", 0.52, True),
    ("halved", False, True, "fell", 0.52, False),
    ("halved", False, False, "fell", 0.7, False),
    ("rose", False, False, None, 1.0, False),
    ("rose", True, False, None, 1.0, False),
]


@pytest.mark.parametrize("row", TRUTH)
def test_a_word_is_borne_out_only_by_its_own_direction(
    row: tuple[Claim, bool, bool, Direction | None, float, bool],
) -> None:
    claim, is_denied, is_more_than, direction, ratio, expected = row
    word = ClaimedWord(claim, claim, is_denied, 0, is_more_than)
    assert word.is_borne_out(direction, ratio) is expected
