"""A coordinator takes a group from its founding to agreed minutes, by the pages alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from support.web.objects_meetings import attend, make_group, make_meeting, make_pdf, send_agenda
from support.web.world import TODAY, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.meetings import actions
from wardmote.web.governance.meetings.models import (
    AgendaItem,
    Decision,
    Group,
    Meeting,
    MeetingAction,
    Paper,
    PublicMeeting,
    PublicQuestion,
    QuorumRule,
    SignOff,
)
from wardmote.web.governance.meetings.queries import list_carried_over
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db
ROOT = "/p/ashmere/governance/meetings/"


def type_day(name: str, days: int) -> dict[str, str]:
    """A day so many from today, as the three boxes of a form send it."""
    day = read_today() + timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def send(client: Client, path: str, **fields: Any) -> str:
    """Send a form, which must be taken; returns where it leads."""
    answer: Any = client.post(ROOT + path, fields)
    assert answer.status_code == 302, answer.content.decode()[-4000:]
    return str(answer.headers["Location"])


def test_group_meets_and_its_minutes_are_agreed() -> None:
    world = make_world()
    client = world.sign_in(Role.COORDINATOR)
    send(client, "groups/add/", name="Executive", kind="strategy", cadence="monthly", standing_items="Minutes\nRisks",
         priorities=["1"])  # fmt: skip
    group = Group.objects.get()
    assert (group.standing_items, group.priorities) == (["Minutes", "Risks"], [1])
    send(client, f"groups/{group.pk}/quorum/", least_count="1", bodies=[str(world.police.pk)],
         **type_day("valid_from", -400))  # fmt: skip
    assert QuorumRule.objects.get().bodies.get().organisation == world.police
    send(client, "plan/", group=str(group.pk), time="10:00", meetings_count="2", **type_day("held_on", -28))
    meeting, following = Meeting.objects.order_by("held_on")
    send(client, f"{meeting.pk}/change/", place="Town hall", is_open="on", **type_day("held_on", -28))
    send(client, f"{meeting.pk}/items/add/", title="Alley lights", purpose="Decide")
    item = AgendaItem.objects.get(title="Alley lights")
    send(client, f"{meeting.pk}/items/{item.pk}/change/", title="Alley lights", number="1")
    send(client, f"{meeting.pk}/items/exceptions/")
    send(client, f"{meeting.pk}/papers/add/", upload=make_pdf("lights.pdf"), item=str(item.pk))
    assert Paper.objects.get().title == "lights.pdf"
    send(client, f"{meeting.pk}/move/agenda_out/")
    bodies = {"presence_0": "apologies", "presence_1": "present", "name_1": "Ada Ash", "post_1": "Inspector"}
    send(client, f"{meeting.pk}/attendance/", others_present="A guest", **bodies)
    assert sorted(meeting.attendances.values_list("organisation__name", "presence")) == [
        ("Ashmere Council", "apologies"), ("Ashmere Police", "present")
    ]  # fmt: skip
    send(client, f"{meeting.pk}/decisions/add/", text="Light it.", item=str(item.pk), concerns=str(world.council.pk))
    decision = Decision.objects.get()
    send(client, f"{meeting.pk}/decisions/{decision.pk}/", text="Light it all.", item=str(item.pk))
    send(client, f"{meeting.pk}/items/{item.pk}/minute/", minute="Nobody spoke against it.")
    send(client, f"{meeting.pk}/actions/add/", text="Price it", owner=str(world.council.pk), **type_day("due_on", 9))
    send(client, f"{meeting.pk}/move/held/")
    chair = world.sign_in(Role.CHAIR)
    assert chair.get(f"{ROOT}{following.pk}/move/agenda_out/").status_code == 403
    send(chair, f"{meeting.pk}/move/agreed/", agreed_at=str(following.pk))
    action = MeetingAction.objects.get()
    assert list(list_carried_over(following, with_confidential=True)) == [action]
    send(client, f"actions/{action.pk}/", state="done", text="Three firms asked")
    page = client.get(f"{ROOT}{meeting.pk}/").content.decode()
    for words in ("Light it all.", "Nobody spoke against it.", "Three firms asked", "Quorate: 1 responsible authority"):
        assert words in page
    assert client.get(f"{ROOT}{meeting.pk}/move/cancelled/").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agreed_at) == ("agreed", following)


def test_inquorate_decision_is_asked_for_its_words() -> None:
    world = make_world()
    client, group = world.sign_in(Role.COORDINATOR), make_group(world)
    actions.set_quorum(
        group=group, valid_from=read_today(), least_count=2, bodies=[], source="", by=world.people[Role.COORDINATOR]
    )
    send(client, "plan/", group=str(group.pk), meetings_count="1", **type_day("held_on", 0))
    meeting = Meeting.objects.get()
    send(client, f"{meeting.pk}/move/agenda_out/")
    send(client, f"{meeting.pk}/attendance/", presence_0="present")
    refused = client.post(f"{ROOT}{meeting.pk}/decisions/add/", {"text": "Light it."}).content.decode()
    assert "Answer “The meeting was not quorate. What does that mean for this decision?”" in refused
    send(client, f"{meeting.pk}/decisions/add/", text="Light it.", inquorate_note="Confirm in May.")
    assert Decision.objects.get().is_inquorate


def test_inquorate_decision_is_confirmed_by_a_later_quorate_meeting() -> None:
    world = make_world()
    client, group, by = world.sign_in(Role.COORDINATOR), make_group(world), world.people[Role.COORDINATOR]
    actions.set_quorum(group=group, valid_from=TODAY - timedelta(days=60), least_count=2, bodies=[], source="", by=by)
    earlier, later = (make_meeting(world, group, TODAY - timedelta(days=days), is_open=True) for days in (30, 2))
    for meeting in (earlier, later):
        send_agenda(world, meeting)
        attend(world, meeting, world.police)
    told = {"text": "Light it.", "inquorate_note": "Confirm in May."}
    decision = actions.record_decision(meeting=earlier, fields=told, by=by)
    for meeting, words in ((later, "Only a quorate meeting"), (earlier, "Not quorate")):
        with pytest.raises(RefusedError, match=words):
            actions.confirm_decision(meeting=meeting, decision=decision, by=by)
    attend(world, later, world.police, world.council)
    assert f"{ROOT}{later.pk}/decisions/confirm/" in client.get(f"{ROOT}{later.pk}/").content.decode()
    send(client, f"{later.pk}/decisions/confirm/", decision=str(decision.pk))
    forth, back = (client.get(f"{ROOT}{one.pk}/").content.decode() for one in (earlier, later))
    assert f'Confirmed at <a class="govuk-link" href="{ROOT}{later.pk}/#decisions">' in forth
    assert f'href="{ROOT}{earlier.pk}/#decisions"' in back
    assert "Light it." in back
    minutes = client.get(f"{ROOT}{earlier.pk}/paper/minutes/").content.decode()
    assert "Confirmed at the meeting of" in minutes
    assert "Decisions confirmed" in client.get(f"{ROOT}{later.pk}/paper/minutes/").content.decode()
    with pytest.raises(RefusedError, match="Take those confirmations back"):
        attend(world, later, world.council, presence="absent")
    later.refresh_from_db()
    actions.move_meeting(meeting=later, to=MeetingState.HELD, by=by)
    actions.move_meeting(meeting=later, to=MeetingState.AGREED, by=by)
    reader = world.sign_in(Role.READER).get(f"{ROOT}{later.pk}/").content.decode()
    assert "Light it." not in reader  # the minutes of the meeting that decided are not agreed
    with pytest.raises(RefusedError, match="closed"):
        actions.take_back_confirmation(meeting=later, decision=decision, by=by)


def test_second_editor_is_shown_what_the_first_changed() -> None:
    world = make_world()
    client, group = world.sign_in(Role.COORDINATOR), make_group(world)
    address = f"{ROOT}groups/{group.pk}/change/"
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    actions.change_group(group=group, fields={"purpose": "To keep the peace"}, by=None)
    told = {"name": "Board", "kind": "strategy", "cadence": "monthly", "purpose": "To light alleys", "seen": seen}
    page = client.post(address, told).content.decode()
    assert "Somebody else changed this while you were writing" in page
    assert "To keep the peace" in page
    group.refresh_from_db()
    assert group.name == "Executive"


def test_public_meeting_and_sign_off_by_their_pages() -> None:
    world = make_world()
    client = world.sign_in(Role.COORDINATOR)
    send(client, "public/add/", title="Ask us", **type_day("held_on", -3))
    public = PublicMeeting.objects.get()
    told = {"title": "Ask us", "publicised": "Posters", "seniors": "Inspector", "is_held": "on", "public_count": "40"}
    send(client, f"public/{public.pk}/change/", **told, **type_day("held_on", -3))
    send(client, f"public/{public.pk}/questions/add/", question="When?")
    question = PublicQuestion.objects.get()
    send(client, f"public/{public.pk}/questions/{question.pk}/", question="When?", answer="In May.")
    named = {"document": "", "kind": "agreement", "title": "County agreement", "version": "2026"}
    send(client, "sign-offs/start/", **named, upload=make_pdf(), **type_day("as_of", 0))
    sign_off = SignOff.objects.get()
    for body in (world.police, world.council):
        signed = {"organisation": str(body.pk), "name": "Ada Ash", "post": "Chief", "minute": "4"}
        send(client, f"sign-offs/{sign_off.pk}/sign/", **signed, **type_day("signed_on", 0))
    assert "Complete: all 2" in client.get(f"{ROOT}sign-offs/").content.decode()
    signature = sign_off.signatures.get(organisation=world.police)
    send(client, f"sign-offs/{sign_off.pk}/signatures/{signature.pk}/take-back/", reason="Wrong page")
    send(client, f"sign-offs/{sign_off.pk}/sent/", to_whom="Commissioner", **type_day("sent_on", 0))
    stamp = sign_off.stamps.get()
    assert len(stamp.sha256) == 64
    send(client, f"sign-offs/{sign_off.pk}/sent/{stamp.pk}/receipt/", receipt="Letter", **type_day("received_on", 0))
    send(client, f"sign-offs/{sign_off.pk}/withdraw/", reason="Revised")
    page = client.get(f"{ROOT}sign-offs/{sign_off.pk}/").content.decode()
    for words in ("Withdrawn", "Revised", "Letter, "):
        assert words in page
