"""From a figure's name back to the figure."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.drawn_years import HERE, draw_break, draw_months, draw_official
from support.small_county import NEW, OLD, SHIRE, UNPLACED, A, B, C, G
from support.street_store import ASB, Row
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.indicators.readings.comparisons import compare_periods, derive_change
from wardmote.evidence.indicators.readings.evaluate import Setting, evaluate_figure, parse_figure_id
from wardmote.evidence.indicators.readings.geography import measure_concentration, rank_places
from wardmote.evidence.indicators.readings.measured import MEASURES, share_of
from wardmote.evidence.indicators.readings.peers import PeerGroup, choose_peers, find_position
from wardmote.evidence.indicators.readings.series import derive_trend, list_monthly, read_years, sum_rolling
from wardmote.evidence.indicators.readings.trust import check_completeness
from wardmote.evidence.model.areas import AreaSet
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import Figure, figure_id
from wardmote.evidence.model.periods import Period

Fill = Callable[..., Evidence]
YEAR = Period.parse("2021/22")
ROWS = [
    *(row for n in range(5) for row in draw_months(f"{2017 + n}-04", [3 + n] * 12)),
    *(Row("2021-05", "Robbery", code) for code in (A, B, C, G, G)),
    Row("2021-06", "Robbery", B, (0.12, 51.05), outcome="Local resolution"),
    Row("2021-06", ASB, A),
]  # fmt: skip


@pytest.fixture
def evidence(fill: Fill) -> Evidence:
    return fill(ROWS, recorded_crime=draw_official("E22000001", {"2021-03": 80.0, "2022-03": 90.0}))


def _setting(**chosen: object) -> Setting:
    return Setting(**{"breaks": (), "generator": np.random.default_rng(3), **chosen})  # type: ignore[arg-type]


def _same(evidence: Evidence, figure: Figure) -> None:
    assert evaluate_figure(evidence, figure.id, _setting()) == figure


# -- figures that were counted ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("indicator", "area", "period", "by"),
    [
        ("crime_count", HERE, "2021/22", ""), ("crime_rate", HERE, "2021/22", ""),
        ("crime_count", SHIRE, "2021/22", "district"), ("crime_count", HERE, "2021/22", "month"),
        ("crime_count", HERE, "2021/22", "quarter,offence"), ("crime_rate", HERE, "2017/18", "year"),
        ("robbery_count", HERE, "2021/22", "ward@2017"), ("robbery_count", HERE, "2021/22", "ward@2024"),
        ("robbery_count", HERE, "2021/22Q1", "month,ward@2024,offence"), ("robbery_count", HERE, "2021-06", "outcome"),
        ("asb_count", HERE, "2021/22", "outcome"), ("crime_count", HERE, "2021/22", "offence_group"),
        ("robbery_count", HERE, "2021/22", "lsoa"), ("robbery_count", HERE, "2021/22", "lsoa@2011"),
        ("robbery_count", HERE, "2021/22", "lsoa@2021"), ("official_crime_rate", HERE, "2021/22", ""),
        ("robbery_count", NEW[2], "2021/22", "month"), ("robbery_count", OLD[1], "2021-05", ""),
        ("crime_count", HERE, "2015/16", ""), ("crime_count", HERE, "2010-11..2010-11", "month"),
        ("crime_count", HERE, "2015/16", "ward"), ("crime_rate", HERE, "2022/23", "offence"),
    ],
)  # fmt: skip
def test_every_figure_of_a_table_is_found_again_by_its_name(
    evidence: Evidence, *, indicator: str, area: str, period: str, by: str
) -> None:
    for figure in compute_figures(evidence, indicator, area, Period.parse(period), by).figures:
        if UNPLACED not in dict(figure.dimensions).values():
            _same(evidence, figure)


def test_rows_that_no_place_holds_are_those_of_the_first_set_that_leaves_any(evidence: Evidence) -> None:
    table = compute_figures(evidence, "robbery_count", HERE, YEAR, "ward@2024")
    (unplaced,) = [f for f in table.figures if ("ward", UNPLACED) in f.dimensions]
    assert unplaced.value == 1
    _same(evidence, unplaced)  # the wards of 2017, in force in the year, leave none


def test_months_of_a_series_and_rolling_years_are_found_again(evidence: Evidence) -> None:
    monthly = list_monthly(evidence, "burglary_count", HERE, Period.parse("2020-04..2022-03"))
    for figure in monthly[::5]:
        _same(evidence, figure)
    for figure in [f for f in sum_rolling(monthly) if f.is_known][::4]:
        _same(evidence, figure)


# -- figures worked out from others -----------------------------------------------------------------------------
def _list_derived(evidence: Evidence) -> Iterator[Figure]:
    yield derive_change(compare_periods(evidence, "crime_count", HERE, YEAR, breaks=()))
    yield derive_change(compare_periods(evidence, "crime_count", HERE, YEAR, Period.parse("2019/20"), breaks=()))
    yield derive_change(compare_periods(evidence, "official_crime_count", HERE, YEAR, breaks=()))
    for year in ("ward@2017", "ward@2024"):
        table = rank_places(evidence, "robbery_count", HERE, YEAR, AreaSet.parse(year))
        yield from (row.share for row in table.rows)  # type: ignore[union-attr]
    robbery, crime = (compute_one(evidence, name, HERE, YEAR) for name in ("robbery_count", "crime_count"))
    yield share_of(robbery, crime)
    trend = derive_trend(read_years(evidence, "burglary_count", HERE, YEAR, ()))
    assert trend
    yield trend
    found = measure_concentration(evidence, "crime_count", HERE, YEAR, np.random.default_rng(3))
    yield from (found.half_figure, found.gini_figure)  # type: ignore[union-attr]
    unlocated = check_completeness(evidence, HERE, YEAR, YEAR).unlocated
    assert unlocated
    yield unlocated


def test_derived_figures_are_found_again_by_their_names(evidence: Evidence) -> None:
    derived = list(_list_derived(evidence))
    measures = {dict(f.dimensions)["measure"] for f in derived}
    assert measures == MEASURES.keys() - {"rank"}  # a rank needs three peers: see below
    for figure in derived:
        assert figure.is_known, figure.id
        _same(evidence, figure)


def test_rank_is_found_again_in_the_settings_group(evidence: Evidence) -> None:
    districts = choose_peers(evidence, HERE)
    members = (*districts.members, evidence.places.find_area("E07000009"))
    group = PeerGroup("three", "three districts", members, {m.code: "E22000001" for m in members})
    found = find_position(evidence, "crime_count", HERE, YEAR, group=group, generator=np.random.default_rng(3))
    name = f"crime_rate:{HERE}:2021/22:measure=rank:against=three"
    figure = evaluate_figure(evidence, name, _setting(group=group))
    assert (figure.value, figure.missing) == (None, found)


def test_change_across_a_break_is_found_again_as_missing(evidence: Evidence) -> None:
    breaks = draw_break("2021-04")
    refused = derive_change(compare_periods(evidence, "crime_count", HERE, YEAR, breaks=breaks))
    assert refused.missing
    assert evaluate_figure(evidence, refused.id, _setting(breaks=breaks)) == refused


# -- names that are wrong ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("crime_count", "'crime_count' is not the name of a figure.*indicator:area:period"),
        ("", "is not the name of a figure"),
        (f"crime_count:{HERE}", "is not the name of a figure"),
        (f"crime_count:{HERE}:last year", "'last year' is not a period"),
        (f"crime_count:{HERE}:2021/23", "do not name|does not name two years"),
        (f"crime_count:{HERE}:2021/22:April", "'April' in .* is not a dimension with its value"),
        (f"crime_count:{HERE}:2021/22:measure=mean", "there is no measure 'mean'.*change_pct"),
        (f"crimes:{HERE}:2021/22", "there is no indicator 'crimes'"),
        ("crime_count:E05099999:2021/22", "no small areas are known for E05099999"),
        (f"crime_count:{HERE}:2021/22:colour=red", "cannot be broken down by colour"),
        (f"crime_count:{HERE}:2021/22:offence=Murder", "has no offence=Murder.*Burglary"),
        (f"crime_count:{HERE}:2021/22:ward=E05099999", "has no ward=E05099999"),
        (f"crime_count:{HERE}:2021/22:month=2020-04", "has no month=2020-04.*2021-04"),
    ],
)  # fmt: skip
def test_wrong_name_says_what_is_wrong_with_it(evidence: Evidence, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        evaluate_figure(evidence, name, _setting())


_NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=9).filter(
    lambda n: n not in ("measure", "against")
)
_VALUES = st.text("abcXYZ09 &'-/.,()", max_size=12).filter(lambda v: v == v.strip())


@given(st.lists(st.tuples(_NAMES, _VALUES), max_size=4, unique_by=lambda p: p[0]), st.integers(2000, 2030))
def test_name_is_taken_apart_into_what_it_was_made_of(dimensions: list[tuple[str, str]], year: int) -> None:
    period = Period.financial_year(year)
    name = parse_figure_id(figure_id("crime_count", HERE, period, tuple(dimensions)))
    assert (name.indicator, name.area, name.period, name.dimensions) == ("crime_count", HERE, period, tuple(dimensions))
