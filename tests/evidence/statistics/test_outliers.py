"""Months that may be incomplete: the known ones of the open data, and the false alarms that must stay quiet."""

import csv
import math
import statistics as plain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardmote.evidence.statistics.errors import StatisticsError
from wardmote.evidence.statistics.outliers import completeness_drop

nan = math.nan
months = st.lists(st.one_of(st.integers(0, 5000).map(float), st.just(nan)), max_size=40)


@given(values=months)
def test_drop_is_against_the_median_of_the_months_around(values):
    drop = completeness_drop(values)
    for position, value in enumerate(values):
        around = [
            other
            for other_position, other in enumerate(values)
            if 0 < abs(other_position - position) <= 6 and not math.isnan(other)
        ]
        median = plain.median(around) if len(around) >= 3 else nan
        assert drop.median[position] == pytest.approx(median, nan_ok=True)
        expected = 100 * (1 - value / median) if median > 0 else nan
        assert drop.drop_pct[position] == pytest.approx(expected, nan_ok=True, abs=1e-9)


@given(values=months)
def test_flagged_month_lies_at_least_fifteen_per_cent_below(values):
    drop = completeness_drop(values)
    assert (drop.drop_pct[drop.is_flagged] >= 15).all()
    assert not drop.is_flagged[np.isnan(values)].any() if values else True


FLAGS = """
what                     months                                                              flagged
half_a_month_lost        100,104,98,101,50,99,103,97,102,100,98,101,100                      4
february_is_no_fault     2431,2810,2453,2817,2602,2668,2687,2811,2595,2609,2297,2609         -
small_counts_jump        6,3,8,5,2,7,4,0,6,5,9,3                                             -
small_counts_all_lost    30,28,33,29,31,0,27,30,32                                           5
two_months_lost_in_five  2964,2043,976,2673,2458                                             1,2
missing_is_not_low       100,100,100,nan,100,100,100                                         -
too_few_to_say           100,20,100                                                          -
high_is_not_low          100,100,100,900,100,100,100                                         -
nothing_before           0,0,0,0,5,0,0                                                       -
"""


@pytest.mark.parametrize("line", FLAGS.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_month_is_flagged_only_when_it_stands_out(line):
    _, counts, flagged = line.split()
    drop = completeness_drop([float(count) for count in counts.split(",")])
    expected = [] if flagged == "-" else [int(position) for position in flagged.split(",")]
    assert np.flatnonzero(drop.is_flagged).tolist() == expected


def test_strong_season_is_no_fault_away_from_the_ends_of_the_series():
    season = [10, 20, 60, 90, 120, 150, 160, 140, 90, 50, 20, 10]
    flagged = completeness_drop(season * 3).is_flagged
    assert not flagged[6:-6].any()
    assert flagged[[0, -1]].all()  # at an end there are months on one side only: ask of totals, not of one offence


def test_poisson_months_are_hardly_ever_flagged():
    generator = np.random.default_rng(6)
    for mean in (5, 50, 500, 5000):
        flagged = [completeness_drop(generator.poisson(mean, 60)).is_flagged.mean() for _ in range(20)]
        assert np.mean(flagged) <= 0.003


@pytest.mark.realdata
def test_known_incomplete_months_of_medway_are_the_only_ones_flagged(shared_data):
    crimes = dict.fromkeys(f"{year}-{month:02}" for year in range(2018, 2023) for month in range(1, 13))
    with (shared_data / "check-figures" / "medway_month_type.csv").open(newline="") as table:
        for row in csv.DictReader(table):
            if row["crime_type"] != "Anti-social behaviour" and row["month"] in crimes:
                crimes[row["month"]] = (crimes[row["month"]] or 0) + int(row["count"])
    drop = completeness_drop([nan if count is None else count for count in crimes.values()])
    assert [month for month, flag in zip(crimes, drop.is_flagged, strict=True) if flag] == [
        "2018-11",
        "2018-12",
    ]


def test_negative_month_is_refused():
    with pytest.raises(StatisticsError, match="monthly_counts has -1"):
        completeness_drop([1, -1, 1])
