"""What stands under one heading of a report?

A table of years, the year's total beside it and the sentence about the change belong together when the same heading
stands over them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.scan import Scanned, Sentence


@dataclass(frozen=True)
class Section:
    """A heading, the sentences under it (those of table cells too) and its tables, in reading order."""

    heading: str
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]


def list_sections(scanned: Scanned) -> list[Section]:
    """Part a document at its headings; what stands before the first one has the heading ""."""
    by_block: dict[int, list[Sentence]] = {}
    for sentence in scanned.sentences:
        by_block.setdefault(id(sentence.block), []).append(sentence)
    return [
        Section(heading, tuple(s for block in _list_blocks(parts) for s in by_block.get(id(block), ())),
                tuple(part for part in parts if isinstance(part, Table)))
        for heading, parts in _part(scanned)
    ]  # fmt: skip


def _part(scanned: Scanned) -> Iterator[tuple[str, list[Block | Table]]]:
    heading: str = ""
    parts: list[Block | Table] = []
    for part in scanned.document.parts:
        if isinstance(part, Block) and part.kind == "heading":
            if parts:
                yield heading, parts
            heading, parts = part.text, []
        else:
            parts.append(part)
    if parts:
        yield heading, parts


def _list_blocks(parts: list[Block | Table]) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, Table):
            yield from part.cells()
        else:
            yield part
