"""Is an abbreviation explained, and does it stand for one thing?

An abbreviation given two meanings in the documents checked together, or one meaning under two abbreviations, is
accused; one that is used and never explained is only listed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from wardmote.evidence.claims.contract import Corpus, Finding, Rule
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.abbreviations import ABBREVIATION, Meaning, Misfit, find_meanings, find_misfits
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

NAME = "abbreviations"
#: Abbreviations that every reader of a council's report knows, units, and marks of editions.
_KNOWN_WORDS = """
    UK GB EU US USA NHS GP GPs MP MPs BBC ITV TV CCTV PC ID IT HR PR VAT PDF OK AM PM NB HM UN AIDS HIV GPS SMS DVD URL
    FAQ CEO CV DIY DNA ATM PIN PO BT AA RAC RSPCA NSPCC PPE GCSE COVID AGM
    II III IV VI VII VIII IX XX Q1 Q2 Q3 Q4 ASB LGBT
"""
_KNOWN = frozenset(_KNOWN_WORDS.split())
#: An unexplained abbreviation is listed once it is used this often.
_OFTEN = 3
_SAME_MEANING = 0.82
#: "Kent, Surrey and Sussex Rehabilitation Company (KSS RC)": two in one bracket, explained by the words before it.
_BRACKETED = re.compile(r"[A-Z][a-z]+,?\s(?:and\s|of\s)?[A-Z]?[a-z]+\s\(([A-Z&]{2,}(?:\s[A-Z&]{2,})*)\b")
#: A word that is also written small is a name in capitals, not an abbreviation.
_PLAIN = re.compile(r"\b[A-Z]?[a-z]{3,}\b")


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every meaning that clashes with an earlier one, and for every unexplained abbreviation."""
    for document in corpus.documents:
        meanings = find_meanings(document)
        yield from _find_two_meanings(meanings)
        yield from _find_two_names(meanings)
        yield from _find_misfits(document, meanings)
        yield from _find_unexplained(document, {meaning.short for meaning in meanings})


def _find_two_meanings(meanings: tuple[Meaning, ...]) -> Iterator[Claim]:
    first: dict[str, Meaning] = {}
    for meaning in meanings:
        other = first.setdefault(meaning.short, meaning)
        if other is not meaning and not _are_alike(other.meaning, meaning.meaning):
            why = (
                f"{meaning.short} stands for “{meaning.meaning}” here and “{other.meaning}” at {other.place.title}."
                " Keep one."
            )
            yield _claim(meaning, why, other.place)


def _find_two_names(meanings: tuple[Meaning, ...]) -> Iterator[Claim]:
    """One meaning under two abbreviations of the same length: a letter slipped."""
    first: dict[str, Meaning] = {}
    for meaning in meanings:
        other = first.setdefault(meaning.meaning.lower(), meaning)
        if other.short != meaning.short and len(other.short) == len(meaning.short):
            why = f"“{meaning.meaning}” is {meaning.short} here and {other.short} at {other.place.title}. Keep one."
            yield _claim(meaning, why, other.place)


def _are_alike(one: str, two: str) -> bool:
    """Whether two wordings are one meaning: singular and plural, "for" and "of", another hyphen."""
    return SequenceMatcher(None, _level(one), _level(two)).ratio() >= _SAME_MEANING


def _level(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def _claim(meaning: Meaning, why: str, other: Place) -> Claim:
    start = meaning.start
    return Finding(meaning.sentence, start=start, end=start + len(meaning.short), related=(other,)).claim(
        NAME, "abbreviation", "inconsistent", why
    )


def _find_misfits(document: Scanned, meanings: tuple[Meaning, ...]) -> Iterator[Claim]:
    """Each misfit once; not where the same name has another abbreviation, since that is accused already."""
    shorts: dict[str, set[str]] = defaultdict(set)
    for meaning in meanings:
        shorts[meaning.meaning.lower()].add(meaning.short)
    accused: set[str] = set()
    for misfit in find_misfits(document):
        if misfit.short not in accused and len(shorts[misfit.meaning.lower()]) < 2:
            accused.add(misfit.short)
            yield _accuse_misfit(misfit)


def _accuse_misfit(misfit: Misfit) -> Claim:
    why = f"The letters of {misfit.short} are not the initials of “{misfit.meaning}”. Mend one of them."
    if not misfit.meaning:
        why = f"{misfit.short} is explained by itself. Write it out once."
    return Finding(misfit.sentence, start=misfit.start, end=misfit.start + len(misfit.short)).claim(
        NAME, "abbreviation", "imprecise", why
    )


def _find_unexplained(document: Scanned, explained: set[str]) -> Iterator[Claim]:
    for short, places in list_unexplained(document, explained).items():
        if len(places) >= _OFTEN:
            sentence, start = places[0]
            why = f"{short} is used {len(places)} times and never written out. Say once what it stands for."
            yield Finding(sentence, start=start, end=start + len(short)).claim(
                NAME, "abbreviation", "not_checkable", why
            )


def list_unexplained(document: Scanned, explained: Iterable[str]) -> dict[str, list[tuple[Sentence, int]]]:
    """Every abbreviation that a document uses and does not write out, with each place where it stands.

    `explained` are those that need no explanation; what every reader knows is left out.
    """
    used: dict[str, list[tuple[Sentence, int]]] = defaultdict(list)
    known = set(explained) | _KNOWN
    for sentence in document.sentences:
        if sentence.text.upper() != sentence.text:
            for match in ABBREVIATION.finditer(sentence.text):
                used[match[1]].append((sentence, match.start(1)))
            known |= {word for part in _BRACKETED.findall(sentence.text) for word in part.split()}
    known |= {word.upper() for sentence in document.sentences for word in _PLAIN.findall(sentence.text)}
    return {short: places for short, places in used.items() if short not in known and short.upper() == short}


RULE = Rule(
    name=NAME,
    family="abbreviation",
    asks="Is an abbreviation explained, and does it stand for one thing?",
    holds="The Northmarsh Task Force (NTF) met twice. The NTF will meet again.",
    fails="The Northmarsh Task Force (NTF) met. The Northern Training Fund (NTF) paid for it.",
    find=find,
    rank=50,
)
