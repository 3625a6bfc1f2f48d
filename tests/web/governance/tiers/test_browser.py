"""The pages of two tiers in a real browser: no fault that axe finds, and no page wider than a phone."""

import pytest
from django.test import Client
from django.urls import reverse

from support.browser import OpenPage, check_accessible, check_fits
from support.web.districts import County, make_county, sign_value
from support.web.world import give_role, make_person
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from web.foundation.design.local_site import serve_pages

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
PARTS = (50, 40, 45, 55, 61, 18, 70, 52, 48)


def make_filled() -> County:
    """Nine districts; in the second quarter one is missing, one is provisional, and one lies far below."""
    county = make_county(9)
    for district, part in zip(county.districts, PARTS, strict=True):
        sign_value(district, "2026/27Q1", part + 2, 100)
    for district, part in zip(county.districts[:-1], PARTS, strict=False):
        sign_value(district, "2026/27Q2", part, 100, state="provisional" if part == 55 else "actual")
    with writing(by=None, verb="test.unkeyed"):
        county.districts[-1].indicator.series_key = ""
        county.districts[-1].indicator.save()
        county.world.indicators["P1-2"].is_context = True
        county.world.indicators["P1-2"].save()
    return county


def sign_in_to_district(county: County) -> Client:
    district = county.districts[0].partnership
    person = make_person("coordinator@ashdown.example.org")
    give_role(person, district, Role.COORDINATOR)
    with writing(by=None, verb="test.no_second_step"):
        district.needs_second_step = False
        district.save()
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def draw_pages() -> dict[str, str]:
    """Pages by address, as the coordinators of the county and of a district get them."""
    county = make_filled()
    world, measure, district = county.world, county.measure.pk, county.districts[0]
    at = {"slug": world.partnership.slug}
    addresses = [
        reverse("districts", kwargs=at), reverse("district_priorities", kwargs=at),
        reverse("district", kwargs=at | {"district_id": district.partnership.pk}),
        reverse("county_measure", kwargs=at | {"measure_id": measure}),
        reverse("link_measure", kwargs=at | {"measure_id": measure}),
    ]  # fmt: skip
    client = world.sign_in(Role.COORDINATOR)
    pages = {address: client.get(address).content.decode() for address in addresses}
    client, own = sign_in_to_district(county), {"slug": district.partnership.slug}
    for name in ("district_standing", "agree_sharing", "end_sharing"):
        pages[reverse(name, kwargs=own)] = client.get(reverse(name, kwargs=own)).content.decode()
    pages["/refused"] = client.post(reverse("agree_sharing", kwargs=own), {}).content.decode()
    return pages


def test_pages_have_no_fault_that_axe_finds_and_fit_a_phone(open_page: OpenPage) -> None:
    pages = draw_pages()
    page = open_page(width=320)
    with serve_pages(pages) as site:
        for address in pages:
            page.goto(site.address + address)
            check_fits(page)
            check_accessible(page)
    assert page.complaints == []
