"""Targets in a partnership's own words, and typed targets in plain English."""

from wardmote.evidence.targets.grammar.describe import describe_target

__all__ = ["describe_target"]
