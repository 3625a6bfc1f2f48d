"""One quantity with two values, and what only looks like one."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "one_quantity_two_values"
FIRST = "In 2018/19 there were 2,417 recorded crimes in Northmarsh."


def test_two_values_in_two_documents() -> None:
    (claim,) = judge(NAME, FIRST, "There were 2,471 recorded crimes in Northmarsh in 2018/19.")
    assert (claim.verdict, claim.place.file, claim.related[0].file) == ("inconsistent", "1.md", "0.md")


def test_cut_off_percentage_is_imprecise_wherever_it_stands() -> None:
    exact = "Burglary in Northmarsh rose by 25.9% in 2018/19."
    assert list_verdicts(NAME, exact, exact.replace("25.9", "25")) == ["imprecise"]
    assert list_verdicts(NAME, exact.replace("25.9", "25"), exact) == ["imprecise"]
    assert list_verdicts(NAME, exact, exact.replace("25.9", "26")) == ["ok"]


@pytest.mark.parametrize(
    "other",
    [
        "In 2019/20 there were 2,471 recorded crimes in Northmarsh.",
        "In 2018/19 there were 2,471 recorded crimes in Eastborough.",
        "In 2018/19 there were 412 recorded knife crimes in Northmarsh.",
        "In 2018/19 there were about 2,500 recorded crimes in Northmarsh.",
        "In 2018/19 there were 2,471 recorded crimes in Northmarsh (revised).",
        "In 2018/19 there were 312 recorded crimes against women in Northmarsh.",
        "In 2018/19 there were 2,471 estimated crimes in Northmarsh.",
        "In 2018/19 there were 2,400 recorded crimes in Northmarsh.",  # rounded to hundreds
    ],
)
def test_another_quantity_is_not_accused(other: str) -> None:
    assert "inconsistent" not in list_verdicts(NAME, FIRST, other)


def test_three_values_under_one_wording_are_a_list() -> None:
    texts = [FIRST, *(FIRST.replace("2,417", value) for value in ("2,471", "1,903"))]
    assert list_verdicts(NAME, *texts) == []


def test_without_a_place_only_one_paragraph_is_compared() -> None:
    one, two = "In 2018/19 there were 48 road deaths.", "There were 52 road deaths in 2018/19."
    assert list_verdicts(NAME, one, two) == []
    assert list_verdicts(NAME, f"{one} {two}") == ["inconsistent"]


def test_common_noun_under_another_heading_is_another_thing() -> None:
    one, two = "In 2018/19 there were 48 incidents in Northmarsh.", "There were 52 incidents in Northmarsh in 2018/19."
    assert list_verdicts(NAME, f"# Burglary\n\n{one}\n\n# Arson\n\n{two}") == []
    assert list_verdicts(NAME, f"# Burglary\n\n{one} {two}") == ["inconsistent"]
