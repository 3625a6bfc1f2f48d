"""What a paper says, collected from plans, returns and scrutiny as plain values, with the returned values behind it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from wardmote.evidence.targets.accounts import (
    Account,
    ExecutiveAccount,
    Frame,
    HistoryAccount,
    Matter,
    MatterKind,
    OutturnAccount,
    PlanAccount,
    ScrutinyAccount,
    Undertaking,
)
from wardmote.evidence.targets.plan_file import FourP, PlanFile
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_date
from wardmote.web.governance.documents.models import MadePaper
from wardmote.web.governance.documents.returned import list_lacking, list_moves, list_said, list_submissions
from wardmote.web.governance.marking import mark_paper
from wardmote.web.governance.scrutiny.presenters import to_left_out, to_recommended
from wardmote.web.governance.scrutiny.queries import (
    describe_judged,
    find_quarter_end,
    list_left_out,
    list_recommendations,
)
from wardmote.web.plans.interface import Action, describe_structure
from wardmote.web.returns.interface import (
    Choice,
    DocumentKind,
    Judged,
    Quarter,
    choose_newest,
    list_exceptions,
    list_used,
    read_judged,
)


@dataclass(frozen=True, slots=True)
class Collected:
    """A paper's values, and the keys of the submitted values that stand in it."""

    account: Account
    versions: frozenset[UUID]


def collect(paper: MadePaper) -> Collected:
    """Everything that a paper says, as it stands now."""
    match DocumentKind(paper.kind):
        case DocumentKind.EXECUTIVE:
            return _collect_executive(paper)
        case DocumentKind.SCRUTINY:
            return _collect_scrutiny(paper)
        case DocumentKind.OUTTURN:
            return _collect_outturn(paper)
        case DocumentKind.PLAN:
            return Collected(PlanAccount(_frame(paper), _read_plan(paper), _say_version(paper)), frozenset())
        case _:
            return _collect_history(paper)


def _frame(paper: MadePaper) -> Frame:
    period = f"to {say_date(read_today())}" if paper.kind == DocumentKind.HISTORY else paper.period
    return Frame(
        paper.partnership.name, paper.plan.title, period, paper.starts_on, paper.ends_on, _find_day(paper),
        mark_paper(paper.partnership),
    )  # fmt: skip


def _find_day(paper: MadePaper) -> date:
    """The day that a paper speaks from: the day it is made."""
    return read_today()


def _judge(paper: MadePaper) -> Judged:
    """The plan with what was reported for quarters that ended by the paper's last day; no words of unsigned returns."""
    return read_judged(paper.plan, as_at=min(paper.ends_on, find_quarter_end(read_today())))


# ---- the executive report -------------------------------------------------------------------------------------------


def _collect_executive(paper: MadePaper) -> Collected:
    judged = _judge(paper)
    choice = _choose(paper)
    held = describe_structure(paper.plan)
    account = ExecutiveAccount(
        _frame(paper), describe_judged(judged), held.priorities, _list_matters(judged, choice),
        list_said(judged), _list_undertakings(paper),
    )  # fmt: skip
    return Collected(account, frozenset(list_used(judged)))


def _choose(paper: MadePaper) -> Choice:
    """The quarter that the paper is of, as the page of exceptions would show it."""
    newest = choose_newest(paper.plan)
    quarter: Quarter | None = next((one for one in newest.quarters if one.ends_on == paper.ends_on), None)
    return Choice(newest.plan, newest.plans, newest.quarters, quarter)


def _list_matters(judged: Judged, choice: Choice) -> tuple[Matter, ...]:
    """The exceptions, word for word as the page of exceptions says them."""
    found = list_exceptions(judged, choice, with_words=True)
    return tuple(
        Matter(cast(MatterKind, kind), one.row.ref, one.row.title, one.reason, one.row.owner, one.row.priority_no)
        for kind, rows in found.items()
        for one in rows
    )


def _list_undertakings(paper: MadePaper) -> tuple[Undertaking, ...]:
    rows = Action.objects.filter(partnership=paper.partnership_id, plan=paper.plan).select_related("priority", "owner")
    return tuple(
        Undertaking(
            _say_number(row), row.text, row.priority.number,
            row.owner.name if row.owner else "", row.due_on, cast(FourP, row.four_p), cast(Any, row.state),
            row.progress,
        )
        for row in rows.order_by("priority__number", "number")
    )  # fmt: skip


def _say_number(row: Action) -> str:
    """An action's number as the plan prints it, where it came from a file: "1.7"."""
    printed = row.details.get("no")
    return str(printed.get("as", row.number)) if isinstance(printed, dict) else str(row.number)


# ---- the others -----------------------------------------------------------------------------------------------------


def _collect_scrutiny(paper: MadePaper) -> Collected:
    judged, today = _judge(paper), read_today()
    recommended = list_recommendations(paper.partnership).order_by("received_on", "number")
    account = ScrutinyAccount(
        _frame(paper), describe_judged(judged), to_left_out(list_left_out(paper.plan)),
        list_moves(judged, paper.starts_on, paper.ends_on),
        tuple(to_recommended(one, today) for one in recommended),
    )  # fmt: skip
    return Collected(account, frozenset(list_used(judged)))


def _collect_outturn(paper: MadePaper) -> Collected:
    judged = _judge(paper)
    lacking = list_lacking(paper.plan, paper.starts_on, paper.ends_on)
    return Collected(OutturnAccount(_frame(paper), describe_judged(judged), lacking), frozenset(list_used(judged)))


def _read_plan(paper: MadePaper) -> PlanFile:
    return describe_structure(paper.plan)


def _say_version(paper: MadePaper) -> str:
    plan = paper.plan
    adopted = f", adopted on {plan.adopted_on:%-d %B %Y}" if plan.adopted_on else ", not adopted yet"
    return f"Version {plan.version}{adopted}"


def _collect_history(paper: MadePaper) -> Collected:
    if paper.agency is None:
        raise ValueError("a history of returns is of one agency")
    values, versions = list_submissions(paper.partnership, paper.agency)
    return Collected(HistoryAccount(_frame(paper), paper.agency.name, values), versions)
