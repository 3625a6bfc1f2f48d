"""The whole sample assessment in a real browser: WCAG rules, narrow screens, the keyboard."""

from typing import Any

import pytest

from evidence.reports.assessment.conftest import Written

pytestmark = pytest.mark.browser


def open_page(browser: Any, written: Written, width: int, *, bypass_csp: bool = False) -> Any:
    page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=bypass_csp)
    page.goto((written.folder / "assessment.html").as_uri())
    page.wait_for_load_state("load")
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_the_assessment_breaks_no_accessibility_rule(browser: Any, public_copy: Written, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = open_page(browser, public_copy, width, bypass_csp=True)
    found = axe.run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_assessment_never_scrolls_sideways(browser: Any, public_copy: Written, width: int) -> None:
    page = open_page(browser, public_copy, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_keyboard_leads_from_a_figure_to_its_entry(browser: Any, public_copy: Written) -> None:
    page = open_page(browser, public_copy, 1280)
    page.locator("main a[href^='#figure-']").first.focus()
    page.keyboard.press("Enter")
    target = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    assert target.startswith("figure-")
    assert page.locator(f"[id='{target}']").is_visible()
    page.close()


def test_every_link_inside_the_page_leads_somewhere(browser: Any, public_copy: Written) -> None:
    page = open_page(browser, public_copy, 1280)
    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(decodeURIComponent(id)))"
    )
    assert broken == []
    page.close()
