"""Who may do what, in which state: every role, every ability, both halves."""

import pytest

from support.web.world import give_role, make_person, make_world
from wardmote.web.partnerships.interface import Role, can
from wardmote.web.plans.models import Action, Indicator
from wardmote.web.plans.states import PlanState
from web.plans.full_plan import FullPlan, make_full_plan, put_in_state

pytestmark = pytest.mark.django_db

C, A, L, K, X = Role.COORDINATOR, Role.ANALYST, Role.LEAD, Role.CONTRIBUTOR, Role.CHAIR
EVERYBODY = frozenset(Role)
SEE_DRAFTS = frozenset({Role.ADMINISTRATOR, C, A, L, X, Role.EXECUTIVE})
#: Abilities that the state does not touch (what the state allows is the policies').
STEADY = {
    "plans.view_plans": EVERYBODY, "plans.change_plan": {C, A}, "plans.change_holders": {C}, "plans.move_plan": {C},
    "plans.record_gate": {C, X}, "plans.adopt_plan": {C, X}, "plans.discontinue_indicator": {C},
    "plans.import_plan": {C, A}, "plans.export_plan": EVERYBODY, "plans.link_past": {C},
}  # fmt: skip
HIDDEN = (PlanState.DRAFT, PlanState.WITHDRAWN)


@pytest.fixture
def full() -> FullPlan:
    return make_full_plan(make_world("ashmere"))


@pytest.mark.parametrize("state", PlanState)
def test_abilities_in_every_state(full: FullPlan, state: PlanState) -> None:
    put_in_state(full.plan, state)
    action = Action.objects.select_related("plan", "priority", "partnership").get(pk=full.action.pk)
    indicator = Indicator.objects.select_related("plan", "partnership").get(pk=full.indicator.pk)
    for ability, may in STEADY.items():
        assert who_may(full, ability, full.plan) == may, ability
    assert who_may(full, "plans.view_plan", full.plan) == (SEE_DRAFTS if state in HIDDEN else EVERYBODY)
    assert who_may(full, "plans.view_plan", indicator) == (SEE_DRAFTS if state in HIDDEN else EVERYBODY)
    assert who_may(full, "plans.change_target", indicator) == ({C} if state == PlanState.ADOPTED else {C, A})
    assert who_may(full, "plans.change_action", action) == {C, L, K}


def who_may(full: FullPlan, ability: str, obj: object) -> set[Role]:
    return {role for role, person in full.world.people.items() if can(person, ability, obj)}


@pytest.mark.parametrize("ability", [*STEADY, "plans.view_plan", "plans.change_target", "plans.change_action"])
def test_people_of_another_partnership_may_nothing(full: FullPlan, ability: str) -> None:
    other = make_world("brackley")
    for thing in (full.plan, full.indicator, full.action):
        assert not any(can(person, ability, thing) for person in other.people.values())


def test_action_is_updated_by_its_own_people_alone(full: FullPlan) -> None:
    world = full.world
    other_lead, other_contributor = make_person("lead2@ashmere.example.org"), make_person("fire@ashmere.example.org")
    give_role(other_lead, world.partnership, L)
    give_role(other_contributor, world.partnership, K, world.council)
    reader = world.people[Role.READER]
    assert not can(other_lead, "plans.change_action", full.action)
    assert not can(other_contributor, "plans.change_action", full.action)
    full.action.lead = other_lead
    assert can(other_lead, "plans.change_action", full.action)
    full.action.lead = reader
    assert not can(reader, "plans.change_action", full.action)
