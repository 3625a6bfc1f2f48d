"""The whole sample assessment in a real browser: WCAG rules, narrow screens, the keyboard."""

from typing import Any

import pytest

from evidence.reports.assessment.conftest import Written
from support.browser import OpenPage, check_accessible, check_fits

pytestmark = pytest.mark.browser


@pytest.fixture
def open_assessment(open_page: OpenPage, public_copy: Written) -> OpenPage:
    def open_at(width: int, **more: Any) -> Any:
        page = open_page(width=width, **more)
        page.goto((public_copy.folder / "assessment.html").as_uri())
        return page

    return open_at


def test_the_assessment_breaks_no_accessibility_rule(open_assessment: OpenPage) -> None:
    """At the narrowest: the content is the same at every width, and the rules take half a minute."""
    check_accessible(open_assessment(320, bypass_csp=True))


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_assessment_never_scrolls_sideways(open_assessment: OpenPage, width: int) -> None:
    page = open_assessment(width)
    check_fits(page)


def test_the_keyboard_leads_from_a_figure_to_its_entry(open_assessment: OpenPage) -> None:
    page = open_assessment(1280)
    page.locator("main a[href^='#figure-']").first.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert target.startswith("figure-")
    assert page.locator(f"[id='{target}']").is_visible()


def test_every_link_inside_the_page_leads_somewhere(open_assessment: OpenPage) -> None:
    page = open_assessment(1280)
    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(decodeURIComponent(id)))"
    )
    assert broken == []
