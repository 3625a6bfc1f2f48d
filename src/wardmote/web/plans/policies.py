"""What a plan's state allows, whoever asks. Every refusal says in plain words what is in the way."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from wardmote.evidence.interface import decode_target, describe_target
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import Partnership
from wardmote.web.plans.meanwhile import Meanwhile, list_unsettled
from wardmote.web.plans.models import Action, Consultation, Gate, Indicator, Plan, PlanRecord, Priority
from wardmote.web.plans.states import (
    DECISIONS,
    NEXT_STATES,
    PASSING,
    ActionState,
    GateKind,
    GateOutcome,
    PlanState,
    StatutoryTheme,
)

_LONGEST_LEAD = timedelta(days=731)  # between a decision on a plan and the day on which the plan begins


#: What may still be changed of an adopted plan's records: who answers for them, never what was promised.
ADOPTED_FIELDS: dict[type[PlanRecord], tuple[str, ...]] = {
    Priority: ("lead", "lead_title"),
    Action: ("owner", "lead"),
    Indicator: ("owner",),
}


def is_workable(plan: Plan) -> bool:
    """Whether anybody still works on it: not history, and not at its end."""
    return not plan.is_historic and plan.state not in (PlanState.SUPERSEDED, PlanState.WITHDRAWN)


def can_consult(plan: Plan) -> bool:
    """Whether who was asked is still written down: until the plan is adopted, for then others have relied on it."""
    return not plan.is_historic and plan.state in (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.APPROVAL)


def list_changeable(plan: Plan, kind: type[PlanRecord]) -> tuple[str, ...] | None:
    """The fields of a record that the plan's state lets people change; None is all of them."""
    if plan.is_historic:
        return ()
    if plan.state in (PlanState.DRAFT, PlanState.CONSULTATION):
        return None
    return ADOPTED_FIELDS.get(kind, ()) if plan.state == PlanState.ADOPTED else ()


def can_change_text(plan: Plan) -> bool:
    """Whether the plan's text is open: in draft, and while it is out to consultation."""
    return not plan.is_historic and plan.state in (PlanState.DRAFT, PlanState.CONSULTATION)


def check_may_change_text(plan: Plan) -> None:
    if can_change_text(plan):
        return
    if plan.is_historic:
        raise RefusedError("The plan is kept as it was published; nothing of it is changed.")
    reasons = {
        PlanState.APPROVAL: "The plan is before its gates. Take it back to draft to change its text.",
        PlanState.ADOPTED: "An adopted plan is not changed in place. Revise it: that makes a new draft version.",
    }
    raise RefusedError(reasons.get(PlanState(plan.state), "The plan is closed; nothing of it is changed."))


def check_may_remove(record: PlanRecord) -> None:
    """A record leaves a draft only, and not while others hang on it."""
    if record.plan.state != PlanState.DRAFT or record.plan.is_historic:
        raise RefusedError("Only what stands in a draft can be removed.")
    if isinstance(record, Priority):
        kinds = (("programmes", record.programmes), ("actions", record.actions), ("indicators", record.indicators))
        held = [name for name, rows in kinds if rows.exists()]
        if held:
            raise RefusedError(f"The priority still has {' and '.join(held)}. Remove or move them first.")


def check_may_change_target(indicator: Indicator) -> None:
    """Targets move in drafts and in adopted plans, with their history; nowhere else."""
    plan = indicator.plan
    if plan.is_historic or plan.state not in (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.ADOPTED):
        raise RefusedError("Targets are changed in a draft or in the adopted plan; this plan is neither.")
    if indicator.discontinued_on is not None:
        raise RefusedError("The indicator is discontinued; it has no target to change.")


def check_may_update_action(action: Action) -> None:
    if not is_workable(action.plan):
        raise RefusedError("The plan is closed; its actions stay as they were.")


def check_may_revise(plan: Plan, versions: Iterable[Plan]) -> None:
    """Only the adopted version is revised, and one revision at a time."""
    if plan.is_historic or plan.state != PlanState.ADOPTED:
        raise RefusedError("Only an adopted plan is revised. Change the draft instead.")
    open_states = (PlanState.DRAFT, PlanState.CONSULTATION, PlanState.APPROVAL)
    under_way = next((version for version in versions if version.state in open_states), None)
    if under_way is not None:
        raise RefusedError(f"Version {under_way.version} is a revision under way. Finish or withdraw it first.")


# ---- the way of the plan --------------------------------------------------------------------------------------------


def check_may_move(plan: Plan, to: PlanState) -> None:
    """Raises RefusedError with the reason where the plan may not go to a state."""
    if plan.is_historic:
        raise RefusedError("The plan is kept as it was published; it goes nowhere.")
    if to not in NEXT_STATES[PlanState(plan.state)]:
        raise RefusedError(f"A plan that is “{PlanState(plan.state).label}” cannot become “{to.label}”.")
    if to == PlanState.CONSULTATION:
        _check_has_priorities(plan)
    elif to == PlanState.APPROVAL:
        _check_consulted(plan)
        _check_settled(plan)
    elif to == PlanState.ADOPTED:
        check_may_adopt(plan)
        _check_settled(plan)


def can_move(plan: Plan, to: PlanState) -> bool:
    return not explain_refusal(plan, to)


def explain_refusal(plan: Plan, to: PlanState) -> str:
    """Why the plan may not go there now; "" where it may."""
    try:
        check_may_move(plan, to)
    except RefusedError as refusal:
        return str(refusal)
    return ""


def _check_has_priorities(plan: Plan) -> None:
    if not Priority.objects.filter(partnership=plan.partnership_id, plan=plan).exists():
        raise RefusedError("The plan cannot go out to consultation: it has no priority yet.")


def _check_consulted(plan: Plan) -> None:
    if not Consultation.objects.filter(partnership=plan.partnership_id, plan=plan).exists():
        raise RefusedError(
            "The plan cannot go before its gates: no consultation is recorded. Write down who was asked, and when."
        )


def _check_settled(plan: Plan) -> None:
    """What was promised in the plan in force meanwhile is not undone by a revision that nobody has held against it."""
    waiting = list_unsettled(plan)
    if waiting:
        rows = "; ".join(say_unsettled(one) for one in waiting)
        raise RefusedError(
            f"Targets were changed in the plan in force which this version had changed too. Choose for each: {rows}."
        )


def say_unsettled(found: Meanwhile) -> str:
    """A row with both of its targets in their words."""
    own, in_force = name_target(found.row), name_target(found.in_force)
    return f"{found.row.ref} {found.row.title} (here “{own}”, in force “{in_force}”)"


def name_target(indicator: Indicator) -> str:
    """The words of the version without an end, else of the last one that stands; typed ones in ours."""
    rows = [row for row in indicator.targets.all() if row.withdrawn_at is None]
    last = max(rows, key=lambda row: (row.valid_to is None, row.valid_from or date.min, row.number), default=None)
    if last is None:
        return "no target"
    return last.text.strip() or describe_target(decode_target(last.spec))


def list_current_gates(plan: Plan) -> list[Gate]:
    """The gates of the round that the plan is in, in order."""
    gates = list(Gate.objects.filter(partnership=plan.partnership_id, plan=plan).order_by("round", "number"))
    return [gate for gate in gates if gate.round == gates[-1].round]


def list_decided_gates(plan: Plan) -> list[Gate]:
    """The gates that have spoken on this version, in every round."""
    rows = Gate.objects.filter(partnership=plan.partnership_id, plan=plan, outcome__in=DECISIONS)
    return list(rows.order_by("round", "number"))


def needs_council(partnership: Partnership) -> bool:
    """Whether full council decides: the plan is in a council's policy framework, a county agreement is not."""
    return partnership.tier != "county"


def check_may_adopt(plan: Plan) -> None:
    """Every gate has approved, full council among them, each with its date and record."""
    gates = list_current_gates(plan)
    if needs_council(plan.partnership) and not any(gate.kind == GateKind.FULL_COUNCIL for gate in gates):
        raise RefusedError("The plan cannot be adopted: full council is not among its gates.")
    for gate in gates:
        refuse_open_gate(gate)
    if not gates:
        raise RefusedError("The plan cannot be adopted: nobody has approved it. Set its gates first.")


def refuse_open_gate(gate: Gate) -> None:
    """Raises where the gate has not let the plan pass, or where it is not on record that it has."""
    name = GateKind(gate.kind).label
    if gate.outcome not in DECISIONS:
        raise RefusedError(f"The plan cannot be adopted: {lower_first(name)} has not recorded its decision.")
    if gate.outcome not in PASSING:
        raise RefusedError(f"The plan cannot be adopted: {lower_first(name)} referred it back.")
    if gate.held_on is None or not gate.record.strip():
        raise RefusedError(f"The plan cannot be adopted: the decision of {lower_first(name)} has no date or minute.")


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def check_may_record_gate(gate: Gate, *, outcome: GateOutcome, held_on: date | None, record: str, today: date) -> None:
    """A decision is of a plan before its gates, after the gates before it, with its date and its minute."""
    if gate.plan.state != PlanState.APPROVAL:
        raise RefusedError("The plan is not before its gates; there is nothing to decide yet.")
    current = list_current_gates(gate.plan)
    if gate.round != current[-1].round or gate.outcome != GateOutcome.WAITING:
        raise RefusedError("The decision is recorded already. It stays as it was recorded.")
    earlier = [other for other in current if other.number < gate.number and other.outcome not in PASSING]
    if earlier:
        raise RefusedError(f"{GateKind(earlier[0].kind).label} comes first; its decision is not recorded.")
    _check_decision(outcome, held_on, record, today)
    if held_on is not None:
        _check_order(gate, held_on)


def _check_order(gate: Gate, held_on: date) -> None:
    """No body decides long before a plan begins, nor before the bodies that came before it, in any round.

    The day on which the plan was typed up says nothing: many are typed after their gates.
    """
    begins = gate.plan.starts_on
    if held_on < begins - _LONGEST_LEAD:
        raise RefusedError(f"The plan begins on {begins:%-d %B %Y}, more than two years after that day. Check it.")
    place = (gate.round, gate.number)
    days = [
        (other.held_on, other.round, other.number, lower_first(GateKind(other.kind).label))
        for other in list_decided_gates(gate.plan)
        if other.held_on is not None and (other.round, other.number) < place
    ]
    last, _, _, name = max(days, default=(date.min, 0, 0, ""))
    if held_on < last:
        raise RefusedError(f"The day lies before {last:%-d %B %Y}, when {name} decided. Check the day.")


def _check_decision(outcome: GateOutcome, held_on: date | None, record: str, today: date) -> None:
    if outcome not in DECISIONS:
        raise RefusedError("Say what was decided.")
    if held_on is None or held_on > today:
        raise RefusedError("Give the day of the meeting; it cannot lie ahead.")
    if not record.strip():
        raise RefusedError("Name the record of the decision, such as the minute.")


def check_may_set_gates(plan: Plan, kinds: Sequence[GateKind]) -> None:
    """Gates are set while the text is open; full council stays where it must, and so does who has spoken."""
    if plan.is_historic or plan.state not in (PlanState.DRAFT, PlanState.CONSULTATION):
        raise RefusedError("The gates are set while the plan is in draft or out to consultation.")
    if not kinds:
        raise RefusedError("A plan has at least one gate.")
    if needs_council(plan.partnership) and GateKind.FULL_COUNCIL not in kinds:
        raise RefusedError("Full council must decide on the plan; it cannot be taken out.")
    dropped = [gate for gate in list_decided_gates(plan) if gate.kind not in kinds]
    if dropped:
        name = GateKind(dropped[-1].kind).label
        raise RefusedError(f"{name} has decided on this plan and sees it again; it cannot be taken out.")


# ---- what a plan still lacks ----------------------------------------------------------------------------------------


def list_unanswered_themes(plan: Plan) -> list[StatutoryTheme]:
    """The statutory themes that the plan does not tick (Crime and Disorder Act 1998, section 6)."""
    return [theme for theme in StatutoryTheme if theme.value not in plan.themes]


def is_overdue(action: Action, today: date) -> bool:
    is_open = action.state in (ActionState.NOT_STARTED, ActionState.UNDER_WAY)
    return is_open and action.due_on is not None and action.due_on < today
