"""Which lists of names does a report print in order: "Top five wards", then the wards, with their counts or without?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wardmote.evidence.claims.text import Block, Place, Table
from wardmote.evidence.claims.wording.numbers import Number, find_numbers
from wardmote.evidence.claims.wording.scan import Scanned, find_keywords
from wardmote.evidence.claims.wording.spelled import SPELLED

TOP = re.compile(
    r"\b(?:the |same )?(?:top|worst|highest) (?P<count>\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)\s"
    r"(?:(?P<noun>[a-z]+)\b)?", re.IGNORECASE)  # fmt: skip
_NUMBERED = re.compile(r"^\W*\d{1,2}[.)]\s+")
_ASB = re.compile(r"\banti[- ]?social behaviours?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """One entry: its name, its number if one is printed, and where it stands."""

    name: str
    number: Number | None
    place: Place


@dataclass(frozen=True, slots=True)
class Ranking:
    """A list said to be the top so many; `about` are the words of its heading and of the line before it."""

    noun: str
    about: frozenset[str]
    entries: tuple[Named, ...]
    scanned: Scanned
    last: Block

    @property
    def names(self) -> frozenset[str]:
        return frozenset(entry.name.lower() for entry in self.entries)


def name_topic(text: str) -> frozenset[str]:
    """The words that say what a text is about, the field's own long word in its short form.

    >>> sorted(name_topic("Top 5 wards for anti-social behaviour"))
    ['asb', 'top', 'ward']
    """
    return find_keywords(_ASB.sub("ASB", text))


def read_count(text: str) -> int:
    """A number in figures or in words."""
    return int(text) if text.isdigit() else int(SPELLED[text.lower()])


def list_rankings(scanned: Scanned) -> Iterator[Ranking]:
    """Yield every "top so many" of a document that names just so many."""
    heading = ""
    parts = list(scanned.document.parts)
    for index, part in enumerate(parts):
        if isinstance(part, Table):
            for cell in part.cells():
                yield from _read_cell(scanned, cell, heading)
            continue
        if part.kind == "heading":
            heading = part.text
        if (match := TOP.search(part.text)) and len(part.text) < 200:
            items = _list_items(parts, index + 1)
            if len(items) == read_count(match["count"]) >= 2:
                entries = tuple(_read_entry(item.text, item.place_of(0, len(item.text))) for item in items)
                about = name_topic(f"{heading} {part.text}")
                yield Ranking((match["noun"] or "").lower(), about, entries, scanned, items[-1])


def _list_items(parts: list[Block | Table], start: int) -> list[Block]:
    items: list[Block] = []
    for part in parts[start:]:
        if isinstance(part, Table) or part.kind != "item":
            break
        items.append(part)
    return items


def _read_cell(scanned: Scanned, cell: Block, heading: str) -> Iterator[Ranking]:
    lines = [line.strip() for line in cell.text.split("\n") if line.strip()]
    match = TOP.match(lines[0]) if lines else None
    count = read_count(match["count"]) if match else 0
    if match and len(lines) > count >= 2:
        place = cell.place_of(0, len(cell.text))
        entries = tuple(_read_entry(line, place) for line in lines[1 : count + 1])
        yield Ranking((match["noun"] or "").lower(), name_topic(f"{heading} {lines[0]}"), entries, scanned, cell)


def _read_entry(text: str, place: Place) -> Named:
    text = _NUMBERED.sub("", text)
    numbers = [number for number in find_numbers(text) if number.is_measured]
    if not numbers:
        return Named(text.strip(" .;,"), None, place)
    return Named(text[: numbers[0].start].strip(" .;,:(–-"), numbers[0] if len(numbers) == 1 else None, place)
