"""What a district agrees to, and what it is told of its neighbours."""

from typing import Any

import pytest

from support.web.districts import NAMES, County, District, make_county, sign_value
from support.web.world import give_role, make_person
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.tiers import actions
from wardmote.web.governance.tiers.models import SharingAgreement
from wardmote.web.governance.tiers.reading import read_neighbourhood
from wardmote.web.governance.tiers.standing import list_standings
from wardmote.web.partnerships.interface import Role

pytestmark = pytest.mark.django_db


def sign_in(district: District, role: Role = Role.COORDINATOR) -> Any:
    from django.test import Client

    person = make_person(f"{role}@{district.partnership.slug}.example.org")
    give_role(person, district.partnership, role)
    with writing(by=None, verb="test.no_second_step"):
        district.partnership.needs_second_step = False
        district.partnership.save()
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_filled(count: int, *, parts: tuple[int, ...] = (50, 40, 45, 55, 61, 38)) -> County:
    county = make_county(count)
    for district, part in zip(county.districts, parts, strict=False):
        sign_value(district, "2026/27Q1", part, 100)
    return county


def name_to_neighbours(district: District) -> None:
    agreement = SharingAgreement.objects.get(partnership=district.partnership)
    with writing(by=None, verb="test.named"):
        agreement.is_named_to_neighbours = True
        agreement.save()


def open_standing(district: District) -> str:
    page: str = sign_in(district).get(f"/p/{district.partnership.slug}/governance/standing/").content.decode()
    return page


def test_neighbours_are_points_without_names() -> None:
    county = make_filled(5)
    page = open_standing(county.districts[0])
    assert "3 of 5, highest first; by chance anywhere from" in page
    assert page.count("A neighbour") == 4
    assert not any(name in page for name in NAMES[1:])
    assert not any(one.plan.title in page for one in county.districts[1:])


def test_neighbour_that_agreed_is_named() -> None:
    county = make_filled(6)
    name_to_neighbours(county.districts[1])
    page = open_standing(county.districts[0])
    assert NAMES[1] in page
    assert page.count("A neighbour") == 4


def test_two_neighbours_are_never_told_of() -> None:
    county = make_filled(3)
    page = open_standing(county.districts[0])
    assert "Fewer than three neighbours" in page
    assert "Your value is 50%" in page
    assert "A neighbour" not in page


def test_who_shares_nothing_is_told_of_nobody() -> None:
    county = make_filled(5)
    first = county.districts[0]
    actions.end_sharing(
        agreement=SharingAgreement.objects.get(partnership=first.partnership), reason="Not now", by=None
    )
    assert read_neighbourhood(first.partnership, read_today()) is None
    assert list_standings(first.partnership, read_today()) == []
    page = open_standing(first)
    assert "Nothing is shared" in page
    assert "Not now" in page
    assert "A neighbour" not in page


def test_district_has_no_page_of_another_district() -> None:
    county = make_filled(5)
    first, second = county.districts[:2]
    client = sign_in(first)
    for slug in (county.world.partnership.slug, second.partnership.slug):
        assert client.get(f"/p/{slug}/governance/districts/").status_code == 404
    own = f"/p/{first.partnership.slug}/governance/districts/"
    assert client.get(f"{own}{second.partnership.pk}/").status_code == 404
    assert client.get(f"{own}measures/{county.measure.pk}/").status_code == 404
    assert "no county partnership" in client.get(own).content.decode()


def test_coordinator_agrees_and_ends_it_and_the_trail_says_so() -> None:
    county = make_county(1, shared=False)
    district = county.districts[0]
    client, today = sign_in(district), read_today()
    base = f"/p/{district.partnership.slug}/governance/standing/"
    fields = {"agreed_by": "Executive, 3 June, minute 7"}
    for name, day in (("starts_on", today), ("values_from", today)):
        fields |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    assert client.post(f"{base}agree/", fields).status_code == 302
    agreement = SharingAgreement.objects.get()
    assert (agreement.county, agreement.is_named_to_neighbours) == (county.world.partnership, False)
    assert "An agreement stands already" in client.post(f"{base}agree/", fields).content.decode()
    assert client.post(f"{base}end/", {"reason": "A new executive"}).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.ended_on, agreement.ended_because) == (today, "A new executive")
    verbs = list(AuditEntry.objects.filter(verb__startswith="governance.sharing").values_list("verb", flat=True))
    assert sorted(verbs) == ["governance.sharing_agreed", "governance.sharing_ended"]
    assert verify_chains()[1] == []


def test_only_a_coordinator_of_the_district_agrees() -> None:
    county = make_county(1, shared=False)
    district = county.districts[0]
    address = f"/p/{district.partnership.slug}/governance/standing/agree/"
    assert sign_in(district, Role.CHAIR).get(address).status_code == 403
    assert county.world.sign_in(Role.COORDINATOR).get(address).status_code == 404


def test_partnership_without_a_county_cannot_share() -> None:
    county = make_county(1, shared=False)
    with pytest.raises(RefusedError, match="belongs to no county"):
        actions.agree_sharing(district=county.world.partnership, fields={}, by=None)
