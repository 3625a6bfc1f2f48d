"""What may stand beside what: periods of one area, areas of one period."""

from collections.abc import Callable

import pytest

from support.drawn_years import STEADY, draw_months
from support.small_county import HERE, SHIRE, THERE, A, J
from wardmote.evidence.indicators.compute import Evidence
from wardmote.evidence.indicators.readings.comparing import compare_areas, compare_pair, suggest_pairs
from wardmote.evidence.model.periods import Period

Fill = Callable[..., Evidence]
parse = Period.parse


@pytest.fixture
def evidence(fill: Fill) -> Evidence:
    """Three financial years of burglaries in both districts: Here has 20 a month, then 40; There has 20."""
    here = draw_months("2020-04", [*STEADY, *STEADY, *[40] * 12])
    return fill([*here, *draw_months("2020-04", [20] * 36, lsoa=J)])


# -- two periods ------------------------------------------------------------------------------------------------
def test_earlier_period_is_the_base_whichever_is_named_first(evidence: Evidence) -> None:
    one = compare_pair(evidence, "burglary_rate", HERE, parse("2021/22"), parse("2022/23"))
    other = compare_pair(evidence, "burglary_rate", HERE, parse("2022/23"), parse("2021/22"))
    assert one == other
    assert (one.direction, str(one.previous.period)) == ("rose", "2021/22")


def test_periods_that_share_months_are_refused_by_those_months(evidence: Evidence) -> None:
    found = compare_pair(evidence, "burglary_count", HERE, parse("2021/22"), parse("2021-10..2022-09"))
    assert found.change is None
    assert found.refused is not None
    assert "share October 2021 to March 2022" in found.refused.why


def test_period_is_not_compared_with_itself(evidence: Evidence) -> None:
    found = compare_pair(evidence, "burglary_count", HERE, parse("2021/22"), parse("2021-04..2022-03"))
    assert found.refused is not None
    assert "both sides" in found.refused.why


def test_unlike_periods_are_refused_and_like_ones_suggested(evidence: Evidence) -> None:
    one, other = parse("2021/22Q1"), parse("2020/21Q2")
    found = compare_pair(evidence, "burglary_count", HERE, one, other)
    assert found.refused is not None
    assert "do not cover the same months" in found.refused.why
    pairs = [(str(a), str(b)) for a, b in suggest_pairs(evidence, "burglary_count", HERE, one, other)]
    assert pairs[0] == ("2021/22Q1", "2020/21Q1")
    assert ("2021/22Q2", "2020/21Q2") in pairs


def test_month_that_is_not_held_is_refused_and_held_pairs_suggested(evidence: Evidence) -> None:
    one, other = parse("2022/23"), parse("2019/20")
    found = compare_pair(evidence, "burglary_count", HERE, one, other)
    assert found.refused is not None
    assert found.refused.code == "month_missing"
    pairs = suggest_pairs(evidence, "burglary_count", HERE, one, other)
    assert pairs
    for later, earlier in pairs:
        assert compare_pair(evidence, "burglary_count", HERE, later, earlier).refused is None


def test_nothing_is_suggested_across_a_break(fill: Fill) -> None:
    # The counting rules of 2023 forbid comparing violence before with after.
    rows = [*draw_months("2021-04", [9] * 12, crime_type="Violence and sexual offences"),
            *draw_months("2023-07", [9] * 12, crime_type="Violence and sexual offences")]  # fmt: skip
    evidence, name = fill(rows), "violence_and_sexual_offences_count"
    one, other = parse("2023-07..2024-03"), parse("2021-07..2022-03")
    found = compare_pair(evidence, name, HERE, one, other)
    assert found.refused is not None
    assert found.refused.code == "break_in_series"
    assert suggest_pairs(evidence, name, HERE, one, other) == ()


def _draw_total(parts: int) -> list[dict[str, object]]:
    """Burglaries and violence on both sides of the counting rules of 2023: so many of 100 a month are violence."""
    months = (("2022-07", 9), ("2023-07", 9))
    return [row for first, length in months for name, count in (("Violence and sexual offences", parts),
            ("Burglary", 100 - parts)) for row in draw_months(first, [count] * length, crime_type=name)]  # fmt: skip


def test_total_that_a_break_touches_widely_is_refused_with_the_share(fill: Fill) -> None:
    evidence, one, other = fill(_draw_total(30)), parse("2023-07..2024-03"), parse("2022-07..2023-03")
    found = compare_pair(evidence, "crime_count", HERE, one, other)
    assert (found.direction, found.current.value) == (None, 900)
    assert found.refused is not None
    assert found.refused.why.startswith("30% of this total (violence and sexual offences")
    assert (one, other) not in suggest_pairs(evidence, "crime_count", HERE, one, other)


def test_total_that_a_break_hardly_touches_is_compared_with_caution(fill: Fill) -> None:
    evidence, one, other = fill(_draw_total(9)), parse("2023-07..2024-03"), parse("2022-07..2023-03")
    found = compare_pair(evidence, "crime_count", HERE, one, other)
    assert (found.direction, len(found.cautions)) == ("similar", 1)


# -- areas ------------------------------------------------------------------------------------------------------
def test_areas_are_held_beside_the_first_per_resident(evidence: Evidence) -> None:
    # As many burglaries each, but Here has 50,000 residents and There 20,000.
    first, other = compare_areas(evidence, "burglary_count", [HERE, THERE], parse("2021/22"))
    assert (first.change, first.direction) == (None, None)
    assert other.direction == "rose"
    assert other.change is not None
    assert other.change.rate_ratio == pytest.approx(2.5)
    assert other.change.ratio_low > 1


def test_area_inside_another_is_said_to_count_in_both(evidence: Evidence) -> None:
    _, county = compare_areas(evidence, "burglary_count", [HERE, SHIRE], parse("2021/22"))
    assert any("is a part of" in caution for caution in county.cautions)


def test_missing_figure_is_refused_by_the_area_that_lacks_it(evidence: Evidence) -> None:
    _, other = compare_areas(evidence, "burglary_count", [HERE, THERE], parse("2019/20"))
    assert other.change is None
    assert other.refused is not None
    assert other.refused.code == "month_missing"


def test_counts_without_residents_are_not_compared_between_areas(fill: Fill) -> None:
    rows = [*draw_months("2015-04", STEADY), *draw_months("2015-04", STEADY, lsoa=J)]  # no estimate near 2015
    _, other = compare_areas(fill(rows), "burglary_count", [HERE, THERE], parse("2015/16"))
    assert other.refused is not None
    assert other.refused.code == "no_denominator"
    assert "size of the areas" in other.refused.why
    assert A != J
