"""Columns of changes beside two periods."""

import pytest

from evidence.claims.rules.judging_sums import judge, list_verdicts

NAME = "change_columns"


def draw(head: str, *rows: str) -> str:
    return "\n".join((head, "|---" * (head.count("|") - 1) + "|", *rows))


@pytest.mark.parametrize(
    ("cells", "verdicts"),
    [
        (("-10%", "+10%"), ["ok", "ok"]),
        (("-20", "15"), ["ok", "ok"]),
        (("10% decrease", "10% increase"), ["ok", "ok"]),
        (("10% increase", "10% increase"), ["contradicts", "ok"]),
        (("↑ 10%", "↑ 10%"), ["contradicts", "ok"]),
        (("-10%", "+15%"), ["ok", "wrong"]),
        (("10%", "10%"), ["ok", "ok"]),  # says no way
        (("-14%", "+25%"), []),  # neither fits: the changes are of something else
        (("n/a", "+15%"), []),
    ],
)
def test_change_beside_two_years(cells: tuple[str, str], verdicts: list[str]) -> None:
    rows = (f"| Marsh Lane | 200 | 180 | {cells[0]} |", f"| Castle | 150 | 165 | {cells[1]} |")
    assert list_verdicts(NAME, draw("| Ward | 2018 | 2019 | Change |", *rows)) == verdicts


def test_columns_from_late_to_early() -> None:
    table = draw("| Ward | 2019/20 | 2018/19 | % change |", "| A | 180 | 200 | -10% |", "| B | 165 | 150 | -10% |")
    assert list_verdicts(NAME, table) == ["ok", "contradicts"]


def test_change_of_the_last_two_of_three_years_or_of_the_first_and_last() -> None:
    head = "| Ward | 2017 | 2018 | 2019 | Change |"
    assert (
        list_verdicts(NAME, draw(head, "| A | 90 | 200 | 180 | -10% |", "| B | 90 | 150 | 165 | +10% |")) == ["ok"] * 2
    )
    assert (
        list_verdicts(NAME, draw(head, "| A | 200 | 90 | 180 | -10% |", "| B | 150 | 90 | 165 | +10% |")) == ["ok"] * 2
    )


def test_shares_change_by_points_or_per_cent() -> None:
    head = "| Ward | Previous year | Current year | Change |"
    rows = ("| A | 40% | 44% | +4% |", "| B | 50% | 60% | +20% |", "| C | 50% | 45% | +5% |")
    assert list_verdicts(NAME, draw(head, *rows)) == ["ok", "ok", "contradicts"]


@pytest.mark.parametrize(
    "head",
    [
        "| Ward | 2018 | 2019 | Change on target |",
        "| Ward | 2018 | 2019 | Change on last quarter |",
        "| Ward | 2018 | Q1 2019 | Change |",
        "| Ward | 2018 | 2019 | Share |",
    ],
)
def test_other_columns_are_left(head: str) -> None:
    assert list_verdicts(NAME, draw(head, "| A | 200 | 180 | -10% |", "| B | 150 | 165 | +15% |")) == []


def test_small_differences_that_fit_by_chance_accuse_nobody() -> None:
    table = draw("| Ward | 2018 | 2019 | Change |", "| A | 4 | 5 | 1 |", "| B | 9 | 5 | -1 |")
    assert list_verdicts(NAME, table) == []


def test_change_from_nought_is_no_fault_and_places_are_the_cells() -> None:
    table = draw("| Ward | 2018 | 2019 | Change |", "| A | 0 | 5 | 500% |", "| B | 150 | 165 | +10% |")
    claims = judge(NAME, table)
    assert [claim.verdict for claim in claims] == ["not_checkable", "ok"]
    assert (claims[1].place.row, claims[1].place.column) == (2, 3)
