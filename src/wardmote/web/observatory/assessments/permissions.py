"""Who may see the drafts of an assessment, write, comment, approve, publish. What is published is every member's."""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.observatory.assessments.models import EditionFile
from wardmote.web.observatory.assessments.states import EditionState, Twin
from wardmote.web.partnerships.interface import Role, allow, find_roles, get_partnership, has_role, is_member

#: Who needs to know what is not approved yet.
SEES_DRAFTS = frozenset({Role.COORDINATOR, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})
#: Who may have the twin that is marked "not for publication". Scrutiny and readers have the one for the public.
SEES_PARTNERSHIP_TWIN = SEES_DRAFTS | {Role.CONTRIBUTOR}


def may_have_file(person: Any, obj: Any) -> bool:
    """A published file of the twin that the person may see; an unpublished one who sees drafts."""
    roles = find_roles(person, get_partnership(obj))
    if not isinstance(obj, EditionFile):
        return bool(roles)
    if obj.edition.state != EditionState.PUBLISHED:
        return bool(roles & SEES_DRAFTS)
    return bool(roles) if obj.twin == Twin.PUBLIC else bool(roles & SEES_PARTNERSHIP_TWIN)


allow("observatory.view_assessments", is_member)
allow("observatory.view_assessment_drafts", has_role(*SEES_DRAFTS))
allow("observatory.download_assessment", Predicate(may_have_file, name="may_have_file"))
allow("observatory.write_assessment", has_role(Role.COORDINATOR, Role.ANALYST))
allow("observatory.withdraw_assessment", has_role(Role.COORDINATOR, Role.ANALYST))
allow("observatory.comment_assessment", has_role(*SEES_DRAFTS))
allow("observatory.approve_assessment", has_role(*SEES_DRAFTS))
allow("observatory.publish_assessment", has_role(Role.COORDINATOR, Role.CHAIR, Role.EXECUTIVE))
