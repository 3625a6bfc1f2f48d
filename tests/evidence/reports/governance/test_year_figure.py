"""What a year came to, of what was reported for it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.reports.governance.outturn import find_year_figure
from wardmote.evidence.reports.governance.year_met import find_year_met
from wardmote.evidence.reports.performance.rows import Row
from wardmote.evidence.targets.kinds import Base, NoChange, RelativeChange, Target, TargetVersion, Threshold
from wardmote.evidence.targets.plan import Indicator, Value
from wardmote.evidence.targets.statuses import IndicatorStatus

YEAR = (date(2025, 4, 1), date(2026, 3, 31))
QUARTERS = (
    (date(2025, 4, 1), date(2025, 6, 30)), (date(2025, 7, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 31)),
)  # fmt: skip


def quarter(place: int, **given: Any) -> Value:
    start, end = QUARTERS[place]
    return Value(f"Q{place + 1}", start, end, **given)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 100)), min_size=4, max_size=4))
def test_percentage_of_a_year_is_of_its_counts_together(pairs: list[tuple[int, int]]) -> None:
    values = [quarter(at, shape="x_of_y", part=part, whole=whole) for at, (part, whole) in enumerate(pairs)]
    found = find_year_figure(values, *YEAR)
    assert found.value is not None
    assert abs(found.value - 100 * sum(p for p, _ in pairs) / sum(w for _, w in pairs)) < 1e-9
    assert found.is_whole


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=4))
def test_counts_are_added_up_and_missing_quarters_are_said(counts: list[int]) -> None:
    found = find_year_figure([quarter(at, number=float(one)) for at, one in enumerate(counts)], *YEAR)
    assert found.value == sum(counts)
    assert found.is_whole == (len(counts) == 4)
    assert found.is_whole or f"{len(counts)} of 4 quarters" in found.how


def test_value_for_the_whole_year_goes_before_its_parts() -> None:
    year = Value("2025/26", *YEAR, basis="year_total", number=41.0)
    assert find_year_figure([quarter(0, number=5.0), year], *YEAR).value == 41.0


def test_running_sum_that_stops_before_the_year_ends_is_not_the_year() -> None:
    half = Value("H1", date(2025, 4, 1), date(2025, 9, 30), basis="cumulative", number=20.0)
    assert find_year_figure([half], *YEAR).value is None


def test_stock_is_what_stood_last() -> None:
    values = [quarter(at, basis="stock", number=number) for at, number in enumerate((9.0, 7.0, 8.0))]
    found = find_year_figure(values, *YEAR)
    assert (found.value, found.how) == (8.0, "as it stood at the end of Q3")


def test_percentage_without_counts_is_never_averaged() -> None:
    values = [quarter(at, shape="percent", number=number) for at, number in enumerate((50.0, 70.0))]
    found = find_year_figure(values, *YEAR)
    assert (found.value, found.how, found.is_whole) == (70.0, "Q2 alone", False)


def test_quarters_that_count_another_thing_are_not_added() -> None:
    values = [quarter(0, number=100.0, measure="needles"), quarter(1, number=3.0, measure="finds")]
    found = find_year_figure(values, *YEAR)
    assert (found.value, found.how) == (3.0, "the sum of 1 of 4 quarters")


def test_year_without_any_value_says_so() -> None:
    assert find_year_figure([quarter(0, state="missing")], *YEAR).value is None
    assert find_year_figure([], *YEAR).how == "nothing was reported"


LAST_YEAR = Base("same_period_last_year")


def count_quarters(*counts: float) -> tuple[Value, ...]:
    """Counts of four quarters of the year before, then of the year."""
    before = [
        Value(f"B{at + 1}", start.replace(year=start.year - 1), end.replace(year=end.year - 1), number=counts[at])
        for at, (start, end) in enumerate(QUARTERS)
    ]
    return (*before, *(quarter(at, number=one) for at, one in enumerate(counts[4:])))


@pytest.mark.parametrize(
    ("target", "counts", "is_met"),
    [
        (NoChange("no_increase", LAST_YEAR), (70, 70, 70, 59, 70, 70, 62, 66), True),  # 268 against 269
        (NoChange("no_increase", LAST_YEAR), (70, 70, 70, 57, 70, 70, 62, 66), False),
        (RelativeChange("decrease", 5.0, LAST_YEAR), (25, 25, 25, 25, 24, 24, 24, 24), False),
        (RelativeChange("decrease", 5.0, LAST_YEAR), (25, 25, 25, 25, 20, 25, 25, 25), True),
        (NoChange("no_increase", LAST_YEAR), (70, 70, 70, 59, 70, 70, 62), None),  # a quarter is missing
        (Threshold("<=", 24, "people"), (70, 70, 70, 59, 20, 20, 20, 20), None),  # for each quarter
    ],
)
def test_year_is_held_against_the_target_as_a_whole(
    target: Target, counts: tuple[float, ...], is_met: bool | None
) -> None:
    row = Indicator("1.6", "Fires", "lower", targets=(TargetVersion(target),), values=count_quarters(*counts))
    found = find_year_met(Row(row, IndicatorStatus("1.6", ()), row.values[-1]), *YEAR, find_figure=find_year_figure)
    assert found is is_met


def test_percentage_of_a_year_is_held_against_its_level() -> None:
    values = tuple(quarter(at, shape="x_of_y", part=part, whole=100) for at, part in enumerate((92, 91, 91, 88)))
    row = Indicator("1.3", "Cleared", "higher", targets=(TargetVersion(Threshold(">=", 90, "percent")),), values=values)
    read = Row(row, IndicatorStatus("1.3", ()), values[-1])
    assert find_year_met(read, *YEAR, find_figure=find_year_figure) is True
