"""A plan that was kept as it stood speaks for another only where a coordinator says so, and never over its quarters."""

from dataclasses import replace
from datetime import date

import pytest

from support.web.performance import report
from support.web.world import TODAY, make_world
from wardmote.evidence.targets.plan import Indicator as CoreRow
from wardmote.evidence.targets.plan import Override, Value
from wardmote.evidence.targets.plan import Plan as CorePlan
from wardmote.evidence.targets.plan_file import PlanFile
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.states import Role
from wardmote.web.plans.actions import link_past, unlink_past
from wardmote.web.plans.models import PastLink
from wardmote.web.returns.past import read_past
from wardmote.web.returns.performance.core_plan import judge_current, list_values
from wardmote.web.returns.performance.plan_files import import_plan_file

pytestmark = pytest.mark.django_db
KEY = "felt-safer"
EARLIER = Value("2025/26Q4", date(2026, 1, 1), date(2026, 3, 31), shape="percent", number=95.0)
OF_TODAY = Value("2026/27Q2", date(2026, 7, 1), date(2026, 9, 30), shape="percent", number=95.0)


def make_keyed_world():
    """P1-1 has a key and stands at 60% in its only quarter: red."""
    world = make_world()
    row = world.indicators["P1-1"]
    row.series_key = KEY
    with writing(by=None, verb="test.keyed", partnership=world.partnership):
        row.save()
    report(world, "P1-1", part=60, whole=100)
    return world


def bring_in(world, *values, by=Role.ANALYST, overrides=()):
    """A plan as it stood with the key's row."""
    row = CoreRow(
        id="P1-1", title="Victims who felt safer (1)", unit="percent", polarity="higher", priority_no=1,
        series_key=KEY, targets=(), values=tuple(values), overrides=tuple(overrides),
    )  # fmt: skip
    file = PlanFile(plan=CorePlan("An older plan", (row,)), starts_on=date(2023, 4, 1), ends_on=date(2026, 3, 31))
    return import_plan_file(file, partnership=world.partnership, by=world.people[by], is_historic=True)


def link(world, past, role=Role.COORDINATOR):
    address = f"/p/ashmere/plans/{world.plan.pk}/past/"
    return world.sign_in(role).post(address, {"past": str(past.pk), "reason": "it counted the same"})


def read_values(world):
    return [value.best for value in list_values(world.indicators["P1-1"])]


def read_colour(world):
    return judge_current(world.plan)[0].latest.status


def test_plan_as_it_stood_says_nothing_until_it_is_linked():
    world = make_keyed_world()
    past = bring_in(world, EARLIER)
    assert read_values(world) == [60.0]
    assert read_past(world.returns["P1-1"]).last_values == ()
    assert link(world, past, Role.ANALYST).status_code == 403
    assert read_values(world) == [60.0]
    link(world, past)
    assert read_values(world) == [95.0, 60.0]
    assert [value.best for value in read_past(world.returns["P1-1"]).last_values] == [95.0]
    entry = AuditEntry.objects.get(verb="plans.past_linked")
    assert "it counted the same" in entry.body


def test_kept_judgement_knows_of_a_link_and_of_its_end():
    world = make_keyed_world()
    past = bring_in(world, EARLIER)
    assert len(judge_current(world.plan)[0].periods) == 1
    link(world, past)
    assert len(judge_current(world.plan)[0].periods) == 2
    unlink_past(link=PastLink.objects.get(), reason="it counted otherwise", by=world.people[Role.COORDINATOR])
    assert len(judge_current(world.plan)[0].periods) == 1


@pytest.mark.parametrize(
    "forged",
    [
        OF_TODAY,
        replace(OF_TODAY, period="2026/27 Q2"),
        replace(OF_TODAY, measure="another measure"),
        replace(OF_TODAY, basis="rolling12"),
        replace(OF_TODAY, start=date(2026, 7, 2), end=date(2026, 10, 1)),
        replace(OF_TODAY, period="2026/27Q3", start=date(2026, 10, 1), end=date(2026, 12, 31)),
        replace(OF_TODAY, start=date(2026, 1, 1), end=date(2026, 7, 1)),
    ],
    ids=["same", "label", "measure", "basis", "shifted", "later", "reaching in"],
)  # fmt: skip
def test_linked_plan_speaks_for_no_quarter_of_the_plan(forged):
    world = make_keyed_world()
    assert read_colour(world) == "red"
    link(world, bring_in(world, forged))
    assert read_colour(world) == "red"
    assert read_values(world) == [60.0]


def test_linked_plan_does_not_answer_for_a_return_that_is_still_a_draft():
    world = make_keyed_world()
    past = bring_in(world, replace(OF_TODAY, period="2026/27Q2"))
    link(world, past)
    with writing(by=None, verb="test.taken_back", partnership=world.partnership):
        row = world.returns["P1-1"]
        row.refresh_from_db()
        row.version, row.state = None, "draft"
        row.save()
    assert read_values(world) == []


def test_status_set_by_hand_in_a_linked_plan_stays_its_own():
    world = make_keyed_world()
    forged = Override("2025/26Q4", "green", "it was agreed", "the chair", TODAY)
    past = bring_in(world, EARLIER, overrides=[forged])
    link(world, past)
    assert [found.status for found in judge_current(world.plan)[0].periods] == ["grey", "red"]  # no target held then
    assert [found.status for found in judge_current(past)[0].periods] == ["green"]


def test_link_needs_a_reason_an_older_plan_and_a_free_one():
    world = make_keyed_world()
    past, by = bring_in(world, EARLIER), world.people[Role.COORDINATOR]
    with pytest.raises(RefusedError, match="Say why"):
        link_past(plan=world.plan, past=past, reason=" ", by=by)
    with pytest.raises(RefusedError, match="kept as it stood"):
        link_past(plan=world.plan, past=world.plan, reason="so", by=by)
    with pytest.raises(RefusedError, match="kept as it stood"):
        link_past(plan=make_world("birchley").plan, past=past, reason="so", by=by)
    link_past(plan=world.plan, past=past, reason="so", by=by)
    with pytest.raises(RefusedError, match="already"):
        link_past(plan=world.plan, past=past, reason="so", by=by)
    assert PastLink.objects.count() == 1


def test_link_is_said_on_the_plan_and_ended_there():
    world = make_keyed_world()
    past = bring_in(world, EARLIER)
    link(world, past)
    client, address = world.sign_in(Role.COORDINATOR), f"/p/ashmere/plans/{world.plan.pk}/"
    assert "it counted the same" in client.get(address).content.decode()
    ending = f"{address}past/{PastLink.objects.get().pk}/end/"
    assert client.get(ending).status_code == 200
    assert world.sign_in(Role.ANALYST).post(ending, {"reason": "no"}).status_code == 403
    client.post(ending, {"reason": "it counted otherwise"})
    assert PastLink.objects.get().ended_because == "it counted otherwise"
    assert make_world("birchley").sign_in(Role.COORDINATOR).get(ending).status_code in (403, 404)


def test_plan_in_consultation_is_nobodys_past():
    world = make_keyed_world()
    other = bring_in(world, EARLIER)
    link(world, other)
    with writing(by=None, verb="test.moved", partnership=world.partnership):
        other.is_historic, other.state = False, "consultation"
        other.save()
    assert read_values(world) == [60.0]
