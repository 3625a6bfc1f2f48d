"""Which cells are withheld: those that are too small, and as few others as keep them from being worked out.

Secondary suppression is a hard problem (Kelly, Golden and Assad 1992). This is its usual practical answer: for every
cell that could be worked out a linear programme finds the cheapest way in which it could be a larger number while all
sums hold, and the cells that would have to differ are withheld too. At the end those that turned out needless are
published again.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wardmote.evidence.disclosure.bounds import Knowledge, Mask, Ranges, Values, find_ranges, list_batches
from wardmote.evidence.disclosure.policy import Policy, find_exposed, find_knowledge, list_wanted
from wardmote.evidence.disclosure.tables import UNKNOWN, CellTable

Cells = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The cells to withhold: `primary` for their own size, `secondary` for the others' sake."""

    primary: Mask
    secondary: Mask

    @property
    def withheld(self) -> Mask:
        return np.asarray(self.primary | self.secondary)


def choose_withheld(table: CellTable, policy: Policy, *, already: Mask, kept: Collection[int] = ()) -> Choice:
    """Which cells must be withheld?

    Parameters: `already`, cells that came in withheld; `kept`, cells that stay published whatever it costs.
    Returns the choice. Where `kept` makes safety impossible, what is exposed stays so: the attack on the result tells.
    """
    primary = find_small(table, policy) | already
    primary[list(kept)] = False
    chooser = _Chooser(table, policy, primary.copy(), frozenset(kept))
    chooser.close_all()
    chooser.publish_needless(primary)
    return Choice(primary, np.asarray(chooser.withheld & ~primary))


def find_small(table: CellTable, policy: Policy) -> Mask:
    """Which told counts are small by their own rule?"""
    rows = zip(table.counts.tolist(), policy.rules, policy.told.tolist(), strict=True)
    return np.array([told and rule is not None and rule.is_small(count) for count, rule, told in rows], dtype=bool)


class _Chooser:
    def __init__(self, table: CellTable, policy: Policy, withheld: Mask, kept: frozenset[int]) -> None:
        self.table, self.policy, self.withheld, self.kept = table, policy, withheld, kept
        self.costs = _price_cells(table)
        self.ranges: Ranges | None = None

    @property
    def candidates(self) -> Cells:
        """Published cells that may still be withheld. A published zero stays where zeros are not protected: whoever
        knows the rule knows that what is withheld is no zero."""
        able = self.policy.told & (self.policy.minimum > 0) & ~self.withheld
        able &= (self.table.counts != UNKNOWN) & (self.table.counts >= self.policy.floor)
        able[list(self.kept)] = False
        return np.flatnonzero(able)

    def know(self) -> Knowledge:
        return find_knowledge(self.table, self.policy, withheld=self.withheld, kept=self.kept)

    def close_all(self) -> None:
        """Withhold more until nothing is exposed, or until nothing helps."""
        while True:
            knowledge = self.know()
            # what was possible while less was withheld is possible still
            known = None if self.ranges is None else self.ranges.witnesses
            self.ranges = find_ranges(knowledge, wanted=list_wanted(self.policy, knowledge), known=known)
            exposed = np.flatnonzero(find_exposed(self.policy, knowledge, self.ranges, withheld=self.withheld))
            if not len(exposed):
                return
            before = int(self.withheld.sum())
            for batch in list_batches(self.table.equations, exposed):
                self.withheld[self._find_openings(batch)] = True
            if int(self.withheld.sum()) == before:
                return

    def _find_openings(self, batch: Cells) -> Cells:
        """The cheapest cells whose withholding lets every cell of the batch be larger, or else each by itself."""
        together = self._open(batch, upward=True)
        if together is not None:
            return together
        found = [self._open_one(cell) for cell in batch.tolist()]
        return np.concatenate([cells for cells in found if cells is not None] or [np.array([], dtype=np.int64)])

    def _open_one(self, cell: int) -> Cells | None:
        alone = np.array([cell])
        upward = self._open(alone, upward=True)
        return self._open(alone, upward=False) if upward is None else upward

    def _open(self, batch: Cells, *, upward: bool) -> Cells | None:
        knowledge, ranges = self.know(), self.ranges
        if ranges is None:
            return None
        low, high = knowledge.low.copy(), np.minimum(knowledge.high, knowledge.ceiling)
        wanted, minimum = self.policy.wanted[batch], self.policy.minimum[batch]
        if upward:
            low[batch] = np.maximum(ranges.low[batch] + wanted, minimum)
            high[batch] = np.maximum(high[batch], low[batch])
        else:
            high[batch] = ranges.high[batch] - wanted
            if np.any(high[batch] < self.policy.floor[batch]):
                return None
        problem = Knowledge(knowledge.equations, low, high)
        return open_cheapest(problem, self.candidates, floor=self.policy.floor, costs=self.costs)

    def publish_needless(self, primary: Mask) -> None:
        """Publish again what no withheld cell needs, dearest first.

        The witnesses of the last attack prove that cells are wide enough. A cell is needless when enough of them leave
        it at its published value.
        """
        if self.ranges is None or len(self.ranges.witnesses) < 2:
            return
        tables, needed = self.ranges.witnesses, self._list_needs(self.ranges)
        judged = np.flatnonzero(needed > 0)
        shown = find_knowledge(self.table, self.policy, withheld=np.zeros_like(self.withheld), kept=self.kept)
        secondary = np.flatnonzero(self.withheld & ~primary)
        for cell in secondary[np.argsort(-self.costs[secondary], kind="stable")].tolist():
            fitting = tables[(tables[:, cell] >= shown.low[cell]) & (tables[:, cell] <= shown.high[cell])]
            others = judged[judged != cell]
            if len(fitting) and np.all(np.ptp(fitting[:, others], axis=0) >= needed[others]):
                tables, judged = fitting, others
                self.withheld[cell] = False

    def _list_needs(self, ranges: Ranges) -> Values:
        """How far apart must each cell's possible values stay? As far as its rule asks, or as they do if nearer."""
        return np.where(self.policy.minimum > 0, np.minimum(self.policy.wanted, ranges.width), 0.0)


def open_cheapest(problem: Knowledge, candidates: Cells, *, floor: NDArray[np.int64], costs: Values) -> Cells | None:
    """Which candidates have to differ so that all limits of the problem can hold, at least cost? None if none do.

    Every cell may lie within its limits for nothing; a candidate may go above or below them at its price a unit.
    """
    free = np.flatnonzero(problem.high > problem.low)
    fixed = np.where(problem.low == problem.high, problem.low, 0.0)
    columns = sparse.csr_array(problem.equations)
    extra = columns[:, candidates]
    matrix = sparse.hstack([columns[:, free], extra, -extra], format="csr")
    room = np.maximum(problem.low[candidates] - floor[candidates], 0.0)
    upper = np.concatenate([problem.high[free], np.full(len(candidates), problem.ceiling), room])
    lower = np.concatenate([problem.low[free], np.zeros(2 * len(candidates))])
    price = np.concatenate([np.zeros(len(free)), costs[candidates], costs[candidates]])
    from scipy.optimize import linprog  # heavy, and reports of open data need none

    answer = linprog(
        price, A_eq=matrix, b_eq=-(columns @ fixed), bounds=np.column_stack([lower, upper]), method="highs-ds"
    )
    if answer.status != 0:
        return None
    moved = answer.x[len(free) :].reshape(2, -1).sum(axis=0)
    return np.asarray(candidates[moved > 1e-7], dtype=np.int64)


def _price_cells(table: CellTable) -> Values:
    """What does it cost a reader to lose each cell? Large counts and totals of many parts are dearest."""
    size = 1.0 + np.log2(1.0 + np.maximum(table.counts, 0))
    return np.asarray(size * (1.0 + np.log2(_count_parts(table))))


def _count_parts(table: CellTable) -> Values:
    parts = np.ones(len(table.names))
    for columns, signs in _list_rows(table.equations):
        total = columns[signs < 0]
        parts[total] = np.maximum(parts[total], len(columns) - 1)
    return parts


def _list_rows(equations: sparse.csr_array) -> Iterable[tuple[Cells, Values]]:
    for start, end in zip(equations.indptr[:-1], equations.indptr[1:], strict=True):
        yield equations.indices[start:end], equations.data[start:end]
