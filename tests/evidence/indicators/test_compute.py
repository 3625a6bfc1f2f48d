"""Counting equals counting row by row, whatever the rows and however they are split."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.small_county import (
    HERE,
    NEW,
    OLD,
    SHIRE,
    THERE,
    UNPLACED,
    A,
    B,
    C,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    build_county,
    count_slowly,
)
from support.street_store import ASB, Row, open_evidence, put_street
from wardmote.evidence.definitions.offences import get_offence_tree
from wardmote.evidence.indicators.compute import Evidence, compute_figures, compute_one
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.figures import FigureTable
from wardmote.evidence.model.periods import Period

CRIME = get_offence_tree().mappings["police-street"]["all_crime"].categories
OFFENCES = {"crime_count": CRIME, "asb_count": (ASB,), "robbery_count": ("Robbery",),
            "violent_crime_count": ("Violence and sexual offences", "Robbery")}  # fmt: skip
MONTHS = [f"2021-{n:02d}" for n in range(4, 13)] + [f"2022-{n:02d}" for n in range(1, 7)]
#: A row of each force in each month, so that every month is held. It lies nowhere.
HELD = [Row(month, "Other crime", force=force) for month in MONTHS for force in ("kent", "btp")]

#: No look-up says which force polices the wards: their rows do, so each has one.
ANCHORS = [Row("2021-04", "Other crime", code) for code in (A, E, K)]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("county"))


class Loader(Protocol):
    """Makes the evidence of the county with these rows, beside those that hold every month."""

    def __call__(self, rows: Sequence[Row], held: Sequence[Row] = ...) -> Evidence: ...


@pytest.fixture
def load_rows(county: Path, tmp_path: Path) -> Loader:
    def load(rows: Sequence[Row], held: Sequence[Row] = HELD) -> Evidence:
        folder = Path(shutil.copytree(county, tempfile.mkdtemp(dir=tmp_path) + "/store"))
        put_street(folder, [*rows, *held])
        return open_evidence(folder)

    return load


def _cells(table: FigureTable) -> dict[tuple[str, ...], float]:
    """The cells that are not zero."""
    return {tuple(v for _, v in f.dimensions): f.value for f in table.figures if f.value}


_POINTS = st.sampled_from([(n, 51.05) for n in (-0.2, 0.05, 0.13, 0.17, 0.22, 0.28, 0.33, 0.36, 0.44, 0.47, 0.53, 0.9)])
_ROWS = st.builds(
    Row,
    month=st.sampled_from(MONTHS),
    crime_type=st.sampled_from(["Burglary", "Robbery", "Drugs", "Violence and sexual offences", ASB]),
    lsoa=st.sampled_from(["", A, B, C, D, E, F, G, H, I, J, K, "E01099999"]),
    point=st.none() | _POINTS,
    force=st.sampled_from(["kent", "kent", "kent", "btp"]),
    outcome=st.sampled_from(["Under investigation", "Local resolution"]),
)
_PERIODS = st.sampled_from(["2021/22", "2021-06", "2021/22Q2", "2021-11..2022-05"])
_PLACES = st.sampled_from(["", "ward@2017", "ward@2024", "lsoa@2011", "lsoa@2021", "district"])
_AREAS = st.sampled_from([HERE, THERE, SHIRE, NEW[1], NEW[2], NEW[3], OLD[1], OLD[2]])


class Asked(NamedTuple):
    """One question; `by` are the categories and times, `place` the set of areas."""

    indicator: str
    area: str
    period: str
    by: frozenset[str]
    place: str

    @property
    def names(self) -> list[str]:
        return [*sorted(self.by), *([self.place] if self.place else [])]


_ASKED = st.builds(
    Asked, st.sampled_from(sorted(OFFENCES)), _AREAS, _PERIODS,
    st.frozensets(st.sampled_from(["month", "offence", "outcome"])), _PLACES,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(_ROWS, max_size=25), asked=_ASKED)
def test_figures_equal_rows_counted_one_by_one(county: Path, rows: list[Row], asked: Asked) -> None:
    listed, period = [*rows, *HELD, *ANCHORS], Period.parse(asked.period)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(shutil.copytree(county, Path(folder) / "store"))
        put_street(store, listed)
        evidence = open_evidence(store)
        table = compute_figures(evidence, asked.indicator, asked.area, period, ",".join(asked.names))
        total = compute_one(evidence, asked.indicator, asked.area, period).value
    own, months = [r for r in listed if r.force == "kent"], [str(m) for m in period.months]
    assert Counter(_cells(table)) == count_slowly(
        own, asked.area, months, asked.names, offences=OFFENCES[asked.indicator]
    )
    assert sum(f.value or 0 for f in table.figures) == total


# -- what counts ----------------------------------------------------------------------------------------------
def test_anti_social_behaviour_is_never_part_of_crime(load_rows: Loader) -> None:
    rows = [Row("2021-05", ASB, A), Row("2021-05", "Burglary", A), Row("2021-05", ASB, A)]
    evidence = load_rows(rows)
    period = Period.parse("2021/22")
    assert compute_one(evidence, "crime_count", HERE, period).value == 1
    assert compute_one(evidence, "asb_count", HERE, period).value == 2
    by_offence = compute_figures(evidence, "crime_count", HERE, period, "offence").figures
    assert ASB not in {dict(f.dimensions)["offence"] for f in by_offence}


def test_place_month_and_offence_without_rows_are_figures_of_zero(load_rows: Loader) -> None:
    evidence = load_rows([Row("2021-05", "Robbery", A)])
    table = compute_figures(evidence, "crime_count", HERE, Period.parse("2021/22Q1"), "month,ward,offence")
    assert len(table.figures) == 3 * 2 * len(CRIME)
    assert {f.state for f in table.figures} == {"actual"}
    assert sorted({f.value for f in table.figures}) == [0, 1]
    assert compute_one(evidence, "burglary_count", HERE, Period.parse("2021-05")).value == 0


def test_figure_says_which_loads_and_how_many_rows_it_was_counted_from(load_rows: Loader) -> None:
    figure = compute_one(load_rows([Row("2021-05", "Robbery", A)] * 3), "robbery_count", HERE, Period.parse("2021-05"))
    assert (figure.value, figure.rows, figure.numerator, figure.loads) == (3, 3, 3, ("0002-test",))
    assert figure.source == "police-street"
    assert figure.id == "robbery_count:E06000001:2021-05"


def test_rows_wholly_equal_are_each_counted(load_rows: Loader) -> None:
    same = Row("2021-05", ASB, A, (0.05, 51.05))
    assert compute_one(load_rows([same] * 7), "asb_count", HERE, Period.parse("2021-05")).value == 7


# -- months that are not held -----------------------------------------------------------------------------------
def test_period_with_a_missing_month_has_no_value_and_says_which(load_rows: Loader) -> None:
    evidence = load_rows([Row("2021-05", "Robbery", A)], [r for r in HELD if r.month[-2:] not in ("08", "09")])
    figure = compute_one(evidence, "robbery_count", HERE, Period.parse("2021/22"))
    assert (figure.value, figure.state) == (None, "missing")
    assert figure.missing
    assert figure.missing.code == "month_missing"
    assert figure.missing.why == "August 2021 to September 2021 of Kent Police's file not loaded"
    rolling = compute_one(evidence, "robbery_count", HERE, Period.parse("2021-07..2022-06"))
    assert rolling.missing == figure.missing


def test_months_quarters_and_years_are_missing_one_by_one(load_rows: Loader) -> None:
    evidence = load_rows([Row("2021-05", "Robbery", A)], held=[r for r in HELD if r.month != "2021-08"])
    period = Period.parse("2021/22")
    months = compute_figures(evidence, "robbery_count", HERE, period, "month").figures
    assert [f.value for f in months] == [0, 1, 0, 0, None, 0, 0, 0, 0, 0, 0, 0]
    quarters = compute_figures(evidence, "robbery_count", HERE, period, "quarter").figures
    assert [f.value for f in quarters] == [1, None, 0, 0]
    years = compute_figures(evidence, "robbery_count", HERE, Period.parse("2021-04..2022-06"), "year").figures
    assert [(dict(f.dimensions)["year"], f.value) for f in years] == [("2021/22", None), ("2022-04..2022-06", 0)]


def test_month_of_another_force_alone_does_not_hold_it(load_rows: Loader) -> None:
    held = [r for r in HELD if r.force == "btp" or r.month != "2021-08"]
    assert compute_one(load_rows([], held), "crime_count", HERE, Period.parse("2021-08")).value is None


def test_area_with_no_row_of_any_force_says_so(load_rows: Loader) -> None:
    figure = compute_one(load_rows([]), "crime_count", OLD[1], Period.parse("2021/22"))
    assert figure.missing
    assert figure.missing.code == "area_unknown"


def test_store_without_police_data_names_the_source(county: Path) -> None:
    figure = compute_one(open_evidence(county), "crime_count", HERE, Period.parse("2021/22"))
    assert figure.missing
    assert figure.missing.code == "source_missing"
    assert "police-street" in figure.missing.why


# -- whose rows -------------------------------------------------------------------------------------------------
def test_other_forces_rows_are_added_only_when_asked(load_rows: Loader) -> None:
    rows = [Row("2021-05", "Robbery", code, force=force) for code, force in ((A, "kent"), (A, "btp"), (K, "btp"))]
    evidence, period = load_rows(rows), Period.parse("2021-05")
    assert compute_one(evidence, "robbery_count", HERE, period).value == 1
    assert compute_one(evidence, "robbery_count", HERE, period, scope="all").value == 2
    by_ward = compute_figures(evidence, "robbery_count", HERE, period, "ward", scope="all")
    assert _cells(by_ward) == {(OLD[1],): 2}


def test_force_is_its_whole_file_and_with_others_theirs_in_its_area_alone(load_rows: Loader) -> None:
    rows = [Row("2021-05", "Robbery", code) for code in (A, K, "", "E01099999")]
    others = [Row("2021-05", "Robbery", code, force="btp") for code in (A, "", "E01099999")]
    evidence, period = load_rows([*rows, *others]), Period.parse("2021-05")
    assert compute_one(evidence, "robbery_count", SHIRE, period).value == 4
    assert compute_one(evidence, "robbery_count", SHIRE, period, scope="all").value == 5
    by_district = compute_figures(evidence, "robbery_count", SHIRE, period, "district")
    assert _cells(by_district) == {(HERE,): 1, (THERE,): 1, (UNPLACED,): 2}


def test_transport_police_with_most_rows_do_not_become_the_areas_force(load_rows: Loader) -> None:
    rows = [Row("2021-05", "Robbery", A)] + [Row("2021-05", "Robbery", A, force="btp")] * 5
    assert compute_one(load_rows(rows), "robbery_count", OLD[1], Period.parse("2021-05")).value == 1


# -- two vintages -----------------------------------------------------------------------------------------------
def test_codes_of_both_censuses_in_one_file_count_alike(load_rows: Loader) -> None:
    evidence = load_rows([Row("2021-05", "Robbery", code) for code in (E, F, G)])
    table = compute_figures(evidence, "robbery_count", HERE, Period.parse("2021-05"), "ward@2017")
    assert _cells(table) == {(OLD[2],): 3}


def test_row_of_a_split_area_goes_with_the_nearest_piece(load_rows: Loader) -> None:
    points = [(0.12, 51.05), (0.28, 51.05), (0.7, 51.05), None]
    evidence = load_rows([Row("2021-05", "Robbery", B, point) for point in points])
    table = compute_figures(evidence, "robbery_count", HERE, Period.parse("2021-05"), "ward@2024")
    assert _cells(table) == {(NEW[1],): 1, (NEW[2],): 2, (UNPLACED,): 1}
    assert any(B in note and "points" in note for note in table.notes)


def test_area_split_across_the_border_counts_where_its_points_are(load_rows: Loader) -> None:
    evidence = load_rows([Row("2021-05", "Robbery", H, (x, 51.05)) for x in (0.42, 0.52, 0.58)])
    period = Period.parse("2021-05")
    assert [compute_one(evidence, "robbery_count", d, period).value for d in (HERE, THERE)] == [1, 2]
    table = compute_figures(evidence, "robbery_count", HERE, period, "ward@2024")
    assert {dict(f.dimensions)["ward"] for f in table.figures} == {NEW[1], NEW[2]}


def test_small_areas_are_shown_in_the_census_that_most_rows_carry(load_rows: Loader) -> None:
    period = Period.parse("2021-05")
    older = load_rows([Row("2021-05", "Robbery", B)] * 2 + [Row("2021-05", "Robbery", G, (0.33, 51.05))])
    assert _cells(compute_figures(older, "robbery_count", HERE, period, "lsoa")) == {(B,): 2, (E,): 1}
    newer = load_rows([Row("2021-05", "Robbery", E)] + [Row("2021-05", "Robbery", C)] * 2)
    assert _cells(compute_figures(newer, "robbery_count", HERE, period, "lsoa")) == {(G,): 1, (C,): 2}


# -- which wards ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "wards"),
    [("2021/22", {OLD[1], OLD[2]}), ("2023-12", {OLD[1], OLD[2]}),
     ("2024-01..2024-04", {NEW[1], NEW[2]}), ("2024/25", {NEW[1], NEW[2]})],
)  # fmt: skip
def test_ward_means_the_set_in_force_at_the_end_of_the_period(load_rows: Loader, period: str, wards: set[str]) -> None:
    """The months before May 2024 too: of the sets held, 2024's tells what May 2023 changed, 2017's does not."""
    asked = Period.parse(period)
    held = [Row(str(month), "Drugs", A) for month in asked.months]
    table = compute_figures(load_rows([], held), "drugs_count", HERE, asked, "ward")
    assert {dict(f.dimensions)["ward"] for f in table.figures} == wards


def test_wards_carry_their_names(load_rows: Loader) -> None:
    table = compute_figures(load_rows([]), "drugs_count", HERE, Period.parse("2021-05"), "ward@2024")
    assert table.title_of("ward", NEW[1]) == "New 1"


# -- questions that cannot be answered --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("indicator", "area", "by", "said"),
    [
        ("crimes", HERE, "", "there is no indicator 'crimes'"),
        ("crime_count", "E05099999", "", "no small areas are known for E05099999"),
        ("crime_count", HERE, "colour", "cannot be broken down by colour.*month, quarter, year"),
        ("crime_count", HERE, "month,year", "month and year cannot be asked together"),
        ("crime_count", HERE, "ward,lsoa", "ward and lsoa cannot be asked together"),
        ("crime_count", HERE, "month,month", "month .*once|month and month"),
        ("crime_count", HERE, "offence,offence", "offence stands twice"),
        ("crime_count", HERE, "ward@1999", "no look-up links these small areas to ward@1999.*ward@2017, ward@2024"),
        ("official_crime_count", HERE, "month", "its source gives totals only"),
    ],
)  # fmt: skip
def test_question_that_cannot_be_asked_says_what_can(
    load_rows: Loader, *, indicator: str, area: str, by: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        compute_figures(load_rows([]), indicator, area, Period.parse("2021/22"), by)
