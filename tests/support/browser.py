"""The one browser of a test process, and what every page in it is held to.

    def test_page_is_fit_for_all(open_page):
        page = open_page(width=320)
        page.goto(address)
        check_fits(page)
        check_accessible(page)

Playwright keeps a loop in the thread that starts it. A second one is refused there, and Django keeps its connections
apart from then on: so it is started once, before a test's own fixtures, and stays until the session ends.
"""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}

OpenPage = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium, or a skip that says what is missing."""
    sync_api = pytest.importorskip("playwright.sync_api")
    pytest.importorskip("axe_playwright_python.sync_playwright")
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[OpenPage]:
    """Opens an empty page in a window of its own, that knows no other; all are shut after the test.

    `page.complaints` gathers what the page says in the console as an error or warning, and what it throws.
    """
    opened = []

    def open_window(*, width: int = 1280, height: int = 900, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        opened.append(context)
        page = context.new_page()
        gather_complaints(page)
        return page

    yield open_window
    for context in opened:
        context.close()


def gather_complaints(page: Any) -> None:
    page.complaints = []
    page.on("console", lambda said: said.type in ("error", "warning") and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))


def check_accessible(page: Any) -> None:
    """No fault that axe finds, against WCAG 2.2 AA and what it holds to be good practice."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=_OPTIONS)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def check_fits(page: Any) -> None:
    """Nothing stands out of the page at its side; wide tables scroll within themselves."""
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1], f"{page.url} is {widths[0]} px wide in a window of {widths[1]}"
