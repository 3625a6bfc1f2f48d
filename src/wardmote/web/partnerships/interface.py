"""What other apps may use of people, roles and partnerships."""

from wardmote.web.partnerships.doors import (
    PartnershipRequest,
    check_may,
    find_address,
    get_own,
    in_partnership,
    signed_in,
)
from wardmote.web.partnerships.further_access import FurtherAccess, offer_access_to_review
from wardmote.web.partnerships.models import (
    Agency,
    Membership,
    Organisation,
    Partnership,
    PartnershipRecord,
    Person,
    TermsChange,
)
from wardmote.web.partnerships.organisations import find_organisation, make_resolver, resolve_successors
from wardmote.web.partnerships.permissions import (
    MANAGERS,
    allow,
    can,
    find_organisations,
    find_roles,
    get_partnership,
    has_role,
    is_member,
)
from wardmote.web.partnerships.queries import name_people
from wardmote.web.partnerships.states import EvidenceKept, Role, Standing, Tier
from wardmote.web.partnerships.terms import find_overtaken, list_terms_changes

__all__ = [
    "MANAGERS",
    "Agency",
    "EvidenceKept",
    "FurtherAccess",
    "Membership",
    "Organisation",
    "Partnership",
    "PartnershipRecord",
    "PartnershipRequest",
    "Person",
    "Role",
    "Standing",
    "TermsChange",
    "Tier",
    "allow",
    "can",
    "check_may",
    "find_address",
    "find_organisation",
    "find_organisations",
    "find_overtaken",
    "find_roles",
    "get_own",
    "get_partnership",
    "has_role",
    "in_partnership",
    "is_member",
    "list_terms_changes",
    "make_resolver",
    "name_people",
    "offer_access_to_review",
    "resolve_successors",
    "signed_in",
]
