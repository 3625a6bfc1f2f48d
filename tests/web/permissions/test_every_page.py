"""Every page x every role x own, foreign and swapped: the truth table of the whole application.

Pages are found from the addresses, so that a new one is held to this without anybody's doing.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from support.web.objects import gather, make_objects
from support.web.pages import Page, list_pages
from support.web.world import World
from wardmote.web.partnerships.permissions import can
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db
PAGES = list_pages()
#: What a page may answer to who may see it: a page, a way on, a form with faults, or that things do not stand so.
SEEN = {200, 302, 303, 400, 409, 422}
#: Pages that ask more of the object than their ability says, and who may then: the plan here is adopted, its action is
#: nobody's own, and the document was issued by nobody.
ASK_MORE: dict[str, set[Role]] = {
    "settle_document": {Role.COORDINATOR},
    "change_plan_record": {Role.COORDINATOR},
    "update_action": {Role.COORDINATOR, Role.LEAD},
    "change_target": {Role.COORDINATOR},
    "change_target_typed": {Role.COORDINATOR},
    "rebase_target": {Role.COORDINATOR},
    "settle_target": {Role.COORDINATOR},
    "read_target_words": {Role.COORDINATOR},
} | gather("ASK_MORE")
#: The register of bodies is one for all partnerships: what a page of it shows of seats is the partnership's own.
SHARED = {
    ("show_organisation", "organisation"),
    ("change_organisation", "organisation"),
    ("add_successor", "organisation"),
}


def ask(client: Client, address: str) -> int:
    """The status of a page, asked and not done: whatever it wrote is taken back."""
    with transaction.atomic():
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address, {})
        transaction.set_rollback(True)
    return int(response.status_code)


@pytest.fixture
def ashmere() -> tuple[World, dict[str, Any]]:
    return make_objects("ashmere")


@pytest.fixture
def birchwood() -> tuple[World, dict[str, Any]]:
    return make_objects("birchwood")


def sign_in_all(world: World) -> dict[Role, Client]:
    return {role: world.sign_in(role) for role in Role}


def test_every_page_declares_its_ability() -> None:
    assert [page.route for page in PAGES if not page.ability or not page.name] == []
    assert len(PAGES) >= 80


def test_every_role_is_answered_as_the_page_declares(ashmere: tuple[World, dict[str, Any]]) -> None:
    world, objects = ashmere
    clients, wrong = sign_in_all(world), []
    for page in PAGES:
        address = page.find_address("ashmere", objects)
        for role, client in clients.items():
            status = ask(client, address)
            may = can(world.people[role], page.ability, world.partnership)
            may = may and role in ASK_MORE.get(page.name, set(Role))
            if (status not in SEEN) if may else (status != 403):
                wrong.append(f"{page.name} ({page.ability}) as {role}: {status}, {'may' if may else 'may not'}")
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def test_nobody_sees_a_page_without_signing_in(ashmere: tuple[World, dict[str, Any]]) -> None:
    _, objects = ashmere
    wrong = []
    for page in PAGES:
        address = page.find_address("ashmere", objects)
        response = Client().get(address)
        if response.status_code == 405:
            response = Client().post(address, {})
        if response.status_code != 302 or not response.headers["Location"].startswith("/account/login/"):
            wrong.append((page.name, response.status_code))
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def test_another_partnership_does_not_exist(
    ashmere: tuple[World, dict[str, Any]], birchwood: tuple[World, dict[str, Any]]
) -> None:
    """As is answered for an address that nobody has."""
    clients, objects = sign_in_all(birchwood[0]), ashmere[1]
    wrong = [
        (page.name, role)
        for page in PAGES
        for role, client in clients.items()
        if ask(client, page.find_address("ashmere", objects)) != 404
    ]
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def test_suspended_person_sees_nothing(ashmere: tuple[World, dict[str, Any]]) -> None:
    from wardmote.web.foundation.writes import writing

    world, objects = ashmere
    person, client = world.people[Role.COORDINATOR], world.sign_in(Role.COORDINATOR)
    with writing(by=None, verb="test.suspended"):
        person.is_active = False
        person.save()
    assert [page.name for page in PAGES if ask(client, page.find_address("ashmere", objects)) not in (302, 404)] == []


def test_objects_of_another_partnership_do_not_exist(
    ashmere: tuple[World, dict[str, Any]], birchwood: tuple[World, dict[str, Any]]
) -> None:
    """Our own address, another's keys: one at a time and all at once, for each role that may see the page."""
    world, ours = ashmere
    theirs, clients, wrong = birchwood[1], sign_in_all(world), []
    for page in PAGES:
        for swapped in list_swaps(page, theirs):
            address = page.find_address("ashmere", ours, **swapped)
            for role, client in clients.items():
                if can(world.people[role], page.ability, world.partnership) and ask(client, address) != 404:
                    wrong.append(f"{page.name} as {role} with another's {', '.join(swapped)}: {ask(client, address)}")
    assert not wrong, "\n" + "\n".join(map(str, wrong))


def list_swaps(page: Page, theirs: dict[str, Any]) -> list[dict[str, Any]]:
    names = {kwarg: name for kwarg, name in page.list_object_names().items() if (page.name, kwarg) not in SHARED}
    named = {kwarg: theirs[name].pk for kwarg, name in names.items()}
    single = [{kwarg: key} for kwarg, key in named.items()]
    return [*single, named] if len(named) > 1 else single  # none where the page names no object
