"""Crafted claims: the cases under `tests/spec/claims`, and whether a check of one says what it should.

A case has a `name`, a `note` and the words that are checked: `text`, `table` (Markdown, set below the text) or
`documents` (a list of name and text). `expect` lists stretches of the words with the verdict each must get (or the
verdicts that will do) and, where it matters, the family. `expect_none` lists stretches that must not be accused.
Nothing else of a case may be accused either, save by a verdict under `allow`, where the fault has several ends and
any of them may carry it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from wardmote.evidence.claims.model import ACCUSATIONS, Claim
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.text import Block, Place, TextDocument

FOLDER = Path(__file__).parents[1] / "spec" / "claims"
_KEYS = {"name", "text", "table", "documents", "expect", "expect_none", "allow", "note"}


@dataclass(frozen=True)
class Expectation:
    """A stretch of the words and the verdicts that will do for it; no verdicts where it must not be accused."""

    quote: str
    verdicts: tuple[str, ...] = ()
    family: str | None = None


@dataclass(frozen=True)
class Case:
    """One crafted case: `documents` by name, what is expected of them, and why."""

    family: str
    name: str
    documents: dict[str, str]
    expect: tuple[Expectation, ...]
    expect_none: tuple[Expectation, ...]
    allow: frozenset[str]
    note: str

    @property
    def title(self) -> str:
        return f"{self.family}/{self.name}"

    @property
    def accused(self) -> bool:
        """Whether the case holds a fault."""
        return any(set(one.verdicts) & ACCUSATIONS for one in self.expect)

    def read(self) -> tuple[TextDocument, ...]:
        """The documents, read as Markdown."""
        return tuple(read_text(text, name=name, format="md") for name, text in self.documents.items())


def load_cases(folder: Path = FOLDER) -> tuple[Case, ...]:
    """Every case, by family in the order of its file."""
    return tuple(case for path in sorted(folder.glob("*.yaml")) for case in _read_family(path))


def _read_family(path: Path) -> Iterator[Case]:
    content = yaml.safe_load(path.read_text("utf-8"))
    for item in content["cases"]:
        unknown = set(item) - _KEYS
        if unknown:
            raise ValueError(f"{path.name}, {item.get('name')}: unknown keys {sorted(unknown)}")
        yield _read_case(content["family"], item)


def _read_case(family: str, item: dict[str, Any]) -> Case:
    return Case(
        family=family,
        name=item["name"],
        documents=_read_documents(item),
        expect=tuple(_read_expectation(one) for one in item.get("expect", ())),
        expect_none=tuple(Expectation(str(quote)) for quote in item.get("expect_none", ())),
        allow=frozenset(item.get("allow", ())),
        note=item["note"],
    )


def _read_documents(item: dict[str, Any]) -> dict[str, str]:
    if "documents" in item:
        return {f"{one['name']}.md": one["text"] for one in item["documents"]}
    return {"report.md": "\n\n".join(item[key].strip() for key in ("text", "table") if key in item) + "\n"}


def _read_expectation(item: dict[str, Any]) -> Expectation:
    verdict = item["verdict"]
    verdicts = (verdict,) if isinstance(verdict, str) else tuple(verdict)
    return Expectation(str(item["quote"]), verdicts, item.get("family"))


def overlaps(document: TextDocument, quote: str, claim: Claim, *, around: bool = False) -> bool:
    """Whether a claim stands on a quoted stretch of a document (or, with `around`, quotes it)."""
    block = _find_block(document, claim.place)
    if block is None or claim.place.file != document.name:
        return False
    start, end = _find_stretch(block, claim, around=around)
    return any(left < end and start < right for left, right in _find_spans(block.text, quote))


def _find_block(document: TextDocument, place: Place) -> Block | None:
    """The block that a place speaks of."""
    blocks = list(document.blocks())
    exact = (block for block in blocks if block.place_of(place.start, place.end) == place or block.place == place)
    near = (block for block in blocks if place.line is not None and block.place.line == place.line)
    return next(exact, next(near, None))


def _find_stretch(block: Block, claim: Claim, *, around: bool) -> tuple[int, int]:
    """The claim's own stretch of its block, the whole block where it names none; `around` takes its quotation."""
    stretch = (claim.place.start, claim.place.end) if claim.place.end else (0, len(block.text))
    quoted = block.text.find(claim.quote.strip("…")) if around else -1
    return (quoted, quoted + len(claim.quote.strip("…"))) if quoted >= 0 else stretch


def _find_spans(text: str, quote: str) -> list[tuple[int, int]]:
    """Where a quotation stands, whole numbers and words only: "8%" is not in "58%"."""
    pattern = rf"(?<![\w.,£]){re.escape(quote)}(?!\w|[.,]\d)"
    return [match.span() for match in re.finditer(pattern, text)]


def answers(case: Case, expectation: Expectation, claim: Claim) -> bool:
    """Whether a claim gives what was expected."""
    return (
        claim.verdict in expectation.verdicts
        and expectation.family in (None, claim.family)
        and any(overlaps(document, expectation.quote, claim, around=True) for document in case.read())
    )


def find_faults(case: Case, claims: Iterable[Claim]) -> list[str]:
    """What is missing and what is accused falsely; empty where the check says what it should."""
    found = list(claims)
    missing = [
        f"nobody said {' or '.join(one.verdicts)} of {one.quote!r}"
        for one in case.expect
        if not any(answers(case, one, claim) for claim in found)
    ]
    return missing + [_describe(claim) for claim in found if claim.accuses and _is_false(case, claim)]


def _is_false(case: Case, claim: Claim) -> bool:
    if any(overlaps(document, one.quote, claim) for one in case.expect_none for document in case.read()):
        return True
    return claim.verdict not in case.allow and not any(answers(case, one, claim) for one in case.expect)


def _describe(claim: Claim) -> str:
    return f"falsely {claim.verdict} by {claim.rule}: {claim.quote!r} ({claim.why})"


def is_printed(case: Case, quote: str) -> bool:
    """Whether a quoted stretch stands in the case's words at all."""
    return any(_find_spans(block.text, quote) for document in case.read() for block in document.blocks())
