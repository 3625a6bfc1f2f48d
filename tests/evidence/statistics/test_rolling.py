"""Rolling sums: exactly the window, or nothing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.rolling import rolling_sum

months = st.lists(st.one_of(st.integers(0, 10_000).map(float), st.just(float("nan"))), max_size=60)


def sum_slowly(values, window):
    sums = []
    for end in range(1, len(values) + 1):
        part = values[max(0, end - window) : end]
        sums.append(sum(part) if len(part) == window and not any(map(math.isnan, part)) else math.nan)
    return sums


@given(values=months, window=st.integers(1, 24))
def test_rolling_sum_equals_the_plain_loop(values, window):
    np.testing.assert_array_equal(rolling_sum(values, window), sum_slowly(values, window))


def test_missing_month_empties_twelve_sums_and_no_more():
    values = [100.0] * 36
    values[12] = math.nan
    sums = rolling_sum(values)
    assert np.flatnonzero(np.isnan(sums)).tolist() == [*range(11), *range(12, 24)]
    assert set(sums[~np.isnan(sums)]) == {1200}


def test_short_series_has_no_sum_at_all():
    assert np.isnan(rolling_sum([1.0] * 11)).all()


def test_zero_month_is_counted_as_zero():
    assert rolling_sum([0, 5, 0], window=3)[-1] == 5


@pytest.mark.parametrize("window", [0, -1, 2.5])
def test_window_that_is_no_number_of_months_is_refused(window):
    with pytest.raises(StatisticsError, match="window"):
        rolling_sum([1, 2, 3], window)


def test_table_instead_of_a_row_is_refused():
    with pytest.raises(StatisticsError, match="dimensions"):
        rolling_sum([[1, 2], [3, 4]])
