"""Which periods are offered: only those that are held whole."""

from collections.abc import Callable

from support.small_county import HERE, A
from support.street_store import Row, official
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.spans import list_held_months, list_periods
from wardmote.evidence.model.periods import Month

Fill = Callable[..., Evidence]
YEAR = [f"2021-{n:02d}" for n in range(4, 13)] + ["2022-01", "2022-02", "2022-03", "2022-04"]


def test_newest_year_on_end_stands_first_then_years_quarters_and_months(fill: Fill) -> None:
    evidence = fill([Row(month, lsoa=A) for month in YEAR])
    periods = [str(p) for p in list_periods(evidence, "burglary_rate", HERE)]
    assert periods[:6] == ["2021-05..2022-04", "2021/22", "2021/22Q4", "2021/22Q3", "2021/22Q2", "2021/22Q1"]
    assert periods[6:8] == ["2022-04", "2022-03"]


def test_year_with_a_month_missing_is_not_offered(fill: Fill) -> None:
    evidence = fill([Row(month, lsoa=A) for month in YEAR if month != "2021-08"])
    periods = [str(p) for p in list_periods(evidence, "burglary_count", HERE)]
    assert "2021/22" not in periods
    assert "2021/22Q2" not in periods
    assert "2021/22Q3" in periods
    assert Month(2021, 8) not in list_held_months(evidence, "burglary_count", HERE)


def test_twelve_months_that_are_a_financial_year_are_offered_once_by_its_name(fill: Fill) -> None:
    evidence = fill([Row(month, lsoa=A) for month in YEAR[:12]])
    periods = [str(p) for p in list_periods(evidence, "burglary_count", HERE)]
    assert periods[0] == "2021/22"
    assert periods.count("2021/22") == 1
    assert "2021-04..2022-03" not in periods


def test_official_tables_offer_their_years_newest_first(fill: Fill) -> None:
    rows = [official("E22000001", end, "Burglary", 5.0) for end in ("2021-03", "2022-03")]
    periods = [str(p) for p in list_periods(fill(recorded_crime=rows), "official_burglary_count", HERE)]
    assert periods == ["2021-04..2022-03", "2020-04..2021-03"]


def test_nothing_held_offers_nothing(fill: Fill) -> None:
    assert list_periods(fill([Row("2021-04", lsoa=A)]), "stop_search_count", HERE) == ()
