"""What can a stranger with patience work out from the published figures? Asked before they go out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from wardmote.evidence.disclosure.bounds import Knowledge, Mask, Ranges, find_ranges
from wardmote.evidence.disclosure.counts import count_behind
from wardmote.evidence.disclosure.policy import Policy, Rules, build_policy, find_exposed, list_wanted, rule_of
from wardmote.evidence.disclosure.relations import SumRelation
from wardmote.evidence.disclosure.rules import DisclosureRule
from wardmote.evidence.disclosure.tables import CellTable, build_table
from wardmote.evidence.model.errors import Fault
from wardmote.evidence.model.figures import Figure


@dataclass(frozen=True, slots=True)
class CellBounds:
    """Between which counts a withheld cell can lie. `high` is None where nothing published limits it.

    `is_exact`: these are the limits; otherwise both values are possible and the limits may lie further out.
    """

    cell_id: str
    low: int
    high: int | None
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Exposure:
    """A count that the rule withholds and the published figures give away, wholly or nearly."""

    cell_id: str
    low: int
    high: int
    minimum_count: int

    @property
    def sentence(self) -> str:
        span = f"{self.low}" if self.low == self.high else f"one of {self.low} to {self.high}"
        return f"{self.cell_id} can be worked out from what is published: it is {span}"

    def to_fault(self) -> Fault:
        """The exposure as a fault of the figures."""
        return Fault(
            self.sentence,
            where=self.cell_id,
            expected=f"nothing to be told of counts under {self.minimum_count}",
            code="exposed",
        )


@dataclass(frozen=True, slots=True)
class AttackReport:
    """What was found: `bounds` of every withheld cell, `exposures` among all cells, published or only implied."""

    bounds: tuple[CellBounds, ...]
    exposures: tuple[Exposure, ...]
    relations_count: int

    @property
    def is_safe(self) -> bool:
        return not self.exposures


def attack(
    figures: Sequence[Figure], relations: Sequence[SumRelation], rules: Rules | None = None, *, exact: bool = True
) -> AttackReport:
    """Which withheld counts can be worked out from these published figures?

    Parameters: `figures` as they would go out, counts and rates and shares together; `relations`, how they add up (see
    derive_relations, asked on the figures before anything was withheld); `rules`, as for protect_figures, by default
    the usual rule for all. With `exact` the limits of every withheld count are found; without, only whether each is
    wide enough, which is much faster.
    Returns limits and exposures. A rate or share is turned back into its count by its own denominator. The attacker
    knows the rules, that counts are whole and not negative, and what every sum, overlap and run of months implies.
    Raises DisclosureError where the published numbers contradict the relations.
    """
    chosen = DisclosureRule() if rules is None else rules
    table = build_table(figures, relations)
    policy = build_policy(table, figures, chosen)
    knowledge = read_published(table, figures, chosen)
    withheld = _find_withheld(table, figures, policy, knowledge)
    ranges = find_ranges(knowledge, wanted=list_wanted(policy, knowledge), exact=withheld if exact else None)
    exposed = find_exposed(policy, knowledge, ranges, withheld=withheld)
    return _report(table, policy, knowledge, ranges, withheld=withheld, exposed=exposed)


def read_published(table: CellTable, figures: Sequence[Figure], rules: Rules) -> Knowledge:
    """What do these figures tell to a reader who knows the rules? All that tell of one cell are held together."""
    size = len(table.names)
    low, high = np.zeros(size), np.full(size, np.inf)
    for figure in figures:
        cell, rule, count = table.index[figure.id], rule_of(figure, rules), count_behind(figure)
        if count is not None:
            least, most = rule.read_published(count) if rule else (count, count)
            low[cell], high[cell] = max(low[cell], least), min(high[cell], most)
        elif is_withheld(figure) and rule:
            low[cell] = max(low[cell], rule.floor)
    return Knowledge(table.equations, low, high)


def is_withheld(figure: Figure) -> bool:
    """Was the number taken out to protect people (and not: was there never one)?"""
    return figure.value is None and (
        figure.state == "suppressed" or (figure.missing is not None and figure.missing.code == "suppressed")
    )


def _find_withheld(table: CellTable, figures: Sequence[Figure], policy: Policy, knowledge: Knowledge) -> Mask:
    """Which cells were withheld? A cell of which one figure is withheld and another tells the number was not."""
    told = np.isfinite(knowledge.high)
    return table.cells_of([f for f in figures if is_withheld(f)]) & (policy.minimum > 0) & ~told


def _report(
    table: CellTable, policy: Policy, knowledge: Knowledge, ranges: Ranges, *, withheld: Mask, exposed: Mask
) -> AttackReport:
    bounds = [_bounds_of(cell, table, knowledge, ranges) for cell in np.flatnonzero(withheld).tolist()]
    exposures = [
        Exposure(table.names[cell], int(ranges.low[cell]), int(ranges.high[cell]), int(policy.minimum[cell]))
        for cell in np.flatnonzero(exposed).tolist()
    ]
    return AttackReport(tuple(bounds), tuple(exposures), table.equations.shape[0])


def _bounds_of(cell: int, table: CellTable, knowledge: Knowledge, ranges: Ranges) -> CellBounds:
    high = float(ranges.high[cell])
    # half the ceiling: a cell can be held below it by others that stand at their own
    unlimited = high > knowledge.ceiling / 2
    return CellBounds(
        table.names[cell], int(ranges.low[cell]), None if unlimited else int(high), bool(ranges.exact[cell])
    )
