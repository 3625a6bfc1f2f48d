"""What came of a meeting: who was there, what was decided, who took what away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.holding import find_next_number, hold
from wardmote.web.governance.meetings.models import Attendance, Decision, Meeting, MeetingAction
from wardmote.web.governance.meetings.policies import (
    check_attendance_fits_decisions,
    check_may_confirm,
    check_may_decide,
    check_minutes_open,
)
from wardmote.web.governance.meetings.states import ActionState, MeetingState
from wardmote.web.partnerships.interface import Organisation, Partnership, Person


@dataclass(frozen=True, slots=True)
class Attended:
    """One body as the form says it was there. An empty presence: nothing is recorded of it."""

    organisation: Organisation
    presence: str = ""
    name: str = ""
    post: str = ""


def record_attendance(
    *, meeting: Meeting, rows: Sequence[Attended], others_present: str = "", by: Person | None
) -> None:
    """Write down which bodies were there. Refused where a decision would turn out inquorate that does not say so."""
    with writing(by=by, verb="meetings.attendance_recorded", partnership=meeting.partnership, subject=meeting):
        hold(meeting)
        check_minutes_open(meeting)
        known = {row.organisation_id: row for row in meeting.attendances.all()}
        for told in rows:
            _write_attendance(meeting, known.get(told.organisation.pk), told)
        meeting.others_present = others_present
        meeting.save()
        check_attendance_fits_decisions(meeting)


def _write_attendance(meeting: Meeting, row: Attendance | None, told: Attended) -> None:
    if not told.presence:
        if row is not None:
            row.delete()
        return
    row = row or Attendance(partnership=meeting.partnership, meeting=meeting, organisation=told.organisation)
    row.presence, row.name, row.post = told.presence, told.name, told.post
    row.save()


def record_decision(*, meeting: Meeting, fields: Mapping[str, Any], by: Person | None) -> Decision:
    """Write down a decision under the year's next number. Without a quorum it must say what that means for it."""
    decision = Decision(partnership=meeting.partnership, meeting=meeting, year=meeting.held_on.year, **fields)
    with writing(by=by, verb="meetings.decision_recorded", partnership=meeting.partnership, subject=decision):
        Partnership.objects.select_for_update().get(pk=meeting.partnership_id)  # the year's numbers are all meetings'
        hold(meeting)
        _judge(decision)
        taken = Decision.objects.filter(partnership=meeting.partnership, year=decision.year)
        decision.number, decision.recorded_at = find_next_number(taken), read_now()
        decision.save()
    return decision


def change_decision(*, decision: Decision, fields: Mapping[str, Any], by: Person | None) -> Decision:
    """Change a decision while its minutes are not agreed. It keeps its number."""
    with writing(by=by, verb="meetings.decision_changed", partnership=decision.partnership, subject=decision):
        hold(decision.meeting, decision)
        for name, value in fields.items():
            setattr(decision, name, value)
        _judge(decision)
        decision.save()
    return decision


def _judge(decision: Decision) -> None:
    decision.is_inquorate = check_may_decide(decision.meeting, decision.inquorate_note)
    if not decision.is_inquorate:
        decision.inquorate_note, decision.confirmed_at = "", None


def confirm_decision(*, meeting: Meeting, decision: Decision, by: Person | None) -> None:
    """Let a later, quorate meeting confirm what was decided without a quorum."""
    facts = {"decision": str(decision.pk)}
    with writing(
        by=by, verb="meetings.decision_confirmed", partnership=meeting.partnership, subject=meeting, facts=facts
    ):
        hold(meeting, decision)
        check_may_confirm(meeting, decision)
        decision.confirmed_at = meeting
        decision.save()


def take_back_confirmation(*, meeting: Meeting, decision: Decision, by: Person | None) -> None:
    """Take a confirmation out again, while the minutes of the meeting that confirmed are not agreed."""
    facts = {"decision": str(decision.pk)}
    with writing(
        by=by, verb="meetings.confirmation_taken_back", partnership=meeting.partnership, subject=meeting, facts=facts
    ):
        hold(meeting, decision)
        if decision.confirmed_at_id != meeting.pk:
            raise RefusedError("This meeting did not confirm it.")
        check_minutes_open(meeting)
        decision.confirmed_at = None
        decision.save()


def add_action(*, meeting: Meeting, fields: Mapping[str, Any], by: Person | None) -> MeetingAction:
    """Write down what somebody took away to do."""
    action = MeetingAction(partnership=meeting.partnership, meeting=meeting, **fields)
    with writing(by=by, verb="meetings.action_added", partnership=meeting.partnership, subject=action):
        hold(meeting)
        check_minutes_open(meeting)
        if action.owner is None and action.person is None:
            raise RefusedError("Say which body or who does it.")
        action.number = find_next_number(meeting.actions)
        action.save()
    return action


def update_action(
    *, action: MeetingAction, state: ActionState, text: str, by: Person | None, on: date | None = None
) -> MeetingAction:
    """Say how far an action has come, today or on the day that is given. What was said before stays.

    A done one may be opened again.
    """
    day = on or read_today()
    if state == ActionState.DROPPED and not text.strip():
        raise RefusedError("Say why it is no longer needed.")
    with writing(by=by, verb="meetings.action_updated", partnership=action.partnership, subject=action):
        hold(action)
        if action.meeting.state == MeetingState.CANCELLED:
            raise RefusedError("The meeting was cancelled.")
        action.updates = [*action.updates, {"on": day.isoformat(), "state": state.value, "text": text}]
        action.state = state
        action.closed_on = None if state == ActionState.OPEN else day
        action.save()
    return action
