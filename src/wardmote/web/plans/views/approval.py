"""The way of a plan: consultation, gates, adoption."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.overtaken import is_overtaken, watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, get_own, in_partnership, name_people
from wardmote.web.plans import actions, policies
from wardmote.web.plans.forms.plans import GateForm, GatesForm, ReasonForm
from wardmote.web.plans.meanwhile import list_unsettled
from wardmote.web.plans.models import Consultation, Gate, Indicator, Plan
from wardmote.web.plans.presenters import GATE_COLOURS, say_decision, say_next_step
from wardmote.web.plans.queries import get_plan, list_gates
from wardmote.web.plans.states import NEXT_STATES, GateKind, GateOutcome, PlanState
from wardmote.web.plans.structure.joining import say_joined
from wardmote.web.plans.views.frame import describe_page, find_address, is_post

#: What a move is called on its button and on its page, with what it means.
MOVES = {
    PlanState.CONSULTATION: ("Put out to consultation", "Every member can see it; its text stays open."),
    PlanState.APPROVAL: ("Take to its gates", "Its text is closed until the gates have decided."),
    PlanState.DRAFT: ("Take back to draft", "Its text is open again. Decisions that were recorded stay on record."),
    PlanState.WITHDRAWN: ("Withdraw", "The plan ends here. It is kept, and nothing of it can be changed."),
}


@in_partnership("plans.view_plans")
def show_approval(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Where the plan stands, what was decided, and what comes next."""
    plan = get_plan(request, plan_id)
    gates = list_gates(plan)
    names = name_people([gate.recorded_by for gate in gates if gate.recorded_by])
    consultations = Consultation.objects.filter(partnership=request.partnership, plan=plan).order_by("starts_on")
    unsettled = list_unsettled(plan) if can(request.user, "plans.change_target", plan) else []
    facts = describe_page(request, plan, here="plan_approval", title="Consultation and approval") | {
        "next_step": say_next_step(plan, gates), "rounds": describe_rounds(gates, names),
        "consultations": consultations, "moves": list_moves(request, plan),
        "adopt_refusal": policies.explain_refusal(plan, PlanState.ADOPTED),
        "themes": policies.list_unanswered_themes(plan),
        "can_set_gates": policies.can_change_text(plan),
        "unsettled": [(one, policies.name_target(one.row), policies.name_target(one.in_force)) for one in unsettled],
    }  # fmt: skip
    return render(request, "plans/approval.html", facts)


def describe_rounds(gates: list[Gate], names: dict[Any, str]) -> list[tuple[int, list[dict[str, Any]]]]:
    """The gates of every round, the newest round first."""
    rounds: dict[int, list[dict[str, Any]]] = {}
    for gate in gates:
        told = {
            "gate": gate, "kind": GateKind(gate.kind).label, "outcome": GateOutcome(gate.outcome).label,
            "colour": GATE_COLOURS[GateOutcome(gate.outcome)],
            "hint": say_decision(gate, names.get(gate.recorded_by, "") if gate.recorded_by else ""),
        }  # fmt: skip
        rounds.setdefault(gate.round, []).append(told)
    return sorted(rounds.items(), reverse=True)


def list_moves(request: PartnershipRequest, plan: Plan) -> list[dict[str, Any]]:
    """The states that the plan may go to, each with what is in the way."""
    if plan.is_historic:
        return []
    states = [to for to in PlanState if to in NEXT_STATES[PlanState(plan.state)] and to in MOVES]
    return [{"to": to.value, "text": MOVES[to][0], "refusal": policies.explain_refusal(plan, to)} for to in states]


@in_partnership("plans.move_plan")
def move_plan(request: PartnershipRequest, plan_id: Any, to: str) -> HttpResponse:
    """Take the plan to its next state, after asking; back or out with a reason."""
    plan = get_plan(request, plan_id)
    if to not in {state.value for state in MOVES}:
        raise Http404
    state, back = PlanState(to), find_address(plan, "plan_approval", request)
    refusal = policies.explain_refusal(plan, state)
    if refusal:
        messages.error(request, refusal)
        return redirect(back)
    needs_reason = state in (PlanState.DRAFT, PlanState.WITHDRAWN)
    form = ReasonForm(request.POST if is_post(request) else None)
    if is_post(request) and (not needs_reason or form.is_valid()):
        reason = form.cleaned_data["reason"] if needs_reason else ""
        try:
            actions.move_plan(plan=plan, to=state, by=request.user, reason=reason)
            messages.success(request, f"The plan is now: {state.label.lower()}.")
        except RefusedError as refused:
            messages.error(request, str(refused))
        return redirect(back)
    text, meaning = MOVES[state]
    facts = describe_page(request, plan, title=text) | {
        "title": f"{text}?", "submit_text": text, "cancel_url": back, "consequences": [meaning],
        "danger": state == PlanState.WITHDRAWN,
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts | ({"form": form} if needs_reason else {}))


@in_partnership("plans.move_plan")
def set_gates(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Which bodies must approve the plan."""
    plan = get_plan(request, plan_id)
    back = find_address(plan, "plan_approval", request)
    current = [gate.kind for gate in policies.list_current_gates(plan)]
    form = GatesForm(plan, request.POST if is_post(request) else None, initial=current)
    watch(form)
    if is_post(request) and form.is_valid() and not is_overtaken(form):
        try:
            actions.set_gates(plan=plan, kinds=form.cleaned_data["kinds"], by=request.user)
            messages.success(request, "The gates are set.")
            return redirect(back)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    title = "The plan's gates"
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Save", "cancel_url": back
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts)


@in_partnership("plans.record_gate")
def record_gate(request: PartnershipRequest, plan_id: Any, gate_id: Any) -> HttpResponse:
    """What a gate decided, with the day and the record."""
    plan = get_plan(request, plan_id)
    gate = get_own(Gate.objects.filter(plan=plan).select_related("plan", "plan__partnership"), request, id=gate_id)
    check_may(request, "plans.record_gate", gate)
    form = GateForm(gate, request.POST if is_post(request) else None)
    back = find_address(plan, "plan_approval", request)
    if is_post(request) and form.is_valid():
        told = dict(form.cleaned_data) | {"outcome": GateOutcome(form.cleaned_data["outcome"])}
        try:
            actions.record_gate(gate=gate, by=request.user, **told)
            messages.success(request, f"The decision is recorded: {GateOutcome(gate.outcome).label.lower()}.")
            return redirect(back)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    title = f"Decision: {GateKind(gate.kind).label}"
    facts = describe_page(request, plan, title=title) | {
        "form": form, "title": title, "submit_text": "Record the decision", "cancel_url": back,
        "intro": "A referral back sends the plan to draft. A decision stays as it was recorded.",
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts)


@in_partnership("plans.adopt_plan")
def adopt_plan(request: PartnershipRequest, plan_id: Any) -> HttpResponse:
    """Put the plan in force, after asking."""
    plan = get_plan(request, plan_id)
    back = find_address(plan, "plan_approval", request)
    refusal = policies.explain_refusal(plan, PlanState.ADOPTED)
    if refusal:
        messages.error(request, refusal)
        return redirect(back)
    if is_post(request):
        try:
            actions.adopt_plan(plan=plan, by=request.user)
            messages.success(request, "The plan is adopted.")
        except RefusedError as refused:
            messages.error(request, str(refused))
        return redirect(find_address(plan, "plan", request))
    title = "Adopt this plan?"
    facts = describe_page(request, plan, title=title) | {
        "title": title, "submit_text": "Adopt the plan", "cancel_url": back, "danger": False,
        "consequences": [
            "It is in force from the day of its last gate's decision.",
            "The version before is superseded. What is returned from now on is returned against this one.",
            "Its text is closed: later changes go through a revision.",
            *say_joined(plan, list(Indicator.objects.filter(partnership=request.partnership, plan=plan))),
        ],
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)
