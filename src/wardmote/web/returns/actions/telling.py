"""Who of an agency is written to: its contributors and who covers for them. Counts and links, never a figure."""

from django.db.models import Q
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.outbox import queue_message
from wardmote.web.partnerships.interface import Membership, Organisation, Partnership, Person, Role
from wardmote.web.returns.covers import list_in_force
from wardmote.web.returns.models import Return


def list_contributors(partnership: Partnership, organisation: Organisation | None) -> list[Person]:
    """Who returns for an agency today: its contributors who are not away, and who covers for them."""
    if organisation is None:
        return []
    covers = list_in_force(partnership, read_today()).filter(organisation=organisation)
    pairs = list(covers.values_list("absent_id", "delegate_id"))
    held = Membership.objects.filter(
        partnership=partnership, organisation=organisation, role=Role.CONTRIBUTOR, ended_at=None
    )
    own = Q(pk__in=held.values("person_id")) & ~Q(pk__in=[absent for absent, _ in pairs])
    people = Person.objects.filter(own | Q(pk__in=[delegate for _, delegate in pairs]), is_active=True)
    return list(people.order_by("pk"))


def write_to_agency(ret: Return, *, template: str) -> int:
    """Write to the people of a return's agency that something waits; no figure and no name in it."""
    people = list_contributors(ret.partnership, ret.organisation)
    link = reverse("show_return", kwargs={"slug": ret.partnership.slug, "pk": ret.pk})
    for person in people:
        queue_message(to=person.email, template=template, facts={"quarter": ret.quarter.period, "count": 1}, link=link)
    return len(people)
