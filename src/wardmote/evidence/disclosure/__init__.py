"""Small numbers: the only way out to a reader. Threshold, secondary suppression, and our own attack on the result."""

from wardmote.evidence.disclosure.marking import SMALL_NUMBER_NOTE, mark_small_numbers
from wardmote.evidence.disclosure.relations import SumRelation, derive_period_relations, derive_relations
from wardmote.evidence.disclosure.rules import Audience, DisclosureError, DisclosureRule, rule_for_source

__all__ = [
    "SMALL_NUMBER_NOTE",
    "Audience",
    "DisclosureError",
    "DisclosureRule",
    "SumRelation",
    "derive_period_relations",
    "derive_relations",
    "mark_small_numbers",
    "rule_for_source",
]
