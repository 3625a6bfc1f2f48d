"""Figures: their names, and that a withheld number is gone altogether."""

from dataclasses import FrozenInstanceError, fields

import pytest

from wardmote.evidence.model.areas import Area
from wardmote.evidence.model.figures import (
    MISSING_MARK,
    SUPPRESSED_MARK,
    Denominator,
    Figure,
    FigureTable,
    Interval,
    Missing,
    figure_id,
)
from wardmote.evidence.model.periods import Period

# Medway's open-data crimes of 2021/22 (31,389) for each 1,000 of its residents of mid-2021 (279,903).
FIGURE = Figure(
    indicator="crime_rate",
    area=Area("E06000035", "Medway", "district"),
    period=Period.parse("2021/22"),
    value=112.14,
    unit="offences per 1,000 residents",
    numerator=31389.0,
    denominator=Denominator(279903, "residents", 2021, "MYE 2011-2023"),
    interval=Interval(110.9, 113.4, 0.95, "byar"),
    source="police-street",
    loads=("0001-police-street",),
    rows=31389,
)


@pytest.mark.parametrize(
    ("dimensions", "name"),
    [
        ((), "crime_count:E06000035:2021/22"),
        ((("month", "2021-04"),), "crime_count:E06000035:2021/22:month=2021-04"),
        (
            (("ward", "E05014449"), ("offence", "Burglary")),
            "crime_count:E06000035:2021/22:ward=E05014449:offence=Burglary",
        ),
    ],
)
def test_figure_id_names_indicator_area_period_and_cells(dimensions: tuple[tuple[str, str], ...], name: str) -> None:
    assert figure_id("crime_count", "E06000035", Period.parse("2021/22"), dimensions) == name


def test_figure_carries_its_own_id() -> None:
    assert FIGURE.id == "crime_rate:E06000035:2021/22"
    assert FIGURE.is_known


def test_withheld_figure_holds_nothing_that_gives_the_number_back() -> None:
    hidden = FIGURE.without_value(Missing("suppressed", "below the threshold of 5"), "suppressed")
    numbers = {
        f.name: getattr(hidden, f.name) for f in fields(Figure) if f.name in ("value", "numerator", "rows", "interval")
    }
    assert set(numbers.values()) == {None}
    assert (hidden.state, hidden.is_known, hidden.id) == ("suppressed", False, FIGURE.id)
    assert "31389" not in repr(hidden)
    assert "112" not in repr(hidden)


def test_withholding_leaves_the_first_figure_as_it_was() -> None:
    FIGURE.without_value(Missing("month_missing", "2021-07 was never loaded"))
    assert (FIGURE.value, FIGURE.rows, FIGURE.state) == (112.14, 31389, "actual")


def test_figure_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        FIGURE.value = 0.0  # type: ignore[misc]


def test_zero_is_a_known_value() -> None:
    nothing = Figure("crime_count", Area("E01016036"), Period.parse("2022-06"), 0.0, "offences")
    assert nothing.is_known


def test_marks_of_withheld_and_missing_are_no_numbers() -> None:
    for mark in (SUPPRESSED_MARK, MISSING_MARK):
        with pytest.raises(ValueError, match="could not convert"):
            float(mark)
    assert SUPPRESSED_MARK != MISSING_MARK


@pytest.mark.parametrize(
    ("note", "title"),
    [
        ("", "279,903 residents, mid-2021 (MYE 2011-2023)"),
        ("a year early", "279,903 residents, mid-2021 (MYE 2011-2023); a year early"),
    ],
)
def test_denominator_title_says_year_and_edition(note: str, title: str) -> None:
    assert Denominator(279903, "residents", 2021, "MYE 2011-2023", note).title == title


def test_table_names_a_value_by_its_title_or_itself() -> None:
    table = FigureTable("crime_count", ("ward",), (FIGURE,), titles={"ward": {"E05014449": "All Saints"}})
    assert table.title_of("ward", "E05014449") == "All Saints"
    assert table.title_of("ward", "E05014450") == "E05014450"
    assert table.title_of("month", "2021-04") == "2021-04"
