"""After a revised plan is adopted: old links lead on, old pages lose no value, and exceptions forget nothing."""

from datetime import timedelta

import pytest

from support.web.performance import copy_plan, report
from support.web.world import NOW, TODAY, World, make_world
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Indicator, Plan
from wardmote.web.returns.actions.moving import move_open_quarters
from wardmote.web.returns.models import Quarter, Query, Return
from wardmote.web.returns.performance.core_plan import judge_current
from wardmote.web.returns.states import REOPENED

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """P1-1 was returned for two quarters, and the first was revised after it had been signed off."""
    made = make_world()
    report(made, "P1-1", "2026/27Q1", part=70, whole=100)
    version = report(made, "P1-1", "2026/27Q1", part=75, whole=100)
    with writing(by=None, verb="test.reopened", partnership=made.partnership):
        version.reason = "the survey was small"
        version.save()
        Query.objects.create(
            partnership=made.partnership, of=version.of, rule=REOPENED, question="Two answers came late.",
            asked_at=NOW - timedelta(hours=1), state="closed",
        )  # fmt: skip
        quarter = version.of.quarter
        quarter.state = "locked"
        quarter.save()
    report(made, "P1-1", part=60, whole=100)
    return made


def supersede(world: World) -> Plan:
    new, old = copy_plan(world), world.plan
    with writing(by=None, verb="test.superseded", partnership=world.partnership):
        old.state, old.superseded_on, new.adopted_on = "superseded", TODAY, TODAY
        old.save()
        new.save()
        move_open_quarters(old, new, None)
    return new


def get_page(world: World, address: str) -> str:
    answer = world.sign_in(Role.LEAD).get(f"/p/ashmere/performance/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_old_indicator_keeps_its_values_and_leads_to_the_new_one(world: World) -> None:
    row = world.indicators["P1-1"]
    before = get_page(world, f"indicators/{row.pk}/")
    assert "Superseded" not in before
    shown = [(one.period, one.shown_value) for one in judge_current(world.plan)[0].periods]
    new = supersede(world)
    assert Quarter.objects.get(period="2026/27Q2").plan == new
    world.plan.refresh_from_db()
    assert [(one.period, one.shown_value) for one in judge_current(world.plan)[0].periods] == shown
    page = get_page(world, f"indicators/{row.pk}/")
    successor = Indicator.objects.get(plan=new, ref="P1-1")
    assert 'id="superseded"' in page
    assert f"/indicators/{successor.pk}/" in page
    assert page.index('id="superseded"') < page.index("How it stands")
    get_page(world, f"indicators/{row.pk}/?period=2026/27Q2")
    assert 'id="superseded"' not in get_page(world, f"indicators/{successor.pk}/")


def test_revision_of_the_version_before_stays_exceptional_with_why_it_was_reopened(world: World) -> None:
    said = "2026/27Q1: Two answers came late. Explanation of the new figure: the survey was small"
    for _ in range(2):
        text = get_page(world, "exceptions/?as=text")
        assert said in text
        assert text.count("2026/27Q1:") == 1
        if world.plan.state != "superseded":
            supersede(world)


def test_return_that_is_missing_from_a_locked_quarter_is_missed_after_the_revision_too(world: World) -> None:
    with writing(by=None, verb="test.owed", partnership=world.partnership):
        quarter = Quarter.objects.get(period="2026/27Q1")
        row = world.indicators["P1-3"]
        Return.objects.create(
            partnership=world.partnership, quarter=quarter, indicator=row, organisation=row.owner, state="owed"
        )
    address = "exceptions/?as=text&period=2026/27Q1"
    assert "owes 2026/27Q1" in get_page(world, address)
    supersede(world)
    assert "owes 2026/27Q1" in get_page(world, address)
