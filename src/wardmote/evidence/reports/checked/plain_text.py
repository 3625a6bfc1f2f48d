"""A checked report as plain values for a page of somebody else's making: the text cut at its marks, claims in words."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from wardmote.evidence.claims.check import Checked
from wardmote.evidence.claims.described import describe_place
from wardmote.evidence.claims.model import Claim
from wardmote.evidence.claims.text import Block, Table, TextDocument
from wardmote.evidence.reports.checked.marks import NumberedClaim, Stretch, cut_blocks, number_claims
from wardmote.evidence.reports.checked.page import show_quantity

_DIGITS = 16


def describe_annotated(checked: Checked) -> dict[str, Any]:
    """The whole answer to draw: `claims`, worst first, and `files`, each a list of parts in reading order.

    A part is {"kind": "heading" | "paragraph" | "item" | "note", "level", "text"} or {"kind": "table", "caption",
    "header_rows", "rows"} with rows of cells {"text", "columns", "rows"}, a merged cell once. A text is a list of
    [words, number of the claim or None]. A claim has `key`, by which it is known again in a later version.
    """
    numbered = number_claims(checked.claims)
    marked = _read_marked(checked)
    keys = name_claims([one.claim for one in numbered], [marked.get(_find_place(one.claim), "") for one in numbered])
    return {
        "claims": [describe_numbered(one, key) for one, key in zip(numbered, keys, strict=True)],
        "files": [
            {
                "file": scanned.name,
                "format": scanned.document.format,
                "notes": list(scanned.document.notes),
                "parts": _list_parts(
                    scanned.document, [one for one in numbered if one.claim.place.file == scanned.name]
                ),
            }
            for scanned in checked.documents
        ],
    }


def describe_numbered(numbered: NumberedClaim, key: str) -> dict[str, Any]:
    """One claim in words: what was said, what came out, from what, why, where."""
    claim = numbered.claim
    return {
        "number": numbered.number,
        "key": key,
        "file": claim.place.file,
        "where": claim.place.title,
        "place": describe_place(claim.place),
        "quote": claim.quote,
        "family": claim.family,
        "verdict": claim.verdict,
        "accuses": claim.accuses,
        "is_to_look_at": claim.is_to_look_at,
        "why": claim.why,
        "rule": claim.rule,
        "claimed": [show_quantity(one) for one in claim.claimed],
        "recomputed": [show_quantity(one) for one in claim.recomputed],
        "inputs": [show_quantity(one) for one in claim.inputs],
        "related": [f"{place.file}, {place.title}" for place in claim.related],
    }


def name_claims(claims: Sequence[Claim], marked: Sequence[str]) -> list[str]:
    """A key for each claim that survives a new version: of its figures, not of its line or of the words around it.

    The same figures said twice are told apart by their order.
    """
    seen: Counter[str] = Counter()
    keys = []
    for claim, words in zip(claims, marked, strict=True):
        figures = [(one.role, one.unit, round(one.value, 6)) for one in (*claim.claimed, *claim.inputs)]
        said = figures or " ".join(claim.quote.lower().split())
        digest = hashlib.sha256(json.dumps([claim.rule, claim.family, words.lower(), said]).encode()).hexdigest()
        seen[digest] += 1
        keys.append(f"{digest[:_DIGITS]}-{seen[digest]}")
    return keys


def _find_place(claim: Claim) -> tuple[Any, ...]:
    place = claim.place
    return (place.file, place.page, place.paragraph, place.table, place.row, place.column, place.line, place.start,
            place.end)  # fmt: skip


def _read_marked(checked: Checked) -> dict[tuple[Any, ...], str]:
    """The words that each claim's mark lies on."""
    found: dict[tuple[Any, ...], str] = {}
    for scanned in checked.documents:
        own = number_claims(claim for claim in checked.claims if claim.place.file == scanned.name)
        for stretches in cut_blocks(scanned.document, own).values():
            found |= {_find_place(one.claim.claim): one.text for one in stretches if one.claim is not None}
    return found


def _list_parts(document: TextDocument, claims: Sequence[NumberedClaim]) -> list[dict[str, Any]]:
    stretches = cut_blocks(document, claims)

    def cut(block: Block) -> list[list[Any]]:
        return list(_tell(stretches.get(id(block), (Stretch(block.text),) if block.text else ())))

    return [_describe_table(part, cut) if isinstance(part, Table) else
            {"kind": part.kind, "level": part.level, "where": part.place.title, "text": cut(part)}
            for part in document.parts]  # fmt: skip


def _describe_table(table: Table, cut: Any) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": table.caption,
        "where": table.place.title,
        "header_rows": table.header_rows,
        "rows": [list(_describe_row(table, at, cut)) for at in range(len(table.rows))],
    }


def _describe_row(table: Table, at: int, cut: Any) -> Iterator[dict[str, Any]]:
    """The cells that begin in a row: merged ones stand once, with how many columns and rows they cover."""
    row = table.rows[at]
    for column, cell in enumerate(row):
        is_left = column > 0 and row[column - 1] is cell
        is_above = at > 0 and table.rows[at - 1][column] is cell
        if cell.text and (is_left or is_above):
            continue
        columns = sum(1 for _ in takewhile(lambda other: other is cell, row[column:])) if cell.text else 1  # noqa: B023
        below = (one[column] for one in table.rows[at:])
        rows = sum(1 for _ in takewhile(lambda other: other is cell, below)) if cell.text else 1  # noqa: B023
        yield {"text": cut(cell), "columns": columns, "rows": rows}


def _tell(stretches: Iterable[Stretch]) -> Iterable[list[Any]]:
    for one in stretches:
        yield [one.text, one.claim.number if one.claim is not None else None]
