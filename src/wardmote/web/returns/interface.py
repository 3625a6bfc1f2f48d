"""What other apps may use of returns."""

from wardmote.web.returns.actions.drafts import save_draft
from wardmote.web.returns.actions.quarters import open_due_quarters, open_quarter
from wardmote.web.returns.actions.signing import query_return, sign_off_return
from wardmote.web.returns.actions.submitting import submit_draft, submit_return
from wardmote.web.returns.calendar import QuarterDates, find_quarter
from wardmote.web.returns.models import Quarter, Return, ReturnVersion
from wardmote.web.returns.owing import Owed, list_owed
from wardmote.web.returns.past import read_past, read_pasts
from wardmote.web.returns.performance.agenda import list_agenda_lines
from wardmote.web.returns.performance.documents import list_issued_files

__all__ = [
    "Owed",
    "Quarter",
    "QuarterDates",
    "Return",
    "ReturnVersion",
    "find_quarter",
    "list_agenda_lines",
    "list_issued_files",
    "list_owed",
    "open_due_quarters",
    "open_quarter",
    "query_return",
    "read_past",
    "read_pasts",
    "save_draft",
    "sign_off_return",
    "submit_draft",
    "submit_return",
]
