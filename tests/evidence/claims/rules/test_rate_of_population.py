"""Rates against counts and populations: printed beside them, elsewhere, or implied."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts
from wardmote.evidence.claims.check import check_documents
from wardmote.evidence.claims.places import find_places
from wardmote.evidence.claims.reading import read_text
from wardmote.evidence.claims.wording.scan import Scanned

NAME = "rate_of_population"


class OneTown:
    """A town of 30,000 in 2018 and 30,500 in 2019."""

    def find_population(self, area: str, year: int) -> float | None:
        return {("Northmarsh", 2018): 30_000.0, ("Northmarsh", 2019): 30_500.0}.get((area, year))

    def find_area(self, document: Scanned) -> str | None:
        return "Northmarsh"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("There were 2,400 crimes, 80 per 1,000 people (population 30,000).", ["ok"]),
        ("There were 2,400 crimes, 86 per 1,000 people (population 30,000).", ["wrong"]),
        ("There were 2,405 crimes, 80.1 per 1,000 people (population 30,000).", ["imprecise"]),
        ("Twelve people died in Eastborough (population 270,000), 4.4 per 100,000.", ["ok"]),
        ("Twelve people died in Eastborough (population 270,000), 4.4 per 10,000.", ["wrong"]),
        ("In 2018/19 there were 2,400 crimes, 80 per 1,000 people.", ["not_checkable"]),
        ("In the 12 wards it is 8.2 per 1,000 people (population 30,000).", []),
        ("Of 40,000 crimes nationally few were here, 80 per 1,000 people (population 30,000).", ["not_checkable"]),
        ("There were 24 births, 400 per 100,000 young people (population 30,000).", []),
        ("There were 24 deaths, 70.5 per 100,000, age standardised (population 30,000).", []),
        ("There were 240 burglaries, 20 per 1,000 households (population 30,000).", []),
    ],
)
def test_rate_beside_a_population(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts


def test_population_of_another_document_for_the_same_place_and_year() -> None:
    known = "In 2018/19 there were 1,160 incidents in Northmarsh, 29.0 per 1,000 residents (population 40,000)."
    asked = "In {} there were 2,900 crimes in {}, a rate of {} per 1,000 residents."
    assert list_accusations(NAME, known, asked.format("2018/19", "Northmarsh", "70"))
    assert not list_accusations(NAME, known, asked.format("2018/19", "Northmarsh", "73"))
    assert not list_accusations(NAME, known, asked.format("2017/18", "Northmarsh", "70"))
    assert not list_accusations(NAME, known, asked.format("2018/19", "Eastborough", "70"))


@pytest.mark.parametrize(
    ("second", "accused"),
    [
        ("In 2018/19 Northmarsh had 900 incidents, 25 per 1,000 residents.", True),
        ("In 2018/19 Northmarsh had 900 incidents, 30 per 1,000 residents.", False),
        ("In 2018/19 Southmarsh had 900 incidents, 25 per 1,000 residents.", False),
        ("In 2018/19 the county had 900 incidents, 25 per 1,000 residents.", False),
        ("In 2012/13 Northmarsh had 900 incidents, 25 per 1,000 residents.", False),
    ],
)
def test_two_rates_imply_one_population(second: str, accused: bool) -> None:
    first = "In 2018/19 Northmarsh had 2,400 crimes, 80 per 1,000 residents."
    assert bool(list_accusations(NAME, f"{first}\n\n{second}")) is accused


def test_wards_in_rows_or_under_headings_are_not_compared() -> None:
    rows = "| Ward | Crime |\n|---|---|\n| Castle | 640, 80 per 1,000 |\n| River | 640, 70 per 1,000 |\n"
    assert not list_accusations(NAME, rows)
    wards = "# {}\n\n| Level | |\n|---|---|\n| Crime | 640, {} per 1,000 |\n\n"
    assert not list_accusations(NAME, wards.format("Castle", 80) + wards.format("River", 70))
    assert list_accusations(NAME, wards.format("All recorded crime", 80) + wards.format("Burglary", 70))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In 2018/19 there were 2,400 crimes, 80 per 1,000 residents.", "ok"),
        ("In 2018/19 there were 2,400 crimes, 86 per 1,000 residents.", "wrong"),
        ("In 2011/12 there were 2,400 crimes, 86 per 1,000 residents.", "not_checkable"),
        ("In 2018/19 Southmarsh had 2,400 crimes, 86 per 1,000 residents.", "not_checkable"),
        ("Our year is 2018/19.\n\nThere were 2,400 crimes, 78.7 per 1,000 residents.", "ok"),  # 2019's population
        ("Our year is 2018/19.\n\nThere were 2,400 crimes, 86 per 1,000 residents.", "wrong"),
    ],
)
def test_loaded_population(text: str, verdict: str) -> None:
    checked = check_documents([read_text(text, name="a.md", format="md")], evidence=OneTown())
    assert [claim.verdict for claim in checked.claims if claim.rule == NAME] == [verdict]


def test_reason_names_the_population_that_would_be_needed() -> None:
    (claim,) = judge(NAME, "There were 2,400 crimes, 86 per 1,000 people (population 30,000).")
    assert "80.00 per 1,000 people" in claim.why
    assert "27,746 to 28,070" in claim.why


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("In 2018/19 Northmarsh had 2,400 crimes", {"northmarsh"}),
        ("crimes across the Isle of Dunmere rose", {"isle of dunmere"}),
        ("the county as a whole", {"county"}),
        ("In March there were 30", set()),
    ],
)
def test_places_named(text: str, places: set[str]) -> None:
    assert find_places(text) == places
