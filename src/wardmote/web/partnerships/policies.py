"""What the rules of a partnership allow, whoever asks: who may give which role, who must not be lost."""

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.models import Agency, Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.permissions import find_roles
from wardmote.web.partnerships.states import Role, SuspensionReason


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


def check_decides_here(by: Person, partnership: Partnership, person: Person) -> None:
    """Raise for somebody without a role here now, or with one that `by` may not end."""
    roles = _list_roles_here(person, partnership)
    if not roles:
        raise RefusedError("This person has no role here now: their account is no longer this partnership's affair.")
    for role in roles:
        check_may_grant(by, partnership, role)


def _list_roles_here(person: Person, partnership: Partnership) -> list[str]:
    return list(
        Membership.objects.filter(partnership=partnership, person=person, ended_at=None).values_list("role", flat=True)
    )


def decides_over_account(by: Person, person: Person) -> bool:
    """Whether `by` may end every role that somebody has now, wherever it is; an operator's account is operators'."""
    if person.is_operator and not by.is_operator:
        return False
    held = Membership.objects.filter(person=person, ended_at=None).select_related("partnership")
    return all(one.role in list_grantable(by, one.partnership) for one in held)


def can_restore(by: Person, person: Person, partnership: Partnership | None) -> bool:
    """An operator, or the partnership that suspended; of who was only away, any in which they have a role.

    There a coordinator restores who was away; who was suspended by hand needs an administrator.
    """
    if by.pk == person.pk or person.is_active:
        return False
    if by.is_active and by.is_operator:
        return True
    if partnership is None or not _suspended_here(person, partnership):
        return False
    roles, grantable = find_roles(by, partnership), list_grantable(by, partnership)
    if person.suspension == SuspensionReason.BY_HAND and Role.ADMINISTRATOR not in roles:
        return False
    return bool(grantable) and set(_list_roles_here(person, partnership)) <= set(grantable)


def _suspended_here(person: Person, partnership: Partnership) -> bool:
    if person.suspended_in_id is not None or person.suspension == SuspensionReason.BY_HAND:
        return bool(person.suspended_in_id == partnership.pk)
    return bool(_list_roles_here(person, partnership))
