"""Questions about words: the product's glossary, abbreviations that a text does not explain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardmote.evidence.definitions.glossary import Term


@dataclass(frozen=True, slots=True)
class UnexplainedWord:
    """An abbreviation that a text uses without writing it out: how often, and the first sentence that does."""

    word: str
    times: int
    sentence: str


def list_glossary_terms() -> tuple[Term, ...]:
    """Every term of the shipped glossary, in alphabetical order."""
    from wardmote.evidence.definitions.glossary import list_terms

    return list_terms()


def find_unexplained_words(text: str, *, known: Collection[str] = ()) -> tuple[UnexplainedWord, ...]:
    """Which abbreviations does a text use and not write out, the most used first? `known` need no explanation.

    >>> find_unexplained_words("The DHR panel met. A MARAC (multi-agency risk conference) sat.", known=["MARAC"])
    (UnexplainedWord(word='DHR', times=1, sentence='The DHR panel met.'),)
    """
    from wardmote.evidence.claims.reading import read_text
    from wardmote.evidence.claims.rules.abbreviations import list_unexplained
    from wardmote.evidence.claims.wording.abbreviations import find_meanings
    from wardmote.evidence.claims.wording.scan import scan_document

    scanned = scan_document(read_text(text, name="text", format="md"))
    explained = {meaning.short for meaning in find_meanings(scanned)} | set(known)
    found = list_unexplained(scanned, explained)
    rows = [UnexplainedWord(word, len(places), places[0][0].text) for word, places in found.items()]
    return tuple(sorted(rows, key=lambda one: (-one.times, one.word)))
