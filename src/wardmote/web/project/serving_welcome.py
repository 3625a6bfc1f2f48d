"""What the first start says: a link for the first account, or a way into the sample for every role."""

from dataclasses import dataclass

from wardmote.web.foundation.clock import read_now
from wardmote.web.partnerships.interface import Membership, Person, Role
from wardmote.web.project.sample import load_sample
from wardmote.web.project.sample_sign_in import make_link
from wardmote.web.project.sample_store import ask_for_sample_store


@dataclass(frozen=True, slots=True)
class WayIn:
    """One link that signs in one person of the sample, once."""

    role: str
    link: str


def make_first_link(url: str) -> str:
    """The one-time link by which the first account is made; empty where there is one."""
    if Person.objects.filter(is_operator=True).exists():
        return ""
    from wardmote.web.partnerships import actions

    return actions.make_setup_link(base_url=url)


def say_who_is_missing() -> str:
    """Why the first link is printed: nobody has an account, or none of those who have one runs the installation."""
    people = Person.objects.all()
    if not people.exists():
        return "Nobody has an account yet. Make the first one here"
    if not people.exclude(memberships__partnership__is_sample=True).exists():
        return "Only the invented people of the sample have accounts yet. Make the first of your own here"
    return "There are accounts, but none of them runs this installation. Make one that does here"


def list_ways_in(url: str) -> list[WayIn]:
    """A link for each role of the sample partnership, which is loaded where it is not there yet.

    Each opens another person where there are enough of them, so that no link is spent by another role's.
    """
    sample = load_sample(by=None)
    ask_for_sample_store(read_now())
    held = Membership.objects.filter(partnership=sample, ended_at=None, person__is_active=True)
    found: dict[Role, list[Person]] = {}
    for membership in held.select_related("person").order_by("person__email"):
        found.setdefault(Role(membership.role), []).append(membership.person)
    chosen: dict[Role, Person] = {}
    for role in sorted(found, key=lambda role: len(found[role])):
        free = [person for person in found[role] if person not in chosen.values()]
        chosen[role] = (free or found[role])[0]
    return [WayIn(role.value, make_link(chosen[role], url)) for role in Role if role in chosen]
