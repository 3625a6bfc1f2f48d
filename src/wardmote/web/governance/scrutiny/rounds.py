"""Reminders of answers that are owed: a week before, on the day, and each week after; counts and a link alone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.scrutiny.models import Recommendation, RecommendationReminder
from wardmote.web.governance.scrutiny.policies import list_owing
from wardmote.web.governance.scrutiny.queries import list_recommendations
from wardmote.web.governance.scrutiny.states import ReminderStage
from wardmote.web.partnerships.interface import Membership, Partnership, Person, Role

_DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a reminder has come; late ones repeat under the number of the week."""

    name: ReminderStage
    week: int = 0


def find_stage(due_on: date, today: date) -> Stage | None:
    """The stage of a due date; None while it is more than a week away."""
    days = (today - due_on).days
    if days < -_DAYS_BEFORE:
        return None
    if days <= 0:
        return Stage(ReminderStage.DUE if days == 0 else ReminderStage.BEFORE)
    return Stage(ReminderStage.LATE, (days - 1) // 7)


@join_round("remind of scrutiny recommendations")
def remind(now: datetime) -> str:
    """Write to whoever owes an answer, and to the coordinators, once a stage."""
    today = timezone.localdate(now)
    return (
        f"{sum(remind_partnership(one, today) for one in Partnership.objects.filter(ended_on=None))} reminders queued"
    )


def remind_partnership(partnership: Partnership, today: date) -> int:
    """Remind the people of one partnership; how many messages."""
    by_person: dict[Person, list[tuple[Recommendation, Stage]]] = defaultdict(list)
    for row in list_recommendations(partnership).filter(implemented_on=None):
        owing, stage = list_owing(row), find_stage(row.due_on, today)
        if owing and stage is not None:
            for person in _list_people(partnership, {body.pk for body in owing}):
                if not _was_told(row, person, stage):
                    by_person[person].append((row, stage))
    for person, owed in by_person.items():
        _write_to(partnership, person, owed, today)
    return len(by_person)


def _list_people(partnership: Partnership, bodies: Iterable[object]) -> list[Person]:
    """The contributors of the bodies that owe an answer, and the coordinators; who wants no digest is left in peace."""
    held = Membership.objects.filter(
        partnership=partnership, ended_at=None, person__is_active=True, person__wants_digest=True
    ).select_related("person")
    keys = set(bodies)
    rows = [
        row for row in held
        if row.role == Role.COORDINATOR or (row.role == Role.CONTRIBUTOR and row.organisation_id in keys)
    ]  # fmt: skip
    return list({row.person_id: row.person for row in rows}.values())


def _was_told(row: Recommendation, person: Person, stage: Stage) -> bool:
    return RecommendationReminder.objects.filter(
        recommendation=row, person=person, stage=stage.name, week=stage.week
    ).exists()


def _write_to(partnership: Partnership, person: Person, owed: list[tuple[Recommendation, Stage]], today: date) -> None:
    """One message for all that waits, with counts and the next day."""
    late = sum(stage.name == ReminderStage.LATE for _, stage in owed)
    facts = {"waiting": len(owed), "late": late, "due_on": min(row.due_on for row, _ in owed)}
    counted = {"count": len(owed)}
    with writing(by=None, verb="governance.recommendations_reminded", partnership=partnership, facts=counted):
        RecommendationReminder.objects.bulk_create(
            RecommendationReminder(partnership=partnership, recommendation=row, person=person, stage=stage.name,
                                   week=stage.week, sent_on=today)
            for row, stage in owed
        )  # fmt: skip
        link = reverse("recommendations", kwargs={"slug": partnership.slug})
        queue_message(to=person.email, template="recommendations_waiting", facts=facts, link=link)
