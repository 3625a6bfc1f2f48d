"""The plan as the core judges it, and when it is judged anew."""

from datetime import date

import pytest

from support.web.performance import copy_plan, override, report
from support.web.world import make_world
from wardmote.evidence.interface import judge_plan
from wardmote.evidence.targets import assess
from wardmote.web.foundation.writes import writing
from wardmote.web.plans.models import Indicator
from wardmote.web.returns.performance import core_plan
from wardmote.web.returns.performance.core_plan import build_core_plan, judge_current, list_values

pytestmark = pytest.mark.django_db


def test_core_plan_holds_every_indicator_with_target_and_value():
    world = make_world()
    report(world, "P1-1", part=90, whole=100)
    built = build_core_plan(world.plan)
    assert [row.id for row in built.indicators] == ["P1-1", "P1-2", "P1-3"]
    assert built.indicators[0].values[0].best == 90.0
    assert built.indicators[0].targets[0].text == "at least 80%"
    assert list_values(world.indicators["P1-1"]) == built.indicators[0].values


def test_statuses_equal_those_of_the_core():
    world = make_world()
    report(world, "P1-1", part=90, whole=100)
    report(world, "P1-2", part=60, whole=100)
    found = judge_current(world.plan, as_at=date(2026, 11, 21))
    assert found == judge_plan(build_core_plan(world.plan), as_at=date(2026, 11, 21))
    assert [status.latest.status for status in found[:2]] == ["green", "red"]


@pytest.mark.parametrize("change", ["value", "target", "override", "tolerance"])
def test_statuses_are_judged_anew_after_a_change(change):
    world = make_world()
    report(world, "P1-1", part=78, whole=100)
    assert judge_current(world.plan)[0].latest.status == "amber"
    if change == "value":
        report(world, "P1-1", part=95, whole=100)
        wanted = "green"
    elif change == "target":
        target = world.indicators["P1-1"].targets.get()
        target.spec = {**target.spec, "value": 70}
        with writing(by=None, verb="test.target_changed", partnership=world.partnership):
            target.save()
        wanted = "green"
    elif change == "override":
        override(world, "P1-1", "grey")
        wanted = "grey"
    else:
        world.partnership.amber_within_pct = 0.5
        with writing(by=None, verb="test.settings_changed", partnership=world.partnership):
            world.partnership.save()
        world.plan.refresh_from_db()
        wanted = "red"
    assert judge_current(world.plan)[0].latest.status == wanted


def test_statuses_are_kept_while_nothing_of_the_plan_changes(monkeypatch, django_assert_num_queries):
    world = make_world()
    report(world, "P1-1", part=78, whole=100)
    judge_current(world.plan)
    monkeypatch.setattr(core_plan, "judge_plan", lambda *_, **__: pytest.fail("judged again"))
    with django_assert_num_queries(1):
        judge_current(world.plan)
    row = world.returns["P1-2"]
    row.draft = {"numerator": "3"}
    with writing(by=None, verb="test.draft_saved", partnership=world.partnership):
        row.save()
    judge_current(world.plan)


def test_core_plan_of_three_rows_takes_seven_questions(django_assert_max_num_queries):
    world = make_world()
    for ref in world.indicators:
        report(world, ref, part=78, whole=100)
    with django_assert_max_num_queries(7):
        built = build_core_plan(world.plan)
    assert [len(row.values) for row in built.indicators] == [1, 1, 1]


def test_values_of_an_earlier_version_are_the_past_of_the_next():
    world, next_world = make_world("ashmere"), make_world("birchley")
    report(world, "P1-1", part=78, whole=100)
    assert build_core_plan(next_world.plan).indicators[0].values == ()
    later = copy_plan(world)
    assert [value.best for value in list_values(Indicator.objects.get(plan=later, ref="P1-1"))] == [78.0]


def test_statuses_asked_for_inside_a_write_know_what_is_being_written():
    world = make_world()
    report(world, "P1-1", part=78, whole=100)
    assert judge_current(world.plan)[0].latest.status == "amber"
    with writing(by=None, verb="test.target_changed", partnership=world.partnership):
        target = world.indicators["P1-1"].targets.get()
        target.spec = {**target.spec, "value": 70}
        target.save()
        assert judge_current(world.plan)[0].latest.status == "green"


def test_two_rows_of_one_series_keep_their_own_values():
    world = make_world()
    twin = world.indicators["P1-2"]
    twin.series = world.indicators["P1-1"].series
    with writing(by=None, verb="test.series_shared", partnership=world.partnership):
        twin.save()
    report(world, "P1-1", part=78, whole=100)
    report(world, "P1-2", part=50, whole=100)
    rows = build_core_plan(world.plan).indicators
    assert [[value.best for value in row.values] for row in rows] == [[78.0], [50.0], []]
    later = copy_plan(world)
    rows = build_core_plan(later).indicators
    assert [[value.best for value in row.values] for row in rows] == [[78.0], [50.0], []]


def test_what_has_stayed_the_same_waits_for_nobody(monkeypatch):
    world = make_world()
    report(world, "P1-1", part=78, whole=100)
    first = core_plan.read_judged(world.plan)
    row = world.returns["P1-2"]
    row.draft = {"numerator": "3"}
    with writing(by=None, verb="test.draft_saved", partnership=world.partnership):
        row.save()
    monkeypatch.setattr(core_plan._JUDGING, "find", lambda _: pytest.fail("waited for a lock"))
    assert core_plan.read_judged(world.plan) is first


def test_each_plan_is_judged_under_a_lock_of_its_own():
    world, other = make_world("ashmere"), make_world("birchley")
    mine = core_plan._JUDGING.find(world.plan.pk)
    assert core_plan._JUDGING.find(world.plan.pk) is mine
    assert core_plan._JUDGING.find(other.plan.pk) is not mine
    with mine:
        assert judge_current(other.plan)


def test_row_that_cannot_be_judged_is_grey_on_the_dashboard_and_the_others_stand(monkeypatch):
    world = make_world()
    report(world, "P1-1", part=78, whole=100)
    report(world, "P1-2", part=60, whole=100)
    judge = assess.judge_signal

    def fail_for_one(value, *rest, **more):
        if value.part == 60:
            raise MemoryError
        return judge(value, *rest, **more)

    monkeypatch.setattr(assess, "judge_signal", fail_for_one)
    rows = core_plan.read_judged(world.plan).rows
    assert [row.look for row in rows[:2]] == ["amber", "grey"]
    assert "could not be judged: a figure or a date of the row is too large" in rows[1].why
