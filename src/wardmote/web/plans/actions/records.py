"""The records of a plan: added, changed, removed; actions brought up to date; indicators discontinued."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Max

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import name_record, writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans import policies
from wardmote.web.plans.actions.carrying import carry_ending, carry_fields
from wardmote.web.plans.actions.locking import hold_plan, hold_record
from wardmote.web.plans.models import (
    Action,
    Consultation,
    CrossWalk,
    Indicator,
    Plan,
    PlanRecord,
    Priority,
    Programme,
    Risk,
)
from wardmote.web.plans.states import ActionState, PlanState

#: Called with the indicator and the day from which it is to end.
BeforeDiscontinuing = Callable[[Indicator, date], None]
_before_discontinuing: list[BeforeDiscontinuing] = []
_NUMBERED = (Priority, Programme, Action, Indicator, Risk, CrossWalk, Consultation)


def add_record[R: PlanRecord](*, plan: Plan, kind: type[R], fields: Mapping[str, Any], by: Person | None) -> R:
    """Add a priority, programme, action, indicator, risk, cross-walk or consultation entry to a plan."""
    record = kind(partnership=plan.partnership, plan=plan, **fields)
    if isinstance(record, Indicator) and record.series is None:
        record.series = uuid4()
    with writing(by=by, verb=f"{name_record(kind)}_added", partnership=plan.partnership, subject=record):
        hold_plan(plan)
        _check_may_write(plan, kind)
        if isinstance(record, _NUMBERED) and not fields.get("number"):
            record.number = find_next_number(plan, kind)
        check_fits(record)
        record.save()
    return record


def find_next_number(plan: Plan, kind: type[PlanRecord]) -> int:
    """The number after the highest one that the plan has for this kind."""
    highest = kind.objects.filter(partnership=plan.partnership_id, plan=plan).aggregate(top=Max("number"))["top"]
    return (highest or 0) + 1


def change_record[R: PlanRecord](*, record: R, fields: Mapping[str, Any], by: Person | None) -> R:
    """Change a record as far as its plan's state lets it be changed."""
    with writing(by=by, verb=f"{name_record(record)}_changed", partnership=record.partnership, subject=record):
        hold_record(record)
        _check_may_change(record, fields)
        before = {name: getattr(record, name) for name in fields}
        for name, value in fields.items():
            setattr(record, name, value)
        check_fits(record)
        record.save()
        carry_fields(record, before)
    return record


def _check_may_change(record: PlanRecord, fields: Mapping[str, Any]) -> None:
    allowed = policies.list_changeable(record.plan, type(record))
    is_open = isinstance(record, Consultation) and policies.can_consult(record.plan)
    if allowed is not None and not is_open:
        refused = [name for name in fields if name not in allowed]
        if refused or not allowed:
            policies.check_may_change_text(record.plan)


def remove_record(*, record: PlanRecord, by: Person | None) -> None:
    """Take a record out of a draft; an indicator goes with its targets. The trail keeps what it said."""
    with writing(by=by, verb=f"{name_record(record)}_removed", partnership=record.partnership, subject=record.plan):
        hold_record(record)
        policies.check_may_remove(record)
        if isinstance(record, Indicator):
            for target in record.targets.all():
                target.delete()
        if isinstance(record, Programme):
            for action in record.actions.all():
                action.programme = None
                action.save()
        if isinstance(record, Priority):
            for row in record.cross_walks.all():
                row.priority = None
                row.save()
        record.delete()


def _check_may_write(plan: Plan, kind: type[PlanRecord]) -> None:
    """Consultations are written down until the plan is adopted, all else while its text is open."""
    if kind is Consultation and policies.can_consult(plan):
        return
    policies.check_may_change_text(plan)


def check_fits(record: PlanRecord) -> None:
    """Raises RefusedError where a record would contradict the plan that it stands in."""
    for name in ("priority", "programme"):
        parent = getattr(record, name, None)
        if parent is not None and parent.plan_id != record.plan_id:
            raise RefusedError(f"The {name} is of another plan.")
    if isinstance(record, Action) and record.programme and record.programme.priority_id != record.priority_id:
        raise RefusedError("The programme belongs to another priority than the action.")
    if isinstance(record, Indicator) and _is_taken(record, ref=record.ref):
        raise RefusedError(f"The plan has an indicator {record.ref} already.")
    if isinstance(record, Priority) and _is_taken(record, number=record.number):
        raise RefusedError(f"The plan has a priority {record.number} already.")


def _is_taken(record: PlanRecord, **wanted: Any) -> bool:
    others = type(record).objects.filter(partnership=record.partnership_id, plan=record.plan_id, **wanted)
    return bool(others.exclude(pk=record.pk).exists())


def update_action(*, action: Action, state: ActionState, progress: str, by: Person | None) -> Action:
    """Say how far an action has come. What was said before stays in its updates."""
    today = read_today()
    with writing(by=by, verb="plans.action_updated", partnership=action.partnership, subject=action):
        hold_record(action)
        policies.check_may_update_action(action)
        before = {name: getattr(action, name) for name in ("state", "progress", "updated_on", "updates")}
        action.state, action.progress, action.updated_on = state, progress, today
        said = {"on": today.isoformat(), "state": state.value, "progress": progress}
        action.updates = [*action.updates, said]
        action.save()
        carry_fields(action, before)
    return action


def before_discontinuing(check: BeforeDiscontinuing) -> BeforeDiscontinuing:
    """Have something asked before an indicator ends. It raises RefusedError where that day cannot be."""
    _before_discontinuing.append(check)
    return check


def discontinue_indicator(*, indicator: Indicator, on: date, reason: str, by: Person | None) -> Indicator:
    """Stop an indicator from a day on; what was returned of it stays."""
    if not reason.strip():
        raise RefusedError("Say why it is discontinued; the reason is shown with it.")
    verb = "plans.indicator_discontinued"
    with writing(by=by, verb=verb, partnership=indicator.partnership, subject=indicator, reason=reason):
        plan = hold_record(indicator)
        if plan.is_historic or plan.state not in (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.ADOPTED):
            raise RefusedError("Indicators are discontinued in a draft or in the adopted plan.")
        if indicator.discontinued_on is not None:
            raise RefusedError("The indicator is discontinued already.")
        for check in _before_discontinuing:
            check(indicator, on)
        indicator.discontinued_on = on
        said = {"because": reason, "at": read_now().isoformat(), "by": str(by.pk) if by else ""}
        indicator.details = {**indicator.details, **{f"discontinued_{name}": text for name, text in said.items()}}
        indicator.save()
        carry_ending(indicator)
    return indicator
