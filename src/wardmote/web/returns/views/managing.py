"""The coordinator's pages: how far everybody is, quarters opened and locked, agencies chased and put off."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import begin_sentence, say_count
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import (
    Agency,
    Organisation,
    Partnership,
    PartnershipRequest,
    can,
    get_own,
    in_partnership,
)
from wardmote.web.plans.interface import Plan, PlanState
from wardmote.web.returns.actions.chasing import chase_agency
from wardmote.web.returns.actions.quarters import (
    assign_return,
    close_quarter,
    list_openable,
    open_quarter,
    put_off_due,
    unlock_quarter,
)
from wardmote.web.returns.calendar import QuarterDates
from wardmote.web.returns.forms import AssignForm, LockForm, OpenQuarterForm, PutOffForm, ReasonForm
from wardmote.web.returns.models import Quarter
from wardmote.web.returns.permissions import find_returning_organisations
from wardmote.web.returns.presenters import say_state
from wardmote.web.returns.progress import read_progress
from wardmote.web.returns.states import SETTLED, QuarterState
from wardmote.web.returns.views.reaching import get_seen_return, list_crumbs, tell_refusal


def show_progress(request: PartnershipRequest) -> HttpResponse:
    """All agencies' progress in the open quarters."""
    context = {
        "progress": read_progress(request.partnership), "today": read_today(),
        "may_manage": can(request.user, "returns.manage_quarters", request.partnership),
        "may_sign_off": can(request.user, "returns.sign_off_return", request.partnership),
        "may_return": bool(find_returning_organisations(request.user, request.partnership)),
        "may_cover": can(request.user, "returns.give_cover", request.partnership),
        "breadcrumbs": list_crumbs(request)[:1],
    }  # fmt: skip
    return render(request, "returns/progress.html", context)


@in_partnership("returns.view_all_returns")
def list_quarters(request: PartnershipRequest) -> HttpResponse:
    """Every quarter there was, the latest first."""
    quarters = Quarter.objects.filter(partnership=request.partnership).select_related("plan").order_by("-ends_on")
    context = {
        "quarters": list(quarters), "may_manage": can(request.user, "returns.manage_quarters", request.partnership),
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/quarters.html", context)


@in_partnership("returns.view_all_returns")
def show_quarter(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """One quarter: its agencies, and every return in it."""
    quarter = get_own(Quarter.objects.select_related("plan"), request, pk=pk)
    returns = quarter.returns.select_related("indicator", "indicator__priority", "organisation", "version").order_by(
        "indicator__priority__number", "indicator__number"
    )
    context = {
        "quarter": quarter, "progress": read_progress(request.partnership, [quarter])[0], "returns": list(returns),
        "dues": list(quarter.dues.select_related("organisation")), "today": read_today(), "say_state": say_state,
        "may_manage": can(request.user, "returns.manage_quarters", request.partnership),
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/quarter.html", context)


@in_partnership("returns.manage_quarters")
def open_by_hand(request: PartnershipRequest) -> HttpResponse:
    """Open a quarter before it opens by itself, or one that was left out."""
    plans = Plan.objects.filter(partnership=request.partnership, state=PlanState.ADOPTED, is_historic=False)
    offered: dict[str, tuple[Plan, QuarterDates]] = {
        dates.period: (plan, dates)
        for plan in plans.select_related("partnership")
        for dates in list_openable(plan, read_today())
    }
    form = OpenQuarterForm([dates for _, dates in offered.values()], request.POST or None)
    if request.method == "POST" and form.is_valid():
        plan, dates = offered[form.cleaned_data["period"]]
        try:
            quarter = open_quarter(plan=plan, dates=dates, by=request.user, due_on=form.cleaned_data["due_on"])
            messages.success(request, f"{quarter.period} is open.")
            return redirect("show_quarter", slug=request.partnership.slug, pk=quarter.pk)
        except RefusedError as error:
            form.add_error("due_on", begin_sentence(error))
    if not offered:
        messages.info(request, "Every quarter of the plan that has begun is open already.")
        return redirect("quarters", slug=request.partnership.slug)
    return _ask(
        request,
        form,
        title="Open a quarter",
        submit_text="Open the quarter",
        cancel=reverse("quarters", args=[request.partnership.slug]),
    )


def _ask(
    request: PartnershipRequest, form: object, *, title: str, submit_text: str, cancel: str, intro: str = ""
) -> HttpResponse:
    context = {
        "form": form, "title": title, "submit_text": submit_text, "cancel_url": cancel, "intro": intro,
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "foundation/form_page.html", context)


def _find_agencies(partnership: Partnership) -> Any:
    """The bodies that sit in a partnership now."""
    seats = Agency.objects.filter(partnership=partnership, ended_on=None)
    return Organisation.objects.filter(pk__in=seats.values("organisation_id"))


@in_partnership("returns.manage_quarters")
def put_off(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Give one agency more time, with a reason."""
    quarter = get_own(Quarter.objects.select_related("partnership"), request, pk=pk)
    form = PutOffForm(_find_agencies(request.partnership), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            put_off_due(quarter=quarter, by=request.user, **form.cleaned_data)
            messages.success(request, "The due date is changed.")
            return _to_quarter(request, quarter)
        except RefusedError as error:
            form.add_error("due_on", begin_sentence(error))
    return _ask(request, form, title=f"Put off a due date in {quarter.period}", submit_text="Put off", cancel="../")


def _to_quarter(request: PartnershipRequest, quarter: Quarter) -> HttpResponse:
    return redirect("show_quarter", slug=request.partnership.slug, pk=quarter.pk)


@in_partnership("returns.manage_quarters")
def lock(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Lock a quarter; a reason is asked for while something is open."""
    quarter = get_own(Quarter.objects.select_related("partnership"), request, pk=pk)
    form = LockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            close_quarter(quarter=quarter, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"{quarter.period} is locked.")
            return _to_quarter(request, quarter)
        except RefusedError as error:
            form.add_error("reason", begin_sentence(error))
    return _ask(
        request, form, title=f"Lock {quarter.period}?", submit_text="Lock the quarter", cancel="../",
        intro=_warn_of_lock(quarter),
    )  # fmt: skip


def _warn_of_lock(quarter: Quarter) -> str:
    left = quarter.returns.exclude(state__in=SETTLED).count()
    text = "Nothing in it can be changed then, but for returns that you reopen one by one."
    if not left:
        return text
    stay = say_count(left, "return is", "returns are")
    return f"{text} {stay} not signed off, and can be neither entered nor signed off until you reopen the quarter."


@in_partnership("returns.manage_quarters")
def unlock(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Open a locked quarter again, with a reason."""
    quarter = get_own(Quarter.objects.select_related("partnership"), request, pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            unlock_quarter(quarter=quarter, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"{quarter.period} is open again.")
        except RefusedError as error:
            tell_refusal(request, error)
        return _to_quarter(request, quarter)
    return _ask(request, form, title=f"Reopen {quarter.period}", submit_text="Reopen the quarter", cancel="../")


@in_partnership("returns.manage_quarters")
def assign(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Say which agency owes a return."""
    ret = get_seen_return(request, pk)
    form = AssignForm(_find_agencies(request.partnership), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assign_return(ret=ret, organisation=form.cleaned_data["organisation"], by=request.user)
            messages.success(request, f"{ret.indicator.ref} is owed by {form.cleaned_data['organisation']} now.")
        except RefusedError as error:
            tell_refusal(request, error)
        return redirect("show_return", slug=request.partnership.slug, pk=ret.pk)
    return _ask(request, form, title=f"Who owes {ret.indicator.ref}?", submit_text="Save", cancel="../")


@in_partnership("returns.chase")
def show_chase_list(request: PartnershipRequest) -> HttpResponse:
    """Who owes what, how late, and when they were last written to."""
    context = {
        "progress": read_progress(request.partnership), "today": read_today(), "breadcrumbs": list_crumbs(request),
        "open": QuarterState.OPEN,
    }  # fmt: skip
    return render(request, "returns/chase.html", context)


@require_POST
@in_partnership("returns.chase")
def chase_now(request: PartnershipRequest) -> HttpResponse:
    """Remind one agency now, by hand."""
    body = Organisation.objects.filter(pk__in=_list_keys(request.POST.get("organisation", "")))
    organisation = body.filter(
        pk__in=Agency.objects.filter(partnership=request.partnership).values("organisation_id")
    ).first()
    if organisation is None:
        messages.error(request, "That agency has no seat in this partnership.")
        return redirect("chase_list", slug=request.partnership.slug)
    sent = chase_agency(partnership=request.partnership, organisation=organisation, today=read_today(), by=request.user)
    if sent:
        messages.success(request, f"On the way to {organisation}: {say_count(sent, 'reminder')}.")
    else:
        messages.warning(
            request, f"Nobody of {organisation} was written to: they had a reminder today, want none, or owe nothing."
        )
    return redirect("chase_list", slug=request.partnership.slug)


def _list_keys(text: str) -> list[UUID]:
    """The key that was sent, if it is one."""
    try:
        return [UUID(text)]
    except ValueError:
        return []
