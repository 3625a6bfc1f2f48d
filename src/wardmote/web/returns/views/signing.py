"""The lead's pages: what waits for a signature, a question asked, a figure signed off or reopened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, in_partnership
from wardmote.web.returns.actions.signing import query_return, reopen_return, sign_off_many, sign_off_return
from wardmote.web.returns.forms import QueryForm, ReasonForm
from wardmote.web.returns.models import Return
from wardmote.web.returns.policies import NotNowError
from wardmote.web.returns.presenters import say_version
from wardmote.web.returns.progress import list_waiting
from wardmote.web.returns.states import QueryState
from wardmote.web.returns.views.reaching import get_seen_return, list_crumbs, tell_refusal


def list_signable(request: PartnershipRequest) -> list[Any]:
    """The submitted returns that the person may sign off, each with its number of open questions."""
    rows = list_waiting(request.partnership).annotate(
        open_count=Count("queries", filter=Q(queries__state=QueryState.OPEN))
    )
    found = list(rows)
    for ret in found:
        ret.partnership = request.partnership
    return [ret for ret in found if can(request.user, "returns.sign_off_return", ret)]


@in_partnership("returns.sign_off_return")
def show_signable(request: PartnershipRequest) -> HttpResponse:
    """What waits for the person's signature; those without open questions can be signed together."""
    if request.method == "POST":
        return _sign_chosen(request)
    returns = list_signable(request)
    context = {
        "clear": [ret for ret in returns if not ret.open_count], "asked": [ret for ret in returns if ret.open_count],
        "say_version": say_version, "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/signable.html", context)


def _sign_chosen(request: PartnershipRequest) -> HttpResponse:
    chosen = set(request.POST.getlist("return"))
    returns = [ret for ret in list_signable(request) if str(ret.pk) in chosen]
    signed, left = sign_off_many(returns=returns, by=request.user)
    missed = len(chosen) - len(signed)
    text = f"{len(signed)} returns signed off." + (f" {missed} left: changed or queried meanwhile." if missed else "")
    (messages.success if signed and not left else messages.warning)(request, text)
    return redirect("returns_to_sign_off", slug=request.partnership.slug)


def _back(request: PartnershipRequest, ret: Return) -> HttpResponse:
    return redirect("show_return", slug=request.partnership.slug, pk=ret.pk)


@require_POST
@in_partnership("returns.sign_off_return")
def sign_off(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Sign one return off."""
    ret = get_seen_return(request, pk)
    check_may(request, "returns.sign_off_return", ret)
    if request.POST.get("version") != str(ret.version_id):
        messages.warning(request, "The return was submitted anew meanwhile: look at it again before you sign it off.")
        return _back(request, ret)
    try:
        sign_off_return(ret=ret, by=request.user)
        messages.success(request, f"{ret.indicator.ref} is signed off.")
    except NotNowError as error:
        tell_refusal(request, error)
    return _back(request, ret)


@in_partnership("returns.query_return")
def query(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Ask the agency about its return."""
    ret = get_seen_return(request, pk)
    check_may(request, "returns.query_return", ret)
    form = QueryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            query_return(ret=ret, question=form.cleaned_data["question"], by=request.user)
            messages.success(request, "The agency is asked, and told by e-mail that something waits.")
        except NotNowError as error:
            tell_refusal(request, error)
        return _back(request, ret)
    return _ask(request, form, title=f"Query {ret.indicator.ref}", submit_text="Ask the agency")


@in_partnership("returns.reopen_return")
def reopen(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Reopen a signed-off return for a revision, with a reason."""
    ret = get_seen_return(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_return(ret=ret, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Reopened. The signed-off value counts until a new one is submitted.")
        except NotNowError as error:
            tell_refusal(request, error)
        return _back(request, ret)
    return _ask(request, form, title=f"Reopen {ret.indicator.ref}", submit_text="Reopen")


def _ask(request: PartnershipRequest, form: object, *, title: str, submit_text: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "submit_text": submit_text, "cancel_url": "../",
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "foundation/form_page.html", context)
