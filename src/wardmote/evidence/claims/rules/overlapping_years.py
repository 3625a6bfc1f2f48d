"""Are two years that are compared two different years?

"From 1,150 in the 12 months to March 2019 to 1,200 in the 12 months to June 2019": nine of the twelve months are in
both, so the two are nearly one figure.
"""

import re
from collections.abc import Iterator

from wardmote.evidence.claims.changes import find_period_of, read_changes
from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.wording.periods import PeriodMention
from wardmote.evidence.claims.wording.scan import Sentence

NAME = "overlapping_years"
#: Text that says the years overlap, or calls them rolling, has told its reader; a test of them is still no test.
_SAID = re.compile(r"\b(?:overlap\w*|rolling|moving)\b", re.IGNORECASE)
_TESTED = re.compile(r"\bsignificant", re.IGNORECASE)


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every pair of values of two years that share some of their months."""
    for _, sentence in corpus.sentences():
        if sum(period.length == 12 for period in sentence.periods) < 2:
            continue
        if _SAID.search(sentence.text) and not _TESTED.search(sentence.text):
            continue
        for pair in read_changes(sentence).pairs:
            one, two = find_period_of(sentence, pair.prior), find_period_of(sentence, pair.current)
            shared = _count_shared(one, two) if one and two else 0
            if one and two and 0 < shared < 12:
                yield _explain(sentence, one, two, shared)


def _count_shared(one: PeriodMention, two: PeriodMention) -> int:
    """The months that lie in both of two years; 0 where either is no year."""
    if one.length != 12 or two.length != 12:
        return 0
    return 12 - abs((one.first or 0) - (two.first or 0))


def _explain(sentence: Sentence, one: PeriodMention, two: PeriodMention, shared: int) -> Claim:
    later = max(one, two, key=lambda period: period.first or 0)
    earlier = one if later is two else two
    why = (
        f"{shared} of the twelve months of “{later.text}” are in “{earlier.text}” too: the change is that of the other"
        f" {12 - shared} alone. Compare with the same year earlier."
    )
    related = (sentence.place_of(earlier.start, earlier.end),)
    return Finding(sentence, start=later.start, end=later.end, related=related).claim(
        NAME, "period", "imprecise", why, recomputed=[Quantity(float(shared), "months", "shared")]
    )


_SAYS = "Violence rose from 1,150 offences in the 12 months to March {} to 1,200 offences in the 12 months to {} 2019."

RULE = Rule(
    name=NAME,
    family="period",
    asks="Are two years that are compared two different years?",
    holds=_SAYS.format(2018, "March"),
    fails=_SAYS.format(2019, "June"),
    find=find,
    rank=30,
)
