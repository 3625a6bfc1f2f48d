"""Who may do what in `meetings`.

Everybody in the partnership sees that meetings take place. Scrutiny and readers see those marked open, once their
agenda is out; confidential items, papers, decisions and actions are for who runs or leads the partnership.
"""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.governance.meetings.models import AgendaItem, Decision, Meeting, MeetingAction, Paper
from wardmote.web.governance.meetings.states import AGENDA_IS_OUT
from wardmote.web.partnerships.interface import (
    Role,
    allow,
    find_organisations,
    find_roles,
    get_partnership,
    has_role,
    is_member,
)

_INSIDERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})
_SIT_IN_IT = _INSIDERS | {Role.CONTRIBUTOR}
_MAY_HOLD_ACTIONS = _SIT_IN_IT - {Role.ADMINISTRATOR}


def may_see_confidential(person: Any, obj: Any) -> bool:
    """What is confidential is for who runs or leads the partnership; an action's owner sees their own."""
    if find_roles(person, get_partnership(obj)) & _INSIDERS:
        return True
    return isinstance(obj, MeetingAction) and holds_action(person, obj)


def may_see_meeting(person: Any, obj: Any) -> bool:
    """A meeting, or something of one: whoever sits in the partnership; others where it is open and its agenda out."""
    roles = find_roles(person, get_partnership(obj))
    meeting = obj if isinstance(obj, Meeting) else getattr(obj, "meeting", None)
    if not isinstance(meeting, Meeting):
        return bool(roles)
    is_seen = bool(roles & _SIT_IN_IT) or (bool(roles) and meeting.is_open and meeting.state in AGENDA_IS_OUT)
    is_confidential = isinstance(obj, AgendaItem | Paper | Decision | MeetingAction) and obj.is_confidential
    return is_seen and (not is_confidential or may_see_confidential(person, obj))


def holds_action(person: Any, action: MeetingAction) -> bool:
    """Whether the action is the person's own, or that of the body for which they contribute."""
    if action.person_id == person.pk:
        return True
    return action.owner_id in find_organisations(person, action.partnership, Role.CONTRIBUTOR)


def may_update_action(person: Any, obj: Any) -> bool:
    """The coordinator, and whose action it is."""
    roles = find_roles(person, get_partnership(obj))
    if not isinstance(obj, MeetingAction):
        return bool(roles & _MAY_HOLD_ACTIONS)
    return Role.COORDINATOR in roles or (bool(roles & _MAY_HOLD_ACTIONS) and holds_action(person, obj))


def sits_in_it(person: Any, partnership: Any) -> bool:
    """Whether somebody is of the partnership, and not one who looks on from outside."""
    return bool(find_roles(person, partnership) & _SIT_IN_IT)


allow("governance.view_meetings", is_member)
allow("governance.view_meeting", Predicate(may_see_meeting, name="may_see_meeting"))
allow("governance.view_confidential", Predicate(may_see_confidential, name="may_see_confidential"))
allow("governance.write_meetings", has_role(Role.COORDINATOR))
allow("governance.move_meetings", has_role(Role.COORDINATOR, Role.CHAIR))
allow("governance.change_groups", has_role(Role.COORDINATOR))
allow("governance.view_meeting_actions", has_role(*_SIT_IN_IT))
allow("governance.update_meeting_action", Predicate(may_update_action, name="may_update_meeting_action"))
allow("governance.view_sign_offs", has_role(*_SIT_IN_IT))
allow("governance.record_signatures", has_role(Role.COORDINATOR))
