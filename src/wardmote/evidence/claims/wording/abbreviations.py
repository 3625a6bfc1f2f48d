"""What does a document's abbreviation stand for, and where does it say so?

"Medway Task Force (MTF)", "MTF (Medway Task Force)", and glossary lines "MTF<tab>Medway Task Force".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.text import Place
from wardmote.evidence.claims.wording.scan import Scanned, Sentence

ABBREVIATION = re.compile(r"(?<![\w&-])([A-Z](?:[A-Za-z]{0,2}&?[A-Z]){1,5})(?:s\b|['’]s\b)?(?![\w&])")
_AFTER = re.compile(r"((?:[A-Za-z][\w’'/-]*[\s,]+(?:&\s)?){1,9})\(([A-Z][A-Za-z&]{1,8}?)(?:s|['’]s)?\)")
_BEFORE = re.compile(r"(?<![\w&-])([A-Z][A-Z&]{1,7})s?\s\(([A-Z][A-Za-z’'/ ,-]{6,80})\)")
_LINE = re.compile(r"([A-Z][A-Z&]{1,7})\s?[-–—:=\t]\s?([A-Z][A-Za-z’',&/ -]{5,80})\.?")
_ITSELF = re.compile(r"\b([A-Z]{2,8})\s\(\1\)")
_NAMED = re.compile(
    r"((?:[A-Z][a-z]+|[A-Z]{2,4})(?:[ -](?:[A-Z][a-z]+|[A-Z]{2,4}|of|and|for|the)){1,7})\s\(([A-Z]{3,8})\)"
)
_SMALL = frozenset({"of", "and", "or", "the", "for", "in", "to", "on", "with", "by", "a", "an", "against", "at", "s"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """An abbreviation with the words it stands for, and the statement and offset at which it stands."""

    short: str
    meaning: str
    sentence: Sentence
    start: int

    @property
    def place(self) -> Place:
        return self.sentence.place_of(self.start, self.start + len(self.short))


def find_meanings(document: Scanned) -> tuple[Meaning, ...]:
    """Every expansion that a document gives, in its order."""
    return (*_find_in_prose(document), *_find_in_glossaries(document))


def _find_in_prose(document: Scanned) -> Iterator[Meaning]:
    for sentence in _list_with_brackets(document):
        for match in _AFTER.finditer(sentence.text):
            words = fit_words(match[1], match[2], slips=1 if len(match[2]) > 3 else 0)
            if words:
                yield Meaning(match[2], words, sentence, match.start(2))
        for match in _BEFORE.finditer(sentence.text):
            if fit_words(match[2], match[1]):
                yield Meaning(match[1], match[2], sentence, match.start(1))


def _list_with_brackets(document: Scanned) -> Iterator[Sentence]:
    return (sentence for sentence in document.sentences if "(" in sentence.text)


def _find_in_glossaries(document: Scanned) -> Iterator[Meaning]:
    """Rows of two cells whose first is the abbreviation of the second, and lines "MTF - Medway Task Force"."""
    for sentence in document.sentences:
        if sentence.table is None:
            line = _LINE.fullmatch(sentence.text) if sentence.offset == 0 else None
            if line and fit_words(line[2], line[1]):
                yield Meaning(line[1], line[2], sentence, line.start(1))
        elif sentence.row is not None and ABBREVIATION.fullmatch(sentence.text):
            cells = [cell.text for cell in sentence.table.rows[sentence.row] if cell.text]
            is_pair = len(cells) == 2 and cells[0] == sentence.text and len(cells[1]) < 90
            if is_pair and fit_words(cells[1], cells[0]):
                yield Meaning(cells[0], cells[1], sentence, 0)


@dataclass(frozen=True, slots=True)
class Misfit:
    """An abbreviation in brackets whose letters do not fit the name before it; `meaning` is "" in "MTF (MTF)"."""

    short: str
    meaning: str
    sentence: Sentence
    start: int


def find_misfits(document: Scanned) -> Iterator[Misfit]:
    """Yield every "NTCMS" after "National Drug Treatment Monitoring System", and every "MTF (MTF)".

    Only a letter that stands nowhere in the name is taken for a fault: "Closed Circuit Television (CCTV)" has its V.
    """
    for sentence in _list_with_brackets(document):
        for match in _ITSELF.finditer(sentence.text):
            yield Misfit(match[1], "", sentence, match.start(1))
        for match in _NAMED.finditer(sentence.text):
            if not fit_words(match[1], match[2]) and _has_stray_letter(match[1], match[2]):
                yield Misfit(match[2], match[1].strip(), sentence, match.start(2))


def _has_stray_letter(name: str, short: str) -> bool:
    """Whether all letters but one are the initials in order, and that one stands nowhere in the name."""
    words = re.findall(r"[A-Za-z]+", name)
    initials = "".join(word if word.isupper() else word[0] for word in words if word.lower() not in _SMALL).upper()
    stray = [letter for letter in short if letter not in name.upper() and letter != "X"]
    if len(stray) != 1 or len(short) < 3:
        return False
    rest = short.replace(stray[0], "", 1)
    remaining = iter(initials)
    return short[0] == initials[:1] and all(letter in remaining for letter in rest)


def fit_words(text: str, short: str, slips: int = 0) -> str:
    """The last words of a text whose initials make the abbreviation; "" where none do.

    Small words may be skipped or counted, so "Ministry of Justice" is MoJ and "Crime and Disorder" CD. `slips` letters
    inside the abbreviation may be another than the word's, so that a mistyped one is found with its words.

    >>> fit_words("run by the Medway Task Force ", "MTF")
    'Medway Task Force'
    """
    letters = [letter.lower() for letter in short if letter.isalpha()]
    words = re.findall(r"[A-Za-z][\w’']*", text.replace("-", " ").replace("/", " "))
    at = len(letters)
    if not at:
        return ""
    for index in range(len(words) - 1, -1, -1):
        if words[index][0].lower() == letters[at - 1]:
            at -= 1
        elif words[index].lower() in _SMALL:
            continue
        elif slips and 1 < at < len(letters):
            slips, at = slips - 1, at - 1
        else:
            return ""
        if at == 0:
            return " ".join(words[index:])
    return ""
