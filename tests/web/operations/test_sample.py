"""The sample partnership: whole, quick, and nobody can be one of its people but by a printed link."""

import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from support.web.held import held_rows
from support.web.world import PASSWORD, give_role, make_person, make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.models import AccessReview, Membership, Partnership, Person, Succession
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Consultation, Gate, Indicator, Plan
from wardmote.web.project.sample import load_sample
from wardmote.web.project.serving_welcome import list_ways_in, say_who_is_missing
from wardmote.web.returns.actions.chasing import chase_agency, send_reminders
from wardmote.web.returns.models import IssuedValue, Quarter, Return, ReturnVersion
from wardmote.web.returns.owing import list_owed

TODAY = date(2026, 11, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[Partnership]:
    """Loaded once for all tests but the first, which sees how it is loaded."""
    with held_rows(django_db_blocker):
        yield load_sample(by=None, today=TODAY)


def test_first_link_says_who_has_an_account() -> None:
    assert say_who_is_missing().startswith("Nobody has an account yet")
    world = make_world("ashmere", is_sample=True)
    assert say_who_is_missing().startswith("Only the invented people of the sample")
    assert Membership.objects.filter(partnership=world.partnership).exists()
    make_person("real@example.org")
    assert say_who_is_missing().startswith("There are accounts")


def test_sample_is_a_partnership_at_work() -> None:
    by = make_person("operator@example.org")
    started = time.process_time()
    sample = load_sample(by=by, today=TODAY)
    assert time.process_time() - started < 20  # of work: how long it takes says more of who else is at it
    plan = Plan.objects.get(partnership=sample, is_historic=False)
    assert (plan.state, plan.predecessor.state) == ("adopted", "superseded")
    decided = Gate.objects.filter(plan=plan)
    assert [gate.outcome for gate in decided] == ["approved_with_changes", "approved", "approved"]
    assert (plan.adopted_on, plan.adopted_on < plan.starts_on) == (decided[2].held_on, True)
    assert plan.predecessor.adopted_on == max(gate.held_on for gate in Gate.objects.filter(plan=plan.predecessor))
    assert Consultation.objects.get(plan=plan).answers_count == 412
    assert Indicator.objects.filter(plan=plan).count() == 60
    assert not Indicator.objects.filter(plan=plan, owner=None).exists()
    quarter = Quarter.objects.get(partnership=sample, state="open")
    assert (quarter.period, quarter.due_on < TODAY) == ("2026/27Q2", True)
    states = set(Return.objects.filter(quarter=quarter).values_list("state", flat=True))
    assert states == {"owed", "draft", "submitted", "queried", "signed_off"}
    periods = Quarter.objects.filter(plan=plan, is_historic=True).values("ends_on").distinct()
    assert periods.count() >= 11
    assert AccessReview.objects.filter(partnership=sample, closed_at=None).exists()
    assert IssuedValue.objects.filter(partnership=sample).exists()
    assert Succession.objects.filter(successor__seats__partnership=sample).exists()
    roles = set(Membership.objects.filter(partnership=sample, person=by).values_list("role", flat=True))
    assert roles == {Role.ADMINISTRATOR, Role.COORDINATOR}
    assert verify_chains()[1] == []


def test_sample_is_loaded_once(sample: Partnership) -> None:
    versions = ReturnVersion.objects.count()
    assert load_sample(by=None, today=TODAY) == sample
    assert ReturnVersion.objects.count() == versions


@pytest.mark.usefixtures("sample")
def test_every_role_has_a_way_in_that_works_once() -> None:
    ways = list_ways_in("http://localhost:8000")
    assert {way.role for way in ways} == set(Role)
    assert not any(person.has_usable_password() for person in Person.objects.all())
    for way in ways:
        address = way.link.removeprefix("http://localhost:8000")
        client = Client()
        assert client.get(address).headers["Location"] == "/"
        assert client.get("/p/zellmouth/").status_code == 200
        again = Client().get(address)
        assert (again.status_code, b"wardmote serve --sample" in again.content) == (410, True)


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("query", ["", "key=", "key=nobody", "key={}x"])
def test_way_in_with_a_fault_is_not_found(query: str) -> None:
    way = list_ways_in("")[0]
    key = way.link.partition("key=")[2]
    assert Client().get(f"/sample/sign-in?{query.format(key)}").status_code == 404


@pytest.mark.usefixtures("sample")
def test_way_in_is_shut_after_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    way, later = list_ways_in("")[0], time.time() + 3 * 24 * 3600 + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert Client().get(way.link).status_code == 404


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("more", ["a password", "a role elsewhere", "operator", "suspended"])
def test_nobody_real_is_signed_in_by_a_link(more: str) -> None:
    """A token would fit them: it is refused because of who they are."""
    from wardmote.web.project.sample_sign_in import make_link

    person = Person.objects.get(name="Ada Zuntar")
    if more == "a role elsewhere":
        give_role(person, make_world("ashmere").partnership, Role.READER)
    with writing(by=None, verb="test.changed"):
        if more == "a password":
            person.set_password(PASSWORD)
        person.is_operator = more == "operator"
        person.is_active = more != "suspended"
        person.save()
    assert Client().get(make_link(person, "")).status_code == 404


def test_sample_people_are_chased_by_hand_and_never_by_themselves(sample: Partnership) -> None:
    assert send_reminders(today=TODAY) == 0
    owed = list_owed(sample)[0]
    coordinator = Person.objects.filter(memberships__partnership=sample, memberships__role=Role.COORDINATOR)[0]
    assert chase_agency(partnership=sample, organisation=owed.organisation, today=TODAY, by=coordinator) == 1


@pytest.mark.usefixtures("sample")
def test_account_says_how_somebody_of_the_sample_came_in() -> None:
    client = Client(headers={"user-agent": "Firefox/140 Linux"})
    client.get(list_ways_in("")[0].link)
    page = client.get("/account/").content.decode()
    assert "None: you came by a link into the sample" in page
    assert "sign in by a service" not in page
    assert "password/set/" not in page
    devices = client.get("/account/sessions/").content.decode()
    assert "Firefox on Linux" in devices
    assert "Nothing to show yet" not in devices
    review = next(way for way in list_ways_in("") if way.role == Role.COORDINATOR)
    manager = Client()
    manager.get(review.link)
    page = manager.get("/p/zellmouth/access-review/").content.decode()
    assert "Confirm those ticked" in page
    assert "None yet." not in page


@pytest.mark.usefixtures("sample")
def test_documents_of_the_sample_are_there_to_be_opened() -> None:
    client = Client()
    client.get(next(way.link for way in list_ways_in("") if way.role == Role.COORDINATOR))
    page = client.get("/p/zellmouth/performance/documents/").content.decode()
    assert "(json)" not in page
    assert {"Web page", "Word"} <= set(re.findall(r">(Web page|Word)<", page))
    links = re.findall(r'href="(/p/zellmouth/performance/documents/[^"]+/file)"', page)
    assert len(links) == 2
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200
        assert len(b"".join(answer.streaming_content)) > 5000
