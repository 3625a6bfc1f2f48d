"""What waits for somebody in `duties`, and what of it falls in the year ahead."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from wardmote.evidence.interface import list_duties
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.duties import rounds  # noqa: F401 - joins the round
from wardmote.web.governance.duties.calendar import Standing, read_calendar, read_standing
from wardmote.web.governance.duties.drops import DropRow, describe_drops, list_seen_drops
from wardmote.web.governance.duties.presenters import say_due
from wardmote.web.governance.duties.states import DropState, DutyState
from wardmote.web.governance.meetings.year import YearEvent, offer_year_events
from wardmote.web.partnerships.interface import PartnershipRequest, Role, can, find_organisations
from wardmote.web.plans.interface import Plan, count_a_year, know_revision

_SOON_DAYS = 14
#: What is done for other clocks by its own area and told there.
_TOLD_ELSEWHERE = frozenset({"data_drops", "recommendations"})


@offer_things_to_do
def list_duty_things(request: Any) -> Iterator[ThingToDo]:
    """Duties for the coordinator and for who owns them."""
    if not can(request.user, "governance.view_duties", request.partnership):
        return
    is_coordinator = can(request.user, "governance.change_duties", request.partnership)
    address = reverse("duties", kwargs={"slug": request.partnership.slug})
    mine = [one for one in read_calendar(request.partnership, read_today()) if is_coordinator or _owns(request, one)]
    told = [one for one in mine if one.terms.duty is None or one.terms.duty.known_by not in _TOLD_ELSEWHERE]
    for state, words, urgency in (
        (DutyState.OVERDUE, "overdue", 0), (DutyState.NEVER, "with no record of ever being done", 2),
        (DutyState.SOON, "due soon", 1),
    ):  # fmt: skip
        found = [one for one in told if one.state == state]
        if found:
            first = min((one.due_on for one in found if one.due_on), default=None)
            title = f"{say_count(len(found), 'duty', 'duties')} {words}"
            yield ThingToDo(title, address, due_on=first, urgency=urgency)


def _owns(request: Any, one: Standing) -> bool:
    return one.terms.held is not None and one.terms.held.owner_person_id == request.user.pk


@offer_things_to_do
def list_drop_things(request: Any) -> Iterator[ThingToDo]:
    """Drops that an agency owes, for its contributors; what is missing and what is odd, for the coordinator."""
    if not can(request.user, "governance.receive_data_drops", request.partnership):
        return
    today, is_coordinator = read_today(), can(request.user, "governance.change_data_drops", request.partnership)
    own = find_organisations(request.user, request.partnership, Role.CONTRIBUTOR)
    rows = describe_drops(list_seen_drops(request.user, request.partnership).filter(received_on=None), today)
    address = reverse("data_drops", kwargs={"slug": request.partnership.slug})
    missing = [row for row in rows if row.state == DropState.MISSING]
    if missing:
        yield _make_thing(missing, "missing", address, 0)
    due = [row for row in rows if row.state == DropState.DUE and row.drop.organisation_id in own]
    if due:
        is_soon = min(row.drop.due_on for row in due).toordinal() - today.toordinal() <= _SOON_DAYS
        yield _make_thing(due, "to send", address, 1 if is_soon else 2)
    elif is_coordinator and (waiting := [row for row in rows if row.state == DropState.DUE]):
        yield _make_thing(waiting, "still to come", address, 3)


def _make_thing(rows: list[DropRow], words: str, address: str, urgency: int) -> ThingToDo:
    first = min(row.drop.due_on for row in rows)
    return ThingToDo(f"{say_count(len(rows), 'data drop')} {words}", address, due_on=first, urgency=urgency)


@know_revision
def find_revision_day(plan: Plan) -> date | None:
    """When the duty calendar asks for the plan to be looked at again; a year after adoption where it knows of none."""
    today = read_today()
    held = (read_standing(plan.partnership, one.id, today) for one in list_duties() if one.known_by == "plan_adopted")
    asked = [one for one in held if one is not None and one.state != DutyState.NOT_APPLICABLE]
    if not asked:
        return None
    return min((one.due_on for one in asked if one.due_on), default=count_a_year(plan))


@offer_year_events
def list_duty_events(request: PartnershipRequest, start: date, end: date) -> Iterator[YearEvent]:
    """When duties fall due."""
    if not can(request.user, "governance.view_duties", request.partnership):
        return
    for one in read_calendar(request.partnership, read_today()):
        address = reverse("duty", kwargs={"slug": request.partnership.slug, "duty_key": one.terms.key})
        for due in one.dues:
            if start <= due.due_on <= end:
                yield YearEvent(due.due_on, "Duty", say_due(one, due), due.state.label, address)
