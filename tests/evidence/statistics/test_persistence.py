"""Persistence among the top: a plain count as oracle, ties and missing periods."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.persistence import top_persistence

nan = math.nan

# Five wards over four years; E is new, and nobody has a value for B in the second year.
WARDS = """
A  B    C  D  E
1  2    3  4  nan
1  nan  2  3  nan
2  1    3  4  5
3  2    1  4  2
"""


def test_times_in_the_top_by_ward():
    ranks = [[float(rank) for rank in line.split()] for line in WARDS.strip().splitlines()[1:]]
    result = top_persistence(ranks, top=2)
    assert result.times_in_top.tolist() == [3, 3, 2, 0, 1]
    assert result.periods_with_value.tolist() == [4, 3, 4, 4, 2]
    assert result.share.tolist() == [0.75, 1, 0.5, 0, 0.5]


ranks = st.one_of(st.integers(1, 9).map(float), st.just(nan))


@given(table=st.lists(st.lists(ranks, min_size=4, max_size=4), min_size=1, max_size=8), top=st.integers(1, 9))
def test_persistence_equals_the_plain_count(table, top):
    result = top_persistence(table, top)
    for unit in range(4):
        known = [row[unit] for row in table if not math.isnan(row[unit])]
        assert result.periods_with_value[unit] == len(known)
        assert result.times_in_top[unit] == sum(rank <= top for rank in known)
        if known:
            assert result.share[unit] == result.times_in_top[unit] / len(known)
        else:
            assert np.isnan(result.share[unit])


def test_shared_place_at_the_edge_is_inside():
    assert top_persistence([[1, 2, 2, 4]], top=2).times_in_top.tolist() == [1, 1, 1, 0]


@pytest.mark.parametrize(
    ("table", "top", "words"),
    [([1, 2, 3], 5, "dimensions"), ([[0, 1]], 5, "ranks from 1 on"), ([[1, 2]], 0, "top is 0")],
)
def test_table_without_sense_is_refused(table, top, words):
    with pytest.raises(StatisticsError, match=words):
        top_persistence(table, top)
