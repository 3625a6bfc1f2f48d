"""A paper as a workbook: what it is of, where each table belongs, no number without unit or how it was found."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from evidence.reports.governance.test_accounts import FRAME, judge
from evidence.reports.performance.plans import Q1, Q2, indicator, judged, status, value
from wardmote.evidence.interface import write_governance_report
from wardmote.evidence.reports.writers.cells import find_number_format
from wardmote.evidence.targets.accounts import ExecutiveAccount, JudgedPlan, OutturnAccount
from wardmote.evidence.targets.plan import Plan


def read(path: Path, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python()  # type: ignore[return-value]


def test_contents_say_of_what_and_in_which_part(tmp_path: Path) -> None:
    write_governance_report(ExecutiveAccount(FRAME, judge()), [tmp_path / "a.xlsx"])
    rows = read(tmp_path / "a.xlsx", "Contents")
    assert ["Of", FRAME.title, ""] in rows
    assert ["For", "Strategic executive group", ""] in rows
    assert any(row[0] == "Table 1" and str(row[1]).startswith("Priority 1") for row in rows)


def test_number_of_a_year_keeps_how_it_was_found_beside_it(tmp_path: Path) -> None:
    told = [replace(value(at, 40), basis="quarter", shape="count") for at in (Q1, Q2)]
    row = replace(indicator("1.1", "Visits", told), unit="visits")
    plan = JudgedPlan(Plan("P", (row,)), (judged("1.1", status(Q2, "red", 40)),))
    ended = replace(FRAME, as_at=date(2025, 4, 1))
    write_governance_report(OutturnAccount(ended, plan), [tmp_path / "a.xlsx"])
    rows = read(tmp_path / "a.xlsx", "Table 1")
    head = next(at for at, row in enumerate(rows) if row[0] == "Indicator")
    assert rows[head][1:3] == ["Out-turn 2024/25", "Out-turn 2024/25: how"]
    assert rows[head + 1][1:3] == [80.0, "the sum of 2 of 4 quarters"]


@pytest.mark.parametrize(
    ("text", "number", "shape"),
    [
        ("28 people", 28.0, '#,##0" people"'),
        ("1,639 fly tips", 1639.0, '#,##0" fly tips"'),
        ("174.1 per head", 174.12, '0.0" per head"'),
        ("12 of 30", 40.0, "General"),  # the number shown is not the number held
        ("12 people", 40.0, "General"),
        ("275 per 100k", 275.0, '#,##0" per 100k"'),
    ],
)
def test_unit_stays_behind_its_number_where_it_says_the_same(text: str, number: float, shape: str) -> None:
    assert find_number_format(text, number).format == shape
