"""Months in which an unusual share of rows has no place."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.unlocated import share_jump


def slow_limit(x: list[float], n: list[float], at: int) -> float:
    """The limit as the method page says it, a month at a time."""
    around = [
        x[i] / n[i] for i in range(max(0, at - 6), min(len(x), at + 7)) if i != at and not math.isnan(n[i]) and n[i] > 0
    ]
    if len(around) < 3 or math.isnan(n[at]) or n[at] == 0:
        return math.nan
    median = statistics.median(around)
    allowed = [0.02, 3.5 * math.sqrt(median * (1 - median) / n[at])]
    if len(around) >= 8:
        allowed.append(3.5 * 1.4826 * statistics.median(abs(share - median) for share in around))
    return median + max(allowed)


MONTHS = st.lists(
    st.one_of(st.none(), st.integers(0, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))),
    min_size=1, max_size=30,
)  # fmt: skip


@given(MONTHS)
def test_limit_is_that_of_the_slow_way(months: list[tuple[int, int] | None]) -> None:
    x = [math.nan if m is None else float(m[0]) for m in months]
    n = [math.nan if m is None else float(m[1]) for m in months]
    found = share_jump(x, n)
    np.testing.assert_allclose(found.limit, [slow_limit(x, n, at) for at in range(len(x))], rtol=1e-12)
    for at, flagged in enumerate(found.is_flagged):
        assert flagged == (not math.isnan(found.limit[at]) and x[at] / n[at] > found.limit[at])


def test_interval_is_wilsons() -> None:
    """Newcombe (1998), Stat. Med. 17, table I: 81 of 263 give 0.2553 to 0.3662."""
    found = share_jump([81], [263])
    assert (round(float(found.low[0]), 4), round(float(found.high[0]), 4)) == (0.2553, 0.3662)


def test_fall_missing_month_and_month_of_no_rows_are_not_flagged() -> None:
    found = share_jump([50, 50, 1, math.nan, 0, 50, 50], [1000, 1000, 1000, math.nan, 0, 1000, 1000])
    assert not found.is_flagged.any()
    assert np.isnan(found.limit[3:5]).all()


def test_few_rows_are_left_to_chance() -> None:
    assert not share_jump([0, 1, 2, 1, 0], [20, 20, 20, 20, 20]).is_flagged.any()


def test_more_without_a_place_than_rows_is_refused() -> None:
    with pytest.raises(StatisticsError):
        share_jump([3], [2])
