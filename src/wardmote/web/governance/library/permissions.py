"""Who may do what in `library`.

What of a published document no longer holds is for those who run the partnership until somebody has said what is done;
a notice that was published is every member's, as far as the document itself is. The glossary and the themes that
became priorities are every member's, themes that are only watched are not.
"""

from wardmote.web.partnerships.interface import Role, allow, has_role, is_member

#: Who reads all of the partnership's business.
SEES_ALL = frozenset({Role.COORDINATOR, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE})
_WRITES = (Role.COORDINATOR, Role.ANALYST)

allow("governance.view_corrections", is_member)
allow("governance.view_open_corrections", has_role(*SEES_ALL))
allow("governance.write_corrections", has_role(*_WRITES))
allow("governance.publish_corrections", has_role(Role.COORDINATOR, Role.CHAIR, Role.EXECUTIVE))
allow("governance.view_shared_documents", has_role(*SEES_ALL))
allow("governance.share_documents", has_role(Role.COORDINATOR))
allow("governance.view_themes", has_role(*SEES_ALL, Role.CONTRIBUTOR))
allow("governance.write_themes", has_role(*_WRITES, Role.LEAD))
allow("governance.view_glossary", is_member)
allow("governance.write_glossary", has_role(*_WRITES))
