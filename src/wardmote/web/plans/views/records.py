"""The records of a plan: added, changed, removed, by one set of pages for every kind."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.design.words import say_date_time
from wardmote.web.foundation.overtaken import is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, check_may, get_own, in_partnership
from wardmote.web.plans import actions, policies
from wardmote.web.plans.forms.records import FORMS, RecordForm
from wardmote.web.plans.models import Consultation, Plan, PlanRecord
from wardmote.web.plans.queries import get_plan
from wardmote.web.plans.removals import Removal, find_removal
from wardmote.web.plans.states import PlanState
from wardmote.web.plans.views.frame import describe_page, find_address, is_post
from wardmote.web.plans.views.plans import refuse

#: Where somebody goes after a record of a kind was written.
BACK = {
    "risks": "plan_risks", "cross-walk": "cross_walk", "consultations": "plan_approval", "actions": "plan_actions"
}  # fmt: skip


def get_form(kind: str) -> type[RecordForm]:
    """The form of a kind that the address names, or 404."""
    if kind not in FORMS:
        raise Http404
    return FORMS[kind]


def get_record(request: PartnershipRequest, plan: Plan, kind: str, record_id: Any) -> Any:
    """A record of this very plan, or 404."""
    model: type[Any] = get_form(kind).kind
    record = get_own(model.objects.filter(plan=plan), request, id=record_id)
    record.plan = plan
    return record


@in_partnership("plans.change_plan")
def add_record(request: PartnershipRequest, plan_id: Any, kind: str) -> HttpResponse:
    """Add a record to a draft."""
    plan = get_plan(request, plan_id)
    made = get_form(kind)
    is_open = policies.can_change_text(plan) or (made.kind is Consultation and policies.can_consult(plan))
    if not is_open:
        return refuse_closed(request, plan)
    form = made(plan, request.POST if is_post(request) else None)
    _suggest(form, request)
    if is_post(request) and form.is_valid() and save(form, request, plan, None):
        return redirect(find_address(plan, BACK.get(kind, "plan"), request))
    return draw(request, plan, kind, form, f"Add {name_one(made.noun)}")


def _suggest(form: RecordForm, request: PartnershipRequest) -> None:
    """Where the link that led here says under which priority, the box says so too."""
    if "priority" in form.fields and request.GET.get("priority"):
        form.initial["priority"] = request.GET["priority"]


def name_one(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


@in_partnership("plans.view_plans")
def change_record(request: PartnershipRequest, plan_id: Any, kind: str, record_id: Any) -> HttpResponse:
    """Change a record, as far as the plan's state lets the person change it."""
    plan = get_plan(request, plan_id)
    removal = find_removal(plan, get_form(kind).kind, record_id) if is_post(request) else None
    if removal is not None:
        check_may(request, "plans.change_plan", plan)
        return draw_removed(request, plan, kind, removal)
    record = get_record(request, plan, kind, record_id)
    is_adopted = plan.state == PlanState.ADOPTED and not isinstance(record, Consultation)
    check_may(request, "plans.change_holders" if is_adopted else "plans.change_plan", plan)
    only = find_open_fields(plan, record)
    if only == ():
        return refuse_closed(request, plan)
    form = get_form(kind)(plan, request.POST if is_post(request) else None, record=record, only=only)
    watch(form)
    if is_post(request) and form.is_valid() and not is_overtaken(form) and save(form, request, plan, record):
        return redirect(find_address(plan, BACK.get(kind, "plan"), request))
    remove = find_address(plan, "remove_plan_record", request, kind=kind, record_id=record.pk)
    facts = {"remove_url": remove if plan.state == PlanState.DRAFT else "", "noun": form.noun}
    return draw(request, plan, kind, form, f"Change {name_one(form.noun)}", **facts)


def draw_removed(request: PartnershipRequest, plan: Plan, kind: str, removal: Removal) -> HttpResponse:
    """What was typed into a record that somebody removed meanwhile: it can be added anew, and is not lost."""
    form = get_form(kind)(plan, request.POST)
    who = f"{removal.by} removed this {form.noun} on {say_date_time(removal.at)}, while you were writing."
    form.add_error(None, f"{who} What you typed stands below and is saved nowhere: add it anew, or copy what you need")
    facts = {"submit_text": "Add it anew", "form_action": find_address(plan, "add_plan_record", request, kind=kind)}
    return draw(request, plan, kind, form, f"This {form.noun} was removed", **facts)


def find_open_fields(plan: Plan, record: PlanRecord) -> tuple[str, ...] | None:
    """The fields that may be changed; None is all. Consultations are written down until it is adopted."""
    if isinstance(record, Consultation) and policies.can_consult(plan):
        return None
    return policies.list_changeable(plan, type(record))


def refuse_closed(request: PartnershipRequest, plan: Plan) -> HttpResponse:
    try:
        policies.check_may_change_text(plan)
    except RefusedError as refusal:
        return refuse(request, plan, refusal)
    raise Http404


def save(form: RecordForm, request: PartnershipRequest, plan: Plan, record: Any) -> bool:
    """Write what was typed; a refusal stands over the form."""
    fields = form.read_fields()
    try:
        if record is None:
            actions.add_record(plan=plan, kind=form.kind, fields=fields, by=request.user)
        else:
            actions.change_record(record=record, fields=fields, by=request.user)
    except RefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, f"The {form.noun} is saved.")
    return True


def draw(request: PartnershipRequest, plan: Plan, kind: str, form: RecordForm, title: str, **more: Any) -> HttpResponse:
    back = find_address(plan, BACK.get(kind, "plan"), request)
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Save", "cancel_url": back, "remove_url": "", "noun": form.noun,
    }  # fmt: skip
    return render(request, "plans/record.html", facts | more)


@in_partnership("plans.change_plan")
def remove_record(request: PartnershipRequest, plan_id: Any, kind: str, record_id: Any) -> HttpResponse:
    """Take a record out of a draft, after asking."""
    plan = get_plan(request, plan_id)
    record = get_record(request, plan, kind, record_id)
    noun, back = get_form(kind).noun, find_address(plan, BACK.get(kind, "plan"), request)
    try:
        policies.check_may_remove(record)
    except RefusedError as refusal:
        return refuse(request, plan, refusal)
    if is_post(request):
        try:
            actions.remove_record(record=record, by=request.user)
        except RefusedError as refusal:
            return refuse(request, plan, refusal)
        messages.success(request, f"The {noun} is removed.")
        return redirect(back)
    title = f"Remove this {noun}?"
    facts = describe_page(request, plan, title=title) | {
        "title": title, "submit_text": "Yes, remove it", "cancel_url": back,
        "consequences": [describe_record(record), "The audit trail keeps what it said."],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


def describe_record(record: Any) -> str:
    for name in ("title", "text", "external_priority", "audience"):
        if getattr(record, name, ""):
            return f"“{getattr(record, name)}” leaves the draft."
    return "It leaves the draft."
