"""What is seen of plans: always one partnership's, and only what the state lets the person see."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from wardmote.web.partnerships.interface import Partnership, PartnershipRequest, can, get_own
from wardmote.web.plans.models import Action, Gate, Indicator, PastLink, Plan, Priority, Programme, Target
from wardmote.web.plans.permissions import sees_drafts
from wardmote.web.plans.states import PlanState


def list_plans(partnership: Partnership) -> QuerySet[Plan]:
    """All plans and versions of a partnership, the newest first; history among them."""
    return Plan.objects.filter(partnership=partnership).order_by("-starts_on", "-version")


def list_visible_plans(request: PartnershipRequest) -> QuerySet[Plan]:
    """Those that the person may see: drafts and what was withdrawn are for who works on them."""
    plans = list_plans(request.partnership).select_related("predecessor")
    if sees_drafts(request.user, request.partnership):
        return plans
    return plans.exclude(state__in=(PlanState.DRAFT, PlanState.WITHDRAWN))


def get_plan(request: PartnershipRequest, plan_id: Any) -> Plan:
    """A plan of this partnership that the person may see, or 404."""
    plan = get_own(Plan.objects.select_related("partnership", "predecessor"), request, id=plan_id)
    if not can(request.user, "plans.view_plan", plan):
        raise Http404
    return plan


def get_current_plan(partnership: Partnership) -> Plan | None:
    """The adopted plan that is worked on, the latest where there are several; None before the first is adopted."""
    adopted = Plan.objects.filter(partnership=partnership, state=PlanState.ADOPTED, is_historic=False)
    return adopted.select_related("partnership").order_by("-adopted_on", "-starts_on", "-version").first()


def list_indicators(plan: Plan) -> QuerySet[Indicator]:
    """The plan's indicators in its order, with all that judging one reads, in two queries."""
    return (
        Indicator.objects.filter(partnership=plan.partnership_id, plan=plan)
        .select_related("plan", "plan__partnership", "priority", "priority__lead", "owner")
        .prefetch_related("targets")
        .order_by("priority__number", "number", "ref")
    )


def find_target_on(indicator: Indicator, day: date | None) -> Target | None:
    """The version of the target in force on a day (None: now and without an end); None where there was none."""
    in_force = [target for target in indicator.targets.all() if target.withdrawn_at is None and _holds(target, day)]
    return max(in_force, key=lambda target: (target.valid_from or date.min, target.number), default=None)


def _holds(target: Target, day: date | None) -> bool:
    if day is None:
        return target.valid_to is None
    return (target.valid_from or date.min) <= day <= (target.valid_to or date.max)


# ---- a whole plan, in a number of queries that does not grow with it ------------------------------------------------


@dataclass(slots=True)
class Branch:
    """A priority with what hangs on it."""

    priority: Priority
    programmes: list[tuple[Programme, list[Action]]] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)  # of no programme
    indicators: list[Indicator] = field(default_factory=list)


def list_actions(plan: Plan) -> QuerySet[Action]:
    rows = Action.objects.filter(partnership=plan.partnership_id, plan=plan)
    return rows.select_related("priority", "priority__lead", "programme", "owner", "lead").order_by("number")


def read_tree(plan: Plan) -> list[Branch]:
    """The plan's priorities with their programmes, actions and indicators, in five queries."""
    own = {"partnership": plan.partnership_id, "plan": plan}
    programmes = Prefetch("programmes", Programme.objects.filter(**own).order_by("number"))
    priorities = Priority.objects.filter(**own).select_related("lead").prefetch_related(programmes)
    branches = {row.pk: Branch(row) for row in priorities.order_by("number")}
    for indicator in list_indicators(plan):
        branches[indicator.priority_id].indicators.append(indicator)
    by_programme: dict[Any, list[Action]] = {}
    for action in list_actions(plan):
        if action.programme_id is None:
            branches[action.priority_id].actions.append(action)
        else:
            by_programme.setdefault(action.programme_id, []).append(action)
    for branch in branches.values():
        branch.programmes = [(one, by_programme.get(one.pk, [])) for one in branch.priority.programmes.all()]
    return list(branches.values())


def list_gates(plan: Plan) -> list[Gate]:
    """Every gate of every round, in order."""
    return list(Gate.objects.filter(partnership=plan.partnership_id, plan=plan).order_by("round", "number"))


def list_past_links(plan: Plan) -> list[PastLink]:
    """The plans kept as they stood whose values are the past of this one, by whichever of its versions."""
    rows = PastLink.objects.filter(partnership=plan.partnership_id, plan__lineage=plan.lineage, ended_at=None)
    return list(rows.select_related("past"))
