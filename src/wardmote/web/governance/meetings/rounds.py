"""Who is told of overdue actions: counts and a link alone, when one falls due and then once a week.

That a public meeting is due is told with the duties, of which it is one; here it is only said along with the rest.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.models import MeetingAction, OverdueReminder
from wardmote.web.governance.meetings.presenters import describe_public_standing
from wardmote.web.governance.meetings.states import ActionState, MeetingState
from wardmote.web.partnerships.interface import Membership, Partnership, Person, Role

_WEEK = timedelta(days=7)
#: Who looks on from outside holds no actions.
_OUTSIDE = (Role.SCRUTINY, Role.READER)


@join_round("remind of actions from meetings")
def remind(now: datetime) -> str:
    """Write to whose actions are overdue, and to the coordinators."""
    today = timezone.localdate(now)
    return (
        f"{sum(remind_partnership(one, today) for one in Partnership.objects.filter(ended_on=None))} reminders queued"
    )


def remind_partnership(partnership: Partnership, today: date) -> int:
    """Remind the people of one partnership; how many messages."""
    late = list(
        MeetingAction.objects.filter(partnership=partnership, state=ActionState.OPEN, due_on__lt=today)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .order_by("due_on")
    )
    if not late:
        return 0
    told = {row.person_id: row for row in OverdueReminder.objects.filter(partnership=partnership)}
    waiting = [
        (person, own, row)
        for person, own, row in _list_holders(partnership, late, told)
        if row is None or row.sent_on + _WEEK <= today or own[-1].due_on >= row.sent_on
    ]
    if not waiting:
        return 0
    is_public_late = describe_public_standing(partnership, today).is_overdue
    with writing(by=None, verb="meetings.reminded", partnership=partnership, facts={"count": len(waiting)}):
        for person, own, row in waiting:
            _write_to(partnership, person, own, row or OverdueReminder(partnership=partnership, person=person), today,
                      is_public_late=is_public_late)  # fmt: skip
    return len(waiting)


def _list_holders(
    partnership: Partnership, late: Sequence[MeetingAction], told: dict[UUID, OverdueReminder]
) -> Iterator[tuple[Person, list[MeetingAction], OverdueReminder | None]]:
    """Who wants reminders, the overdue actions that are theirs, and when they were last written to.

    A coordinator's are all; a contributor's also those of the bodies for which they contribute.
    """
    held = Membership.objects.filter(
        partnership=partnership, ended_at=None, person__is_active=True, person__wants_digest=True
    ).exclude(role__in=_OUTSIDE)
    people: dict[Person, list[Membership]] = {}
    for row in held.select_related("person"):
        people.setdefault(row.person, []).append(row)
    for person, rows in people.items():
        runs_it = any(row.role == Role.COORDINATOR for row in rows)
        bodies = {row.organisation_id for row in rows if row.role == Role.CONTRIBUTOR} - {None}
        own = [one for one in late if runs_it or one.person_id == person.pk or one.owner_id in bodies]
        if own:
            yield person, own, told.get(person.pk)


def _write_to(
    partnership: Partnership,
    person: Person,
    own: Sequence[MeetingAction],
    row: OverdueReminder,
    today: date,
    *,
    is_public_late: bool,
) -> None:
    row.sent_on, row.sent_count = today, row.sent_count + 1
    row.save()
    facts = {"count": len(own), "due_on": own[0].due_on, "public": int(is_public_late)}
    link = reverse("meeting_actions", kwargs={"slug": partnership.slug})
    queue_message(to=person.email, template="meeting_actions_late", facts=facts, link=link)
