"""Writes of the glossary: one word, one meaning."""

from collections.abc import Sequence

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.library.glossary import check_free, make_key
from wardmote.web.governance.library.models import GlossaryAlias, GlossaryTerm
from wardmote.web.partnerships.interface import Partnership, Person

_MOST_LETTERS = 120


def add_term(
    *, by: Person | None, partnership: Partnership, term: str, meaning: str, aliases: Sequence[str] = ()
) -> GlossaryTerm:
    """Give a word its meaning. Raises RefusedError, with the first meaning, where it has one."""
    found = GlossaryTerm(
        partnership=partnership, term=term.strip(), key=make_key(term), meaning=meaning.strip(), written_at=read_now(),
        written_by=by.pk if by else None,
    )  # fmt: skip
    with writing(by=by, verb="governance.term_added", partnership=partnership, subject=found):
        _hold(partnership)
        _check_names(term, aliases)
        check_free(partnership, [term, *aliases])
        found.save()
        _add_aliases(found, aliases)
    return found


def change_term(*, by: Person, found: GlossaryTerm, term: str, meaning: str, aliases: Sequence[str]) -> None:
    """Change a word, its meaning, or the other words for it."""
    with writing(by=by, verb="governance.term_changed", partnership=found.partnership, subject=found):
        _hold(found.partnership)
        _check_names(term, aliases)
        check_free(found.partnership, [term, *aliases], besides=found)
        found.term, found.key, found.meaning = term.strip(), make_key(term), meaning.strip()
        found.save()
        for alias in GlossaryAlias.objects.filter(of=found):
            alias.delete()
        _add_aliases(found, aliases)


def remove_term(*, by: Person, found: GlossaryTerm) -> None:
    """Take a word out of the glossary."""
    with writing(by=by, verb="governance.term_removed", partnership=found.partnership, subject=found):
        for alias in GlossaryAlias.objects.filter(of=found):
            alias.delete()
        found.delete()


def _hold(partnership: Partnership) -> None:
    """Two who write the same word at once: the second is refused."""
    Partnership.objects.select_for_update().get(pk=partnership.pk)


def _check_names(term: str, aliases: Sequence[str]) -> None:
    keys = [make_key(name) for name in (term, *aliases)]
    if "" in keys:
        raise RefusedError("A word needs letters")
    if any(len(key) > _MOST_LETTERS for key in keys):  # a sign that stands for many letters
        raise RefusedError(f"A word has at most {_MOST_LETTERS} letters")
    if len(set(keys)) < len(keys):
        raise RefusedError("Another word for it is written twice, or is the word itself")


def _add_aliases(term: GlossaryTerm, aliases: Sequence[str]) -> None:
    for alias in aliases:
        GlossaryAlias.objects.create(partnership=term.partnership, of=term, alias=alias.strip(), key=make_key(alias))
