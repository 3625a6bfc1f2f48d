"""The papers of a meeting: files that are attached, and documents that wardmote made."""

from typing import TYPE_CHECKING, Any

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.files import store_file
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.meetings.actions.holding import hold
from wardmote.web.governance.meetings.models import AgendaItem, Meeting, Paper
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.interface import Person

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from wardmote.web.foundation.models import StoredFile


def attach_paper(
    *,
    meeting: Meeting,
    title: str,
    by: Person,
    upload: "UploadedFile[Any] | None" = None,
    issued: "StoredFile | None" = None,
    item: AgendaItem | None = None,
    is_confidential: bool = False,
) -> Paper:
    """Add a paper: an upload, or a document that wardmote has made. Raises ValidationError for a file of no kind."""
    with writing(by=by, verb="meetings.paper_added", partnership=meeting.partnership) as write:
        hold(meeting)
        if meeting.state == MeetingState.CANCELLED:
            raise RefusedError("The meeting is cancelled.")
        file = issued if issued is not None else _store(upload, by, meeting)
        paper = Paper.objects.create(
            partnership=meeting.partnership, meeting=meeting, item=item, title=title or file.name, file=file,
            is_issued=issued is not None, is_confidential=is_confidential, added_at=read_now(),
        )  # fmt: skip
        write.subject = paper
    return paper


def _store(upload: "UploadedFile[Any] | None", by: Person, meeting: Meeting) -> "StoredFile":
    if upload is None:
        raise RefusedError("Attach a file, or choose a document.")
    return store_file(upload, by=by, partnership=meeting.partnership)


def remove_paper(*, paper: Paper, by: Person) -> None:
    """Take a paper off the meeting. The file is kept, because the trail names it."""
    with writing(by=by, verb="meetings.paper_removed", partnership=paper.partnership, subject=paper):
        hold(paper.meeting, paper)
        if paper.meeting.state == MeetingState.AGREED:
            raise RefusedError("The minutes are agreed. Their papers stay.")
        paper.removed_at = read_now()
        paper.save()
