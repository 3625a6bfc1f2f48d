"""Percentages beside counts in a table."""

from evidence.claims.rules.judging_sums import judge, list_accusations, list_verdicts
from wardmote.evidence.claims.rules.shares_in_tables import RULE

NAME = "shares_in_tables"


def test_share_of_the_column_beside_it() -> None:
    assert list_verdicts(NAME, RULE.holds) == ["ok", "ok"]
    assert list_verdicts(NAME, RULE.fails) == ["ok", "wrong"]


def test_share_of_the_total_in_the_last_row() -> None:
    table = "| Offence | Count | Share |\n|---|---|---|\n| Violence | 450 | 45% |\n| Theft | 350 | 41% |\n"
    table += "| Damage | 200 | 20% |\n| Total | 1,000 | 100% |\n"
    assert [claim.quote for claim in judge(NAME, table) if claim.accuses] == ["41%"]


def test_percentage_changes_beside_counts_are_left_alone() -> None:
    table = "| Offence | Count | % change |\n|---|---|---|\n| Violence | 450 | 45% |\n| Theft | 350 | 35% |\n"
    assert list_accusations(NAME, table + "| Total | 1,000 | 8% |\n") == []


def test_column_that_no_row_fits_is_left_alone() -> None:
    table = "| Area | Reports | Victims | Victims satisfied % |\n|---|---|---|---|\n"
    assert list_verdicts(NAME, table + "| A | 40 | 30 | 90% |\n| B | 60 | 42 | 81% |\n") == []
