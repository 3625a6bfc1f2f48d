"""Meetings planned, changed, and taken from one state to the next."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.agenda import add_missing_standing_items
from wardmote.web.governance.meetings.actions.holding import hold
from wardmote.web.governance.meetings.models import Group, Meeting
from wardmote.web.governance.meetings.policies import check_attendance_fits_decisions, explain_move_refusal
from wardmote.web.governance.meetings.quorum import judge_quorum
from wardmote.web.governance.meetings.states import Cadence, MeetingState
from wardmote.web.partnerships.interface import Person

_WEEKS = {
    Cadence.MONTHLY: 4, Cadence.SIX_WEEKLY: 6, Cadence.QUARTERLY: 13, Cadence.HALF_YEARLY: 26, Cadence.YEARLY: 52,
}  # fmt: skip
_FIXED_ONCE_HELD = ("held_on",)


def plan_meetings(
    *, group: Group, fields: Mapping[str, Any], by: Person | None, meetings_count: int = 1
) -> list[Meeting]:
    """Plan a meeting, or several at the group's cadence on the same day of the week; each with its standing items."""
    with writing(by=by, verb="meetings.planned", partnership=group.partnership, subject=group):
        return [
            _plan(group, dict(fields) | {"held_on": day})
            for day in list_days(fields["held_on"], Cadence(group.cadence), meetings_count)
        ]


def list_days(first: date, cadence: Cadence, days_count: int) -> list[date]:
    """The first day and those that follow at a cadence. A group that meets as needed has no second one."""
    weeks = _WEEKS.get(cadence)
    return [first] if weeks is None else [first + timedelta(weeks=weeks * turn) for turn in range(days_count)]


def _plan(group: Group, fields: Mapping[str, Any]) -> Meeting:
    meeting = Meeting.objects.create(partnership=group.partnership, group=group, **fields)
    add_missing_standing_items(meeting)
    return meeting


def change_meeting(*, meeting: Meeting, fields: Mapping[str, Any], by: Person | None) -> Meeting:
    """Change when and where, and who may read it. Once it is held its day stays; once agreed, only who may read it."""
    with writing(by=by, verb="meetings.changed", partnership=meeting.partnership, subject=meeting):
        hold(meeting)
        changed = {name: value for name, value in fields.items() if getattr(meeting, name) != value}
        _check_may_change(meeting, changed)
        for name, value in changed.items():
            setattr(meeting, name, value)
        meeting.save()
        check_attendance_fits_decisions(meeting)
    return meeting


def _check_may_change(meeting: Meeting, changed: Mapping[str, Any]) -> None:
    if meeting.state in (MeetingState.AGREED, MeetingState.CANCELLED) and set(changed) - {"is_open"}:
        raise RefusedError("The meeting is closed. Only who may read it can still be changed.")
    if meeting.state == MeetingState.HELD and set(changed) & set(_FIXED_ONCE_HELD):
        raise RefusedError("The meeting was held. Its day stays as it is.")


def move_meeting(
    *, meeting: Meeting, to: MeetingState, by: Person | None, reason: str = "", agreed_at: Meeting | None = None
) -> Meeting:
    """Take a meeting to its next state. A cancelled one says why; agreed minutes keep what was true of the quorum."""
    today = read_today()
    if to == MeetingState.CANCELLED and not reason.strip():
        raise RefusedError("Say why it is cancelled; the reason is shown with it.")
    verb = f"meetings.made_{to.value}"
    with writing(by=by, verb=verb, partnership=meeting.partnership, subject=meeting, reason=reason):
        hold(meeting)
        refusal = explain_move_refusal(meeting, to, today)
        if refusal:
            raise RefusedError(refusal)
        if to == MeetingState.AGREED:
            found = judge_quorum(meeting)
            meeting.is_quorate, meeting.quorum_said, meeting.agreed_at = found.is_quorate, found.said, agreed_at
        if to == MeetingState.CANCELLED:
            meeting.cancelled_because = reason
        meeting.state, meeting.state_on = to, today
        meeting.save()
    return meeting
