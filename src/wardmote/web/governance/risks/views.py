"""The pages of the risk register."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import watch
from wardmote.web.foundation.refusals import find_status
from wardmote.web.foundation.table_files import answer_table
from wardmote.web.governance.form_answers import answer_form
from wardmote.web.governance.risks import actions
from wardmote.web.governance.risks.forms import MitigationForm, ReasonForm, RiskForm, ScoreForm, TakeOverForm
from wardmote.web.governance.risks.models import Mitigation, RegisteredRisk
from wardmote.web.governance.risks.policies import find_register_flags
from wardmote.web.governance.risks.presenters import (
    COLUMNS,
    build_matrix,
    describe_mitigation,
    describe_risk,
    list_lines,
    read_pair,
    say_owner,
    say_priority,
    sort_rows,
)
from wardmote.web.governance.risks.queries import get_risk, list_risks, list_seen_risks, list_untaken
from wardmote.web.governance.risks.states import IMPACTS, RiskState
from wardmote.web.partnerships.interface import (
    PartnershipRequest,
    can,
    find_address,
    get_own,
    in_partnership,
    name_people,
)

REGISTER = "Risk register"


def describe_page(
    request: PartnershipRequest, risk: RegisteredRisk | None = None, *, title: str = ""
) -> dict[str, Any]:
    """Where the person is, and what they may do there."""
    crumbs = [{"text": "Governance", "href": find_address(request, "governance")}]
    if title != REGISTER:
        crumbs.append({"text": REGISTER, "href": find_address(request, "risk_register")})
    if risk is not None:
        crumbs.append({"text": f"R{risk.number}", "href": find_address(request, "risk", risk_id=risk.pk)})
    crumbs.append({"text": title})
    may = {name: can(request.user, f"governance.{name}_risks", request.partnership) for name in ("change", "export")}
    return {
        "slug": request.partnership.slug, "breadcrumbs": crumbs, "may": may, "title": title,
        "at": lambda name, **keys: find_address(request, name, **keys),
    }  # fmt: skip


@in_partnership("governance.view_risks")
def show_register(request: PartnershipRequest) -> HttpResponse:
    """Every open risk, the highest score first, the matrix, and what is odd about the register."""
    today, risks = read_today(), list(list_seen_risks(request.user, request.partnership))
    is_open = [risk for risk in risks if risk.state == RiskState.OPEN]
    rows = sort_rows(describe_risk(risk, today) for risk in is_open)
    may_change = can(request.user, "governance.change_risks", request.partnership)
    facts = describe_page(request, title=REGISTER) | {
        "rows": rows, "closed": [risk for risk in risks if risk.state == RiskState.CLOSED],
        "register_flags": find_register_flags(risks), "say_owner": say_owner, "today": today,
        "matrices": [(which, heading, build_matrix(rows, which=which)) for which, heading in (
            ("residual", "With what is done"), ("inherent", "If nothing were done"))],
        "impacts": [words for _, words in IMPACTS], "flagged": sum(bool(row.flags) for row in rows),
        "untaken": len(list_untaken(request.partnership)[1]) if may_change else 0,
    }  # fmt: skip
    return render(request, "governance/risks/register.html", facts)


@in_partnership("governance.view_risks")
def show_risk(request: PartnershipRequest, risk_id: Any) -> HttpResponse:
    """One risk: what it is, how it was scored over time, and what is done about it."""
    risk, today = get_risk(request, risk_id), read_today()
    scores = list(risk.scores.all())
    names = name_people({score.scored_by for score in scores} | {risk.written_by})
    facts = describe_page(request, title=f"R{risk.number}") | {
        "risk": risk, "row": describe_risk(risk, today), "owner": say_owner(risk), "priority": say_priority(risk),
        "writer": names.get(risk.written_by, "–"), "is_open": risk.state == RiskState.OPEN,
        "history": [(one, *read_pair(one), names.get(one.scored_by, "–")) for one in reversed(scores)],
        "line": [float(one.residual) for one in scores],
        "targets": [float(risk.target_score)] * len(scores) if risk.target_score else [],
        "mitigations": [describe_mitigation(one, today) for one in risk.mitigations.all()],
    }  # fmt: skip
    return render(request, "governance/risks/risk.html", facts)


@in_partnership("governance.change_risks")
def add_risk(request: PartnershipRequest) -> HttpResponse:
    form = RiskForm(request.partnership, request.POST or None)
    if request.method == "POST" and form.is_valid():
        risk = actions.add_risk(partnership=request.partnership, fields=form.cleaned_data, by=request.user)
        messages.success(request, f"The risk is in the register as R{risk.number}. Score it now.")
        return redirect(find_address(request, "score_risk", risk_id=risk.pk))
    return draw_form(request, form, "Add a risk")


@in_partnership("governance.change_risks")
def change_risk(request: PartnershipRequest, risk_id: Any) -> HttpResponse:
    risk = get_risk(request, risk_id)
    form = RiskForm(request.partnership, request.POST or None, risk=risk)
    watch(form)

    def save() -> None:
        actions.change_risk(risk=risk, fields=form.cleaned_data, by=request.user)

    return finish(request, form, save, risk=risk, title=f"Change R{risk.number}", done="The risk is changed.")


@in_partnership("governance.change_risks")
def score_risk(request: PartnershipRequest, risk_id: Any) -> HttpResponse:
    """Score a risk anew; every earlier score stays."""
    risk = get_risk(request, risk_id)
    form = ScoreForm(risk, request.POST or None)
    watch(form, {name: value for name, value in form.initial.items() if name != "scored_on"})

    def save() -> None:
        actions.score_risk(
            risk=risk, scores=form.read_scores(), scored_on=form.cleaned_data["scored_on"],
            reason=form.cleaned_data["reason"], review_on=form.cleaned_data["review_on"], by=request.user,
        )  # fmt: skip

    return finish(
        request, form, save, risk=risk, title=f"Score R{risk.number}", done="The score is kept, with the ones before.",
        intro=risk.text,
    )  # fmt: skip


@in_partnership("governance.change_risks")
def close_risk(request: PartnershipRequest, risk_id: Any) -> HttpResponse:
    risk = get_risk(request, risk_id)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        actions.close_risk(risk=risk, reason=form.cleaned_data["reason"], by=request.user)

    intro = "It leaves the open register and stays readable with its history and with the reason."
    return finish(
        request, form, save, risk=risk, title=f"Close R{risk.number}", done="The risk is closed.", intro=intro
    )


@in_partnership("governance.change_risks")
def reopen_risk(request: PartnershipRequest, risk_id: Any) -> HttpResponse:
    risk = get_risk(request, risk_id)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        actions.reopen_risk(risk=risk, reason=form.cleaned_data["reason"], by=request.user)

    return finish(
        request, form, save, risk=risk, title=f"Open R{risk.number} again", done="The risk is open again.",
        intro="The score that it had is kept. Score it anew where things have changed.",
    )  # fmt: skip


@in_partnership("governance.change_risks")
def add_mitigation(request: PartnershipRequest, risk_id: Any) -> HttpResponse:
    risk = get_risk(request, risk_id)
    form = MitigationForm(risk, request.POST or None)

    def save() -> None:
        actions.add_mitigation(risk=risk, fields=form.cleaned_data, by=request.user)

    title = f"What is done about R{risk.number}"
    return finish(request, form, save, risk=risk, title=title, done="It is written down.", intro=risk.text)


@in_partnership("governance.change_risks")
def change_mitigation(request: PartnershipRequest, risk_id: Any, mitigation_id: Any) -> HttpResponse:
    risk = get_risk(request, risk_id)
    mitigation = get_own(Mitigation.objects.filter(risk=risk), request, id=mitigation_id)
    mitigation.risk = risk
    form = MitigationForm(risk, request.POST or None, mitigation=mitigation)
    watch(form)

    def save() -> None:
        actions.change_mitigation(mitigation=mitigation, fields=form.cleaned_data, by=request.user)

    title = f"Change what is done about R{risk.number}"
    return finish(request, form, save, risk=risk, title=title, done="It is changed.")


@in_partnership("governance.change_risks")
def take_over_risks(request: PartnershipRequest) -> HttpResponse:
    """Take risks that the plan prints into the register."""
    plan, rows = list_untaken(request.partnership)
    if plan is None or not rows:
        messages.info(request, "The plan in force has no risk that the register lacks.")
        return redirect(find_address(request, "risk_register"))
    form = TakeOverForm(plan, rows, request.POST or None)
    if request.method == "POST" and form.is_valid():
        taken = actions.take_over_risks(
            partnership=request.partnership, risks=form.cleaned_data["risks"], by=request.user
        )
        messages.success(request, f"{len(taken)} taken over. Score each of them before and after what is done.")
        return redirect(find_address(request, "risk_register"))
    intro = f"From {plan.title}. Its own words stay as they are; in the register you can change them."
    return draw_form(request, form, "Take risks over from the plan", intro=intro, submit="Take over")


@in_partnership("governance.export_risks")
def download_register(request: PartnershipRequest, table_form: str) -> HttpResponse:
    """The register with its closed risks, as CSV or as a workbook."""
    rows = list_lines(list_risks(request.partnership), read_today())
    name = f"{request.partnership.slug}-risks-{read_today():%Y-%m-%d}"
    return answer_table(table_form, COLUMNS, rows, name=name, title=REGISTER)


def finish(
    request: PartnershipRequest,
    form: forms.Form,
    save: Any,
    *,
    risk: RegisteredRisk,
    title: str,
    done: str,
    intro: str = "",
) -> HttpResponse:
    """Save what was typed and go back to the risk, or show the form with what is wrong."""
    facts = describe_page(request, risk, title=title) | {"intro": intro}
    back = find_address(request, "risk", risk_id=risk.pk)
    return answer_form(request, form, save, facts=facts, back=back, done=done)


def draw_form(
    request: PartnershipRequest,
    form: forms.Form,
    title: str,
    *,
    risk: RegisteredRisk | None = None,
    intro: str = "",
    submit: str = "Save",
) -> HttpResponse:
    back = find_address(request, "risk", risk_id=risk.pk) if risk else find_address(request, "risk_register")
    facts = describe_page(request, risk, title=title) | {
        "form": form, "intro": intro, "submit_text": submit, "cancel_url": back
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=find_status(form))
