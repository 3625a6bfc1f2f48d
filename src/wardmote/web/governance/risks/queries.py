"""What is seen of the risk register: one partnership's, and of it what concerns the person."""

from typing import Any

from django.db.models import Q, QuerySet

from wardmote.web.governance.risks.models import RegisteredRisk
from wardmote.web.governance.risks.permissions import SEES_ALL
from wardmote.web.partnerships.interface import (
    Partnership,
    PartnershipRequest,
    Role,
    find_organisations,
    find_roles,
    get_own,
)
from wardmote.web.plans.interface import Plan, Risk, get_current_plan


def list_risks(partnership: Partnership) -> "QuerySet[RegisteredRisk]":
    """The whole register with its scores and mitigations, in four queries."""
    rows = RegisteredRisk.objects.filter(partnership=partnership)
    own = rows.select_related("partnership", "owner_body", "owner_person", "priority", "priority__plan")
    return own.prefetch_related("scores", "mitigations__body", "mitigations__person", "mitigations__action")


def list_seen_risks(person: Any, partnership: Partnership) -> "QuerySet[RegisteredRisk]":
    """All of them for who runs the partnership; for a contributor those that their body or they themselves own."""
    rows = list_risks(partnership)
    if find_roles(person, partnership) & SEES_ALL:
        return rows
    bodies = find_organisations(person, partnership, Role.CONTRIBUTOR)
    return rows.filter(Q(owner_body__in=bodies) | Q(owner_person=person.pk))


def get_risk(request: PartnershipRequest, risk_id: Any) -> RegisteredRisk:
    """A risk that the person may see, or 404."""
    return get_own(list_seen_risks(request.user, request.partnership), request, id=risk_id)


def list_untaken(partnership: Partnership) -> tuple[Plan | None, list[Risk]]:
    """The plan in force, and its risks that the register has not taken over yet."""
    plan = get_current_plan(partnership)
    if plan is None:
        return None, []
    own = RegisteredRisk.objects.filter(partnership=partnership)
    taken, texts = set(own.values_list("taken_from", flat=True)), set(own.values_list("text", flat=True))
    rows = Risk.objects.filter(partnership=partnership, plan=plan).order_by("number")
    return plan, [risk for risk in rows if risk.pk not in taken and risk.text not in texts]
