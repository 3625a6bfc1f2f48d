"""Which places does a statement name? So that the county's figure is not held against the town's.

No gazetteer: a place is what is written with a capital after "in", "for", "across" or before "had" and "saw", or one of
the words for a kind of area ("the county", "nationally").
"""

import re

from wardmote.evidence.claims.wording.scan import Sentence, find_keywords
from wardmote.evidence.model.periods import MONTH_NAMES

_NAME = r"[A-Z][a-z'’-]+(?:\s(?:(?:and|&|upon|on|le|of)\s)?[A-Z][a-z'’-]+){0,3}"
_AFTER = re.compile(
    rf"\b(?:[Ii]n|[Ff]or|[Oo]f|[Aa]cross|[Ww]ithin|[Aa]t|[Tt]han|[Tt]hroughout|[Ff]rom|[Nn]ear) (?:the )?({_NAME})"
)
_BEFORE = re.compile(
    rf"\b({_NAME})(?:['’]s?)? "
    r"(?:had|has|have|saw|sees|recorded|reported|records|reports|was|were|is|stood|experienced)\b"
)
_KIND = re.compile(
    r"\b(county|borough|district|city|town|village|region|country|neighbourhood|parish|estate|force|national(?:ly)?|"
    r"wards?|UK|GB|England|Wales|Scotland|Britain)\b",
    re.IGNORECASE,
)
_MONTHS = tuple(name.lower() for name in MONTH_NAMES)
#: Capitals that begin a sentence or name no place.
_OTHER = frozenset(
    (*_MONTHS, "the", "there", "in", "of", "for", "at", "from", "quarter", "year", "crime", "police", "council", "home",
     "office", "this", "these", "it", "all", "total", "violence", "burglary", "robbery", "theft", "recorded")
)  # fmt: skip


def find_places(text: str) -> frozenset[str]:
    """The places that a text names, in lower case.

    >>> sorted(find_places("In Northmarsh 80 were seen; the county had 75 in March."))
    ['county', 'northmarsh']
    """
    named = {match[1] for pattern in (_AFTER, _BEFORE) for match in pattern.finditer(text)}
    kinds = {match[1].lower() for match in _KIND.finditer(text)}
    return frozenset(name for name in map(_trim, named) if name) | kinds


def _trim(name: str) -> str:
    words = [word.removesuffix("'s").removesuffix("’s") for word in name.lower().split()]
    while words and words[0] in _OTHER:
        words.pop(0)
    return " ".join(words) if words and words[0] not in _MONTHS else ""


#: Words of headings that name what is counted, not where.
_MEASURES = find_keywords(
    "crime crimes offence offences incident incidents violence violent burglary robbery theft asb anti-social "
    "antisocial behaviour criminal damage arson drug drugs fire fires domestic abuse hate vehicle shoplifting sexual "
    "weapon weapons public order knife road safety collisions casualties person personal property possession bicycle "
    "trafficking fraud harassment stalking homicide acquisitive serious organised recorded all victim trend summary "
    "overview figures performance annual headline level"
)


def are_of_one_place(one: Sentence, two: Sentence, headings: tuple[str, str] = ("", "")) -> bool:
    """Whether two statements, under these headings, speak of the same place, as far as the words show.

    They name the same places or none; two cells of one table never do (its rows or columns may be places), and
    headings may differ only in the words for what is counted.
    """
    if one.table is not None and one.table is two.table:
        return False
    places = find_places(one.text)
    if places != find_places(two.text):
        return False
    if one.table is None and two.table is None and places:
        return True
    first, second = (
        find_keywords(f"{heading} {found.label}") for heading, found in zip(headings, (one, two), strict=True)
    )
    return (first ^ second) <= _MEASURES
