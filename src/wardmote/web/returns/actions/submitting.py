"""A draft becomes a version: submitted, withdrawn, submitted again; each stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardmote.evidence.interface import encode_value
from wardmote.evidence.targets.plan import Value
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import Write, writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.returns.actions.drafts import is_overtaken, put_typed, set_aside
from wardmote.web.returns.actions.locking import lock_return
from wardmote.web.returns.examining import Examination, examine
from wardmote.web.returns.models import DraftCopy, Query, Return, ReturnFile, ReturnVersion
from wardmote.web.returns.past import Past
from wardmote.web.returns.performance.revisions import tell_documents, untell_documents
from wardmote.web.returns.policies import can_edit, check_can_edit, check_can_withdraw, check_may_move
from wardmote.web.returns.said import find_said
from wardmote.web.returns.states import REOPENED, ChangeKind, QueryState, ReturnState
from wardmote.web.returns.typed import NARRATIVES

#: What was said of this submission alone: the next one begins without it.
_SPENT = ("answer", "reason")


@dataclass(frozen=True, slots=True)
class Submission:
    """How a submission ended: taken, refused with what is wrong by box, or overtaken by somebody else's save."""

    ret: Return
    examination: Examination | None = None
    is_overtaken: bool = False
    overtook: DraftCopy | None = None  # the same person's text from another window

    @property
    def is_taken(self) -> bool:
        return not self.is_overtaken and self.examination is not None and self.examination.is_ready


def submit_return(
    *, ret: Return, past: Past, fields: Mapping[str, Any], number: int, by: Person, page: str = ""
) -> Submission:
    """Submit what was typed on top of the draft `number`; kept as a draft where it cannot be submitted as it is.

    Where it cannot be typed into any more, or another person has saved since, the text is kept aside and nothing is
    overwritten.
    """
    overtook = None
    examination, state = examine(ret, past, fields), ret.state  # before the write, for which all others wait
    with writing(by=by, verb="returns.submitted", partnership=ret.partnership, subject=ret) as write:
        ret = lock_return(ret.pk)
        if not can_edit(ret) or is_overtaken(ret, number, by.pk):
            write.verb = "returns.draft_set_aside"
            set_aside(ret, fields, by.pk)
            return Submission(ret, is_overtaken=True)
        if ret.state != state:
            examination = examine(ret, past, fields)
        if dict(fields) != ret.draft or not examination.is_ready:
            overtook = put_typed(ret, fields, number, by=by.pk, page=page)
        if examination.is_ready:
            _submit(ret, examination, fields, by=by, write=write)
        else:
            write.verb = "returns.draft_saved"
    return Submission(ret, examination, overtook=overtook)


def submit_draft(*, ret: Return, past: Past, by: Person) -> Submission:
    """Submit a draft as it stands."""
    check_can_edit(ret)
    return submit_return(ret=ret, past=past, fields=ret.draft, number=ret.draft_number, by=by, page=ret.draft_page)


def _submit(ret: Return, found: Examination, fields: Mapping[str, Any], *, by: Person, write: Write) -> None:
    check_may_move(ret, ReturnState.SUBMITTED)
    now = read_now()
    _answer_queries(ret, str(fields.get("answer", "")), by, now=now)
    if _is_unchanged(ret, found, fields):
        write.verb = "returns.query_answered"
    else:
        version = make_version(ret, found, fields, by=by, now=now)
        _store_questions(ret, version, found, by)
        write.facts |= {"version": version.number, "is_after_sign_off": version.is_after_sign_off}
    ret.draft = {name: typed for name, typed in ret.draft.items() if name not in _SPENT}
    ret.state = ReturnState.SUBMITTED
    ret.signed_off_at = ret.signed_off_by = None
    ret.save()


def _is_unchanged(ret: Return, found: Examination, fields: Mapping[str, Any]) -> bool:
    """Whether a queried value stands as it was, so that an answer is all there is."""
    version = ret.version
    if version is None or ret.state != ReturnState.QUERIED:
        return False
    same_text = all(getattr(version, name) == fields.get(name, "") for name in NARRATIVES)
    return bool(version.value == encode_value(found.value) and same_text)


def make_version(
    ret: Return, found: Examination, fields: Mapping[str, Any], *, by: Person | None, kind: ChangeKind | None = None,
    source: str = "", now: datetime | None = None,
) -> ReturnVersion:  # fmt: skip
    """Add the next version and make it the one that counts. Inside a write only; the return is saved by the caller."""
    value, before, is_late = found.value, ret.version, ret.reopened_at is not None
    last = ret.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = ReturnVersion.objects.create(
        partnership=ret.partnership, of=ret, number=last + 1,
        kind=kind or (ChangeKind.REVISED if is_late else ChangeKind.SUBMITTED),
        value=encode_value(value), numerator=value.part, denominator=value.whole, amount=value.best,
        reason_code=fields.get("reason_code", ""), **{name: fields.get(name, "") for name in NARRATIVES},
        reason=_join_reasons(ret, value, fields),
        submitted_at=now or read_now(), submitted_by=by.pk if by else None, is_after_sign_off=is_late, source=source,
    )  # fmt: skip
    for attached in ret.attachments.filter(version=None, removed_at=None):
        ReturnFile.objects.create(partnership=ret.partnership, of=ret, version=version, file=attached.file)
    ret.version = version
    if is_late and before is not None:
        tell_documents(old=before, new=version, by=by)
    return version


def _join_reasons(ret: Return, value: Value, fields: Mapping[str, Any]) -> str:
    """What was said of the figure now, or of the very same figure before, and the answer to a query."""
    said = fields.get("reason") or find_said(ret, value)
    return "\n\n".join(text for text in (said, fields.get("answer")) if text) or _say_reopened(ret)


def _say_reopened(ret: Return) -> str:
    """Why it was reopened: what a revision is for where nobody says more of it."""
    if ret.reopened_at is None:
        return ""
    asked = ret.queries.filter(rule=REOPENED).order_by("-asked_at").first()
    return asked.question if asked else ""


def _answer_queries(ret: Return, answer: str, by: Person, *, now: datetime) -> None:
    """Close the questions about the version before: people's with the answer, the machine's without."""
    for query in ret.queries.exclude(state=QueryState.CLOSED):
        if query.rule:
            query.state, query.closed_at, query.closed_by = QueryState.CLOSED, now, by.pk
        elif query.state == QueryState.OPEN:
            query.state, query.answer, query.answered_at, query.answered_by = QueryState.ANSWERED, answer, now, by.pk
        query.save()


def _store_questions(ret: Return, version: ReturnVersion, found: Examination, by: Person) -> None:
    """Keep what the machine asked, with the explanation that was given."""
    now, reason = read_now(), version.reason
    for question in found.questions:
        answered: dict[str, Any] = {"answer": reason, "answered_at": now, "answered_by": by.pk} if reason else {}
        Query.objects.create(
            partnership=ret.partnership, of=ret, version=version, rule=question.code, severity=question.severity,
            question=f"{question.sentence} {question.asks}", asked_at=now,
            state=QueryState.ANSWERED if reason else QueryState.OPEN, **answered,
        )  # fmt: skip


def withdraw_return(*, ret: Return, by: Person) -> Return:
    """Take back what was submitted and nobody has queried or signed off; its version stays in the history."""
    with writing(by=by, verb="returns.withdrawn", partnership=ret.partnership, subject=ret):
        ret = lock_return(ret.pk)
        check_can_withdraw(ret)
        withdrawn = ret.version
        ret.state = ReturnState.DRAFT
        ret.version = ret.versions.filter(signed_off_at__isnull=False).order_by("-number").first()
        ret.save()
        if withdrawn is not None:
            untell_documents(withdrawn=withdrawn, restored=ret.version, by=by)
    return ret
