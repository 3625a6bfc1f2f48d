"""The annotated report as one web page that needs nothing else."""

import base64
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from wardmote.evidence.claims.check import Checked
from wardmote.evidence.claims.model import LOOKED_AT, ORDER, Quantity
from wardmote.evidence.claims.text import Block, Table
from wardmote.evidence.claims.wording.scan import Scanned
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.checked.marks import NumberedClaim, Stretch, cut_blocks, number_claims
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.reports.writers.files import ASSETS, MONTHS, write_whole
from wardmote.evidence.reports.writers.html import render_style

#: What each verdict means, in the words of the page.
MEANINGS = {
    "wrong": "recomputed from its own figures, it comes out otherwise",
    "contradicts": "the words go against the figures",
    "inconsistent": "the printed figures cannot all hold",
    "unsupported": "not to be had from what is printed",
    "imprecise": "rounding, a label, or points against per cent",
    "differs_from_evidence": "the loaded evidence counts otherwise: perhaps another definition, and no fault yet",
    "not_checkable": "something needed to check it is not printed",
    "ok": "it holds",
}


@dataclass(frozen=True)
class CheckedText:
    """One document for the page: its name, counts, and its text cut at the marks."""

    anchor: str
    scanned: Scanned
    counts: tuple[tuple[str, int], ...]
    claims: tuple[NumberedClaim, ...]
    stretches: dict[int, tuple[Stretch, ...]]

    def cut(self, block: Block) -> tuple[Stretch, ...]:
        return self.stretches.get(id(block), (Stretch(block.text),) if block.text else ())

    def with_verdict(self, verdict: str) -> tuple[NumberedClaim, ...]:
        return tuple(numbered for numbered in self.claims if numbered.claim.verdict == verdict)


def write_checked_report(checked: Checked, out: Path, *, look: Look = DEFAULT_LOOK) -> None:
    """Write the annotated report. Raises UsageError where the name does not end in .html."""
    if out.suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{out.name} is no page", expected="a name that ends in .html")
    write_whole(out, render_checked_report(checked, look=look).encode("utf-8"))


def render_checked_report(checked: Checked, *, look: Look = DEFAULT_LOOK) -> str:
    """The page: what to look at, worst first; each document's counts; each text with its marks; the rest in lists."""
    numbered = number_claims(checked.claims)
    texts = [_describe(place, document, numbered) for place, document in enumerate(checked.documents, start=1)]
    style = render_style(look) + (ASSETS / "html" / "checked.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    listed = [one for one in numbered if one.claim.verdict in LOOKED_AT]
    written: str = _environment().get_template("checked.html").render(
        texts=texts, listed=listed, accused_count=sum(one.claim.accuses for one in listed), style=style,
        style_hash=f"sha256-{digest}", meanings=MEANINGS, order=ORDER,
        counts=Counter(one.claim.verdict for one in numbered), titles=_name_reports(checked.documents),
        by_file={text.scanned.name: text for text in texts},
    )  # fmt: skip
    return written


def _describe(place: int, document: Scanned, numbered: Sequence[NumberedClaim]) -> CheckedText:
    own = tuple(one for one in numbered if one.claim.place.file == document.name)
    counted = Counter(one.claim.verdict for one in own)
    counts = tuple((verdict, counted[verdict]) for verdict in ORDER if counted[verdict])
    return CheckedText(f"text-{place}", document, counts, own, cut_blocks(document.document, own))


def _name_reports(documents: Sequence[Scanned]) -> str:
    names = [document.name for document in documents]
    return names[0] if len(names) == 1 else f"{len(names)} reports"


def show_quantity(quantity: Quantity) -> str:
    """A figure as the page says it: "population 278,542 residents".

    >>> show_quantity(Quantity(8.1636, "%", "change"))
    'change 8.16%'
    """
    value = f"{quantity.value:,.2f}".rstrip("0").rstrip(".")
    unit = quantity.unit
    if unit == "£":
        shown = f"£{value}"
    elif unit == "year-month":
        shown = f"{MONTHS[int(quantity.value) % 100 - 1]} {int(quantity.value) // 100}"
    elif unit == "year":
        shown = f"{quantity.value:.0f}"
    elif quantity.role == "significant":
        return "a significant change" if quantity.value else "no significant change"
    elif quantity.role == "p_value":
        return f"p = {quantity.value:.2g}"
    else:
        shown = f"{value}{'' if unit == '%' else ' '}{unit}"
    return f"{quantity.role.replace('_', ' ')} {shown}".strip()


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(ASSETS / "html"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.tests["table"] = lambda part: isinstance(part, Table)
    environment.filters |= {"quantity": show_quantity, "words": lambda verdict: verdict.replace("_", " ")}
    return environment
