"""Each role follows every link that its pages offer: all answer, are accessible, and are no wider than a phone."""

import re
from collections import deque
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Error

from support.browser import check_fits

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 800}
PEOPLE = {
    "administrator": "ada.zuntar", "coordinator": "bram.zellick", "analyst": "carys.zimmond", "lead": "dev.zorrin",
    "contributor": "kezia.zandry", "chair": "leon.zimbrook", "scrutiny": "mira.zulham", "reader": "nils.zarrand",
}  # fmt: skip
_FILES = re.compile(r"\.(csv|ics|json|xlsx|yaml)$|/file$|/workbook/[^/]+/[^/]+/$|/files/[^/]+")
OPENED: set[str] = set()
_LINKS = "links => links.map(link => link.href.split('#')[0])"


def find_pages(walker):  # type: ignore[no-untyped-def]
    """The addresses on this page that lead to pages of the site."""
    for link in walker.page.eval_on_selector_all("a[href]", _LINKS):
        place = urlsplit(link)
        if link.startswith(walker.address) and not _FILES.search(place.path) and "logout" not in place.path:
            yield place.path


@pytest.mark.parametrize("served", ["with a mouse at 1280 px"], indirect=True)
@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_that_a_role_can_reach_is_whole(site, role):  # type: ignore[no-untyped-def]
    """One page of each kind is opened: the second indicator's page is the first one's with other figures.

    What another role has opened before is the same page with less or more on it: it is opened again only where this
    role's own links begin. Who may see which page is the truth table's matter.
    """
    walker = site.sign_in(PEOPLE[role])
    walker.page.set_viewport_size(PHONE)
    first = list(find_pages(walker))
    to_do, seen = deque(first), set()
    while to_do:
        path = to_do.popleft()
        kind = resolve(path).view_name
        if kind in seen or (kind in OPENED and path not in first):
            continue
        seen.add(kind)
        OPENED.add(kind)
        try:
            answer = walker.page.goto(walker.address + path)
        except Error as error:
            if "Download is starting" in str(error):  # a file, not a page
                continue
            raise
        assert answer.status == 200, f"{path} answers {answer.status} to the {role}"
        if walker.look():
            walker.page.set_viewport_size({"width": walker.width, "height": walker.height})
            check_fits(walker.page)
            walker.page.set_viewport_size(PHONE)
        to_do.extend(find_pages(walker))
    assert {resolve("/p/zellmouth/performance/").view_name, resolve("/p/zellmouth/").view_name} <= seen
    assert "plan" in OPENED
