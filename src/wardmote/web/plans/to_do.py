"""What waits for somebody in the plan."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.partnerships.interface import Role, can, find_organisations
from wardmote.web.plans import policies
from wardmote.web.plans.models import Action, Plan
from wardmote.web.plans.permissions import sees_drafts
from wardmote.web.plans.presenters import count_gaps, say_next_step
from wardmote.web.plans.queries import get_current_plan, list_gates, list_indicators
from wardmote.web.plans.revising import find_revision_due
from wardmote.web.plans.states import ActionState, PlanState

_OPEN = (ActionState.NOT_STARTED, ActionState.UNDER_WAY)
_UNDER_WAY = (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.APPROVAL)


@offer_things_to_do
def list_plan_things(request: Any) -> Iterator[ThingToDo]:
    """Plans on their way, overdue actions, what indicators lack, and a revision that is due."""
    person, partnership = request.user, request.partnership
    current = get_current_plan(partnership)
    if current is not None:
        yield from list_overdue_actions(request, current)
    if sees_drafts(person, partnership):
        yield from list_plans_under_way(request)
    if current is not None and can(person, "plans.change_plan", partnership):
        yield from list_lacking(request, current)
    if current is not None and can(person, "plans.move_plan", partnership):
        yield from list_revision_due(request, current)


def find_address(request: Any, name: str, plan: Plan) -> str:
    return reverse(name, kwargs={"slug": request.partnership.slug, "plan_id": plan.pk})


def list_overdue_actions(request: Any, plan: Plan) -> Iterator[ThingToDo]:
    """Actions past their day of which the person is the lead, or their organisation the owner."""
    today, person = read_today(), request.user
    late = Action.objects.filter(partnership=request.partnership, plan=plan, due_on__lt=today, state__in=_OPEN)
    own = find_organisations(person, request.partnership, Role.CONTRIBUTOR)
    mine = [action for action in late if action.lead_id == person.pk or action.owner_id in own]
    if mine:
        first = min(action.due_on for action in mine if action.due_on)
        address = find_address(request, "plan_actions", plan) + "?state=overdue"
        yield ThingToDo(f"Bring {say_count(len(mine), 'overdue action')} up to date", address, due_on=first, urgency=0)


def list_plans_under_way(request: Any) -> Iterator[ThingToDo]:
    """Drafts to be finished and gates to be recorded, for those who can take the plan further."""
    abilities = {
        PlanState.DRAFT: ("plans.change_plan",), PlanState.CONSULTATION: ("plans.change_plan",),
        PlanState.APPROVAL: ("plans.record_gate", "plans.adopt_plan"),
    }  # fmt: skip
    titles = {
        PlanState.DRAFT: "Finish the draft of", PlanState.CONSULTATION: "Close the consultation on",
        PlanState.APPROVAL: "Take through its gates:",
    }  # fmt: skip
    plans = Plan.objects.filter(partnership=request.partnership, state__in=_UNDER_WAY, is_historic=False)
    for plan in plans.select_related("partnership"):
        state = PlanState(plan.state)
        if any(can(request.user, ability, plan) for ability in abilities[state]):
            address = find_address(request, "plan_approval", plan)
            yield ThingToDo(f"{titles[state]} {plan.title}", address, say_next_step(plan, list_gates(plan)))


def list_lacking(request: Any, plan: Plan) -> Iterator[ThingToDo]:
    """Indicators without a target, an owner or a numerator."""
    gaps = count_gaps(list_indicators(plan))
    if gaps and policies.is_workable(plan):
        said = ", ".join(f"{count} without {name}" for name, count in sorted(gaps.items()))
        address = find_address(request, "plan", plan) + "#lacking"
        yield ThingToDo("Complete the plan's indicators", address, said, urgency=3)


def list_revision_due(request: Any, plan: Plan) -> Iterator[ThingToDo]:
    """A plan whose yearly revision is due, and that nobody has begun to revise."""
    due = find_revision_due(plan)
    begun = Plan.objects.filter(partnership=request.partnership, predecessor=plan, state__in=_UNDER_WAY).exists()
    if due is not None and due <= read_today() and not begun:
        address = find_address(request, "revise_plan", plan)
        yield ThingToDo("Revise the plan: its yearly revision is due", address, due_on=due, urgency=0)
