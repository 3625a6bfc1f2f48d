"""Records in words, for pages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardmote.evidence.interface import decode_target, describe_target
from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.design.words import NO_VALUE, say_date
from wardmote.web.plans import policies
from wardmote.web.plans.models import Action, CrossWalk, Gate, Indicator, Plan, Priority, Risk, Target
from wardmote.web.plans.queries import find_target_on
from wardmote.web.plans.revising import find_revision_due
from wardmote.web.plans.states import PASSING, ActionState, FourP, GateKind, GateOutcome, PlanState, ReturnShape

STATE_COLOURS = {
    PlanState.DRAFT: "grey", PlanState.CONSULTATION: "blue", PlanState.APPROVAL: "yellow", PlanState.ADOPTED: "green",
    PlanState.SUPERSEDED: "grey", PlanState.WITHDRAWN: "red",
}  # fmt: skip
ACTION_COLOURS = {
    ActionState.NOT_STARTED: "grey", ActionState.UNDER_WAY: "blue", ActionState.DONE: "green",
    ActionState.STOPPED: "grey",
}  # fmt: skip
GATE_COLOURS = {
    GateOutcome.WAITING: "grey", GateOutcome.APPROVED: "green", GateOutcome.APPROVED_WITH_CHANGES: "green",
    GateOutcome.REFERRED_BACK: "red", GateOutcome.HELD: "grey",
}  # fmt: skip


def say_target(target: Target | None) -> str:
    """A target in the partnership's own words, else in ours."""
    if target is None:
        return "No target"
    return target.text.strip() or say_spec(target.spec)


def say_spec(spec: Any) -> str:
    """A typed target in plain words; one that cannot be read says so instead of failing the page."""
    try:
        words = describe_target(decode_target(spec))
    except WardmoteError:
        return "A target that cannot be read"
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One version of a target, as the history shows it."""

    words: str
    understood: str
    starts: str
    ends: str
    set_by: str
    reason: str
    state: str  # "In force", "From 1 April 2027", "Ended", "Withdrawn: it was a mistake"


def list_target_rows(indicator: Indicator, today: date) -> list[TargetRow]:
    """The target's history, the newest first."""
    rows = sorted(indicator.targets.all(), key=lambda target: target.number, reverse=True)
    return [describe_target_row(row, today) for row in rows]


def describe_target_row(row: Target, today: date) -> TargetRow:
    return TargetRow(
        say_target(row), say_spec(row.spec), say_date(row.valid_from) if row.valid_from else "The beginning",
        say_date(row.valid_to), row.set_by or NO_VALUE, row.reason or NO_VALUE, say_standing(row, today),
    )  # fmt: skip


def say_standing(row: Target, today: date) -> str:
    if row.withdrawn_at is not None:
        return "Withdrawn by a correction"
    if row.valid_from is not None and row.valid_from > today:
        return f"From {say_date(row.valid_from)}"
    return "Ended" if row.valid_to is not None and row.valid_to < today else "In force"


def find_shown_target(indicator: Indicator, today: date) -> Target | None:
    """The target in force today, else the one that is to come, else the last."""
    return find_target_on(indicator, today) or find_target_on(indicator, None)


# ---- what is missing ------------------------------------------------------------------------------------------------


def list_gaps(indicator: Indicator) -> list[str]:
    """What an indicator still lacks before it can be returned and judged."""
    if indicator.discontinued_on is not None:
        return []
    target = find_target_on(indicator, None)
    has_target = target is not None and target.spec.get("kind") != "no_target"
    needs_parts = indicator.shape == ReturnShape.X_OF_Y
    checks = (
        ("target", not has_target and not indicator.is_context),
        ("owner", indicator.owner_id is None),
        ("numerator", needs_parts and not indicator.numerator.strip()),
        ("denominator", needs_parts and not indicator.denominator.strip()),
    )
    return [name for name, is_missing in checks if is_missing]


def count_gaps(indicators: Iterable[Indicator]) -> Counter[str]:
    """How many indicators lack what."""
    return Counter(gap for indicator in indicators for gap in list_gaps(indicator))


# ---- next steps -----------------------------------------------------------------------------------------------------


def say_next_step(plan: Plan, gates: list[Gate]) -> str:
    """What has to happen next with a plan, in one sentence."""
    if plan.is_historic:
        return "This plan is kept as it was published."
    if plan.state == PlanState.DRAFT:
        refusal = policies.explain_refusal(plan, PlanState.CONSULTATION)
        return refusal or "Put the plan out to consultation when the draft is ready."
    if plan.state == PlanState.CONSULTATION:
        refusal = policies.explain_refusal(plan, PlanState.APPROVAL)
        return refusal or "Take the plan to its gates when the consultation is over."
    if plan.state == PlanState.APPROVAL:
        return _say_next_gate(gates)
    return _say_after_adoption(plan)


def say_decision(gate: Gate, by: str = "") -> str:
    """Who decided when, and where it is recorded; of a gate that waits, the day that is planned."""
    is_waiting = gate.outcome == GateOutcome.WAITING
    day = say_date(gate.held_on) if gate.held_on else "No decision recorded yet" if is_waiting else "Day not recorded"
    when = f"Planned for {day}" if is_waiting and gate.held_on else day
    said = f"{when}: {gate.record}" if gate.record else when
    recorded = f" (recorded by {by})" if by and not is_waiting else ""
    return (f"{gate.body}. " if gate.body else "") + said + recorded


def _say_next_gate(gates: list[Gate]) -> str:
    current = [gate for gate in gates if gate.round == gates[-1].round] if gates else []
    waiting = next((gate for gate in current if gate.outcome not in PASSING), None)
    if waiting is None:
        return "Every gate has approved. Adopt the plan."
    return f"{GateKind(waiting.kind).label} decides next. Record its decision, with the date and the minute."


def _say_after_adoption(plan: Plan) -> str:
    if plan.state == PlanState.ADOPTED:
        due = find_revision_due(plan)
        return (
            f"The plan is in force. Its yearly revision is due by {say_date(due)}." if due else "The plan is in force."
        )
    ended = plan.superseded_on
    return f"The plan was superseded on {say_date(ended)}." if ended else f"{PlanState(plan.state).label}."


# ---- lists ----------------------------------------------------------------------------------------------------------


def sort_actions(actions: Iterable[Action], today: date) -> list[Action]:
    """Overdue first, then by the day they are due; what is finished last."""

    def urgency(action: Action) -> tuple[int, date, int]:
        is_open = action.state in (ActionState.NOT_STARTED, ActionState.UNDER_WAY)
        overdue = 0 if policies.is_overdue(action, today) else 1
        return (overdue if is_open else 2, action.due_on or date.max, action.number)

    return sorted(actions, key=urgency)


def group_by_p(actions: Iterable[Action]) -> list[tuple[str, list[Action]]]:
    """The actions under the four Ps, each P named even where it is empty, and those that are under none."""
    rows = list(actions)
    groups = [(p.label, [action for action in rows if action.four_p == p]) for p in FourP]
    loose = [action for action in rows if not action.four_p]
    return [*groups, ("Not under one of the four Ps", loose)] if loose else groups


@dataclass(frozen=True, slots=True)
class Matrix:
    """The cross-walk of one other plan: its priorities down, ours across, and what nothing answers."""

    external_plan: str
    rows: list[tuple[str, list[list[CrossWalk]]]]
    unanswered: list[str]  # their priorities that none of ours answers
    unmatched: list[Priority]  # our priorities that answer none of theirs


def build_matrices(priorities: list[Priority], rows: Iterable[CrossWalk]) -> list[Matrix]:
    """One matrix for each other plan that the cross-walk names."""
    by_plan: dict[str, list[CrossWalk]] = {}
    for row in rows:
        by_plan.setdefault(row.external_plan, []).append(row)
    return [_build_matrix(name, priorities, found) for name, found in by_plan.items()]


def _build_matrix(name: str, priorities: list[Priority], rows: list[CrossWalk]) -> Matrix:
    theirs = list(dict.fromkeys(row.external_priority for row in rows))
    table = [
        (
            title or "Not named",
            [
                [row for row in rows if row.external_priority == title and row.priority_id == ours.pk]
                for ours in priorities
            ],
        )
        for title in theirs
    ]
    answered = [row for row in rows if row.priority_id is not None and row.fit != "none"]
    met, matched = {row.external_priority for row in answered}, {row.priority_id for row in answered}
    return Matrix(
        name, table, [title or "Not named" for title in theirs if title not in met],
        [ours for ours in priorities if ours.pk not in matched],
    )  # fmt: skip


def score_risk(risk: Risk) -> int | None:
    """Likelihood times impact, 1 to 25; None until both are scored."""
    return risk.likelihood * risk.impact if risk.likelihood and risk.impact else None


def are_risks_all_low(risks: list[Risk]) -> bool:
    """Whether every risk is called low and none was ever scored: a register that says nothing."""
    return bool(risks) and all(risk.rating.strip().lower() == "low" and score_risk(risk) is None for risk in risks)
