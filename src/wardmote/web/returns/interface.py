"""What other apps may use of returns."""

from wardmote.web.returns.actions.drafts import save_draft
from wardmote.web.returns.actions.quarters import open_due_quarters, open_quarter
from wardmote.web.returns.actions.signing import query_return, sign_off_return
from wardmote.web.returns.actions.submitting import submit_draft, submit_return
from wardmote.web.returns.calendar import QuarterDates, find_quarter
from wardmote.web.returns.models import IssuedDocument, Quarter, Return, ReturnVersion
from wardmote.web.returns.owing import Owed, list_owed
from wardmote.web.returns.past import read_past, read_pasts
from wardmote.web.returns.performance.agenda import list_agenda_lines
from wardmote.web.returns.performance.core_plan import Judged, read_judged
from wardmote.web.returns.performance.documents import (
    find_file,
    list_documents,
    list_issued_files,
    list_used,
    settle_document,
)
from wardmote.web.returns.performance.exceptions import list_exceptions
from wardmote.web.returns.performance.issuing import FORMS, keep_document, list_forms, may_see_document, may_see_kind
from wardmote.web.returns.performance.plans_seen import Choice, choose_newest, list_seen_plans
from wardmote.web.returns.performance.results import ChangedResult, compare_results
from wardmote.web.returns.performance.revisions import CORRECTED, LEFT, REISSUED
from wardmote.web.returns.performance.target_changes import Changed, list_changed, name_both
from wardmote.web.returns.performance.unsettled import list_unsettled
from wardmote.web.returns.performance.value_words import say_value
from wardmote.web.returns.permissions import find_returning_organisations
from wardmote.web.returns.presenters import say_version
from wardmote.web.returns.states import UNSENT, ChangeKind, DocumentKind, ReasonCode, ReturnState
from wardmote.web.returns.typed import STATUS_WORDS

__all__ = [
    "CORRECTED",
    "FORMS",
    "LEFT",
    "REISSUED",
    "STATUS_WORDS",
    "UNSENT",
    "ChangeKind",
    "Changed",
    "ChangedResult",
    "Choice",
    "DocumentKind",
    "IssuedDocument",
    "Judged",
    "Owed",
    "Quarter",
    "QuarterDates",
    "ReasonCode",
    "Return",
    "ReturnState",
    "ReturnVersion",
    "choose_newest",
    "compare_results",
    "find_file",
    "find_quarter",
    "find_returning_organisations",
    "keep_document",
    "list_agenda_lines",
    "list_changed",
    "list_documents",
    "list_exceptions",
    "list_forms",
    "list_issued_files",
    "list_owed",
    "list_seen_plans",
    "list_unsettled",
    "list_used",
    "may_see_document",
    "may_see_kind",
    "name_both",
    "open_due_quarters",
    "open_quarter",
    "query_return",
    "read_judged",
    "read_past",
    "read_pasts",
    "save_draft",
    "say_value",
    "say_version",
    "settle_document",
    "sign_off_return",
    "submit_draft",
    "submit_return",
]
