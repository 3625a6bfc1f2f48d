"""Who may see and change what is loaded."""

from wardmote.web.partnerships.interface import Role, allow, has_role, is_member

allow("observatory.view_loads", is_member)
allow("observatory.load_evidence", has_role(Role.ANALYST, Role.COORDINATOR))
#: Any load of one's partnership, also one of somebody else or of the command line; who loaded takes back their own.
allow("observatory.undo_any_load", has_role(Role.COORDINATOR))
