"""The pages of duties and data drops in a real browser: no fault that axe finds, and no page wider than a phone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.objects_duties import make_objects
from support.web.world import make_world
from wardmote.web.partnerships.states import Role
from web.foundation.design.local_site import serve_pages

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
_DUTY = {"duty_key": "protection-order-end"}


def draw_pages() -> dict[str, str]:
    """Pages by address, as the coordinator gets them."""
    world = make_world("ashmere")
    objects, client = make_objects(world), world.sign_in(Role.COORDINATOR)
    drop = {"data_drop_id": objects["data_drop"].pk}
    named = (
        ("duties", {}), ("duty", _DUTY), ("record_duty_done", _DUTY), ("set_duty_clock", _DUTY), ("change_duty", _DUTY),
        ("add_duty", {}), ("data_drops", {}), ("data_drop", drop), ("receive_data_drop", drop),
    )  # fmt: skip
    addresses = [reverse(name, kwargs={"slug": "ashmere", **keys}) for name, keys in named]
    pages = {address: client.get(address).content.decode() for address in addresses}
    bad = SimpleUploadedFile("drop.csv", b"Date,Victim name\n2026-07-01,A B\n")
    day = {"received_on-day": "1", "received_on-month": "10", "received_on-year": "2026"}
    return pages | {"/refused": client.post(addresses[-1], day | {"upload": bad}).content.decode()}


def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(open_page: OpenPage) -> None:
    pages = draw_pages()
    page = open_page(width=320)
    with serve_pages(pages) as site:
        for address in pages:
            page.goto(site.address + address)
            check_fits(page)
            check_accessible(page)
    assert "could be recognised" in pages["/refused"]
    assert page.complaints == []
