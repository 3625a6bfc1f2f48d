"""Who may do what with returns: role x page, role x action x state, own and other agency, own and other partnership."""

import re
from uuid import uuid4

import pytest
from django.urls import URLPattern, reverse

from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.permissions import can
from wardmote.web.partnerships.states import Role
from wardmote.web.returns import policies
from wardmote.web.returns.models import Quarter, Return, ReturnVersion
from wardmote.web.returns.states import NEXT_STATES, ReturnState
from wardmote.web.returns.urls import partnership_urls

pytestmark = pytest.mark.django_db

R = Role
SEE_ALL = {R.ADMINISTRATOR, R.COORDINATOR, R.ANALYST, R.LEAD, R.CHAIR, R.EXECUTIVE}
SIGN = {R.LEAD, R.COORDINATOR}
#: Page -> the roles that may open it. Everybody else is told so (403).
PAGES = {
    "returns": SEE_ALL | {R.CONTRIBUTOR},
    "owed_returns": {R.CONTRIBUTOR},
    "submit_ready_returns": {R.CONTRIBUTOR},
    "returns_to_sign_off": SIGN,
    "covers": {R.ADMINISTRATOR, R.COORDINATOR, R.CONTRIBUTOR},
    "chase_list": {R.COORDINATOR},
    "chase_agency": {R.COORDINATOR},
    "quarters": SEE_ALL,
    "open_quarter": {R.COORDINATOR},
    "show_quarter": SEE_ALL,
    "put_off_due": {R.COORDINATOR},
    "lock_quarter": {R.COORDINATOR},
    "reopen_quarter": {R.COORDINATOR},
    "returns_workbooks": {R.CONTRIBUTOR},
    "show_return": SEE_ALL | {R.CONTRIBUTOR},
    "save_draft": {R.CONTRIBUTOR},
    "check_draft": {R.CONTRIBUTOR},
    "compare_drafts": {R.CONTRIBUTOR},
    "withdraw_return": {R.CONTRIBUTOR},
    "return_history": SEE_ALL | {R.CONTRIBUTOR},
    "query_return": SIGN,
    "sign_off_return": SIGN,
    "reopen_return": {R.COORDINATOR},
    "assign_return": {R.COORDINATOR},
    "returns_workbook": {R.CONTRIBUTOR},
}
#: Pages of things that are not in the small world: a wrong key answers 404 to who may, 403 to who may not.
OF_OTHER_THINGS = {
    "end_cover": {R.ADMINISTRATOR, R.COORDINATOR, R.CONTRIBUTOR},
    "show_workbook_upload": {R.CONTRIBUTOR},
    "refused_workbook_rows": {R.CONTRIBUTOR},
    "return_file": SEE_ALL | {R.CONTRIBUTOR},
    "remove_return_file": {R.CONTRIBUTOR},
}
POSTS = {"submit_ready_returns", "chase_agency", "save_draft", "check_draft", "sign_off_return", "end_cover",
         "remove_return_file"}  # fmt: skip


def list_own_names() -> set[str]:
    return {
        one.name for one in partnership_urls if isinstance(one, URLPattern) and ".performance" not in _find_module(one)
    }


def _find_module(pattern: URLPattern) -> str:
    return str(pattern.callback.__module__)


def find(name: str, world: World, *, key: object = None) -> str:
    pattern = next(one for one in partnership_urls if isinstance(one, URLPattern) and one.name == name)
    route = str(pattern.pattern)
    keys: dict[str, object] = {}
    for argument in re.findall(r"<uuid:(\w+)>", route):
        own = {"quarter_pk": world.quarter.pk, "organisation_pk": world.police.pk}.get(argument)
        at_quarter = "quarters/<uuid:pk>" in route
        keys[argument] = key or own or (world.quarter.pk if at_quarter else world.returns["P1-1"].pk)
    return reverse(name, kwargs={"slug": world.partnership.slug, **keys})


def ask(world: World, role: Role | None, name: str, address: str) -> int:
    client = world.sign_in(role)
    return int((client.post if name in POSTS else client.get)(address).status_code)


def test_table_names_every_page() -> None:
    assert set(PAGES) | set(OF_OTHER_THINGS) == list_own_names()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_opens_for_its_roles_and_no_others(name: str) -> None:
    world = make_world("ashmere")
    allowed = {role for role in Role if ask(world, role, name, find(name, world)) not in (403, 404)}
    assert allowed == PAGES[name]


@pytest.mark.parametrize("name", sorted(OF_OTHER_THINGS))
def test_page_of_what_is_not_there_is_404_or_403(name: str) -> None:
    world = make_world("ashmere")
    answers = {role: ask(world, role, name, find(name, world, key=uuid4())) for role in Role}
    assert {role for role, status in answers.items() if status == 404} == OF_OTHER_THINGS[name]
    assert {status for role, status in answers.items() if role not in OF_OTHER_THINGS[name]} == {403}


@pytest.mark.parametrize("name", sorted({*PAGES, *OF_OTHER_THINGS}))
def test_page_asks_who_is_signed_out_to_sign_in(name: str) -> None:
    world = make_world("ashmere")
    client = world.sign_in(None)
    answer = (client.post if name in POSTS else client.get)(find(name, world))
    assert answer.status_code == 302
    assert "/account/login" in answer.headers["Location"]


@pytest.mark.parametrize("name", sorted({*PAGES, *OF_OTHER_THINGS}))
def test_page_of_another_partnership_is_404(name: str) -> None:
    """Two partnerships: the other's slug, and the other's keys under our own slug."""
    ours, theirs = make_world("ashmere"), make_world("brookfield")
    for role in Role:
        assert ask(ours, role, name, find(name, theirs)) == 404
        address = find(name, theirs)
        swapped = address.replace("/p/brookfield/", "/p/ashmere/")
        if "<uuid:" in str(next(o for o in partnership_urls if getattr(o, "name", "") == name).pattern):
            assert ask(ours, role, name, swapped) in (403, 404)
            if role in PAGES.get(name, OF_OTHER_THINGS.get(name, set())):
                assert ask(ours, role, name, swapped) == 404


@pytest.mark.parametrize("name", ["show_return", "save_draft", "check_draft", "compare_drafts", "return_history",
                                  "withdraw_return"])  # fmt: skip
def test_contributor_of_another_agency_finds_nothing(name: str) -> None:
    world = make_world("ashmere")
    address = reverse(name, kwargs={"slug": "ashmere", "pk": world.returns["P1-3"].pk})
    assert ask(world, Role.CONTRIBUTOR, name, address) == 404


def test_workbook_of_another_agency_is_404() -> None:
    world = make_world("ashmere")
    address = reverse("returns_workbook", args=["ashmere", world.quarter.pk, world.council.pk])
    assert ask(world, Role.CONTRIBUTOR, "returns_workbook", address) == 404


def test_lead_of_another_priority_signs_nothing() -> None:
    world = make_world("ashmere")
    other = make_person("lead2@ashmere.example.org")
    give_role(other, world.partnership, Role.LEAD)
    ret = world.returns["P1-1"]
    assert can(world.people[Role.LEAD], "returns.sign_off_return", ret)
    assert not can(other, "returns.sign_off_return", ret)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_signs_what_they_submitted(role: Role) -> None:
    world = make_world("ashmere")
    ret, person = world.returns["P1-1"], world.people[role]
    with writing(by=None, verb="test.version", partnership=world.partnership):
        ret.version = ReturnVersion.objects.create(
            partnership=world.partnership, of=ret, number=1, kind="submitted", value={}, submitted_by=person.pk,
            submitted_at=world.quarter.opened_at,
        )  # fmt: skip
        ret.save()
    assert not can(person, "returns.sign_off_return", ret)


#: State -> what it allows while its quarter is open.
ALLOWED = {
    "owed": {"edit"},
    "draft": {"edit"},
    "submitted": {"withdraw", "query", "sign_off"},
    "queried": {"edit"},
    "signed_off": {"reopen"},
    "closed": set(),
}


def list_allowed(ret: Return) -> set[str]:
    answers = {
        "edit": policies.can_edit, "withdraw": policies.can_withdraw, "query": policies.can_query,
        "sign_off": policies.can_sign_off, "reopen": policies.can_reopen,
    }  # fmt: skip
    return {name for name, answer in answers.items() if answer(ret)}


@pytest.mark.parametrize("state", sorted(ALLOWED))
@pytest.mark.parametrize("locked", [False, True])
def test_state_allows_what_the_table_says(state: str, locked: bool) -> None:
    quarter = Quarter(period="2026/27Q2", state="locked" if locked else "open")
    ret = Return(quarter=quarter, state=state, version_id=uuid4())
    assert list_allowed(ret) == (ALLOWED[state] & {"reopen"} if locked else ALLOWED[state])


def test_reopened_return_is_worked_on_in_a_locked_quarter() -> None:
    quarter = Quarter(period="2026/27Q2", state="locked")
    from support.web.world import NOW

    assert list_allowed(Return(quarter=quarter, state="queried", reopened_at=NOW)) == {"edit"}


def test_table_knows_every_state() -> None:
    assert set(ALLOWED) == set(ReturnState.values) == {str(state) for state in NEXT_STATES}
