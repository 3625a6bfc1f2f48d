"""The page in a real browser: WCAG rules, narrow screens, the keyboard."""

from typing import Any

import pytest

from evidence.reports.sample_report import build_report
from wardmote.evidence.reports.writers.html import write_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "assessment.html"
    write_html(build_report(2), path)
    return path.as_uri()


def open_page(browser: Any, address: str, width: int, *, bypass_csp: bool = False) -> Any:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=bypass_csp)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_page_breaks_no_accessibility_rule(browser: Any, address: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = open_page(browser, address, width, bypass_csp=True)  # the checker is a script; the page allows none
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_page_never_scrolls_sideways(browser: Any, address: str, width: int) -> None:
    page = open_page(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


def test_page_obeys_its_own_policy_and_shows_its_font(browser: Any, address: str) -> None:
    page = open_page(browser, address, 1280)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(27, 58, 87)"
    assert page.complaints == []


def test_keyboard_skips_to_the_report_and_reaches_wide_tables(browser: Any, address: str) -> None:
    page = open_page(browser, address, 320)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('aria-labelledby') || ''"))
    assert "caption-all-crime-wards" in reached


def test_keyboard_opens_the_data_of_a_chart(browser: Any, address: str) -> None:
    page = open_page(browser, address, 1280)
    page.focus("#all-crime-map summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#all-crime-map details table")
