"""What a count is divided by, and what the reader is told of it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from support.drawn_years import draw_months
from support.small_county import HERE, NEW, SHIRE, A, C, D, G, I, build_county
from support.street_store import Row, open_evidence, put_street, put_tables, residents
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.model.periods import Period
from wardmote.evidence.statistics.rates import rate

YEAR = Period.parse("2021/22")
Fill = Callable[..., Evidence]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = build_county(tmp_path_factory.mktemp("county"))
    put_street(folder, [*draw_months("2021-04", [5] * 15), Row("2021-05", "Robbery", G), Row("2021-05", "Robbery")])
    return folder


@pytest.fixture
def add(county: Path, tmp_path: Path) -> Fill:
    """The evidence of the county with more estimates of residents."""

    def add(*people: dict[str, object]) -> Evidence:
        folder = Path(shutil.copytree(county, tmp_path / "store"))
        if people:
            put_tables(folder, {"population": people})
        return open_evidence(folder)

    return add


def _small_areas(year: int = 2021) -> list[dict[str, object]]:
    codes = (A, C, D, G, I)
    return [residents(c, 1000, year=year, area_set="lsoa@2021", vintage="LSOA mid-2021") for c in codes]


def test_rate_is_the_count_over_residents_with_the_limits_of_the_method(add: Fill) -> None:
    figure = compute_one(add(), "burglary_rate", HERE, YEAR)
    expected = rate(np.array([60]), np.array([50_000]))
    assert figure.numerator == 60
    assert figure.value == expected.value[0] == 1.2
    assert figure.interval
    assert (figure.interval.low, figure.interval.high) == (expected.low[0], expected.high[0])
    assert (figure.interval.level, figure.interval.method) == (0.95, "exact below 10, Byar from 10")


def test_rate_of_nothing_is_zero_with_an_upper_limit(add: Fill) -> None:
    figure = compute_one(add(), "drugs_rate", HERE, YEAR)
    assert figure.value == 0
    assert figure.interval
    assert figure.interval.low == 0
    assert figure.interval.high == pytest.approx(1000 * 3.6889 / 50_000, rel=1e-4)  # exact Poisson limit of a zero


@pytest.mark.parametrize(("period", "year"), [("2021/22", 2021), ("2021-07..2022-06", 2022), ("2022-06", 2022)])
def test_denominator_is_that_of_the_june_in_the_period_and_names_its_edition(add: Fill, period: str, year: int) -> None:
    figure = compute_one(add(), "burglary_rate", HERE, Period.parse(period))
    assert figure.denominator
    assert (figure.denominator.year, figure.denominator.vintage, figure.denominator.note) == (year, "MYE", "")
    assert figure.denominator.title == f"{50_000 + year - 2021:,} residents, mid-{year} (MYE)"


def test_each_year_of_a_series_is_per_its_own_residents(add: Fill) -> None:
    table = compute_figures(add(), "burglary_rate", HERE, Period.parse("2021-04..2022-06"), "year")
    assert [f.denominator.year for f in table.figures if f.denominator] == [2021, 2022]


def test_force_is_per_the_sum_of_its_districts(add: Fill) -> None:
    figure = compute_one(add(), "crime_rate", SHIRE, YEAR)
    assert figure.denominator
    assert figure.denominator.value == 70_000
    assert figure.denominator.note == "sum of its districts"


def test_ward_without_residents_has_no_rate_and_says_so(add: Fill) -> None:
    table = compute_figures(add(), "robbery_rate", HERE, YEAR, "ward@2024")
    assert [f.value for f in table.figures] == [None, None]
    assert {f.missing.code for f in table.figures if f.missing} == {"no_denominator"}
    assert {f.numerator for f in table.figures} == {None}


def test_ward_is_per_the_sum_of_its_small_areas(add: Fill) -> None:
    table = compute_figures(add(*_small_areas()), "robbery_rate", HERE, YEAR, "ward@2024")
    rates = {dict(f.dimensions)["ward"]: f for f in table.figures}
    assert rates[NEW[2]].value == pytest.approx(1000 / 3000)
    assert rates[NEW[2]].denominator
    assert rates[NEW[2]].denominator.note == "sum of its small areas"


def test_older_estimate_is_named_as_such(add: Fill) -> None:
    table = compute_figures(add(*_small_areas(2019)), "robbery_rate", HERE, YEAR, "lsoa@2021")
    denominators = [f.denominator for f in table.figures if f.denominator]
    assert {d.note for d in denominators} == {"no estimate for mid-2021 is loaded"}
    assert {d.year for d in denominators} == {2019}


def test_rows_that_no_place_holds_have_a_count_and_no_rate(add: Fill) -> None:
    counted = {dict(f.dimensions)["district"]: f.value
               for f in compute_figures(add(), "robbery_count", SHIRE, YEAR, "district").figures}  # fmt: skip
    assert counted["unplaced"] == 1


def test_unplaced_rows_have_no_residents(add: Fill) -> None:
    table = compute_figures(add(), "robbery_rate", SHIRE, YEAR, "district")
    (unplaced,) = [f for f in table.figures if ("district", "unplaced") in f.dimensions]
    assert unplaced.missing
    assert unplaced.missing.why == "rows that no place holds have no residents near 2021/22"


def test_rate_of_a_month_that_is_not_held_is_missing_as_the_count_is(add: Fill) -> None:
    evidence = add()
    rate_of, count = (compute_one(evidence, n, HERE, Period.parse("2020-05")) for n in ("crime_rate", "crime_count"))
    assert rate_of.missing == count.missing
    assert rate_of.denominator is None
