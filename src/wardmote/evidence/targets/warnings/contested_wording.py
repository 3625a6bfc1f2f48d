"""Good or bad said of a figure that can be either."""

import re
from collections.abc import Iterator

from wardmote.evidence.targets.narratives import split_sentences
from wardmote.evidence.targets.plan import Indicator, Plan
from wardmote.evidence.targets.statuses import RowWarning, Settings

RULE = "contested_wording"
QUESTION = "Is a figure called good or bad, where more of it can be more harm or more trust?"
EXAMPLE = 'The account says "improved", but more or less of this can be good or bad.'

_FIGURES = r"(?:rates?|figures?|numbers?|performance|referrals|reports|repeats|levels?|percentage|proportion)"
# "The rate improved", "improved to 30%", "an improvement on": a figure is judged, not a lighting scheme.
_JUDGES_A_FIGURE = re.compile(
    rf"\b{_FIGURES}\W+(?:\w+\W+){{0,3}}?((?:improv|worsen|deteriorat)(?:ed|ing))\b"
    r"|\b((?:improved|worsened|deteriorated) (?:to|from|by) \d)"
    r"|\b(improvement (?:in|on|from) )",
    re.IGNORECASE,
)
# Words that judge anything; they count in a sentence that names a figure.
_JUDGES = re.compile(
    r"\b(encouraging|pleasing|disappointing|(?:good|poor|strong|bad|excellent) (?:news|performance|results?)"
    r"|(?:positive|negative) (?:trend|result|change|movement|increase|decrease|reduction|rise|fall))\b",
    re.IGNORECASE,
)
_NAMES_A_FIGURE = re.compile(
    rf"\d|\b{_FIGURES}\b|\b(?:rise|rose|risen|fall|fell|fallen|increase|decrease)", re.IGNORECASE
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
        match = _JUDGES_A_FIGURE.search(sentence)
        if match:
            return next(word for word in match.groups() if word).strip()
        match = _JUDGES.search(sentence)
        if match and _NAMES_A_FIGURE.search(sentence):
            return match[0]
    return ""
