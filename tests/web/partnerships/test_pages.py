"""Every page of people, roles and partnerships for every role: 200, 403, 404 or a redirect, and nothing in between."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import get_resolver

from support.web.world import World, make_person, make_world
from wardmote.web.partnerships.models import Agency, Membership
from wardmote.web.partnerships.states import Role
from wardmote.web.partnerships.urls import partnership_urls

pytestmark = pytest.mark.django_db

A, C, CH = Role.ADMINISTRATOR, Role.COORDINATOR, Role.CHAIR
MANAGERS = {A, C}
MEMBERS = set(Role)
# The page's name, and the roles that see it; everybody else of the partnership is told 403.
SEEN_BY = {
    "people": MANAGERS | {CH},
    "show_person": MANAGERS | {CH},
    "invite_person": MANAGERS,
    "add_role": MANAGERS,
    "suspend_person": MANAGERS,
    "restore_person": MANAGERS,
    "clear_second_step": MANAGERS,
    "end_role": MANAGERS,
    "withdraw_invitation": MANAGERS,
    "resend_invitation": MANAGERS,
    "access_review": MANAGERS,
    "organisations": MEMBERS,
    "show_organisation": MEMBERS,
    "add_organisation": MANAGERS,
    "register_organisation": MANAGERS,
    "change_organisation": MANAGERS,
    "add_successor": MANAGERS,
    "end_agency": MANAGERS,
    "partnership_settings": {A},
    "audit": {A},
    "download_audit": {A},
}
POSTED = {"resend_invitation"}


def find_ids(world: World) -> dict[str, Any]:
    """One object of each kind in a world."""
    from wardmote.web.partnerships.invitations import invite
    from wardmote.web.partnerships.models import Invitation

    invitation = Invitation.objects.filter(partnership=world.partnership).first() or invite(
        by=world.people[A],
        partnership=world.partnership,
        email=f"new@{world.partnership.slug}.example.org",
        role="reader",
    )
    reader = world.people[Role.READER]
    return {
        "person": reader.pk,
        "membership": Membership.objects.get(partnership=world.partnership, person=reader).pk,
        "invitation": invitation.pk,
        "organisation": world.police.pk,
        "agency": Agency.objects.get(partnership=world.partnership, organisation=world.police).pk,
    }


def make_address(name: str, slug: str, ids: dict[str, Any]) -> str:
    pattern = next(each for each in partnership_urls if each.name == name).pattern
    path = str(pattern)
    for kind, key in ids.items():
        path = path.replace(f"<uuid:{kind}>", str(key))
    assert "<" not in path
    return f"/p/{slug}/{path}"


def ask(client: Any, name: str, address: str) -> int:
    return (client.post if name in POSTED else client.get)(address).status_code


def test_every_page_is_in_the_table() -> None:
    assert {each.name for each in partnership_urls} == set(SEEN_BY)
    assert get_resolver() is not None


def test_pages_by_role() -> None:
    world = make_world()
    ids = find_ids(world)
    wrong = []
    for role in Role:
        client = world.sign_in(role)
        for name, seen_by in SEEN_BY.items():
            expected = (302 if name in POSTED else 200) if role in seen_by else 403
            got = ask(client, name, make_address(name, "ashmere", ids))
            if got != expected:
                wrong.append((name, role.value, got, expected))
    assert not wrong


def test_pages_signed_out() -> None:
    world = make_world()
    ids = find_ids(world)
    for name in SEEN_BY:
        address = make_address(name, "ashmere", ids)
        response = (world.sign_in(None).post if name in POSTED else world.sign_in(None).get)(address)
        assert response.status_code == 302, name
        assert response["Location"].startswith("/account/login/"), name


@pytest.mark.parametrize("role", [A, C])
def test_pages_of_another_partnership(role: Role) -> None:
    here, there = make_world(), make_world("brindle")
    client, ids = here.sign_in(role), find_ids(there)
    for name in SEEN_BY:
        assert ask(client, name, make_address(name, "brindle", ids)) == 404, name


@pytest.mark.parametrize("role", [A, C])
def test_swapped_ids(role: Role) -> None:
    """Ids of another partnership in one's own address do not exist; organisations are a shared register."""
    here, there = make_world(), make_world("brindle")
    client, ids = here.sign_in(role), find_ids(there)
    for name in SEEN_BY:
        if make_address(name, "ashmere", ids) == make_address(name, "ashmere", find_ids(here)):
            continue
        if "organisation" in name or name == "add_successor":
            continue
        assert ask(client, name, make_address(name, "ashmere", ids)) == 404, name


def test_ids_that_are_nothing() -> None:
    world = make_world()
    nothing = dict.fromkeys(find_ids(world), uuid4())
    client = world.sign_in(A)
    for name in SEEN_BY:
        if make_address(name, "ashmere", nothing) != make_address(name, "ashmere", find_ids(world)):
            assert ask(client, name, make_address(name, "ashmere", nothing)) == 404, name


def test_operator_without_a_role_sees_nothing_of_a_partnership() -> None:
    world = make_world()
    operator = make_person("op@example.org", is_operator=True)
    from django.test import Client

    client = Client()
    client.force_login(operator, backend="django.contrib.auth.backends.ModelBackend")
    ids = find_ids(world)
    for name in SEEN_BY:
        assert ask(client, name, make_address(name, "ashmere", ids)) == 404, name
    assert client.get("/p/ashmere/").status_code == 404
    for address in ("/partnerships/", "/partnerships/new/", "/partnerships/audit/", "/start/"):
        assert client.get(address).status_code == 200, address
        for role in Role:
            assert world.sign_in(role).get(address).status_code == 403, (address, role)


def test_suspended_and_ended_people_are_out_at_once() -> None:
    world = make_world()
    reader = world.people[Role.READER]
    client = world.sign_in(Role.READER)
    assert client.get("/p/ashmere/organisations/").status_code == 200
    from wardmote.web.partnerships.accounts import suspend
    from wardmote.web.partnerships.memberships import end_membership

    end_membership(by=world.people[A], membership=Membership.objects.get(person=reader), reason="moved")
    assert client.get("/p/ashmere/organisations/").status_code == 404
    lead = world.sign_in(Role.LEAD)
    suspend(by=world.people[A], partnership=world.partnership, person=world.people[Role.LEAD], reason="asked")
    response = lead.get("/p/ashmere/organisations/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
