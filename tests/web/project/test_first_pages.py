"""The first page of every role, the statements in the footer, and the pages of errors."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.invitations import invite
from wardmote.web.partnerships.models import Membership
from wardmote.web.partnerships.states import Role
from wardmote.web.partnerships.to_do import list_people_things

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
