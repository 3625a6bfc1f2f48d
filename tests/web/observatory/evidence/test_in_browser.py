"""The pages of the evidence in a real browser: nothing runs over on a phone, and axe finds nothing."""

import mimetypes
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from support.browser import OpenPage, check_accessible, check_fits
from support.small_county import HERE
from support.web.world import World
from wardmote.web.partnerships.states import Role

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
SITE = "http://localhost:8000"
PAGES = (
    "", "?words=burglery", "burglary_rate/?period=2020/21", "crime_count/?split=offence&period=2020/21",
    "burglary_rate/?other_area=Nowhere&split=ward%402024", f"figure/?id=burglary_rate:{HERE}:2020/21",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_fits_and_is_accessible(open_page: OpenPage, world: World, width: int) -> None:
    client = world.sign_in(Role.ANALYST)
    answers = {f"{SITE}/p/ashmere/evidence/{page}": client.get(f"/p/ashmere/evidence/{page}") for page in PAGES}
    page = open_page(width=width)
    page.context.route("**/*", lambda route: _answer(route, answers))
    for address in answers:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        check_fits(page)
        check_accessible(page)
    assert page.complaints == []


def _answer(route: Any, answers: dict[str, Any]) -> None:
    """The application's own answer with its headers, or one of its static files."""
    address = route.request.url
    if address in answers:
        found = answers[address]
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)
        return
    path = finders.find(urlsplit(address).path.removeprefix("/static/"))
    if path is None:
        route.fulfill(status=404)
    else:
        route.fulfill(path=str(path), content_type=mimetypes.guess_type(str(path))[0] or "application/octet-stream")
