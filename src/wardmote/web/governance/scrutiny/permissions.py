"""Who may do what in `scrutiny`.

Recommendations are made in public: every member reads them and their answers. The coordinator writes them down; a body
that one is addressed to answers for itself. What the pack leaves out is decided by the coordinator and seen by whoever
reads everything, and by scrutiny itself.
"""

from typing import Any

from rules.predicates import Predicate

from wardmote.web.governance.scrutiny.models import Recommendation
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


def find_answering(person: Any, partnership: Any) -> frozenset[Any]:
    """The bodies for which a person may answer as their contributor."""
    return find_organisations(person, partnership, Role.CONTRIBUTOR) if partnership else frozenset()


def may_answer(person: Any, obj: Any) -> bool:
    """The coordinator for any body; a contributor for their own, where it was asked."""
    partnership = get_partnership(obj)
    if Role.COORDINATOR in find_roles(person, partnership):
        return True
    own = find_answering(person, partnership)
    if isinstance(obj, Recommendation):
        return any(row.body_id in own for row in obj.addressed.all())
    return bool(own)


allow("governance.view_recommendations", is_member)
allow("governance.write_recommendations", has_role(Role.COORDINATOR))
allow("governance.answer_recommendations", Predicate(may_answer, name="may_answer"))
allow(
    "governance.view_missed_targets",
    has_role(*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE, Role.SCRUTINY),
)
allow("governance.leave_out_targets", has_role(Role.COORDINATOR))
