"""All that can be done with people, roles and partnerships; each is one audited write."""

from wardmote.web.partnerships.accounts import clear_second_step, restore, restore_by_address, suspend
from wardmote.web.partnerships.invitations import accept_as_known, accept_as_new, invite, resend, withdraw
from wardmote.web.partnerships.memberships import end_membership, give_role
from wardmote.web.partnerships.registers import (
    add_agency,
    add_successor,
    change_organisation,
    end_agency,
    register_organisation,
)
from wardmote.web.partnerships.reviews import confirm_memberships
from wardmote.web.partnerships.setting_up import (
    change_evidence,
    change_settings,
    make_operator,
    make_setup_link,
    name_manager,
    open_partnership,
)

__all__ = [
    "accept_as_known",
    "accept_as_new",
    "add_agency",
    "add_successor",
    "change_evidence",
    "change_organisation",
    "change_settings",
    "clear_second_step",
    "confirm_memberships",
    "end_agency",
    "end_membership",
    "give_role",
    "invite",
    "make_operator",
    "make_setup_link",
    "name_manager",
    "open_partnership",
    "register_organisation",
    "resend",
    "restore",
    "restore_by_address",
    "suspend",
    "withdraw",
]
