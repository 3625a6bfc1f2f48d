"""What waits for somebody in `meetings`."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.meetings import rounds  # noqa: F401 - joins the round
from wardmote.web.governance.meetings.models import Meeting
from wardmote.web.governance.meetings.presenters import describe_public_standing
from wardmote.web.governance.meetings.queries import list_own_actions, list_sign_offs
from wardmote.web.governance.meetings.signing import read_standing
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.interface import can

_AGENDA_DAYS = timedelta(days=7)  # before a meeting, by which its agenda should be out
_SIGNING_DAYS = timedelta(days=730)  # after which nobody is reminded of a signature any more
_MINUTES_DAYS = timedelta(days=14)  # after a meeting, by which its minutes should be written


@offer_things_to_do
def list_meeting_things(request: Any) -> Iterator[ThingToDo]:
    """Actions of one's own; for who runs the meetings: agendas, minutes, the public meeting, missing signatures."""
    today = read_today()
    if can(request.user, "governance.view_meeting_actions", request.partnership):
        yield from _list_own(request, today)
    if can(request.user, "governance.move_meetings", request.partnership):
        yield from _list_meetings(request, today)
    if can(request.user, "governance.write_meetings", request.partnership):
        yield from _list_public(request, today)
    if can(request.user, "governance.record_signatures", request.partnership):
        yield from _list_unsigned(request, today)


def _find_address(request: Any, name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": request.partnership.slug, **keys})


def _list_own(request: Any, today: date) -> Iterator[ThingToDo]:
    """Open actions from meetings: one line for those that are late, one for the others."""
    own = list(list_own_actions(request))
    address = _find_address(request, "meeting_actions") + "?whose=mine"
    for is_late, title in ((True, "overdue action"), (False, "action")):
        found = [action for action in own if (action.due_on < today) == is_late]
        if found:
            soon = found[0].due_on <= today + _AGENDA_DAYS
            said = f"Bring {say_count(len(found), title)} from meetings up to date"
            yield ThingToDo(said, address, "", found[0].due_on, urgency=0 if is_late else 1 if soon else 2)


def _list_meetings(request: Any, today: date) -> Iterator[ThingToDo]:
    """Agendas that should be out, meetings of which nothing is recorded, minutes that nobody has agreed.

    Who chairs and does not write them is told of the minutes alone.
    """
    rows = Meeting.objects.filter(partnership=request.partnership, held_on__lte=today + _AGENDA_DAYS).exclude(
        state__in=(MeetingState.AGREED, MeetingState.CANCELLED)
    )
    if not can(request.user, "governance.write_meetings", request.partnership):
        rows = rows.filter(state=MeetingState.HELD)
    for meeting in rows.select_related("group").order_by("held_on"):
        told = _say_waiting(meeting, today)
        if told:
            title, due, urgency = told
            yield ThingToDo(title, _find_address(request, "show_meeting", meeting_id=meeting.pk), "", due, urgency)


def _say_waiting(meeting: Meeting, today: date) -> tuple[str, date, int] | None:
    if meeting.state == MeetingState.HELD:
        due = meeting.held_on + _MINUTES_DAYS
        return f"Write the minutes and have them agreed: {meeting}", due, 1 if due < today else 3
    if meeting.held_on < today:
        return f"Record who attended and what was decided: {meeting}", meeting.held_on, 0
    if meeting.state == MeetingState.PLANNED:
        return f"Send the agenda out: {meeting}", meeting.held_on, 1
    return None


def _list_public(request: Any, today: date) -> Iterator[ThingToDo]:
    """The yearly public meeting, where it is overdue or soon will be."""
    standing = describe_public_standing(request.partnership, today)
    if standing.is_overdue or standing.is_due_soon:
        urgency = 0 if standing.is_overdue else 1
        address = _find_address(request, "public_meetings")
        yield ThingToDo("Hold a public meeting", address, standing.said, standing.due_on, urgency)


def _list_unsigned(request: Any, today: date) -> Iterator[ThingToDo]:
    """Sign-offs that lack a signature, and signed documents of which no copy was sent to the commissioner."""
    rows = list_sign_offs(request.partnership).filter(withdrawn_on=None, as_of__gte=today - _SIGNING_DAYS)
    for sign_off in rows:
        standing = read_standing(sign_off)
        address = _find_address(request, "show_sign_off", sign_off_id=sign_off.pk)
        if standing.missing:
            yield ThingToDo(f"Have signed: {sign_off}", address, standing.said)
        elif standing.rows and not standing.stamps:
            yield ThingToDo(f"Send to the Police and Crime Commissioner: {sign_off}", address)
