"""The quarterly performance report of a partnership's plan: what was promised, what came, what to raise."""

from wardmote.evidence.reports.performance.build import build_performance_document, write_performance_report

__all__ = ["build_performance_document", "write_performance_report"]
