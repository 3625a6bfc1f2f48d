"""Targets in a partnership's own words, and typed targets in plain English."""

from wardmote.evidence.targets.grammar.describe import describe_target
from wardmote.evidence.targets.grammar.listing import list_understandings, tabulate_understandings
from wardmote.evidence.targets.grammar.parse import parse_target
from wardmote.evidence.targets.grammar.understanding import Outcome, Question, Understanding

__all__ = [
    "Outcome",
    "Question",
    "Understanding",
    "describe_target",
    "list_understandings",
    "parse_target",
    "tabulate_understandings",
]
