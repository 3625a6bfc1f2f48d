"""Who may do what in `documents`.

The executive report and an agency's returns are for those who read everything of the partnership, the latter for the
agency itself, too. The scrutiny pack, the out-turn and the plan hold nothing confidential and are for every member.
Who may read a kind may make it, but for readers, who make nothing.
"""

from wardmote.web.partnerships.interface import Role, allow, has_role, is_member

allow("governance.view_documents", is_member)
allow("governance.make_documents", has_role(*(role for role in Role if role != Role.READER)))
