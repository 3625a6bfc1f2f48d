"""Invitations: one e-mail address, one role, fourteen days, one use."""

from datetime import timedelta
from typing import Any

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.links import digest_secret, make_secret
from wardmote.web.partnerships.memberships import add_membership
from wardmote.web.partnerships.models import Invitation, Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.permissions import find_roles
from wardmote.web.partnerships.policies import check_fits_role, check_may_grant
from wardmote.web.partnerships.senders import check_is_worth
from wardmote.web.partnerships.states import Role

INVITATION_DAYS = 14
_LONGEST_NAME = 80


def list_open(partnership: Partnership) -> Any:
    """Invitations that nobody has answered or withdrawn, the run out ones too."""
    return Invitation.objects.filter(partnership=partnership, accepted_at=None, withdrawn_at=None).order_by("sent_at")


def invite(
    *, by: Person, partnership: Partnership, email: str, role: str, organisation: Organisation | None = None,
    as_operator: bool = False,
) -> Invitation:  # fmt: skip
    """Invite an address to a role. Raises RefusedError where `by` may not give it, or it is held or offered already."""
    if not as_operator:
        check_may_grant(by, partnership, role)
    check_fits_role(partnership, role, organisation)
    email = email.strip()
    if email.lower() == by.email.lower():
        raise RefusedError("Nobody changes their own access. Ask another administrator or coordinator.")
    _check_is_news(partnership, email, role, organisation)
    secret = make_secret()
    now = read_now()
    with writing(by=by, verb="people.invited", partnership=partnership, facts={"role": role}) as write:
        invitation = Invitation(
            partnership=partnership, email=email, role=role, organisation=organisation, sent_by=by, sent_at=now,
            expires_at=now + timedelta(days=INVITATION_DAYS), digest=digest_secret(secret),
        )  # fmt: skip
        invitation.save()
        write.subject = invitation
        _queue(invitation, secret)
    return invitation


def _check_is_news(partnership: Partnership, email: str, role: str, organisation: Organisation | None) -> None:
    same = {"partnership": partnership, "role": role, "organisation": organisation}
    if Membership.objects.filter(**same, ended_at=None, person__email__iexact=email).exists():
        raise RefusedError("This person has the role already.")
    if list_open(partnership).filter(**same, email__iexact=email).exists():
        raise RefusedError("This address is invited to the role already. Send that invitation again, or withdraw it.")


def _queue(invitation: Invitation, secret: str) -> None:
    """The partnership and who asks by their office: a public body, and nobody's name."""
    asking = invitation.sent_by
    roles = find_roles(asking, invitation.partnership)
    office = next((role for role in (Role.COORDINATOR, Role.ADMINISTRATOR) if role in roles), None)
    facts = {
        "days_count": INVITATION_DAYS, "partnership": _shorten(invitation.partnership.name),
        "office": f"The {office.label.lower()}" if office else "The operator of the site",
    }  # fmt: skip
    queue_message(
        to=invitation.email, template="invitation", facts=facts, link="/invitation/{secret}/", link_secret=secret
    )


def _shorten(name: str) -> str:
    """As much of a partnership's name as an e-mail's subject holds; none that looks like an address."""
    text = " ".join(name.replace("@", " at ").split())
    return text if len(text) <= _LONGEST_NAME else text[: _LONGEST_NAME - 1].rstrip() + "…"


def resend(*, by: Person, invitation: Invitation) -> None:
    """Send a new link for an open invitation; the old one no longer works."""
    check_may_grant(by, invitation.partnership, invitation.role)
    _check_is_open(invitation)
    secret, now = make_secret(), read_now()
    with writing(by=by, verb="people.invited_again", partnership=invitation.partnership, subject=invitation):
        invitation.digest, invitation.sent_at, invitation.sent_by = digest_secret(secret), now, by
        invitation.expires_at = now + timedelta(days=INVITATION_DAYS)
        invitation.save()
        _queue(invitation, secret)


def withdraw(*, by: Person, invitation: Invitation, reason: str) -> None:
    """Take an open invitation back: its link no longer works."""
    check_may_grant(by, invitation.partnership, invitation.role)
    _check_is_open(invitation)
    with writing(
        by=by, verb="people.invitation_withdrawn", partnership=invitation.partnership, subject=invitation, reason=reason
    ):
        invitation.withdrawn_at = read_now()
        invitation.save()


def _check_is_open(invitation: Invitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        raise RefusedError("This invitation was answered or withdrawn meanwhile.")


def find_invitation(secret: str) -> Invitation | None:
    """The invitation that a link opens, while it is good."""
    found: Invitation | None = (
        Invitation.objects.filter(
            digest=digest_secret(secret), accepted_at=None, withdrawn_at=None, expires_at__gt=read_now()
        )
        .select_related("partnership", "organisation")
        .first()
    )
    return found


def find_invited(invitation: Invitation) -> Person | None:
    """The account of the invited address, where there is one."""
    found: Person | None = Person.objects.filter(email__iexact=invitation.email).first()
    return found


def accept_as_new(*, invitation: Invitation, name: str, password: str | None) -> Person:
    """Make the invited person's account and give the role; without a password, a sign-in service lets them in."""
    with writing(by=None, verb="people.joined", partnership=invitation.partnership, subject=invitation) as write:
        locked = _take(invitation)
        person = Person(
            email=locked.email, name=name.strip(), organisation=locked.organisation, seen_on=read_today()
        )  # fmt: skip
        person.set_password(password)
        person.save()
        write.by = person.pk
        _give(locked, person)
    return person


def accept_as_known(*, invitation: Invitation, person: Person) -> None:
    """Give the role to who has an account. Raises RefusedError where the invitation is for another address."""
    if person.email.lower() != invitation.email.lower():
        raise RefusedError("This invitation is for another e-mail address than the one you are signed in with.")
    with writing(by=person, verb="people.joined", partnership=invitation.partnership, subject=invitation):
        _give(_take(invitation), person)


def _take(invitation: Invitation) -> Invitation:
    """The invitation, ours until the write ends: two clicks at once make one account."""
    locked: Invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check_is_open(locked)
    check_is_worth(locked)
    return locked


def _give(invitation: Invitation, person: Person) -> None:
    invitation.accepted_at, invitation.accepted_by = read_now(), person
    invitation.save()
    add_membership(
        partnership=invitation.partnership, person=person, role=invitation.role,
        organisation=invitation.organisation, by=invitation.sent_by,
    )  # fmt: skip
