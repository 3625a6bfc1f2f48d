"""Who may do what: each area says its own."""

import wardmote.web.governance.documents.permissions
import wardmote.web.governance.duties.permissions
import wardmote.web.governance.grants.permissions
import wardmote.web.governance.library.permissions
import wardmote.web.governance.meetings.permissions
import wardmote.web.governance.risks.permissions
import wardmote.web.governance.scrutiny.permissions
import wardmote.web.governance.tiers.permissions  # noqa: F401 - each registers its own
from wardmote.web.partnerships.interface import allow, is_member

allow("governance.view_governance", is_member)
