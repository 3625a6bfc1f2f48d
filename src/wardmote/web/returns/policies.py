"""What the state of a return or a quarter allows, whoever asks. `check_` raises with the reason, `can_` answers."""

from datetime import date, timedelta

from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.returns.models import Quarter, Return, ReturnVersion
from wardmote.web.returns.states import (
    EDITABLE,
    NEXT_STATES,
    SETTLED,
    ChangeKind,
    QuarterState,
    QueryState,
    ReturnState,
)

_A_YEAR = timedelta(days=366)


def check_may_move(ret: Return, to: ReturnState) -> None:
    """Raise where a return cannot go from its state to another."""
    if to not in NEXT_STATES[ReturnState(ret.state)]:
        raise RefusedError(f"the return is {_name(ret.state)}", expected=f"a state from which it can be {_name(to)}")
    _check_quarter_takes(ret)


def _check_quarter_takes(ret: Return) -> None:
    """A locked quarter takes only what was reopened one by one."""
    if ret.quarter.state == QuarterState.LOCKED and ret.reopened_at is None:
        is_signed = ret.state == ReturnState.SIGNED_OFF
        raise RefusedError(
            f"the quarter {ret.quarter.period} is locked",
            to_do=f"Ask the coordinator to reopen the {'return' if is_signed else 'quarter'}, with a reason",
        )


def check_can_edit(ret: Return) -> None:
    """Raise where nothing can be typed into a return now."""
    if ret.state not in EDITABLE:
        to_do = {
            ReturnState.SUBMITTED: "Withdraw it to change it",
            ReturnState.SIGNED_OFF: "Ask the coordinator to reopen it, with a reason",
        }.get(ReturnState(ret.state), "")
        raise RefusedError(f"the return is {_name(ret.state)}", to_do=to_do)
    _check_quarter_takes(ret)


def can_edit(ret: Return) -> bool:
    return ret.state in EDITABLE and (ret.quarter.state == QuarterState.OPEN or ret.reopened_at is not None)


def check_can_withdraw(ret: Return) -> None:
    """Only what is submitted and not queried can be taken back."""
    check_may_move(ret, ReturnState.DRAFT)
    if ret.state != ReturnState.SUBMITTED:
        raise RefusedError(f"the return is {_name(ret.state)}", expected="a submitted return that nobody has queried")


def can_withdraw(ret: Return) -> bool:
    return ret.state == ReturnState.SUBMITTED and _takes(ret)


def check_can_query(ret: Return) -> None:
    check_may_move(ret, ReturnState.QUERIED)
    if ret.state != ReturnState.SUBMITTED:
        raise RefusedError(f"the return is {_name(ret.state)}", expected="a submitted return")


def can_query(ret: Return) -> bool:
    return ret.state == ReturnState.SUBMITTED and _takes(ret)


def check_can_sign_off(ret: Return) -> ReturnVersion:
    """The version to sign: of a submitted return about which no person's question is open."""
    check_may_move(ret, ReturnState.SIGNED_OFF)
    if ret.version is None:
        raise RefusedError("the return has no value yet", expected="a submitted value")
    if ret.queries.filter(state=QueryState.OPEN, rule="").exists():
        raise RefusedError("a query is still open", to_do="Wait for its answer")
    return ret.version


def can_sign_off(ret: Return) -> bool:
    return ret.state == ReturnState.SUBMITTED and ret.version_id is not None and _takes(ret)


def check_can_reopen(ret: Return) -> None:
    if ret.state != ReturnState.SIGNED_OFF:
        raise RefusedError(f"the return is {_name(ret.state)}", expected="a return that is signed off")


def awaits_revision(ret: Return) -> bool:
    """Whether a return was reopened and has not been submitted again: a new value is asked for, and no answer."""
    if ret.state != ReturnState.QUERIED or ret.reopened_at is None:
        return False
    is_imported = ret.version is not None and ret.version.kind == ChangeKind.IMPORTED  # signed by nobody here
    return ret.signed_off_at is not None or is_imported


def awaits_evidence(ret: Return) -> bool:
    """Whether a return fills itself from the evidence store: nothing was typed, and nobody is asked."""
    return bool(ret.state == ReturnState.OWED and ret.indicator.evidence)


def is_locked(ret: Return) -> bool:
    """Whether nothing can be done with a return because its quarter is locked."""
    return ret.state not in SETTLED and not _takes(ret)


def can_reopen(ret: Return) -> bool:
    return bool(ret.state == ReturnState.SIGNED_OFF)


def check_reason(reason: str) -> str:
    """The reason without its edges. Raises where none is given."""
    if not reason.strip():
        raise RefusedError("no reason is given", to_do="Say why: it is kept with what was done")
    return reason.strip()


def check_due_date(due_on: date, *, ends_on: date) -> None:
    """Returns are due after the quarter that they are about has ended, and within a year of it."""
    if due_on <= ends_on:
        raise RefusedError(
            f"the due date, {say_date(due_on)}, lies before the quarter's end",
            expected=f"a day after {say_date(ends_on)}",
        )
    check_within_a_year(due_on, since=ends_on)


def check_put_off(due_on: date, *, now_due: date) -> None:
    """More time is a later day than the one now, and no more than a year of it."""
    if due_on <= now_due:
        raise RefusedError(
            f"the returns are due on {say_date(now_due)} already", expected=f"a later day than {say_date(now_due)}"
        )
    check_within_a_year(due_on, since=now_due)


def check_within_a_year(due_on: date, *, since: date) -> None:
    """A slip of the keyboard puts a date off by ten years."""
    if due_on - since > _A_YEAR:
        raise RefusedError(
            f"{say_date(due_on)} lies more than a year after {say_date(since)}",
            expected=f"a day until {say_date(since + _A_YEAR)}",
        )


def check_can_lock(quarter: Quarter, *, unsettled: int, reason: str) -> None:
    """A quarter is locked when nothing in it is open, or with a reason."""
    if quarter.state != QuarterState.OPEN:
        raise RefusedError(f"the quarter {quarter.period} is locked already")
    if unsettled and not reason.strip():
        left = say_count(unsettled, "return is", "returns are")
        raise RefusedError(f"{left} not signed off", to_do="Wait for them, or lock with a reason")


def check_can_unlock(quarter: Quarter) -> None:
    if quarter.state != QuarterState.LOCKED:
        raise RefusedError(f"the quarter {quarter.period} is open")


def _takes(ret: Return) -> bool:
    return ret.quarter.state == QuarterState.OPEN or ret.reopened_at is not None


def _name(state: str) -> str:
    return str(ReturnState(state).label).lower()
