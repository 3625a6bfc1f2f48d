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
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from wardmote.evidence.disclosure.rules import DisclosureError

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]

_WHOLE = 1e-6
_SWEEPS = 12


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


def find_ranges(knowledge: Knowledge, *, wanted: Values, exact: Mask | None = None) -> Ranges:
    """Which values can each cell take?

    Parameters: `wanted`, shape (cells,): a cell is done when two possible values lie that far apart; 0 for cells that
    nobody asks about. Of the cells in `exact` the true limits are found, however far apart.
    Raises DisclosureError where no table fits: the published numbers contradict one another.
    """
    search = _Search(knowledge, wanted)
    search.sweep()
    certain = np.zeros(len(wanted), dtype=bool) if exact is None else exact
    for cell in np.flatnonzero(certain | search.is_open).tolist():
        if certain[cell] or search.is_open[cell]:
            search.settle(cell)
    return Ranges(search.low, search.high, search.exact, np.array(search.witnesses))


class _Search:
    """The free cells of one problem, and the possible tables met so far."""

    def __init__(self, knowledge: Knowledge, wanted: Values) -> None:
        self.wanted = wanted
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
        self.meet(self.solve_all(np.zeros(size)))

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
        """Push all open cells at once: up, down, then half of them each way in ever other halves (Hadamard rows).

        Stops when a sweep closes nothing.
        """
        for number in range(_SWEEPS):
            open_cells = np.flatnonzero(self.is_open)
            if not len(open_cells):
                return
            goal = np.zeros(len(self.low))
            goal[open_cells] = _signs(np.arange(len(open_cells)), number)
            self.meet(self.solve_all(goal))
            if number > 1 and self.is_open.sum() == len(open_cells):
                return

    def settle(self, cell: int) -> None:
        """Find the true limits of one cell."""
        if cell not in self.position:
            return
        for sign in (1.0, -1.0):
            goal = np.zeros(len(self.low))
            goal[cell] = sign
            self.meet(self.solve_part(goal, cell))
        self.exact[cell] = True

    def solve_all(self, goal: Values) -> Values:
        table = self.fixed_low.copy()
        for part in self.parts:
            table[part.cells] = self._solve(part, goal)
        return table

    def solve_part(self, goal: Values, cell: int) -> Values:
        """Only the cells that hang together with this one move; the others stay as in the first witness."""
        table = self.witnesses[0].copy()
        part = next(part for part in self.parts if part.holds(cell))
        table[part.cells] = self._solve(part, goal)
        return table

    def _solve(self, part: "_Part", goal: Values) -> Values:
        low, high = self.fixed_low[part.cells], self.upper[part.cells]
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


def _signs(places: NDArray[np.int64], number: int) -> Values:
    """Sweep 0 is all up, 1 all down; later ones are Hadamard rows, so that any two cells soon part company."""
    if number < 2:
        return np.full(len(places), 1.0 - 2.0 * number)
    row = number // 2
    parity = np.array([(place & row).bit_count() % 2 for place in places.tolist()], dtype=np.float64)
    return (1.0 - 2.0 * parity) * (1.0 if number % 2 else -1.0)


def maximise(equations: sparse.csr_array, target: Values, *, low: Values, high: Values, goal: Values) -> Values:
    """Which table in whole numbers makes the goal largest?

    The programme is solved in real numbers first; its corner is nearly always whole already, because a table with rows
    and columns is a network (totally unimodular). Where it is not, branch and bound follows.
    """
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
