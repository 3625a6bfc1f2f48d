"""What the rules of a partnership allow, whoever asks: who may give which role, who must not be lost."""

from wardmote.web.partnerships.models import Agency, Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.permissions import find_roles
from wardmote.web.partnerships.states import Role, SuspensionReason


class RefusedError(ValueError):
    """Something that the rules do not allow, in words for who tried."""


def list_grantable(person: Person, partnership: Partnership) -> list[Role]:
    """The roles that somebody may give here: an administrator all, a coordinator all but that of administrator."""
    roles = find_roles(person, partnership)
    if Role.ADMINISTRATOR in roles:
        return list(Role)
    return [role for role in Role if role is not Role.ADMINISTRATOR] if Role.COORDINATOR in roles else []


def check_may_grant(person: Person, partnership: Partnership, role: str) -> None:
    """Raise where somebody would give a role above their own (T9)."""
    if role not in list_grantable(person, partnership):
        raise RefusedError(f"You may not give or end the role “{Role(role).label}”. Ask an administrator.")


def check_not_oneself(by: Person | None, person: Person) -> None:
    """Raise where somebody would change their own access."""
    if by is not None and by.pk == person.pk:
        raise RefusedError("Nobody changes their own access. Ask another administrator or coordinator.")


def check_fits_role(partnership: Partnership, role: str, organisation: Organisation | None) -> None:
    """Raise for a contributor of no body, or of one without a seat here."""
    if role == Role.CONTRIBUTOR and organisation is None:
        raise RefusedError("Say for which organisation a contributor returns figures.")
    if organisation is not None and not has_seat(partnership, organisation):
        raise RefusedError(f"{organisation.name} has no seat in this partnership. Add it to the organisations first.")


def has_seat(partnership: Partnership, organisation: Organisation) -> bool:
    """Whether a body sits in a partnership now."""
    return Agency.objects.filter(partnership=partnership, organisation=organisation, ended_on=None).exists()


def is_last_administrator(person: Person, partnership: Partnership) -> bool:
    """Whether nobody else could administer the partnership."""
    live = Membership.objects.filter(
        partnership=partnership, role=Role.ADMINISTRATOR, ended_at=None, person__is_active=True
    )
    return live.filter(person=person).exists() and not live.exclude(person=person).exists()


def is_last_of_any(person: Person) -> bool:
    """Whether a partnership, or the installation, would be left without anybody to run it."""
    held = Membership.objects.filter(person=person, role=Role.ADMINISTRATOR, ended_at=None).select_related(
        "partnership"
    )
    if any(is_last_administrator(person, membership.partnership) for membership in held):
        return True
    others = Person.objects.filter(is_operator=True, is_active=True).exclude(pk=person.pk)
    return person.is_operator and person.is_active and not others.exists()


def can_restore(by: Person, person: Person, partnership: Partnership) -> bool:
    """A coordinator restores who was away; who was suspended by hand needs an administrator."""
    if by.pk == person.pk:
        return False
    roles = find_roles(by, partnership)
    by_hand = person.suspension == SuspensionReason.BY_HAND
    return Role.ADMINISTRATOR in roles or (Role.COORDINATOR in roles and not by_hand)
