"""A status set by a person, with a reason: the computed one stays and is shown beside it, until the other is lifted."""

from typing import Any

from wardmote.evidence.model.errors import UsageError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.design.marks import STATUS_MARKS
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person, Role, can, find_roles
from wardmote.web.plans.interface import Indicator, PlanState
from wardmote.web.returns.models import StatusOverride

COLOURS = tuple((look, STATUS_MARKS[look].words) for look in ("green", "amber", "red", "grey"))


def can_override(person: Any, indicator: Indicator) -> bool:
    """The coordinator, or the lead of the indicator's own priority, on a plan that is worked on."""
    if not can(person, "returns.override_status", indicator.partnership) or not _is_open(indicator):
        return False
    roles = find_roles(person, indicator.partnership)
    return Role.COORDINATOR in roles or indicator.priority.lead_id == person.pk


def _is_open(indicator: Indicator) -> bool:
    plan = indicator.plan
    return not plan.is_historic and not indicator.is_context and plan.state == PlanState.ADOPTED


def set_override(*, indicator: Indicator, period: str, status: str, reason: str, by: Person) -> StatusOverride:
    """Set an indicator's status in a period by hand; one set earlier for the same period ends.

    Raises UsageError for a colour that is none, or without a reason.
    """
    if status not in dict(COLOURS):
        raise UsageError(f"'{status}' is no status", expected="green, amber, red or grey")
    if not reason.strip():
        raise UsageError("a status is set by hand without a reason", expected="why the computed one misleads")
    now = read_now()
    with writing(by=by, verb="returns.status_set", partnership=indicator.partnership, subject=indicator, reason=reason):
        for earlier in StatusOverride.objects.filter(indicator=indicator, period=period, ended_at=None):
            _end(earlier, by)
        return StatusOverride.objects.create(
            partnership=indicator.partnership, indicator=indicator, period=period, status=status,
            reason=reason.strip(), set_by=by.pk, set_by_name=_name_post(by, indicator), set_at=now,
        )  # fmt: skip


def lift_override(*, override: StatusOverride, reason: str, by: Person) -> None:
    """Let the computed status speak again. Lifted once, it stays lifted."""
    if override.ended_at is not None:
        return
    with writing(
        by=by, verb="returns.status_lifted", partnership=override.partnership, subject=override, reason=reason
    ):
        _end(override, by)


def _end(override: StatusOverride, by: Person) -> None:
    override.ended_at, override.ended_by = read_now(), by.pk
    override.save()


def _name_post(person: Person, indicator: Indicator) -> str:
    """Who set it as a report may print it: the post, never the name."""
    if Role.COORDINATOR in find_roles(person, indicator.partnership):
        return "the coordinator"
    return f"the lead of priority {indicator.priority.number}"
