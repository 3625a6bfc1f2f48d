"""One of everything that an address of the meetings can name, open to readers as far as a page may be."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from support.web.world import TODAY, World
from wardmote.web.foundation.clock import read_today
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.actions.outcomes import Attended
from wardmote.web.governance.meetings.models import Group, Meeting
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.states import Role

WORDS = {"what": "agenda"}
OWN_WORDS = {
    ("move_meeting", "to"): "agreed", ("download_meeting_document", "form"): "html",
}  # fmt: skip
#: The action here is of the police, who contribute for nobody else.
ASK_MORE = {"update_meeting_action": {Role.COORDINATOR, Role.CONTRIBUTOR}}


def make_group(world: World, **fields: Any) -> Group:
    """A group that meets every quarter, with two standing items."""
    told = {"name": "Executive", "kind": "strategy", "standing_items": ["Minutes", "Performance"], **fields}
    return actions.add_group(partnership=world.partnership, fields=told, by=world.people[Role.COORDINATOR])


def make_meeting(world: World, group: Group, held_on: date | None = None, **fields: Any) -> Meeting:
    """A planned meeting of a group."""
    told = {"held_on": held_on or read_today(), "place": "Town hall", **fields}
    return actions.plan_meetings(group=group, fields=told, by=world.people[Role.COORDINATOR])[0]


def send_agenda(world: World, meeting: Meeting) -> None:
    actions.move_meeting(meeting=meeting, to=MeetingState.AGENDA_OUT, by=world.people[Role.COORDINATOR])


def attend(world: World, meeting: Meeting, *bodies: Any, presence: str = "present") -> None:
    rows = [Attended(body, presence, "Ada Ash", "Superintendent") for body in bodies]
    actions.record_attendance(meeting=meeting, rows=rows, by=world.people[Role.COORDINATOR])


def make_pdf(name: str = "paper.pdf", words: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4\n" + words + b"\n%%EOF")


def make_objects(world: World) -> dict[str, Any]:
    by = world.people[Role.COORDINATOR]
    words = world.partnership.slug.encode()
    group = make_group(world)
    actions.set_quorum(group=group, valid_from=date(2026, 4, 1), least_count=2, bodies=[world.police], source="", by=by)
    meeting = make_meeting(world, group, TODAY - timedelta(days=3), is_open=True)
    send_agenda(world, meeting)
    attend(world, meeting, world.police, world.council)
    actions.move_meeting(meeting=meeting, to=MeetingState.HELD, by=by)
    item = actions.add_item(meeting=meeting, fields={"title": "Alley lights"}, by=by)
    paper = actions.attach_paper(meeting=meeting, title="Lights", by=by, upload=make_pdf(words=words))
    public = actions.add_public_meeting(
        partnership=world.partnership, fields={"title": "Ask us", "held_on": TODAY}, by=by
    )
    return {
        "group": group, "meeting": meeting, "agenda_item": item, "meeting_paper": paper, "public_meeting": public,
        "decision": actions.record_decision(meeting=meeting, fields={"text": "Light the alley."}, by=by),
        "meeting_action": actions.add_action(
            meeting=meeting, fields={"text": "Price it", "owner": world.police, "due_on": TODAY}, by=by
        ),
        "public_question": actions.add_question(meeting=public, fields={"question": "When?"}, by=by),
        **_make_sign_off(world, words),
    }  # fmt: skip


def _make_sign_off(world: World, words: bytes) -> dict[str, Any]:
    by = world.people[Role.COORDINATOR]
    sign_off = actions.start_sign_off(
        partnership=world.partnership, by=by, upload=make_pdf("plan.pdf", words),
        fields={"kind": "plan", "about": world.plan.pk, "title": world.plan.title, "version": "version 1",
                "as_of": TODAY},
    )  # fmt: skip
    fields = {"name": "Ada Ash", "post": "Chief constable", "signed_on": TODAY, "minute": "Minute 4"}
    signature = actions.record_signature(
        sign_off=sign_off, organisation=world.police, fields=fields, by=by, upload=make_pdf("signed.pdf", words)
    )
    stamp = actions.stamp_sent(sign_off=sign_off, fields={"to_whom": "Commissioner", "sent_on": TODAY}, by=by)
    return {"sign_off": sign_off, "signature": signature, "sent_stamp": stamp}
