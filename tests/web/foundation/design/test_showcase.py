"""Every component in a real browser: accessible, at the width of a phone, by keyboard, under the strict policy."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.web.foundation.design.local_site import LocalSite, serve_pages
from tests.web.foundation.design.showcase import draw_showcase

from support.browser import OpenPage, check_accessible, check_fits
from wardmote.web.foundation.design.environment import PageEnvironment

pytestmark = pytest.mark.browser

PATHS = ["/", "/refused", "/404"]


@pytest.fixture
def site(environment: PageEnvironment) -> Iterator[LocalSite]:
    pages = {
        "/": draw_showcase(environment),
        "/refused": draw_showcase(environment, {"due-day": "3"}),
        "/404": environment.get_template("foundation/errors/404.html").render(),
    }
    with serve_pages(pages) as site:
        yield site


@pytest.fixture
def page(open_page: OpenPage) -> Any:
    return open_page(width=1280)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", PATHS)
def test_page_is_accessible_fits_and_obeys_the_policy(site: LocalSite, page: Any, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.address + path)
    page.wait_for_load_state("networkidle")
    check_accessible(page)
    check_fits(page)
    assert [text for text in page.complaints if "404" not in text] == []


def test_components_come_to_life(site: LocalSite, page: Any) -> None:
    page.goto(site.address)
    page.wait_for_selector(".govuk-tabs__list-item--selected")
    page.get_by_role("tab", name="History").click()
    assert page.get_by_role("tabpanel", name="History").is_visible()
    assert not page.get_by_role("tabpanel", name="Values").is_visible()
    page.set_viewport_size({"width": 320, "height": 900})
    menu = page.get_by_role("button", name="Menu")
    page.get_by_role("link", name="Exceptions").wait_for(state="hidden")  # the page hears of its width a moment later
    menu.click()
    page.get_by_role("link", name="Exceptions").wait_for(state="visible")


def read_focus(page: Any) -> str:
    """What has the keyboard: its own words, its label, or its id."""
    return str(
        page.evaluate(
            "(e => e.getAttribute('aria-label') || (e.labels && e.labels[0] ? e.labels[0].innerText : e.innerText)"
            " || e.id)(document.activeElement)"
        )
    ).strip()


def test_keyboard_goes_through_the_page_in_reading_order(site: LocalSite, page: Any) -> None:
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        order.append(read_focus(page))
    assert order[:12] == [
        "Skip to main content", "wardmote", "Your account", "What you must do", "Plan", "Returns", "Exceptions",
        "Plans",
        "Indicators of priority 1", "Violence at night", "Robbery in public places", "Taxi marshals on duty",
    ]  # fmt: skip


def test_skip_link_leads_to_the_content(site: LocalSite, page: Any) -> None:
    page.goto(site.address)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


@pytest.mark.parametrize(
    ("words", "target"), [("Answer “Why is there no number?”", "id_reason"), ("Due date must include", "id_due-month")]
)
def test_error_summary_leads_to_the_input(site: LocalSite, page: Any, words: str, target: str) -> None:
    page.goto(site.address + "/refused")
    page.wait_for_load_state("networkidle")
    assert page.title().startswith("Error: ")
    page.locator(".govuk-error-summary").get_by_role("link", name=words).click()
    assert page.evaluate("document.activeElement.id") == target


def test_page_without_scripts_shows_everything(site: LocalSite, open_page: OpenPage) -> None:
    page = open_page(width=320, java_script_enabled=False)
    page.goto(site.address)
    for link in ("Exceptions", "Values as a table"):
        assert page.get_by_text(link, exact=True).first.is_visible()
    assert page.locator("#values").is_visible()
    assert page.locator("#history").is_visible()


FRAGMENT = """{% extends "foundation/page.html" %}{% block page_title %}Filter{% endblock %}
{% block content %}<h1>Filter</h1><button hx-post="/part" hx-target="#part">Show more</button><div id="part"></div>
{% endblock %}{% block page_scripts %}<script type="module" src="{{ static('foundation/htmx.js') }}"></script>
{% endblock %}"""


def test_part_of_a_page_is_fetched_with_the_token_and_started(environment: PageEnvironment, page: Any) -> None:
    tabs = environment.from_string(
        """{% from "foundation/macros/data.html" import tabs %}
        {{ tabs("t", [{"id": "one", "label": "One", "html": "1"}, {"id": "two", "label": "Two", "html": "2"}]) }}"""
    ).render()
    pages = {"/": environment.from_string(FRAGMENT).render(csrf_token="t0ken"), "/part": tabs}
    with serve_pages(pages) as site:
        page.goto(site.address)
        page.wait_for_load_state("networkidle")
        page.get_by_role("button", name="Show more").click()
        page.get_by_role("tab", name="Two").click()
        assert page.get_by_role("tabpanel", name="Two").is_visible()
        assert site.tokens == ["t0ken"]
        assert page.complaints == []
