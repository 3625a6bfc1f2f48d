"""Totals in a last column."""

from evidence.claims.rules.judging_sums import list_verdicts

NAME = "total_of_row"
HEAD = "| Measure | Q1 | Q2 | Q3 | Q4 | Total |\n|---|---|---|---|---|---|\n"


def test_quarters_and_their_total() -> None:
    table = HEAD + "| Referrals | 10 | 12 | 14 | 16 | 52 |\n| Visits | 20 | 22 | 24 | 26 | 98 |\n"
    assert list_verdicts(NAME, table) == ["ok", "inconsistent"]


def test_running_totals_end_in_the_total() -> None:
    assert list_verdicts(NAME, HEAD + "| Referrals | 10 | 22 | 36 | 52 | 52 |\n") == []


def test_rates_and_averages_do_not_add() -> None:
    assert list_verdicts(NAME, HEAD + "| Average wait | 10 | 12 | 14 | 16 | 13 |\n") == []


def test_stocks_and_people_counted_once_do_not_add() -> None:
    rows = "| Cases at quarter end | 20 | 22 | 24 | 23 | 23 |\n| Unique victims | 20 | 22 | 24 | 26 | 70 |\n"
    assert list_verdicts(NAME, HEAD + rows) == []


def test_target_and_baseline_are_not_added() -> None:
    head = "| Measure | Target | Q1 | Q2 | Total |\n|---|---|---|---|---|\n"
    assert list_verdicts(NAME, head + "| Visits | 50 | 20 | 22 | 42 |\n") == ["ok"]


def test_one_row_of_other_columns_is_not_accused() -> None:
    head = "| Ward | Men | Women | Total |\n|---|---|---|---|\n"
    assert list_verdicts(NAME, head + "| A | 10 | 12 | 25 |\n") == []
    fitting = "| A | 10 | 12 | 22 |\n| B | 5 | 6 | 11 |\n| C | 7 | 7 | 15 |\n"
    assert list_verdicts(NAME, head + fitting) == ["ok", "ok", "inconsistent"]
