"""Which rule holds for each cell, and what a stranger knows of it once some are withheld."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wardmote.evidence.disclosure.bounds import Knowledge, Mask, Ranges, Values
from wardmote.evidence.disclosure.rules import DisclosureRule
from wardmote.evidence.disclosure.tables import UNKNOWN, CellTable
from wardmote.evidence.model.figures import Figure

#: One rule for all figures, or a rule by indicator or by source; None for what is open.
Rules = DisclosureRule | Mapping[str, DisclosureRule | None]


def rule_of(figure: Figure, rules: Rules) -> DisclosureRule | None:
    """Which rule holds for this figure? That of its indicator, else of its source, else none."""
    if isinstance(rules, DisclosureRule):
        return rules
    return rules.get(figure.indicator, rules.get(figure.source))


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules, cell by cell.

    `rules`: None for an open cell; a cell that no figure tells has the strictest rule of those it hangs together with.
    `minimum` and `floor`: the rule's own numbers, shape (cells,), 0 where none holds. `told`: a figure tells the cell.
    """

    rules: tuple[DisclosureRule | None, ...]
    minimum: NDArray[np.int64]
    floor: NDArray[np.int64]
    told: Mask

    @property
    def wanted(self) -> Values:
        """How far apart the possible values of an unpublished cell must lie: a withheld count's own span, and one."""
        return np.where(self.minimum > 0, self.minimum - self.floor, 0).astype(np.float64)


def build_policy(table: CellTable, figures: Sequence[Figure], rules: Rules) -> Policy:
    """Lay the rules out over the cells of a table."""
    found: list[DisclosureRule | None] = [None] * len(table.names)
    told = np.zeros(len(table.names), dtype=bool)
    for figure in figures:
        cell, rule = table.index[figure.id], rule_of(figure, rules)
        told[cell] = True
        found[cell] = _stricter(found[cell], rule)
    found = _spread(found, told, table.equations)
    minimum = np.array([rule.minimum_count if rule else 0 for rule in found], dtype=np.int64)
    floor = np.array([rule.floor if rule else 0 for rule in found], dtype=np.int64)
    return Policy(tuple(found), minimum, floor, told)


def _stricter(one: DisclosureRule | None, other: DisclosureRule | None) -> DisclosureRule | None:
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda rule: (rule.minimum_count, rule.protect_zero))


def _spread(
    rules: Sequence[DisclosureRule | None], told: Mask, equations: sparse.csr_array
) -> list[DisclosureRule | None]:
    """Give the cells that no figure tells the strictest rule of those that they hang together with."""
    size = abs(equations)
    label = sparse.csgraph.connected_components(size.T @ size, directed=False)[1].tolist()
    strictest: dict[int, DisclosureRule | None] = {}
    for group, rule in zip(label, rules, strict=True):
        strictest[group] = _stricter(strictest.get(group), rule)
    return [rule if tells else strictest[group] for rule, tells, group in zip(rules, told.tolist(), label, strict=True)]


def find_knowledge(table: CellTable, policy: Policy, *, withheld: Mask, kept: Collection[int] = ()) -> Knowledge:
    """What would a stranger know if these cells were withheld and all others published?

    `kept` cells are published elsewhere to the unit, whatever the rounding here.
    """
    size = len(table.names)
    low, high = np.zeros(size), np.full(size, np.inf)
    for cell, (count, rule) in enumerate(zip(table.counts.tolist(), policy.rules, strict=True)):
        if withheld[cell]:
            low[cell] = rule.floor if rule else 0
        elif count != UNKNOWN:
            exact = rule is None or cell in kept
            low[cell], high[cell] = (count, count) if exact or rule is None else _shown_range(rule, count)
    return Knowledge(table.equations, low, high)


def _shown_range(rule: DisclosureRule, count: int) -> tuple[int, int]:
    return rule.read_published(rule.round_count(count))


def list_wanted(policy: Policy, knowledge: Knowledge) -> Values:
    """How far apart must the possible values of each cell lie? 0 where that it is no small number is known anyway."""
    return np.where(knowledge.low >= policy.minimum, 0.0, policy.wanted)


def find_exposed(policy: Policy, knowledge: Knowledge, ranges: Ranges, *, withheld: Mask) -> Mask:
    """Which cells tell more than their rule allows?

    A cell is safe when its possible values lie `wanted` apart; or when it is known to be no small number, a withheld
    one still being open then; or when it was not withheld, is known to be zero, and zeros are not protected.
    """
    wide = ranges.width >= policy.wanted
    large = (knowledge.low >= policy.minimum) | ((ranges.low >= policy.minimum) & ranges.exact)
    open_large = large & (~withheld | (ranges.width > 0))
    nothing = (ranges.high == 0) & (policy.floor > 0) & ~withheld
    return np.asarray((policy.minimum > 0) & ~(wide | open_large | nothing), dtype=bool)
