"""A real server with the sample, and a real browser before it: what the journeys of people are walked with.

    def test_contributor_returns(visit):
        page = visit("contributor").page
        ...
        visit.check_accessible(page)
        visit.photograph(page, "return")

WARDMOTE_PHOTOGRAPHS=1 writes the pictures of the guide into docs/images/guide.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from support.web.installation import Installation
from support.web.server import Server, serving

WIDE, NARROW = (1280, 900), (320, 800)
PICTURES = Path(__file__).parents[3] / "docs" / "images" / "guide"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, with the sample partnership loaded."""
    folder = tmp_path_factory.mktemp("journeys")
    with serving(Installation(folder / "home"), "--sample", log=folder / "log") as server:
        assert server.links, server.said
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Site:
    """The server as people of each role meet it."""

    server: Server
    browser: Any
    states: dict[str, Any]

    def sign_in_as(self, role: str, *, width: tuple[int, int] = WIDE, scripts: bool = True) -> Any:
        """A page in a browser of its own in which the sample's person of this role is signed in.

        A link of the sample works once; the browser's cookies are kept for the next journey of the role.
        """
        context = self.browser.new_context(
            viewport={"width": width[0], "height": width[1]}, storage_state=self.states.get(role),
            java_script_enabled=scripts, base_url=self.server.address,
        )  # fmt: skip
        page = context.new_page()
        page.goto(self.server.address + "/" if role in self.states else self.server.links[role])
        assert urlsplit(page.url).path.startswith("/p/zellmouth/"), page.url
        self.states[role] = context.storage_state()
        return page

    def check_accessible(self, page: Any) -> None:
        """No fault that axe finds against WCAG 2.2 AA."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(page, options=_RULES)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"

    def check_no_sideways_scroll(self, page: Any) -> None:
        """Nothing stands out of the page at its side; wide tables scroll within themselves."""
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1], f"{page.url} is {widths[0]} px wide in a window of {widths[1]}"

    def photograph(self, page: Any, name: str) -> None:
        """A picture for the guide, when they are asked for."""
        if os.environ.get("WARDMOTE_PHOTOGRAPHS"):
            PICTURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def kept_states() -> dict[str, Any]:
    return {}


@pytest.fixture
def visit(site: Server, browser: Any, kept_states: dict[str, Any]) -> Iterator[Site]:
    """The site; every browser window that a journey opened is closed after it."""
    yield Site(site, browser, kept_states)
    for context in browser.contexts:
        context.close()


@pytest.fixture
def sign_in_as(visit: Site) -> Callable[..., Any]:
    return visit.sign_in_as
