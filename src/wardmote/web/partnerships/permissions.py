"""Who may do what. One function answers for pages, exports, searches and counts alike.

Each ability is a `rules` predicate of a person and of what they want to do it to: a partnership, or any record that
has one. Apps above add their own with `allow`. Somebody without a role in the partnership can do nothing there, and
is answered as if it did not exist.
"""

from typing import Any

from rules.permissions import add_perm, has_perm, perm_exists
from rules.predicates import Predicate

from wardmote.web.partnerships.models import Membership, Partnership, Person
from wardmote.web.partnerships.states import Role

ALL_ROLES = frozenset(Role)
MANAGERS = frozenset({Role.ADMINISTRATOR, Role.COORDINATOR})


def find_roles(person: Any, partnership: Partnership | None) -> frozenset[Role]:
    """The roles that a person has in a partnership now; none for who is signed out or suspended."""
    if partnership is None or not getattr(person, "is_active", False):
        return frozenset()
    held = _read_held(person)
    return frozenset(Role(role) for partnership_id, role, _ in held if partnership_id == partnership.pk)


def find_organisations(person: Any, partnership: Partnership, role: Role) -> frozenset[Any]:
    """The keys of the organisations for which a person holds a role in a partnership."""
    return frozenset(
        organisation for held_in, held, organisation in _read_held(person)
        if held_in == partnership.pk and held == role and organisation is not None
    )  # fmt: skip


def _read_held(person: Any) -> list[tuple[Any, str, Any]]:
    """A person's live memberships, read once for each request's person object."""
    found: list[tuple[Any, str, Any]] | None = getattr(person, "_held", None)
    if found is None:
        rows = Membership.objects.filter(person=person, ended_at=None)
        found = list(rows.values_list("partnership_id", "role", "organisation_id"))
        person._held = found
    return found


def forget_roles(person: Person) -> None:
    """Read the memberships anew at the next question; for who has just changed them."""
    person.__dict__.pop("_held", None)


def get_partnership(obj: Any) -> Partnership | None:
    """The partnership that a thing belongs to."""
    return obj if isinstance(obj, Partnership) else getattr(obj, "partnership", None)


def has_role(*roles: Role) -> Predicate:
    """The predicate: holds one of these roles in the partnership of the thing."""
    wanted = frozenset(roles)

    def holds(person: Any, obj: Any = None) -> bool:
        return bool(find_roles(person, get_partnership(obj)) & wanted)

    return Predicate(holds, name="has_role(" + ", ".join(sorted(wanted)) + ")")


is_member = has_role(*Role)


def is_operator(person: Any, obj: Any = None) -> bool:
    """Runs the installation: opens partnerships and names their first administrator, and sees nothing of them."""
    return bool(getattr(person, "is_active", False) and getattr(person, "is_operator", False))


def allow(ability: str, predicate: Predicate) -> None:
    """Say who may. `ability` is "app.verb_thing"; each is said once."""
    add_perm(ability, predicate)


def can(person: Any, ability: str, obj: Any = None) -> bool:
    """May this person do this to that? Raises KeyError for an ability that nobody declared."""
    if not perm_exists(ability):
        raise KeyError(f"nobody has said who may '{ability}'")
    return bool(has_perm(ability, person, obj))


allow("partnerships.view_partnership", is_member)
allow("partnerships.view_people", has_role(*MANAGERS, Role.CHAIR))
allow("partnerships.invite_people", has_role(*MANAGERS))
allow("partnerships.change_roles", has_role(Role.ADMINISTRATOR, Role.COORDINATOR))
allow("partnerships.review_access", has_role(*MANAGERS))
allow("partnerships.change_agencies", has_role(*MANAGERS))
allow("partnerships.change_settings", has_role(Role.ADMINISTRATOR))
allow("partnerships.view_audit", has_role(Role.ADMINISTRATOR))
allow("partnerships.suspend_people", has_role(*MANAGERS))
allow("partnerships.view_organisations", is_member)
allow("partnerships.operate", Predicate(is_operator, name="is_operator"))
