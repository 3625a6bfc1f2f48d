"""Accounts suspended, restored and let in anew. An account is one for all partnerships, so that no partnership decides
by it over another: each acts only on who has a role there now, and only where it decides over all their roles.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import Write, writing
from wardmote.web.partnerships.memberships import end_in_write
from wardmote.web.partnerships.models import Membership, Partnership, Person
from wardmote.web.partnerships.permissions import forget_roles
from wardmote.web.partnerships.policies import (
    can_restore,
    check_decides_here,
    check_not_oneself,
    decides_over_account,
    is_last_administrator,
    is_last_of_any,
)
from wardmote.web.partnerships.senders import withdraw_without_right
from wardmote.web.partnerships.states import SuspensionReason


@contextmanager
def writing_for_all(
    *, by: Person | None, verb: str, partnership: Partnership | None, person: Person, reason: str = "",
    facts: dict[str, Any] | None = None,
) -> Iterator[Write]:  # fmt: skip
    """Write to an account, with an entry in the chain of every partnership in which the person has a role now."""
    concerned = Partnership.objects.filter(pk__in=person.memberships.filter(ended_at=None).values("partnership"))
    others = concerned.exclude(pk=partnership.pk if partnership else None).order_by("pk")
    common: dict[str, Any] = {"by": by, "verb": verb, "subject": person, "reason": reason, "facts": facts}
    with writing(partnership=partnership, **common) as write:
        for other in others:
            with writing(partnership=other, **common):
                pass
        yield write


def suspend(*, by: Person, partnership: Partnership, person: Person, reason: str) -> None:
    """Suspend an account by hand: its sessions end at once. Raises RefusedError where it must not be.

    Of somebody who has a role elsewhere that `by` does not decide over, only the roles here end.
    """
    check_not_oneself(by, person)
    check_decides_here(by, partnership, person)
    if not decides_over_account(by, person):
        _end_roles_here(by=by, partnership=partnership, person=person, reason=reason)
        return
    if not person.is_active and person.suspension == SuspensionReason.BY_HAND:
        raise RefusedError("This account is suspended already.")
    if is_last_of_any(person):
        raise RefusedError("Nobody else could administer a partnership or run this installation. Name another first.")
    with writing_for_all(by=by, verb="people.suspended", partnership=partnership, person=person, reason=reason):
        suspend_in_write(person, at=read_now(), reason=SuspensionReason.BY_HAND, partnership=partnership)
    end_sessions(person)


def _end_roles_here(*, by: Person, partnership: Partnership, person: Person, reason: str) -> None:
    if is_last_administrator(person, partnership):
        raise RefusedError("This is the last administrator. Name another one first.")
    with writing(by=by, verb="people.roles_ended", partnership=partnership, subject=person, reason=reason):
        for held in Membership.objects.filter(partnership=partnership, person=person, ended_at=None):
            end_in_write(held, at=read_now(), reason="by_hand")


def suspend_in_write(
    person: Person, *, at: datetime, reason: SuspensionReason, partnership: Partnership | None = None
) -> None:
    """Suspend an account inside the write under way. `partnership`: which decided it, and alone may take it back."""
    person.is_active, person.suspended_at, person.suspension = False, at, reason
    person.suspended_in = partnership
    person.save()
    forget_roles(person)
    withdraw_without_right(person)


def restore(*, by: Person, partnership: Partnership | None, person: Person, reason: str) -> None:
    """Let somebody in again. An operator does it for no partnership. Raises RefusedError where `by` may not."""
    if person.is_active:
        raise RefusedError("This account is not suspended.")
    if not can_restore(by, person, partnership):
        raise RefusedError(
            "You may not restore this account. An administrator of the partnership that suspended it may, or an "
            "operator of this installation."
        )
    suspended_in = partnership or person.suspended_in
    with writing_for_all(by=by, verb="people.restored", partnership=suspended_in, person=person, reason=reason):
        person.is_active, person.suspended_at, person.suspension = True, None, ""
        person.suspended_in, person.restored_on = None, read_today()
        person.save()
    forget_roles(person)


def restore_by_address(*, by: Person, email: str, reason: str) -> None:
    """What an operator does, who sees no lists of people: let in again whose address they were told."""
    if not by.is_operator:
        raise RefusedError("Only an operator restores an account by its address.")
    person = Person.objects.filter(email__iexact=email.strip(), is_active=False).first()
    if person is None:
        raise RefusedError("No suspended account has this address.")
    restore(by=by, partnership=None, person=person, reason=reason)


def clear_second_step(*, by: Person, partnership: Partnership, person: Person, reason: str) -> None:
    """For who lost phone and recovery codes: the next sign-in sets a second step up anew; sessions end at once."""
    check_not_oneself(by, person)
    check_decides_here(by, partnership, person)
    if not decides_over_account(by, person):
        raise RefusedError("Only somebody who may change all roles of this account, elsewhere too, does that.")
    with writing_for_all(
        by=by, verb="people.second_step_cleared", partnership=partnership, person=person, reason=reason
    ):
        Authenticator.objects.filter(user=person).delete()
    end_sessions(person)


def end_sessions(person: Person) -> None:
    """Sign somebody out on all their devices."""
    for session in UserSession.objects.filter(user=person):
        session.end()
