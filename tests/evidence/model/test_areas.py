"""Areas: what a code says of itself, and sets of areas with their year."""

import pytest

from wardmote.evidence.model.areas import Area, AreaSet, kind_of_code
from wardmote.evidence.model.errors import UsageError

# Codes of real places from the ONS register of geographic codes, and of the sample partnership (X).
KINDS = """
E01016036 | lsoa
W01000001 | lsoa
X01000001 | lsoa
E02003314 | msoa
E05014449 | ward
W05001492 | ward
E06000035 | district
E07000106 | district
E08000025 | district
E09000033 | district
W06000015 | district
E22000352 | csp
W22000001 | csp
E23000032 | force
W15000001 | force
E12000008 | region
E92000001 | country
W92000004 | country
K04000001 | country
E99999999 | unknown
S01006506 | unknown
e06000035 | custom
E0600003  | custom
high-street | custom
"""


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_code_names_its_kind(line: str) -> None:
    code, kind = (cell.strip() for cell in line.split("|"))
    assert kind_of_code(code) == kind


@pytest.mark.parametrize("text", ["ward@2024", "lsoa@2021", "district", "csp", "custom"])
def test_area_set_written_is_the_area_set_read(text: str) -> None:
    assert str(AreaSet.parse(f" {text} ")) == text


@pytest.mark.parametrize("text", ["wards", "ward@24", "ward@", "ward 2024", "parish@2024", ""])
def test_area_set_in_another_form_says_what_to_write(text: str) -> None:
    with pytest.raises(UsageError, match="such as ward@2024"):
        AreaSet.parse(text)


def test_sets_of_the_same_kind_and_other_years_differ() -> None:
    assert AreaSet.parse("ward@2017") != AreaSet.parse("ward@2024")
    assert AreaSet.parse("ward@2017") == AreaSet("ward", 2017)


def test_area_without_a_name_is_called_by_its_code() -> None:
    assert (Area("E06000035").title, Area("E06000035", "Medway").title) == ("E06000035", "Medway")
    assert str(Area("E06000035", "Medway")) == "E06000035"
