"""Multiples in words: twice, half, three times, a fivefold rise; of an earlier time, or of another place's figure."""

import re

NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_COUNT = rf"(?:{'|'.join(NUMBERS)}|\d+(?:\.\d+)?)"
_TIMES = (
    r"(?:twice|thrice|double|triple|treble|quadruple|half|(?:a|one) (?:third|quarter)(?= (?:of )?(?:that|those|what))"
    rf"|{_COUNT} times)"
)
_HELD = r"(?:rate|number|level|count|figure|total|volume|average|amount)s?"
_COUNTED = (
    r"(?:crimes?|offen[cs]es?|burglar\w+|robber\w+|thefts?|incidents?|assaults?|arsons?|violence|asb|shoplifting)"
)
_EARLIER = (
    r"(?:last year|the (?:previous|preceding|prior) (?:year|period)|the year before|a year (?:ago|before|earlier))"
)
_GRADE = r"(?:many|much|high|low|common|likely|frequent(?:ly)?|often|prevalent|numerous|bad|large|big|great|small|rare)"
#: What follows makes it a multiple of a figure: "twice a year" and "half of the wards" count nothing.
_OF = (
    rf"(?:(?:of )?(?:that|those) (?:of|in|for|seen|recorded)|(?:of )?{_EARLIER}'s"
    rf"|(?:of )?(?:the|its) (?:[\w-]+ ){{0,2}}?(?:(?:rate|level|average|figure)s? of"
    rf"|{_HELD}(?: of (?:[\w-]+ )?{_COUNTED})? (?:in|for|seen|recorded))"
    rf"|(?:of )?the (?:[\w-]+ ){{0,2}}?(?:average|rate)(?=\s*[.,;(]|$)"
    rf"|as {_GRADE}(?: {_COUNTED})?(?: [\w#()-]+){{0,4}}? as|as {_GRADE}(?=\s*[.,;(]|$))"
)
#: A multiple of a figure, whichever it is; what it is of, time or place, is read from what follows.
OF_FIGURE = re.compile(rf"\b{_TIMES} {_OF}", re.IGNORECASE)
#: A multiple of an earlier time: a fivefold rise, a doubling of burglary.
OF_TIME = re.compile(
    rf"\b(?P<fold>{_COUNT})[- ]?fold (?:rise|increase|growth|jump|surge)\b"
    r"|\b(?P<noun>doubling|trebling|tripling|quadrupling|halving) (?:of|in) "
    rf"(?:(?:the|our|its) )?(?:[\w-]+ (?:of )?)?{_COUNTED}"
    rf"|\b(?:(?:rose|risen|grew|grown|increased) |up )(?P<by>{_COUNT})[- ]?fold\b|\b(?P<verb>quadrupled|quintupled)\b",
    re.IGNORECASE,
)
_IS_TIME = re.compile(
    rf"^(?:\s+(?:of|in|for|as|it|they))*\s+(?:{_EARLIER}|(?:19|20)\d\d|before|was|were|had been)"
    r"|^\s*(?:it|they) (?:was|were)",
    re.IGNORECASE,
)
_NAMED = {
    "twice": 2.0, "double": 2.0, "doubling": 2.0, "thrice": 3.0, "triple": 3.0, "treble": 3.0, "trebling": 3.0,
    "tripling": 3.0, "quadruple": 4.0, "quadrupling": 4.0, "quadrupled": 4.0, "quintupled": 5.0, "half": 0.5,
    "halving": 0.5, "third": 1 / 3, "quarter": 0.25,
}  # fmt: skip


def read_factor(words: str) -> float:
    """By how much does a multiple multiply?

    >>> [read_factor(w) for w in ("twice that of", "half the rate in", "three times as many as", "a fivefold rise")]
    [2.0, 0.5, 3.0, 5.0]
    """
    for word in re.findall(r"[a-z]+|\d+(?:\.\d+)?", words.lower().replace("fold", " fold")):
        if word in _NAMED:
            return _NAMED[word]
        if word in NUMBERS:
            return float(NUMBERS[word])
        if word[0].isdigit():
            return float(word)
    return 1.0


def is_of_time(multiple: str, after: str) -> bool:
    """Does the multiple compare with an earlier time, rather than with another place or thing?

    >>> is_of_time("twice that of", " last year"), is_of_time("twice that of", " Dover")
    (True, False)
    """
    return multiple.lower().endswith("year's") or bool(_IS_TIME.search(after))


def is_earned(factor: float, ratio: float, *, is_more_than: bool) -> bool:
    """Does one figure over another come near the multiple? Within a tenth; "more than" only past it.

    >>> [is_earned(2.0, ratio, is_more_than=False) for ratio in (1.04, 1.92, 5.0)]
    [False, True, False]
    >>> is_earned(2.0, 1.92, is_more_than=True)
    False
    """
    if is_more_than:
        return ratio <= factor if factor < 1 else ratio >= factor
    return factor * 0.9 <= ratio <= factor * 1.1
