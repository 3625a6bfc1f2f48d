"""What came of a meeting: attendance, decisions, actions."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.forms.meetings import (
    ActionForm,
    AttendanceForm,
    ConfirmForm,
    DecisionForm,
    UpdateForm,
)
from wardmote.web.governance.meetings.models import Attendance, Decision, Meeting, MeetingAction
from wardmote.web.governance.meetings.policies import check_may_confirm, check_may_decide, check_minutes_open
from wardmote.web.governance.meetings.presenters import describe_action
from wardmote.web.governance.meetings.queries import get_meeting, list_actions, list_confirmable, list_own_actions
from wardmote.web.governance.meetings.quorum import find_quorum_rule, judge_quorum, list_seated, say_rule
from wardmote.web.governance.meetings.states import ActionState
from wardmote.web.governance.meetings.views.agenda import find_back
from wardmote.web.governance.meetings.views.frame import (
    above_meeting,
    answer_form,
    answer_question,
    describe_page,
    find_address,
    read_post,
    refuse,
)
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, get_own, in_partnership


@in_partnership("governance.write_meetings")
def record_attendance(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Which bodies were there, and who sat for each."""
    meeting, back = get_meeting(request, meeting_id), ""
    back = find_back(request, meeting, "attendance")
    try:
        check_minutes_open(meeting)
    except RefusedError as refused:
        return refuse(request, str(refused), back)
    known = {row.organisation_id: row for row in meeting.attendances.select_related("organisation")}
    bodies = list_seated(meeting.partnership, meeting.held_on)
    seated = {body.pk for body, _ in bodies}
    bodies += [(row.organisation, "Recorded before") for key, row in known.items() if key not in seated]
    form = AttendanceForm(meeting, bodies, read_post(request), known=known, before=_read_last(meeting))
    rule = find_quorum_rule(meeting.group, meeting.held_on)

    def save(told: Any) -> None:
        actions.record_attendance(
            meeting=meeting, rows=form.read_rows(), others_present=told["others_present"], by=request.user
        )

    return answer_form(
        request, form, save, title="Who attended", back=back, said="Who attended is recorded.",
        above=above_meeting(request, meeting), template="governance/meetings/attendance.html", watched=True,
        rule=f"Quorum: {say_rule(rule)}." if rule else "No quorum rule is set for the group on this day.",
    )  # fmt: skip


def _read_last(meeting: Meeting) -> dict[Any, Attendance]:
    """Who sat for each body at the group's meeting before: they usually sit again."""
    rows = Attendance.objects.filter(
        partnership=meeting.partnership, meeting__group=meeting.group, meeting__held_on__lt=meeting.held_on
    )
    return {row.organisation_id: row for row in rows.order_by("meeting__held_on")}


@in_partnership("governance.write_meetings")
def record_decision(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Write down a decision."""
    meeting = get_meeting(request, meeting_id)
    back = find_back(request, meeting, "decisions")
    try:
        check_may_decide(meeting, "asked below")
    except RefusedError as refused:
        return refuse(request, str(refused), back)
    quorum = judge_quorum(meeting)
    form = DecisionForm(meeting, read_post(request), is_inquorate=quorum.is_quorate is False)
    return answer_form(
        request, form, lambda told: actions.record_decision(meeting=meeting, fields=told, by=request.user),
        title="Record a decision", back=back, said="The decision is recorded.", above=above_meeting(request, meeting),
        intro=quorum.said,
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def change_decision(request: PartnershipRequest, meeting_id: Any, decision_id: Any) -> HttpResponse:
    """Change a decision while the minutes are not agreed."""
    meeting = get_meeting(request, meeting_id)
    decision = get_own(Decision.objects.filter(meeting=meeting), request, id=decision_id)
    decision.meeting = meeting
    back = find_back(request, meeting, "decisions")
    try:
        check_minutes_open(meeting)
    except RefusedError as refused:
        return refuse(request, str(refused), back)
    quorum = judge_quorum(meeting)
    form = DecisionForm(meeting, read_post(request), decision=decision, is_inquorate=quorum.is_quorate is False)
    return answer_form(
        request, form, lambda told: actions.change_decision(decision=decision, fields=told, by=request.user),
        title=f"Change decision {decision.label}", back=back, said="The decision is changed.",
        above=above_meeting(request, meeting), intro=quorum.said, watched=True,
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def confirm_decision(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Let this meeting confirm what an earlier one decided without a quorum."""
    meeting = get_meeting(request, meeting_id)
    back, decisions = find_back(request, meeting, "decisions"), list(list_confirmable(meeting))
    try:
        check_may_confirm(meeting)
    except RefusedError as refused:
        return refuse(request, str(refused), back)
    if not decisions:
        return refuse(request, "No earlier decision waits to be confirmed.", back)
    return answer_form(
        request, ConfirmForm(decisions, read_post(request)),
        lambda told: actions.confirm_decision(meeting=meeting, decision=told["decision"], by=request.user),
        title="Confirm a decision taken without a quorum", back=back, said="It is confirmed, and both meetings say so.",
        above=above_meeting(request, meeting), intro=judge_quorum(meeting).said,
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def take_back_confirmation(request: PartnershipRequest, meeting_id: Any, decision_id: Any) -> HttpResponse:
    """Take a confirmation back, after asking."""
    meeting = get_meeting(request, meeting_id)
    decision = get_own(Decision.objects.select_related("meeting__group", "partnership"), request, id=decision_id)
    back = find_back(request, meeting, "decisions")
    if decision.confirmed_at_id != meeting.pk:
        return refuse(request, "This meeting did not confirm that decision.", back)
    return answer_question(
        request,
        lambda: actions.take_back_confirmation(meeting=meeting, decision=decision, by=request.user),
        title=f"Take back that decision {decision.label} was confirmed?", back=back, said="It is taken back.",
        above=above_meeting(request, meeting), submit_text="Take it back",
        consequences=["The decision stands as taken without a quorum, and another meeting can confirm it."],
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def add_meeting_action(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Write down what somebody took away to do."""
    meeting = get_meeting(request, meeting_id)
    back = find_back(request, meeting, "actions")
    try:
        check_minutes_open(meeting)
    except RefusedError as refused:
        return refuse(request, str(refused), back)
    return answer_form(
        request, ActionForm(meeting, read_post(request)),
        lambda told: actions.add_action(meeting=meeting, fields=told, by=request.user), title="Add an action",
        back=back, said="The action is added.", above=above_meeting(request, meeting),
        intro="It comes back to each next meeting of the group until it is done.",
    )  # fmt: skip


# ---- actions of all meetings ----------------------------------------------------------------------------------------


@in_partnership("governance.view_meeting_actions")
def list_meeting_actions(request: PartnershipRequest) -> HttpResponse:
    """The open actions of all groups, overdue first, and those that were done last."""
    today, rows = read_today(), list_actions(request)
    is_open = rows.filter(state=ActionState.OPEN)
    shown = list_own_actions(request) if request.GET.get("whose") == "mine" else is_open
    closed = rows.exclude(state=ActionState.OPEN).order_by("-closed_on")[:30]
    facts = describe_page(request, title="Actions from meetings", here="meeting_actions") | {
        "rows": [describe_action(one, today) for one in shown.order_by("due_on", "number")],
        "closed": [describe_action(one, today) for one in closed], "is_mine": request.GET.get("whose") == "mine",
        "late_count": is_open.filter(due_on__lt=today).count(), "open_count": is_open.count(),
        "may_update": {one.pk for one in is_open if can(request.user, "governance.update_meeting_action", one)},
    }  # fmt: skip
    return render(request, "governance/meetings/actions.html", facts)


@in_partnership("governance.update_meeting_action")
def update_meeting_action(request: PartnershipRequest, meeting_action_id: Any) -> HttpResponse:
    """Say how far an action has come."""
    rows = MeetingAction.objects.select_related("meeting", "meeting__group", "owner", "person", "partnership", "item")
    action = get_own(rows, request, id=meeting_action_id)
    check_may(request, "governance.update_meeting_action", action)
    if not can(request.user, "governance.view_meeting", action):
        raise Http404
    form = UpdateForm(read_post(request), initial={"state": action.state})
    return answer_form(
        request, form,
        lambda told: actions.update_action(
            action=action, state=ActionState(told["state"]), text=told["text"], by=request.user
        ),
        title="Bring the action up to date", back=find_address(request, "meeting_actions"),
        said="The action is up to date.", template="governance/meetings/update_action.html",
        above=(("Actions", find_address(request, "meeting_actions")),), one=describe_action(action, read_today()),
    )  # fmt: skip
