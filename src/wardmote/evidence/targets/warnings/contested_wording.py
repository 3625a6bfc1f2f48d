"""Good or bad said of a figure that can be either."""

import re
from collections.abc import Iterator

from wardmote.evidence.targets.narratives import split_sentences
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "contested_wording"
QUESTION = "Is a figure called good or bad, where more of it can be more harm or more trust?"
EXAMPLE = 'The account says "improved", but more or less of this can be good or bad.'

# Words that judge a figure. They count only in a sentence that also names a number, a rise or a fall.
_JUDGES = re.compile(
    r"\b(improv(?:ed|ement|ements|ing)|worse(?:ned|ning)?|deteriorat\w+|encouraging|pleasing|disappointing|excellent"
    r"|(?:good|poor|strong|bad) (?:news|performance|result|results|progress)|success(?:ful|fully)? (?:reduc|increas)\w+"
    r"|(?:positive|negative) (?:trend|result|change|move|movement|increase|decrease|reduction|rise|fall))\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d|\b(rate|figure|number|referrals?|reports?|rise|rose|risen|fall|fell|fallen|increase|decrease)"
)


def find(_plan: Plan, indicator: Indicator, _settings: Settings) -> Iterator[RowWarning]:
    if indicator.polarity != "contested":
        return
    for value in indicator.values:
        word = _find_word(value.narrative)
        if word:
            said = f'The account says "{word}", but more or less of this can be good or bad.'
            yield RowWarning(RULE, said, value.period)


def _find_word(narrative: str) -> str:
    for sentence in split_sentences(narrative):
        match = _JUDGES.search(sentence)
        if match and _FIGURE.search(sentence.casefold()):
            return match[0]
    return ""
