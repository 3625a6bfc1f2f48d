"""A locked quarter: nothing in it is asked for or signed, and every page says so and how to go on."""

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions.quarters import close_quarter
from wardmote.web.returns.actions.signing import query_return
from wardmote.web.returns.models import Return

pytestmark = pytest.mark.django_db
GOOD = {"numerator": "45", "denominator": "60", "what_happened": "More were asked.", "action": "submit"}


def find(name: str, *keys: object) -> str:
    return reverse(name, args=["ashmere", *keys])


@pytest.fixture
def world() -> World:
    """P1-1 is queried, P1-2 waits for a signature, P1-3 is not in; then the quarter is locked."""
    world = make_world("ashmere")
    client = world.sign_in(Role.CONTRIBUTOR)
    for ref in ("P1-1", "P1-2"):
        client.post(find("show_return", world.returns[ref].pk), GOOD)
    asked = Return.objects.get(pk=world.returns["P1-1"].pk)
    query_return(ret=asked, question="All of it?", by=world.people[Role.LEAD])
    close_quarter(quarter=world.quarter, by=world.people[Role.COORDINATOR], reason="The report is out")
    return world


def read(world: World, role: Role, name: str, *keys: object) -> str:
    return str(world.sign_in(role).get(find(name, *keys)).content.decode())


def test_home_asks_nobody_to_sign_or_enter(world: World) -> None:
    assert "Sign off" not in read(world, Role.LEAD, "partnership_home")
    assert "Answer 1 query" not in read(world, Role.CONTRIBUTOR, "partnership_home")


def test_page_of_returns_to_sign_says_what_lies_in_the_locked_quarter(world: World) -> None:
    page = read(world, Role.COORDINATOR, "returns_to_sign_off")
    assert "The quarter 2026/27Q2 is locked: 1 submitted return of it cannot be signed off." in page
    assert find("reopen_quarter", world.quarter.pk) in page
    page = read(world, Role.LEAD, "returns_to_sign_off")
    assert "Ask the coordinator to reopen the quarter." in page
    assert find("reopen_quarter", world.quarter.pk) not in page


def test_signing_says_that_the_quarter_is_locked(world: World) -> None:
    sent = {"return": [str(world.returns[ref].pk) for ref in ("P1-1", "P1-2")]}
    answer = world.sign_in(Role.LEAD).post(find("returns_to_sign_off"), sent, follow=True)
    page = answer.content.decode()
    assert "0 returns signed off." in page
    assert "P1-2: the quarter 2026/27Q2 is locked" in page
    assert "meanwhile" not in page


def test_queried_return_shows_how_to_go_on(world: World) -> None:
    page = read(world, Role.CONTRIBUTOR, "show_return", world.returns["P1-1"].pk)
    assert "The quarter 2026/27Q2 is locked." in page
    assert "Nothing in it can be answered until it is reopened. Ask the coordinator to reopen it." in page
    page = read(world, Role.COORDINATOR, "show_return", world.returns["P1-1"].pk)
    assert find("reopen_quarter", world.quarter.pk) in page


def test_quarter_page_calls_nobody_late(world: World) -> None:
    page = read(world, Role.CHAIR, "show_quarter", world.quarter.pk)
    assert "The quarter is locked: nothing in it can be entered or signed off" in page
    assert "days late" not in page
    assert "due 30" not in page.partition("<table")[2]


def test_lock_page_says_what_would_be_left_open(world: World) -> None:
    world.sign_in(Role.COORDINATOR).post(find("reopen_quarter", world.quarter.pk), {"reason": "For signing"})
    page = read(world, Role.COORDINATOR, "lock_quarter", world.quarter.pk)
    assert "3 returns are not signed off, and can be neither entered nor signed off until" in page
    assert "Sign off 1 return" in read(world, Role.LEAD, "partnership_home")
