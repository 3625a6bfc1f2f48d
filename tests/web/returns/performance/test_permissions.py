"""Who may open which performance page: a truth table of roles and pages, and of what belongs to others."""

import pytest

from support.web.performance import override, report
from support.web.world import make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.performance.documents import issue_documents

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset(Role)
ISSUERS = EVERYBODY - {Role.CONTRIBUTOR, Role.READER}
IMPORTERS = {Role.COORDINATOR, Role.ANALYST}
#: Page, below /p/<slug>/performance/, and the roles that are answered; everybody else is refused.
PAGES = {
    "": EVERYBODY,
    "exceptions/": EVERYBODY,
    "documents/": EVERYBODY,
    "documents/new/": ISSUERS,
    "documents/{document}/file": EVERYBODY,
    "documents/{document}/settle/": {Role.COORDINATOR},
    "indicators/{indicator}/": EVERYBODY,
    "indicators/{indicator}/values.csv": EVERYBODY,
    "indicators/{indicator}/values.json": EVERYBODY,
    "overrides/{override}/lift/": {Role.COORDINATOR, Role.LEAD},
    "plans/import/": IMPORTERS,
    "plans/import/keep/": IMPORTERS,
    "plans/template.xlsx": IMPORTERS,
    "plans/template.csv": IMPORTERS,
    "plans/{plan}/plan.json": EVERYBODY,
    "plans/{plan}/plan.xlsx": EVERYBODY,
}


def fill(world):
    """A value, a status set by hand, and a report made by the coordinator: the keys of what pages speak of."""
    report(world, "P1-1", part=60, whole=100)
    by = world.people[Role.COORDINATOR]
    return {
        "document": issue_documents(world.plan, quarter=None, forms=["html"], by=by)[0].pk,
        "indicator": world.indicators["P1-1"].pk,
        "override": override(world, "P1-1", "grey").pk,
        "plan": world.plan.pk,
    }


@pytest.mark.parametrize("page", PAGES)
def test_page_answers_the_roles_it_is_for(page):
    world = make_world()
    address = "/p/ashmere/performance/" + page.format(**fill(world))
    answered = {role for role in Role if world.sign_in(role).get(address).status_code in (200, 302)}
    refused = {role for role in Role if world.sign_in(role).get(address).status_code == 403}
    assert answered == PAGES[page]
    assert refused == EVERYBODY - PAGES[page]
    assert world.sign_in(None).get(address).status_code == 302  # to the sign-in


@pytest.mark.parametrize("page", [page for page in PAGES if "{" in page])
def test_page_of_another_partnership_does_not_exist(page):
    world, other = make_world("ashmere"), make_world("birchley")
    keys = fill(other)
    client = world.sign_in(Role.COORDINATOR)
    assert client.get("/p/ashmere/performance/" + page.format(**keys)).status_code == 404
    assert client.get("/p/birchley/performance/" + page.format(**keys)).status_code == 404


@pytest.mark.parametrize("tail", ["indicators/{indicator}/status/", "documents/new/", "plans/import/keep/"])
def test_writing_is_refused_to_a_reader(tail):
    world = make_world()
    address = "/p/ashmere/performance/" + tail.format(**fill(world))
    assert world.sign_in(Role.READER).post(address, {}).status_code == 403
