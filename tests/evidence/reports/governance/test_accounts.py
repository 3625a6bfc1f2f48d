"""The papers of governance: what each says, that nothing missed is left unsaid, and every format of each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evidence.reports.performance.plans import Q1, Q2, build_plan, indicator, judged, status, value
from wardmote.evidence.interface import list_missed_targets, write_governance_report
from wardmote.evidence.model.errors import UsageError
from wardmote.evidence.reports.document import (
    Block,
    BulletList,
    Callout,
    Cell,
    Document,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    plain_text,
    walk_document,
)
from wardmote.evidence.reports.governance import build_account
from wardmote.evidence.targets.accounts import (
    Account,
    ExecutiveAccount,
    Frame,
    HistoryAccount,
    JudgedPlan,
    Lacking,
    LeftOut,
    Matter,
    OutturnAccount,
    PlanAccount,
    Recommended,
    Said,
    ScrutinyAccount,
    Submission,
    TargetMove,
    Undertaking,
)
from wardmote.evidence.targets.kinds import Milestone, TargetVersion, Threshold
from wardmote.evidence.targets.plan import Plan
from wardmote.evidence.targets.plan_file import Action as PlannedAction
from wardmote.evidence.targets.plan_file import Gate, PlanFile, Priority, Programme, Risk
from wardmote.evidence.targets.statuses import RowWarning

FRAME = Frame("Safer Town", "Plan 2024-27", "2024/25", date(2024, 4, 1), date(2025, 3, 31), date(2024, 10, 20))


def judge() -> JudgedPlan:
    plan, answers = build_plan()
    return JudgedPlan(plan, tuple(answers))


def words(document: Document) -> str:
    """Everything that a document says, in reading order."""
    return "\n".join(line for block in walk_document(document) for line in say(block))


def say(block: Block) -> Iterator[str]:
    if isinstance(block, Section):
        yield block.title
    elif isinstance(block, Paragraph | Callout):
        yield plain_text(block.children)
    elif isinstance(block, BulletList):
        yield from (plain_text(item) for item in block.items)
    elif isinstance(block, KeyFigures):
        yield from (f"{item.label} {item.value}" for item in block.items)
    elif isinstance(block, Table):
        yield from (f"{cell.text} | {cell.detail}" for row in block.rows for cell in row)


def find_table(document: Document, table_id: str) -> Table:
    return next(b for b in walk_document(document) if isinstance(b, Table) and b.id == table_id)


def column(table: Table, place: int) -> list[str]:
    return [row[place].text for row in table.rows]


# ---- what was missed ------------------------------------------------------------------------------------------------


def list_by_hand(plan: JudgedPlan, days: tuple[date, date]) -> set[tuple[str, str]]:
    """The slow way: every value, and the status of its period."""
    found = set()
    for row, answer in zip(plan.plan.indicators, plan.statuses, strict=True):
        ends = {told.period: told.end for told in row.values}
        for period in answer.periods:
            end = ends.get(period.period)
            is_within = end is not None and days[0] <= end <= days[1]
            if is_within and period.status in ("red", "amber") and row.id not in plan.context:
                found.add((row.id, period.period))
    return found


@pytest.mark.parametrize("days", [(date(2024, 4, 1), date(2025, 3, 31)), (date(2024, 7, 1), date(2024, 9, 30))])
def test_list_missed_targets_finds_what_counting_by_hand_finds(days: tuple[date, date]) -> None:
    found = list_missed_targets(judge(), *days)
    assert {(one.ref, one.period) for one in found} == list_by_hand(judge(), days)
    assert len(found) == len(set(found))
    assert found


def test_list_missed_targets_says_by_how_much() -> None:
    by_key = {one.key: one for one in list_missed_targets(judge(), FRAME.starts_on, FRAME.ends_on)}
    assert by_key[f"1.1 {Q2}"].gap == "short by 20 points (25% of the target)"


def test_list_missed_targets_passes_over_context_and_nothing_else() -> None:
    plan = replace(judge(), context=frozenset({"1.1"}))
    assert {one.ref for one in list_missed_targets(plan, FRAME.starts_on, FRAME.ends_on)} == {"1.2", "1.3"}


def test_period_that_nobody_can_date_is_never_passed_over() -> None:
    row = indicator("9.1", "Undated", [])
    plan = JudgedPlan(Plan("P", (row,)), (judged("9.1", status("some time", "red", 10)),))
    assert [one.ref for one in list_missed_targets(plan, date(2024, 4, 1), date(2024, 6, 30))] == ["9.1"]


@pytest.mark.parametrize(("label", "is_within"), [("2024/25 H1", True), ("2023/24 H2", False), ("2023/24 H1", False)])
def test_half_year_put_together_of_quarters_counts_where_it_ended(label: str, is_within: bool) -> None:
    plan = JudgedPlan(Plan("P", (indicator("9.1", "Tips", []),)), (judged("9.1", status(label, "red", 10)),))
    assert bool(list_missed_targets(plan, date(2024, 4, 1), date(2025, 3, 31))) is is_within


def list_printed(rows: Sequence[tuple[Cell, ...]]) -> list[tuple[str, str]]:
    """Every reference with each of the periods that its line names."""
    return [(row[0].detail.partition(",")[0], period) for row in rows for period in row[1].text.split(", ")]


# ---- the scrutiny pack ----------------------------------------------------------------------------------------------


def test_scrutiny_pack_lists_every_missed_target_and_says_so() -> None:
    document = build_account(ScrutinyAccount(FRAME, judge()))
    missed = list_missed_targets(judge(), FRAME.starts_on, FRAME.ends_on)
    rows = find_table(document, "missed-table").rows
    assert sorted(list_printed(rows)) == sorted((m.ref, m.period) for m in missed)
    assert len(rows) == len({m.ref for m in missed}) < len(missed)
    count = f"{len(missed)} targets were missed, each period counted, by {len(rows)} indicators; every"
    assert count in words(document)
    assert "value against the target" not in words(document)
    assert "Nothing was left out" in words(document)


def test_scrutiny_pack_prints_the_reason_of_what_is_left_out_and_not_its_result() -> None:
    left = LeftOut("1.1", Q2, "The survey was held in one ward only", "A. Officer", date(2024, 10, 2))
    document = build_account(ScrutinyAccount(FRAME, judge(), left_out=(left,)))
    printed_pairs = list_printed(find_table(document, "missed-table").rows)
    assert ("1.1", Q2) not in printed_pairs
    assert ("1.1", Q1) in printed_pairs
    printed = [cell.text for cell in find_table(document, "left-out-table").rows[0]]
    assert printed == ["Victims satisfied", Q2, left.reason, "A. Officer", "2 October 2024"]
    assert "60%" not in words(document)
    assert "1 is left out with the reason printed" in words(document)


def test_scrutiny_pack_ignores_an_omission_of_what_was_not_missed() -> None:
    left = LeftOut("1.4", Q2, "It looks better without it, to be plain", "A. Officer", date(2024, 10, 2))
    document = build_account(ScrutinyAccount(FRAME, judge(), left_out=(left,)))
    assert "Nothing was left out" in words(document)


def test_scrutiny_pack_gives_grey_rows_their_reason_codes_and_names_silent_ones() -> None:
    table = find_table(build_account(ScrutinyAccount(FRAME, judge())), "greys-table")
    assert "– no figure reported" in column(table, 2)


def test_scrutiny_pack_shows_changed_targets_and_recommendations_with_their_timing() -> None:
    move = TargetMove("1.4", "Tips cleared", "at least 90%", "at least 80%", date(2024, 4, 1), date(2024, 3, 2),
                      "Executive group", "")  # fmt: skip
    asked = Recommended("3", "Light the alley", "Safer Committee", date(2024, 6, 1), date(2024, 6, 3),
                        date(2024, 7, 1), "Council", "Answered: accepted", "answered on day 41, 13 days late",
                        "Accepted: it will be lit.")  # fmt: skip
    said = words(build_account(ScrutinyAccount(FRAME, judge(), moves=(move,), recommended=(asked,))))
    assert "no reason given" in said
    assert "answered on day 41, 13 days late" in said


def test_scrutiny_pack_holds_no_text_of_a_return() -> None:
    """Depersonalised by construction: whatever a partner typed beside a figure cannot come into it."""
    plan, answers = build_plan()
    typed = "A. Victim of 12 High Street said"
    rows = tuple(
        replace(row, values=tuple(replace(v, narrative=typed, note=typed) for v in row.values))
        for row in plan.indicators
    )
    step = indicator("1.12", "Lights", [replace(value(Q1, None), state="actual", text=typed)],
                     target=Milestone("lamps lit", due=date(2024, 5, 1)))  # fmt: skip
    late = replace(status(Q1, "red", why=f"reported as '{typed}'; it was due on 1 May 2024"), shown_value=typed)
    grey = indicator("1.13", "Talks", [replace(value(Q1, None), state="actual", text=typed)])
    unsaid = status(Q1, "grey", reason="unit_mismatch", why=f"'{typed}' is no number")
    held = JudgedPlan(
        replace(plan, indicators=(*rows, step, grey)), (*answers, judged("1.12", late), judged("1.13", unsaid))
    )
    said = words(build_account(ScrutinyAccount(FRAME, held)))
    assert "High Street" not in said
    assert "Reported as not done; it was due on 1 May 2024." in said


def test_results_of_a_year_stand_in_the_quarter_in_which_they_ended() -> None:
    """A value for an academic year ends in a quarter and takes no quarter's column away."""
    school = indicator("5.1", "Schools", [replace(value(Q1, 70), period="AY2023/24", end=date(2024, 8, 31))])
    plan, answers = build_plan()
    account = ScrutinyAccount(
        FRAME,
        JudgedPlan(replace(plan, indicators=(*plan.indicators, school)),
                   (*answers, judged("5.1", status("AY2023/24", "red", 70)))),
    )  # fmt: skip
    table = find_table(build_account(account), "results-table-1")
    assert [one.title for one in table.columns[2:]] == ["To 30 Jun 2024", "To 30 Sep 2024"]
    assert next(row for row in table.rows if row[0].detail.startswith("5.1"))[3].detail == "70%"


# ---- the executive report -------------------------------------------------------------------------------------------


MATTERS = (
    Matter("red", "1.1", "Victims satisfied", "60% against at least 80%", "Council", 1),
    Matter("turned", "1.2", "Cases closed", "72% against at least 80%", "Police", 1),
    *(Matter("missing", f"2.{n}", "Visits", "Council owes 2024/25Q2", "Council", 2) for n in (1, 2, 3)),
)
LATE = Undertaking("1.7", "Light the alley.", 1, "Council", date(2024, 9, 30), "prevent", "under_way")


def build_executive(**given: object) -> Document:
    fields = {"matters": MATTERS, "actions": (LATE,), "priorities": (Priority(1, "Safer streets", "Fewer hurt"),)}
    return build_account(ExecutiveAccount(FRAME, judge(), **{**fields, **given}))  # type: ignore[arg-type]


def test_executive_report_begins_with_what_is_most_pressing_and_joins_what_one_body_owes() -> None:
    table = find_table(build_executive(), "matters-table")
    assert column(table, 0) == ["Turned red", "Red for longer", "No return", "Action overdue"]
    assert table.rows[2][1] == Cell("3 indicators", detail="2.1, 2.2, 2.3")
    assert "Due 30 September 2024, 20 days ago" in table.rows[3][2].text


def test_executive_report_gives_each_priority_a_page() -> None:
    pages = [section for section in build_executive().sections if section.id.startswith("priority")]
    assert [(page.title, page.begins_page) for page in pages] == [
        ("Priority 1: Safer streets", True), ("Priority 2: Homes", True)
    ]  # fmt: skip


def test_executive_report_says_better_or_worse_only_of_more_than_noise() -> None:
    said = words(build_executive())
    assert "No clear change | down 10 points" in said
    assert "Worse" not in said


def test_executive_report_marks_what_cannot_be_compared() -> None:
    row = indicator("7.1", "Needles", [value(Q1, 70), value(Q2, 60)])
    warned = RowWarning("definition_changed", "It counts finds, no longer needles.", Q2)
    plan = JudgedPlan(
        Plan("P", (row,)), (judged("7.1", status(Q1, "red", 70), status(Q2, "red", 60), warnings=[warned]),)
    )
    said = words(build_account(ExecutiveAccount(FRAME, plan)))
    assert "Not comparable | It counts finds" in said


def test_executive_report_counts_actions_by_the_four_ps_and_state() -> None:
    done = replace(LATE, no="1.8", state="done")
    table = find_table(build_executive(actions=(LATE, done)), "four-ps-all")
    prevent = next(row for row in table.rows if row[0].text == "Prevent")
    assert [cell.text for cell in prevent[1:6]] == ["1", "1", "0", "0", "1"]


def test_executive_report_tells_what_was_said_of_every_exception() -> None:
    said = (Said("1.1", Q2, "Fewer answered", "Trust falls", "We ring back"), Said("1.4", Q2, "All well"))
    found = words(build_executive(said=said))
    assert "What happened: Fewer answered. So what: Trust falls. What next: We ring back." in found


def test_executive_report_of_nothing_to_raise_says_so() -> None:
    assert "no target changed and no action is overdue" in words(build_executive(matters=(), actions=()))


@pytest.mark.parametrize(
    ("due", "state", "is_late"),
    [(date(2024, 10, 19), "under_way", True), (date(2024, 10, 20), "under_way", False), (None, "under_way", False),
     (date(2024, 1, 1), "done", False), (date(2024, 1, 1), "stopped", False)],
)  # fmt: skip
def test_action_is_overdue_the_day_after_its_day_until_it_is_settled(due: date, state: str, is_late: bool) -> None:
    assert replace(LATE, due=due, state=state).is_overdue(FRAME.as_at) is is_late  # type: ignore[arg-type]


# ---- the others -----------------------------------------------------------------------------------------------------


def test_outturn_holds_the_year_against_the_target_at_its_end() -> None:
    document = build_account(OutturnAccount(FRAME, judge(), (Lacking("2.1", "Visits made", Q2, "Council", "Late"),)))
    row = next(r for r in find_table(document, "outturn-1").rows if r[0].detail.startswith("1.4"))
    assert row[2].text == "At least 80%"
    assert "2024/25Q2" not in row[1].detail or "alone" in row[1].detail
    assert "Visits made | 2.1" in words(document)


def test_plan_document_says_what_is_promised_measured_and_approved() -> None:
    plan, _ = build_plan()
    held = PlanFile(
        plan=plan, vision="A town without fear.", drivers=("Knives",), statutory={"serious_violence": True},
        priorities=(Priority(1, "Safer streets", programmes=(Programme("Lights", "Lamps renewed"),)),),
        actions=(PlannedAction("1.1", "Light the alley", 1, due=date(2025, 1, 1), four_p="protect"),),
        risks=(Risk("Funding ends", likelihood=4, impact=5),), gates=(Gate("full_council", outcome="approved"),),
    )  # fmt: skip
    said = words(build_account(PlanAccount(FRAME, held, "Version 1")))
    for expected in (
        "A town without fear.",
        "Knives",
        "Light the alley",
        "4 × 5 = 20",
        "Full council",
        "Lights. Lamps",
    ):
        assert expected in said


def test_history_keeps_revisions_beside_what_they_replaced() -> None:
    first = Submission("1.1", "Victims", Q1, 1, "60%", "Submitted", FRAME.as_at, "A. Typist", None, "", "", False)
    second = replace(first, number=2, value="66%", reason="A team was left out", is_current=True)
    table = find_table(build_account(HistoryAccount(FRAME, "Police", (first, second))), "values-1")
    assert [(row[1].detail, row[2].text) for row in table.rows] == [("replaced", "60%"), ("counts now", "66%")]


ACCOUNTS: Sequence[Account] = (
    ExecutiveAccount(FRAME, judge(), matters=MATTERS, actions=(LATE,)), ScrutinyAccount(FRAME, judge()),
    OutturnAccount(FRAME, judge()), PlanAccount(FRAME, PlanFile(plan=build_plan()[0])),
    HistoryAccount(FRAME, "Police"),
)  # fmt: skip


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda account: type(account).__name__)
def test_account_is_written_in_every_format(account: Account, tmp_path: Path) -> None:
    outs = [tmp_path / f"paper.{form}" for form in ("html", "docx", "odt", "pdf", "xlsx")]
    write_governance_report(account, outs)
    assert all(out.stat().st_size > 3000 for out in outs)


def test_account_of_an_empty_plan_is_refused() -> None:
    with pytest.raises(UsageError, match="no indicator"):
        build_account(ScrutinyAccount(FRAME, JudgedPlan(Plan("P", ()), ())))


def test_target_in_force_at_year_end_is_shown_not_a_later_one() -> None:
    versions = (TargetVersion(Threshold(">=", 70, "percent"), valid_to=date(2025, 3, 31)),
                TargetVersion(Threshold(">=", 50, "percent"), valid_from=date(2025, 4, 1)))  # fmt: skip
    row = indicator("1.1", "Victims", [value(Q1, 60)], targets=versions)
    plan = JudgedPlan(Plan("P", (row,)), (judged("1.1", status(Q1, "red", 60)),))
    table = find_table(build_account(OutturnAccount(FRAME, plan)), "outturn-1")
    assert column(table, 2) == ["At least 70%"]
