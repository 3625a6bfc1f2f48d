"""The pages of returns in a real browser: nothing that axe finds, no wider than a phone, questions as one types."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.world import World, give_role, make_person, make_world
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions import drafts, signing
from wardmote.web.returns.actions.covering import give_cover
from wardmote.web.returns.models import Return, SheetUpload
from web.foundation.design.local_site import serve_pages

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
KEPT = "Object.keys(localStorage).filter(name => name.startsWith('wardmote:draft:')).length"
GOOD = {"numerator": "45", "denominator": "60", "what_happened": "More were asked."}


def find(name: str, *keys: object) -> str:
    return reverse(name, args=["ashmere", *keys])


def draw_pages() -> dict[str, str]:
    """Every page by its address, as its people get it at a busy moment."""
    world = make_world("ashmere")
    pages: dict[str, str] = {}
    one, two = (world.returns[ref].pk for ref in ("P1-1", "P1-2"))
    contributor = world.sign_in(Role.CONTRIBUTOR)
    file = SimpleUploadedFile("survey.csv", b"a,b\n1,2\n")
    contributor.post(find("show_return", two), {**GOOD, "action": "save", "file": file})
    draw(pages, contributor, "returns", "returns_workbooks", "covers")
    draw(pages, contributor, ("show_return", two))
    _type_together(world, two)
    draw(pages, contributor, ("show_return", two), ("compare_drafts", two))
    contributor.post(find("show_return", one), {**GOOD, "action": "submit"})
    draw(pages, contributor, ("withdraw_return", one))
    lead, coordinator = world.sign_in(Role.LEAD), world.sign_in(Role.COORDINATOR)
    draw(pages, lead, "returns_to_sign_off", ("query_return", one))
    draw(pages, coordinator, "quarters", "open_quarter", "chase_list", ("show_quarter", world.quarter.pk))
    draw(pages, coordinator, ("put_off_due", world.quarter.pk), ("lock_quarter", world.quarter.pk))
    draw(pages, coordinator, ("assign_return", two))
    pages["/progress"] = coordinator.get(find("returns")).content.decode()
    pages["/as-lead"] = lead.get(find("show_return", one)).content.decode()
    signing.query_return(ret=Return.objects.get(pk=one), question="All of it?", by=world.people[Role.LEAD])
    draw(pages, contributor, ("show_return", one), ("return_history", two))
    pages["/refused"] = contributor.post(
        find("show_return", one), {"numerator": "x", "action": "submit"}
    ).content.decode()
    _add_upload(world)
    draw(pages, contributor, ("show_workbook_upload", SheetUpload.objects.get().pk))
    return pages


def draw(pages: dict[str, str], client: Any, *names: Any) -> None:
    for name in names:
        address = find(name) if isinstance(name, str) else find(*name)
        answer = client.get(address)
        assert answer.status_code == 200, address
        pages[address] = answer.content.decode()


def _type_together(world: World, pk: Any) -> None:
    """A colleague types over the draft, and what the contributor sends then is set aside; cover is arranged."""
    other = make_person("second@ashmere.example.org", organisation=world.police)
    give_role(other, world.partnership, Role.CONTRIBUTOR, world.police)
    ret = Return.objects.get(pk=pk)
    drafts.save_draft(ret=ret, fields={"numerator": "44"}, number=ret.draft_number, by=other)
    drafts.save_draft(ret=ret, fields=GOOD, number=0, by=world.people[Role.CONTRIBUTOR])
    give_cover(
        partnership=world.partnership, organisation=world.police, absent=world.people[Role.CONTRIBUTOR],
        delegate=world.people[Role.ANALYST], starts_on=read_today(), ends_on=read_today() + timedelta(days=300),
        by=other,
    )  # fmt: skip


def _add_upload(world: World) -> None:
    with writing(by=None, verb="test.upload", partnership=world.partnership):
        SheetUpload.objects.create(
            partnership=world.partnership, quarter=world.quarter, organisation=world.police, name="returns.xlsx",
            rows=[{"return": str(world.returns["P1-2"].pk), "ref": "P1-2", "fields": {"numerator": "4"}}],
            refused=[{"cell": "G5", "ref": "P1-1", "found": "no number", "typed": "12a"}],
            uploaded_at=world.quarter.opened_at,
        )  # fmt: skip


def test_pages_fit_a_phone_and_have_no_fault_that_axe_finds(open_page: OpenPage) -> None:
    pages, page = draw_pages(), open_page(width=320)
    with serve_pages(pages) as site:
        for address in pages:
            page.goto(site.address + address)
            check_fits(page)
            check_accessible(page)


def test_question_comes_by_itself_when_a_box_is_left(open_page: OpenPage) -> None:
    world = make_world("ashmere")
    address = find("show_return", world.returns["P1-1"].pk)
    client = world.sign_in(Role.CONTRIBUTOR)
    checked = client.post(f"{address}check/", {"numerator": "70", "denominator": "60"}).content.decode()
    pages = {address: client.get(address).content.decode(), f"{address}check/": checked}
    page = open_page()
    with serve_pages(pages) as site:
        page.goto(site.address + address)
        page.get_by_label("Victims who felt safer", exact=True).fill("70")
        page.get_by_label("Victims asked", exact=True).fill("60")
        page.get_by_label("What happened").focus()
        page.get_by_text("It cannot be submitted like this").wait_for(timeout=5000)
        assert page.get_by_label("Victims asked", exact=True).input_value() == "60"
        assert [text for text in page.complaints if "draft" not in text and "404" not in text] == []
        refused = {"status": 400, "content_type": "text/html", "body": "<html><body><h1>Bad request</h1></body></html>"}
        page.route("**/check/", lambda route: route.fulfill(**refused))
        page.get_by_label("Victims asked", exact=True).fill("90")
        page.get_by_label("What happened").focus()
        page.get_by_text("This could not be checked just now: the server could not answer (400).").wait_for()
        assert page.get_by_text("Bad request").count() == 0


@pytest.mark.parametrize("is_led_on", [True, False], ids=["sees the next page", "closes the window"])
def test_text_that_was_submitted_is_not_offered_as_unsent_when_the_return_is_queried(
    open_page: OpenPage, is_led_on: bool
) -> None:
    world = make_world("ashmere")
    ret = world.returns["P1-1"]
    address, client = find("show_return", ret.pk), world.sign_in(Role.CONTRIBUTOR)
    pages = {address: client.get(address).content.decode()}
    after = client.post(address, {**GOOD, "action": "submit"}, follow=True)
    assert after.redirect_chain
    pages["/after"] = after.content.decode()
    signing.query_return(ret=Return.objects.get(pk=ret.pk), question="All of it?", by=world.people[Role.LEAD])
    pages["/queried"] = client.get(address).content.decode()
    page = open_page()
    with serve_pages(pages) as site:
        page.goto(site.address + address)
        for name, text in GOOD.items():  # the local site knows no drafts: what is typed stays on the device
            page.fill(f"[name={name}]", text)
        page.get_by_text("Not saved").wait_for()
        assert page.evaluate(KEPT) == 1
        for place in ["/after"] * is_led_on + ["/queried"]:
            page.goto(site.address + place)
            page.wait_for_selector("form[data-draft-started]", state="attached")
            assert page.locator(".wm-draft__offer").count() == 0
            assert page.evaluate(KEPT) == 0
