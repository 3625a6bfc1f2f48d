"""Bodies under old names, their successors, seats, and what administrators read of the trail."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest

from support.web.world import World, make_person, make_world
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import find_organisation, name_people, resolve_successors
from wardmote.web.partnerships.models import Agency, Organisation, Partnership, Succession
from wardmote.web.partnerships.registers import add_successor, change_organisation, end_agency
from wardmote.web.partnerships.states import Role

pytestmark = pytest.mark.django_db


def make_body(name: str, **fields: object) -> Organisation:
    with writing(by=None, verb="test.body_made"):
        return Organisation.objects.create(name=name, kind="probation", **fields)


def follow(before: Organisation, after: Organisation, on: date) -> None:
    with writing(by=None, verb="test.succession"):
        Succession.objects.create(predecessor=before, successor=after, on=on)


@pytest.fixture
def probation() -> dict[str, Organisation]:
    """Kent, Surrey and Sussex: a trust until 2014, a company until 25 June 2021, then the national service."""
    trust = make_body("Kent Probation Trust", ended_on=date(2014, 5, 31))
    company = make_body(
        "Kent, Surrey and Sussex Community Rehabilitation Company", short_name="KSS CRC", aliases=["Seetec KSS"],
        started_on=date(2014, 6, 1), ended_on=date(2021, 6, 25),
    )  # fmt: skip
    old = make_body("National Probation Service (2014)", aliases=["Probation"], started_on=date(2014, 6, 1),
                    ended_on=date(2021, 6, 25))  # fmt: skip
    new = make_body("Probation Service", aliases=["Probation"], started_on=date(2021, 6, 26))
    for after in (company, old):
        follow(trust, after, date(2014, 6, 1))
        follow(after, new, date(2021, 6, 26))
    return {"trust": trust, "company": company, "old": old, "new": new}


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("KSS CRC", None, "company"),
        ("  kss  crc ", None, "company"),
        ("Kent, Surrey & Sussex Community Rehabilitation Company", None, "company"),
        ("seetec kss", date(2026, 1, 1), "company"),
        ("Probation", None, None),
        ("Probation", date(2018, 1, 1), "old"),
        ("Probation", date(2021, 6, 25), "old"),
        ("Probation", date(2021, 6, 26), "new"),
        ("", None, None),
        ("Nobody", None, None),
    ],
)
def test_old_names_are_found(
    probation: dict[str, Organisation], name: str, on: date | None, expected: str | None
) -> None:
    assert find_organisation(name, on) == (probation[expected] if expected else None)


@pytest.mark.parametrize(
    ("start", "on", "expected"),
    [
        ("company", date(2014, 9, 30), ["company"]),
        ("company", date(2021, 6, 25), ["company"]),
        ("company", date(2021, 6, 26), ["new"]),
        ("trust", date(2014, 5, 31), ["trust"]),
        ("trust", date(2016, 1, 1), ["company", "old"]),
        ("trust", date(2026, 1, 1), ["new"]),
        ("new", date(2026, 1, 1), ["new"]),
    ],
)
def test_successors_on_a_day(probation: dict[str, Organisation], start: str, on: date, expected: list[str]) -> None:
    assert resolve_successors(probation[start], on) == [probation[name] for name in expected]


def test_company_of_2014_is_the_probation_service_now(probation: dict[str, Organisation]) -> None:
    found = find_organisation("KSS CRC", date(2014, 12, 31))
    assert found is not None
    assert [body.name for body in resolve_successors(found, date(2021, 7, 1))] == ["Probation Service"]


def test_page_shows_the_chain(probation: dict[str, Organisation]) -> None:
    page = make_world().sign_in(Role.READER).get(f"/p/ashmere/organisations/{probation['trust'].pk}/").content.decode()
    for text in ("Kent, Surrey and Sussex Community Rehabilitation Company", "Probation Service", "26 June 2021"):
        assert text in page


def test_chain_cannot_run_in_a_circle(probation: dict[str, Organisation]) -> None:
    world = make_world()
    by = world.people[Role.ADMINISTRATOR]
    with pytest.raises(RefusedError, match="cannot have gone before"):
        add_successor(
            by=by, partnership=world.partnership, organisation=probation["new"], successor=probation["trust"],
            on=date(2026, 1, 1), note="",
        )  # fmt: skip


@pytest.fixture
def world() -> World:
    return make_world()


def test_body_of_several_partnerships_is_changed_by_operators_alone(world: World) -> None:
    other = make_world("brindle")
    with writing(by=None, verb="test.seat"):
        Agency.objects.create(partnership=other.partnership, organisation=world.police, standing="responsible")
    values = {"name": "X", "short_name": "", "aliases": [], "kind": "police", "started_on": None, "ended_on": None}
    common = {"partnership": world.partnership, "organisation": world.police, "values": values, "reason": "why"}
    with pytest.raises(RefusedError, match="other partnerships"):
        change_organisation(by=world.people[Role.ADMINISTRATOR], **common)
    change_organisation(by=make_person("op@example.org", is_operator=True), **common)
    assert Organisation.objects.get(pk=world.police.pk).name == "X"


def test_organisation_registered_changed_and_ended_by_the_pages(world: World) -> None:
    client = world.sign_in(Role.COORDINATOR)
    data = {"name": "Harbour Trust", "kind": "voluntary", "aliases": "HT\nThe Trust", "standing": "invited",
            "started_on-day": "1", "started_on-month": "4", "started_on-year": "2020"}  # fmt: skip
    assert client.post("/p/ashmere/organisations/register/", data).status_code == 302
    body = Organisation.objects.get(name="Harbour Trust")
    assert (body.aliases, body.started_on) == (["HT", "The Trust"], date(2020, 4, 1))
    assert client.post("/p/ashmere/organisations/register/", data).status_code == 200  # the name is taken
    change = {**data, "name": "Harbour Charity", "reason": "renamed"}
    assert client.post(f"/p/ashmere/organisations/{body.pk}/change/", change).status_code == 302
    after = {"successor": str(world.council.pk), "on-day": "1", "on-month": "4", "on-year": "2026", "note": "all"}
    assert client.post(f"/p/ashmere/organisations/{body.pk}/successor/", after).status_code == 302
    seat = Agency.objects.get(organisation=body)
    end = {"ended_on-day": "31", "ended_on-month": "3", "ended_on-year": "2026", "reason": "taken over"}
    assert client.post(f"/p/ashmere/agencies/{seat.pk}/end/", end).status_code == 302
    assert resolve_successors(Organisation.objects.get(pk=body.pk), date(2026, 4, 1)) == [world.council]


def test_seat_with_a_contributor_is_not_ended(world: World) -> None:
    seat = Agency.objects.get(organisation=world.police)
    with pytest.raises(RefusedError, match="still has a role"):
        end_agency(by=world.people[Role.ADMINISTRATOR], agency=seat, ended_on=date(2026, 11, 1), reason="why")


def test_county_lists_its_districts_by_name_alone() -> None:
    county, district = make_world("kentshire", tier="county"), make_world("brindle", tier="district")
    with writing(by=None, verb="test.joined"):
        district.partnership.county = county.partnership
        district.partnership.save()
    page = county.sign_in(Role.READER).get("/p/kentshire/organisations/").content.decode()
    assert "Brindle Partnership" in page
    assert "/p/brindle/" not in page
    assert county.sign_in(Role.READER).get("/p/brindle/").status_code == 404
    assert Partnership.objects.count() == 2


# --- the trail -------------------------------------------------------------------------------------------------------


def test_trail_is_of_this_partnership_alone(world: World) -> None:
    other = make_world("brindle")
    for each in (world, other):
        with writing(
            by=each.people[Role.LEAD], verb="plans.adopted", partnership=each.partnership, reason=each.partnership.slug
        ):
            pass
    page = world.sign_in(Role.ADMINISTRATOR).get("/p/ashmere/audit/").content.decode()
    assert "Plans: adopted" in page
    assert "brindle" not in page.lower()


def test_trail_is_filtered_and_downloaded_without_formulas(world: World) -> None:
    lead = world.people[Role.LEAD]
    for verb, reason in (("plans.adopted", "=HYPERLINK(1)"), ("plans.revised", "plain")):
        with writing(by=lead, verb=verb, partnership=world.partnership, reason=reason):
            pass
    client = world.sign_in(Role.ADMINISTRATOR)
    page = client.get("/p/ashmere/audit/", {"verb": "plans.revised", "person": str(lead.pk)}).content.decode()
    assert "plain" in page
    assert "HYPERLINK" not in page
    response = client.get("/p/ashmere/audit/entries.csv", {"verb": "plans.adopted"})
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert [row[4] for row in rows] == ["Reason", "'=HYPERLINK(1)"]
    assert "attachment" in response["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="audit.downloaded").exists()
    assert client.get("/p/ashmere/audit/", {"since": "2999-01-01"}).content.decode().count("No entry fits.") == 1
    assert client.get("/p/ashmere/audit/", {"person": "'; DROP TABLE"}).status_code == 200


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =1"])
def test_formula_cells_are_neutralised(cell: str) -> None:
    assert disarm_cell(cell) == f"'{cell}"
    assert disarm_cell("safe = yes") == "safe = yes"


def test_people_are_named_by_their_keys(world: World) -> None:
    lead, nobody = world.people[Role.LEAD], uuid4()
    names = name_people([lead.pk, nobody, None])
    assert names == {lead.pk: lead.name, nobody: "Somebody who is no longer known", None: "wardmote"}
