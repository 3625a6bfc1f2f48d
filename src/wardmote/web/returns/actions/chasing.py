"""Reminders: a digest for each person, one e-mail a day at most, with counts and a link and nothing else.

A week before the due date, on it, and each week after. A round that was missed sends the stage that is due now, once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Organisation, Partnership, Person
from wardmote.web.returns.actions.telling import list_contributors
from wardmote.web.returns.models import Chase
from wardmote.web.returns.owing import Owed, list_owed
from wardmote.web.returns.states import ChaseStage

_DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a reminder has come."""

    name: ChaseStage
    week: int = 0


def find_stage(due_on: date, today: date) -> Stage | None:
    """The stage of a due date today; None while it is more than a week away."""
    days = (today - due_on).days
    if days < -_DAYS_BEFORE:
        return None
    if days < 0:
        return Stage(ChaseStage.BEFORE)
    return Stage(ChaseStage.LATE, days // 7) if days >= 7 else Stage(ChaseStage.DUE)


def send_reminders(*, today: date) -> int:
    """Remind everybody who owes something and has not been told of its stage yet; how many messages."""
    sent = 0
    for partnership in Partnership.objects.filter(ended_on=None):
        due = [(owed, stage) for owed in list_owed(partnership) if (stage := find_stage(owed.due_on, today))]
        sent += _remind(partnership, due, today=today)
    return sent


def _remind(partnership: Partnership, due: list[tuple[Owed, Stage]], *, today: date) -> int:
    by_person: dict[Person, list[tuple[Owed, Stage]]] = defaultdict(list)
    for owed, stage in due:
        for person in list_contributors(partnership, owed.organisation):
            if person.wants_digest and not _was_told(person, owed, stage):
                by_person[person].append((owed, stage))
    return sum(_write_digest(partnership, person, owing, today=today) for person, owing in by_person.items())


def _was_told(person: Person, owed: Owed, stage: Stage) -> bool:
    return Chase.objects.filter(
        person=person, quarter=owed.quarter, organisation=owed.organisation, stage=stage.name, week=stage.week
    ).exists()


def chase_agency(*, partnership: Partnership, organisation: Organisation, today: date, by: Person) -> int:
    """Remind an agency's people now, by hand; those written to today already are left in peace. How many messages.

    The sample's people want no digests, so that nothing goes out by itself; by hand they are written to all the same.
    """
    owing = [(owed, Stage(ChaseStage.BY_HAND)) for owed in list_owed(partnership) if owed.organisation == organisation]
    if not owing:
        return 0
    people = list_contributors(partnership, organisation)
    wanted = [person for person in people if person.wants_digest or partnership.is_sample]
    return sum(_write_digest(partnership, person, owing, today=today, by=by) for person in wanted)


def _write_digest(
    partnership: Partnership, person: Person, owing: Iterable[tuple[Owed, Stage]], *, today: date,
    by: Person | None = None,
) -> bool:  # fmt: skip
    """One message for all that a person owes; none where they had one today."""
    found = list(owing)
    with writing(by=by, verb="returns.chased", partnership=partnership, facts={"agencies": len(found)}) as write:
        locked = Person.objects.select_for_update().get(pk=person.pk)
        if Chase.objects.filter(person=locked, sent_on=today).exists():
            write.facts["messages"] = 0
            return False
        Chase.objects.bulk_create(
            [
                Chase(partnership=partnership, quarter=owed.quarter, organisation=owed.organisation, person=person,
                      stage=stage.name, week=stage.week, sent_on=today, sent_by=by.pk if by else None)
                for owed, stage in found
            ]
        )  # fmt: skip
        link = reverse("returns", kwargs={"slug": partnership.slug})
        queue_message(to=person.email, template="returns_chase", facts=_count(found, today), link=link)
    return True


def _count(found: list[tuple[Owed, Stage]], today: date) -> dict[str, Any]:
    """What the message says: numbers and the next date."""
    ahead = [owed.due_on for owed, _ in found if owed.due_on >= today]
    return {
        "owed": sum(len(owed.returns) for owed, _ in found),
        "queried": sum(owed.queried_count for owed, _ in found),
        "late": sum(len(owed.returns) for owed, _ in found if owed.due_on < today),
        "due_on": min(ahead) if ahead else "",
    }
