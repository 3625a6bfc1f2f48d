"""Who may do what with returns."""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.foundation.clock import read_today
from wardmote.web.partnerships.interface import (
    MANAGERS,
    Role,
    allow,
    find_organisations,
    find_roles,
    get_partnership,
    has_role,
)
from wardmote.web.returns.covers import list_in_force
from wardmote.web.returns.models import Cover, Return

_READS_ALL = (*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE)


def find_returning_organisations(person: Any, partnership: Any) -> frozenset[Any]:
    """The organisations for which a person may return: their own as contributor, and those they cover today."""
    own = find_organisations(person, partnership, Role.CONTRIBUTOR)
    if not find_roles(person, partnership):
        return frozenset()
    return own | _read_covered(person, partnership)


def _read_covered(person: Any, partnership: Any) -> frozenset[Any]:
    """The organisations that somebody covers today, read once for each request's person object."""
    today = read_today()
    known: dict[Any, frozenset[Any]] = person.__dict__.setdefault("_covered", {})
    if (partnership.pk, today) not in known:
        rows = list_in_force(partnership, today).filter(delegate=person)
        known[partnership.pk, today] = frozenset(rows.values_list("organisation_id", flat=True))
    return known[partnership.pk, today]


def may_return(person: Any, obj: Any) -> bool:
    """Contributes for the agency that owes it (or for any agency, where the question is of the partnership)."""
    partnership = get_partnership(obj)
    organisations = find_returning_organisations(person, partnership)
    return obj.organisation_id in organisations if isinstance(obj, Return) else bool(organisations)


def may_answer_for(person: Any, partnership: Any, organisation_id: Any) -> bool:
    """Contributes for one agency, today."""
    return organisation_id in find_returning_organisations(person, partnership)


def may_see_return(person: Any, obj: Any) -> bool:
    return bool(find_roles(person, get_partnership(obj)) & frozenset(_READS_ALL)) or may_return(person, obj)


def may_give_cover(person: Any, obj: Any) -> bool:
    """A manager for anybody; a contributor for an agency of their own (not for one that they only cover)."""
    partnership = get_partnership(obj)
    if find_roles(person, partnership) & MANAGERS:
        return True
    own = find_organisations(person, partnership, Role.CONTRIBUTOR) if partnership else frozenset()
    return obj.organisation_id in own if isinstance(obj, Cover) else bool(own)


def may_sign_off(person: Any, obj: Any) -> bool:
    """The lead of the return's priority, or a coordinator; never who submitted it."""
    roles = find_roles(person, get_partnership(obj))
    if not isinstance(obj, Return):
        return bool(roles & {Role.LEAD, Role.COORDINATOR})
    if obj.version is not None and obj.version.submitted_by == person.pk:
        return False
    return Role.COORDINATOR in roles or (Role.LEAD in roles and obj.indicator.priority.lead_id == person.pk)


allow("returns.make_return", Predicate(may_return, name="may_return"))
allow("returns.view_return", Predicate(may_see_return, name="may_see_return"))
allow("returns.view_all_returns", has_role(*_READS_ALL))
allow("returns.query_return", Predicate(may_sign_off, name="may_sign_off"))
allow("returns.sign_off_return", Predicate(may_sign_off, name="may_sign_off"))
allow("returns.manage_quarters", has_role(Role.COORDINATOR))
allow("returns.reopen_return", has_role(Role.COORDINATOR))
allow("returns.give_cover", Predicate(may_give_cover, name="may_give_cover"))
allow("returns.chase", has_role(Role.COORDINATOR))
allow("returns.override_status", has_role(Role.COORDINATOR, Role.LEAD))
allow("returns.view_dashboard", has_role(*Role))
allow(
    "returns.issue_documents", has_role(*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE, Role.SCRUTINY)
)
