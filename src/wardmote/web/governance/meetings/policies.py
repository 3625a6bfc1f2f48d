"""What the state of a meeting, a group or a sign-off allows."""

from collections.abc import Callable
from datetime import date

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.meetings.models import Decision, Meeting, MeetingAction, SignOff
from wardmote.web.governance.meetings.quorum import judge_quorum
from wardmote.web.governance.meetings.states import NEXT_STATES, ActionState, MeetingState

_AGENDA_OPEN = frozenset({MeetingState.PLANNED, MeetingState.AGENDA_OUT})
_MINUTES_OPEN = frozenset({MeetingState.AGENDA_OUT, MeetingState.HELD})
_NO_ATTENDANCE = "Record who attended first, so that it can be said whether the meeting was quorate."
_TOOK_PLACE = "Decisions or actions are recorded already: the meeting took place."


def can_change_agenda(meeting: Meeting) -> bool:
    """Until it is held. What was talked about without being on it is added afterwards as an item of the minutes."""
    return meeting.state in _AGENDA_OPEN or meeting.state == MeetingState.HELD


def can_write_minutes(meeting: Meeting) -> bool:
    return meeting.state in _MINUTES_OPEN


def check_agenda_open(meeting: Meeting) -> None:
    if not can_change_agenda(meeting):
        raise RefusedError(f"The meeting is closed ({_say_state(meeting)}). Its agenda stays as it is.")


def check_minutes_open(meeting: Meeting) -> None:
    if can_write_minutes(meeting):
        return
    if meeting.state == MeetingState.PLANNED:
        raise RefusedError("The agenda is not out yet. Send it out first, then write down what came of the meeting.")
    raise RefusedError(f"The meeting is closed ({_say_state(meeting)}). What was recorded stays as it is.")


def _say_state(meeting: Meeting) -> str:
    return MeetingState(meeting.state).label.lower()


def explain_move_refusal(meeting: Meeting, to: MeetingState, today: date) -> str:
    """Why a meeting may not go to a state now; empty where it may."""
    if to not in NEXT_STATES[MeetingState(meeting.state)]:
        return f"A meeting that is {_say_state(meeting)} cannot become {to.label.lower()}."
    if to in (MeetingState.HELD, MeetingState.AGREED) and meeting.held_on > today:
        return "The day of the meeting has not come yet."
    return next((said for state, is_so, said in _list_obstacles(meeting) if state == to and is_so()), "")


def _list_obstacles(meeting: Meeting) -> tuple[tuple[MeetingState, Callable[[], bool], str], ...]:
    """What keeps a meeting from a state, asked only of the state that is wanted."""
    return (
        (MeetingState.AGENDA_OUT, lambda: not meeting.items.exists(), "The agenda has no items yet."),
        (MeetingState.HELD, lambda: not meeting.attendances.exists(), _NO_ATTENDANCE),
        (MeetingState.PLANNED, lambda: _has_outcomes(meeting), _TOOK_PLACE),
        (MeetingState.CANCELLED, lambda: _has_outcomes(meeting), _TOOK_PLACE),
    )


def _has_outcomes(meeting: Meeting) -> bool:
    return any(rows.exists() for rows in (meeting.decisions, meeting.actions, meeting.confirmed_decisions))


def check_may_decide(meeting: Meeting, inquorate_note: str) -> bool:
    """Whether a decision is taken without a quorum. Raises RefusedError where that is not known, or goes unsaid."""
    check_minutes_open(meeting)
    if not meeting.attendances.exists():
        raise RefusedError(_NO_ATTENDANCE)
    quorum = judge_quorum(meeting)
    if quorum.is_quorate is False and not inquorate_note.strip():
        raise RefusedError(
            f"{quorum.said} Say in the decision what that means for it, for instance who must confirm it and when."
        )
    return quorum.is_quorate is False


def check_attendance_fits_decisions(meeting: Meeting) -> None:
    """Raises RefusedError where who attended, or when, would not bear a decision or a confirmation."""
    unsaid, is_quorate = meeting.decisions.filter(inquorate_note=""), judge_quorum(meeting).is_quorate
    if is_quorate is False and unsaid.exists():
        raise RefusedError(
            "With these bodies the meeting was not quorate, and decisions are recorded that do not say so. Change those"
            " first: say in each what that means for it."
        )
    if not is_quorate and meeting.confirmed_decisions.exists():
        raise RefusedError(
            "Like this it cannot be said that the meeting was quorate, and it confirmed decisions of earlier ones."
            " Take those confirmations back first."
        )
    if (
        meeting.confirmed_decisions.filter(meeting__held_on__gte=meeting.held_on).exists()
        or meeting.decisions.filter(confirmed_at__held_on__lte=meeting.held_on).exists()
    ):
        raise RefusedError("A decision is confirmed by a later meeting: on this day it would not be later.")


def check_may_confirm(meeting: Meeting, decision: Decision | None = None) -> None:
    """Raises RefusedError where a meeting cannot confirm a decision; without one, where it can confirm none."""
    check_minutes_open(meeting)
    quorum = judge_quorum(meeting)
    if not quorum.is_quorate:
        raise RefusedError(f"{quorum.said} Only a quorate meeting confirms what was decided without a quorum.")
    if decision is None:
        return
    if decision.confirmed_at_id is not None:
        raise RefusedError("It was confirmed already.")
    if not decision.is_inquorate:
        raise RefusedError("It was taken with a quorum: there is nothing to confirm.")
    earlier = decision.meeting
    if earlier.held_on >= meeting.held_on or meeting.group_id not in (earlier.group_id, earlier.group.reports_to_id):
        raise RefusedError("Only a later meeting of the same group, or of the group that it reports to, confirms it.")


def is_late(action: MeetingAction, today: date) -> bool:
    return action.state == ActionState.OPEN and action.due_on < today


def check_may_sign(sign_off: SignOff) -> None:
    if sign_off.withdrawn_on is not None:
        raise RefusedError("This sign-off was withdrawn. Start another for the version that is to be signed.")
