"""Who may look at the evidence."""

from wardmote.web.partnerships.interface import allow, is_member

allow("observatory.view_evidence", is_member)
