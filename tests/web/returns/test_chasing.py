"""Reminders: once a stage, once a day, to who is there, with counts and a link alone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from support.web.world import TODAY, World, give_role, make_person, make_world
from wardmote.web.foundation.models import Message
from wardmote.web.foundation.outbox_templates import draw_message
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions.chasing import find_stage, send_reminders
from wardmote.web.returns.actions.covering import end_cover, give_cover
from wardmote.web.returns.models import Chase, Cover

DUE = date(2026, 11, 30)


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("wardmote.web.returns.actions.telling.read_today", lambda: TODAY)
    return make_world("ashmere")


def list_mailed() -> list[str]:
    return sorted(Message.objects.filter(template="returns_chase").values_list("to", flat=True))


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-8, None), (-7, ("before", 0)), (-1, ("before", 0)), (0, ("due", 0)), (6, ("due", 0)), (7, ("late", 1)),
     (13, ("late", 1)), (14, ("late", 2))],
)  # fmt: skip
def test_stage_follows_the_due_date(days: int, stage: tuple[str, int] | None) -> None:
    found = find_stage(DUE, DUE + timedelta(days=days))
    assert (found and (found.name, found.week)) == stage


def test_each_stage_is_told_once(world: World) -> None:
    sent = [send_reminders(today=DUE + timedelta(days=day)) for day in (-8, -7, -6, 0, 1, 7, 8, 14)]
    assert sent == [0, 1, 0, 1, 0, 1, 0, 1]
    assert list_mailed() == ["contributor@ashmere.example.org"] * 4


def test_missed_round_is_made_good_once(world: World) -> None:
    assert send_reminders(today=DUE + timedelta(days=3)) == 1
    assert send_reminders(today=DUE + timedelta(days=4)) == 0


def test_who_wants_no_reminders_gets_none(world: World) -> None:
    person = world.people[Role.CONTRIBUTOR]
    person.wants_digest = False
    person.save()
    assert send_reminders(today=DUE) == 0


def test_reminder_holds_counts_and_a_link_alone(world: World) -> None:
    send_reminders(today=DUE + timedelta(days=9))
    message = Message.objects.get(template="returns_chase")
    assert message.facts == {"owed": 2, "queried": 0, "late": 2, "due_on": "", "link": "/p/ashmere/returns/"}
    _, text = draw_message(message.template, message.facts)
    for secret in ("P1-1", "Police", "Contributor", "felt safer"):
        assert secret not in text


def test_two_partnerships_send_one_message_a_day(world: World) -> None:
    other = make_world("brookfield")
    person = world.people[Role.CONTRIBUTOR]
    from support.web.world import give_role

    give_role(person, other.partnership, Role.CONTRIBUTOR, other.police)
    send_reminders(today=DUE)
    assert list_mailed().count(person.email) == 1
    send_reminders(today=DUE + timedelta(days=1))
    assert list_mailed().count(person.email) == 2


def test_coordinator_chases_by_hand_once_a_day(world: World) -> None:
    client = world.sign_in(Role.COORDINATOR)
    page = client.get(reverse("chase_list", args=["ashmere"])).content
    assert b"Chase now" in page
    for _ in range(2):
        client.post(reverse("chase_agency", args=["ashmere"]), {"organisation": world.police.pk})
    assert Chase.objects.count() == 1
    assert Message.objects.filter(template="returns_chase").count() == 1


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_agency_without_a_seat_is_not_chased(world: World, key: str) -> None:
    world.sign_in(Role.COORDINATOR).post(reverse("chase_agency", args=["ashmere"]), {"organisation": key})
    assert Message.objects.count() == 0


def arrange(world: World, delegate: Role, first: date, last: date) -> Cover:
    return give_cover(
        partnership=world.partnership, organisation=world.police, absent=world.people[Role.CONTRIBUTOR],
        delegate=world.people[delegate], starts_on=first, ends_on=last, by=world.people[Role.COORDINATOR],
    )  # fmt: skip


def test_cover_returns_and_is_reminded_in_anothers_place(world: World) -> None:
    cover = arrange(world, Role.ANALYST, date.today() - timedelta(days=1), date.today() + timedelta(days=1))  # noqa: DTZ011
    address = reverse("show_return", args=["ashmere", world.returns["P1-1"].pk])
    analyst = world.sign_in(Role.ANALYST)
    assert b"data-draft=" in analyst.get(address).content
    end_cover(cover=cover, by=world.people[Role.COORDINATOR])
    assert b"data-draft=" not in analyst.get(address).content


def test_who_is_away_is_not_reminded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wardmote.web.returns.actions.covering.read_today", lambda: TODAY)
    arrange(world, Role.ANALYST, TODAY, TODAY)
    send_reminders(today=DUE)
    assert list_mailed() == ["analyst@ashmere.example.org"]


def test_cover_that_ends_before_it_begins_is_refused(world: World) -> None:
    with pytest.raises(RefusedError, match="end before it begins"):
        arrange(world, Role.ANALYST, TODAY + timedelta(days=400), TODAY + timedelta(days=399))


def test_contributor_arranges_cover_for_their_own_agency_alone(world: World) -> None:
    page = world.sign_in(Role.CONTRIBUTOR).get(reverse("covers", args=["ashmere"])).content.decode()
    assert "Ashmere Police" in page
    assert ">Ashmere Council<" not in page
    with writing(by=None, verb="test.cover", partnership=world.partnership):
        cover = Cover.objects.create(
            partnership=world.partnership, organisation=world.council, absent=world.people[Role.LEAD],
            delegate=world.people[Role.ANALYST], starts_on=TODAY, ends_on=TODAY,
        )  # fmt: skip
    answer = world.sign_in(Role.CONTRIBUTOR).post(reverse("end_cover", args=["ashmere", cover.pk]))
    assert answer.status_code == 404


def send_cover(world: World, role: Role, **sent: object) -> str:
    day, later = (TODAY + timedelta(days=days) for days in (3650, 3660))
    dates = {f"{name}-{part}": getattr(each, part) for name, each in (("starts_on", day), ("ends_on", later))
             for part in ("day", "month", "year")}  # fmt: skip
    answer = world.sign_in(role).post(reverse("covers", args=["ashmere"]), {**dates, **sent}, follow=True)
    return str(answer.content.decode())


def test_person_away_must_contribute_for_the_agency(world: World) -> None:
    other = make_person("wendy@ashmere.example.org", organisation=world.council)
    give_role(other, world.partnership, Role.CONTRIBUTOR, world.council)
    page = send_cover(
        world, Role.COORDINATOR, organisation=world.police.pk, absent=other.pk, delegate=world.people[Role.ANALYST].pk
    )
    assert "Wendy does not contribute for Ashmere Police. Choose who is away from that agency&#39;s people." in page
    assert "Wendy (Ashmere Council)" in page  # the list says whose people they are
    assert Cover.objects.count() == 0


def test_list_of_those_away_names_contributors_only(world: World) -> None:
    page = world.sign_in(Role.COORDINATOR).get(reverse("covers", args=["ashmere"])).content.decode()
    away = page.partition('name="absent"')[2].partition("</select>")[0]
    assert str(world.people[Role.CONTRIBUTOR].pk) in away
    assert str(world.people[Role.LEAD].pk) not in away


def test_who_is_no_member_covers_for_nobody(world: World) -> None:
    stranger = make_person("stranger@elsewhere.example.org")
    page = send_cover(
        world, Role.CONTRIBUTOR, organisation=world.police.pk, absent=world.people[Role.CONTRIBUTOR].pk,
        delegate=stranger.pk,
    )  # fmt: skip
    assert "There is a problem" in page
    assert Cover.objects.count() == 0
    with pytest.raises(RefusedError, match="no role in this partnership"):
        give_cover(
            partnership=world.partnership, organisation=world.police, absent=world.people[Role.CONTRIBUTOR],
            delegate=stranger, starts_on=TODAY, ends_on=TODAY + timedelta(days=4000),
            by=world.people[Role.COORDINATOR],
        )  # fmt: skip
