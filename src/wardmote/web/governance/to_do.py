"""What waits for somebody: each area says its own."""

import wardmote.web.governance.documents.to_do
import wardmote.web.governance.duties.to_do
import wardmote.web.governance.grants.to_do
import wardmote.web.governance.library.to_do
import wardmote.web.governance.meetings.to_do
import wardmote.web.governance.risks.to_do
import wardmote.web.governance.scrutiny.to_do
import wardmote.web.governance.tiers.to_do  # noqa: F401 - registers
