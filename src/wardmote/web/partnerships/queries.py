"""What is seen of people: within one partnership only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from wardmote.web.partnerships.models import Agency, Invitation, Membership, Organisation, Partnership, Person
from wardmote.web.partnerships.states import Role

SYSTEM = "wardmote"


def name_people(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """The names of people by their keys, for pages that say who did something; None is the application itself."""
    wanted = {key for key in ids if key is not None}
    names: dict[UUID | None, str] = dict.fromkeys(wanted, "Somebody who is no longer known")
    names |= dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))
    names[None] = SYSTEM
    return names


@dataclass(slots=True)
class Member:
    """A person as one partnership knows them: their roles here, and nothing of elsewhere."""

    person: Person
    memberships: list[Membership] = field(default_factory=list)

    @property
    def roles(self) -> str:
        return ", ".join(_describe(membership) for membership in self.memberships) or "No role now"


def _describe(membership: Membership) -> str:
    role = str(membership.get_role_display())
    return f"{role} for {membership.organisation.name}" if membership.organisation else role


def list_members(partnership: Partnership) -> list[Member]:
    """Everybody with a role here now, by name, suspended people too."""
    rows = Membership.objects.filter(partnership=partnership, ended_at=None)
    found: dict[UUID, Member] = {}
    for row in rows.select_related("person__organisation", "organisation").order_by("person__name", "role"):
        found.setdefault(row.person_id, Member(row.person)).memberships.append(row)
    return list(found.values())


def find_member(partnership: Partnership, person_id: UUID) -> Member | None:
    """Somebody who has, or had, a role here; None for people of other partnerships."""
    rows = list(
        Membership.objects.filter(partnership=partnership, person_id=person_id)
        .select_related("person__organisation", "organisation")
        .order_by("given_at")
    )
    if not rows:
        return None
    return Member(rows[0].person, [row for row in rows if row.ended_at is None])


def list_past(partnership: Partnership, person: Person) -> Any:
    """The roles that somebody had here."""
    return (
        Membership.objects.filter(partnership=partnership, person=person)
        .exclude(ended_at=None)
        .select_related("organisation")
        .order_by("-ended_at")
    )


def list_agencies(partnership: Partnership) -> Any:
    """The seats of a partnership, those that ended last."""
    return (
        Agency.objects.filter(partnership=partnership)
        .select_related("organisation")
        .order_by(F("ended_on").desc(nulls_first=True), "organisation__name")
    )


def list_seated(partnership: Partnership) -> Any:
    """The bodies that sit in a partnership now."""
    return Organisation.objects.filter(
        pk__in=Agency.objects.filter(partnership=partnership, ended_on=None).values("organisation")
    )


def list_with_administrators() -> Any:
    """All partnerships by name, each with whether somebody administers it and whether somebody is asked to."""
    held = Membership.objects.filter(
        partnership=OuterRef("pk"), role=Role.ADMINISTRATOR, ended_at=None, person__is_active=True
    )
    asked = Invitation.objects.filter(
        partnership=OuterRef("pk"), role=Role.ADMINISTRATOR, accepted_at=None, withdrawn_at=None
    )
    rows = Partnership.objects.annotate(has_administrator=Exists(held), has_invited=Exists(asked))
    return rows.order_by("name")
