"""What waits for whoever runs a partnership."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.partnerships.invitations import list_open
from wardmote.web.partnerships.models import Agency, Membership, Partnership, Person
from wardmote.web.partnerships.permissions import can
from wardmote.web.partnerships.reviews import count_waiting, find_open_review, find_review_start, say_what_ends
from wardmote.web.partnerships.states import Role

_SOON = timedelta(days=3)
_NEEDED = (Role.COORDINATOR, Role.ANALYST, Role.CHAIR)  # a quarter cannot be run without them


@offer_things_to_do
def list_people_things(request: Any) -> Iterator[ThingToDo]:
    """Reviews, invitations that run out, suspended people, roles that nobody has: for who can do something about it."""
    person, partnership = request.user, request.partnership
    if can(person, "partnerships.review_access", partnership):
        yield from _list_review(partnership)
    if can(person, "partnerships.invite_people", partnership):
        yield from _list_invitations(partnership)
        yield from _list_suspended(partnership)
        yield from _list_missing(partnership)


def _list_review(partnership: Partnership) -> Iterator[ThingToDo]:
    review = find_open_review(partnership)
    if review is None:
        return
    waiting = count_waiting(partnership, find_review_start(review))
    if waiting:
        late = review.due_on <= read_today() + timedelta(days=7)
        yield ThingToDo(
            "Confirm who still needs access", reverse("access_review", kwargs={"slug": partnership.slug}),
            f"{say_count(waiting, 'role')} to confirm; {say_what_ends(partnership)}", review.due_on,
            urgency=1 if late else 2,
        )  # fmt: skip


def _list_invitations(partnership: Partnership) -> Iterator[ThingToDo]:
    ending = list_open(partnership).filter(expires_at__lte=read_now() + _SOON)
    count = ending.count()
    if count:
        first = timezone.localdate(ending.order_by("expires_at")[0].expires_at)
        yield ThingToDo(
            "Send invitations again", reverse("people", kwargs={"slug": partnership.slug}) + "#invitations",
            f"{say_count(count, 'invitation')} not accepted and running out", first,
        )  # fmt: skip


def _list_suspended(partnership: Partnership) -> Iterator[ThingToDo]:
    live = Membership.objects.filter(partnership=partnership, ended_at=None)
    count = Person.objects.filter(is_active=False, pk__in=live.values("person")).count()
    if count:
        yield ThingToDo(
            "Look at suspended accounts", reverse("people", kwargs={"slug": partnership.slug}),
            f"{say_count(count, 'person', 'people')} with a role here cannot sign in", urgency=3,
        )  # fmt: skip


def _list_missing(partnership: Partnership) -> Iterator[ThingToDo]:
    live = Membership.objects.filter(partnership=partnership, ended_at=None, person__is_active=True)
    held = set(live.values_list("role", flat=True))
    contributing = set(live.filter(role=Role.CONTRIBUTOR).values_list("organisation", flat=True))
    people = reverse("invite_person", kwargs={"slug": partnership.slug})
    for role in _NEEDED:
        if role not in held:
            yield ThingToDo(f"Nobody is {role.label.lower()}", people, "Invite somebody to the role", urgency=3)
    seats = Agency.objects.filter(partnership=partnership, ended_on=None).exclude(organisation__in=contributing)
    count = seats.count()
    if count:
        yield ThingToDo(
            "Some organisations have no contributor", people,
            f"{say_count(count, 'organisation')} with nobody who could send figures", urgency=3,
        )  # fmt: skip
