"""A checked report for a reader: what to look at, worst first, and the whole text with its marks."""

from wardmote.evidence.reports.checked.page import render_checked_report, write_checked_report

__all__ = ["render_checked_report", "write_checked_report"]
