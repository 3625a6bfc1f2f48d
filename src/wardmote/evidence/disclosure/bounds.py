"""Between which whole numbers can each cell lie, given what is published and how the cells add up?

Linear programmes (HiGHS through SciPy). A solution in whole numbers is a witness: a table that fits everything that is
published, so every value in it is possible. Cells whose witnesses already lie far enough apart need no programme of
their own, which is what makes a table of thousands of cells a matter of a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wardmote.evidence.disclosure.rules import DisclosureError

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

_WHOLE = 1e-6
_IDLE_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a stranger knows: `equations` (rows by cells, each row sums to zero) and limits for each cell.

    `low` == `high` for a published count. `high` may be infinite; `ceiling` stands for it in the programmes.
    """

    equations: sparse.csr_array
    low: Values
    high: Values

    @property
    def ceiling(self) -> float:
        """A number far above any that the published ones allow a bounded cell to be."""
        known = self.high[np.isfinite(self.high)]
        return 4.0 * float(np.sum(known, initial=0.0) + np.sum(self.low) + 1000)


@dataclass(slots=True)
class Ranges:
    """What was found: `low` and `high` hold possible values at least that far apart; `exact` marks true limits.

    `witnesses` are whole tables that fit what is published, shape (witnesses, cells).
    """

    low: Values
    high: Values
    exact: Mask
    witnesses: Values

    @property
    def width(self) -> Values:
        """How far apart possible values of each cell lie, at least."""
        width: Values = self.high - self.low
        return width


def find_ranges(
    knowledge: Knowledge, *, wanted: Values, exact: Mask | None = None, known: Values | None = None
) -> Ranges:
    """Which values can each cell take?

    Parameters: `wanted`, shape (cells,): a cell is done when two possible values lie that far apart; 0 for cells that
    nobody asks about. Of the cells in `exact` the true limits are found, however far apart. `known` are tables that are
    possible, shape (tables, cells).
    Raises DisclosureError where no table fits: the published numbers contradict one another.
    """
    search = _Search(knowledge, wanted, known)
    search.sweep()
    certain = np.zeros(len(wanted), dtype=bool) if exact is None else exact
    for cell in np.flatnonzero(certain | search.is_open).tolist():
        if certain[cell] or search.is_open[cell]:
            search.settle(cell, exact=bool(certain[cell]))
    return Ranges(search.low, search.high, search.exact, np.array(search.witnesses))


class _Search:
    """The free cells of one problem, and the possible tables met so far."""

    def __init__(self, told: Knowledge, wanted: Values, known: Values | None = None) -> None:
        self.wanted = wanted
        knowledge = work_out(told)
        self.fixed_low = knowledge.low
        self.ceiling = knowledge.ceiling
        self.upper = np.minimum(knowledge.high, self.ceiling)
        self.free = np.flatnonzero(knowledge.low < knowledge.high)
        self.position = {cell: place for place, cell in enumerate(self.free.tolist())}
        self.parts = _split(knowledge, self.free)
        size = len(knowledge.low)
        self.low, self.high = np.full(size, np.inf), np.full(size, -np.inf)
        self.exact = knowledge.low == knowledge.high
        self.witnesses: list[Values] = []
        _check_fixed(knowledge, self.free)
        for table in () if known is None else known:
            self.meet(table)
        if not self.witnesses:
            self.meet(self.solve_all(np.zeros(size), self.upper))

    @property
    def is_open(self) -> Mask:
        """Which asked cells are neither seen to be wide enough nor known to their limits?"""
        return np.asarray((self.wanted > self.high - self.low) & ~self.exact, dtype=bool)

    def meet(self, table: Values) -> None:
        """Take note of a possible table."""
        self.witnesses.append(table)
        self.low = np.minimum(self.low, table)
        self.high = np.maximum(self.high, table)

    def sweep(self) -> None:
        """Push the open cells up together, each no further than it needs, so that they leave room for one another.

        Every other sweep pushes a half of them (ever other halves), because cells that share a fixed total cannot all
        go up at once. Stops when nothing is open, or when some sweeps in a row have closed nothing.
        """
        idle = number = 0
        while self.is_open.any() and idle < _IDLE_SWEEPS:
            before = int(self.is_open.sum())
            self.push(np.flatnonzero(self.is_open), number)
            idle = 0 if int(self.is_open.sum()) < before else idle + 1
            number += 1

    def push(self, cells: NDArray[np.int64], number: int) -> None:
        """Look for a table in which many of these cells stand as far above their lowest as is asked."""
        goal, upper = np.zeros(len(self.low)), self.upper.copy()
        goal[cells] = _choose_half(len(cells), number)
        # no table met so far lies above this limit, or the cell would not be open: so the programme has a solution
        upper[cells] = np.minimum(upper[cells], self.low[cells] + self.wanted[cells])
        self.meet(self.solve_all(goal, upper))

    def settle(self, cell: int, *, exact: bool) -> None:
        """Find the true limits of one cell; unless they must be exact, stop as soon as it is seen to be wide enough."""
        if cell not in self.position:
            return
        for sign in (1.0, -1.0):
            goal = np.zeros(len(self.low))
            goal[cell] = sign
            self.meet(self.solve_part(goal, cell))
            if not exact and not self.is_open[cell]:
                return
        self.exact[cell] = True

    def solve_all(self, goal: Values, upper: Values) -> Values:
        table = self.fixed_low.copy()
        for part in self.parts:
            table[part.cells] = self._solve(part, goal, upper)
        return table

    def solve_part(self, goal: Values, cell: int) -> Values:
        """Only the cells that hang together with this one move; the others stay as in the first witness."""
        table = self.witnesses[0].copy()
        part = next(part for part in self.parts if part.holds(cell))
        table[part.cells] = self._solve(part, goal, self.upper)
        return table

    def _solve(self, part: "_Part", goal: Values, upper: Values) -> Values:
        low, high = self.fixed_low[part.cells], upper[part.cells]
        return maximise(part.equations, part.target, low=low, high=high, goal=goal[part.cells])


@dataclass(frozen=True, slots=True)
class _Part:
    """Free cells that hang together through equations."""

    cells: NDArray[np.int64]
    equations: sparse.csr_array
    target: Values

    def holds(self, cell: int) -> bool:
        place = int(np.searchsorted(self.cells, cell))
        return place < len(self.cells) and self.cells[place] == cell


def work_out(knowledge: Knowledge) -> Knowledge:
    """Fill in what plain subtraction gives: every cell that is the only unknown one of an equation, again and again.

    Raises DisclosureError where that gives a number outside the cell's limits.
    """
    equations, low, high = knowledge.equations, knowledge.low.copy(), knowledge.high.copy()
    pattern = abs(equations)
    while True:
        free = low < high
        rows = np.flatnonzero(pattern @ free.astype(np.float64) == 1)
        if not len(rows):
            return Knowledge(equations, low, high)
        gaps = (equations @ np.where(free, 0.0, low))[rows]
        part = sparse.coo_array(sparse.csr_array(equations[rows]) @ sparse.diags_array(free.astype(np.float64)))
        part.eliminate_zeros()
        cells, values = part.col, -gaps[part.row] / part.data
        if np.any((values < low[cells]) | (values > high[cells])):
            raise _contradiction()
        low[cells], high[cells] = values, values


def _split(knowledge: Knowledge, free: NDArray[np.int64]) -> list[_Part]:
    """Take the known cells to the other side, and part what hangs together from what does not."""
    equations = sparse.csr_array(knowledge.equations[:, free])
    known = np.where(knowledge.low == knowledge.high, knowledge.low, 0.0)
    target = -np.asarray(knowledge.equations @ known)
    links = abs(equations).T @ abs(equations)
    count, label = sparse.csgraph.connected_components(links, directed=False)
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.searchsorted(label[order], np.arange(1, count)))
    return [_part(equations, target, free, np.sort(group)) for group in groups if len(group)]


def _part(equations: sparse.csr_array, target: Values, free: NDArray[np.int64], group: NDArray[np.int64]) -> _Part:
    columns = sparse.csr_array(equations[:, group])
    rows = np.flatnonzero(np.diff(columns.indptr))
    return _Part(free[group], sparse.csr_array(columns[rows]), target[rows])


def _check_fixed(knowledge: Knowledge, free: NDArray[np.int64]) -> None:
    """Where every cell of an equation is published the numbers must add up."""
    touched = np.asarray(abs(knowledge.equations[:, free]).sum(axis=1)) > 0
    known = np.where(knowledge.low == knowledge.high, knowledge.low, 0.0)
    gap = np.asarray(knowledge.equations @ known)
    if np.any(np.abs(gap[~touched]) > 0.5):
        raise _contradiction()


def _contradiction() -> DisclosureError:
    return DisclosureError(
        "the figures do not add up as their relations say",
        expected="each total to equal the sum of its parts",
        to_do="Check that the relations were derived from these very figures, before anything was withheld",
    )


def _choose_half(size: int, number: int) -> Values:
    """Even sweeps push all; odd ones a half, by the rows of a Hadamard matrix, so that any two cells soon part."""
    if number % 2 == 0:
        return np.ones(size)
    row = number // 2 + 1
    parity = np.array([(place & row).bit_count() % 2 for place in range(size)], dtype=np.float64)
    return parity if number % 4 == 1 else 1.0 - parity


def maximise(equations: sparse.csr_array, target: Values, *, low: Values, high: Values, goal: Values) -> Values:
    """Which table in whole numbers makes the goal largest?

    The programme is solved in real numbers first; its corner is nearly always whole already, because a table with rows
    and columns is a network (totally unimodular). Where it is not, branch and bound follows.
    """
    from scipy.optimize import Bounds, LinearConstraint, linprog, milp  # heavy, and reports of open data need none

    answer = linprog(-goal, A_eq=equations, b_eq=target, bounds=np.column_stack([low, high]), method="highs-ds")
    if answer.status != 0:
        raise _contradiction()
    whole = np.round(answer.x)
    if np.max(np.abs(answer.x - whole), initial=0.0) < _WHOLE:
        return np.asarray(whole, dtype=np.float64)
    exact = milp(
        -goal,
        constraints=LinearConstraint(equations, target, target),
        bounds=Bounds(low, high),
        integrality=np.ones(len(low)),
    )
    if exact.x is None:
        raise _contradiction()
    return np.asarray(np.round(exact.x), dtype=np.float64)


def list_batches(equations: sparse.csr_array, cells: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Part cells into batches in which no two stand in one equation, so that one programme can serve a batch."""
    rows = sparse.csc_array(equations)
    waiting = cells.tolist()
    while waiting:
        taken: set[int] = set()
        batch, later = [], []
        for cell in waiting:
            mine = set(rows.indices[rows.indptr[cell] : rows.indptr[cell + 1]].tolist())
            if mine & taken:
                later.append(cell)
            else:
                batch.append(cell)
                taken |= mine
        yield np.array(batch, dtype=np.int64)
        waiting = later
