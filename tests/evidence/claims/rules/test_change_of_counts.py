"""Printed changes against the two values beside them."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "change_of_counts"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("Burglary fell from 500 to 400, a 20% decrease.", ["ok"]),
        ("Burglary fell from 500 to 400, a 25% decrease.", ["wrong"]),
        ("Burglary rose from 640 to 780, an increase of 21%.", ["imprecise"]),
        ("Burglary went from 500 to 400, a 20% increase.", ["contradicts"]),
        ("Slavery referrals rose from 0 to 5, an increase of 500%.", ["unsupported"]),
        ("Completions rose 2% from 6.2% to 8.2%.", ["imprecise"]),
        ("Completions rose 3 percentage points from 6.2% to 8.2%.", ["wrong"]),
        ("Calls rose by over 30%, from 200 to 250.", ["wrong"]),
        ("Offences were 12,640, 5.2% more than the 12,015 of last year.", ["ok"]),
        ("The fund of £1.2 million is 20% more than the £1 million of last year.", ["ok"]),
        ("Nationally burglary rose 5% in 2018/19. In Northmarsh it fell from 500 to 480.", []),
        ("Nationally knife crime rose by 8%, while in Northmarsh it fell from 90 to 84.", []),
        ("Robbery was 120 in 2018. Burglary was 150 in 2019, up 10% on the year before.", []),
        ("The fund supports people from 16 to 24 and has grown by 30% since it began.", []),
        ("Robbery fell to 81, while weapons rose by 25% from 48 to 60.", ["ok"]),
    ],
)
def test_change_beside_two_values(text: str, verdicts: list[str]) -> None:
    assert list_verdicts(NAME, text) == verdicts


def test_quarter_in_a_row_named_a_reduction() -> None:
    row = "| Reduction in repeat victims | 5% | Q2 - {} (last year we had 22 victims. There are currently 6) |"
    head = "| Measure | Target | Update |\n|---|---|---|\n"
    assert list_verdicts(NAME, head + row.format("78%")) == ["wrong"]
    assert list_verdicts(NAME, head + row.format("73%")) == ["ok"]
    assert list_verdicts(NAME, (head + row.format("78%")).replace("Reduction in", "Share of")) == []


def test_reason_shows_what_the_printed_values_give() -> None:
    (claim,) = judge(NAME, "The fund of £1.2 million is 20% more than the £1 million of last year.")
    assert claim.why == "From 1,000,000 to 1,200,000 is +20.0%, as printed."
