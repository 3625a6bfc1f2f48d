"""The dashboard: what is off target and why, at a glance."""

from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from support.web.performance import override, report
from support.web.world import make_world
from wardmote.evidence.sample.plan import build_sample_plan
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.models import Target
from wardmote.web.plans.states import PlanState
from wardmote.web.returns.models import Return
from wardmote.web.returns.performance.core_plan import read_judged
from wardmote.web.returns.performance.plan_files import import_plan_file
from wardmote.web.returns.performance.unsettled import list_unsettled

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """P1-1 turned red with the last return, P1-2 stays green on few cases, P1-3 owes its return."""
    world = make_world()
    report(world, "P1-1", "2026/27Q1", part=85, whole=100)
    report(world, "P1-1", part=60, whole=100)
    report(world, "P1-2", "2026/27Q1", part=9, whole=10)
    report(world, "P1-2", part=9, whole=10)
    return world


def read(world, address="/p/ashmere/performance/", role=Role.READER):
    answer = world.sign_in(role).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def read_table(world, address):
    """The page from its first priority on."""
    return read(world, address).partition('id="priority-1"')[2]


def test_dashboard_says_first_what_is_off_target_and_what_turned(world):
    page = read(world)
    assert "1 of 3 indicators is off target" in page
    assert "1 turned red with the last return" in page
    assert "1 has no return for 2026/27Q2 yet" in page
    assert page.index("1 of 3 indicators") < page.index("Safer homes")


def test_counts_on_top_lead_to_lists_of_as_many(world):
    page, exceptions = read(world), read(world, "/p/ashmere/performance/exceptions/")
    for anchor, words in (("off-target", "1 of 3 indicators is off target"), ("turned", "1 turned red")):
        assert f"#{anchor}" in page[: page.index(words)].rpartition("<a ")[2]
        assert exceptions.count(f'id="{anchor}"') == 1
    assert "Off target: 1 indicator, of which" in exceptions


def test_dashboard_shows_reason_target_and_marks_of_a_row(world):
    page = read(world)
    assert "60% against at least 80%: short by 20 points" in page
    assert "Target: at least 80%" in page
    assert "Small number" in page
    assert 'class="wm-status wm-status--red"' in page
    assert "wm-target" in page  # the sparkline with its target


def test_dashboard_says_what_is_off_target_and_why_before_any_priority(world):
    page = read(world)
    first = page[page.index("Off target, and why") : page.index("priority-1")]
    assert "P1-1" in first
    assert "60% against at least 80%: short by 20 points" in first
    assert "Turned red with the last return" in first
    assert "P1-2" not in first
    assert "<strong>No return for 2026/27Q2 yet</strong>" in page


@pytest.mark.parametrize(
    ("asked", "is_open"), [("", False), ("?open=all", True), ("?order=urgency", True), ("?status=green", True)]
)
def test_priorities_are_folded_until_they_are_asked_for(world, asked, is_open):
    page = read(world, f"/p/ashmere/performance/{asked}")
    assert ('class="govuk-details wm-fold" open' in page) is is_open
    assert ("Open all priorities" in page) is not is_open


def test_way_to_open_all_priorities_keeps_what_was_asked(world):
    assert "?period=2026%2F27Q2&amp;open=all" in read(world, "/p/ashmere/performance/?period=2026/27Q2")


def test_dashboard_shows_only_what_is_asked_for(world):
    page = read(world, "/p/ashmere/performance/?status=red&agency=&priority=1")
    assert "P1-1" in page
    assert "P1-2" not in page
    assert "Showing 1 of 3 indicators" in page


def test_dashboard_puts_exceptions_first_when_asked(world):
    report(world, "P1-3", part=50, whole=100)
    page = read_table(world, "/p/ashmere/performance/?order=urgency")
    assert page.index("P1-3 ") < page.index("P1-2 ")
    page = read_table(world, "/p/ashmere/performance/")
    assert page.index("P1-2 ") < page.index("P1-3 ")


def test_dashboard_as_at_an_earlier_quarter_knows_nothing_later(world):
    page = read(world, "/p/ashmere/performance/?period=2026/27Q1")
    assert "As at the end of 2026/27Q1" in page
    assert "0 of 3 indicators are off target" in page
    assert "60%" not in page


def test_dashboard_shows_both_statuses_where_one_is_set_by_hand(world):
    override(world, "P1-1", "grey")
    page = read(world)
    assert "Set by hand; computed: red" in page
    assert "the survey was cut short" in page


def test_dashboard_refuses_a_quarter_or_plan_that_is_not_there(world):
    client = world.sign_in(Role.COORDINATOR)
    assert client.get("/p/ashmere/performance/?period=1999/00Q1").status_code == 404
    other = make_world("birchley")
    assert client.get(f"/p/ashmere/performance/?plan={other.plan.pk}").status_code == 404


@pytest.mark.parametrize(("role", "sees"), [(Role.COORDINATOR, True), (Role.READER, False), (Role.SCRUTINY, False)])
def test_dashboard_keeps_a_draft_from_those_who_do_not_work_on_it(role, sees):
    world = make_world()
    world.plan.state = "draft"
    with writing(by=None, verb="test.plan_drafted", partnership=world.partnership):
        world.plan.save()
    page = read(world, role=role)
    assert ("Safer homes" in page) is sees
    assert ("There is no plan to look at yet" in page) is not sees


def test_dashboard_asks_as_much_for_sixty_indicators_as_for_three(world):
    sample = build_sample_plan(today=date(2026, 11, 21), rng=np.random.default_rng(7))
    large = import_plan_file(sample, partnership=world.partnership, by=None, is_historic=False, state=PlanState.ADOPTED)
    client = world.sign_in(Role.COORDINATOR)
    asked = {plan: [count_queries(client, plan) for _ in range(2)] for plan in (world.plan, large)}
    cold, warm = zip(*asked.values(), strict=True)
    assert max(cold) <= 30  # judged for the first time, the first page of a session among them
    assert warm[0] == warm[1] <= 12  # and once it is known


def count_queries(client, plan):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(f"/p/ashmere/performance/?plan={plan.pk}").status_code == 200
    return len(seen)


def test_exceptions_name_each_kind_with_its_reason(world):
    report(world, "P1-2", part=8, whole=10)  # a second time: revised after sign-off
    override(world, "P1-2", "amber")
    page = read(world, "/p/ashmere/performance/exceptions/")
    for heading in ("Turned red (1)", "No return (1)", "Status set by hand (1)", "Revised after sign-off (1)"):
        assert heading in page
    assert "Before, 2026/27Q1: green, 85% against at least 80%" in page
    assert "2026/27Q2: 60% against" in page
    assert "Ashmere Council owes 2026/27Q2, due on 30 November 2026" in page
    assert "the first count left a team out" in page


def test_exceptions_can_be_copied_as_text(world):
    answer = world.sign_in(Role.CHAIR).get("/p/ashmere/performance/exceptions/?as=text")
    assert answer["Content-Type"].startswith("text/plain")
    assert "- P1 P1-1 Victims who felt safer (1): 2026/27Q2: 60% against" in answer.content.decode()


def test_red_of_the_quarter_before_is_still_news_while_the_next_is_returned(world):
    report(world, "P1-3", "2025/26Q4", part=95, whole=100)
    report(world, "P1-3", "2026/27Q1", part=50, whole=100)
    page = read(world)
    assert "2 of 3 indicators are off target" in page
    assert "2 turned red with the last return" in page


def test_red_of_the_quarter_before_turned_in_no_other_quarter(world):
    report(world, "P1-3", "2025/26Q4", part=95, whole=100)
    report(world, "P1-3", "2026/27Q1", part=50, whole=100)
    page = read(world, "/p/ashmere/performance/exceptions/")
    assert "Turned red (1)" in page
    assert "2026/27Q1: 50% against" in page
    assert "Still red since 2026/27Q1; nothing returned for 2026/27Q2" in page


def test_red_of_long_ago_is_no_news(world):
    target = world.indicators["P1-3"].targets.get()
    target.valid_from = None
    with writing(by=None, verb="test.target_dated", partnership=world.partnership):
        target.save()
    report(world, "P1-3", "2025/26Q3", part=95, whole=100)
    report(world, "P1-3", "2025/26Q4", part=50, whole=100)
    page = read(world)
    assert "2 of 3 indicators are off target" in page
    assert "1 turned red with the last return" in page


def test_first_page_tells_the_lead_what_turned_red(world):
    assert "P1-1 turned red" in read(world, "/p/ashmere/", Role.LEAD)
    assert "turned red" not in read(world, "/p/ashmere/", Role.EXECUTIVE)


def leave_unsigned(world, ref, period, state="queried"):
    with writing(by=None, verb="test.asked", partnership=world.partnership):
        row = Return.objects.get(indicator=world.indicators[ref], quarter__period=period)
        row.state, row.signed_off_at, row.signed_off_by = state, None, None
        row.save()


def test_result_that_rests_on_a_queried_value_is_known(world):
    assert ("P1-1", "2026/27Q2") not in list_unsettled(read_judged(world.plan))
    leave_unsigned(world, "P1-1", "2026/27Q2")
    found = list_unsettled(read_judged(world.plan))
    assert found["P1-1", "2026/27Q2"] == "queried"
    assert ("P1-1", "2026/27Q1") not in found


def set_target(world, ref, spec):
    with writing(by=None, verb="test.target_set", partnership=world.partnership):
        target = Target.objects.get(indicator=world.indicators[ref])
        target.spec, target.text = spec, ""
        target.save()


FEWER = {"kind": "relative_change", "direction": "decrease", "percent": 5.0, "base": {"kind": "same_period_last_year"}}
TEN_A_YEAR = {"kind": "count_per_period", "operator": ">=", "value": 10.0, "pro_rata": "linear"}


@pytest.mark.parametrize(("spec", "latest"), [(FEWER, "2026/27 H1"), (TEN_A_YEAR, "2026/27Q2")])
def test_value_summed_of_an_unsigned_quarter_carries_the_mark(spec, latest):
    """Whether a half-year or a year so far: the first of two quarters is asked about, the second is signed off."""
    world = make_world()
    set_target(world, "P1-1", spec)
    report(world, "P1-1", "2026/27Q1", number=40.0, change_pct=-10.0)
    report(world, "P1-1", number=30.0, change_pct=-10.0)
    assert next(row for row in read_judged(world.plan).rows if row.ref == "P1-1").latest.period == latest
    assert "Not signed off yet" not in read(world)
    leave_unsigned(world, "P1-1", "2026/27Q1")
    assert "Not signed off yet" in read(world)
    page = read(world, f"/p/ashmere/performance/indicators/{world.indicators['P1-1'].pk}/")
    assert "Not signed off yet" in page


def test_change_from_an_unsigned_base_says_so():
    """The quarter that a change starts from is asked about again; the later one is signed off."""
    world = make_world()
    set_target(world, "P1-1", FEWER | {"base": {"kind": "previous_period"}})
    report(world, "P1-1", "2026/27Q1", number=40.0)
    report(world, "P1-1", number=30.0)
    assert "Compared with a figure" not in read(world)
    leave_unsigned(world, "P1-1", "2026/27Q1")
    page = read(world)
    assert "Compared with a figure that is not signed off yet" in page
    assert "Not signed off yet" not in page


def test_earlier_quarter_that_is_not_summed_marks_nothing():
    world = make_world()
    report(world, "P1-1", "2026/27Q1", part=85, whole=100)
    report(world, "P1-1", part=90, whole=100)
    leave_unsigned(world, "P1-1", "2026/27Q1")
    assert "Not signed off yet" not in read(world)


def test_row_for_context_has_one_name_for_its_status():
    world = make_world()
    with writing(by=None, verb="test.context", partnership=world.partnership):
        row = world.indicators["P1-1"]
        row.is_context = True
        row.save()
    report(world, "P1-1", part=90, whole=100)
    page = read(world, f"/p/ashmere/performance/indicators/{row.pk}/")
    assert page.count("Context only") >= 2
    assert "No target" not in page  # which is what an indicator lacks that is to be judged
    assert "Cannot say" not in page
    assert "On target" not in page


def test_workbook_is_not_offered_as_the_exact_plan(world):
    page = read(world)
    assert "The workbook is for reading and filling in" in page
    assert "JSON and YAML hold the plan exactly" in page
