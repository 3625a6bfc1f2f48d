"""Who may do what in `risks`.

The register says where the partnership is weak: it is for those who run it, and for each body what it owns itself.
Scrutiny and readers see the risks that a plan prints, not this register.
"""

from wardmote.web.partnerships.interface import MANAGERS, Role, allow, has_role

#: Who sees the whole register; a contributor sees what their own body owns.
SEES_ALL = frozenset({*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})

allow("governance.view_risks", has_role(*SEES_ALL, Role.CONTRIBUTOR))
allow("governance.export_risks", has_role(*SEES_ALL))
allow("governance.change_risks", has_role(Role.COORDINATOR))
