"""A check's answer as plain values for machines: the shape that `wardmote check --json` prints."""

from math import isfinite
from pathlib import PurePath
from typing import Any

from wardmote.evidence.claims.check import Checked
from wardmote.evidence.claims.model import Claim, Quantity
from wardmote.evidence.claims.text import Place


def describe_checked(checked: Checked) -> dict[str, Any]:
    """The whole answer: a list of files, each with its claims in the order of the text."""
    return {
        "schema": "check-1",
        "files": [
            {
                "file": document.name,
                "format": document.document.format,
                "notes": list(document.document.notes),
                "claims": [describe_claim(claim) for claim in checked.of(document.name)],
            }
            for document in checked.documents
        ],
    }


def describe_claim(claim: Claim) -> dict[str, Any]:
    """One claim: where, what it says, from what it was judged, what came out and why."""
    return {
        **describe_place(claim.place),
        "quote": claim.quote,
        "family": claim.family,
        "inputs": _list(claim.inputs),
        "claimed": _list(claim.claimed),
        "recomputed": _list(claim.recomputed),
        "verdict": claim.verdict,
        "why": claim.why,
        "rule": claim.rule,
        "related": [{"file": PurePath(place.file).as_posix(), **describe_place(place)} for place in claim.related],
    }


def describe_place(place: Place) -> dict[str, Any]:
    """What is known of a place; only the keys that the format has."""
    known = {
        "line": place.line,
        "page": place.page,
        "paragraph": None if place.paragraph is None else place.paragraph + 1,
        "cell": None if place.table is None else _describe_cell(place),
    }
    return {
        **{key: value for key, value in known.items() if value is not None},
        "start": place.start,
        "end": place.end,
    }


def _describe_cell(place: Place) -> dict[str, int]:
    """Table, row and column counted from one, as people count."""
    return {
        "table": (place.table or 0) + 1,
        "row": (place.row or 0) + 1,
        "column": (place.column or 0) + 1,
    }


def _list(quantities: tuple[Quantity, ...]) -> list[dict[str, Any]]:
    """Quantities that a number can be written for; an open end ("over 5,000") has its printed value."""
    return [{"value": q.value, "unit": q.unit, "role": q.role} for q in quantities if isfinite(q.value)]
