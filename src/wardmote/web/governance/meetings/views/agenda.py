"""Agenda items, minutes of each, and papers."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase

from wardmote.web.foundation.files import answer_file
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.forms.meetings import ItemForm, MinuteForm, PaperForm
from wardmote.web.governance.meetings.models import AgendaItem, Meeting, Paper
from wardmote.web.governance.meetings.queries import get_meeting
from wardmote.web.governance.meetings.views.frame import (
    above_meeting,
    answer_form,
    answer_question,
    find_address,
    is_post,
    read_post,
)
from wardmote.web.partnerships.interface import PartnershipRequest, can, get_own, in_partnership


def find_back(request: PartnershipRequest, meeting: Meeting, part: str = "") -> str:
    """The meeting's page, at one of its parts."""
    return find_address(request, "show_meeting", meeting_id=meeting.pk) + (f"#{part}" if part else "")


def get_item(request: PartnershipRequest, meeting: Meeting, item_id: Any) -> AgendaItem:
    """An item of this very meeting, or 404."""
    item = get_own(AgendaItem.objects.filter(meeting=meeting), request, id=item_id)
    item.meeting = meeting
    return item


@in_partnership("governance.write_meetings")
def add_item(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Add an item to the agenda."""
    meeting = get_meeting(request, meeting_id)
    form = ItemForm(read_post(request))
    return answer_form(
        request, form, lambda told: actions.add_item(meeting=meeting, fields=told, by=request.user),
        title="Add an item", back=find_back(request, meeting, "agenda"), said="The item is on the agenda.",
        above=above_meeting(request, meeting),
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def change_item(request: PartnershipRequest, meeting_id: Any, agenda_item_id: Any) -> HttpResponse:
    """Change what the agenda says of an item."""
    meeting = get_meeting(request, meeting_id)
    item = get_item(request, meeting, agenda_item_id)
    return answer_form(
        request, ItemForm(read_post(request), item=item),
        lambda told: actions.change_item(item=item, fields=told, by=request.user),
        title=f"Change item {item.number}", back=find_back(request, meeting, "agenda"), said="The item is changed.",
        above=above_meeting(request, meeting), watched=True,
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def remove_item(request: PartnershipRequest, meeting_id: Any, agenda_item_id: Any) -> HttpResponse:
    """Take an item off the agenda, after asking."""
    meeting = get_meeting(request, meeting_id)
    item = get_item(request, meeting, agenda_item_id)
    return answer_question(
        request, lambda: actions.remove_item(item=item, by=request.user), title="Take this item off the agenda?",
        back=find_back(request, meeting, "agenda"), said="The item is off the agenda.", submit_text="Yes, take it off",
        consequences=[f"“{item.title}” leaves the agenda.", "The items after it move up."],
        above=above_meeting(request, meeting), danger=True,
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def write_minute(request: PartnershipRequest, meeting_id: Any, agenda_item_id: Any) -> HttpResponse:
    """Write down what was said about an item."""
    meeting = get_meeting(request, meeting_id)
    item = get_item(request, meeting, agenda_item_id)
    return answer_form(
        request, MinuteForm(read_post(request), item=item),
        lambda told: actions.write_minute(item=item, minute=told["minute"], by=request.user),
        title=f"Minutes: {item.number}. {item.title}", back=find_back(request, meeting, "agenda"),
        said="The minutes of the item are saved.", above=above_meeting(request, meeting), watched=True,
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def put_exceptions(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Put the newest quarter's exceptions on the agenda, after asking."""
    meeting = get_meeting(request, meeting_id)
    return answer_question(
        request, lambda: actions.put_exceptions(meeting=meeting, by=request.user),
        title="Put the quarter’s exceptions on the agenda?", back=find_back(request, meeting, "agenda"),
        said="The exceptions are on the agenda.", submit_text="Put them on the agenda",
        consequences=[
            "The exceptions of the newest quarter are copied as they stand now.",
            "Where they are on the agenda already, they are brought up to date.",
        ],
        above=above_meeting(request, meeting),
    )  # fmt: skip


@in_partnership("governance.write_meetings")
def attach_paper(request: PartnershipRequest, meeting_id: Any) -> HttpResponse:
    """Attach a paper, or link a document that was made here."""
    meeting = get_meeting(request, meeting_id)
    form = PaperForm(meeting, read_post(request), request.FILES if is_post(request) else None)
    return answer_form(
        request, form, lambda _: actions.attach_paper(meeting=meeting, by=request.user, **form.read_paper()),
        title="Add a paper", back=find_back(request, meeting, "papers"), said="The paper is added.",
        above=above_meeting(request, meeting),
    )  # fmt: skip


def get_paper(request: PartnershipRequest, meeting: Meeting, paper_id: Any) -> Paper:
    """A paper of this very meeting that the person may read, or 404."""
    rows = Paper.objects.filter(meeting=meeting, removed_at=None).select_related("file", "item", "meeting")
    paper = get_own(rows, request, id=paper_id)
    hangs_on = paper.item if paper.item is not None else paper
    if not all(can(request.user, "governance.view_meeting", one) for one in (paper, hangs_on)):
        raise Http404
    return paper


@in_partnership("governance.view_meetings")
def download_meeting_paper(request: PartnershipRequest, meeting_id: Any, meeting_paper_id: Any) -> HttpResponseBase:
    """A paper as a file."""
    return answer_file(get_paper(request, get_meeting(request, meeting_id), meeting_paper_id).file)


@in_partnership("governance.write_meetings")
def remove_paper(request: PartnershipRequest, meeting_id: Any, meeting_paper_id: Any) -> HttpResponse:
    """Take a paper off the meeting, after asking."""
    meeting = get_meeting(request, meeting_id)
    paper = get_paper(request, meeting, meeting_paper_id)
    return answer_question(
        request, lambda: actions.remove_paper(paper=paper, by=request.user), title="Take this paper off the meeting?",
        back=find_back(request, meeting, "papers"), said="The paper is taken off.", submit_text="Yes, take it off",
        consequences=[f"“{paper.title}” is no longer shown with the meeting. The file itself is kept."],
        above=above_meeting(request, meeting), danger=True,
    )  # fmt: skip
