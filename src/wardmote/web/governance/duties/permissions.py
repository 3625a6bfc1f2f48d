"""Who may do what in `duties`.

The calendar is for who runs the partnership and for the agencies, whose duties most of them are. A contributor sees
and fills the data drops of their own agency alone; that of others says how they work.
"""

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
)

_INSIDERS = frozenset({*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})
SEES_ALL_DROPS = _INSIDERS
_RECEIVERS = frozenset({Role.COORDINATOR, Role.CONTRIBUTOR})


def may_receive_drop(person: Any, obj: Any) -> bool:
    """The coordinator, and who contributes for the agency whose drop it is; of a partnership: somebody who may some."""
    partnership = get_partnership(obj)
    roles = find_roles(person, partnership)
    body = getattr(obj, "organisation_id", None)
    if body is None or partnership is None or Role.COORDINATOR in roles:
        return bool(roles & _RECEIVERS)
    return body in find_organisations(person, partnership, Role.CONTRIBUTOR)


def may_remove_file(person: Any, obj: Any) -> bool:
    """The coordinator, and who brought the file; of a partnership: somebody who may have brought one."""
    roles = find_roles(person, get_partnership(obj))
    if Role.COORDINATOR in roles or not hasattr(obj, "received_by"):
        return bool(roles & _RECEIVERS)
    return bool(roles & _RECEIVERS) and obj.received_by == person.pk


allow("governance.view_duties", has_role(*_INSIDERS, Role.CONTRIBUTOR))
allow("governance.change_duties", has_role(Role.COORDINATOR))
allow("governance.view_data_drops", has_role(*_INSIDERS, Role.CONTRIBUTOR))
allow("governance.receive_data_drops", Predicate(may_receive_drop, name="may_receive_drop"))
allow("governance.change_data_drops", has_role(Role.COORDINATOR))
allow("governance.remove_drop_files", Predicate(may_remove_file, name="may_remove_file"))
