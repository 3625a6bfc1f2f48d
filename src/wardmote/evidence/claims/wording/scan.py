"""A document read once for numbers, periods and words: what every rule starts from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from wardmote.evidence.claims.text import Block, Place, Table, TextDocument
from wardmote.evidence.claims.wording.numbers import Number, find_numbers
from wardmote.evidence.claims.wording.periods import PeriodMention, find_periods
from wardmote.evidence.claims.wording.sentences import split_sentences
from wardmote.evidence.claims.wording.words import Direction, find_directions

if TYPE_CHECKING:
    from wardmote.evidence.claims.columns import Run


@dataclass(frozen=True)
class Sentence:
    """One statement: a sentence of prose, or of a table cell. Offsets of its parts are into `text`.

    `table`, `row` and `column` say which cell it stands in, `label` what names that row (the first column's text),
    `head` what names its column. `index` counts the sentences of the document, so neighbours can be asked for.
    """

    text: str
    block: Block
    offset: int
    index: int
    table: Table | None = None
    row: int | None = None
    column: int | None = None
    label: str = ""
    head: str = ""

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        return find_numbers(self.text)

    @cached_property
    def measured(self) -> tuple[Number, ...]:
        """The numbers that measure something: no labels, no ordinals."""
        return tuple(number for number in self.numbers if number.is_measured)

    @cached_property
    def periods(self) -> tuple[PeriodMention, ...]:
        return find_periods(self.text)

    @cached_property
    def directions(self) -> tuple[Direction, ...]:
        return find_directions(self.text)

    def place_of(self, start: int, end: int) -> Place:
        """The place of a stretch of this sentence."""
        return self.block.place_of(self.offset + start, self.offset + end)

    def place(self, number: Number) -> Place:
        return self.place_of(number.start, number.end)

    def quote(self, number: Number, around: int = 70) -> str:
        """The number with the words around it, cut at word ends."""
        return quote_text(self.text, number.start, number.end, around)


def quote_text(text: str, start: int, end: int, around: int = 70) -> str:
    """A stretch of text with the words around it."""
    left = max(0, start - around)
    right = min(len(text), end + around)
    left = 0 if left == 0 else text.find(" ", left, start) + 1 or left
    cut = text.rfind(" ", end, right) if right < len(text) else right
    right = cut if cut > end else right
    return ("…" if left else "") + text[left:right].strip() + ("…" if right < len(text) else "")


@dataclass(frozen=True)
class Scanned:
    """A document with its sentences in reading order and its tables.

    `runs` keeps what `columns.list_runs` found in each table, by the table's identity: many rules ask for it.
    """

    document: TextDocument
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...] = field(default=())
    runs: "dict[int, tuple[Table, tuple[Run, ...]]]" = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.document.name

    def near(self, sentence: Sentence, before: int = 1, after: int = 1) -> Iterator[Sentence]:
        """The neighbours of a sentence in the same block (not itself)."""
        for index in range(max(0, sentence.index - before), min(len(self.sentences), sentence.index + after + 1)):
            other = self.sentences[index]
            if index != sentence.index and other.block is sentence.block:
                yield other


def scan_document(document: TextDocument) -> Scanned:
    """Split a document into sentences, once; numbers and words are found when first asked for."""
    sentences: list[Sentence] = []
    tables: list[Table] = []
    for part in document.parts:
        if isinstance(part, Table):
            tables.append(part)
            sentences.extend(_scan_table(part, len(sentences)))
        else:
            sentences.extend(_scan_block(part, len(sentences)))
    return Scanned(document, tuple(sentences), tuple(tables))


def _scan_block(block: Block, index: int, **where: object) -> Iterator[Sentence]:
    for count, (offset, text) in enumerate(split_sentences(block.text)):
        yield Sentence(text, block, offset, index + count, **where)  # type: ignore[arg-type]


def _scan_table(table: Table, index: int) -> Iterator[Sentence]:
    seen: set[int] = set()
    header = table.header if table.header_rows else ()
    for r, row in enumerate(table.rows):
        label = row[0].text if row and table.header_columns else ""
        for c, cell in enumerate(row):
            if id(cell) in seen or not cell.text:
                continue
            seen.add(id(cell))
            found = list(
                _scan_block(cell, index, table=table, row=r, column=c, label=label, head=header[c] if header else "")
            )
            index += len(found)
            yield from found


_STOP_WORDS = """
    the a an of in on at to for from by with and or as is are was were be been has have had this that these those it
    its their there which who than more fewer less additional extra new total number numbers overall reported recorded
    approximately around about over under compared year years quarter month months last previous same increase
    increased decrease decreased reduction reduced rise risen rose fall fell fallen up down also only just some all
    during between since per cent percent rate level levels further other
"""
_STOP = frozenset(_STOP_WORDS.split())
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")


def find_keywords(text: str) -> frozenset[str]:
    """The words that say what is measured, in a common form: "ASB reports" -> {"asb", "report"}."""
    return frozenset(_stem(word.lower()) for word in _WORD.findall(text) if word.lower() not in _STOP and len(word) > 1)


def _stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word
