"""The words of a partnership beside the product's: looked up, searched, and missed in a text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wardmote.evidence.interface import UnexplainedWord, find_unexplained_words, list_glossary_terms
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.library.models import GlossaryAlias, GlossaryTerm
from wardmote.web.partnerships.interface import Partnership

#: What is used in the product and in reports; words of the code are nobody's here.
_ACRONYM = re.compile(r"\b[A-Z][A-Z&]+[0-9]?s?\b")


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its meaning, other words for it, and where it comes from: None for the product's."""

    term: str
    meaning: str
    aliases: tuple[str, ...] = ()
    own: GlossaryTerm | None = None


def make_key(term: str) -> str:
    """A word as it compares: small letters of one width, single spaces, no full stops ("D.H.R." is "DHR")."""
    return " ".join(_fold(term).replace(".", "").split())


def _fold(text: str) -> str:
    """A text whose letters compare. Folding may take a letter apart again, so it is put together once more."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return unicodedata.normalize("NFKC", plain).casefold()


def list_words(partnership: Partnership, search: str = "") -> list[Word]:
    """Every word, the partnership's and the product's, in the order of the alphabet; those that hold `search`."""
    own = GlossaryTerm.objects.filter(partnership=partnership).prefetch_related("aliases")
    words = [Word(one.term, one.meaning, tuple(a.alias for a in one.aliases.all()), one) for one in own]
    taken = {make_key(name) for word in words for name in (word.term, *word.aliases)}
    words += [Word(t.term, t.meaning) for t in list_glossary_terms() if make_key(t.term) not in taken]
    wanted = _fold(search).strip()
    kept = [word for word in words if wanted in _fold(" ".join((word.term, word.meaning, *word.aliases)))]
    return sorted(kept, key=lambda word: make_key(word.term))


def check_free(
    partnership: Partnership, names: Sequence[str], *, besides: GlossaryTerm | None = None
) -> None:  # fmt: skip
    """Raise RefusedError, with the first meaning, where one of the words has a meaning already."""
    keys = {make_key(name): name for name in names}
    terms = GlossaryTerm.objects.filter(partnership=partnership, key__in=keys)
    aliases = GlossaryAlias.objects.filter(partnership=partnership, key__in=keys).select_related("of")
    if besides is not None:
        terms, aliases = terms.exclude(pk=besides.pk), aliases.exclude(of=besides)
    held = {term.key: term for term in terms} | {alias.key: alias.of for alias in aliases}
    for key, name in keys.items():
        if key in held:
            first = held[key]
            raise RefusedError(f"“{name}” has a meaning already, as {first.term}: {first.meaning}")
    for term in list_glossary_terms():
        if make_key(term.term) in keys:
            raise RefusedError(f"“{term.term}” has a meaning in every partnership: {term.meaning}")


def find_undefined_acronyms(text: str, partnership: Partnership) -> list[UnexplainedWord]:
    """Abbreviations that a text neither writes out nor finds in the glossary, the most used first."""
    words = [name for word in list_words(partnership) for name in (word.term, *word.aliases)]
    known = {found for name in words for found in _ACRONYM.findall(name)} | set(words)
    return list(find_unexplained_words(text, known=known | {f"{name}s" for name in known}))
