"""Who may have reports checked, and who sees what came of it.

A check is its owner's, and the analyst's and coordinator's, whose work it is; everybody's once it was shared. Anybody
who answers for the partnership may hold a report against its figures, the scrutiny committee too.
"""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.observatory.checks.models import ReportCheck
from wardmote.web.partnerships.interface import Role, allow, find_roles, get_partnership, has_role, is_member

#: Who sees and marks every check.
SEES_ALL = frozenset({Role.ANALYST, Role.COORDINATOR})
MAY_CHECK = SEES_ALL | {Role.LEAD, Role.CHAIR, Role.EXECUTIVE, Role.SCRUTINY}


def may_see(person: Any, obj: Any) -> bool:
    roles = find_roles(person, get_partnership(obj))
    if not isinstance(obj, ReportCheck):
        return bool(roles)
    return bool(roles) and (obj.is_shared or obj.asked_by == person.pk or bool(roles & SEES_ALL))


def may_mark(person: Any, obj: Any) -> bool:
    roles = find_roles(person, get_partnership(obj))
    if not isinstance(obj, ReportCheck):
        return bool(roles & MAY_CHECK)
    return bool(roles & SEES_ALL) or (bool(roles & MAY_CHECK) and obj.asked_by == person.pk)


def may_own(person: Any, obj: Any) -> bool:
    """The owner; and the coordinator, who is there when the owner has left."""
    roles = find_roles(person, get_partnership(obj))
    if not isinstance(obj, ReportCheck):
        return bool(roles & MAY_CHECK)
    return Role.COORDINATOR in roles or (bool(roles & MAY_CHECK) and obj.asked_by == person.pk)


allow("observatory.view_checks", is_member)
allow("observatory.check_reports", has_role(*MAY_CHECK))
allow("observatory.view_check", Predicate(may_see, name="may_see_check"))
allow("observatory.mark_claims", Predicate(may_mark, name="may_mark_claims"))
allow("observatory.own_check", Predicate(may_own, name="may_own_check"))
