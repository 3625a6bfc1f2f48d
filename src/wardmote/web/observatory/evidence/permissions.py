"""Who may look at the evidence."""

from wardmote.web.partnerships.interface import Role, allow, has_role, is_member

allow("observatory.view_evidence", is_member)
#: What a partner shared with the partnership is not for everybody who may read its papers: small numbers stand in it.
allow(
    "observatory.view_partner_evidence",
    has_role(
        Role.ADMINISTRATOR, Role.COORDINATOR, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE, Role.CONTRIBUTOR
    ),
)
