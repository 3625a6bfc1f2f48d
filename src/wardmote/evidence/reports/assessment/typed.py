"""Numbers of crimes that were typed by hand: nobody can check them, so each must be a reference."""

import re
from collections.abc import Iterator
from functools import cache

from wardmote.evidence.definitions.offences import get_offence_tree

_NUMBER = re.compile(
    r"(?<![\w£$€#.,:/+-])(?<!\d )(?<!\d[-–])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<pct>\s?%|\s?(?:per cent|percent|percentage points?)\b)?(?![\d/:]|[-–]\d|,\d|\.\d|st\b|nd\b|rd\b|th\b)"
)
#: What stands between a number and what it counts, up to two words; a noun of another kind ends it.
_WORD = r"[a-z][\w'-]*"
_OTHER = (
    r"(?:\w+(?<!iou)(?<!le)(?<!busine)(?<!case)(?<!count)(?<!report)(?<!allegation)(?<!instance)(?<!act)s"
    r"|people|staff|children|men|women|young|old|year-old|per|in|at|on|by|with|from|for|after|before|about|and|or|to"
    r"|was|is|officer|police officer|street|road|lane|avenue|close|million|pm|am|january|february|march|april|may|june"
    r"|july|august|september|october|november|december)"
)
_NO_COUNT_AFTER = (
    r"(?! (?:prevention|reduction|team|unit|officers?|panel|group|groups|partnership|plan|strategy|scenes?|kits?|packs?"
    r"|surveys?|workshops?|victims?|patrols?|operations?|leads?|types?|categories|commissioner|hotspots?|act|meetings?))"
)
_COUNTED = (
    r"crimes?|offen[cs]es?|incidents?|burglar(?:y|ies)|robber(?:y|ies)|thefts?|assaults?|murders?|homicides?|rapes?"
    r"|stabbings?|shootings?|arsons?|fly-tips?|collisions?|casualties|break-ins?|muggings?|shoplifting|vandalism"
)
_CHANGING = (
    r"(?:rise|rises|rose|risen|rising|fall|falls|fell|fallen|falling|increase[ds]?|increasing|decrease[ds]?|decreasing"
    r"|drop|dropped|reduction|reduced|grew|growth|decline[ds]?|up|down|higher|lower|more|fewer|less)"
)
#: Numbers that count no crime: ages, pages, sections of an Act, addresses, a target that is the partnership's own.
_BEFORE = re.compile(
    r"\b(?:aged?|section|sections|page|pages|table|figure|chart|paragraph|part|chapter|priority|phase|question|step"
    r"|ward|zone|tier|level|no\.?|per|number|the age of|january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\s+$",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\b(?:targets?|aims?|goals?|ambition|pledge\w*|promise\w*|intend\w*|want to|would|could)\b", re.IGNORECASE
)
_PARTS_OF_PEOPLE = re.compile(
    r"^\s+of (?:the |our |all )?(?:\w+ )?(?:residents|people|respondents|victims|officers|households|premises|funding"
    r"|pupils|adults)|^\s+(?:confidence|confident|interval|limits?|likely|range|level|sure|certain)\b",
    re.IGNORECASE,
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:funding|confidence|trust|satisfaction|budget|staffing|reporting|attendance|turnout|population|visits)"
    r"(?: \w+){0,3}\s+$",
    re.IGNORECASE,
)
_EMERGENCY = {"101", "999", "111", "112"}
_YEAR = re.compile(r"(?:19|20)\d{2}")
_COUNTING = re.compile(
    r"\b(?:were|was|are|recorded|saw|seen|had|with|about|nearly|almost|over|around|some|total of|than|committed)\s+$",
    re.IGNORECASE,
)


def find_typed(words: str) -> Iterator[str]:
    """The numbers of a sentence that count crimes, with what they count; `#` stands for a reference.

    >>> list(find_typed("There were 99,999 crimes in 2021/22, or # per 1,000 residents."))
    ['99,999 crimes']
    """
    for found in _NUMBER.finditer(words):
        before, after = words[: found.start()], words[found.end() :]
        if _BEFORE.search(before) or _MEANT.search(before):
            continue
        ending = _read_percentage(before, after) if found["pct"] else _read_count(found["number"], before, after)
        if ending is not None:
            yield found.group() + ending


def _read_percentage(before: str, after: str) -> str | None:
    """A share beside an offence or a word of rise and fall."""
    if _PARTS_OF_PEOPLE.search(after) or _OTHER_SUBJECT.search(before):
        return None
    beside = (
        " ".join(re.split(r"[;:]", before)[-1].split()[-4:]) + " " + " ".join(re.split(r"[;:]", after)[0].split()[:4])
    )
    return "" if re.search(rf"\b(?:{_CHANGING}|{_name_counted()})\b", beside, re.IGNORECASE) else None


def _read_count(number: str, before: str, after: str) -> str | None:
    if _YEAR.fullmatch(number) and not _COUNTING.search(before):
        return None
    found = _find_after().match(after)
    if found is None or (number in _EMERGENCY and len(found.group().split()) > 1):
        return None
    return found.group()


@cache
def _find_after() -> re.Pattern[str]:
    between = rf"(?: (?!{_OTHER}\b){_WORD}){{0,2}}?"
    return re.compile(
        rf"{between} (?:{_name_counted()})\b{_NO_COUNT_AFTER}| per (?:1,000|100,000|thousand|head)\b", re.IGNORECASE
    )


@cache
def _name_counted() -> str:
    """Crimes in common words, and the titles of the offence tree."""
    titles = sorted((re.escape(n.title.lower()) for n in get_offence_tree().nodes.values()), key=len, reverse=True)
    return "|".join([*titles, _COUNTED])
