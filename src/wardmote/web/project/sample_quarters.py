"""The sample's plans and quarters: years of settled values, and a quarter that is open with all that can befall one."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from wardmote.evidence.sample.plan import (
    build_sample_plan,
    build_sample_predecessor,
    list_sample_people,
)
from wardmote.evidence.targets.plan import Value
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Membership, Partnership, Person, Role
from wardmote.web.partnerships.reviews import open_review
from wardmote.web.plans.interface import Indicator, Plan, PlanState, Priority, link_past
from wardmote.web.returns.actions.drafts import save_draft
from wardmote.web.returns.actions.quarters import open_quarter
from wardmote.web.returns.actions.signing import query_return, sign_off_return
from wardmote.web.returns.actions.submitting import submit_return
from wardmote.web.returns.calendar import QuarterDates, find_quarter
from wardmote.web.returns.models import Quarter, Return
from wardmote.web.returns.past import read_pasts
from wardmote.web.returns.performance.documents import issue_documents
from wardmote.web.returns.performance.plan_files import import_plan_file
from wardmote.web.returns.states import QueryState, ReturnState
from wardmote.web.returns.typed import write_fields

_SEED = 20260401
_DRAFTS = 2
_FORMS = ("html", "docx")  # of the report on the last settled quarter
_QUESTIONS = (
    "The narrative says fewer, the figure says more. Which of them is right?",
    "Is this for the whole quarter, or for the two months of the last return?",
)


def load_quarters(partnership: Partnership, *, today: date) -> Plan:
    """Import both plans, open the quarter that ended last, and have the agencies return a part of it."""
    dates = find_quarter(find_quarter(today).starts_on - timedelta(days=1))
    settled_until = dates.starts_on - timedelta(days=1)
    plan_file = build_sample_plan(today=today, rng=np.random.default_rng(_SEED))
    former = import_plan_file(
        build_sample_predecessor(today=today), partnership=partnership, by=None, is_historic=True
    )  # fmt: skip
    plan = import_plan_file(
        plan_file, partnership=partnership, by=None, is_historic=False, state=PlanState.ADOPTED, until=settled_until
    )
    _settle_plan(plan, former)
    link_past(plan=plan, past=former, reason="The same measures were counted under the plan before.", by=None)
    quarter = open_quarter(plan=plan, dates=dates, by=None)
    _return_quarter(quarter, plan_file, dates)
    _issue_documents(plan, settled_until)
    open_review(partnership, today)
    return plan


def _settle_plan(plan: Plan, former: Plan) -> None:
    """Who leads the plan's priorities, and the plan that it took over from."""
    people = {person.email: person for person in Person.objects.filter(memberships__partnership=plan.partnership)}
    leads = {no: people[each.email] for each in list_sample_people() for no in each.leads}
    with writing(by=None, verb="sample.plan_settled", partnership=plan.partnership, subject=plan):
        plan.predecessor = former
        plan.save()
        for priority in Priority.objects.filter(plan=plan):
            priority.lead = leads.get(priority.number)
            priority.save()


def _return_quarter(quarter: Quarter, plan_file: PlanFile, dates: QuarterDates) -> None:
    """What has come in is submitted by its agency and partly signed off; two are asked about, two are drafts."""
    contributors = _list_contributors(quarter.partnership)
    come_in = [
        (ret, value) for ret, value in _pair(quarter, plan_file, dates) if ret.organisation_id in contributors
    ]  # fmt: skip
    pasts = read_pasts([ret for ret, _ in come_in])
    for at, (ret, value) in enumerate(come_in):
        fields, who = write_fields(ret.indicator, value), contributors[ret.organisation_id]
        if at < _DRAFTS:
            save_draft(ret=ret, fields=fields, number=ret.draft_number, by=who)
        else:
            submit_return(ret=ret, past=pasts[ret.pk], fields=fields, number=ret.draft_number, by=who)
    _look_at(quarter)


def _list_contributors(partnership: Partnership) -> dict[UUID | None, Person]:
    held = Membership.objects.filter(partnership=partnership, role=Role.CONTRIBUTOR, ended_at=None)
    return {membership.organisation_id: membership.person for membership in held.select_related("person")}


def _pair(quarter: Quarter, plan_file: PlanFile, dates: QuarterDates) -> Iterator[tuple[Return, Value]]:
    """Each return of the quarter with the value that the sample's file has for it, where it has one."""
    records = Indicator.objects.filter(plan=quarter.plan).order_by("number")
    rows = dict(zip([record.pk for record in records], plan_file.plan.indicators, strict=True))
    returns = Return.objects.filter(quarter=quarter).select_related("indicator__priority", "quarter", "partnership")
    for ret in returns.order_by("indicator__number"):
        for value in rows[ret.indicator_id].values:
            if value.end == dates.ends_on:
                yield ret, value


def _look_at(quarter: Quarter) -> None:
    """The leads have begun: two queries, and every other return without an open question signed off."""
    waiting = _list_submitted(quarter)
    for (ret, lead), question in zip(waiting, _QUESTIONS, strict=False):
        query_return(ret=ret, question=question, by=lead)
    for ret, lead in waiting[len(_QUESTIONS) :: 2]:
        sign_off_return(ret=ret, by=lead)


def _list_submitted(quarter: Quarter) -> Sequence[tuple[Return, Person]]:
    """Returns that nobody has asked about, each with the lead who did not submit it."""
    rows = Return.objects.filter(quarter=quarter, state=ReturnState.SUBMITTED)
    quiet = rows.exclude(queries__state=QueryState.OPEN).order_by("indicator__number")
    found = []
    for ret in quiet.select_related("indicator__priority__lead", "partnership", "quarter", "version"):
        lead = ret.indicator.priority.lead
        if lead is not None and ret.version is not None and ret.version.submitted_by != lead.pk:
            found.append((ret, lead))
    return found


def _issue_documents(plan: Plan, until: date) -> None:
    """The last settled quarter's figures as they left the building: a revision of one of them tells this document."""
    quarter = Quarter.objects.filter(plan=plan, ends_on=until, is_historic=True).order_by("-starts_on")[0]
    issue_documents(plan, quarter=quarter, forms=_FORMS, by=None)
