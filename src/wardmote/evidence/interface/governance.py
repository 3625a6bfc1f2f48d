"""Questions about the papers of a partnership's governance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardmote.evidence.model.papers import PaperPart
    from wardmote.evidence.targets.accounts import Account, JudgedPlan, Missed


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


def write_governance_report(account: Account, outs: Sequence[Path]) -> None:
    """Write the paper of an account to each path, in the form that its ending names: html, docx, odt, pdf or xlsx.

    `account` is one of `evidence.targets.accounts`: for the executive, for scrutiny, of a year, of a plan, of an
    agency's returns. Raises UsageError for another ending, or a plan without indicators.
    """
    from wardmote.evidence.reports import governance

    governance.write_account(account, outs)


def list_missed_targets(judged: JudgedPlan, starts_on: date, ends_on: date) -> tuple[Missed, ...]:
    """Every target of the plan that was missed (red or amber) in a period that ended between two days."""
    from wardmote.evidence.reports import governance

    return governance.list_missed_targets(judged, starts_on, ends_on)
