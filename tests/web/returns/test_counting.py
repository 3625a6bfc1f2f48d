"""How many returns stand where: each is counted once, and pages that count the same say the same."""

import re

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.evidence.model.figures import Missing
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.returns.actions import filling
from wardmote.web.returns.actions.chasing import send_reminders
from wardmote.web.returns.actions.signing import query_return
from wardmote.web.returns.models import Chase, Return
from wardmote.web.returns.owing import list_owed
from wardmote.web.returns.progress import read_progress

pytestmark = pytest.mark.django_db
GOOD = {"numerator": "45", "denominator": "60", "what_happened": "More were asked.", "action": "submit"}


def find(name: str, *keys: object) -> str:
    return reverse(name, args=["ashmere", *keys])


@pytest.fixture
def world() -> World:
    """P1-1 is queried, P1-2 fills itself, P1-3 is not in."""
    world = make_world("ashmere")
    world.sign_in(Role.CONTRIBUTOR).post(find("show_return", world.returns["P1-1"].pk), GOOD)
    asked = Return.objects.get(pk=world.returns["P1-1"].pk)
    query_return(ret=asked, question="All of it?", by=world.people[Role.LEAD])
    with writing(by=None, verb="test.bound", partnership=world.partnership):
        world.indicators["P1-2"].evidence = {"indicator": "crime_rate", "area": "E06000035"}
        world.indicators["P1-2"].save()
    return world


def test_columns_add_up_to_what_is_asked(world: World) -> None:
    for one in read_progress(world.partnership)[0].agencies:
        parts = (one.unsent_count, one.queried_count, one.submitted_count, one.signed_count, one.evidence_count)
        assert sum(parts) == one.asked_count
    page = world.sign_in(Role.COORDINATOR).get(find("returns")).content.decode()
    numbers = [[int(n) for n in re.findall(r"numeric[^>]*>(?:<[^>]*>)*(?:[A-Z][^<]*<[^>]*>)*(\d+)", row)]
               for row in page.split("<tr")[2:]]  # fmt: skip
    assert [sum(row[:-1]) for row in numbers] == [row[-1] for row in numbers] == [1, 2]


def test_dashboard_counts_what_is_not_in_as_the_progress_does(world: World) -> None:
    page = world.sign_in(Role.COORDINATOR).get(find("dashboard")).content.decode()
    unsent = sum(one.unsent_count for one in read_progress(world.partnership)[0].agencies)
    assert unsent == 1
    assert "1 has no return for 2026/27Q2 yet" in page


def test_what_fills_itself_is_owed_by_nobody_and_chased_with_nobody(world: World) -> None:
    owed = [ret.indicator.ref for one in list_owed(world.partnership) for ret in one.returns]
    assert sorted(owed) == ["P1-1", "P1-3"]
    with writing(by=None, verb="test.answered", partnership=world.partnership):
        for ref in ("P1-1", "P1-3"):
            ret = Return.objects.get(pk=world.returns[ref].pk)
            ret.state = "signed_off"
            ret.save()
    assert send_reminders(today=world.quarter.due_on) == 0
    assert not Chase.objects.exists()
    assert read_progress(world.partnership)[0].late_agencies == []


def test_page_says_when_the_evidence_was_tried_and_why_it_could_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "find_evidence_value", lambda *_: Missing("not_published", "June is not out yet."))
    assert filling.fill_returns() == 0
    ret = Return.objects.get(pk=world.returns["P1-2"].pk)
    first = ret.evidence_tried_at
    assert ret.evidence_fault == "June is not out yet."
    filling.fill_returns()
    assert Return.objects.get(pk=ret.pk).evidence_tried_at == first  # noted once a day, not at each round
    client = world.sign_in(Role.CONTRIBUTOR)
    page = client.get(find("show_return", ret.pk)).content.decode()
    assert "This return fills itself from the evidence store." in page
    assert re.search(r"Last tried \d+ \w+ \d{4} at \d\d:\d\d: June is not out yet\.", page)
    assert "due " not in page.partition("<h1")[0].rpartition("<main")[2]
    assert "Filled from the evidence" in client.get(find("owed_returns")).content.decode()


def test_figure_typed_by_hand_takes_the_place_of_the_evidence(world: World) -> None:
    client, address = world.sign_in(Role.CONTRIBUTOR), find("show_return", world.returns["P1-2"].pk)
    assert "You can type a figure all the same" in client.get(address).content.decode()
    client.post(address, {**GOOD, "action": "save"})
    assert "P1-2" in [ret.indicator.ref for one in list_owed(world.partnership) for ret in one.returns]
    client.post(address, GOOD)
    assert Return.objects.get(pk=world.returns["P1-2"].pk).state == "submitted"
