"""Charts of things with names: bars, changes, peers, deciles, concentration, funnel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.reports.charts.samples import UNIT, read_labels, rows_of
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.charts.bars import BarRow, ChangeRow, change_dots, ranked_bars
from wardmote.evidence.reports.charts.deciles import DecileRow, decile_rates
from wardmote.evidence.reports.charts.funnel import FunnelLimit, FunnelRow, funnel
from wardmote.evidence.reports.charts.lorenz import lorenz
from wardmote.evidence.reports.charts.peers import PeerRow, peer_rank
from wardmote.evidence.statistics.concentration import compare_with_chance

#: Counts of ten places in falling order: half of the 100 lies on the first three (22 + 18 + 17 = 57).
TEN_PLACES = [22, 18, 17, 12, 11, 8, 6, 3, 2, 1]


def test_bars_say_the_largest_the_one_set_apart_and_what_is_withheld() -> None:
    rows = [BarRow("A", 120, 110, 131), BarRow("B", 98), BarRow("C", 40, highlight=True), BarRow("D", 12)]
    alt = ranked_bars([*rows, BarRow("E", None, state="suppressed")], unit=UNIT).alt
    assert "Highest: A, 120 (interval 110 to 131); B, 98; C, 40. Lowest: D, 12." in alt
    assert "Set apart: C, 40." in alt
    assert "suppressed: E" in alt


def test_bar_without_a_value_is_not_a_bar_of_zero() -> None:
    drawn = ranked_bars([BarRow("A", 0.0), BarRow("B", None)], unit=UNIT)
    assert [row["label"] for row in rows_of(drawn.spec, "bar")] == ["A"]
    assert "not held" in {line for label in read_labels(drawn.spec) for line in label.lines}


def test_changes_are_said_by_verdict() -> None:
    rows = [
        ChangeRow("Burglary", 12, 3, 22, "rose"),
        ChangeRow("Drugs", -30, -40, -19, "fell"),
        ChangeRow("Theft", 4, -5, 13),
        ChangeRow("Robbery", None, note="2020/21 not held"),
    ]
    alt = change_dots(rows).alt
    assert "Rose: Burglary +12%. Fell: Drugs −30%. Similar: Theft +4.0%." in alt
    assert "2020/21 not held: Robbery" in alt


def test_peers_say_the_areas_own_place() -> None:
    rows = [PeerRow("North", 120), PeerRow("Sutton", 84.2, 80.1, 88.5, is_self=True), PeerRow("South", 60)]
    alt = peer_rank(rows, unit=UNIT, reference=("Group median", 84.2)).alt
    assert "Sutton, 84.2 (interval 80.1 to 88.5), 2nd highest of 3." in alt
    assert "Group median: 84.2." in alt


@pytest.mark.parametrize(
    ("rate", "position"),
    [(84, "within the 95% limits"), (94, "above the 95% limits"), (99, "above the 99.8% limits"),
     (74, "below the 95% limits"), (70, "below the 99.8% limits")],
)  # fmt: skip
def test_funnel_says_where_the_area_lies(rate: float, position: str) -> None:
    limits = [FunnelLimit(population, 76, 92, 72, 96) for population in (50_000, 300_000)]
    alt = funnel([FunnelRow("Sutton", 200_000, rate, is_self=True)], limits, average=84, unit=UNIT).alt
    assert f"Sutton, {rate}, {position}" in alt


def test_deciles_say_both_ends() -> None:
    rows = [DecileRow(1, 130.5, 125, 137), DecileRow(2, None, note="no areas"), DecileRow(10, 45.0, 39, 52)]
    alt = decile_rates(rows, unit=UNIT, reference=("Sutton", 84.2)).alt
    assert "Most deprived: decile 1, 130.5 (interval 125.0 to 137.0); least: decile 10, 45.0" in alt
    assert "no areas: decile 2" in alt
    assert "Sutton: 84.2." in alt


@pytest.mark.parametrize("deciles", [[0, 1], [2, 1], [1, 1], [11]])
def test_deciles_out_of_order_are_refused(deciles: list[int]) -> None:
    with pytest.raises(UsageError, match="deciles are"):
        decile_rates([DecileRow(decile, 1.0) for decile in deciles], unit=UNIT)


def test_lorenz_marks_the_fewest_places_with_half() -> None:
    drawn = lorenz(TEN_PLACES, places="wards", events="incidents")
    assert "Half of incidents lie on 3 of 10 wards (30%)." in drawn.alt
    (mark,) = [row for row in rows_of(drawn.spec, "point") if row["shape"] == "diamond"]
    assert mark["x"] == pytest.approx(drawn.spec["width"] * 0.3, abs=0.01)
    assert mark["y"] == pytest.approx(300 * (1 - 0.57), abs=0.01)


def test_lorenz_gives_the_published_coefficient() -> None:
    # Documentation of the R package lorenzgini: 8 crimes on 10 places, generalised Gini 0.75.
    drawn = lorenz([5, 2, 1, 0, 0, 0, 0, 0, 0, 0])
    assert "Generalised Gini 0.75" in drawn.alt
    assert "7 of 10 have none" in drawn.alt


def test_lorenz_says_what_chance_would_do() -> None:
    counts = [60, 3, 2, 2, 1, 1, 0, 1, 0, 0]
    drawn = lorenz(counts, comparison=compare_with_chance(counts, np.random.default_rng(1), draws=99))
    assert "Chance alone would give 0." in drawn.alt


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40).filter(any))
def test_lorenz_curve_runs_from_nothing_to_all_and_never_below_even(counts: list[int]) -> None:
    rows = rows_of(lorenz(counts).spec, "line")
    assert (rows[0]["places"], rows[0]["events"]) == (0, 0)
    assert (rows[-1]["places"], rows[-1]["events"]) == (100, 100)
    assert all(row["events"] >= row["places"] - 0.01 for row in rows)


@pytest.mark.parametrize("counts", [[0, 0], [3, -1]])
def test_lorenz_without_events_or_below_zero_is_refused(counts: list[float]) -> None:
    with pytest.raises(UsageError, match="lowest count"):
        lorenz(counts)
