"""Each kind of account as its paper, in every format."""

from collections.abc import Sequence
from pathlib import Path

from wardmote.evidence.reports.document import Document
from wardmote.evidence.reports.governance.executive import build_executive_report
from wardmote.evidence.reports.governance.history import build_history
from wardmote.evidence.reports.governance.outturn import build_outturn
from wardmote.evidence.reports.governance.papers import write_document
from wardmote.evidence.reports.governance.plan_document import build_plan_document
from wardmote.evidence.reports.governance.scrutiny import build_scrutiny_pack
from wardmote.evidence.reports.look import DEFAULT_LOOK, Look
from wardmote.evidence.targets.accounts import (
    Account,
    ExecutiveAccount,
    HistoryAccount,
    OutturnAccount,
    PlanAccount,
    ScrutinyAccount,
)


def build_account(account: Account, *, look: Look = DEFAULT_LOOK) -> Document:
    """Which paper is made of this account? Raises UsageError for a plan without indicators."""
    match account:
        case ExecutiveAccount():
            return build_executive_report(account, look=look)
        case ScrutinyAccount():
            return build_scrutiny_pack(account, look=look)
        case OutturnAccount():
            return build_outturn(account, look=look)
        case PlanAccount():
            return build_plan_document(account, look=look)
        case HistoryAccount():
            return build_history(account, look=look)


def write_account(account: Account, outs: Sequence[Path], *, look: Look = DEFAULT_LOOK) -> None:
    """Write the account's paper to each path, in the form that its ending names: html, docx, odt, pdf or xlsx."""
    write_document(build_account(account, look=look), outs)
