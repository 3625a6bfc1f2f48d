"""Check documents: scan, let every rule speak, settle who speaks for which number, order what was found."""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from wardmote.evidence.claims import rules as rules_package
from wardmote.evidence.claims.contract import Corpus, Evidence, Rule
from wardmote.evidence.claims.model import ORDER, Claim, Verdict
from wardmote.evidence.claims.plain import find_plain_numbers
from wardmote.evidence.claims.text import TextDocument
from wardmote.evidence.claims.wording.scan import Scanned, scan_document


@dataclass(frozen=True)
class Checked:
    """All claims of the documents checked together, in the order of the text."""

    documents: tuple[Scanned, ...]
    claims: tuple[Claim, ...]

    def of(self, name: str) -> tuple[Claim, ...]:
        """The claims of one document."""
        return tuple(claim for claim in self.claims if claim.place.file == name)

    def accusations(self) -> tuple[Claim, ...]:
        """What somebody must answer for, worst first."""
        accused = [claim for claim in self.claims if claim.accuses]
        return tuple(sorted(accused, key=lambda claim: ORDER.index(claim.verdict)))

    def list_to_look_at(self) -> tuple[Claim, ...]:
        """The accusations, and after them the figures that differ from the loaded evidence."""
        found = [claim for claim in self.claims if claim.is_to_look_at]
        return tuple(sorted(found, key=lambda claim: ORDER.index(claim.verdict)))


@cache
def list_rules() -> tuple[Rule, ...]:
    """Every rule in the package `rules`, by rank then name."""
    found: list[Rule] = []
    for module in pkgutil.iter_modules(rules_package.__path__):
        rule = getattr(importlib.import_module(f"{rules_package.__name__}.{module.name}"), "RULE", None)
        if rule is not None:
            found.append(rule)
    return tuple(sorted(found, key=lambda rule: (rule.rank, rule.name)))


def check_documents(
    documents: Sequence[TextDocument], *, evidence: Evidence | None = None, level: float = 0.95
) -> Checked:
    """Find and judge every claim of documents that belong together.

    `documents` may be one report or several whose figures should agree; `evidence` adds what a store knows; `level` is
    the level of the tests behind words such as "significant". Claims come in the order of the documents and their
    text. A number that no rule could judge is listed as not checkable, with what is missing.
    """
    corpus = Corpus(tuple(scan_document(document) for document in documents), evidence, level)
    judged = settle([claim for rule in list_rules() for claim in rule.find(corpus)])
    claims = [*judged, *find_plain_numbers(corpus, judged)]
    order = {document.name: number for number, document in enumerate(corpus.documents)}
    return Checked(
        corpus.documents, tuple(sorted(claims, key=lambda claim: (order[claim.place.file], *_position(claim))))
    )


def settle(claims: Iterable[Claim]) -> list[Claim]:
    """Let one claim of each family stand per place: the first rule's, and of one rule the worst."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.family, *_slot(claim))
        other = kept.get(key)
        if other is None or (other.rule == claim.rule and _is_worse(claim.verdict, other.verdict)):
            kept[key] = claim
    return list(kept.values())


def _is_worse(verdict: Verdict, other: Verdict) -> bool:
    return ORDER.index(verdict) < ORDER.index(other)


def _slot(claim: Claim) -> tuple[object, ...]:
    place = claim.place
    return (place.file, place.line, place.page, place.paragraph, place.table, place.row, place.column, place.start)


def _position(claim: Claim) -> Iterator[int]:
    place = claim.place
    for part in (place.page, place.line, place.paragraph, place.table, place.row, place.column, place.start):
        yield -1 if part is None else part
