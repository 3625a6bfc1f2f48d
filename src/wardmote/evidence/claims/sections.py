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
    """A heading, the sentences under it (those of table cells too) and its tables, in reading order.

    `parent` is the section of the heading above, of which this is a part.
    """

    heading: str
    level: int
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    parent: "Section | None" = None

    def chain(self) -> "Iterator[Section]":
        """This section, then the ones it is a part of."""
        section: Section | None = self
        while section is not None:
            yield section
            section = section.parent


def list_sections(scanned: Scanned) -> list[Section]:
    """Part a document at its headings; what stands before the first one has the heading ""."""
    by_block: dict[int, list[Sentence]] = {}
    for sentence in scanned.sentences:
        by_block.setdefault(id(sentence.block), []).append(sentence)
    found: list[Section] = []
    for heading, parts in _part(scanned):
        level = heading.level if heading else 0
        found.append(
            Section(
                heading.text if heading else "",
                level,
                tuple(sentence for block in _list_blocks(parts) for sentence in by_block.get(id(block), ())),
                tuple(part for part in parts if isinstance(part, Table)),
                next((other for other in reversed(found) if other.level < level), None),
            )
        )
    return found


def _part(scanned: Scanned) -> Iterator[tuple[Block | None, list[Block | Table]]]:
    heading: Block | None = None
    parts: list[Block | Table] = []
    for part in scanned.document.parts:
        if isinstance(part, Block) and part.kind == "heading":
            if parts or heading:
                yield heading, parts
            heading, parts = part, []
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
