"""Who may do what with a plan."""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.partnerships.interface import (
    MANAGERS,
    Role,
    allow,
    find_organisations,
    find_roles,
    get_partnership,
    has_role,
    is_member,
)
from wardmote.web.plans.models import Action, Indicator, Plan, PlanRecord
from wardmote.web.plans.states import PlanState

_SEES_DRAFTS = frozenset({*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})
_HIDDEN = (PlanState.DRAFT, PlanState.WITHDRAWN)
_MAY_HOLD_ACTIONS = frozenset({*MANAGERS, Role.ANALYST, Role.LEAD, Role.CONTRIBUTOR, Role.CHAIR, Role.EXECUTIVE})


def sees_drafts(person: Any, partnership: Any) -> bool:
    return bool(find_roles(person, partnership) & _SEES_DRAFTS)


def may_see_plan(person: Any, obj: Any) -> bool:
    """A draft is for those who work on it; what is out to consultation or adopted is for every member."""
    partnership = get_partnership(obj)
    plan = obj.plan if isinstance(obj, PlanRecord) else obj
    if isinstance(plan, Plan) and plan.state in _HIDDEN:
        return sees_drafts(person, partnership)
    return bool(find_roles(person, partnership))


def may_change_target(person: Any, obj: Any) -> bool:
    """In a draft whoever writes it; in the adopted plan the coordinator alone."""
    roles = find_roles(person, get_partnership(obj))
    if isinstance(obj, Indicator) and obj.plan.state == PlanState.ADOPTED:
        return Role.COORDINATOR in roles
    return bool(roles & {Role.COORDINATOR, Role.ANALYST})


def may_update_action(person: Any, obj: Any) -> bool:
    """The coordinator, the action's lead, the lead of its priority, and who contributes for the body that owns it."""
    partnership = get_partnership(obj)
    roles = find_roles(person, partnership)
    if not isinstance(obj, Action):
        return bool(roles & _MAY_HOLD_ACTIONS)
    if Role.COORDINATOR in roles:
        return True
    if not roles & _MAY_HOLD_ACTIONS or partnership is None:
        return False
    if obj.lead_id == person.pk or (Role.LEAD in roles and obj.priority.lead_id == person.pk):
        return True
    return obj.owner_id is not None and obj.owner_id in find_organisations(person, partnership, Role.CONTRIBUTOR)


allow("plans.view_plans", is_member)
allow("plans.view_plan", Predicate(may_see_plan, name="may_see_plan"))
allow("plans.change_plan", has_role(Role.COORDINATOR, Role.ANALYST))
allow("plans.change_holders", has_role(Role.COORDINATOR))
allow("plans.move_plan", has_role(Role.COORDINATOR))
allow("plans.record_gate", has_role(Role.COORDINATOR, Role.CHAIR))
allow("plans.adopt_plan", has_role(Role.COORDINATOR, Role.CHAIR))
allow("plans.change_target", Predicate(may_change_target, name="may_change_target"))
allow("plans.discontinue_indicator", has_role(Role.COORDINATOR))
allow("plans.change_action", Predicate(may_update_action, name="may_update_action"))
allow("plans.import_plan", has_role(Role.COORDINATOR, Role.ANALYST))
allow("plans.link_past", has_role(Role.COORDINATOR))
allow("plans.export_plan", is_member)
