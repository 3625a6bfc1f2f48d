"""Quarters open by themselves or by hand, are put off for an agency, locked, and reopened with a reason."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Organisation, Person
from wardmote.web.plans.interface import Indicator, Plan, PlanState
from wardmote.web.returns.actions.locking import lock_quarter, lock_return
from wardmote.web.returns.calendar import QuarterDates, find_quarter, is_due, list_quarters
from wardmote.web.returns.models import Quarter, QuarterDue, Return
from wardmote.web.returns.policies import (
    check_can_lock,
    check_can_unlock,
    check_due_date,
    check_put_off,
    check_reason,
)
from wardmote.web.returns.states import SETTLED, QuarterState


def open_due_quarters(*, today: date) -> list[Quarter]:
    """Open what has ended of every plan in force and is not open yet. Safe to repeat and to run twice at once."""
    states = (PlanState.ADOPTED, PlanState.SUPERSEDED)
    plans = Plan.objects.filter(state__in=states, is_historic=False).select_related("partnership")
    return [opened for plan in plans for dates in list_ended(plan, today) if (opened := _open_once(plan, dates))]


def list_ended(plan: Plan, today: date) -> list[QuarterDates]:
    """The quarters of a plan that ended since it was adopted and are not open yet, oldest first.

    Of a superseded plan only the latest that ended, where the plan that follows has not begun: in March next year's
    plan is adopted, and in April the last quarter of the old one is still asked for.
    """
    since = max(plan.starts_on, plan.adopted_on or plan.starts_on)
    ended = [dates for dates in list_quarters(plan.starts_on, plan.ends_on) if since <= dates.ends_on < today]
    if plan.state == PlanState.SUPERSEDED:
        latest = find_quarter(find_quarter(today).starts_on - timedelta(days=1))
        ended = [dates for dates in ended if dates == latest and not _is_followed(plan, dates)]
    return _leave_out_opened(plan, ended)


def _is_followed(plan: Plan, dates: QuarterDates) -> bool:
    """Whether another plan of the partnership holds in a quarter."""
    others = Plan.objects.filter(partnership=plan.partnership_id, state=PlanState.ADOPTED, is_historic=False)
    return others.filter(starts_on__lte=dates.starts_on, ends_on__gte=dates.ends_on).exists()


def list_openable(plan: Plan, today: date) -> list[QuarterDates]:
    """The quarters that can be opened by hand: those that have begun and are not open yet."""
    begun = [dates for dates in list_quarters(plan.starts_on, plan.ends_on) if dates.starts_on <= today]
    return _leave_out_opened(plan, begun)


def _leave_out_opened(plan: Plan, quarters: list[QuarterDates]) -> list[QuarterDates]:
    """An earlier version's quarters count: a revision does not ask for them again."""
    rows = Quarter.objects.filter(partnership=plan.partnership_id, plan__lineage=plan.lineage)
    opened = set(rows.values_list("period", flat=True))
    return [dates for dates in quarters if dates.period not in opened]


def _open_once(plan: Plan, dates: QuarterDates) -> Quarter | None:
    """Open one; None where another process was quicker."""
    try:
        return open_quarter(plan=plan, dates=dates, by=None)
    except (IntegrityError, RefusedError):
        return None


def open_quarter(*, plan: Plan, dates: QuarterDates, by: Person | None, due_on: date | None = None) -> Quarter:
    """Open a quarter of a plan and make what each agency owes in it. Raises RefusedError where it is open already."""
    with writing(by=by, verb="returns.quarter_opened", partnership=plan.partnership) as write:
        if not _leave_out_opened(plan, [dates]):
            raise RefusedError(f"the quarter {dates.period} is open already")
        due = due_on or dates.ends_on + timedelta(days=plan.partnership.return_days)
        check_due_date(due, ends_on=dates.ends_on)
        quarter = Quarter.objects.create(
            partnership=plan.partnership, plan=plan, period=dates.period, starts_on=dates.starts_on,
            ends_on=dates.ends_on, opened_at=read_now(), due_on=due,
        )  # fmt: skip
        write.subject = quarter
        made = make_returns(quarter, list_asked(plan, dates))
        write.facts["returns"] = len(made)
    return quarter


def list_asked(plan: Plan, dates: QuarterDates) -> list[Indicator]:
    """The indicators that a quarter asks for: by their frequency, and not discontinued by its end."""
    rows = Indicator.objects.filter(plan=plan, partnership=plan.partnership_id).select_related("owner")
    return [
        indicator
        for indicator in rows
        if is_due(indicator.frequency, dates)
        and (indicator.discontinued_on is None or indicator.discontinued_on > dates.ends_on)
    ]


def make_returns(quarter: Quarter, indicators: Iterable[Indicator]) -> list[Return]:
    """One owed return for each indicator, by the agency that owns it on the quarter's last day."""
    rows = [
        Return(
            partnership=quarter.partnership, quarter=quarter, indicator=indicator,
            organisation=find_owner(indicator, quarter.ends_on),
        )
        for indicator in indicators
    ]  # fmt: skip
    return Return.objects.bulk_create(rows)


def find_owner(indicator: Indicator, day: date) -> Organisation | None:
    """Who owes an indicator on a day: its owner, or the body that took over from it by then."""
    owner: Organisation | None = indicator.owner
    passed: set[Any] = set()
    while owner is not None and owner.ended_on is not None and owner.ended_on <= day and owner.pk not in passed:
        passed.add(owner.pk)
        step = owner.successions.filter(on__lte=day).select_related("successor").order_by("-on").first()
        if step is None:
            return owner
        owner = step.successor
    return owner


def put_off_due(*, quarter: Quarter, organisation: Organisation, due_on: date, reason: str, by: Person) -> QuarterDue:
    """Give one agency its own due date in a quarter, with the reason."""
    why = check_reason(reason)
    with writing(by=by, verb="returns.due_put_off", partnership=quarter.partnership, reason=why) as write:
        quarter = lock_quarter(quarter.pk)
        if quarter.state != QuarterState.OPEN:
            raise RefusedError(f"the quarter {quarter.period} is locked")
        check_due_date(due_on, ends_on=quarter.ends_on)
        due = QuarterDue.objects.filter(quarter=quarter, organisation=organisation).first() or QuarterDue(
            partnership=quarter.partnership, quarter=quarter, organisation=organisation, due_on=quarter.due_on
        )
        check_put_off(due_on, now_due=due.due_on)
        due.due_on, due.reason = due_on, why[:300]
        due.save()
        write.subject = due
    return due


def close_quarter(*, quarter: Quarter, by: Person, reason: str = "") -> Quarter:
    """Lock a quarter: when all is signed off, or before with a reason."""
    with writing(
        by=by, verb="returns.quarter_locked", partnership=quarter.partnership, subject=quarter, reason=reason.strip()
    ) as write:
        quarter = lock_quarter(quarter.pk)
        unsettled = quarter.returns.exclude(state__in=SETTLED).count()
        check_can_lock(quarter, unsettled=unsettled, reason=reason)
        quarter.state, quarter.locked_at = QuarterState.LOCKED, read_now()
        quarter.save()
        write.facts["not_signed_off"] = unsettled
    return quarter


def unlock_quarter(*, quarter: Quarter, by: Person, reason: str) -> Quarter:
    """Open a locked quarter again, with a reason."""
    why = check_reason(reason)
    with writing(by=by, verb="returns.quarter_reopened", partnership=quarter.partnership, subject=quarter, reason=why):
        quarter = lock_quarter(quarter.pk)
        check_can_unlock(quarter)
        quarter.state, quarter.locked_at = QuarterState.OPEN, None
        quarter.save()
    return quarter


def assign_return(*, ret: Return, organisation: Organisation, by: Person) -> Return:
    """Say who owes a return that nobody owns, or that another agency is to make from now on."""
    with writing(by=by, verb="returns.return_assigned", partnership=ret.partnership, subject=ret):
        ret = lock_return(ret.pk)
        if ret.state in SETTLED:
            raise RefusedError("the return is settled already")
        ret.organisation = organisation
        ret.save()
    return ret
