"""Agenda and minutes: as a page fit for print, and as a document."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wardmote.evidence.interface import write_paper
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.file_kinds import KINDS
from wardmote.web.foundation.files import clean_name
from wardmote.web.governance.marking import mark_paper
from wardmote.web.governance.meetings.papers import WrittenPaper, build_agenda, build_minutes
from wardmote.web.governance.meetings.queries import get_meeting, read_meeting
from wardmote.web.governance.meetings.views.frame import above_meeting, describe_page
from wardmote.web.governance.meetings.year import list_months
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership

_FORMS = {"pdf": KINDS["pdf"], "docx": KINDS["docx"], "odt": KINDS["odt"], "html": "text/html; charset=utf-8"}


def read_paper(request: PartnershipRequest, meeting_id: Any, what: str) -> WrittenPaper:
    """The agenda or the minutes of a meeting as the person may read them, or 404."""
    meeting = get_meeting(request, meeting_id)
    seen = read_meeting(request, meeting)
    if what == "agenda":
        return build_agenda(seen)
    if what != "minutes" or not seen.reads_minutes:
        raise Http404
    return build_minutes(seen)


@in_partnership("governance.view_meetings")
def show_meeting_paper(request: PartnershipRequest, meeting_id: Any, what: str) -> HttpResponse:
    """Agenda or minutes as a page that can be printed."""
    paper = read_paper(request, meeting_id, what)
    facts = describe_page(request, title=paper.title, above=above_meeting(request, get_meeting(request, meeting_id)))
    facts |= {"paper": paper, "meeting_id": meeting_id, "what": what, "forms": list(_FORMS)}
    return render(request, "governance/meetings/paper.html", facts)


@in_partnership("governance.view_meetings")
def download_meeting_document(request: PartnershipRequest, meeting_id: Any, what: str, form: str) -> HttpResponse:
    """Agenda or minutes as a document."""
    if form not in _FORMS:
        raise Http404
    paper = read_paper(request, meeting_id, what)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"paper.{form}"
        write_paper(
            paper.title, paper.parts, [path], as_at=paper.day, publisher=request.partnership.name,
            subtitle=paper.subtitle, audience=paper.audience,
            marking=mark_paper(request.partnership, paper.marking),
        )  # fmt: skip
        response = HttpResponse(path.read_bytes(), content_type=_FORMS[form])
    name = clean_name(f"{paper.title} {paper.day.isoformat()}.{form}")
    response.headers["Content-Disposition"] = f'attachment; filename="{name.encode("ascii", "replace").decode()}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@in_partnership("governance.view_meetings")
def show_year(request: PartnershipRequest) -> HttpResponse:
    """Which meeting, approval and return falls when in the next twelve months."""
    today = read_today()
    facts = describe_page(request, title="The year ahead", here="meeting_year") | {
        "months": list_months(request, today), "today": today
    }  # fmt: skip
    return render(request, "governance/meetings/year.html", facts)
