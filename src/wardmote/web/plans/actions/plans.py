"""The plan itself: made, changed, moved on its way, revised."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Max

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Partnership, Person
from wardmote.web.plans import policies
from wardmote.web.plans.actions.copying import copy_records
from wardmote.web.plans.actions.gates import open_gates
from wardmote.web.plans.actions.locking import hold_plan, lock_plan
from wardmote.web.plans.models import Plan
from wardmote.web.plans.states import DEFAULT_GATES, GateKind, PlanState

#: What `change_plan` may set.
PLAN_FIELDS = frozenset({"title", "starts_on", "ends_on", "vision", "drivers", "themes"})


def make_plan(
    *,
    partnership: Partnership,
    title: str,
    starts_on: date,
    ends_on: date,
    by: Person | None,
    predecessor: Plan | None = None,
    gates: Sequence[GateKind] = DEFAULT_GATES,
    **fields: Any,
) -> Plan:
    """Begin a draft of a new plan. `predecessor` is the plan of earlier years that it will take over from."""
    plan = Plan(
        partnership=partnership, lineage=uuid4(), predecessor=predecessor, title=title, starts_on=starts_on,
        ends_on=ends_on, made_at=read_now(), made_by=by.pk if by else None, **fields,
    )  # fmt: skip
    check_dates(plan)
    with writing(by=by, verb="plans.made", partnership=partnership, subject=plan):
        plan.save()
        open_gates(plan, gates)
    return plan


def change_plan(*, plan: Plan, fields: Mapping[str, Any], by: Person | None) -> Plan:
    """Change what stands once in a plan: its title, dates, vision, drivers, statutory themes."""
    _refuse_unknown(fields)
    with writing(by=by, verb="plans.changed", partnership=plan.partnership, subject=plan):
        hold_plan(plan)
        policies.check_may_change_text(plan)
        for name, value in fields.items():
            setattr(plan, name, value)
        check_dates(plan)
        plan.save()
    return plan


def _refuse_unknown(fields: Mapping[str, Any]) -> None:
    unknown = sorted(set(fields) - PLAN_FIELDS)
    if unknown:
        raise KeyError(f"change_plan sets {sorted(PLAN_FIELDS)}, not {unknown}")


def check_dates(plan: Plan) -> None:
    if plan.ends_on <= plan.starts_on:
        raise RefusedError("The plan must end after it starts.")


def move_plan(*, plan: Plan, to: PlanState, by: Person | None, reason: str = "") -> Plan:
    """Take a plan to its next state; to be adopted it goes through `adopt_plan`. Going back or out needs a reason."""
    if to == PlanState.ADOPTED:
        raise KeyError("a plan is adopted by adopt_plan, which supersedes the version before")
    was = PlanState(plan.state)
    if not reason.strip() and to in (PlanState.DRAFT, PlanState.WITHDRAWN):
        raise RefusedError("Say why: the reason is kept with the plan.")
    verb = f"plans.moved_to_{to.value}"
    with writing(by=by, verb=verb, partnership=plan.partnership, subject=plan, reason=reason, facts={"from": was}):
        lock_plan(plan)
        policies.check_may_move(plan, to)
        plan.state = to
        plan.save()
        if to == PlanState.APPROVAL:
            reopen_decided_gates(plan)
    return plan


def reopen_decided_gates(plan: Plan) -> None:
    """Begin another round where a gate of the last one has decided already: what changed since is theirs to see."""
    gates = policies.list_current_gates(plan)
    if any(gate.outcome != "waiting" for gate in gates):
        open_gates(plan, [GateKind(gate.kind) for gate in gates])


def revise_plan(*, plan: Plan, reason: str, by: Person | None) -> Plan:
    """Begin the revision of an adopted plan: a draft of the next version, with all that stands in this one.

    Indicators keep their `series` and their targets' history, so that values and targets run on.
    """
    if not reason.strip():
        raise RefusedError("Say why the plan is revised; a yearly revision is a reason.")
    versions = Plan.objects.filter(partnership=plan.partnership_id, lineage=plan.lineage)
    with writing(by=by, verb="plans.revised", partnership=plan.partnership, reason=reason) as write:
        hold_plan(plan)
        policies.check_may_revise(plan, versions)
        newest = versions.aggregate(newest=Max("version"))["newest"]
        write.subject = revision = _begin_version(plan, newest + 1, reason, by)
        revision.save()
        copy_records(plan, revision)
        kinds = [GateKind(gate.kind) for gate in policies.list_current_gates(plan)]
        open_gates(revision, kinds or DEFAULT_GATES)
    return revision


def _begin_version(plan: Plan, version: int, reason: str, by: Person | None) -> Plan:
    return Plan(
        partnership=plan.partnership, lineage=plan.lineage, version=version, predecessor=plan, title=plan.title,
        starts_on=plan.starts_on, ends_on=plan.ends_on, vision=plan.vision, drivers=list(plan.drivers),
        themes=list(plan.themes), revision_reason=reason, source=plan.source, details=dict(plan.details),
        made_at=read_now(), made_by=by.pk if by else None,
    )  # fmt: skip
