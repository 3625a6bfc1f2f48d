"""Who may do what with a plan."""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.partnerships.interface import MANAGERS, Role, allow, find_roles, get_partnership, has_role, is_member
from wardmote.web.plans.models import Plan
from wardmote.web.plans.states import PlanState

_SEES_DRAFTS = (*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE)


def may_see_plan(person: Any, obj: Any) -> bool:
    """A draft is for those who work on it; what is out to consultation or adopted is for every member."""
    if isinstance(obj, Plan) and obj.state in (PlanState.DRAFT, PlanState.WITHDRAWN):
        return bool(find_roles(person, get_partnership(obj)) & frozenset(_SEES_DRAFTS))
    return bool(find_roles(person, get_partnership(obj)))


allow("plans.view_plans", is_member)
allow("plans.view_plan", Predicate(may_see_plan, name="may_see_plan"))
allow("plans.change_plan", has_role(Role.COORDINATOR, Role.ANALYST))
allow("plans.move_plan", has_role(Role.COORDINATOR))
allow("plans.record_gate", has_role(Role.COORDINATOR, Role.CHAIR))
allow("plans.adopt_plan", has_role(Role.COORDINATOR, Role.CHAIR))
allow("plans.change_target", has_role(Role.COORDINATOR, Role.ANALYST))
allow("plans.change_action", has_role(Role.COORDINATOR, Role.LEAD))
allow("plans.import_plan", has_role(Role.COORDINATOR, Role.ANALYST))
allow("plans.export_plan", is_member)
