"""Ranks, lists in order, top few, same names."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts
from wardmote.evidence.claims.rules.list_order import RULE as ORDER
from wardmote.evidence.claims.rules.same_names import RULE as SAME

WARDS = (
    "\n\n| Ward | Reports |\n|---|---|\n| Marsh Lane | 320 |\n| Harbour | 280 |\n| Castle | 240 |\n| Priory | 160 |\n"
)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Castle ward had the third highest number of reports.", ["ok"]),
        ("Priory ward had the third highest number of reports.", ["contradicts"]),
        ("Priory ward had the lowest number of reports.", ["ok"]),
        ("Harbour had the highest number of reports of the four wards.", ["contradicts"]),
        ("Priory has the highest rate of reports.", []),
        ("Harbour had the highest number of arrests.", []),
        ("Harbour and Castle had the highest number of reports.", []),
        ("Harbour had the highest number of reports since 2012.", []),
        ("Harbour had the highest number of reports in the summer.", []),
        ("Harbour had the highest increase in reports.", []),
        ("The town is ranked 60th of 56 unitary authorities.", ["inconsistent"]),
        ("The town is ranked 26th of 56 unitary authorities.", ["not_checkable"]),
        ("Third sector partners ran 8 sessions.", []),
    ],
)
def test_ranks_against_the_table(text: str, verdicts: list[str]) -> None:
    assert list_verdicts("ranks", text + WARDS) == verdicts


@pytest.mark.parametrize(("share", "verdict"), [("60%", "ok"), ("46%", "wrong")])
def test_top_two_of_a_table_with_a_total(share: str, verdict: str) -> None:
    text = f"The top two wards account for {share} of all reports." + WARDS + "| Total | 1,000 |\n"
    assert list_verdicts("top_few_share", text) == [verdict]


def test_top_wards_without_the_number_of_all_are_not_checkable() -> None:
    text = "The top two wards were:\n\n- River 980 reports\n- Castle 955 reports\n\n"
    (claim,) = judge("top_few_share", text + "These wards account for 48% of all reports.")
    assert (claim.verdict, sum(part.value for part in claim.inputs)) == ("not_checkable", 1935.0)


def test_order_of_a_list() -> None:
    assert list_verdicts("list_order", ORDER.holds) == ["ok"]
    assert list_verdicts("list_order", ORDER.fails) == ["contradicts"]
    assert list_verdicts("list_order", ORDER.fails.replace("in order", "among others")) == []


def test_same_names_in_one_report_or_two() -> None:
    assert list_verdicts("same_names", SAME.holds) == ["ok"]
    assert list_verdicts("same_names", SAME.fails) == ["contradicts"]
    first, second, said = (part.strip() for part in SAME.fails.replace("The ", "|The ").split("|")[1:])
    assert list_verdicts("same_names", first, f"{second}\n\n{said}") == ["contradicts"]
    assert list_verdicts("same_names", first.replace("noise", "burglary"), f"{second}\n\n{said}") == []


def test_a_top_nought_names_nothing() -> None:
    assert list_verdicts("same_names", "The top 0 wards.\n\nThe same wards as the previous year.") == []
