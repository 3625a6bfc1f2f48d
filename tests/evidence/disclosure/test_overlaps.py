"""Overlapping areas and runs of months, against an attacker who tries every count of every piece.

The oracle knows nothing of relations or programmes. It knows which pieces each figure is the sum of.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from support.drawn_figures import draw_figure
from wardmote.evidence.disclosure import DisclosureRule, protect_figures
from wardmote.evidence.model.figures import Figure
from wardmote.evidence.model.periods import Month, Period

RULE = DisclosureRule(5)
MOST = 9  # counts are drawn up to 6, so that the truth and larger numbers are both tried
PIECES = 4


def find_possible(members: list[set[int]], shown: tuple[Figure, ...]) -> np.ndarray:  # type: ignore[type-arg]
    """Every way to fill the pieces that fits the published figures, one a row."""
    grid = np.indices((MOST + 1,) * PIECES).reshape(PIECES, -1).T
    fits = np.ones(len(grid), dtype=bool)
    for inside, figure in zip(members, shown, strict=True):
        total = grid[:, sorted(inside)].sum(axis=1)
        fits &= (total >= 1) if figure.value is None else (total == figure.value)
    return grid[fits]


def check_nothing_is_exposed(members: list[set[int]], shown: tuple[Figure, ...]) -> None:
    possible = find_possible(members, shown)
    for inside, figure in zip(members, shown, strict=True):
        if figure.value is None:
            assert np.ptp(possible[:, sorted(inside)].sum(axis=1)) >= 4
    for signature in {tuple(i for i, inside in enumerate(members) if piece in inside) for piece in range(PIECES)}:
        together = [p for p in range(PIECES) if tuple(i for i, m in enumerate(members) if p in m) == signature]
        values = possible[:, together].sum(axis=1)
        assert np.ptp(values) >= 4 or values.min() >= 5 or values.max() == 0, (signature, set(values.tolist()))


counts = st.lists(st.integers(0, 6), min_size=PIECES, max_size=PIECES)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(counts, st.lists(st.sets(st.integers(0, PIECES - 1), min_size=1), min_size=1, max_size=3, unique_by=frozenset))
def test_no_piece_of_overlapping_areas_is_exposed(pieces: list[int], members: list[set[int]]) -> None:
    parents = {
        f"X0100000{piece}": tuple(f"X0500000{i}" for i, inside in enumerate(members) if piece in inside)
        for piece in range(PIECES)
    }
    figures = [draw_figure(sum(pieces[p] for p in inside), area=f"X0500000{i}") for i, inside in enumerate(members)]
    check_nothing_is_exposed(members, protect_figures(figures, RULE, parents=parents).figures)


runs = st.tuples(st.integers(0, PIECES - 1), st.integers(0, PIECES - 1)).map(sorted).map(tuple)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(counts, st.lists(runs, min_size=1, max_size=4, unique=True))
def test_no_month_of_overlapping_runs_is_exposed(pieces: list[int], spans: list[tuple[int, int]]) -> None:
    start = Month(2025, 4)
    members = [set(range(first, last + 1)) for first, last in spans]
    figures = [
        draw_figure(sum(pieces[first : last + 1]), period=str(Period(start + first, start + last)))
        for first, last in spans
    ]
    check_nothing_is_exposed(members, protect_figures(figures, RULE).figures)
