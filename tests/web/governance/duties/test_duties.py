"""The duty calendar: what wardmote knows and what people write, alarms told once, and who may see and do what."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from support.web.world import TODAY, World, make_world
from wardmote.evidence.definitions.duties import Clock
from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.models import Message
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.duties import actions, rounds
from wardmote.web.governance.duties.calendar import Standing, read_calendar, read_standing
from wardmote.web.governance.duties.models import DutyDone
from wardmote.web.governance.duties.states import DutyState
from wardmote.web.governance.duties.to_do import list_duty_events
from wardmote.web.governance.kept import RewritingError
from wardmote.web.governance.meetings.models import PublicMeeting, SentStamp, SignOff
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans.interface import count_a_year, find_revision_due


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def stand(world: World, key: str, today: date = TODAY) -> Standing:
    found = read_standing(world.partnership, key, today)
    assert found is not None
    return found


def done(world: World, key: str, on: date, **more: Any) -> DutyDone:
    by = world.people[Role.COORDINATOR]
    return actions.record_done(partnership=world.partnership, key=key, done_on=on, title="Minute 4", by=by, **more)


def address(world: World, name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": world.partnership.slug, **keys})


def test_a_public_meeting_counts_once_it_was_held(world: World) -> None:
    assert stand(world, "public-meeting").state == DutyState.NEVER
    with writing(by=None, verb="test.met", partnership=world.partnership):
        own = {"partnership": world.partnership, "title": "Meet us"}
        PublicMeeting.objects.create(**own, held_on=date(2026, 11, 20))
        PublicMeeting.objects.create(**own, held_on=date(2026, 1, 15), is_held=True)
    one = stand(world, "public-meeting")
    assert (one.state, one.due_on, one.letter) == (DutyState.SOON, date(2027, 1, 15), "S")
    assert stand(world, "public-meeting", date(2027, 1, 16)).state == DutyState.OVERDUE


def test_a_plan_that_was_adopted_asks_for_its_copy_until_the_stamp(world: World) -> None:
    one = stand(world, "plan-to-commissioner")
    assert (one.state, one.due_on) == (DutyState.OVERDUE, date(2026, 4, 29))
    with writing(by=None, verb="test.sent", partnership=world.partnership):
        own = {"partnership": world.partnership}
        signed = SignOff.objects.create(
            **own, kind="plan", about=world.plan.pk, title="Plan", as_of=TODAY, started_at=read_now()
        )
        SentStamp.objects.create(**own, sign_off=signed, to_whom="PCC", sent_on=TODAY, recorded_at=read_now())
    after = stand(world, "plan-to-commissioner")
    assert (after.state, after.due_on) == (DutyState.IN_TIME, None)
    assert after.last is not None
    assert after.last.done_on == TODAY


def test_the_tier_decides_which_duties_bind(db: None) -> None:
    for tier, binds in (("single", False), ("district", False), ("county", True)):
        standing = stand(make_world(tier, tier=tier), "county-agreement")
        assert (standing.state != DutyState.NOT_APPLICABLE) is binds
    assert "counties only" in stand(make_world("other"), "county-agreement").why


def test_an_event_starts_the_clock_and_its_own_record_settles_it(world: World) -> None:
    key, by = "protection-order-end", world.people[Role.COORDINATOR]
    assert stand(world, key).why == "Nothing has called for it yet"
    event = actions.add_event(
        partnership=world.partnership, key=key, title="Order 3", happened_on=date(2024, 2, 29), by=by
    )
    one = stand(world, key)
    assert (one.due_on, one.why, one.state) == (date(2027, 2, 28), "Order 3", DutyState.SOON)
    with pytest.raises(RefusedError, match="before what called for it"):
        done(world, key, date(2024, 2, 28), event=event)
    row = done(world, key, date(2026, 6, 1), event=event)
    assert stand(world, key).why == "Nothing waits"
    actions.withdraw_done(done=row, reason="Another order", by=by)
    assert stand(world, key).state == DutyState.SOON


def test_a_clock_that_was_set_counts_from_its_day_and_is_kept(world: World) -> None:
    key = "case-review-figures"
    done(world, key, date(2026, 6, 30))
    row = actions.set_clock(
        partnership=world.partnership, key=key, clock=Clock("every", months=6), counts_from=date(2026, 12, 1),
        reason="The Bill", source="Minute 7", by=None,
    )  # fmt: skip
    assert stand(world, key).due_on == date(2027, 6, 30)
    assert stand(world, key, date(2026, 12, 1)).due_on == date(2026, 12, 30)
    row.months = 3
    with pytest.raises(RewritingError), writing(by=None, verb="test.changed", partnership=world.partnership):
        row.save()
    with pytest.raises(RefusedError, match="months"):
        actions.set_clock(
            partnership=world.partnership, key=key, clock=Clock("every"), counts_from=TODAY, reason="x", source="y",
            by=None,
        )  # fmt: skip


def test_local_duties_and_waived_ones_say_so(world: World) -> None:
    by = world.people[Role.COORDINATOR]
    fields = {"title": "Light the alleys", "who": "Council", "source": "Minute 3", "evidence": "The round"}
    duty = actions.add_duty(
        partnership=world.partnership, fields=fields, clock=Clock("every", months=3), by=by
    )  # fmt: skip
    assert stand(world, duty.key).state == DutyState.NEVER
    other = make_world("birchmere")
    assert read_standing(other.partnership, duty.key, TODAY) is None
    actions.waive_duty(partnership=world.partnership, key="prevent-panel", reason="Held by the county", by=by)
    one = stand(world, "prevent-panel")
    assert (one.state, one.why) == (DutyState.NOT_APPLICABLE, "Held by the county")
    actions.restore_duty(partnership=world.partnership, key="prevent-panel", reason="Ours again", by=by)
    assert stand(world, "prevent-panel").state == DutyState.STANDING


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ({"kind": "once_by", "by-day": 1, "by-month": 1, "by-year": 1900}, "must not be before that"),
        ({"kind": "yearly_by", "month": 2, "day": 31}, "February has no day 31"),
    ],
)
def test_an_own_duty_with_an_impossible_day_is_refused(world: World, clock: dict[str, Any], said: str) -> None:
    words = dict.fromkeys(("title", "who", "source", "evidence"), "Something")
    answer = world.sign_in(Role.COORDINATOR).post(address(world, "add_duty"), words | clock)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    day = date(1900, 1, 1) if clock["kind"] == "once_by" else None
    own = Clock(clock["kind"], month=clock.get("month", 0), day=clock.get("day", 0), on=day)
    with pytest.raises(RefusedError, match=said):
        actions.add_duty(partnership=world.partnership, fields=words, clock=own, by=None)


def test_every_due_day_that_stands_leaves_with_the_calendar_and_is_in_the_year(world: World) -> None:
    today, key = read_today(), "protection-order-notice"
    for days in (200, 10, 5):
        actions.add_event(
            partnership=world.partnership, key=key, title="Order 7", happened_on=today - timedelta(days), by=None
        )  # fmt: skip
    one = stand(world, key, today)
    assert [due.due_on - today for due in one.dues] == [timedelta(days) for days in (-186, 4, 9)]
    assert (one.due_on, one.state) == (one.dues[0].due_on, DutyState.OVERDUE)
    client = world.sign_in(Role.EXECUTIVE)
    file = client.get(address(world, "duties_calendar")).content.decode().replace("\r\n ", "")
    assert all(f"DTSTART;VALUE=DATE:{due.due_on:%Y%m%d}" in file for due in one.dues)
    assert file.count(f"UID:duty-{key}-") == 3
    assert "Order 7" not in file
    request: Any = type("Asked", (), {"user": world.people[Role.COORDINATOR], "partnership": world.partnership})()
    found = list_duty_events(request, today, today + timedelta(30))
    assert [event.day for event in found if event.title == one.terms.title] == [due.due_on for due in one.dues[1:]]


def test_plan_is_to_be_revised_when_the_calendar_says(world: World) -> None:
    today = read_today()
    with writing(by=None, verb="test.adopted", partnership=world.partnership):
        world.plan.adopted_on = today - timedelta(days=400)
        world.plan.save()
    client = world.sign_in(Role.COORDINATOR)
    home, year = f"/p/{world.partnership.slug}/", address(world, "meeting_year")
    assert "Revise the plan" in client.get(home).content.decode()
    done(world, "plan-revision", today - timedelta(days=200))
    due = stand(world, "plan-revision", today).due_on
    assert find_revision_due(world.plan) == due != count_a_year(world.plan)
    assert "Revise the plan" not in client.get(home).content.decode()
    assert "is to be revised" in client.get(year).content.decode()
    actions.waive_duty(partnership=world.partnership, key="plan-revision", reason="Bound elsewhere", by=None)
    assert find_revision_due(world.plan) is None


def test_alarms_are_told_once_a_change_and_hold_no_words(world: World) -> None:
    now, owner = datetime(2026, 11, 21, 6, tzinfo=ZoneInfo("Europe/London")), world.people[Role.LEAD]
    actions.change_duty(
        partnership=world.partnership, key="prevent-plan", fields={"owner_person": owner}, by=None
    )  # fmt: skip
    rounds.tell_of_duties(now)
    rounds.tell_of_duties(now + timedelta(hours=2))
    told = {message.to: message.facts for message in Message.objects.filter(template="duties_due")}
    assert set(told) == {world.people[Role.COORDINATOR].email, owner.email}
    assert told[owner.email]["never"] == told[owner.email]["count"] == 1
    done(world, "prevent-plan", date(2025, 11, 21))  # a year ago: due today
    rounds.tell_of_duties(now)
    again = Message.objects.filter(template="duties_due", to=owner.email).order_by("wanted_at").last()
    assert again is not None
    assert (again.facts["soon"], again.facts["never"]) == (1, 0)
    count = Message.objects.count()
    done(world, "prevent-plan", date(2026, 11, 20))
    rounds.tell_of_duties(now)
    assert Message.objects.count() == count


def test_the_calendar_shows_alarms_first_and_what_is_not_confirmed(world: World) -> None:
    client = world.sign_in(Role.COORDINATOR)
    page = client.get(address(world, "duties")).content.decode()
    assert "O\u00a0Overdue" in page
    assert "N\u00a0Never\u00a0done" in page
    assert "not legal" not in page
    shown = [one.state for one in read_calendar(world.partnership, read_today())]
    assert shown == sorted(shown, key=["overdue", "never", "soon", "in_time", "standing", "not_applicable"].index)
    detail = client.get(address(world, "duty", duty_key="death-review-decision")).content.decode()
    assert "general knowledge from the guidance, confirm" in detail
    assert "This is moving" in detail
    assert client.get(address(world, "duty", duty_key="no-such")).status_code == 404


def test_a_coordinator_writes_down_what_was_done_with_a_file(world: World) -> None:
    client, page = world.sign_in(Role.COORDINATOR), address(world, "record_duty_done", duty_key="prevent-plan")
    day = read_today() - timedelta(days=400)
    typed = {
        "done_on-day": day.day, "done_on-month": day.month, "done_on-year": day.year, "title": "Minute 9",
        "link": "https://example.org/minutes",
    }  # fmt: skip
    answer = client.post(page, typed | {"upload": SimpleUploadedFile("minute.txt", b"agreed")})
    assert answer.status_code == 302
    row = DutyDone.objects.get(partnership=world.partnership)
    assert row.file is not None
    assert stand(world, "prevent-plan", read_today()).state == DutyState.OVERDUE
    assert client.get(address(world, "duty_evidence", duty_done_id=row.pk)).status_code == 200
    assert world.sign_in(Role.READER).get(address(world, "duty_evidence", duty_done_id=row.pk)).status_code in (
        403,
        404,
    )
    later = client.post(page, typed | {"done_on-year": day.year + 5})
    assert "must be today or before" in later.content.decode()


def test_duties_wait_for_the_coordinator_and_the_owner(world: World) -> None:
    def titles(role: Role) -> list[str]:
        request: Any = type("Asked", (), {"user": world.people[role], "partnership": world.partnership,
                                            "roles": frozenset({role})})()  # fmt: skip
        return [thing.title for thing in list_things_to_do(request)]

    assert "1 duty overdue" not in titles(Role.CHAIR)
    assert any("overdue" in title and "dut" in title for title in titles(Role.COORDINATOR))
    fields = {"owner_person": world.people[Role.CHAIR]}
    actions.change_duty(partnership=world.partnership, key="plan-to-commissioner", fields=fields, by=None)
    assert "1 duty overdue" in titles(Role.CHAIR)


def test_due_dates_leave_as_a_calendar_and_a_table(world: World) -> None:
    done(world, "case-review-figures", read_today())
    client = world.sign_in(Role.EXECUTIVE)
    file = client.get(address(world, "duties_calendar"))
    assert file["Content-Type"].startswith("text/calendar")
    assert "UID:duty-case-review-figures@" in file.content.decode().replace("\r\n ", "")
    table = client.get(address(world, "duties_file", table_form="csv")).content.decode("utf-8-sig")
    assert table.startswith("duty,source,who,owner,clock")
    assert client.get(address(world, "duties_file", table_form="pdf")).status_code == 404
