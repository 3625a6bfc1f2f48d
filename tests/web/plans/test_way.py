"""The way of a plan: consultation, gates, adoption, revision."""

from datetime import date
from typing import Any

import pytest

from support.web.world import make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import Person, Role
from wardmote.web.plans import actions, policies
from wardmote.web.plans.actions import gates as gate_actions
from wardmote.web.plans.interface import get_current_plan, list_indicators, list_plans
from wardmote.web.plans.models import Action, Consultation, CrossWalk, Gate, Indicator, Plan, Programme, Risk, Target
from wardmote.web.plans.states import NEXT_STATES, GateKind, GateOutcome, PlanState
from web.plans.full_plan import FullPlan, adopt, make_full_plan, pass_gates, put_in_state

pytestmark = pytest.mark.django_db
HELD = date(2026, 3, 20)


@pytest.fixture
def full() -> FullPlan:
    return make_full_plan(make_world("ashmere"))


@pytest.fixture
def by(full: FullPlan) -> Person:
    return full.world.people[Role.COORDINATOR]


def record(gate: Gate, outcome: GateOutcome, by: Person, **other: Any) -> Gate:
    fresh = Gate.objects.select_related("plan__partnership").get(pk=gate.pk)
    told = {"held_on": HELD, "record": "Minute 1", **other}
    return actions.record_gate(gate=fresh, outcome=outcome, by=by, **told)


def list_gates(full: FullPlan) -> list[Gate]:
    return list(Gate.objects.filter(plan=full.plan).order_by("round", "number"))


def test_plan_goes_all_the_way(full: FullPlan, by: Person) -> None:
    plan = full.plan
    actions.move_plan(plan=plan, to=PlanState.CONSULTATION, by=by)
    actions.move_plan(plan=plan, to=PlanState.APPROVAL, by=by)
    for number, gate in enumerate(list_gates(full), start=1):
        record(gate, GateOutcome.APPROVED, by, held_on=date(2026, 3, number))
    adopted = actions.adopt_plan(plan=Plan.objects.get(pk=plan.pk), by=by)
    assert (adopted.state, adopted.adopted_on) == (PlanState.ADOPTED, date(2026, 3, 3))
    before = Plan.objects.get(pk=full.world.plan.pk)
    assert (before.state, before.superseded_on) == (PlanState.SUPERSEDED, date(2026, 4, 1))
    assert get_current_plan(full.world.partnership) == adopted
    assert verify_chains()[1] == []


@pytest.mark.parametrize("state", PlanState)
def test_plan_moves_only_where_the_table_says(full: FullPlan, state: PlanState) -> None:
    put_in_state(full.plan, state)
    for to in PlanState:
        refusal = policies.explain_refusal(full.plan, to)
        if to not in NEXT_STATES[state]:
            assert "cannot become" in refusal
        elif to not in (PlanState.ADOPTED, PlanState.SUPERSEDED):
            assert refusal == ""


def test_plan_without_priority_or_consultation_is_held_with_the_reason(full: FullPlan, by: Person) -> None:
    bare = actions.make_plan(
        partnership=full.world.partnership, title="Bare", starts_on=HELD, ends_on=date(2029, 3, 31), by=by
    )
    assert "no priority yet" in policies.explain_refusal(bare, PlanState.CONSULTATION)
    put_in_state(bare, PlanState.CONSULTATION)
    assert "no consultation is recorded" in policies.explain_refusal(bare, PlanState.APPROVAL)


def test_plan_is_not_adopted_without_the_record_of_full_council(full: FullPlan, by: Person) -> None:
    put_in_state(full.plan, PlanState.APPROVAL)
    scrutiny, cabinet, council = list_gates(full)
    assert [gate.kind for gate in (scrutiny, cabinet, council)] == ["scrutiny", "cabinet", "full_council"]
    record(scrutiny, GateOutcome.APPROVED, by)
    record(cabinet, GateOutcome.APPROVED_WITH_CHANGES, by)
    said = "The plan cannot be adopted: full council has not recorded its decision."
    assert policies.explain_refusal(full.plan, PlanState.ADOPTED) == said
    with pytest.raises(RefusedError, match="full council has not recorded"):
        actions.adopt_plan(plan=full.plan, by=by)
    assert Plan.objects.get(pk=full.plan.pk).state == PlanState.APPROVAL
    record(council, GateOutcome.APPROVED, by)
    assert policies.explain_refusal(full.plan, PlanState.ADOPTED) == ""


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"record": " "}, "Name the record"),
        ({"held_on": None}, "day of the meeting"),
        ({"held_on": date(2199, 1, 1)}, "cannot lie ahead"),
    ],
)
def test_decision_without_day_or_minute_is_refused(full: FullPlan, by: Person, told: Any, why: str) -> None:
    put_in_state(full.plan, PlanState.APPROVAL)
    with pytest.raises(RefusedError, match=why):
        record(full.gate, GateOutcome.APPROVED, by, **told)


def test_gates_decide_in_their_order_and_once(full: FullPlan, by: Person) -> None:
    with pytest.raises(RefusedError, match="not before its gates"):
        record(full.gate, GateOutcome.APPROVED, by)
    put_in_state(full.plan, PlanState.APPROVAL)
    first, second, _ = list_gates(full)
    with pytest.raises(RefusedError, match="comes first"):
        record(second, GateOutcome.APPROVED, by)
    record(first, GateOutcome.APPROVED, by)
    with pytest.raises(RefusedError, match="recorded already"):
        record(first, GateOutcome.REFERRED_BACK, by)


def test_referral_back_sends_to_draft_and_keeps_its_record(full: FullPlan, by: Person) -> None:
    put_in_state(full.plan, PlanState.APPROVAL)
    scrutiny, cabinet, _ = list_gates(full)
    record(scrutiny, GateOutcome.APPROVED, by)
    record(cabinet, GateOutcome.REFERRED_BACK, by, record="Cabinet, minute 7")
    plan = Plan.objects.get(pk=full.plan.pk)
    assert plan.state == PlanState.DRAFT
    actions.move_plan(plan=plan, to=PlanState.CONSULTATION, by=by)
    actions.move_plan(plan=plan, to=PlanState.APPROVAL, by=by)
    kept = [(gate.round, gate.kind, gate.outcome, gate.record) for gate in list_gates(full)]
    assert kept == [
        (1, "scrutiny", "approved", "Minute 1"), (1, "cabinet", "referred_back", "Cabinet, minute 7"),
        (1, "full_council", "waiting", ""), (2, "scrutiny", "waiting", ""), (2, "cabinet", "waiting", ""),
        (2, "full_council", "waiting", ""),
    ]  # fmt: skip
    with pytest.raises(RefusedError, match="recorded already"):
        record(list_gates(full)[2], GateOutcome.APPROVED, by)


def test_gates_are_set_for_the_plan_but_full_council_stays(full: FullPlan, by: Person) -> None:
    kinds = [GateKind.STRATEGIC_GROUP, GateKind.FULL_COUNCIL]
    actions.set_gates(plan=full.plan, kinds=kinds, by=by)
    assert [gate.kind for gate in list_gates(full)] == kinds
    with pytest.raises(RefusedError, match="cannot be taken out"):
        actions.set_gates(plan=full.plan, kinds=[GateKind.CABINET], by=by)
    county = full.world.partnership
    county.tier = "county"
    policies.check_may_set_gates(full.plan, [GateKind.STRATEGIC_GROUP])


def test_gate_that_has_spoken_stays_in_every_later_round(full: FullPlan, by: Person) -> None:
    put_in_state(full.plan, PlanState.APPROVAL)
    scrutiny, cabinet, _ = list_gates(full)
    record(scrutiny, GateOutcome.APPROVED, by)
    record(cabinet, GateOutcome.REFERRED_BACK, by)
    plan = Plan.objects.select_related("partnership").get(pk=full.plan.pk)
    for kinds in ([GateKind.SCRUTINY, GateKind.FULL_COUNCIL], [GateKind.CABINET, GateKind.FULL_COUNCIL]):
        with pytest.raises(RefusedError, match="it cannot be taken out"):
            actions.set_gates(plan=plan, kinds=kinds, by=by)
    kept = [GateKind.CABINET, GateKind.SCRUTINY, GateKind.FULL_COUNCIL]
    actions.set_gates(plan=plan, kinds=kept, by=by)
    with pytest.raises(RefusedError, match="Cabinet has decided on this plan"):
        actions.set_gates(plan=plan, kinds=[GateKind.SCRUTINY, GateKind.FULL_COUNCIL], by=by)


def test_days_of_decisions_follow_each_other(full: FullPlan, by: Person) -> None:
    put_in_state(full.plan, PlanState.APPROVAL)
    scrutiny, cabinet, _ = list_gates(full)
    with pytest.raises(RefusedError, match="more than two years after that day"):
        record(scrutiny, GateOutcome.APPROVED, by, held_on=date(1901, 1, 1))
    record(scrutiny, GateOutcome.APPROVED, by, held_on=date(2026, 3, 1))
    with pytest.raises(RefusedError, match=r"before 1 March 2026, when .*scrutiny.* decided"):
        record(cabinet, GateOutcome.APPROVED, by, held_on=date(2026, 2, 28))
    record(cabinet, GateOutcome.REFERRED_BACK, by, held_on=date(2026, 3, 1))  # two meetings on one day
    plan = Plan.objects.get(pk=full.plan.pk)
    actions.move_plan(plan=plan, to=PlanState.CONSULTATION, by=by)
    actions.move_plan(plan=plan, to=PlanState.APPROVAL, by=by)
    again = next(gate for gate in list_gates(full) if gate.round == 2)
    with pytest.raises(RefusedError, match="before 1 March 2026, when cabinet decided"):
        record(again, GateOutcome.APPROVED, by, held_on=date(2026, 2, 28))


def test_consultation_is_closed_once_the_plan_is_adopted(full: FullPlan, by: Person) -> None:
    for state in (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.APPROVAL):
        put_in_state(full.plan, state)
        actions.change_record(record=full.consultation, fields={"audience": f"Asked in {state}"}, by=by)
    put_in_state(full.plan, PlanState.ADOPTED)
    with pytest.raises(RefusedError, match="not changed in place"):
        actions.change_record(record=full.consultation, fields={"audience": "Everybody"}, by=by)
    with pytest.raises(RefusedError, match="not changed in place"):
        actions.add_record(plan=full.plan, kind=Consultation, fields={"audience": "More", "starts_on": HELD}, by=by)
    assert Consultation.objects.get(pk=full.consultation.pk).audience == "Asked in approval"


def test_who_comes_second_is_told_that_the_plan_has_moved(full: FullPlan, by: Person) -> None:
    seen_by_another = Plan.objects.get(pk=full.plan.pk)
    actions.move_plan(plan=full.plan, to=PlanState.CONSULTATION, by=by)
    with pytest.raises(RefusedError, match="moved the plan meanwhile"):
        actions.move_plan(plan=seen_by_another, to=PlanState.WITHDRAWN, by=by, reason="x")
    assert Plan.objects.get(pk=full.plan.pk).state == PlanState.CONSULTATION


def test_going_back_or_out_needs_a_reason(full: FullPlan, by: Person) -> None:
    with pytest.raises(RefusedError, match="Say why"):
        actions.move_plan(plan=full.plan, to=PlanState.WITHDRAWN, by=by, reason=" ")
    actions.move_plan(plan=full.plan, to=PlanState.WITHDRAWN, by=by, reason="Two partnerships merge")
    assert Plan.objects.get(pk=full.plan.pk).state == PlanState.WITHDRAWN


# ---- revision -------------------------------------------------------------------------------------------------------


def test_revision_copies_everything_and_leaves_the_version_in_force(full: FullPlan, by: Person) -> None:
    plan = adopt(full.plan, by)
    indicator = list_indicators(plan)[0]
    actions.change_target(
        indicator=indicator, spec={"kind": "threshold", "operator": ">=", "value": 85}, text="85%",
        valid_from=date(2027, 4, 1), reason="Council asked for more", by=by,
    )  # fmt: skip
    revision = actions.revise_plan(plan=plan, reason="Yearly revision", by=by)
    assert (revision.lineage, revision.version, revision.state) == (plan.lineage, 2, PlanState.DRAFT)
    assert (revision.predecessor, Plan.objects.get(pk=plan.pk).state) == (plan, PlanState.ADOPTED)
    for kind in (Programme, Action, Indicator, Target, Risk, CrossWalk):
        old, new = kind.objects.filter(plan=plan), kind.objects.filter(plan=revision)
        assert old.count() == new.count() > 0, kind.__name__
        assert not set(old.values_list("pk")) & set(new.values_list("pk"))
    copied = list_indicators(revision)[0]
    assert (copied.series, copied.priority.plan) == (indicator.series, revision)
    history = [(target.text, target.valid_from, target.valid_to, target.reason) for target in copied.targets.all()]
    assert history == [
        ("at least 80%", date(2026, 4, 1), date(2027, 3, 31), ""),
        ("85%", date(2027, 4, 1), None, "Council asked for more"),
    ]
    assert not Consultation.objects.filter(plan=revision).exists()
    assert [gate.outcome for gate in Gate.objects.filter(plan=revision)] == ["waiting"] * 3


def test_one_revision_at_a_time_of_the_adopted_version_alone(full: FullPlan, by: Person) -> None:
    with pytest.raises(RefusedError, match="Only an adopted plan"):
        actions.revise_plan(plan=full.plan, reason="x", by=by)
    plan = adopt(full.plan, by)
    with pytest.raises(RefusedError, match="Say why"):
        actions.revise_plan(plan=plan, reason="", by=by)
    actions.revise_plan(plan=plan, reason="Yearly", by=by)
    with pytest.raises(RefusedError, match="under way"):
        actions.revise_plan(plan=plan, reason="Again", by=by)
    assert list_plans(full.world.partnership).filter(lineage=plan.lineage).count() == 2


def test_adopting_a_revision_supersedes_and_tells_who_listens(
    full: FullPlan, by: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = adopt(full.plan, by)
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(gate_actions, "_after_adoption", [lambda old, new, who: told.append((old, new, who))])
    revision = adopt(actions.revise_plan(plan=plan, reason="Yearly", by=by), by)
    assert told == [(plan, revision, by)]
    assert Plan.objects.get(pk=plan.pk).state == PlanState.SUPERSEDED


def test_adoption_is_undone_where_a_listener_fails(full: FullPlan, by: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(old: Plan, new: Plan, who: Person | None) -> None:
        raise ValueError("quarters cannot be moved")

    monkeypatch.setattr(gate_actions, "_after_adoption", [fail])
    put_in_state(full.plan, PlanState.APPROVAL)
    pass_gates(full.plan, by)
    with pytest.raises(ValueError, match="cannot be moved"):
        actions.adopt_plan(plan=Plan.objects.get(pk=full.plan.pk), by=by)
    states = {plan.pk: plan.state for plan in Plan.objects.all()}
    assert states == {full.plan.pk: PlanState.APPROVAL, full.world.plan.pk: PlanState.ADOPTED}


# ---- what an adopted plan lets people change ------------------------------------------------------------------------


def test_adopted_plan_is_not_edited_in_place(full: FullPlan, by: Person) -> None:
    plan = adopt(full.plan, by)
    indicator = Indicator.objects.select_related("plan").get(plan=plan)
    with pytest.raises(RefusedError, match="Revise it"):
        actions.change_plan(plan=plan, fields={"vision": "Other"}, by=by)
    with pytest.raises(RefusedError, match="Revise it"):
        actions.change_record(record=indicator, fields={"title": "Other"}, by=by)
    with pytest.raises(RefusedError, match="Revise it"):
        actions.add_record(plan=plan, kind=Risk, fields={"text": "New"}, by=by)
    with pytest.raises(RefusedError, match="in a draft"):
        actions.remove_record(record=indicator, by=by)
    actions.change_record(record=indicator, fields={"owner": full.world.council}, by=by)
    assert Indicator.objects.get(plan=plan).owner == full.world.council


def test_indicator_is_discontinued_with_a_reason(full: FullPlan, by: Person) -> None:
    plan = adopt(full.plan, by)
    indicator = Indicator.objects.select_related("plan").get(plan=plan)
    with pytest.raises(RefusedError, match="Say why"):
        actions.discontinue_indicator(indicator=indicator, on=HELD, reason="", by=by)
    actions.discontinue_indicator(indicator=indicator, on=HELD, reason="The survey ended", by=by)
    kept = Indicator.objects.select_related("plan").get(pk=indicator.pk)
    assert (kept.discontinued_on, kept.details["discontinued_because"]) == (HELD, "The survey ended")
    with pytest.raises(RefusedError, match="discontinued"):
        actions.change_target(
            indicator=kept, spec={"kind": "no_target"}, text="", valid_from=date(2028, 1, 1), reason="x", by=by
        )


def test_record_with_others_on_it_leaves_last(full: FullPlan, by: Person) -> None:
    with pytest.raises(RefusedError, match="programmes and actions and indicators"):
        actions.remove_record(record=full.priority, by=by)
    for row in (full.programme, full.action, full.indicator):
        actions.remove_record(record=type(row).objects.select_related("plan").get(pk=row.pk), by=by)
    actions.remove_record(record=full.priority, by=by)
    assert CrossWalk.objects.get(plan=full.plan).priority is None
    assert verify_chains()[1] == []


def test_progress_of_an_action_keeps_what_was_said_before(full: FullPlan, by: Person) -> None:
    from wardmote.web.plans.states import ActionState

    action = Action.objects.select_related("plan").get(pk=full.action.pk)
    actions.update_action(action=action, state=ActionState.UNDER_WAY, progress="40 of 120 fitted", by=by)
    actions.update_action(action=action, state=ActionState.DONE, progress="All fitted", by=by)
    kept = Action.objects.get(pk=action.pk)
    assert (kept.state, kept.progress) == ("done", "All fitted")
    assert [one["progress"] for one in kept.updates] == ["40 of 120 fitted", "All fitted"]
    put_in_state(full.plan, PlanState.SUPERSEDED)
    with pytest.raises(RefusedError, match="closed"):
        actions.update_action(action=Action.objects.select_related("plan").get(pk=action.pk),
                              state=ActionState.DONE, progress="", by=by)  # fmt: skip
