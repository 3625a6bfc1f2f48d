"""What a rule is, what it is given, and how it speaks."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from wardmote.evidence.claims.model import Claim, Family, Quantity, Verdict
from wardmote.evidence.claims.text import Place, Table
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence


@dataclass(frozen=True, slots=True)
class Known:
    """A loaded figure that a printed one can be held against.

    `title` names what is counted, `source` where it comes from in words. `is_official` is true of published totals;
    counts from street-level files fall short of those by a few per cent. `is_firm` is false where the measure is put
    together from several of the source's categories, which another report may group in another way.
    """

    value: float
    unit: str
    title: str
    source: str
    is_official: bool
    is_firm: bool = True


class Evidence(Protocol):
    """What the rules may ask of loaded data. A store answers; without one nothing is known."""

    def find_population(self, area: str, year: int) -> float | None:
        """Residents of a named area at the middle of a year; None where not loaded."""

    def list_populations(self, area: str) -> dict[int, float]:
        """Residents of a named area in every year that is loaded."""

    def find_areas(self, text: str) -> tuple[str, ...]:
        """The loaded areas that a text names, each once."""

    def find_figure(
        self, measure: frozenset[str], area: str, *, months: tuple[int, int], kind: Literal["count", "rate"]
    ) -> Known | None:
        """What is loaded of a measure, told by its keywords, for an area and a run of months; None where nothing is.

        `months` are the first and last month, both counted since year 0 as in a period's mention.
        """

    def find_area(self, document: Scanned) -> str | None:
        """The name of the area that a document is about; None where none is loaded or none stands out."""


@dataclass(frozen=True)
class Corpus:
    """The documents checked together, with what the evidence knows."""

    documents: tuple[Scanned, ...]
    evidence: Evidence | None = None
    level: float = 0.95

    def sentences(self) -> Iterator[tuple[Scanned, Sentence]]:
        """Every sentence of every document."""
        for document in self.documents:
            for sentence in document.sentences:
                yield document, sentence

    def tables(self) -> Iterator[tuple[Scanned, Table]]:
        for document in self.documents:
            for table in document.tables:
                yield document, table


@dataclass(frozen=True, slots=True)
class Rule:
    """One small judge.

    `asks` is its question in a sentence; `holds` and `fails` are examples that it passes and accuses (text or
    Markdown table), shown in the documentation and run as tests. `rank` orders rules where two judge one number in one
    family: the lower speaks, the higher is dropped.
    """

    name: str
    family: Family
    asks: str
    holds: str
    fails: str
    find: Callable[[Corpus], Iterable[Claim]]
    rank: int = 50
    needs: str = ""  # what it cannot do without, for the documentation ("--store")
    given: Evidence | None = None  # what is loaded when its examples are judged


@dataclass(frozen=True, slots=True)
class Finding:
    """The short way to a claim from one sentence: what was printed, from what, and what came out."""

    sentence: Sentence
    number: Number | None = None
    start: int = 0
    end: int = 0
    related: tuple[Place, ...] = field(default=())

    def claim(
        self,
        rule: str,
        family: Family,
        verdict: Verdict,
        why: str,
        *,
        claimed: Iterable[Quantity] = (),
        inputs: Iterable[Quantity] = (),
        recomputed: Iterable[Quantity] = (),
    ) -> Claim:
        """Return the claim, placed at the number (or at the given stretch of the sentence)."""
        start, end = (self.number.start, self.number.end) if self.number else (self.start, self.end)
        from wardmote.evidence.claims.wording.scan import quote_text

        return Claim(
            place=self.sentence.place_of(start, end),
            quote=quote_text(self.sentence.text, start, end),
            family=family,
            verdict=verdict,
            why=why,
            rule=rule,
            claimed=(*claimed, *_as_printed(self.number)),
            inputs=tuple(inputs),
            recomputed=tuple(recomputed),
            related=self.related,
        )


_SCALE_WORDS = {1e2: "hundred", 1e3: "thousand", 1e6: "million", 1e9: "billion"}


def _as_printed(number: Number | None) -> Iterator[Quantity]:
    """A scaled number a second time in the size that is printed, so that "£1.3m" can be looked up as 1.3."""
    if number is not None and number.scale in _SCALE_WORDS:
        unit = f"{'£ ' if number.kind == 'money' else ''}{_SCALE_WORDS[number.scale]}"
        yield Quantity(number.value / number.scale, unit, "as printed")


def quantity(number: Number, role: str) -> Quantity:
    """A printed number as a claim's quantity."""
    return Quantity(number.value, number.unit, role)
