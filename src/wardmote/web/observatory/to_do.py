"""What waits for somebody: each area says its own."""

import wardmote.web.observatory.assessments.to_do
import wardmote.web.observatory.checks.to_do
import wardmote.web.observatory.evidence.to_do
import wardmote.web.observatory.loads.to_do
import wardmote.web.observatory.places.to_do  # noqa: F401 - registers
