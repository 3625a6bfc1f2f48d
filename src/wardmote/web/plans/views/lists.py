"""A plan's actions, its four Ps, its risks, and how it answers the plans of others."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, get_own, in_partnership
from wardmote.web.plans import actions, policies
from wardmote.web.plans.forms.plans import ActionFilterForm, ProgressForm
from wardmote.web.plans.models import Action, CrossWalk, Priority, Risk
from wardmote.web.plans.presenters import (
    ACTION_COLOURS,
    are_risks_all_low,
    build_matrices,
    group_by_p,
    score_risk,
    sort_actions,
)
from wardmote.web.plans.queries import get_plan
from wardmote.web.plans.queries import list_actions as query_actions
from wardmote.web.plans.states import ActionState
from wardmote.web.plans.views.frame import describe_page, find_address, is_post
from wardmote.web.plans.views.removed import give_back_typed


@in_partnership("plans.view_plans")
def list_actions(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """The plan's actions, overdue ones first, perhaps of one owner or in one state."""
    plan = get_plan(request, plan_id)
    today, rows = read_today(), list(query_actions(plan))
    owners = sorted({(str(row.owner_id), str(row.owner)) for row in rows if row.owner}, key=lambda pair: pair[1])
    form = ActionFilterForm(owners, request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = [row for row in rows if matches(row, asked.get("owner", ""), asked.get("state", ""), today)]
    facts = describe_page(request, plan, here="plan_actions", title="Actions") | {
        "rows": [describe_action(request, row, today) for row in sort_actions(shown, today)], "filter": form,
        "total": len(rows), "overdue": sum(policies.is_overdue(row, today) for row in rows),
    }  # fmt: skip
    return render(request, "plans/actions.html", facts)


def matches(action: Action, owner: str, state: str, today: Any) -> bool:
    """Whether an action is what the filter asks for."""
    is_owner = not owner or str(action.owner_id or "nobody") == owner
    if state == "overdue":
        return is_owner and policies.is_overdue(action, today)
    return is_owner and (not state or action.state == state)


def describe_action(request: PartnershipRequest, action: Action, today: Any) -> dict[str, Any]:
    state = ActionState(action.state)
    return {
        "action": action, "state": state.label, "colour": ACTION_COLOURS[state],
        "is_overdue": policies.is_overdue(action, today),
        "may_update": can(request.user, "plans.change_action", action),
    }  # fmt: skip


@in_partnership("plans.change_action")
@give_back_typed(Action, "action_id", noun="action", back="plan_actions")
def update_action(request: PartnershipRequest, plan_id: Any, action_id: Any) -> HttpResponse:
    """How far an action has come, by who answers for it."""
    plan = get_plan(request, plan_id)
    action = get_own(query_actions(plan), request, id=action_id)
    action.plan = plan
    check_may(request, "plans.change_action", action)
    form = ProgressForm(action, request.POST if is_post(request) else None)
    watch(form, {"state": action.state, "progress": action.progress})
    back = find_address(plan, "plan_actions", request)
    if is_post(request) and form.is_valid() and not is_overtaken(form):
        found = form.cleaned_data
        try:
            actions.update_action(
                action=action, state=ActionState(found["state"]), progress=found["progress"], by=request.user
            )
            messages.success(request, "The action is brought up to date.")
            return redirect(back)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    facts = describe_page(request, plan, title="Bring an action up to date") | {
        "form": form, "title": "Bring an action up to date", "action": action, "back": back,
        "updates": [
            (one["on"], ActionState(one["state"]).label, one["progress"]) for one in reversed(action.updates)
        ],
    }  # fmt: skip
    return render(request, "plans/progress.html", facts)


@in_partnership("plans.view_plans")
def show_four_ps(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """The same actions under prepare, protect, prevent and pursue."""
    plan = get_plan(request, plan_id)
    today = read_today()
    groups = [
        (title, [describe_action(request, row, today) for row in sort_actions(rows, today)])
        for title, rows in group_by_p(query_actions(plan))
    ]
    facts = describe_page(request, plan, here="four_ps", title="Four Ps") | {"groups": groups}
    return render(request, "plans/four_ps.html", facts)


@in_partnership("plans.view_plans")
def list_risks(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """The plan's risks with their scores."""
    plan = get_plan(request, plan_id)
    risks = list(Risk.objects.filter(partnership=request.partnership, plan=plan).order_by("number"))
    rows = sorted(((risk, score_risk(risk)) for risk in risks), key=lambda pair: -(pair[1] or 0))
    facts = describe_page(request, plan, here="plan_risks", title="Risks") | {
        "rows": rows, "are_all_low": are_risks_all_low(risks), "today": read_today(),
    }  # fmt: skip
    return render(request, "plans/risks.html", facts)


@in_partnership("plans.view_plans")
def show_cross_walk(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """How the plan's priorities answer those of other plans, and the gaps on both sides."""
    plan = get_plan(request, plan_id)
    own = {"partnership": request.partnership, "plan": plan}
    priorities = list(Priority.objects.filter(**own).order_by("number"))
    rows = list(CrossWalk.objects.filter(**own).order_by("number"))
    facts = describe_page(request, plan, here="cross_walk", title="Cross-walk") | {
        "matrices": build_matrices(priorities, rows), "priorities": priorities,
    }  # fmt: skip
    return render(request, "plans/cross_walk.html", facts)
