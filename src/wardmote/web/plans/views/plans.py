"""Plans and versions: listed, shown whole, made, changed, revised, compared."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, in_partnership
from wardmote.web.plans import actions, policies
from wardmote.web.plans.differences import list_differences
from wardmote.web.plans.forms.plans import NewPlanForm, PlanForm, ReasonForm
from wardmote.web.plans.models import Plan
from wardmote.web.plans.presenters import (
    STATE_COLOURS,
    count_gaps,
    find_shown_target,
    list_gaps,
    say_next_step,
    say_target,
)
from wardmote.web.plans.queries import (
    Branch,
    get_current_plan,
    get_plan,
    list_gates,
    list_past_links,
    list_visible_plans,
    read_tree,
)
from wardmote.web.plans.states import PlanState
from wardmote.web.plans.views.frame import describe_page, find_address, is_post


@in_partnership("plans.view_plans")
def list_plans(request: PartnershipRequest) -> HttpResponse:
    """Every plan and version that the person may see, the one in force first."""
    plans = list(list_visible_plans(request))
    rows = [(plan, PlanState(plan.state).label, STATE_COLOURS[PlanState(plan.state)]) for plan in plans]
    current = get_current_plan(request.partnership)
    facts = {
        "current": current, "worked_on": [row for row in rows if not row[0].is_historic],
        "historic": [row for row in rows if row[0].is_historic], "slug": request.partnership.slug,
        "may_make": can(request.user, "plans.change_plan", request.partnership),
    }  # fmt: skip
    return render(request, "plans/plans.html", facts)


@in_partnership("plans.view_plans")
def show_plan(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Priorities, and under each its programmes, actions and indicators."""
    plan = get_plan(request, plan_id)
    today, tree = read_today(), read_tree(plan)
    indicators = [indicator for branch in tree for indicator in branch.indicators]
    facts = describe_page(request, plan, here="plan") | {
        "branches": [(branch, describe_indicators(branch, today)) for branch in tree], "today": today,
        "past_links": list_past_links(plan),
        "may_link_past": policies.is_workable(plan) and can(request.user, "plans.link_past", plan),
        "next_step": say_next_step(plan, list_gates(plan)), "themes": policies.list_unanswered_themes(plan),
        "gaps": count_gaps(indicators) if policies.is_workable(plan) else {},
    }  # fmt: skip
    return render(request, "plans/plan.html", facts)


def describe_indicators(branch: Branch, today: Any) -> list[dict[str, Any]]:
    return [
        {"row": row, "target": say_target(find_shown_target(row, today)), "gaps": list_gaps(row)}
        for row in branch.indicators
    ]


@in_partnership("plans.change_plan")
def make_plan(request: PartnershipRequest) -> HttpResponse:
    """Begin a draft."""
    open_plans = list_visible_plans(request).exclude(state=PlanState.WITHDRAWN)
    form = NewPlanForm(open_plans, request.POST if is_post(request) else None)
    if is_post(request) and form.is_valid():
        plan = actions.make_plan(partnership=request.partnership, by=request.user, **form.cleaned_data)
        messages.success(request, "The draft is begun. Add its priorities.")
        return redirect("plan", slug=request.partnership.slug, plan_id=plan.pk)
    crumbs = [{"text": "Plans", "href": reverse("plans", kwargs={"slug": request.partnership.slug})}]
    facts = {"form": form, "title": "Begin a plan", "submit_text": "Begin the draft", "breadcrumbs": crumbs}
    return render(request, "foundation/form_page.html", facts | {"cancel_url": crumbs[0]["href"]})


@in_partnership("plans.change_plan")
def change_plan(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Change what stands once in a plan."""
    plan = get_plan(request, plan_id)
    title, back = "Change the plan's own text", find_address(plan, "plan", request)
    if not policies.can_change_text(plan):
        return refuse(request, plan, RefusedError(_say_closed(plan)))
    initial = {name: getattr(plan, name) for name in PlanForm.base_fields}
    form = PlanForm(request.POST if is_post(request) else None, initial=initial)
    watch(form)
    if is_post(request) and form.is_valid() and not is_overtaken(form):
        try:
            actions.change_plan(plan=plan, fields=form.cleaned_data, by=request.user)
        except RefusedError as refusal:
            return refuse(request, plan, refusal)
        messages.success(request, "The plan is changed.")
        return redirect(back)
    facts = describe_page(request, plan, title=title) | {"form": form, "title": title, "submit_text": "Save"}
    return render(request, "foundation/form_page.html", facts | {"cancel_url": back})


def _say_closed(plan: Plan) -> str:
    try:
        policies.check_may_change_text(plan)
    except RefusedError as refusal:
        return str(refusal)
    return ""


def refuse(request: PartnershipRequest, plan: Plan, refusal: RefusedError) -> HttpResponse:
    """Back to the plan with the reason why it was not done."""
    messages.error(request, str(refusal))
    return redirect(find_address(plan, "plan", request))


@in_partnership("plans.move_plan")
def revise_plan(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Begin the next version of the adopted plan."""
    plan = get_plan(request, plan_id)
    check_may(request, "plans.move_plan", plan)
    form = ReasonForm(request.POST if is_post(request) else None)
    if is_post(request) and form.is_valid():
        try:
            revision = actions.revise_plan(plan=plan, reason=form.cleaned_data["reason"], by=request.user)
        except RefusedError as refusal:
            return refuse(request, plan, refusal)
        messages.success(request, f"Version {revision.version} is begun as a draft. The plan in force stays as it is.")
        return redirect("plan", slug=request.partnership.slug, plan_id=revision.pk)
    title = "Revise this plan?"
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Begin the revision", "danger": False,
        "cancel_url": find_address(plan, "plan", request),
        "consequences": [
            "A draft of the next version is made, with everything that stands in this one.",
            "Indicators keep their past values and the history of their targets.",
            "This version stays in force until the new one is adopted.",
        ],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


def find_since(request: PartnershipRequest, plan: Plan, others: list[Plan]) -> Plan | None:
    """The plan that the address asks to compare with, else the one before; 404 for one that the person may not see."""
    wanted = request.GET.get("since")
    if not wanted:
        return next((other for other in others if other.pk == plan.predecessor_id), None)
    found = next((other for other in others if str(other.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


@in_partnership("plans.view_plans")
def show_changes(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """What this plan says otherwise than the one before it, or than another that is chosen."""
    plan = get_plan(request, plan_id)
    others = [other for other in list_visible_plans(request) if other.pk != plan.pk]
    since = find_since(request, plan, others)
    found = list_differences(since, plan) if since is not None else []
    by_kind: dict[str, list[Any]] = {}
    for difference in found:
        by_kind.setdefault(difference.kind, []).append(difference)
    facts = describe_page(request, plan, here="plan_changes", title="What changed") | {
        "since": since, "others": others, "by_kind": by_kind,
        "silent": [difference for difference in found if difference.is_silent],
    }  # fmt: skip
    return render(request, "plans/changes.html", facts)
