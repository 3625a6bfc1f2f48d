"""The lead's pages: what waits for a signature, a question asked, a figure signed off or reopened."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.foundation.design.words import say_count
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, in_partnership
from wardmote.web.returns.actions.signing import query_return, reopen_return, sign_off_many, sign_off_return
from wardmote.web.returns.forms import QueryForm, ReasonForm
from wardmote.web.returns.models import Return
from wardmote.web.returns.past import read_pasts
from wardmote.web.returns.policies import check_can_sign_off
from wardmote.web.returns.presenters import say_fit, say_target, say_version
from wardmote.web.returns.progress import list_locked_waiting, list_waiting
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
    pasts = read_pasts(returns)
    context = {
        "targets": {ret.pk: say_target(pasts[ret.pk], ret.quarter.ends_on) for ret in returns},
        "fits": {ret.pk: say_fit(ret, pasts[ret.pk]) for ret in returns},
        "clear": [ret for ret in returns if not ret.open_count], "asked": [ret for ret in returns if ret.open_count],
        "locked": list_locked_waiting(request.partnership),
        "may_manage": can(request.user, "returns.manage_quarters", request.partnership),
        "say_version": say_version, "name_choice": name_choice, "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/signable.html", context)


def _sign_chosen(request: PartnershipRequest) -> HttpResponse:
    """Sign off those chosen, each only as the page showed it: what was submitted anew since is left, and named."""
    chosen = dict(_split_choice(text) for text in request.POST.getlist("return"))
    returns = [ret for ret in list_signable(request) if chosen.get(str(ret.pk)) == str(ret.version_id)]
    signed, _ = sign_off_many(returns=returns, by=request.user)
    text = f"{say_count(len(signed), 'return')} signed off."
    if signed and len(signed) == len(chosen):
        messages.success(request, text)
    else:
        messages.warning(request, f"{text} {_say_left(request, chosen, signed)}".rstrip())
    return redirect("returns_to_sign_off", slug=request.partnership.slug)


def name_choice(ret: Return) -> str:
    """What a tick on the page stands for: the return, and the version that the page shows of it."""
    return f"{ret.pk}.{ret.version_id}"


def _split_choice(text: str) -> tuple[str, str]:
    key, _, version = text.partition(".")
    return key, version


def _say_left(request: PartnershipRequest, chosen: Mapping[str, str], signed: Iterable[Return]) -> str:
    """Which of those chosen were not signed off, each with what stands in the way now."""
    left = chosen.keys() - {str(ret.pk) for ret in signed}
    keys = [key for text in left if (key := read_key(text)) is not None]
    rows = Return.objects.filter(partnership=request.partnership, pk__in=keys).select_related(
        "partnership", "quarter", "indicator", "indicator__priority", "version"
    )
    seen = [ret for ret in rows.order_by("indicator__number") if can(request.user, "returns.view_return", ret)]
    said = [f"{ret.indicator.ref}: {say_why_unsigned(ret, request.user, version=chosen[str(ret.pk)])}" for ret in seen]
    return f"Not signed off: {'; '.join(said)}." if said else ""


def say_why_unsigned(ret: Return, person: Any, *, version: str) -> str:
    """What stands between a return and a person's signature, in a few words; `version` is the one that was shown."""
    try:
        check_can_sign_off(ret)
    except RefusedError as error:
        return error.fault.found
    if ret.queries.filter(state=QueryState.OPEN).exists():
        return "a question is open; sign it off on its own page"
    if not can(person, "returns.sign_off_return", ret):
        return "somebody else must sign it off"
    if ret.version is not None and version != str(ret.version_id):
        return f"it was submitted anew meanwhile and now says {say_version(ret.version)}; look at it again"
    return "it was changed"


def read_key(text: str) -> UUID | None:
    """The key that was sent, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


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
    except RefusedError as error:
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
        except RefusedError as error:
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
        except RefusedError as error:
            tell_refusal(request, error)
        return _back(request, ret)
    return _ask(request, form, title=f"Reopen {ret.indicator.ref}", submit_text="Reopen")


def _ask(request: PartnershipRequest, form: object, *, title: str, submit_text: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "submit_text": submit_text, "cancel_url": "../",
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "foundation/form_page.html", context)
