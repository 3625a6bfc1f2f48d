"""Indicators: found by id, with near ones named for a wrong one; partners' datasets need no file."""

import pytest

from wardmote.evidence.definitions.indicators import get_indicator, list_indicators
from wardmote.evidence.model.errors import UsageError


def test_indicator_is_found_by_its_id() -> None:
    found = get_indicator("vehicle_crime_rate")
    assert (found.kind, found.multiplier, found.denominator) == ("rate", 1000, "residents")
    assert (found.interval_method, found.interval_level) == ("byar", 0.95)
    assert found.polarity == "lower_is_better"
    assert found.numerator.offence == "vehicle_crime"
    assert found == list_indicators()["vehicle_crime_rate"]


def test_count_and_rate_name_each_other() -> None:
    count, rate = get_indicator("burglary_count"), get_indicator("burglary_rate")
    assert (count.count_id, count.rate_id) == ("burglary_count", "burglary_rate")
    assert (rate.count_id, rate.rate_id) == ("burglary_count", "burglary_rate")
    assert (count.multiplier, count.interval_method) == (0, "")


def test_unknown_indicator_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match=r"crime_count.*partner_DATASET_count"):
        get_indicator("crime_cuont")


@pytest.mark.parametrize(
    ("name", "kind", "unit", "multiplier"),
    [
        ("partner_noise_complaints_count", "count", "items", 0),
        ("partner_noise_complaints_rate", "rate", "items per 1,000 residents", 1000),
    ],
)
def test_partner_dataset_is_an_indicator_without_a_file(name: str, kind: str, unit: str, multiplier: float) -> None:
    found = get_indicator(name)
    assert (found.kind, found.unit, found.multiplier) == (kind, unit, multiplier)
    assert found.numerator.where == {"dataset": ("noise_complaints",)}
    assert found.polarity == "none"


def test_partner_name_that_is_neither_count_nor_rate_is_unknown() -> None:
    with pytest.raises(UsageError, match="there is no indicator"):
        get_indicator("partner_noise_complaints")


def test_definition_that_nobody_checked_says_so_by_being_empty() -> None:
    assert get_indicator("vehicle_crime_rate").checked_by == ""
