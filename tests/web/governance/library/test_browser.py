"""The pages of the library and of checks, looked at with axe and on a phone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.objects_checks import make_objects as make_check
from support.web.objects_library import make_objects
from support.web.world import TODAY, make_world
from wardmote.web.partnerships.states import Role
from wardmote.web.project.sample_library import load_library
from web.foundation.design.local_site import serve_pages

#: A folder into which pictures of the pages go, where somebody wants to look at them.
_PICTURES = os.environ.get("WARDMOTE_PICTURES", "")


@pytest.mark.browser
@pytest.mark.django_db
def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(open_page: OpenPage) -> None:
    world = make_world("ashmere")
    load_library(world.partnership, by=world.people[Role.COORDINATOR], today=TODAY)
    found = make_objects(world) | make_check(world)
    check, theme = {"report_check_id": found["report_check"].pk}, {"theme_id": found["theme"].pk}
    named = [
        ("checks", {}), ("new_check", {}), ("check", check), ("check_text", check),
        ("mark_claim", check | {"claim_number": 1}), ("corrections", {}),
        ("correction", {"correction_id": found["correction"].pk}), ("glossary", {}), ("check_acronyms", {}),
        ("themes", {}), ("theme", theme), ("review_theme", theme), ("shared_documents", {}),
        ("share_document", {"board_id": found["board"].pk}),
    ]  # fmt: skip
    client = world.sign_in(Role.COORDINATOR)
    addresses = {name: reverse(name, kwargs={"slug": "ashmere", **keys}) for name, keys in named}
    pages = {address: client.get(address).content.decode() for address in addresses.values()}
    page = open_page(width=1280)
    with serve_pages(pages) as site:
        for name, address in addresses.items():
            page.goto(site.address + address)
            check_accessible(page)
            if _PICTURES:
                page.screenshot(path=Path(_PICTURES) / f"{name}.png", full_page=True)
            page.set_viewport_size({"width": 320, "height": 900})
            check_fits(page)
            if _PICTURES:
                page.screenshot(path=Path(_PICTURES) / f"{name}-320.png", full_page=True)
            page.set_viewport_size({"width": 1280, "height": 900})
