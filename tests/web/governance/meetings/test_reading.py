"""Who reads what: open meetings, confidential items, names, and the papers made of them."""

from datetime import timedelta
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

import pytest

from support.web.objects_meetings import attend, make_group, make_meeting, make_pdf, send_agenda
from support.web.world import TODAY, World, make_world
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.models import Meeting
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db
INSIDE = {Role.ADMINISTRATOR, Role.COORDINATOR, Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE}
ROOT = "/p/ashmere/governance/meetings/"


def make_full_meeting(world: World, *, is_open: bool, to: MeetingState) -> Meeting:
    """A meeting with an open and a confidential item, papers, decisions and actions on both."""
    by = world.people[Role.COORDINATOR]
    meeting = make_meeting(world, make_group(world), TODAY - timedelta(days=30), is_open=is_open, online="room 4711")
    secret = actions.add_item(meeting=meeting, fields={"title": "A family in danger", "is_confidential": True}, by=by)
    actions.attach_paper(meeting=meeting, title="Open paper", upload=make_pdf(), by=by)
    actions.attach_paper(meeting=meeting, title="Secret paper", upload=make_pdf(), item=secret, by=by)
    if to == MeetingState.PLANNED:
        return meeting
    send_agenda(world, meeting)
    attend(world, meeting, world.police, world.council)
    actions.record_decision(meeting=meeting, fields={"text": "Lights for all."}, by=by)
    actions.record_decision(meeting=meeting, fields={"text": "Move them tonight.", "item": secret}, by=by)
    told = {"owner": world.council, "due_on": TODAY, "is_confidential": True}
    actions.add_action(meeting=meeting, fields={"text": "Find a safe house"} | told, by=by)
    if to == MeetingState.AGREED:
        actions.move_meeting(meeting=meeting, to=MeetingState.HELD, by=by)
        actions.move_meeting(meeting=meeting, to=MeetingState.AGREED, by=by)
    return meeting


SECRETS = ("A family in danger", "Secret paper", "Move them tonight.", "Find a safe house")


def test_confidential_words_reach_who_runs_the_partnership_alone() -> None:
    world = make_world()
    meeting = make_full_meeting(world, is_open=True, to=MeetingState.AGREED)
    for role, path in product(Role, ("", "paper/minutes/", "paper/agenda/")):
        response = world.sign_in(role).get(f"{ROOT}{meeting.pk}/{path}")
        text, is_reader = response.content.decode(), role in (Role.SCRUTINY, Role.READER)
        assert response.status_code == 200
        found = {word for word in SECRETS if word in text}
        assert bool(found) is (role in INSIDE), (role, path, found)
        assert ("Ada Ash" in text) is (not is_reader and "agenda" not in path), (role, path)
        assert "room 4711" not in text or not is_reader, (role, path)


@pytest.mark.parametrize("state", [MeetingState.PLANNED, MeetingState.AGENDA_OUT, MeetingState.AGREED])
@pytest.mark.parametrize("is_open", [True, False])
def test_readers_see_open_meetings_once_the_agenda_is_out(*, state: MeetingState, is_open: bool) -> None:
    world = make_world()
    meeting = make_full_meeting(world, is_open=is_open, to=state)
    client, seen = world.sign_in(Role.SCRUTINY), is_open and state != MeetingState.PLANNED
    address = f"{ROOT}{meeting.pk}/"
    assert (client.get(address).status_code == 200) is seen
    assert (address in client.get(ROOT).content.decode()) is seen
    assert (client.get(address + "paper/minutes/").status_code == 200) is (seen and state == MeetingState.AGREED)
    if seen:
        assert ("Lights for all." in client.get(address).content.decode()) is (state == MeetingState.AGREED)


def test_secret_paper_is_no_paper_for_a_contributor() -> None:
    world = make_world()
    meeting = make_full_meeting(world, is_open=True, to=MeetingState.AGREED)
    keys = {paper.title: paper.pk for paper in meeting.papers.all()}
    for role, title, status in (
        (Role.CONTRIBUTOR, "Open paper", 200), (Role.CONTRIBUTOR, "Secret paper", 404),
        (Role.READER, "Secret paper", 404), (Role.CHAIR, "Secret paper", 200),
    ):  # fmt: skip
        answer = world.sign_in(role).get(f"{ROOT}{meeting.pk}/papers/{keys[title]}/")
        assert answer.status_code == status, (role, title)


def test_owner_sees_their_own_confidential_action_alone() -> None:
    world = make_world()
    by = world.people[Role.COORDINATOR]
    meeting = make_full_meeting(world, is_open=False, to=MeetingState.AGENDA_OUT)
    told = {"text": "Watch the door", "owner": world.police, "due_on": TODAY, "is_confidential": True}
    own = actions.add_action(meeting=meeting, fields=told, by=by)
    client = world.sign_in(Role.CONTRIBUTOR)  # of the police
    text = client.get(f"{ROOT}actions/").content.decode()
    assert "Watch the door" in text
    assert "Find a safe house" not in text
    assert client.get(f"{ROOT}actions/{own.pk}/").status_code == 200
    other = meeting.actions.get(text="Find a safe house")
    assert client.get(f"{ROOT}actions/{other.pk}/").status_code in (403, 404)


def read_words(content: bytes, form: str) -> str:
    if form == "docx":
        with ZipFile(BytesIO(content)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return content.decode("utf-8", "replace")


def test_documents_say_what_the_page_says() -> None:
    world = make_world()
    meeting = make_full_meeting(world, is_open=True, to=MeetingState.AGREED)
    forms = (("html", "text/html"), ("docx", "officedocument"))
    for (form, media), role in product(forms, (Role.COORDINATOR, Role.READER)):
        check_document(world, meeting, form, media=media, role=role)


def check_document(world: World, meeting: Meeting, form: str, *, media: str, role: Role) -> None:
    answer: Any = world.sign_in(role).get(f"{ROOT}{meeting.pk}/paper/minutes/{form}/")
    words = read_words(answer.content, form)
    assert media in answer.headers["Content-Type"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Lights for all." in words
    assert ("A family in danger" in words) is (role == Role.COORDINATOR)
    assert ("Ada Ash" in words) is (role == Role.COORDINATOR)
    assert "Confidential" in words  # on every page for who may read it; else in the item's place


def test_draft_minutes_say_that_they_are_a_draft() -> None:
    world = make_world()
    meeting = make_full_meeting(world, is_open=True, to=MeetingState.AGENDA_OUT)
    page = world.sign_in(Role.COORDINATOR).get(f"{ROOT}{meeting.pk}/paper/minutes/").content.decode()
    assert "Draft: not agreed yet" in page
