"""Shares that should make 100, and lists that need not."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts
from wardmote.evidence.claims.rules.shares_of_whole import allow_rounding

NAME = "shares_of_whole"


def draw_shares(*shares: str, head: str = "Breakdown of incidents (%)") -> str:
    rows = "\n".join(f"| {name} | {share} |" for name, share in (pair.split(":") for pair in shares))
    return f"| Type | {head} |\n|---|---|\n{rows}\n"


def test_column_at_99_is_ok_and_stands_at_the_head() -> None:
    found = judge(NAME, draw_shares("Noise:31%", "Vehicles:23%", "Begging:32%", "Other:13%"))
    assert [(claim.verdict, claim.recomputed[0].value, claim.place.row) for claim in found] == [("ok", 99.0, 0)]


def test_column_of_a_breakdown_at_107_is_inconsistent() -> None:
    table = draw_shares("Noise:39%", "Vehicles:23%", "Begging:32%", "Other:13%")
    assert list_verdicts(NAME, table) == ["inconsistent"]


def test_column_at_107_is_ok_where_several_answers_are_explained() -> None:
    table = draw_shares("Noise:39%", "Vehicles:23%", "Begging:32%", "Other:13%")
    assert list_verdicts(NAME, table + "\nRespondents could name several issues.\n") == ["ok"]


@pytest.mark.parametrize(
    "head", ["Satisfied (%)", "Change in share (%)", "Detection rate", "Percentage meeting the target"]
)
def test_columns_that_are_no_shares_of_one_whole_are_left_alone(head: str) -> None:
    assert list_accusations(NAME, draw_shares("Noise:80%", "Vehicles:83%", "Other:92%", head=head)) == []


def test_rows_that_are_parts_of_others_are_left_alone() -> None:
    table = draw_shares("Theft:40%", "Theft from shops:10%", "Violence:40%", "Other:20%", head="Breakdown (%)")
    assert list_accusations(NAME, table) == []


def test_short_list_of_the_largest_is_left_alone() -> None:
    assert list_verdicts(NAME, draw_shares("Noise:20%", "Vehicles:13%", "Begging:12%")) == []


@pytest.mark.parametrize(("rest", "verdict"), [("7%", "ok"), ("6%", "ok"), ("17%", "inconsistent")])
def test_sentence_that_names_the_remaining_share(rest: str, verdict: str) -> None:
    text = f"Asked about the day, 41% felt very safe, 53% fairly safe and the remaining {rest} neither."
    assert list_verdicts(NAME, text) == [verdict]


def test_remaining_share_may_have_its_parts_in_the_sentence_before() -> None:
    text = "In all 48% felt safe. Some 14% were unsure, 8% unsafe and the remaining 30% silent."
    assert list_accusations(NAME, text) == []


def test_shares_of_two_years_are_left_alone() -> None:
    text = "Noise made 40% compared with 45% last year, vehicles 20% and the remaining 15% other types."
    assert list_verdicts(NAME, text) == []


def test_total_below_its_flags_is_ok_where_explained() -> None:
    text = (
        "Of the offences 71,000 (76%) were race; 12,000 (13%) orientation; 18,000 (19%) religion. (Note: an offence "
        "may have more than one motivating factor, so the numbers sum to more than 94,000 and 100 per cent.)"
    )
    found = judge(NAME, text)
    assert [(claim.verdict, claim.claimed[0].value) for claim in found] == [("ok", 94000.0)]


def test_rounding_of_many_parts_never_strays_far() -> None:
    """Half a step each for few parts; three standard errors (sqrt(n/12) steps each) for many."""
    assert allow_rounding(2, 1.0) == 1.0
    assert allow_rounding(12, 1.0) == 3.0
