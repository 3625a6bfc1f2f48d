"""Does a count that runs on from one date ever fall?

"10 recorded from 01/01/2015 to 31/03/2015 ... 8 recorded from 01/01/2015 to 31/05/2015": five months hold the first
three. The same in a row of a table that is called cumulative or year to date.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from wardmote.evidence.claims.columns import read_cell
from wardmote.evidence.claims.contract import Corpus, Finding, Rule, quantity
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Scanned, Sentence, find_keywords, quote_text

NAME = "running_counts"
_DAYS = re.compile(
    r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)\s?(?:to|-|–|until)\s?(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)(?!\d)"
)
_RUNNING = re.compile(r"\b(?:cumulative|year[\s-]to[\s-]date|YTD|running total)\b", re.IGNORECASE)
_QUARTER = re.compile(r"^(?:Q|Qtr\.?\s?|Quarter\s)([1-4])\b(.*)$", re.IGNORECASE)
_ALTERED = re.compile(r"\b(?:revis\w+|correct\w+|reclassif\w+|amend\w+|provisional|rate|average)\b|%", re.IGNORECASE)


@dataclass(frozen=True)
class Counted:
    """A count from one day to another."""

    sentence: Sentence
    number: Number
    first: date
    last: date


def find(corpus: Corpus) -> Iterator[Claim]:
    """Yield a claim for every count below an earlier one that it contains."""
    for document in corpus.documents:
        for later in filter(None, map(_read_counted, document.sentences)):
            yield from _compare_earlier(document, later)
    for _, table in corpus.tables():
        yield from _judge_table(table)


def _read_counted(sentence: Sentence) -> Counted | None:
    """The one count of a sentence that names its first and last day; None for any other sentence."""
    matches = list(_DAYS.finditer(sentence.text))
    counts = [number for number in sentence.measured if number.kind == "count" and not number.bound]
    if len(matches) != 1 or len(counts) != 1 or _ALTERED.search(sentence.text):
        return None
    first, last = _read_day(*matches[0].groups()[:3]), _read_day(*matches[0].groups()[3:])
    return Counted(sentence, counts[0], first, last) if first and last and first < last else None


def _read_day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _compare_earlier(document: Scanned, later: Counted) -> Iterator[Claim]:
    """Hold a count against the one before it in the same block that began on the same day and ended sooner."""
    for near in document.near(later.sentence, before=4, after=0):
        earlier = _read_counted(near)
        if earlier is None or earlier.first != later.first or earlier.last >= later.last:
            continue
        if later.number.value < earlier.number.value and _name(earlier) == _name(later):
            why = (
                f"{later.number.value:,.0f} to {later.last:%d/%m/%Y} cannot be fewer than {earlier.number.value:,.0f}"
                f" to {earlier.last:%d/%m/%Y}: both count from {later.first:%d/%m/%Y}."
            )
            related = (near.place(earlier.number),)
            yield Finding(later.sentence, later.number, related=related).claim(
                NAME, "period", "inconsistent", why,
                claimed=[quantity(later.number, "later")], inputs=[quantity(earlier.number, "earlier")],
            )  # fmt: skip


def _name(counted: Counted) -> frozenset[str]:
    return find_keywords(counted.number.after)


def _judge_table(table: Table) -> Iterator[Claim]:
    """Rows called cumulative, under the quarters of one year in order."""
    quarters = _find_quarters(table)
    if len(quarters) < 2:
        return
    for row in table.body:
        name = " ".join(dict.fromkeys(cell.text for cell in row[: quarters[0]]))
        if _RUNNING.search(f"{name} {table.caption}") and not _ALTERED.search(name):
            yield from _judge_row(row, quarters)


def _find_quarters(table: Table) -> list[int]:
    """The columns of the quarters of one year, Q1 first; empty where they stand otherwise."""
    found = [(at, match) for at, head in enumerate(table.header) if (match := _QUARTER.match(head.strip()))]
    years = {re.sub(r"\W", "", match[2]) for _, match in found}
    in_order = [match[1] for _, match in found] == ["1", "2", "3", "4"][: len(found)]
    return [at for at, _ in found] if in_order and len(years) == 1 and found and found[0][0] else []


def _judge_row(row: tuple[Block, ...], quarters: list[int]) -> Iterator[Claim]:
    counts = [(row[at], number) for at in quarters if (number := read_cell(row[at])) and number.kind == "count"]
    for (before, earlier), (cell, later) in pairwise(counts):
        if later.value < earlier.value:
            why = (
                f"The row is a running count, and {later.value:,.0f} comes after {earlier.value:,.0f}: one of the two"
                " is wrong, or the row does not run on."
            )
            yield Claim(
                cell.place_of(later.start, later.end), quote_text(cell.text, later.start, later.end),
                "period", "inconsistent", why, NAME,
                claimed=(quantity(later, "later"),), inputs=(quantity(earlier, "earlier"),),
                related=(before.place_of(0, len(before.text)),),
            )  # fmt: skip


_SAYS = "Q1 - 10 casualties from 01/01/2015 to 31/03/2015. Q2 - {} casualties from 01/01/2015 to 31/05/2015."

RULE = Rule(
    name=NAME,
    family="period",
    asks="Does a count that runs on from one date ever fall?",
    holds=_SAYS.format(23),
    fails=_SAYS.format(8),
    find=find,
    rank=20,
)
