"""The numbers that no rule could judge: listed, with what would be needed to check them."""

import re
from collections.abc import Iterator, Sequence

from wardmote.evidence.claims.contract import Corpus, Finding, quantity
from wardmote.evidence.claims.model import Claim, Family
from wardmote.evidence.claims.text import Table
from wardmote.evidence.claims.wording.numbers import Number
from wardmote.evidence.claims.wording.scan import Sentence

#: "12", "9 -19", "9-11".
_PAGE = re.compile(r"(\d{1,3})(?:\s?[-–]\s?\d{1,3})?")
_MISSING = {
    "percent": "The counts behind this percentage are not printed.",
    "points": "The two percentages behind this difference are not printed.",
    "rate": "The count and the denominator behind this rate are not both printed.",
    "multiple": "The two figures behind this multiple are not printed.",
    "money": "Nothing else printed lets this sum be recomputed.",
    "count": "Nothing else printed lets this count be recomputed.",
}


def find_plain_numbers(corpus: Corpus, judged: Sequence[Claim]) -> Iterator[Claim]:
    """Yield a not-checkable claim for every measured number that stands in no judged claim's own place."""
    taken = {(claim.place.file, claim.place.line, claim.place.paragraph, claim.place.table, claim.place.row,
              claim.place.column, claim.place.page, start)
             for claim in judged for start in range(claim.place.start, claim.place.end)}  # fmt: skip
    contents = {id(table) for _, table in corpus.tables() if _is_contents(table)}
    for _, sentence in corpus.sentences():
        if sentence.table is not None and id(sentence.table) in contents:
            continue
        for number in sentence.measured:
            place = sentence.place(number)
            key = (
                place.file,
                place.line,
                place.paragraph,
                place.table,
                place.row,
                place.column,
                place.page,
                place.start,
            )
            if key not in taken and _is_worth_listing(number):
                yield _explain(sentence, number)


def _is_contents(table: Table) -> bool:
    """Whether a table is a list of contents: two columns, the second nothing but rising page numbers."""
    pages = [row[1].text for row in table.body if len(row) == 2 and row[1].text]
    numbers = [int(_PAGE.fullmatch(page)[1]) for page in pages if _PAGE.fullmatch(page)]  # type: ignore[index]
    return len(numbers) >= 4 and len(numbers) == len(pages) and numbers == sorted(numbers) and numbers[-1] < 1000


def _is_worth_listing(number: Number) -> bool:
    """Spelled small numbers ("one of the", "two events") are prose."""
    return not (number.is_spelled and number.kind == "count" and number.value < 10)


def _explain(sentence: Sentence, number: Number) -> Claim:
    family: Family = "percentage" if number.kind in ("percent", "points") else "count"
    return Finding(sentence, number).claim(
        "plain", family, "not_checkable", _MISSING[number.kind], claimed=[quantity(number, "printed")]
    )
