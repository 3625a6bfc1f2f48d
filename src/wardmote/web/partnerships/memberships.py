"""Roles given and ended. Nobody changes their own."""

from datetime import datetime

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.permissions import forget_roles
from wardmote.web.partnerships.policies import (
    check_fits_role,
    check_may_grant,
    check_not_oneself,
    is_last_administrator,
)
from wardmote.web.partnerships.senders import withdraw_without_right
from wardmote.web.partnerships.states import Role


def add_membership(
    *, partnership: Partnership, person: Person, role: str, organisation: Organisation | None, by: Person | None
) -> Membership:
    """Add a role inside the write under way, unless it is held already."""
    held: Membership | None = Membership.objects.filter(
        partnership=partnership, person=person, role=role, organisation=organisation, ended_at=None
    ).first()
    forget_roles(person)
    return held or Membership.objects.create(
        partnership=partnership, person=person, role=role, organisation=organisation, given_by=by, given_at=read_now(),
        confirmed_on=read_today(),
    )  # fmt: skip


def give_role(
    *, by: Person, partnership: Partnership, person: Person, role: str, organisation: Organisation | None, reason: str
) -> Membership:
    """Give a member a further role. Raises RefusedError where `by` may not."""
    check_not_oneself(by, person)
    check_may_grant(by, partnership, role)
    check_fits_role(partnership, role, organisation)
    with writing(
        by=by, verb="people.role_given", partnership=partnership, subject=person, reason=reason, facts={"role": role}
    ):
        return add_membership(
            partnership=partnership, person=person, role=role, organisation=organisation, by=by
        )  # fmt: skip


def end_membership(*, by: Person, membership: Membership, reason: str) -> None:
    """End a role. Raises RefusedError for one's own, one above one's own, and the last administrator's."""
    check_not_oneself(by, membership.person)
    check_may_grant(by, membership.partnership, membership.role)
    _check_not_last(membership)
    with writing(
        by=by, verb="people.role_ended", partnership=membership.partnership, subject=membership.person, reason=reason,
        facts={"role": membership.role},
    ):  # fmt: skip
        end_in_write(membership, at=read_now(), reason="by_hand")


def _check_not_last(membership: Membership) -> None:
    if membership.role == Role.ADMINISTRATOR and is_last_administrator(membership.person, membership.partnership):
        raise RefusedError("This is the last administrator. Name another one first.")


def end_in_write(membership: Membership, *, at: datetime, reason: str) -> None:
    """End a role inside the write under way."""
    membership.ended_at, membership.end_reason = at, reason
    membership.save()
    forget_roles(membership.person)
    withdraw_without_right(membership.person)
