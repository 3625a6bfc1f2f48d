"""The pages of meetings in a real browser: no fault that axe finds, and no page wider than a phone."""

import pytest
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.objects_meetings import make_objects
from support.web.world import make_world
from wardmote.web.partnerships.states import Role
from web.foundation.design.local_site import serve_pages

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
#: Pages by the name of their address, each with the object that it needs.
PAGES = (
    ("meetings", ""), ("meeting_year", ""), ("meeting_actions", ""), ("groups", ""), ("show_group", "group"),
    ("set_quorum", "group"), ("show_meeting", "meeting"), ("record_attendance", "meeting"),
    ("record_decision", "meeting"), ("attach_paper", "meeting"), ("update_meeting_action", "meeting_action"),
    ("public_meetings", ""), ("show_public_meeting", "public_meeting"), ("sign_offs", ""),
    ("show_sign_off", "sign_off"), ("start_sign_off", ""), ("stamp_sent", "sign_off"),
)  # fmt: skip


def draw_pages() -> dict[str, str]:
    """Pages by address, as the coordinator gets them."""
    world = make_world("ashmere")
    objects = make_objects(world)
    client = world.sign_in(Role.COORDINATOR)
    addresses = [
        reverse(name, kwargs={"slug": "ashmere"} | ({f"{of}_id": objects[of].pk} if of else {})) for name, of in PAGES
    ]
    minutes = {"slug": "ashmere", "meeting_id": objects["meeting"].pk, "what": "minutes"}
    addresses.append(reverse("show_meeting_paper", kwargs=minutes))
    pages = {address: client.get(address).content.decode() for address in addresses}
    refused = reverse("attach_paper", kwargs={"slug": "ashmere", "meeting_id": objects["meeting"].pk})
    return pages | {"/refused": client.post(refused, {}).content.decode()}


def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(open_page: OpenPage) -> None:
    pages = draw_pages()
    page = open_page(width=320)
    with serve_pages(pages) as site:
        for address in pages:
            page.goto(site.address + address)
            check_fits(page)
            check_accessible(page)
    assert page.complaints == []
