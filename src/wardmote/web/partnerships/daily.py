"""What the round does with people's access: reviews opened and closed, unused accounts suspended. Safe to repeat."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from wardmote.web.foundation.rounds import join_round
from wardmote.web.partnerships.accounts import end_sessions, suspend_in_write, writing_for_all
from wardmote.web.partnerships.models import AccessReview, Membership, Partnership, Person
from wardmote.web.partnerships.policies import is_last_of_any
from wardmote.web.partnerships.reviews import close_review, open_review
from wardmote.web.partnerships.states import SuspensionReason


@join_round("access reviews")
def review_access(now: datetime) -> str:
    """Close reviews that are past due, then open this quarter's where there is none.

    The sample's people are invented and never come: nothing of theirs ends by itself.
    """
    today = timezone.localdate(now)
    due = AccessReview.objects.filter(closed_at=None, due_on__lt=today, partnership__is_sample=False)
    ended = sum(close_review(review, now) for review in due.select_related("partnership"))
    live = Partnership.objects.filter(is_sample=False, ended_on=None)
    opened = sum(open_review(partnership, today) for partnership in live)
    return f"{opened} opened, {ended} roles ended"


@join_round("idle accounts")
def suspend_idle(now: datetime) -> str:
    """Suspend who was not seen for as long as the strictest of their partnerships allows (T8)."""
    today = timezone.localdate(now)
    idle = [person for person in _list_watched() if is_idle(person, today) and not is_last_of_any(person)]
    for person in idle:
        facts = {"why": SuspensionReason.IDLE}
        with writing_for_all(by=None, verb="people.suspended", partnership=None, person=person, facts=facts):
            suspend_in_write(person, at=now, reason=SuspensionReason.IDLE)
        end_sessions(person)
    return f"{len(idle)} suspended"


def _list_watched() -> list[Person]:
    """Active people with a role in a partnership that is no sample, and in none that is one only."""
    live = Membership.objects.filter(ended_at=None, partnership__is_sample=False, partnership__ended_on=None)
    return list(Person.objects.filter(is_active=True, pk__in=live.values("person")))


def is_idle(person: Person, today: date) -> bool:
    """Whether somebody was away for longer than allowed, counted from when they last came, joined or were restored."""
    allowed = find_idle_days(person)
    return allowed is not None and find_last_sign(person) + timedelta(days=allowed) < today


def find_idle_days(person: Person) -> int | None:
    """The strictest limit of a person's partnerships, in days."""
    days = Partnership.objects.filter(
        is_sample=False, ended_on=None, pk__in=person.memberships.filter(ended_at=None).values("partnership")
    ).values_list("idle_days", flat=True)
    return min(days, default=None)


def find_last_sign(person: Person) -> date:
    """The last day that speaks for somebody: seen, restored, or the account made."""
    signs = (person.seen_on, person.restored_on, timezone.localdate(person.joined_at))
    return max(day for day in signs if day is not None)
