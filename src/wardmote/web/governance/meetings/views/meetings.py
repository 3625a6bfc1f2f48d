"""Meetings: the list, one meeting, planning and moving it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.forms.meetings import MeetingForm, MoveForm
from wardmote.web.governance.meetings.models import Group, Meeting
from wardmote.web.governance.meetings.policies import can_change_agenda, can_write_minutes, explain_move_refusal
from wardmote.web.governance.meetings.presenters import STATE_COLOURS, describe_action, describe_public_standing
from wardmote.web.governance.meetings.queries import (
    get_meeting,
    list_confirmable,
    list_own_actions,
    list_seen_meetings,
    read_meeting,
)
from wardmote.web.governance.meetings.quorum import judge_quorum
from wardmote.web.governance.meetings.states import NEXT_STATES, MeetingState
from wardmote.web.governance.meetings.views.frame import (
    above_meeting,
    answer_form,
    answer_question,
    describe_page,
    find_address,
    read_post,
    refuse,
)
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, in_partnership

#: What a move is called on its button, what it means, and which box its page has.
MOVES = {
    MeetingState.AGENDA_OUT: ("Send the agenda out", "Who may read the meeting sees its agenda and papers.", ""),
    MeetingState.PLANNED: ("Take the agenda back", "It can be changed, and readers no longer see it.", ""),
    MeetingState.HELD: ("The meeting was held", "Its minutes are in draft until they are agreed.", ""),
    MeetingState.AGREED: (
        "Agree the minutes", "Nothing of the meeting can be changed afterwards; readers may see it.", "agreed_at",
    ),
    MeetingState.CANCELLED: ("Cancel the meeting", "It stays on the list with the reason.", "reason"),
}  # fmt: skip


@in_partnership("governance.view_meetings")
def list_meetings(request: PartnershipRequest) -> HttpResponse:
    """The meetings to come and those that were, and what waits."""
    today, seen = read_today(), list_seen_meetings(request)
    own = list_own_actions(request)
    facts = describe_page(request, title="Meetings", here="meetings") | {
        "coming": [_describe(meeting) for meeting in seen.filter(held_on__gte=today)],
        "past": [_describe(meeting) for meeting in seen.filter(held_on__lt=today).reverse()],
        "own_actions": [describe_action(action, today) for action in own],
        "public": describe_public_standing(request.partnership, today),
    }  # fmt: skip
    return render(request, "governance/meetings/meetings.html", facts)


def _describe(meeting: Meeting) -> dict[str, Any]:
    state = MeetingState(meeting.state)
    return {"meeting": meeting, "state": state.label, "colour": STATE_COLOURS[state]}


@in_partnership("governance.view_meetings")
def show_meeting(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """One meeting: agenda, papers, who attended, decisions and actions, as far as the person may read them."""
    meeting, today = get_meeting(request, meeting_id), read_today()
    seen = read_meeting(request, meeting)
    quorum = judge_quorum(meeting) if seen.reads_minutes else None
    facts = describe_page(request, title=str(meeting)) | _describe(meeting) | {
        "seen": seen, "quorum": quorum, "today": today,
        "can_change": can_change_agenda(meeting), "can_minute": can_write_minutes(meeting),
        "may_confirm": can_write_minutes(meeting) and list_confirmable(meeting).exists(),
        "moves": _list_moves(request, meeting), "actions": [describe_action(one, today) for one in seen.actions],
        "carried_over": [describe_action(one, today) for one in seen.carried_over],
        "may_update": {
            one.pk for one in (*seen.actions, *seen.carried_over)
            if can(request.user, "governance.update_meeting_action", one)
        },
    }  # fmt: skip
    return render(request, "governance/meetings/meeting.html", facts)


def _list_moves(request: PartnershipRequest, meeting: Meeting) -> list[dict[str, str]]:
    """Where the person may take the meeting, each with what is in the way."""
    today = read_today()
    return [
        {"to": to.value, "text": MOVES[to][0], "refusal": explain_move_refusal(meeting, to, today)}
        for to in NEXT_STATES[MeetingState(meeting.state)]
        if can(request.user, find_ability(to), meeting)
    ]


@in_partnership("governance.write_meetings")
def plan_meeting(request: PartnershipRequest) -> HttpResponse:
    """Plan a meeting of a group, or several."""
    asked = request.GET.get("group", "")
    group = next((one for one in Group.objects.filter(partnership=request.partnership) if str(one.pk) == asked), None)
    form = MeetingForm(request.partnership, read_post(request), group=group)

    def save(told: Any) -> None:
        fields = {name: value for name, value in told.items() if name not in ("group", "meetings_count")}
        actions.plan_meetings(
            group=told["group"], fields=fields, by=request.user, meetings_count=told["meetings_count"]
        )

    return answer_form(
        request, form, save, title="Plan a meeting", back=find_address(request, "meetings"),
        said="It is planned, with its standing items.",
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def change_meeting(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Change when and where, and who may read it."""
    meeting = get_meeting(request, meeting_id)
    form = MeetingForm(request.partnership, read_post(request), meeting=meeting)
    return answer_form(
        request, form, lambda told: actions.change_meeting(meeting=meeting, fields=told, by=request.user),
        title="Change the meeting", back=find_address(request, "show_meeting", meeting_id=meeting.pk),
        said="The meeting is changed.", above=above_meeting(request, meeting), watched=True,
    )  # fmt: skip


@in_partnership("governance.move_meetings")
def move_meeting(request: PartnershipRequest, meeting_id: Any, to: str) -> HttpResponse:
    """Take the meeting to its next state, after asking. The chair agrees minutes; all else is the coordinator's."""
    meeting = get_meeting(request, meeting_id)
    if to not in {state.value for state in MOVES}:
        raise Http404
    check_may(request, find_ability(MeetingState(to)), meeting)
    state, back = MeetingState(to), find_address(request, "show_meeting", meeting_id=meeting.pk)
    refusal = explain_move_refusal(meeting, state, read_today())
    if refusal:
        return refuse(request, refusal, back)
    text, meaning, asks = MOVES[state]
    frame: dict[str, Any] = {
        "title": f"{text}?", "back": back, "said": f"The meeting is now: {state.label.lower()}.",
        "above": above_meeting(request, meeting), "submit_text": text,
    }  # fmt: skip
    if not asks:
        return answer_question(
            request, lambda: actions.move_meeting(meeting=meeting, to=state, by=request.user), consequences=[meaning],
            **frame,
        )  # fmt: skip
    form = MoveForm(meeting, read_post(request), asks=asks)
    danger = state == MeetingState.CANCELLED
    return answer_form(
        request, form, lambda told: actions.move_meeting(meeting=meeting, to=state, by=request.user, **told),
        intro=_say_agreeing(meeting) if state == MeetingState.AGREED else meaning, danger=danger, **frame,
    )  # fmt: skip


def find_ability(to: MeetingState) -> str:
    """What somebody must be able to do to take a meeting to a state."""
    return "governance.move_meetings" if to == MeetingState.AGREED else "governance.write_meetings"


def _say_agreeing(meeting: Meeting) -> str:
    """What agreeing the minutes fixes."""
    return f"{judge_quorum(meeting).said} {MOVES[MeetingState.AGREED][1]}"
