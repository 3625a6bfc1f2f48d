"""Small numbers: the only way out to a reader. Threshold, secondary suppression, and our own attack on the result."""

from wardmote.evidence.disclosure.attack import AttackReport, CellBounds, Exposure, attack
from wardmote.evidence.disclosure.editions import Clash, EarlierFigure, find_clash
from wardmote.evidence.disclosure.marking import SMALL_NUMBER_NOTE, mark_small_numbers
from wardmote.evidence.disclosure.relations import (
    SumRelation,
    derive_part_relations,
    derive_period_relations,
    derive_relations,
    derive_table_relations,
)
from wardmote.evidence.disclosure.release import DisclosureReport, ProtectedFigures, protect_figures
from wardmote.evidence.disclosure.rules import Audience, DisclosureError, DisclosureRule, rule_for_source

__all__ = [
    "SMALL_NUMBER_NOTE",
    "AttackReport",
    "Audience",
    "CellBounds",
    "Clash",
    "DisclosureError",
    "DisclosureReport",
    "DisclosureRule",
    "EarlierFigure",
    "Exposure",
    "ProtectedFigures",
    "SumRelation",
    "attack",
    "derive_part_relations",
    "derive_period_relations",
    "derive_relations",
    "derive_table_relations",
    "find_clash",
    "mark_small_numbers",
    "protect_figures",
    "rule_for_source",
]
