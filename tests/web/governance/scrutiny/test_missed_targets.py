"""What the scrutiny pack lists and leaves out: worked out from the returns, never typed."""

import pytest
from django.urls import reverse

from support.web.performance import report
from support.web.world import World, make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.scrutiny.actions import leave_out_target, take_back
from wardmote.web.governance.scrutiny.models import LeftOutTarget
from wardmote.web.governance.scrutiny.queries import list_missed, list_stretches
from wardmote.web.partnerships.interface import Role

REASON = "The survey was held in one ward only"


@pytest.fixture
def world(db: None) -> World:
    world = make_world("ashmere")
    report(world, "P1-1", "2026/27Q1", part=60, whole=100)
    report(world, "P1-1", part=70, whole=100)
    report(world, "P1-2", part=90, whole=100)
    return world


def address(world: World, ref: str = "P1-1", period: str = "2026/27Q2") -> str:
    found = reverse("leave_out_target", args=["ashmere", world.indicators[ref].pk])
    return f"{found}?period={period}"


def read_missed(world: World) -> list[tuple[str, str, bool]]:
    (stretch,) = list_stretches(world.plan)
    return [(r.missed.ref, r.missed.period, r.left_out is not None) for r in list_missed(stretch, read_today())]


def test_every_missed_period_is_found_and_none_that_was_met(world: World) -> None:
    assert read_missed(world) == [("P1-1", "2026/27Q1", False), ("P1-1", "2026/27Q2", False)]


def test_coordinator_leaves_one_out_with_a_reason_and_scrutiny_sees_who_and_why(world: World) -> None:
    client = world.sign_in(Role.COORDINATOR)
    assert client.post(address(world), {"reason": "It looks bad"}).status_code == 422
    assert client.post(address(world), {"reason": " . . . . ."}).status_code == 422
    assert client.post(address(world), {"reason": "Too bad – – – – 1 2 3"}).status_code == 422
    assert client.post(address(world), {"reason": f"  {REASON} \n"}).status_code == 302
    assert ("P1-1", "2026/27Q2", True) in read_missed(world)
    page = world.sign_in(Role.SCRUTINY).get(reverse("missed_targets", args=["ashmere"])).content.decode()
    assert REASON in page
    assert world.people[Role.COORDINATOR].name in page
    assert "Put it back" not in page


def test_what_was_not_missed_cannot_be_left_out(world: World) -> None:
    client = world.sign_in(Role.COORDINATOR)
    assert client.get(address(world, "P1-2")).status_code == 404
    assert client.get(address(world, period="2019/20Q1")).status_code == 404


def test_only_the_coordinator_leaves_out(world: World) -> None:
    for role in (Role.ANALYST, Role.LEAD, Role.CHAIR, Role.EXECUTIVE, Role.SCRUTINY, Role.CONTRIBUTOR, Role.READER):
        assert world.sign_in(role).post(address(world), {"reason": REASON}).status_code == 403
    assert not LeftOutTarget.objects.exists()


def test_putting_back_keeps_that_it_was_left_out(world: World) -> None:
    by = world.people[Role.COORDINATOR]
    with pytest.raises(RefusedError, match="at least 5 words"):
        leave_out_target(indicator=world.indicators["P1-1"], period="2026/27Q2", reason=". . . . .", by=by)
    left = leave_out_target(indicator=world.indicators["P1-1"], period="2026/27Q2", reason=REASON, by=by)
    with pytest.raises(RefusedError, match="already"):
        leave_out_target(indicator=world.indicators["P1-1"], period="2026/27Q2", reason=REASON, by=by)
    take_back(left_out=left, by=by)
    assert ("P1-1", "2026/27Q2", False) in read_missed(world)
    assert LeftOutTarget.objects.get().taken_back_by == by.pk
    with pytest.raises(RefusedError, match="already"):
        take_back(left_out=left, by=by)
    leave_out_target(indicator=world.indicators["P1-1"], period="2026/27Q2", reason=REASON, by=by)
    assert LeftOutTarget.objects.count() == 2
    verify_chains()


def test_corrected_figure_leaves_nothing_to_leave_out(world: World) -> None:
    leave_out_target(indicator=world.indicators["P1-1"], period="2026/27Q2", reason=REASON, by=None)
    report(world, "P1-1", part=85, whole=100)
    assert read_missed(world) == [("P1-1", "2026/27Q1", False)]


def test_year_of_another_plan_is_not_found(world: World) -> None:
    other = make_world("birchwood")
    home = reverse("missed_targets", args=["ashmere"])
    assert world.sign_in(Role.ANALYST).get(f"{home}?plan={other.plan.pk}").status_code == 404
    assert world.sign_in(Role.ANALYST).get(f"{home}?plan={world.plan.pk}&year=1999").status_code == 404
    assert world.sign_in(Role.ANALYST).get(f"{home}?plan={world.plan.pk}&year=2026").status_code == 200
