"""Papers of a partnership's governance: agenda, minutes, executive report, scrutiny pack, out-turn, plan, history."""

from wardmote.evidence.reports.governance.accounts import build_account, write_account
from wardmote.evidence.reports.governance.papers import build_paper, write_paper
from wardmote.evidence.reports.governance.standing import list_missed_targets

__all__ = ["build_account", "build_paper", "list_missed_targets", "write_account", "write_paper"]
