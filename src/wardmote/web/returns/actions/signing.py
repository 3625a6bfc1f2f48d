"""What a lead does with a submitted return: asks, signs off; and what a coordinator may: reopen."""

from collections.abc import Iterable

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.returns.actions.locking import lock_return
from wardmote.web.returns.actions.telling import write_to_agency
from wardmote.web.returns.models import Query, Return
from wardmote.web.returns.policies import (
    check_can_query,
    check_can_reopen,
    check_can_sign_off,
    check_reason,
)
from wardmote.web.returns.states import REOPENED, QueryState, ReturnState

SUBMITTED_ANEW = "the return was submitted anew meanwhile"


def query_return(*, ret: Return, question: str, by: Person) -> Query:
    """Ask the agency about its return; it waits for an answer, and the agency is written to."""
    text = check_reason(question)
    with writing(by=by, verb="returns.queried", partnership=ret.partnership, subject=ret):
        ret = lock_return(ret.pk)
        check_can_query(ret)
        query = _ask(ret, text, by)
        ret.state = ReturnState.QUERIED
        ret.save()
        write_to_agency(ret, template="return_queried")
    return query


def sign_off_return(*, ret: Return, by: Person) -> Return:
    """Sign off a submitted return as the caller read it, and no value that came in since.

    Never by who submitted it: two people stand for a figure.
    """
    seen = ret.version_id
    with writing(by=by, verb="returns.signed_off", partnership=ret.partnership, subject=ret) as write:
        ret = lock_return(ret.pk)
        version = check_can_sign_off(ret)
        if version.pk != seen:
            raise RefusedError(SUBMITTED_ANEW, to_do="Look at it again before you sign it off")
        if version.submitted_by == by.pk:
            raise RefusedError("you submitted this return", to_do="Ask somebody else to sign it off")
        now = read_now()
        for query in ret.queries.exclude(state=QueryState.CLOSED):
            query.state, query.closed_at, query.closed_by = QueryState.CLOSED, now, by.pk
            query.save()
        version.signed_off_at, version.signed_off_by = now, by.pk
        version.save()
        ret.state, ret.signed_off_at, ret.signed_off_by, ret.reopened_at = ReturnState.SIGNED_OFF, now, by.pk, None
        ret.save()
        write.facts["version"] = version.number
    return ret


def sign_off_many(*, returns: Iterable[Return], by: Person) -> tuple[list[Return], list[Return]]:
    """Sign off those without an open query, each by itself; those signed and those left."""
    signed, left = [], []
    for ret in returns:
        try:
            if ret.queries.filter(state=QueryState.OPEN).exists():
                raise RefusedError("a query is still open")
            signed.append(sign_off_return(ret=ret, by=by))
        except RefusedError:
            left.append(ret)
    return signed, left


def reopen_return(*, ret: Return, reason: str, by: Person) -> Return:
    """Open a signed-off return for a revision, with the reason; the signed-off value goes on counting until then."""
    why = check_reason(reason)
    with writing(by=by, verb="returns.reopened", partnership=ret.partnership, subject=ret, reason=why):
        ret = lock_return(ret.pk)
        check_can_reopen(ret)
        _ask(ret, why, by, rule=REOPENED)
        ret.state, ret.reopened_at = ReturnState.QUERIED, read_now()
        ret.save()
        write_to_agency(ret, template="return_reopened")
    return ret


def _ask(ret: Return, question: str, by: Person, *, rule: str = "") -> Query:
    return Query.objects.create(
        partnership=ret.partnership, of=ret, version=ret.version, question=question, asked_at=read_now(),
        asked_by=by.pk, rule=rule,
    )  # fmt: skip
