"""The approval gates of a plan, its consultations, and its adoption."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import Max, Q

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Person
from wardmote.web.plans import policies
from wardmote.web.plans.actions.carrying import carry_remaining
from wardmote.web.plans.actions.locking import hold_plan, hold_record, lock_plan
from wardmote.web.plans.models import Gate, Plan
from wardmote.web.plans.states import GateKind, GateOutcome, PlanState

#: Called with the version that ends, the one that begins, and who adopted it.
AfterAdoption = Callable[[Plan, Plan, Person | None], None]
_after_adoption: list[AfterAdoption] = []


def after_adoption(callback: AfterAdoption) -> AfterAdoption:
    """Have something done whenever one adopted plan takes over from another, inside the same write."""
    _after_adoption.append(callback)
    return callback


def open_gates(plan: Plan, kinds: Sequence[GateKind]) -> list[Gate]:
    """Begin a round of gates; for an action that is writing."""
    last = Gate.objects.filter(partnership=plan.partnership_id, plan=plan).aggregate(last=Max("round"))["last"] or 0
    return Gate.objects.bulk_create(
        [
            Gate(partnership=plan.partnership, plan=plan, round=last + 1, number=number, kind=kind)
            for number, kind in enumerate(kinds, start=1)
        ]
    )


def set_gates(*, plan: Plan, kinds: Sequence[GateKind], by: Person | None) -> list[Gate]:
    """Say which bodies must approve the plan, in which order. Decisions of earlier rounds stay on record."""
    with writing(by=by, verb="plans.gates_set", partnership=plan.partnership, subject=plan):
        hold_plan(plan)
        policies.check_may_set_gates(plan, kinds)
        for gate in policies.list_current_gates(plan):
            if gate.outcome == GateOutcome.WAITING:
                gate.delete()
        return open_gates(plan, kinds)


def record_gate(*, gate: Gate, outcome: GateOutcome, held_on: date | None, record: str, by: Person | None) -> Gate:
    """Write down what a gate decided. A referral back sends the plan to draft; the decision stays on record."""
    with writing(by=by, verb="plans.gate_recorded", partnership=gate.partnership, subject=gate):
        hold_record(gate)
        policies.check_may_record_gate(gate, outcome=outcome, held_on=held_on, record=record, today=read_today())
        gate.outcome, gate.held_on, gate.record = outcome, held_on, record
        gate.recorded_by, gate.recorded_at = (by.pk if by else None), read_now()
        gate.save()
        if outcome == GateOutcome.REFERRED_BACK:
            gate.plan.state = PlanState.DRAFT
            gate.plan.save()
    return gate


def adopt_plan(*, plan: Plan, by: Person | None) -> Plan:
    """Put the plan in force from its last gate's decision on; the version before is superseded in the same write."""
    with writing(by=by, verb="plans.adopted", partnership=plan.partnership, subject=plan):
        ending = list_superseded_by(plan)  # held before the plan, as whoever changes one of them does
        lock_plan(plan)
        policies.check_may_move(plan, PlanState.ADOPTED)
        carry_remaining(plan)
        decided_on = max(gate.held_on for gate in policies.list_current_gates(plan) if gate.held_on)
        for old in ending:
            old.state, old.superseded_on = PlanState.SUPERSEDED, max(decided_on, old.adopted_on or decided_on)
            old.save()
        plan.state, plan.adopted_on = PlanState.ADOPTED, decided_on
        plan.save()
        for old in ending:
            for callback in _after_adoption:
                callback(old, plan, by)
    return plan


def list_superseded_by(plan: Plan) -> list[Plan]:
    """The adopted plans that this one takes over from, held: earlier versions of it, and its predecessor."""
    own = Q(lineage=plan.lineage) | Q(pk=plan.predecessor_id)
    adopted = Plan.objects.filter(own, partnership=plan.partnership_id, state=PlanState.ADOPTED, is_historic=False)
    return list(adopted.exclude(pk=plan.pk).select_for_update().order_by("pk"))
