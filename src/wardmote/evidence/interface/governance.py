"""Questions about the papers of a partnership's governance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardmote.evidence.model.papers import PaperPart


def write_paper(
    title: str,
    parts: Sequence[PaperPart],
    outs: Sequence[Path],
    *,
    as_at: date,
    publisher: str,
    subtitle: str = "",
    period: str = "",
    audience: str = "",
    marking: str = "",
) -> None:
    """Write an agenda, minutes or another plain paper to each path: html, docx, odt, pdf or xlsx by its ending.

    `parts` are `PaperPart` of `evidence.model.papers` with paragraphs, lists, `PaperTable` and parts below them;
    `as_at` is the day that the paper speaks from. Raises UsageError for an empty paper or another ending.
    """
    from wardmote.evidence.reports import governance

    governance.write_paper(
        title, parts, outs, as_at=as_at, publisher=publisher, subtitle=subtitle, period=period, audience=audience,
        marking=marking,
    )  # fmt: skip
