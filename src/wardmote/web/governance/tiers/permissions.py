"""Who may do what in `tiers`.

What a district shares is for those who run the county's partnership, not for its committee or its readers. Whether
anything is shared at all is for the district's coordinator to say, and for nobody of the county.
"""

from wardmote.web.partnerships.interface import MANAGERS, Role, allow, has_role

_READS = (*MANAGERS, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE)

allow("governance.view_districts", has_role(*_READS))
allow("governance.link_measures", has_role(Role.COORDINATOR))
allow("governance.view_district_standing", has_role(*_READS))
allow("governance.share_with_county", has_role(Role.COORDINATOR))
