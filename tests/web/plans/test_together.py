"""Two people at one plan at once, or one with an old page: the second is told in words, and nothing is overwritten."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from support.web.together import run_together
from support.web.world import make_world
from wardmote.web.foundation.audit import verify_chains
from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import Person, Role
from wardmote.web.plans import actions
from wardmote.web.plans.models import Gate, Indicator, Plan
from wardmote.web.plans.states import GateKind, GateOutcome, PlanState
from web.plans.full_plan import FullPlan, make_full_plan, put_in_state

HELD = date(2026, 3, 20)


def read_gate(full: FullPlan, number: int = 1) -> Gate:
    return Gate.objects.select_related("plan__partnership").get(plan=full.plan, round=1, number=number)


def read_plan(plan: Plan) -> Plan:
    return Plan.objects.select_related("partnership").get(pk=plan.pk)


def decide(gate: Gate, by: Person, record: str = "Minute 1", outcome: GateOutcome = GateOutcome.APPROVED) -> Gate:
    return actions.record_gate(gate=gate, outcome=outcome, held_on=HELD, record=record, by=by)


def count_refusals(found: list[Any]) -> int:
    assert all(isinstance(one, RefusedError | Plan | Gate) for one in found), found
    return sum(isinstance(one, RefusedError) for one in found)


class TestOldPages:
    """What was read before somebody else wrote; shown on either database."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture
    def full(self) -> FullPlan:
        return make_full_plan(make_world("ashmere"))

    @pytest.fixture
    def by(self, full: FullPlan) -> Person:
        return full.world.people[Role.COORDINATOR]

    def test_gate_decides_once(self, full: FullPlan, by: Person) -> None:
        put_in_state(full.plan, PlanState.APPROVAL)
        first, second = read_gate(full), read_gate(full)
        decide(first, by)
        with pytest.raises(RefusedError, match="recorded already"):
            decide(second, by, "Minute 2")
        assert read_gate(full).record == "Minute 1"

    def test_text_is_closed_once_the_plan_is_before_its_gates(self, full: FullPlan, by: Person) -> None:
        indicator = Indicator.objects.select_related("plan", "partnership").get(pk=full.indicator.pk)
        old = read_plan(full.plan)
        put_in_state(full.plan, PlanState.APPROVAL)
        with pytest.raises(RefusedError, match="before its gates"):
            actions.change_record(record=indicator, fields={"polarity": "lower"}, by=by)
        with pytest.raises(RefusedError, match="before its gates"):
            actions.change_plan(plan=old, fields={"title": "Another"}, by=by)
        with pytest.raises(RefusedError, match="before its gates"):
            actions.add_record(plan=old, kind=type(full.risk), fields={"text": "Late"}, by=by)
        with pytest.raises(RefusedError, match="in a draft"):
            actions.remove_record(record=full.risk, by=by)
        with pytest.raises(RefusedError, match="in draft or out"):
            actions.set_gates(plan=old, kinds=[GateKind.FULL_COUNCIL], by=by)
        assert Indicator.objects.get(pk=indicator.pk).polarity == full.indicator.polarity

    def test_target_and_discontinuing_wait_for_the_gates_too(self, full: FullPlan, by: Person) -> None:
        indicator = Indicator.objects.select_related("plan", "partnership").get(pk=full.indicator.pk)
        put_in_state(full.plan, PlanState.APPROVAL)
        with pytest.raises(RefusedError, match="neither"):
            actions.change_target(
                indicator=indicator, spec={"kind": "threshold", "operator": ">=", "value": 1.0}, text="at least 1%",
                valid_from=date(2027, 4, 1), reason="Easier", by=by,
            )  # fmt: skip
        with pytest.raises(RefusedError, match="in a draft"):
            actions.discontinue_indicator(indicator=indicator, on=date(2027, 4, 1), reason="Gone", by=by)

    def test_what_another_changed_is_not_put_back(self, full: FullPlan, by: Person) -> None:
        first, second = read_plan(full.plan), read_plan(full.plan)
        actions.change_plan(plan=first, fields={"title": "First"}, by=by)
        actions.change_plan(plan=second, fields={"vision": "Second"}, by=by)
        assert (read_plan(full.plan).title, read_plan(full.plan).vision) == ("First", "Second")

    def test_record_that_was_removed_is_not_changed(self, full: FullPlan, by: Person) -> None:
        old = type(full.risk).objects.select_related("plan").get(pk=full.risk.pk)
        actions.remove_record(record=full.risk, by=by)
        with pytest.raises(RefusedError, match="removed this meanwhile"):
            actions.change_record(record=old, fields={"text": "Back again"}, by=by)

    def test_plan_that_moved_is_neither_moved_nor_adopted_nor_revised(self, full: FullPlan, by: Person) -> None:
        old, in_force = read_plan(full.plan), read_plan(full.world.plan)
        put_in_state(full.plan, PlanState.WITHDRAWN)
        put_in_state(full.world.plan, PlanState.SUPERSEDED)
        with pytest.raises(RefusedError, match="moved the plan meanwhile"):
            actions.move_plan(plan=old, to=PlanState.CONSULTATION, by=by)
        old.state = PlanState.APPROVAL
        with pytest.raises(RefusedError, match="moved the plan meanwhile"):
            actions.adopt_plan(plan=old, by=by)
        with pytest.raises(RefusedError, match="Only an adopted plan is revised"):
            actions.revise_plan(plan=in_force, reason="Yearly", by=by)


class TestAtOnce:
    """Threads with a connection each."""

    @pytest.fixture
    def full(self, transactional_db: None) -> FullPlan:
        if connection.vendor != "postgresql":
            pytest.skip("the tests' SQLite has one connection; set WARDMOTE_TEST_DATABASE")
        return make_full_plan(make_world("ashmere"))

    @pytest.fixture
    def by(self, full: FullPlan) -> Person:
        return full.world.people[Role.COORDINATOR]

    def test_one_of_many_decisions_is_taken(self, full: FullPlan, by: Person) -> None:
        put_in_state(full.plan, PlanState.APPROVAL)
        gates = [read_gate(full) for _ in range(8)]
        found = run_together(
            *(lambda gate=gate, at=at: decide(gate, by, f"Minute {at}") for at, gate in enumerate(gates))
        )
        assert count_refusals(found) == 7
        taken = next(at for at, one in enumerate(found) if isinstance(one, Gate))
        assert read_gate(full).record == f"Minute {taken}"
        assert verify_chains()[1] == []

    def test_one_of_many_revisions_begins(self, full: FullPlan, by: Person) -> None:
        plans = [read_plan(full.world.plan) for _ in range(6)]
        found = run_together(
            *(lambda plan=plan: actions.revise_plan(plan=plan, reason="Yearly", by=by) for plan in plans)
        )
        assert count_refusals(found) == 5
        assert Plan.objects.filter(lineage=full.world.plan.lineage).count() == 2
        assert verify_chains()[1] == []

    def test_plan_goes_to_its_gates_and_no_change_comes_after(self, full: FullPlan, by: Person) -> None:
        put_in_state(full.plan, PlanState.CONSULTATION)
        plan = read_plan(full.plan)
        rows = [Indicator.objects.select_related("plan", "partnership").get(pk=full.indicator.pk) for _ in range(5)]
        changes = [
            lambda row=row, at=at: actions.change_record(record=row, fields={"title": f"Title {at}"}, by=by)
            for at, row in enumerate(rows)
        ]
        run_together(lambda: actions.move_plan(plan=plan, to=PlanState.APPROVAL, by=by), *changes)
        verbs = list(AuditEntry.objects.order_by("chain", "number").values_list("verb", flat=True))
        moved_at = verbs.index("plans.moved_to_approval")
        assert "plans.indicator_changed" not in verbs[moved_at:]
        assert verify_chains()[1] == []
