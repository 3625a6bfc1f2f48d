"""Roles given and ended, accounts suspended and restored. Nobody changes their own."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.permissions import find_roles, forget_roles
from wardmote.web.partnerships.policies import (
    RefusedError,
    can_restore,
    check_fits_role,
    check_may_grant,
    check_not_oneself,
    is_last_administrator,
    is_last_of_any,
)
from wardmote.web.partnerships.states import Role, SuspensionReason


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


def suspend(*, by: Person, partnership: Partnership, person: Person, reason: str) -> None:
    """Suspend an account by hand: its sessions end at once. Raises RefusedError where it must not be."""
    check_not_oneself(by, person)
    _check_not_above(by, partnership, person)
    if is_last_of_any(person):
        raise RefusedError("Nobody else could administer a partnership or run this installation. Name another first.")
    with writing(by=by, verb="people.suspended", partnership=partnership, subject=person, reason=reason):
        suspend_in_write(person, at=read_now(), reason=SuspensionReason.BY_HAND)
    end_sessions(person)


def _check_not_above(by: Person, partnership: Partnership, person: Person) -> None:
    """An account is one for all partnerships: nobody reaches by it into one that they do not run."""
    held = Membership.objects.filter(partnership=partnership, person=person, ended_at=None)
    for role in held.values_list("role", flat=True):
        check_may_grant(by, partnership, role)
    administered = Membership.objects.filter(person=person, role=Role.ADMINISTRATOR, ended_at=None)
    elsewhere = administered.exclude(partnership=partnership).select_related("partnership")
    if any(Role.ADMINISTRATOR not in find_roles(by, held.partnership) for held in elsewhere):
        raise RefusedError("Only somebody who may change all roles of this account does that.")
    if person.is_operator and not by.is_operator:
        raise RefusedError("Only another operator does that to an operator.")


def suspend_in_write(person: Person, *, at: datetime, reason: SuspensionReason) -> None:
    """Suspend an account inside the write under way."""
    person.is_active, person.suspended_at, person.suspension = False, at, reason
    person.save()
    forget_roles(person)


def restore(*, by: Person, partnership: Partnership, person: Person, reason: str) -> None:
    """Let somebody in again. Raises RefusedError where `by` may not."""
    if person.is_active:
        raise RefusedError("This account is not suspended.")
    if not can_restore(by, person, partnership):
        raise RefusedError("An administrator suspended this account, and only an administrator restores it.")
    with writing(by=by, verb="people.restored", partnership=partnership, subject=person, reason=reason):
        person.is_active, person.suspended_at, person.suspension = True, None, ""
        person.restored_on = read_today()
        person.save()
    forget_roles(person)


def clear_second_step(*, by: Person, partnership: Partnership, person: Person, reason: str) -> None:
    """For who lost phone and recovery codes: the next sign-in sets a second step up anew; sessions end at once."""
    check_not_oneself(by, person)
    _check_not_above(by, partnership, person)
    with writing(by=by, verb="people.second_step_cleared", partnership=partnership, subject=person, reason=reason):
        Authenticator.objects.filter(user=person).delete()
    end_sessions(person)


def end_sessions(person: Person) -> None:
    """Sign somebody out on all their devices."""
    for session in UserSession.objects.filter(user=person):
        session.end()
