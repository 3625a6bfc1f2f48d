"""The plan's pages in a real browser: no fault that axe finds, no page wider than a phone, words read back as typed."""

from typing import Any

import pytest
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.world import make_world
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans import actions
from web.foundation.design.local_site import serve_pages
from web.plans.full_plan import FullPlan, make_full_plan

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PAGES = (
    "plans", "plan", "plan_changes", "plan_approval", "plan_actions", "four_ps", "plan_risks", "cross_walk",
    "plan_indicator", "change_target", "change_plan", "make_plan", "revise_plan", "set_gates",
)  # fmt: skip


def draw_pages() -> tuple[dict[str, str], dict[str, str]]:
    """Addresses by name, and pages by address, as the coordinator gets them."""
    full = make_full_plan(make_world("ashmere"))
    by = full.world.people[Role.COORDINATOR]
    row = full.indicator
    actions.change_target(
        indicator=type(row).objects.select_related("plan").get(pk=row.pk), text="at least 85% of all who were asked",
        spec={"kind": "threshold", "operator": ">=", "value": 85}, valid_from=full.plan.ends_on, reason="Agreed", by=by,
    )  # fmt: skip
    client = full.world.sign_in(Role.COORDINATOR)
    addresses = {name: find_address(full, name) for name in PAGES}
    for kind, record in (
        ("indicators", full.indicator),
        ("actions", full.action),
        ("consultations", full.consultation),
    ):
        keys = {"slug": "ashmere", "plan_id": full.plan.pk, "kind": kind, "record_id": record.pk}
        addresses[f"change {kind}"] = reverse("change_plan_record", kwargs=keys)
    pages = {address: client.get(address).content.decode() for address in addresses.values()}
    reading = addresses["change_target"] + "reading/"
    pages[reading] = client.post(reading, {"text": "5% reduction"}).content.decode()
    addresses["refused"] = "/refused"
    pages["/refused"] = client.post(addresses["change_target"], {"text": "5% reduction"}).content.decode()
    return addresses, pages


def find_address(full: FullPlan, name: str) -> str:
    keys: dict[str, Any] = {"slug": "ashmere"}
    if name not in ("plans", "make_plan"):
        keys["plan_id"] = full.plan.pk
    if name in ("plan_indicator", "change_target"):
        keys["indicator_id"] = full.indicator.pk
    return reverse(name, kwargs=keys)


def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(open_page: OpenPage) -> None:
    addresses, pages = draw_pages()
    page = open_page(width=1280)
    with serve_pages(pages) as site:
        for address in addresses.values():
            page.goto(site.address + address)
            check_accessible(page)
            page.set_viewport_size({"width": 320, "height": 900})
            check_fits(page)
            page.set_viewport_size({"width": 1280, "height": 900})


def test_words_are_read_back_without_leaving_the_page(open_page: OpenPage) -> None:
    addresses, pages = draw_pages()
    page = open_page()
    with serve_pages(pages) as site:
        page.goto(site.address + addresses["change_target"])
        page.get_by_label("Who set it?").fill("The board")
        page.get_by_label("The target in your own words").press_sequentially("5% reduction")
        page.get_by_text("Something is still open").wait_for()  # by itself, when typing rests
        page.evaluate("document.getElementById('reading').replaceChildren()")
        page.get_by_role("button", name="See how it is understood").click()
        page.get_by_text("Something is still open").wait_for()
        assert page.get_by_label("Who set it?").input_value() == "The board"
        assert page.get_by_role("group", name="How is it meant?").get_by_role("radio").count() > 1
        assert site.tokens[0]
