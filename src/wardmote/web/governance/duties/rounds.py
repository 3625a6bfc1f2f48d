"""What happens by itself: quarters of data drops open, people are told of alarms once and reminded of drops."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from wardmote.web.foundation.outbox import queue_message
from wardmote.web.foundation.rounds import join_round
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties.calendar import Standing, read_calendar
from wardmote.web.governance.duties.drop_actions import open_quarters
from wardmote.web.governance.duties.drops import find_last_ended, find_state, list_drops, list_owed_drops
from wardmote.web.governance.duties.models import DataDrop, DutyAlarm
from wardmote.web.governance.duties.states import ALARMS, DropState, DutyState, ReminderStage
from wardmote.web.partnerships.interface import Membership, Partnership, Person, Role

_BEFORE = timedelta(days=14)
_STAGES = (ReminderStage.NONE, ReminderStage.OPENED, ReminderStage.BEFORE, ReminderStage.LATE)


@join_round("open the quarters of data drops and remind of them")
def act_on_drops(now: datetime) -> str:
    """Open what has fallen due to be opened, and remind whoever owes."""
    today, opened, queued = timezone.localdate(now), 0, 0
    for partnership in Partnership.objects.filter(ended_on=None):
        if _has_unopened(partnership, today):
            opened += open_quarters(partnership=partnership, today=today, by=None)
        queued += remind_of_drops(partnership, today)
    return f"{opened} data drops opened, {queued} reminders queued"


def _has_unopened(partnership: Partnership, today: date) -> bool:
    """Whether there is anything to open: a round that finds nothing leaves no trace."""
    quarter = find_last_ended(today)
    is_open = DataDrop.objects.filter(partnership=partnership, period=quarter.period).exists()
    return not is_open and bool(list_owed_drops(partnership, quarter))


@join_round("tell of duties that fall due")
def tell_of_duties(now: datetime) -> str:
    """Write to coordinators and owners, once each time that the state of a duty becomes one to be told."""
    today = timezone.localdate(now)
    return f"{sum(tell_partnership(one, today) for one in Partnership.objects.filter(ended_on=None))} messages queued"


def tell_partnership(partnership: Partnership, today: date) -> int:
    """Tell the people of one partnership; how many messages."""
    told = {row.key: row for row in DutyAlarm.objects.filter(partnership=partnership)}
    changed = [one for one in read_calendar(partnership, today) if _has_changed(one, told.get(one.terms.key))]
    if not changed:
        return 0
    alarms = [one for one in changed if one.state in ALARMS]
    coordinators = _list_people(partnership, [Role.COORDINATOR])
    with writing(by=None, verb="governance.duties_told", partnership=partnership, facts={"count": len(alarms)}):
        for one in changed:
            _note(partnership, one, told.get(one.terms.key), today)
        return sum(_tell(partnership, person, alarms, all_of_them=True) for person in coordinators) + sum(
            _tell(partnership, person, alarms, all_of_them=False)
            for person in _list_owners(partnership, alarms) if person not in coordinators
        )  # fmt: skip


def _has_changed(one: Standing, told: DutyAlarm | None) -> bool:
    """A state that was not told, or an alarm for another date. What was never an alarm needs no note."""
    if told is None:
        return one.state in ALARMS
    return told.state != one.state or (one.state in ALARMS and told.due_on != one.due_on)


def _note(partnership: Partnership, one: Standing, told: DutyAlarm | None, today: date) -> None:
    row = told or DutyAlarm(partnership=partnership, key=one.terms.key)
    row.state, row.due_on, row.told_on = one.state, one.due_on, today
    row.told_count += one.state in ALARMS
    row.save()


def _list_owners(partnership: Partnership, alarms: Iterable[Standing]) -> list[Person]:
    """Owners of duties who still have a role here: who has left is told nothing."""
    keys = {one.terms.held.owner_person_id for one in alarms if one.terms.held} - {None}
    here = {person.pk: person for person in _list_people(partnership, list(Role)) if person.pk in keys}
    return list(here.values())


def _tell(partnership: Partnership, person: Person, alarms: Sequence[Standing], *, all_of_them: bool) -> int:
    mine = [one for one in alarms if all_of_them or _owns(one, person)]
    if not mine:
        return 0
    facts = {
        "overdue": sum(one.state == DutyState.OVERDUE for one in mine),
        "never": sum(one.state == DutyState.NEVER for one in mine),
        "soon": sum(one.state == DutyState.SOON for one in mine), "count": len(mine),
    }  # fmt: skip
    link = reverse("duties", kwargs={"slug": partnership.slug})
    queue_message(to=person.email, template="duties_due", facts=facts, link=link)
    return 1


def _owns(one: Standing, person: Person) -> bool:
    return one.terms.held is not None and one.terms.held.owner_person_id == person.pk


def _list_people(partnership: Partnership, roles: Iterable[Role], bodies: Iterable[object] = ()) -> list[Person]:
    """People with one of these roles who want reminders; of `bodies`, where any are given."""
    held = Membership.objects.filter(
        partnership=partnership, ended_at=None, role__in=roles, person__is_active=True, person__wants_digest=True
    )
    keys = set(bodies)
    found = held.filter(organisation__in=keys) if keys else held
    return list({row.person_id: row.person for row in found.select_related("person")}.values())


# -- data drops ---------------------------------------------------------------------------------------------------
def remind_of_drops(partnership: Partnership, today: date) -> int:
    """Remind the contributors of each agency that owes: when it opens, two weeks before, and when it is missing."""
    owing: dict[object, list[DataDrop]] = {}
    for drop in list_drops(partnership).filter(received_on=None, waived_on=None):
        if _STAGES.index(find_stage(drop, today)) > _STAGES.index(ReminderStage(drop.reminded)):
            owing.setdefault(drop.organisation_id, []).append(drop)
    return sum(_remind(partnership, body, drops, today) for body, drops in owing.items())


def find_stage(drop: DataDrop, today: date) -> ReminderStage:
    """How far the reminding of a drop should have come by a day."""
    if find_state(drop, today) == DropState.MISSING:
        return ReminderStage.LATE
    return ReminderStage.BEFORE if today >= drop.due_on - _BEFORE else ReminderStage.OPENED


def _remind(partnership: Partnership, body: object, drops: Sequence[DataDrop], today: date) -> int:
    """One message for all that an agency owes; the coordinators are written to where something is missing."""
    people = _list_people(partnership, [Role.CONTRIBUTOR], [body])
    late = sum(find_stage(drop, today) == ReminderStage.LATE for drop in drops)
    if late:
        people += [one for one in _list_people(partnership, [Role.COORDINATOR]) if one not in people]
    facts = {"count": len(drops), "late": late, "due_on": min(drop.due_on for drop in drops)}
    with writing(by=None, verb="governance.data_drops_reminded", partnership=partnership, facts={"count": len(drops)}):
        for drop in drops:
            drop.reminded, drop.reminded_on = find_stage(drop, today), today
            drop.reminders_count += 1 if people else 0
            drop.save()
        link = reverse("data_drops", kwargs={"slug": partnership.slug})
        for person in people:
            queue_message(to=person.email, template="data_drops_due", facts=facts, link=link)
    return len(people)
