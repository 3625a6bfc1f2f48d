"""Who may do what: each area says its own."""

import wardmote.web.observatory.assessments.permissions
import wardmote.web.observatory.checks.permissions
import wardmote.web.observatory.evidence.permissions
import wardmote.web.observatory.loads.permissions
import wardmote.web.observatory.places.permissions  # noqa: F401 - each registers its own
