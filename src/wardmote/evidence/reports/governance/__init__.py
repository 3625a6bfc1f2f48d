"""Papers of a partnership's governance: agenda, minutes, executive report, scrutiny pack, out-turn, plan, history."""

from wardmote.evidence.reports.governance.papers import build_paper, write_paper

__all__ = ["build_paper", "write_paper"]
