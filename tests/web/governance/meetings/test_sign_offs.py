"""Sign-off by responsible authority, the stamp, public meetings, what waits, and the year."""

import hashlib
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from support.web.objects_meetings import attend, make_group, make_meeting, make_pdf, send_agenda
from support.web.world import NOW, TODAY, World, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.signables import list_signables
from wardmote.web.governance.meetings import actions, offered
from wardmote.web.governance.meetings.models import SignOff
from wardmote.web.governance.meetings.presenters import describe_public_standing
from wardmote.web.governance.meetings.signing import read_standing
from wardmote.web.governance.meetings.states import MeetingState
from wardmote.web.partnerships.registers import end_agency
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db
SIGNED = {"name": "Ada Ash", "post": "Chief constable", "signed_on": TODAY, "minute": "Board, minute 4"}
ROOT = "/p/ashmere/governance/meetings/"


def by(world: World) -> Any:
    return world.people[Role.COORDINATOR]


def start(world: World, **fields: Any) -> SignOff:
    told = {"kind": "plan", "about": world.plan.pk, "title": "Safer plan", "version": "version 1", "as_of": TODAY}
    return actions.start_sign_off(
        partnership=world.partnership, fields=told | fields, by=by(world), upload=make_pdf("plan.pdf")
    )


def sign(world: World, sign_off: SignOff, body: Any, **fields: Any) -> None:
    actions.record_signature(sign_off=sign_off, organisation=body, fields=SIGNED | fields, by=by(world))


def test_sign_off_says_who_is_missing_until_it_is_complete() -> None:
    world = make_world()
    sign_off = start(world)
    sign(world, sign_off, world.police)
    assert read_standing(sign_off).said == "1 of 2 signed. Missing: Ashmere Council"
    with pytest.raises(RefusedError, match="signed already"):
        sign(world, sign_off, world.police)
    with pytest.raises(RefusedError, match="minute"):
        sign(world, sign_off, world.council, minute="")
    sign(world, sign_off, world.council)
    standing = read_standing(sign_off)
    assert (standing.is_complete, standing.missing) == (True, ())


def test_signers_are_the_authorities_of_the_day() -> None:
    """A body whose seat ended still signs what was put to it before; what is put later goes without it."""
    world = make_world()
    before = start(world, as_of=date(2026, 3, 1))
    seat = world.partnership.pk and world.council.seats.get(partnership=world.partnership)
    end_agency(by=by(world), agency=seat, ended_on=date(2026, 6, 30), reason="Abolished")
    after = start(world, as_of=date(2026, 7, 1), version="version 2")
    assert [body.name for body, _ in read_standing(before).rows] == ["Ashmere Council", "Ashmere Police"]
    assert [body.name for body, _ in read_standing(after).rows] == ["Ashmere Police"]
    with pytest.raises(RefusedError, match="no responsible authority on 1 July 2026"):
        sign(world, after, world.council)


def test_one_version_is_signed_once_and_another_after_withdrawal() -> None:
    world = make_world()
    sign_off = start(world)
    with pytest.raises(RefusedError, match="being signed already"):
        start(world)
    actions.withdraw_sign_off(sign_off=sign_off, reason="Revised", by=by(world))
    with pytest.raises(RefusedError, match="withdrawn"):
        sign(world, sign_off, world.police)
    assert start(world).pk != sign_off.pk
    assert read_standing(sign_off).said == "Withdrawn"


def test_stamp_keeps_the_digest_of_the_copy_and_its_receipt() -> None:
    world = make_world()
    sign_off = start(world)
    stamp = actions.stamp_sent(
        sign_off=sign_off, fields={"to_whom": "Commissioner", "sent_on": TODAY - timedelta(days=3)}, by=by(world)
    )
    assert stamp.sha256 == hashlib.sha256(b"%PDF-1.4\n\n%%EOF").hexdigest()
    with pytest.raises(RefusedError, match="before it was sent"):
        actions.note_receipt(stamp=stamp, receipt="Letter", received_on=TODAY - timedelta(days=9), by=by(world))
    actions.note_receipt(stamp=stamp, receipt="Letter of thanks", received_on=TODAY, by=by(world))
    page = world.sign_in(Role.CHAIR).get(f"{ROOT}sign-offs/{sign_off.pk}/").content.decode()
    assert "Letter of thanks, 21 November 2026" in page
    assert stamp.sha256[:16] in page


def test_day_before_the_document_is_refused_and_an_early_copy_says_what_it_lacks() -> None:
    world = make_world()
    sign_off = actions.start_sign_off(
        partnership=world.partnership, fields={"kind": "plan", "title": "Old plan", "as_of": TODAY}, by=by(world)
    )
    told: dict[str, Any] = {"to_whom": "Commissioner", "how": "Post", "sent_on": date(1900, 1, 1)}
    with pytest.raises(RefusedError, match="cannot have been signed on 1 January 1900"):
        sign(world, sign_off, world.police, signed_on=date(1900, 1, 1))
    with pytest.raises(RefusedError, match="cannot have been sent on 1 January 1900"):
        actions.stamp_sent(sign_off=sign_off, fields=told, by=by(world))
    sign(world, sign_off, world.police, signed_on=TODAY - timedelta(4))
    told |= {"sent_on": TODAY - timedelta(3)}
    stamp = actions.stamp_sent(sign_off=sign_off, fields=told, by=by(world))
    assert read_standing(sign_off).list_gaps(stamp) == [
        "Sent 3 days before the day of this sign-off", "Not signed by then: Ashmere Council", "No copy of it is kept",
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="stamped as sent to Commissioner on 18 November 2026 already"):
        actions.stamp_sent(sign_off=sign_off, fields=told, by=by(world))
    with pytest.raises(RefusedError, match="cannot lie ahead"):
        actions.note_receipt(stamp=stamp, receipt="Letter", received_on=read_today() + timedelta(1), by=by(world))
    client = world.sign_in(Role.COORDINATOR)
    for address in (f"{ROOT}sign-offs/", f"{ROOT}sign-offs/{sign_off.pk}/"):
        assert "Not signed by then: Ashmere Council" in client.get(address).content.decode()


def test_sign_off_offers_the_plans_there_are() -> None:
    world = make_world()
    client = world.sign_in(Role.COORDINATOR)
    assert "Plan: Safer plan 2026-29, version 1" in client.get(f"{ROOT}sign-offs/start/").content.decode()
    sent = {
        "document": f"plan:{world.plan.pk}", "as_of-day": "1", "as_of-month": "11", "as_of-year": "2026",
    }  # fmt: skip
    assert client.post(f"{ROOT}sign-offs/start/", sent).status_code == 302
    sign_off = SignOff.objects.get(partnership=world.partnership)
    assert (sign_off.about, str(sign_off)) == (world.plan.pk, "Safer plan 2026-29, version 1")
    refused = client.post(f"{ROOT}sign-offs/start/", {**sent, "document": ""})
    assert "Enter the title of the document" in refused.content.decode()


def test_published_edition_is_offered_with_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy that is signed and sent is the one that was published; what a later edition superseded is not."""
    world = make_world()
    plan_file = start(world).file
    editions = [SimpleNamespace(
        id=uuid4(), title="Assessment 2026", number=number, is_newest=number == 2, published_at=NOW,
        as_at=NOW - timedelta(30), address="/e/",
    ) for number in (2, 1)]  # fmt: skip
    monkeypatch.setattr(offered, "list_published_editions", lambda partnership: editions)
    monkeypatch.setattr(offered, "find_edition_file", lambda *_, form: plan_file)
    signable = [one for one in list_signables(world.partnership) if one.kind == "assessment"]
    assert [(one.version, one.file) for one in signable] == [("edition 2", plan_file)]
    client = world.sign_in(Role.COORDINATOR)
    sent = {"document": f"assessment:{editions[0].id}", "as_of-day": "1", "as_of-month": "11", "as_of-year": "2026"}
    assert client.post(f"{ROOT}sign-offs/start/", sent).status_code == 302
    sign_off = SignOff.objects.get(kind="assessment")
    assert sign_off.file == plan_file
    with pytest.raises(RefusedError, match="cannot have been signed on 21 October 2026: the evidence in it is of 22"):
        sign(world, sign_off, world.police, signed_on=TODAY - timedelta(31))
    sign(world, sign_off, world.police, signed_on=TODAY - timedelta(30))
    assert [paper.title for paper in offered.list_assessments(world.partnership)] == ["Assessment 2026"] * 2


@pytest.mark.parametrize(
    ("days_ago", "is_overdue", "is_due_soon"),
    [(None, True, False), (366, True, False), (365, False, True), (300, False, True), (100, False, False)],
)
def test_public_meeting_is_due_every_year(days_ago: int | None, is_overdue: bool, is_due_soon: bool) -> None:
    world = make_world()
    if days_ago is not None:
        told = {"title": "Ask us", "held_on": TODAY - timedelta(days=days_ago), "is_held": True}
        told |= {"publicised": "Posters", "seniors": ["Superintendent, police"]}
        actions.add_public_meeting(partnership=world.partnership, fields=told, by=by(world))
    standing = describe_public_standing(world.partnership, TODAY)
    assert (standing.is_overdue, standing.is_due_soon) == (is_overdue, is_due_soon)


def test_public_meeting_counts_only_with_what_the_regulation_asks() -> None:
    world = make_world()
    told: dict[str, Any] = {"title": "Ask us", "held_on": date(2026, 5, 1), "is_held": True}
    with pytest.raises(RefusedError, match="seniors"):
        actions.add_public_meeting(partnership=world.partnership, fields=told, by=by(world))
    full = told | {"publicised": "Posters", "seniors": ["Superintendent"]}
    with pytest.raises(RefusedError, match="not come yet"):
        actions.add_public_meeting(
            partnership=world.partnership, fields=full | {"held_on": read_today() + timedelta(days=1)}, by=by(world)
        )
    meeting = actions.add_public_meeting(partnership=world.partnership, fields=full, by=by(world))
    question = actions.add_question(meeting=meeting, fields={"question": "Why so dark?"}, by=by(world))
    assert question.answered_on is None
    actions.change_question(question=question, fields={"answer": "Lights come in May."}, by=by(world))
    page = world.sign_in(Role.READER).get(f"{ROOT}public/{meeting.pk}/").content.decode()
    assert "Why so dark?" in page
    assert "Lights come in May." in page


def test_first_page_says_what_waits(django_assert_max_num_queries: Any) -> None:
    world = make_world()
    group, today = make_group(world), read_today()
    make_meeting(world, group, today + timedelta(days=3), title="Soon")
    past = make_meeting(world, group, today - timedelta(days=40), title="Long ago")
    send_agenda(world, past)
    attend(world, past, world.police)
    told = {"text": "Price it", "owner": world.police, "due_on": today - timedelta(days=10)}
    actions.add_action(meeting=past, fields=told, by=by(world))
    start(world)
    page = world.sign_in(Role.COORDINATOR).get("/p/ashmere/").content.decode()
    for words in (
        "Send the agenda out: Soon", "Record who attended and what was decided: Long ago", "Hold a public meeting",
        "Have signed: Safer plan, version 1",
    ):  # fmt: skip
        assert words in page
    actions.move_meeting(meeting=past, to=MeetingState.HELD, by=by(world))
    chaired = world.sign_in(Role.CHAIR).get("/p/ashmere/").content.decode()
    assert "Write the minutes and have them agreed: Long ago" in chaired
    assert "Send the agenda out" not in chaired
    police = world.sign_in(Role.CONTRIBUTOR)
    assert "Bring 1 overdue action from meetings up to date" in police.get("/p/ashmere/").content.decode()
    with django_assert_max_num_queries(60):
        assert police.get(f"{ROOT}").status_code == 200


def test_year_shows_meetings_returns_and_the_plan_to_members_alone() -> None:
    world = make_world()
    soon = read_today() + timedelta(days=40)
    make_meeting(world, make_group(world), soon, title="Winter meeting")
    inside = world.sign_in(Role.EXECUTIVE).get(f"{ROOT}year/").content.decode()
    outside = world.sign_in(Role.READER).get(f"{ROOT}year/").content.decode()
    for words in ("Winter meeting", "returns due"):
        assert words in inside
        assert words not in outside
