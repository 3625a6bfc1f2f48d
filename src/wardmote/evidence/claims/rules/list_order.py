"""Is a list that says it is in order in order? "In order: 1. Drugs (24%), 2. Violence (14%)"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from wardmote.evidence.claims.contract import Corpus, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.numbers import Number, find_numbers
from wardmote.evidence.claims.wording.scan import Scanned

NAME = "list_order"
_IN_ORDER = re.compile(
    r"\b(?:in (?:descending |rank )?order\b(?! to\b| that\b)|in order of|ranked (?:by|in))", re.IGNORECASE
)
_LOWEST_FIRST = re.compile(r"\b(?:ascending|lowest|least|alphabetical|date|priority|time)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the list and its number."""

    block: Block
    number: Number


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every list under a line that says it is in order, where each item has one share."""
    for scanned in corpus.documents:
        parts = scanned.document.parts
        for index, part in enumerate(parts):
            is_lead = isinstance(part, Block) and part.text.rstrip().endswith(":") and _IN_ORDER.search(part.text)
            if is_lead and isinstance(part, Block) and not _LOWEST_FIRST.search(part.text):
                entries = _list_entries(scanned, index + 1)
                if len(entries) >= 2:
                    yield _judge(entries)


def _list_entries(scanned: Scanned, start: int) -> list[Entry]:
    """The items that follow; none where one of them has no number, or several."""
    entries: list[Entry] = []
    for part in scanned.document.parts[start:]:
        if isinstance(part, Table) or part.kind != "item":
            break
        shares = [number for number in find_numbers(part.text) if number.kind == "percent"]
        if len(shares) != 1:
            return []
        entries.append(Entry(part, shares[0]))
    return entries


def _judge(entries: list[Entry]) -> Claim:
    for above, below in pairwise(entries):
        if above.number.value < below.number.value:
            why = (
                f"{above.number.text.strip()} stands above {below.number.text.strip()}: the order or a figure is wrong."
            )
            return _claim(above, "contradicts", why, entries)
    return _claim(entries[0], "ok", f"The {len(entries)} figures fall from first to last.", entries)


def _claim(entry: Entry, verdict: str, why: str, entries: list[Entry]) -> Claim:
    number = entry.number
    return Claim(
        entry.block.place_of(number.start, number.end), entry.block.text, "rank",
        "ok" if verdict == "ok" else "contradicts", why, NAME,
        claimed=(quantity(number, "share"),),
        inputs=tuple(quantity(other.number, "share") for other in entries),
        related=tuple(other.block.place_of(other.number.start, other.number.end) for other in entries),
    )  # fmt: skip


RULE = Rule(
    name=NAME,
    family="rank",
    asks="Is a list that says it is in order in order?",
    holds="The most important issues were, in order:\n\n1. Drugs (24%)\n2. Violent crime (14%)\n3. Robbery (14%)",
    fails="The most important issues were, in order:\n\n1. Violent crime (14%)\n2. Drugs (24%)\n3. Domestic abuse (9%)",
    find=find,
)
