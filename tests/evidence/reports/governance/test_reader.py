"""What a chief executive reads: spans in words, a running year named as one, values of several parts told whole."""

from dataclasses import replace
from datetime import date

import pytest

from evidence.reports.governance.test_accounts import FRAME, column, find_table, judge, words
from evidence.reports.performance.plans import Q1, Q2, build_plan, value
from wardmote.evidence.reports.document import Cell
from wardmote.evidence.reports.governance import build_account
from wardmote.evidence.reports.governance.history import build_history
from wardmote.evidence.reports.governance.spans import explain_quarters, say_period, say_span
from wardmote.evidence.reports.governance.standing import say_unlike
from wardmote.evidence.targets.accounts import (
    ExecutiveAccount,
    HistoryAccount,
    JudgedPlan,
    Lacking,
    Matter,
    OutturnAccount,
    PlanAccount,
    ScrutinyAccount,
    Submission,
    Undertaking,
)
from wardmote.evidence.targets.plan_file import Gate, PlanFile


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((date(2026, 7, 1), date(2026, 9, 30)), "July to September 2026"),
        ((date(2026, 12, 1), date(2027, 2, 28)), "December 2026 to February 2027"),
        ((date(2026, 7, 1), date(2026, 7, 31)), "July 2026"),
    ],
)
def test_span_is_said_in_months(days: tuple[date, date], said: str) -> None:
    assert say_span(*days) == said


@pytest.mark.parametrize(
    ("label", "said"),
    [("AY2024/25", "school year 2024/25"), ("2025/26 H2", "second half of 2025/26"), ("2026/27Q2", "2026/27Q2")],
)
def test_period_is_said_without_codes_that_only_a_register_knows(label: str, said: str) -> None:
    assert say_period(label) == said


@pytest.mark.parametrize("day", [date(2026, 4, 1), date(2027, 3, 31)])
def test_quarters_are_explained_by_the_year_of_the_paper(day: date) -> None:
    assert "2026/27Q1 is April to June 2026" in explain_quarters(day)


def test_value_of_several_parts_is_told_whole() -> None:
    two = replace(value(Q1, None), shape="parts", parts=(("by day", 94.7), ("after dark", 61.8)))
    steps = replace(value(Q1, None), shape="checklist", checks=(True, True, False))
    assert say_unlike(two, is_percent=True) == "by day 94.7%, after dark 61.8%"
    assert say_unlike(steps, is_percent=False) == "2 of 3 parts done"
    assert say_unlike(value(Q1, 70), is_percent=True) == ""


def test_executive_report_is_named_after_its_months() -> None:
    frame = replace(FRAME, starts_on=date(2024, 7, 1), ends_on=date(2024, 9, 30))
    assert build_account(ExecutiveAccount(frame, judge())).title == "Executive report, July to September 2024"


def test_first_page_counts_late_actions_of_all_and_says_who_owes_returns() -> None:
    owed = tuple(Matter("missing", f"1.{at}", "Measure", "owes", "Police" if at else "Council", 1) for at in range(3))
    actions = (
        Undertaking("1", "Light it", 1, "Council", date(2024, 5, 1), "prevent", "under_way", ""),
        Undertaking("2", "Gate it", 1, "Council", date(2025, 5, 1), "prevent", "under_way", ""),
    )
    said = words(build_account(ExecutiveAccount(FRAME, judge(), matters=owed, actions=actions)))
    assert "actions overdue: 1 of 2." in said
    assert "Returns that did not come: Police 2, Council 1." in said


@pytest.mark.parametrize(
    ("as_at", "title", "is_told"),
    [(date(2025, 3, 31), "The year so far, 2024/25", True), (date(2025, 4, 1), "Year-end out-turn, 2024/25", False)],
)
def test_year_that_runs_is_not_called_an_outturn(as_at: date, title: str, is_told: bool) -> None:
    document = build_account(OutturnAccount(replace(FRAME, as_at=as_at), judge()))
    assert document.title == title
    assert ("not its out-turn" in words(document)) is is_told
    heads = [one.title for one in find_table(document, "outturn-1").columns]
    assert ("Final status" in heads) is not is_told


def test_outturn_gives_its_figures_their_unit() -> None:
    plan, answers = build_plan()
    rows = tuple(replace(row, unit="visits") if row.unit not in ("percent", "%") else row for row in plan.indicators)
    held = JudgedPlan(replace(plan, indicators=rows), tuple(answers))
    document = build_account(OutturnAccount(replace(FRAME, as_at=date(2025, 5, 1)), held))
    shown = [cell for at in (1, 2) for cell in column(find_table(document, f"outturn-{at}"), 1)]
    told = [cell for cell in shown if cell[:1].isdigit()]
    assert told
    assert all(cell.endswith(("%", "visits")) for cell in told)


def test_scrutiny_pack_of_a_running_year_says_so() -> None:
    assert "reported so far" in words(build_account(ScrutinyAccount(FRAME, judge())))
    ended = replace(FRAME, as_at=date(2025, 4, 1))
    assert "reported so far" not in words(build_account(ScrutinyAccount(ended, judge())))


def test_result_that_can_still_change_is_marked_in_every_paper_that_prints_it() -> None:
    held = replace(judge(), unsettled={("1.1", Q2): "queried"})
    matter = Matter("red", "1.1", "Victims satisfied", f"{Q2}: 60% against at least 80%", "Council", 1)
    executive = words(build_account(ExecutiveAccount(FRAME, held, matters=(matter,))))
    assert f"{Q2}*: 60% against at least 80%." in executive
    assert f"60%* | {Q2}; queried" in executive
    document = build_account(ScrutinyAccount(FRAME, held))
    line = next(row for row in find_table(document, "missed-table").rows if row[0].detail.startswith("1.1"))
    # the quarter before is signed off
    assert line[3] == Cell(f"{Q1}: 70% against at least 80%; {Q2}: 60%* against at least 80%", detail="queried")
    assert find_table(document, "missed-table").note.startswith("* rests on a value that is queried")
    assert find_table(build_account(ScrutinyAccount(FRAME, judge())), "missed-table").note == ""


def test_outturn_says_what_did_not_come_in_whole_sentences() -> None:
    owed = (Lacking("2.1", "Visits made", Q2, "Council", "Late"),)
    said = words(build_account(OutturnAccount(FRAME, judge(), owed)))
    assert "No indicator" not in said
    assert "could not be judged. 1 return had not come." in said
    assert "Every return of the year came in." in words(build_account(OutturnAccount(FRAME, judge())))


def test_history_stands_in_the_order_of_the_plan() -> None:
    values = tuple(
        Submission(ref, "Measure", Q2, 1, "60%", "Submitted", FRAME.as_at, "A. Officer", None, "", "", True)
        for ref in ("1.10", "1.2", "2.1")
    )
    document = build_history(HistoryAccount(FRAME, "Police", values))
    assert [one.title for one in document.sections[:-1]] == ["1.2 Measure", "1.10 Measure", "2.1 Measure"]
    assert "none of them is a revision. Of those that count now, 3 are still to be signed off." in words(document)


def test_first_page_of_the_pack_names_what_is_furthest_from_its_target_once() -> None:
    document = build_account(ScrutinyAccount(FRAME, judge()))
    named = next(line for line in words(document).split("\n") if line.startswith("Furthest from their targets: "))
    titles = [row[0].text for row in find_table(document, "missed-table").rows if row[2].state == "red"]
    assert named.count(titles[0]) == 1
    assert f"in {Q2}, short by 20 points, 25% of the target" in named


def test_first_page_of_the_outturn_names_every_red_measure() -> None:
    document = build_account(OutturnAccount(FRAME, judge()))
    red = {
        row[0].detail.partition(",")[0]
        for at in (1, 2)
        for row in find_table(document, f"outturn-{at}").rows
        if row[3].state == "red"
    }
    named = next(line for line in words(document).split("\n") if line.startswith("Red: "))
    assert red
    assert {one.split()[0] for one in named.removeprefix("Red: ").split("; ")} == red


def test_plan_document_says_who_approved_it_before_its_priorities() -> None:
    gate = Gate("cabinet", "Cabinet", date(2024, 2, 1), "approved")
    document = build_account(PlanAccount(FRAME, PlanFile(plan=build_plan()[0], gates=(gate,))))
    titles = [one.title for one in document.sections]
    assert titles.index("Approval") < next(at for at, one in enumerate(titles) if one.startswith("Priority"))


def test_column_of_outlooks_is_printed_only_where_one_is_told() -> None:
    document = build_account(ExecutiveAccount(FRAME, judge()))
    for number in (1, 2):
        table = find_table(document, f"measures-{number}")
        told = [row[5].text for row in table.rows if len(row) == 6 and row[5].text != "–"]
        assert ("Outlook" in [column.title for column in table.columns]) is bool(told)
        assert sum(column.width or 0 for column in table.columns) == pytest.approx(1)
