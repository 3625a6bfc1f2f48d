"""A plan that was kept as it stood becomes the past of one that is worked on: said by a person, with a reason."""

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans.actions.locking import hold_plan
from wardmote.web.plans.differences import fold
from wardmote.web.plans.models import Indicator, PastLink, Plan
from wardmote.web.plans.policies import is_workable


def link_past(*, plan: Plan, past: Plan, reason: str, by: Person | None) -> PastLink:
    """Let the values of a plan kept as it stood be the past of this one, and join the measures that both have.

    The measures are known by the key that the files give them, else by ref, unit and title together.
    """
    facts = {"past": str(past.pk)}
    verb = "plans.past_linked"
    with writing(by=by, verb=verb, partnership=plan.partnership, subject=plan, reason=reason, facts=facts):
        hold_plan(plan)
        hold_plan(past)
        _check_may_link(plan, past, reason)
        _join_series(plan, past)
        return PastLink.objects.create(
            partnership=plan.partnership, plan=plan, past=past, reason=reason.strip(), linked_at=read_now(),
            linked_by=by.pk if by else None,
        )  # fmt: skip


def unlink_past(*, link: PastLink, reason: str, by: Person | None) -> PastLink:
    """Let the values of a linked plan count no more."""
    if not reason.strip():
        raise RefusedError("Say why its values are no longer the past of this plan.")
    verb = "plans.past_unlinked"
    with writing(by=by, verb=verb, partnership=link.partnership, subject=link.plan, reason=reason):
        link.refresh_from_db()
        if link.ended_at is not None:
            raise RefusedError("Somebody else has ended this meanwhile.")
        link.ended_at, link.ended_by, link.ended_because = read_now(), (by.pk if by else None), reason.strip()
        link.save()
    return link


def _check_may_link(plan: Plan, past: Plan, reason: str) -> None:
    if not past.is_historic or past.partnership_id != plan.partnership_id:
        raise RefusedError("Only a plan that was kept as it stood is linked as the past of another.")
    if not is_workable(plan):
        raise RefusedError("The plan is not worked on any more.")
    if past.starts_on > plan.starts_on:
        raise RefusedError("It begins after this plan, and cannot be its past.")
    if not reason.strip():
        raise RefusedError("Say why its values are the past of this plan.")
    if PastLink.objects.filter(partnership=plan.partnership_id, past=past, ended_at=None).exists():
        raise RefusedError("Its values are the past of a plan already.")


def _join_series(plan: Plan, past: Plan) -> None:
    own = list(Indicator.objects.filter(partnership=plan.partnership_id, plan=plan))
    by_key = {row.series_key: row.series for row in own if row.series_key}
    by_name = {_name(row): row.series for row in own}
    for row in Indicator.objects.filter(partnership=plan.partnership_id, plan=past):
        series = by_key.get(row.series_key) or by_name.get(_name(row))
        if series is not None and series != row.series:
            row.series = series
            row.save()


def _name(row: Indicator) -> tuple[str, str, str]:
    return row.ref, row.unit, fold(row.title)
