"""Public meetings: what is recorded of each, and the questions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from wardmote.web.foundation.clock import read_today
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.forms.public import PublicMeetingForm, QuestionForm
from wardmote.web.governance.meetings.models import PublicMeeting, PublicQuestion
from wardmote.web.governance.meetings.presenters import describe_public_standing
from wardmote.web.governance.meetings.queries import list_public_meetings
from wardmote.web.governance.meetings.views.frame import answer_form, describe_page, find_address, read_post
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership


@in_partnership("governance.view_meetings")
def list_public(request: PartnershipRequest) -> HttpResponse:
    """The public meetings, and whether the year's has been held."""
    facts = describe_page(request, title="Public meetings", here="public_meetings") | {
        "rows": list_public_meetings(request.partnership),
        "public": describe_public_standing(request.partnership, read_today()),
    }
    return render(request, "governance/meetings/public_meetings.html", facts)


@in_partnership("governance.view_meetings")
def show_public_meeting(request: PartnershipRequest, public_meeting_id: Any) -> HttpResponse:
    """One public meeting, with what was asked and answered."""
    meeting = get_own(PublicMeeting.objects.all(), request, id=public_meeting_id)
    facts = describe_page(request, title=meeting.title, above=_above(request)) | {
        "meeting": meeting, "questions": meeting.questions.order_by("number"), "today": read_today(),
    }  # fmt: skip
    return render(request, "governance/meetings/public_meeting.html", facts)


def _above(request: PartnershipRequest, meeting: PublicMeeting | None = None) -> tuple[tuple[str, str], ...]:
    above = (("Public meetings", find_address(request, "public_meetings")),)
    if meeting is None:
        return above
    return (*above, (meeting.title, find_address(request, "show_public_meeting", public_meeting_id=meeting.pk)))


@in_partnership("governance.write_meetings")
def add_public_meeting(request: PartnershipRequest) -> HttpResponse:
    """Plan a public meeting, or record one that was held."""
    return answer_form(
        request, PublicMeetingForm(read_post(request)),
        lambda told: actions.add_public_meeting(partnership=request.partnership, fields=told, by=request.user),
        title="Add a public meeting", back=find_address(request, "public_meetings"),
        said="The public meeting is added.", above=_above(request),
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def change_public_meeting(request: PartnershipRequest, public_meeting_id: Any) -> HttpResponse:
    """Change what is recorded of a public meeting."""
    meeting = get_own(PublicMeeting.objects.all(), request, id=public_meeting_id)
    return answer_form(
        request, PublicMeetingForm(read_post(request), meeting=meeting),
        lambda told: actions.change_public_meeting(meeting=meeting, fields=told, by=request.user),
        title="Change the public meeting", said="The public meeting is changed.", watched=True,
        back=find_address(request, "show_public_meeting", public_meeting_id=meeting.pk),
        above=_above(request, meeting),
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def add_question(request: PartnershipRequest, public_meeting_id: Any) -> HttpResponse:
    """Write down what was asked."""
    meeting = get_own(PublicMeeting.objects.all(), request, id=public_meeting_id)
    return answer_form(
        request, QuestionForm(read_post(request)),
        lambda told: actions.add_question(meeting=meeting, fields=told, by=request.user), title="Add a question",
        said="The question is added.", above=_above(request, meeting),
        back=find_address(request, "show_public_meeting", public_meeting_id=meeting.pk),
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def change_question(request: PartnershipRequest, public_meeting_id: Any, public_question_id: Any) -> HttpResponse:
    """Change a question, or give its answer."""
    meeting = get_own(PublicMeeting.objects.all(), request, id=public_meeting_id)
    question = get_own(PublicQuestion.objects.filter(meeting=meeting), request, id=public_question_id)
    return answer_form(
        request, QuestionForm(read_post(request), question=question),
        lambda told: actions.change_question(question=question, fields=told, by=request.user),
        title=f"Change question {question.number}", said="The question is changed.", watched=True,
        back=find_address(request, "show_public_meeting", public_meeting_id=meeting.pk),
        above=_above(request, meeting),
    )  # fmt: skip
