"""Who may do what in `grants`.

The ledger, with its invoices, is for those who run the partnership. Who scrutinises or analyses sees totals and
outputs of every grant; a contributor what was committed to their own body, with its spending; who only reads the totals
of grants that are marked as published. Bids are for those who write and decide them: other bidders may be members too.
"""

from wardmote.web.partnerships.interface import MANAGERS, Role, allow, has_role, is_member

#: Sees every grant with its ledger.
SEES_LEDGER = frozenset({*MANAGERS, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})
#: Sees every grant's totals and outputs.
SEES_TOTALS = SEES_LEDGER | {Role.ANALYST, Role.SCRUTINY}

allow("governance.view_grants", is_member)
allow("governance.view_grant", has_role(*SEES_TOTALS, Role.CONTRIBUTOR))
allow("governance.view_commitment", has_role(*SEES_LEDGER, Role.CONTRIBUTOR))
allow("governance.view_ledger", has_role(*SEES_LEDGER))
allow("governance.change_grants", has_role(Role.COORDINATOR))
allow("governance.view_bids", has_role(*SEES_LEDGER, Role.ANALYST))
allow("governance.change_bids", has_role(Role.COORDINATOR))
