"""Cells and the equations between them, as arrays: what a solver can work on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from wardmote.evidence.disclosure.counts import count_behind, key_of
from wardmote.evidence.disclosure.relations import SumRelation
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]

UNKNOWN = -1  # a count that nobody told us


@dataclass(frozen=True, slots=True)
class CellTable:
    """All cells that figures and relations name.

    `names`: one id for each cell, shape (n,); `index`: every figure id -> its cell; `counts`: shape (n,), UNKNOWN
    where no figure tells; `equations`: shape (relations, n), +1 for a part and -1 for the total, each row sums to zero.
    """

    names: tuple[str, ...]
    index: Mapping[str, int]
    counts: Counts
    equations: sparse.csr_array

    def cells_of(self, figures: Sequence[Figure]) -> Mask:
        """Which cells do these figures tell of?"""
        mask = np.zeros(len(self.names), dtype=bool)
        mask[[self.index[figure.id] for figure in figures]] = True
        return mask


def build_table(figures: Sequence[Figure], relations: Sequence[SumRelation]) -> CellTable:
    """Lay figures and relations out as cells and equations. A count and its rate fall into one cell."""
    index: dict[str, int] = {}
    names: list[str] = []
    cells: dict[object, int] = {}
    for figure in figures:
        cell = cells.setdefault(key_of(figure), len(names))
        if cell == len(names):
            names.append(figure.id)
        index[figure.id] = cell
    for relation in relations:
        for name in (relation.total_id, *relation.part_ids):
            if name not in index:
                index[name] = len(names)
                names.append(name)
    counts = _gather_counts(figures, index, len(names))
    return CellTable(tuple(names), index, counts, _build_equations(relations, index, len(names)))


def _gather_counts(figures: Sequence[Figure], index: Mapping[str, int], size: int) -> Counts:
    counts = np.full(size, UNKNOWN, dtype=np.int64)
    for figure in figures:
        count, cell = count_behind(figure), index[figure.id]
        if count is None:
            continue
        if counts[cell] not in (UNKNOWN, count):
            raise UsageError(
                f"two counts for the same area, period and category: {counts[cell]} and {count}",
                where=figure.id,
                expected="figures that all count the same thing",
                to_do="Protect each indicator by itself",
            )
        counts[cell] = count
    return counts


def _build_equations(relations: Sequence[SumRelation], index: Mapping[str, int], size: int) -> sparse.csr_array:
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    for row, relation in enumerate(relations):
        for name, sign in ((relation.total_id, -1.0), *((part, 1.0) for part in relation.part_ids)):
            rows.append(row)
            columns.append(index[name])
            signs.append(sign)
    shape = (len(relations), size)
    return sparse.csr_array(sparse.coo_array((signs, (rows, columns)), shape=shape))
