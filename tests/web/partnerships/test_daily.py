"""Quarterly reviews and idle accounts, tested by letting time pass."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.models import AuditEntry, Message
from wardmote.web.foundation.outbox import send_messages
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.accounts import restore
from wardmote.web.partnerships.daily import review_access, suspend_idle
from wardmote.web.partnerships.models import AccessReview, Membership, Person
from wardmote.web.partnerships.reviews import confirm_memberships, find_quarter, list_unconfirmed, open_review
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db

IN_QUARTER_4 = datetime(2027, 1, 2, 6, tzinfo=UTC)  # the world's roles were confirmed in the quarter before
DUE = IN_QUARTER_4 + timedelta(days=28)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.mark.parametrize(
    ("day", "label", "starts_on"),
    [
        (date(2026, 4, 1), "2026/27Q1", date(2026, 4, 1)),
        (date(2026, 9, 30), "2026/27Q2", date(2026, 7, 1)),
        (date(2026, 12, 31), "2026/27Q3", date(2026, 10, 1)),
        (date(2027, 1, 1), "2026/27Q4", date(2027, 1, 1)),
        (date(2027, 3, 31), "2026/27Q4", date(2027, 1, 1)),
        (date(2099, 12, 1), "2099/00Q3", date(2099, 10, 1)),
    ],
)
def test_quarter_of_a_day(day: date, label: str, starts_on: date) -> None:
    assert find_quarter(day) == (label, starts_on)


def live(world: World) -> Any:
    return Membership.objects.filter(partnership=world.partnership, ended_at=None)


def test_review_opens_once_and_tells_who_can_confirm(world: World) -> None:
    assert review_access(datetime(2026, 12, 30, tzinfo=UTC)).startswith("0 opened")  # all confirmed this quarter
    assert review_access(IN_QUARTER_4) == "1 opened, 0 roles ended"
    assert review_access(IN_QUARTER_4 + timedelta(days=1)) == "0 opened, 0 roles ended"
    told = set(Message.objects.filter(template="review_opened").values_list("to", flat=True))
    assert told == {"administrator@ashmere.example.org", "coordinator@ashmere.example.org"}
    send_messages(read_now())
    assert "9 to be confirmed by 30 January 2027" in mail.outbox[0].body
    assert "http://localhost:8000/p/ashmere/access-review/" in mail.outbox[0].body


def test_nothing_of_the_sample_ends_and_its_page_and_mail_say_so() -> None:
    sample = make_world("zellmouth", is_sample=True)
    assert open_review(sample.partnership, IN_QUARTER_4.date())
    assert review_access(DUE + timedelta(days=1)) == "0 opened, 0 roles ended"
    assert AccessReview.objects.get().closed_at is None
    send_messages(read_now())
    assert "in the sample nothing ends." in mail.outbox[0].body
    client = sample.sign_in(Role.COORDINATOR)
    for address in ("/p/zellmouth/access-review/", "/p/zellmouth/"):
        page = client.get(address).content.decode()
        assert "n the sample nothing ends" in page
        assert "ends by itself" not in page


def test_unconfirmed_roles_end_after_the_due_day_but_never_the_last_administrator(world: World) -> None:
    review_access(IN_QUARTER_4)
    review = AccessReview.objects.get()
    kept = list(live(world).filter(role__in=("coordinator", "analyst")))
    with writing(by=None, verb="test.confirmed"):
        for membership in kept:
            membership.confirmed_on = IN_QUARTER_4.date()
            membership.save()
    assert review_access(DUE) == "0 opened, 0 roles ended"  # the due day itself is still in time
    assert review_access(DUE + timedelta(days=1)) == "0 opened, 6 roles ended"
    assert set(live(world).values_list("role", flat=True)) == {"administrator", "coordinator", "analyst"}
    assert set(Membership.objects.exclude(ended_at=None).values_list("end_reason", flat=True)) == {"unconfirmed"}
    lead = Person.objects.get(email="lead@ashmere.example.org")
    assert (lead.is_active, lead.suspension) == (False, "unconfirmed")
    assert AccessReview.objects.get(pk=review.pk).closed_at is not None
    before = AuditEntry.objects.count()
    assert review_access(DUE + timedelta(days=1)) == "0 opened, 0 roles ended"
    assert AuditEntry.objects.count() == before


def test_role_elsewhere_keeps_the_account(world: World) -> None:
    other = make_world("brindle", is_sample=True)
    lead = world.people[Role.LEAD]
    give_role(lead, other.partnership, Role.READER)
    review_access(IN_QUARTER_4)
    review_access(DUE + timedelta(days=1))
    assert Person.objects.get(pk=lead.pk).is_active
    assert live(other).count() == 10


def test_sample_people_are_left_alone() -> None:
    world = make_world(is_sample=True)
    assert review_access(IN_QUARTER_4) == "0 opened, 0 roles ended"
    assert suspend_idle(IN_QUARTER_4 + timedelta(days=400)) == "0 suspended"
    assert Person.objects.filter(is_active=False).count() == 0
    assert live(world).count() == 9


def test_confirming_on_the_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    review_access(IN_QUARTER_4)
    monkeypatch.setattr("wardmote.web.partnerships.reviews.read_today", IN_QUARTER_4.date)
    client = world.sign_in(Role.COORDINATOR)
    page = client.get("/p/ashmere/access-review/").content.decode()
    assert "2026/27Q4" in page
    assert "somebody else confirms your own" in page
    others = live(world).exclude(person=world.people[Role.COORDINATOR])
    assert client.post("/p/ashmere/access-review/", {}).status_code == 302
    client.post("/p/ashmere/access-review/", {"membership": [str(one.pk) for one in others]})
    assert list_unconfirmed(world.partnership, date(2027, 1, 1)).get().person == world.people[Role.COORDINATOR]
    assert AccessReview.objects.get().closed_at is None
    own = live(world).get(person=world.people[Role.COORDINATOR])
    world.sign_in(Role.ADMINISTRATOR).post("/p/ashmere/access-review/", {"membership": [str(own.pk)]})
    assert AccessReview.objects.get().closed_by == world.people[Role.ADMINISTRATOR]


def test_nobody_confirms_their_own_while_somebody_else_could(world: World) -> None:
    review_access(IN_QUARTER_4)
    review, me = AccessReview.objects.get(), world.people[Role.COORDINATOR]
    own = live(world).filter(person=me)
    with pytest.raises(RefusedError, match="their own"):
        confirm_memberships(by=me, review=review, memberships=own)
    with writing(by=None, verb="test.left"):
        admin = Membership.objects.get(person=world.people[Role.ADMINISTRATOR])
        admin.ended_at = IN_QUARTER_4
        admin.save()
    assert confirm_memberships(by=me, review=review, memberships=own) == 1


def age(person: Person, day: date) -> None:
    with writing(by=None, verb="test.aged"):
        person.seen_on = day
        person.joined_at = datetime(2026, 1, 1, tzinfo=UTC)
        person.save()


def test_idle_by_the_strictest_partnership(world: World) -> None:
    strict = make_world("brindle", idle_days=30)
    now = datetime(2026, 11, 21, 6, tzinfo=UTC)
    for role, seen in ((Role.LEAD, 31), (Role.CHAIR, 30), (Role.ANALYST, 46), (Role.EXECUTIVE, 45)):
        age(world.people[role], now.date() - timedelta(days=seen))
    for role in (Role.LEAD, Role.CHAIR):
        give_role(world.people[role], strict.partnership, Role.READER)
    assert suspend_idle(now) == "2 suspended"
    idle = set(Person.objects.filter(is_active=False).values_list("email", "suspension"))
    assert idle == {("lead@ashmere.example.org", "idle"), ("analyst@ashmere.example.org", "idle")}
    before = AuditEntry.objects.count()
    assert suspend_idle(now) == "0 suspended"
    assert AuditEntry.objects.count() == before


def test_restored_person_is_not_suspended_again_at_once(world: World) -> None:
    lead = world.people[Role.LEAD]
    age(lead, date(2026, 1, 5))
    assert suspend_idle(read_now()) == "1 suspended"
    lead.refresh_from_db()
    restore(by=world.people[Role.COORDINATOR], partnership=world.partnership, person=lead, reason="back")
    assert suspend_idle(read_now()) == "0 suspended"


def test_last_administrator_and_last_operator_are_not_suspended_by_themselves(world: World) -> None:
    age(world.people[Role.ADMINISTRATOR], date(2026, 1, 5))
    operator = make_person("op@example.org", is_operator=True)
    give_role(operator, world.partnership, Role.READER)
    age(operator, date(2026, 1, 5))
    assert suspend_idle(read_now()) == "0 suspended"
