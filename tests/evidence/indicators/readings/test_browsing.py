"""One indicator by itself: how many figures an answer can have, its series with gaps, and where breaks lie in it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.drawn_years import draw_months
from support.small_county import HERE, SHIRE, A, G, build_county
from support.street_store import Row, open_evidence, put_street
from wardmote.evidence.definitions.breaks import Break
from wardmote.evidence.indicators.compute import Evidence, compute_figures
from wardmote.evidence.indicators.holdings import list_holdings
from wardmote.evidence.indicators.known import resolve_area
from wardmote.evidence.indicators.readings.breaks import SeriesBreaks
from wardmote.evidence.indicators.readings.browsing import count_most_cells, list_series, place_breaks
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.model.periods import Month, Period

YEAR = Period.parse("2020/21")


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    folder = build_county(tmp_path_factory.mktemp("browsing"))
    months = [*draw_months("2020-04", [5] * 12, lsoa=A), *draw_months("2020-04", [3] * 12, lsoa=G)]
    put_street(folder, [*months, *(Row("2021-08", lsoa=A) for _ in range(4))])
    return open_evidence(folder)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    area=st.sampled_from([HERE, SHIRE]),
    step=st.sampled_from(["", "month", "quarter", "year"]),
    split=st.sampled_from(["", "offence", "outcome", "ward@2024", "ward@2017", "district", "lsoa"]),
)
def test_no_answer_is_longer_than_was_said_before(evidence: Evidence, area: str, step: str, split: str) -> None:
    by = ",".join(filter(None, (step, split)))
    most = count_most_cells(evidence, "crime_count", area, YEAR, by)
    listed = [f for f in compute_figures(evidence, "crime_count", area, YEAR, by).figures
              if "unplaced" not in dict(f.dimensions).values()]  # fmt: skip
    assert len(listed) <= most * 2  # wards of one small area are rare, but there are some


def test_a_series_runs_from_the_first_month_to_the_last_with_gaps(evidence: Evidence) -> None:
    series = list_series(evidence, "burglary_count", HERE)
    assert [str(f.period) for f in series][:: len(series) - 1] == ["2020-04", "2021-08"]
    assert [f.value for f in series] == [8] * 12 + [None] * 4 + [4]
    assert all(f.missing for f in series[12:16])


def test_a_transition_breaks_a_series_at_both_its_ends(evidence: Evidence) -> None:
    def make(first: str, last: str) -> Break:
        return Break(
            "b", "Recording", ("police-street",), (), ("all",), Month.parse(first), Month.parse(last), "e", "s", "a"
        )

    series = list_series(evidence, "burglary_count", HERE)
    clean = place_breaks(SeriesBreaks((make("2020-07", "2020-07"),), ()), series)
    slow = place_breaks(SeriesBreaks((make("2020-07", "2020-09"),), ()), series)
    assert list(clean) == [3]
    assert list(slow) == [3, 6]
    assert place_breaks(SeriesBreaks((make("2015-01", "2015-01"),), ()), series) == {}


def test_what_is_held_says_which_months_lie_missing_between(evidence: Evidence) -> None:
    (street,) = list_holdings(evidence, HERE)
    assert (street.first, street.last, street.missing) == ("April 2020", "August 2021", "April 2021 to July 2021")


@pytest.mark.parametrize("text", [HERE, HERE.lower(), "Here", "  hERE "])
def test_an_area_is_known_by_code_and_by_name(evidence: Evidence, text: str) -> None:
    assert resolve_area(evidence, text).code == HERE


def test_an_unknown_area_is_refused_with_those_whose_names_hold_the_word(evidence: Evidence) -> None:
    with pytest.raises(UsageError, match="Shire"):
        resolve_area(evidence, "hir")
