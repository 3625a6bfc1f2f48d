"""The page in a real browser: WCAG rules, narrow screens, the keyboard."""

from typing import Any

import pytest

from evidence.reports.sample_report import build_report
from support.browser import OpenPage, check_accessible, check_fits
from wardmote.evidence.reports.writers.html import write_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "assessment.html"
    write_html(build_report(2), path)
    return path.as_uri()


@pytest.fixture
def open_report(open_page: OpenPage, address: str) -> OpenPage:
    def open_at(width: int, **more: Any) -> Any:
        page = open_page(width=width, height=800, **more)
        page.goto(address)
        return page

    return open_at


@pytest.mark.parametrize("width", [320, 1280])
def test_page_breaks_no_accessibility_rule(open_report: OpenPage, width: int) -> None:
    page = open_report(width, bypass_csp=True)  # the checker is a script; the page allows none
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    check_accessible(page)


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_page_never_scrolls_sideways(open_report: OpenPage, width: int) -> None:
    page = open_report(width)
    check_fits(page)
    assert page.complaints == []


def test_page_obeys_its_own_policy_and_shows_its_font(open_report: OpenPage) -> None:
    page = open_report(1280)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(27, 58, 87)"
    assert page.complaints == []


def test_keyboard_skips_to_the_report_and_reaches_wide_tables(open_report: OpenPage) -> None:
    page = open_report(320)
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


def test_keyboard_opens_the_data_of_a_chart(open_report: OpenPage) -> None:
    page = open_report(1280)
    page.focus("#all-crime-map summary")
    page.keyboard.press("Enter")
    assert page.is_visible("#all-crime-map details table")
