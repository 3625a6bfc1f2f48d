"""Numbers typed by hand: nobody can check them, so each must be a reference, or be marked with where it is from."""

import re
from collections.abc import Iterator
from functools import cache

from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.reports.assessment import multiples, ranks

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_JOINED = r"(?:\s*(?:,|and|to|or|-|–|&|,\s*and)\s*\d+(?:st|nd|rd|th)?)*"  # "5, 6 and 17"
_YEAR = r"(?:19|20)\d\d"
_LEGAL = (
    r"(?:sections?|ss?|articles?|arts?|schedules?|regulations?|regs?|paragraphs?|paras?|clauses?|rules?|chapters?"
    r"|pages?"
    r"|pp?|junctions?|routes?|rooms?|iso|bs)"
)
_STRUCTURE = (
    r"(?:parts?|tables?|figures?|charts?|maps?|questions?|steps?|phases?|priorit(?:y|ies)|objectives?|outcome"
    r"|recommendations?|action|tiers?|level|(?:key )?stages?|category|grade|class|versions?|editions?|appendix|annex"
    r"|note|ward|zone|no|nos|number|unit|block|gate|bands?|deciles?|quintiles?|quartiles?|group|item|option|strand"
    r"|theme"
    r"|(?-i:Year)|quarter|top|operation|covid)"
)
_STREETS = (
    r"(?:street|st|road|rd|lane|avenue|ave|close|way|drive|court|place|square|terrace|gardens|hill|park|walk|row"
    r"|crescent|parade|wharf|quay|house|green)"
)
_COUNTED = (
    r"crimes?|offen[cs]es?|incidents?|burglar(?:y|ies)|robber(?:y|ies)|thefts?|assaults?|murders?|homicides?|rapes?"
    r"|stabbings?|shootings?|arsons?|fly-tips?|collisions?|casualties|break-ins?|muggings?|shoplifting|vandalism"
)
#: What is no figure of anything: days, years and periods, times, ordinals, laws, pages, addresses, ages, telephones.
_HARMLESS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+"
    rf"|(?<![\w,.]){_YEAR}\s?[/–-]\s?(?:{_YEAR}|\d\d)(?!\d|,\d)(?:\s?Q[1-4])?"  # 2024/25
    r"|\b(?:year|in|for|since|during|of) \d\d/\d\d\b"
    r"|(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)(?!\d)|(?<!\d)24/7(?!\d)"
    r"|\b\d{1,2}:\d\d(?:\s?[ap]\.?m\b)?|\b\d{1,2}(?:\.\d\d)?(?:\s?(?:-|–|to|and)\s?\d{1,2}(?:\.\d\d)?)?\s?[ap]\.?m\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?{_JOINED}\s+(?:of\s+)?{_MONTHS}\b"  # 12 March, 1 to 12 March
    rf"|\b{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\d,%])"
    r"|\b\d+(?:st|nd|rd|th)s?\b|\b(?:19|20)?\d0s\b"  # 2nd, 1990s, 30s
    rf"|\b(?:{_LEGAL}\b\.?\s*\(?\d{{1,4}}"
    rf"|{_STRUCTURE}\b\.?\s*\(?\d{{1,2}})(?:\.\d+)*[a-z]?{_JOINED}(?:\s?\([\da-z]+\))*"
    r"(?!\w|[,./]\d|\s?(?:%|per cent|percent))"
    rf"|\b\d+[a-z]?\s+(?-i:(?:[A-Z][\w'’]+\s+){{1,3}}){_STREETS}\b"  # 12 High Street
    r"|\bage(?:d|s)?(?:\s+of)?\s+(?:(?:between|from|under|over|about|around|at least)\s+)?\d+"
    r"(?:\s*(?:to|and|-|–)\s*\d+)?|\b(?:under|over)[- ]\d+s\b"
    r"|\b(?:those|people|residents|adults|children|anyone|everyone|persons|pupils|men|women|girls|boys)\s+(?:under"
    r"|over)"
    r"\s+\d{1,2}\b"
    r"|\b\d+\s*(?:(?:to|and|-|–)\s*\d+\s*)?[- ]?year[- ]olds?\b|\b\d+[- ]years?[- ]old\b"
    r"|\b\d+(?:\s*(?:to|-|–)\s*\d+)? (?:years? (?:old|of age)|(?:and|or) (?:over|under|older|younger|above|below))\b"
    r"|\b\d{1,2}[- ](?:month|year|week|day|quarter)s?\b(?! sentence)|\b24[- ]hours?\b"  # twelve months are a period
    r"|(?<!\d)0\d{2,4}(?: \d{3,6}){1,3}\b|\b0\d{9,10}\b"
    r"|\b(?:per|for each|for every|in every|each|every|a)\s+(?:10|1,?0|10,?0|100,?0|1,?000,?0)00?\b(?![,.]?\d)"
    r"|\b95\s?(?:%|per cent)\s+(?:confidence|likely|interval|range|limits?)\b|\blikely range of 95%"
    r"|\b(?:most|least) deprived \d+\s?(?:%|per cent)|\b\d+\s?(?:%|per cent) (?:most|least) deprived\b"
    r"|^[\s-]*\(?\d{1,2}(?:\.\d+)*[.)]\s|^[\s-]*\d{1,2}(?:\.\d+)+\s+(?-i:[A-Z])"  # 2.1 Burglary
    rf"|^\d{{1,2}}\s+(?!(?:{_COUNTED}))(?-i:[A-Z])(?=[^.!?]*$)"  # 2 What the police recorded
    r"|\b(?:call(?:s|ing|ed)?|ring(?:ing)?|dial(?:s|led|ling)?|phon(?:e|ed|ing)|on|via|through)\s+(?:101|105|111"
    r"|112|119|999)\b"
    r"|\b(?:101|111|112|999) (?:calls?|service|line|number|operators?|system|demand)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w#])(?<![A-Za-z][-–])[£$€]?\d+(?:[,.]\d+)*"
    r"(?P<unit>\s?%|\s?(?:per cent|percent|percentage points?|million|billion|thousand|hundred)\b|(?:k|m|bn|x)\b)?"
    r"(?![A-Za-z]|\d)",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(_YEAR)
#: "We recorded 2024 offences" counts; "in 2024 burglary was the priority" does not.
_COUNTING = re.compile(
    r"\b(?:were|was|are|recorded|saw|seen|had|with|about|nearly|almost|over|around|some|total of|than|committed|came to"
    r"|stood at|totall?ed|reached|counted|just|only)\s+$",
    re.IGNORECASE,
)
_NO_COUNT_AFTER = (
    r"(?! (?:prevention|reduction|team|unit|officers?|panel|group|groups|partnership|plan|strategy|scenes?|kits?|packs?"
    r"|surveys?|workshops?|victims?|patrols?|operations?|leads?|types?|categories|commissioner|hotspots?|act"
    r"|meetings?))"
)
_WORDED = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen"
    r"|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a |one |several )?(?:hundred|thousand"
    r"|million)s?"
    r"|dozens?|scores)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|million))*"
)
#: Words in quotation marks are somebody's own only where the sentence says whose.
_TOLD = re.compile(
    r"\b(?:said|says?|told (?:us|me|them|the|officers|police|partners)|wrote|writes?|put it|called|calls"
    r"|describ\w+|asked|felt|feels?|according to|repl\w+"
    r"|answer\w*"
    r"|quot\w+|comment\w*|stated?|states|respon\w+|heard|words?)\b",
    re.IGNORECASE,
)


def find_typed(words: str) -> Iterator[str]:
    """The numbers of a sentence that stand for a figure; `#` stands for a reference.

    Days, years and periods, ordinals, laws, pages, addresses, telephones and ages are no figures.

    >>> list(find_typed("There were 99,999 crimes in 2021/22, or # per 1,000 residents aged 16 to 24."))
    ['99,999 crimes']
    >>> list(find_typed("Twelve burglaries were recorded under section 9 of the Theft Act 1968."))
    ['Twelve burglaries']
    """
    bare = words
    held = (multiples.OF_FIGURE, multiples.OF_TIME, ranks.SHARE)  # against the figures beside them
    for harmless in (*held, _HARMLESS):
        bare = harmless.sub(lambda found: "\u2026" * len(found.group()), bare)
    for found in _NUMBER.finditer(bare):
        if not _is_year(found, bare):
            counted = None if found["unit"] else _find_counted().match(bare, found.end())
            yield words[found.start() : counted.end() if counted else found.end()]
    for found in _find_worded().finditer(bare):
        yield found.group()


def is_attributed(words: str) -> bool:
    """Does a sentence say whose are the words in its quotation marks?

    >>> is_attributed("A shopkeeper said: “they come in 3 times a week”."), is_attributed("It was “12,345 all told”.")
    (True, False)
    """
    return bool(_TOLD.search(words))


def _is_year(found: re.Match[str], words: str) -> bool:
    if not _WHOLE_YEAR.fullmatch(found.group()):
        return False
    return not (_COUNTING.search(words[: found.start()]) and _find_counted().match(words, found.end()))


@cache
def _find_counted() -> re.Pattern[str]:
    between = r"(?: (?!(?:and|or|in|at|of|was|were|is)\b)[a-z][\w'-]*){0,2}?"
    return re.compile(rf"{between} (?:{_name_counted()})\b{_NO_COUNT_AFTER}", re.IGNORECASE)


@cache
def _find_worded() -> re.Pattern[str]:
    """Numbers in words that count crimes: what else is counted in words is told, not measured."""
    return re.compile(
        rf"(?<![\w-]){_WORDED}(?: of)?(?: (?!(?:and|or|in|types?|kinds?|main)\b)(?:recorded|reported|more|violent"
        rf"|serious"
        rf"|residential|domestic|further|other|such|public|order|sexual|drug|vehicle|hate|knife)){{0,2}}"
        rf" (?:{_name_counted()})\b{_NO_COUNT_AFTER}",
        re.IGNORECASE,
    )


@cache
def _name_counted() -> str:
    """Crimes in common words, and the titles of the offence tree."""
    titles = sorted((re.escape(n.title.lower()) for n in get_offence_tree().nodes.values()), key=len, reverse=True)
    return "|".join([*titles, _COUNTED])
