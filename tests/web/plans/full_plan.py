"""A plan with one of everything, for tests of pages and actions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from support.web.world import World
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Role
from wardmote.web.plans import actions
from wardmote.web.plans.models import (
    Action,
    Consultation,
    CrossWalk,
    Gate,
    Indicator,
    Plan,
    Priority,
    Programme,
    Risk,
)
from wardmote.web.plans.states import GateOutcome, PlanState

AT_LEAST_80 = {"kind": "threshold", "operator": ">=", "value": 80}
START, END = date(2026, 4, 1), date(2029, 3, 31)


@dataclass
class FullPlan:
    """The plan and one record of each kind."""

    world: World
    plan: Plan
    priority: Priority
    programme: Programme
    action: Action
    indicator: Indicator
    risk: Risk
    cross_walk: CrossWalk
    consultation: Consultation

    @property
    def gate(self) -> Gate:
        return Gate.objects.filter(plan=self.plan).order_by("-round", "number")[0]

    def list_keys(self) -> dict[str, Any]:
        """The keys that addresses ask for."""
        return {"plan_id": self.plan.pk, "indicator_id": self.indicator.pk, "action_id": self.action.pk,
                "gate_id": self.gate.pk, "record_id": self.risk.pk, "kind": "risks", "to": "withdrawn"}  # fmt: skip


def make_full_plan(world: World, title: str = "Safer plan 2027-30") -> FullPlan:
    """A draft; the police own its action and indicator, the lead leads its priority."""
    by, lead = world.people[Role.COORDINATOR], world.people[Role.LEAD]
    plan = actions.make_plan(
        partnership=world.partnership, title=title, starts_on=START, ends_on=END, by=by, predecessor=world.plan,
        vision="Safe homes", themes=["reoffending"],
    )  # fmt: skip

    def add(kind: Any, **fields: Any) -> Any:
        return actions.add_record(plan=plan, kind=kind, fields=fields, by=by)

    priority = add(Priority, title="Safer homes", lead=lead)
    programme = add(Programme, priority=priority, title="Doors and windows")
    action = add(
        Action, priority=priority, programme=programme, text="Fit locks", owner=world.police, four_p="protect",
        due_on=date(2026, 6, 30),
    )  # fmt: skip
    indicator = add(
        Indicator, priority=priority, ref="P1-1", title="Victims who felt safer", numerator="felt safer",
        denominator="asked", unit="percent", shape="x_of_y", polarity="higher", owner=world.police,
        series=world.indicators["P1-1"].series,
    )  # fmt: skip
    actions.change_target(indicator=indicator, spec=AT_LEAST_80, text="at least 80%", valid_from=START, by=by)
    risk = add(Risk, text="Too many aims", rating="low")
    cross_walk = add(
        CrossWalk, external_plan="Police and Crime Plan", external_priority="Homes", priority=priority, fit="full"
    )
    consultation = add(Consultation, starts_on=date(2026, 1, 1), audience="Residents, by post")
    begin(plan, date(2025, 12, 1))
    return FullPlan(world, plan, priority, programme, action, indicator, risk, cross_walk, consultation)


def put_in_state(plan: Plan, state: PlanState, **fields: Any) -> Plan:
    """Set a plan's state whatever led to it."""
    plan.state = state
    for name, value in fields.items():
        setattr(plan, name, value)
    with writing(by=None, verb="test.put_in_state"):
        plan.save()
    return plan


def begin(plan: Plan, day: date) -> None:
    """Have a draft be begun on another day than today."""
    plan.made_at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    with writing(by=None, verb="test.begun"):
        plan.save()


def pass_gates(plan: Plan, by: Any) -> None:
    """Have every gate of the round approve."""
    for gate in Gate.objects.filter(plan=plan, outcome=GateOutcome.WAITING).select_related("plan__partnership"):
        actions.record_gate(
            gate=gate, outcome=GateOutcome.APPROVED, held_on=date(2026, 3, 20), record=f"Minute {gate.number}", by=by
        )


def adopt(plan: Plan, by: Any) -> Plan:
    """Take a draft all the way."""
    begin(plan, date(2025, 12, 1))
    put_in_state(plan, PlanState.APPROVAL)
    pass_gates(plan, by)
    return actions.adopt_plan(plan=Plan.objects.get(pk=plan.pk), by=by)
