"""Totals in a last row, and twelve months against the year's stated total."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts

NAME = "total_of_column"
MONTHS = [f"{month} 2015" for month in ("April", "May", "June", "July", "August", "September", "October", "November")]
MONTHS += ["December 2015", "January 2016", "February 2016", "March 2016"]


def draw(*rows: str, head: str = "Reports") -> str:
    return f"| Ward | {head} |\n|---|---|\n" + "".join(f"| {' | '.join(row.split(':'))} |\n" for row in rows)


def draw_year(stated: str, counts: list[int]) -> str:
    level = f"# Crime\n\n| Level of crime | {stated} / 70 per 1000 residents |\n|---|---|\n| Change | 8% |\n\n"
    rows = "".join(f"| {month} | {count} |\n" for month, count in zip(MONTHS, counts, strict=True))
    return level + "Seasonality\n\n| Month | Recorded crimes |\n|---|---|\n" + rows


@pytest.mark.parametrize(("total", "verdict"), [("300", "ok"), ("320", "inconsistent"), ("290", "inconsistent")])
def test_total_row_of_exact_counts(total: str, verdict: str) -> None:
    assert list_verdicts(NAME, draw("A:120", "B:85", "C:95", f"Total:{total}")) == [verdict]


def test_total_row_of_rounded_counts_is_imprecise() -> None:
    assert list_verdicts(NAME, draw("A:1,200", "B:800", "C:900", "Total:3,000")) == ["imprecise"]


@pytest.mark.parametrize(
    "table",
    [
        draw("A:40", "B:60", "All violence:100", "Theft:50", "Total:150"),
        draw("Violence:100", "With injury:40", "Without injury:60", "Theft:50", "Total:150"),
        draw("A:12", "B:<5", "C:9", "Total:24"),
        draw("A:80", "B:50", "C:70", "Total:64", head="Rate per 1,000"),
        draw("A:12", "of which repeat:5", "C:9", "Total:21"),
        draw("Burglary:300", "Theft:400", "Total recorded crime:2,000", head="Count"),
        draw("Q1:30", "Q2:40", "Q3:35", "Total:80", head="Individuals seen"),
        draw("Staff:£100,000", "Less income:£20,000", "Total:£80,000", head="Budget"),
        draw("April:100", "May:120", "June:140", "Average:120"),
    ],
    ids=["subtotal", "inner rows", "hidden", "rates", "of which", "headline", "people seen twice", "income", "average"],
)
def test_columns_that_need_not_add_up_are_left_alone(table: str) -> None:
    assert list_accusations(NAME, table) == []


@pytest.mark.parametrize(
    ("stated", "counts", "verdict"),
    [
        ("20,285", [1650, 1650, 1550, 1600, 1620, 1600, 1750, 1800, 1750, 1650, 1700, 1850], "imprecise"),
        ("20,170", [1650, 1650, 1550, 1600, 1620, 1600, 1750, 1800, 1750, 1650, 1700, 1850], "ok"),
        ("1,212", [101] * 12, "ok"),
        ("1,221", [101] * 12, "inconsistent"),
    ],
)
def test_twelve_months_against_the_stated_year(stated: str, counts: list[int], verdict: str) -> None:
    (claim,) = judge(NAME, draw_year(stated, counts))
    assert (claim.verdict, claim.recomputed[0].value) == (verdict, float(sum(counts)))


def test_a_total_of_another_size_is_of_something_else() -> None:
    assert judge(NAME, draw_year("9,212", [101] * 12)) == []
