"""Another plan becomes the past of one that is worked on: said by a person, with a reason."""

from uuid import UUID

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans.actions.locking import hold_plan
from wardmote.web.plans.differences import fold
from wardmote.web.plans.models import Indicator, PastLink, Plan
from wardmote.web.plans.policies import is_workable
from wardmote.web.plans.states import PlanState


def link_past(*, plan: Plan, past: Plan, reason: str, by: Person | None) -> PastLink:
    """Let the values of a plan kept as it stood, or in force, be the past of this one; join the measures of both.

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
    if not _may_be_past(plan, past):
        raise RefusedError("Only another plan that was kept as it stood, or in force, is linked as the past of one.")
    if not is_workable(plan):
        raise RefusedError("The plan is not worked on any more.")
    if past.starts_on > plan.starts_on:
        raise RefusedError("It begins after this plan, and cannot be its past.")
    if not reason.strip():
        raise RefusedError("Say why its values are the past of this plan.")
    if PastLink.objects.filter(partnership=plan.partnership_id, past=past, ended_at=None).exists():
        raise RefusedError("Its values are the past of a plan already.")


def _may_be_past(plan: Plan, past: Plan) -> bool:
    if past.partnership_id != plan.partnership_id or past.lineage == plan.lineage:
        return False
    return past.is_historic or past.state in (PlanState.ADOPTED, PlanState.SUPERSEDED)


def _join_series(plan: Plan, past: Plan) -> None:
    own = list(Indicator.objects.filter(partnership=plan.partnership_id, plan=plan))
    by_key = {row.series_key: row.series for row in own if row.series_key}
    by_name = {_name(row): row.series for row in own}
    joined: dict[UUID, UUID] = {}
    for row in Indicator.objects.filter(partnership=plan.partnership_id, plan=past):
        series = by_key.get(row.series_key) or by_name.get(_name(row))
        if series is not None and series != row.series:
            joined[row.series] = series
    for row in Indicator.objects.filter(plan__lineage=past.lineage, plan__partnership=plan.partnership_id):
        if row.series in joined:
            row.series = joined[row.series]
            row.save()


def _name(row: Indicator) -> tuple[str, str, str]:
    return row.ref, row.unit, fold(row.title)
