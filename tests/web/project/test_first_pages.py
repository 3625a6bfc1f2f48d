"""The first page of every role, the statements in the footer, and the pages of errors."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.invitations import invite
from wardmote.web.partnerships.models import Agency, Membership, Organisation, Partnership
from wardmote.web.partnerships.setting_up import open_partnership
from wardmote.web.partnerships.states import Role
from wardmote.web.partnerships.to_do import list_people_things
from wardmote.web.plans.models import Plan
from wardmote.web.returns.interface import find_quarter, open_quarter

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def list_titles(world: World, role: Role) -> list[str]:
    class Request:
        user = world.people[role]
        partnership = world.partnership

    return [thing.title for thing in list_people_things(Request)]


@pytest.mark.parametrize("role", list(Role))
def test_first_page_of_every_role(world: World, role: Role) -> None:
    client = world.sign_in(role)
    assert client.get("/")["Location"] == "/p/ashmere/"
    page = client.get("/p/ashmere/").content.decode()
    assert "<h1" in page
    assert role.label in page
    for address in ("/accessibility/", "/privacy/"):
        assert f'href="{address}"' in page
        assert Client().get(address).status_code == 200


def test_several_partnerships_are_a_choice_and_none_is_said(world: World) -> None:
    other = make_world("brindle")
    give_role(world.people[Role.LEAD], other.partnership, Role.READER)
    page = world.sign_in(Role.LEAD).get("/").content.decode()
    assert "Ashmere Partnership" in page
    assert "Brindle Partnership" in page
    client = Client()
    client.force_login(make_person("nobody@example.org"), backend="django.contrib.auth.backends.ModelBackend")
    assert "You have no role here yet" in client.get("/").content.decode()


def test_things_about_people_wait_for_managers_alone(world: World) -> None:
    invitation = invite(
        by=world.people[Role.ADMINISTRATOR], partnership=world.partnership, email="x@example.org", role="reader"
    )
    with writing(by=None, verb="test.aged"):
        invitation.expires_at = read_now() + timedelta(days=2)
        invitation.save()
        analyst = world.people[Role.ANALYST]
        analyst.is_active = False
        analyst.save()
    for role in Role:
        expected = (
            ["Send invitations again", "Look at suspended accounts", "Nobody is analyst",
             "Some organisations have no contributor"]
            if role in (Role.ADMINISTRATOR, Role.COORDINATOR) else []
        )  # fmt: skip
        assert (role, list_titles(world, role)) == (role, expected)


def test_review_waits_for_managers(world: World) -> None:
    from datetime import UTC, datetime

    from wardmote.web.partnerships.daily import review_access

    with writing(by=None, verb="test.aged"):
        for held in Membership.objects.all():
            held.confirmed_on = datetime(2020, 1, 1, tzinfo=UTC).date()
            held.save()
    review_access(read_now())
    assert list_titles(world, Role.COORDINATOR)[0] == "Confirm who still needs access"


@pytest.mark.parametrize(
    ("client", "status"), [("signed out", 404), (Role.READER, 404)], ids=["signed out", "signed in"]
)
def test_nothing_here_says_so_in_our_words(world: World, client: Any, status: int) -> None:
    page = (Client() if client == "signed out" else world.sign_in(client)).get("/no-such-page/")
    assert page.status_code == status
    assert "govuk-template" in page.content.decode()


def test_not_allowed_and_forged_forms_are_answered_in_our_words(world: World) -> None:
    page = world.sign_in(Role.READER).get("/p/ashmere/people/")
    assert page.status_code == 403
    assert "You may not do this" in page.content.decode()
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/account/login/", {"login": "a@example.org", "password": "x"})
    assert page.status_code == 403
    assert "You may not do this" in page.content.decode()


def test_every_answer_is_kept_nowhere(world: World) -> None:
    for path in ("/", "/p/ashmere/", "/account/", "/account/login/", "/privacy/"):
        assert world.sign_in(Role.LEAD).get(path)["Cache-Control"].count("no-store") == 1, path


@pytest.fixture
def newcomer() -> tuple[Partnership, Client]:
    """Whoever has just opened a partnership, and nothing in it."""
    operator = make_person("op@example.org", is_operator=True)
    settings = {"name": "Thornwick", "area_code": "E06000035", "tier": "single", "county": None, "return_days": 28,
                "idle_days": 45, "amber_within_pct": 5, "small_number": 20, "needs_second_step": False}  # fmt: skip
    partnership = open_partnership(by=operator, settings=settings, is_own=True)
    client = Client()
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    return partnership, client


def read_steps(client: Client) -> list[tuple[str, str]]:
    """The first steps on the page, each with its mark."""
    page = client.get("/p/thornwick/").content.decode()
    if "First steps" not in page:
        return []
    rows = page.split("First steps")[1].split("</ul>")[0].split("<li")[1:]
    words = [re.sub(r"<[^>]+>", "\n", row).split("\n") for row in rows]
    said = [[text.strip() for text in row if text.strip()] for row in words]
    return [(row[1], row[-1]) for row in said]


def test_first_steps_of_a_new_partnership(
    newcomer: tuple[Partnership, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardmote.web.project.first_steps.read_today", lambda: date(2026, 11, 21))
    partnership, client = newcomer
    titles = ["Add the agencies", "Invite people", "Make a plan", "Adopt the plan", "The first quarter opens by itself"]
    assert read_steps(client) == list(zip(titles, ["To do", "To do", "To do", "Later", "Later"], strict=True))
    page = client.get("/p/thornwick/").content.decode()
    for address in ("organisations/", "people/invite/", "plans/new/", "performance/plans/import/"):
        assert f'href="/p/thornwick/{address}"' in page, address
    with writing(by=None, verb="test.begun", partnership=partnership):
        police = Organisation.objects.create(name="Police", kind="police")
        Agency.objects.create(partnership=partnership, organisation=police, standing="responsible")
        plan = Plan.objects.create(
            partnership=partnership, lineage=uuid4(), title="Safer", state="draft", made_at=read_now(),
            starts_on=date(2026, 4, 1), ends_on=date(2029, 3, 31),
        )  # fmt: skip
    give_role(make_person("ann@example.org"), partnership, Role.CONTRIBUTOR, police)
    assert [mark for _, mark in read_steps(client)] == ["Done", "Done", "Done", "To do", "Later"]
    with writing(by=None, verb="test.adopted", partnership=partnership):
        plan.state, plan.adopted_on = "adopted", date(2026, 11, 1)
        plan.save()
    assert [mark for _, mark in read_steps(client)] == ["Done", "Done", "Done", "Done", "Later"]
    assert "2026/27Q3 opens on 1 January 2027" in client.get("/p/thornwick/").content.decode()
    open_quarter(plan=plan, dates=find_quarter(date(2026, 12, 31)), by=None)
    assert read_steps(client) == []


def test_first_steps_are_for_who_runs_the_partnership(newcomer: tuple[Partnership, Client]) -> None:
    reader = make_person("reader@example.org")
    give_role(reader, newcomer[0], Role.READER)
    client = Client()
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    assert read_steps(client) == []
