"""What every page of a plan shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from wardmote.web.partnerships.interface import PartnershipRequest, can
from wardmote.web.plans import policies
from wardmote.web.plans.models import Plan
from wardmote.web.plans.presenters import STATE_COLOURS
from wardmote.web.plans.states import PlanState

#: The pages of one plan: text and name of the address.
PAGES = (
    ("Plan", "plan"), ("Actions", "plan_actions"), ("Four Ps", "four_ps"), ("Risks", "plan_risks"),
    ("Cross-walk", "cross_walk"), ("Consultation and approval", "plan_approval"), ("What changed", "plan_changes"),
)  # fmt: skip


def find_address(plan: Plan, name: str, request: PartnershipRequest, **keys: Any) -> str:
    """The address of a page of this plan."""
    return reverse(name, kwargs={"slug": request.partnership.slug, "plan_id": plan.pk, **keys})


def describe_page(request: PartnershipRequest, plan: Plan, *, here: str = "", title: str = "") -> dict[str, Any]:
    """The plan, where the person is in it, what they may do, and the way back."""
    slug = request.partnership.slug
    crumbs = [{"text": "Plans", "href": reverse("plans", kwargs={"slug": slug})}]
    crumbs.append({"text": str(plan), "href": find_address(plan, "plan", request)})
    if title:
        crumbs.append({"text": title})
    pages = [{"text": text, "href": find_address(plan, name, request), "current": name == here} for text, name in PAGES]
    return {
        "at": lambda name, **keys: find_address(plan, name, request, **keys), "plan": plan, "slug": slug,
        "breadcrumbs": crumbs, "plan_pages": pages,
        "may": describe_abilities(request, plan), "state_label": PlanState(plan.state).label,
        "state_colour": STATE_COLOURS[PlanState(plan.state)],
    }  # fmt: skip


def describe_abilities(request: PartnershipRequest, plan: Plan) -> dict[str, bool]:
    """What the person may do here, as the roles and the state together allow."""

    def holds(ability: str) -> bool:
        return can(request.user, f"plans.{ability}", plan)

    is_adopted = plan.state == PlanState.ADOPTED and not plan.is_historic
    is_open = policies.can_change_text(plan)
    return {
        "change_text": is_open and holds("change_plan"),
        "remove": is_open and plan.state == PlanState.DRAFT and holds("change_plan"),
        "change_holders": is_adopted and holds("change_holders"),
        "change_record": (is_open and holds("change_plan")) or (is_adopted and holds("change_holders")),
        "change_target": (is_open and holds("change_target")) or (is_adopted and holds("change_holders")),
        "discontinue": (is_open or is_adopted) and holds("discontinue_indicator"),
        "move": policies.is_workable(plan) and holds("move_plan"),
        "record_gate": plan.state == PlanState.APPROVAL and holds("record_gate"),
        "adopt": plan.state == PlanState.APPROVAL and holds("adopt_plan"),
        "revise": is_adopted and holds("move_plan"),
        "consult": policies.can_consult(plan) and holds("change_plan"),
    }


def is_post(request: HttpRequest) -> bool:
    return request.method == "POST"
