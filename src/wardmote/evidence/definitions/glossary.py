"""The glossary: one word, one meaning, for reports, pages and code."""

from dataclasses import dataclass
from functools import cache

from wardmote.evidence.definitions.files import DefinitionReader, LinedDict, parse_yaml, read_catalogue_text
from wardmote.evidence.model.errors import DefinitionError, Fault


@dataclass(frozen=True, slots=True)
class Term:
    """A word and what it means, in one or a few sentences. `of` names the reports that alone use it; "" is all."""

    term: str
    meaning: str
    of: str = ""


@cache
def list_terms() -> tuple[Term, ...]:
    """Every term of the shipped glossary, in alphabetical order."""
    return parse_glossary(read_catalogue_text("glossary.yaml"), "catalogue/glossary.yaml")


def parse_glossary(text: str, where: str) -> tuple[Term, ...]:
    """Which terms does the text define? Raises DefinitionError for a missing meaning or a term defined twice."""
    body = parse_yaml(text, where)
    if not isinstance(body, list) or not all(isinstance(item, LinedDict) for item in body):
        raise DefinitionError("this file is not a list of terms", where=where, expected="a list of '- term: …' entries")
    terms = tuple(_parse_term(item, where) for item in body)
    _check_unique(terms, body, where)
    return tuple(sorted(terms, key=lambda t: t.term.casefold()))


def _parse_term(item: LinedDict, where: str) -> Term:
    reader = DefinitionReader(item, where, line=min(item.lines.values(), default=1))
    of = reader.choice("of", ("plans", "claims", "web"), default="")
    found = Term(reader.text("term"), reader.text("meaning"), of)
    reader.finish()
    return found


def _check_unique(terms: tuple[Term, ...], body: list[LinedDict], where: str) -> None:
    seen: set[str] = set()
    faults: list[Fault] = []
    for term, item in zip(terms, body, strict=True):
        if term.term.casefold() in seen:
            line = item.lines["term"]
            faults.append(
                Fault(f"'{term.term}' is defined twice", where=f"{where}, line {line}", expected="one meaning a word")
            )
        seen.add(term.term.casefold())
    if faults:
        raise DefinitionError(f"{where} does not say what it must", faults=faults)
