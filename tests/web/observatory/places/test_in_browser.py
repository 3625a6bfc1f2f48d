"""The pages of places in a real browser: a map by keyboard alone, with no WebGL, with no scripts, on a phone."""

import mimetypes
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders

from support.browser import OpenPage, check_accessible, check_fits
from support.small_county import OLD
from support.web.world import World
from wardmote.web.partnerships.states import Role

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
SITE = "http://localhost:8000"
PAGES = (
    "map/?period=2021/22", "map/picture/?area=E06000001&period=2021%2F22&by=ward%402017&show=rate",
    "ranking/?period=2021/22", "compare/?period=2022/23&with=2021/22&beside=E07000002",
)  # fmt: skip
MAP, PICTURE, RANKING, COMPARISON = (f"{SITE}/p/ashmere/evidence/burglary_rate/{page}" for page in PAGES)
_NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
Visit = Callable[..., Any]


@pytest.fixture
def visit(open_page: OpenPage, world: World) -> Visit:
    """Opens a window that is given the application's answers with their own headers, and nothing else.

    They are gathered beforehand: inside the browser's loop the database would be another. `page.asked` are the
    addresses asked for: nothing may be asked of anybody else.
    """
    client = world.sign_in(Role.ANALYST)
    answers = {address: client.get(address.removeprefix(SITE)) for address in (MAP, PICTURE, RANKING, COMPARISON)}
    found = re.search(r'"shapes": "([^"]+)"', answers[MAP].content.decode())
    assert found is not None
    shapes = found[1].encode().decode("unicode_escape")
    answers[SITE + shapes] = client.get(shapes)

    def open_window(**more: Any) -> Any:
        page = open_page(**more)
        page.asked = []
        page.context.route("**/*", lambda route: _answer(route, answers, page.asked))
        return page

    return open_window


def _answer(route: Any, answers: dict[str, Any], asked: list[str]) -> None:
    url = route.request.url
    asked.append(url)
    path = urlsplit(url).path
    if path.startswith("/static/"):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        route.fulfill(path=finders.find(path.removeprefix("/static/")), content_type=kind)
    elif url in answers:
        route.fulfill(status=200, headers=dict(answers[url].headers), body=answers[url].content)
    else:
        route.abort()


def _wait(page: Any) -> None:
    page.wait_for_selector("#map[data-ready]", timeout=20_000)


def test_map_works_by_keyboard_and_asks_nobody_else(visit: Visit) -> None:
    page = visit()
    page.goto(MAP)
    _wait(page)
    check_accessible(page)
    canvas, said = page.locator("#map canvas"), page.locator("#map-said")
    page.get_by_label("Shown").focus()
    for _ in range(2):  # past the button
        page.keyboard.press("Tab")
    assert canvas.evaluate("one => one === document.activeElement")
    page.keyboard.press("Equal")  # larger; what lies in the middle is said
    page.locator("#map-said", has_text="per 1,000").wait_for()
    assert "Class" in said.inner_text()
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-area][aria-current=true]")
    row = page.locator(f'[data-area="{OLD[2]}"]')
    row.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f'#map[data-chosen="{OLD[2]}"]')
    assert row.get_attribute("aria-current") == "true"
    assert page.url.endswith("map/?period=2021/22")  # the page stayed
    assert {urlsplit(url).netloc for url in page.asked if not url.startswith("data:")} == {"localhost:8000"}
    assert not [words for words in page.complaints if "GPU stall" not in words]


def test_without_webgl_or_scripts_a_picture_stands_for_the_map(visit: Visit) -> None:
    for more in ({"init": _NO_WEBGL}, {"java_script_enabled": False}):
        script = more.pop("init", "")
        page = visit(**more)
        if script:
            page.add_init_script(str(script))
        page.goto(MAP)
        picture = page.locator("#map-picture img")
        picture.wait_for()
        assert "All values stand in the table" in str(picture.get_attribute("alt"))
        assert any("map/picture/" in url for url in page.asked)
        assert page.locator("[data-area]").count() == 2


def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(visit: Visit) -> None:
    page = visit()
    for address in (RANKING, COMPARISON):
        page.goto(address)
        check_accessible(page)
    page.set_viewport_size({"width": 320, "height": 900})
    for address in (MAP, RANKING, COMPARISON):
        page.goto(address)
        check_fits(page)
    _ = page.goto(MAP)
    _wait(page)
    check_fits(page)
    check_accessible(page)
