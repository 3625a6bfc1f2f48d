"""The contributor's pages: what I owe, one return, its draft as it is typed."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.design.words import begin_sentence, say_time
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, in_partnership
from wardmote.web.returns.actions.drafts import save_draft
from wardmote.web.returns.actions.evidence_files import attach_file
from wardmote.web.returns.actions.submitting import Submission, submit_draft, submit_return
from wardmote.web.returns.drafted import Sent, read_draft, read_sent
from wardmote.web.returns.examining import Examination, ask_now, examine, find_box
from wardmote.web.returns.models import DraftCopy, Return
from wardmote.web.returns.owing import find_due, list_awaiting_evidence, list_owed
from wardmote.web.returns.past import Past, read_past, read_pasts
from wardmote.web.returns.permissions import find_returning_organisations
from wardmote.web.returns.policies import (
    awaits_evidence,
    can_edit,
    can_query,
    can_reopen,
    can_sign_off,
    can_withdraw,
    is_locked,
)
from wardmote.web.returns.presenters import (
    describe_return,
    find_other_editor,
    find_own_copy,
    name_field,
    say_state,
    say_version,
)
from wardmote.web.returns.return_form import ReturnForm
from wardmote.web.returns.said import find_last_said, read_explanation
from wardmote.web.returns.states import QueryState
from wardmote.web.returns.typed import find_too_long
from wardmote.web.returns.views.comparing import draw_conflict
from wardmote.web.returns.views.managing import show_progress
from wardmote.web.returns.views.reaching import get_own_return, get_seen_return, list_crumbs, tell_refusal


@in_partnership("returns.view_return")
def show_returns(request: PartnershipRequest) -> HttpResponse:
    """All agencies' progress for who sees them all; what I owe for who contributes."""
    if can(request.user, "returns.view_all_returns", request.partnership):
        return show_progress(request)
    return _draw_owed(request)


@in_partnership("returns.make_return")
def show_owed(request: PartnershipRequest) -> HttpResponse:
    """What I owe now, by agency and quarter."""
    return _draw_owed(request)


def _draw_owed(request: PartnershipRequest) -> HttpResponse:
    groups = list_owed(request.partnership, find_returning_organisations(request.user, request.partnership))
    ready = _find_ready([ret for owed in groups for ret in owed.returns])
    bodies = find_returning_organisations(request.user, request.partnership)
    context = {
        "groups": groups, "filling": list_awaiting_evidence(request.partnership, bodies),
        "ready": {ret.pk for ret in ready}, "today": read_today(), "say_state": say_state,
        "settled": _list_settled(request), "say_version": say_version, "breadcrumbs": list_crumbs(request)[:1],
    }  # fmt: skip
    return render(request, "returns/owed.html", context)


def _find_ready(returns: list[Return]) -> list[Return]:
    """The drafts that could be submitted as they are."""
    drafted = [ret for ret in returns if ret.draft]
    pasts = read_pasts(drafted)
    return [ret for ret in drafted if can_edit(ret) and examine(ret, pasts[ret.pk], ret.draft).is_ready]


def _list_settled(request: PartnershipRequest) -> list[Return]:
    """What has gone in already for the quarters that are open."""
    bodies = find_returning_organisations(request.user, request.partnership)
    rows = Return.objects.filter(
        partnership=request.partnership, organisation__in=bodies, quarter__state="open", version__isnull=False,
        state__in=("submitted", "signed_off"),
    )  # fmt: skip
    return list(rows.select_related("indicator", "quarter", "version").order_by("indicator__number"))


@in_partnership("returns.view_return")
def show_return(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """One return: read by who may see it, filled in by its agency."""
    ret = get_seen_return(request, pk)
    if request.method == "POST":
        check_may(request, "returns.make_return", ret)
        return _take(request, ret)
    return _draw(request, ret, read_past(ret), fields=read_draft(ret))


def _take(request: PartnershipRequest, ret: Return) -> HttpResponse:
    """Whatever was sent is kept first: files, then the text, and only then it is judged."""
    past = read_past(ret)
    sent = read_sent(ret, request.POST)
    errors = _attach(request, ret)
    if too_long := find_too_long(sent.fields):
        found = Examination(ask_now(ret, past, sent.fields).value, errors | too_long)
        return _draw(request, ret, past, fields=sent.fields, found=found)
    if errors or request.POST.get("action") in ("save", "next"):
        return _save(request, ret, past, sent, errors)
    submission = submit_return(
        ret=ret, past=past, fields=sent.fields, number=sent.number, by=request.user, page=sent.page
    )
    return _answer(request, submission, past, sent.fields)


def _save(request: PartnershipRequest, ret: Return, past: Past, sent: Sent, errors: dict[str, str]) -> HttpResponse:
    saved = save_draft(ret=ret, fields=sent.fields, number=sent.number, by=request.user, page=sent.page)
    if not saved.is_taken:
        return _tell_overtaken(request, saved.ret)
    if errors:
        found = Examination(ask_now(ret, past, sent.fields).value, errors)
        return _draw(request, saved.ret, past, fields=sent.fields, found=found)
    return _go_on(request, saved.ret, "Saved. It is not submitted yet.", overtook=saved.overtook)


def _answer(request: PartnershipRequest, done: Submission, past: Past, fields: dict[str, Any]) -> HttpResponse:
    if done.is_overtaken:
        return _tell_overtaken(request, done.ret)
    if not done.is_taken:
        return _draw(request, done.ret, past, fields=fields, found=done.examination)
    messages.success(request, f"{done.ret.indicator.ref} is submitted.", extra_tags=name_form(done.ret))
    _tell_own(request, done.overtook)
    following = _find_next(request, done.ret)
    return redirect(_address(request, following)) if following else redirect("returns", slug=request.partnership.slug)


def _go_on(request: PartnershipRequest, ret: Return, text: str, *, overtook: DraftCopy | None = None) -> HttpResponse:
    messages.success(request, text, extra_tags=name_form(ret))
    if request.POST.get("action") == "next":
        _tell_own(request, overtook)  # the page of this return says it by itself
    following = _find_next(request, ret) if request.POST.get("action") == "next" else ret
    return redirect(_address(request, following)) if following else redirect("returns", slug=request.partnership.slug)


def name_form(ret: Return) -> str:
    """By which name the device keeps what is typed into a return, until the server has taken it."""
    return f"return-{ret.pk}"


def _find_next(request: PartnershipRequest, ret: Return) -> Return | None:
    """The next return that the same agency owes, after this one in the order of the plan, then from the start."""
    owed = [other for group in list_owed(request.partnership, [ret.organisation_id]) for other in group.returns]
    place = (ret.indicator.priority.number, ret.indicator.number, ret.indicator.ref)
    after = [o for o in owed if (o.indicator.priority.number, o.indicator.number, o.indicator.ref) > place]
    rest = [other for other in owed if other.pk != ret.pk]
    return (after or rest or [None])[0]  # type: ignore[list-item]


def _address(request: PartnershipRequest, ret: Return) -> str:
    return reverse("show_return", kwargs={"slug": request.partnership.slug, "pk": ret.pk})


def _tell_overtaken(request: PartnershipRequest, ret: Return) -> HttpResponse:
    """What was sent is kept aside: show both texts, or say that there is nothing left to type into."""
    if not can_edit(ret):
        messages.warning(request, "This return cannot be changed now. What you sent is kept in its history.")
        return redirect(_address(request, ret))
    return redirect("compare_drafts", slug=request.partnership.slug, pk=ret.pk)


def _tell_own(request: PartnershipRequest, overtook: DraftCopy | None) -> None:
    """Say that another window's text was overtaken, where the next page is not the one of this return."""
    if overtook is not None:
        ref, at = overtook.of.indicator.ref, say_time(overtook.saved_at or overtook.kept_at)
        messages.warning(
            request, f"{ref}: you saved something else at {at} in another window. It is kept in the return's history."
        )


def _attach(request: PartnershipRequest, ret: Return) -> dict[str, str]:
    """Keep the files that were sent; what is wrong with one is said by the box."""
    for upload in request.FILES.getlist("file"):
        try:
            attach_file(ret=ret, upload=upload, by=request.user)
        except ValidationError as error:
            return {"file": " ".join(error.messages)}
        except RefusedError as error:
            return {"file": begin_sentence(error)}
    return {}


def _draw(
    request: PartnershipRequest, ret: Return, past: Past, *, fields: dict[str, Any], found: Examination | None = None
) -> HttpResponse:
    may_type = can_edit(ret) and can(request.user, "returns.make_return", ret)
    form = ReturnForm(ret, fields=fields, is_bound=found is not None)
    file_error = ""
    if found is not None:
        form.full_clean()
        file_error = dict(found.errors).get("file", "")
        form.refuse(found.errors)
    shown = found or ask_now(ret, past, fields)
    context = {
        "ret": ret, "form": form, "form_name": name_form(ret), "may_type": may_type,
        "file_error": file_error, "state": say_state(ret),
        "about": describe_return(ret, past), "due_on": find_due(ret), "is_locked": is_locked(ret),
        "awaits_evidence": awaits_evidence(ret), "has_ended": ret.quarter.ends_on < read_today(),
        "may_manage": can(request.user, "returns.manage_quarters", ret),
        "questions": [(find_box(ret, question), question) for question in shown.questions],
        "other": find_other_editor(ret, request.user) if may_type else None,
        "said": _find_said(ret) if may_type else {},
        "own_copy": find_own_copy(ret, request.user) if may_type else None, "page": uuid4().hex,
        "queries": list(ret.queries.exclude(state=QueryState.CLOSED)) if ret.version_id else [],
        "files": list(ret.attachments.filter(version=None, removed_at=None).select_related("file")),
        "value": say_version(ret.version) if ret.version else "", "may": _list_may(request, ret),
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/return.html", context)


def _find_said(ret: Return) -> dict[str, str]:
    """What was said of the figure that was explained last."""
    version = find_last_said(ret)
    return {"of": say_version(version), "text": read_explanation(version)} if version else {}


def _list_may(request: PartnershipRequest, ret: Return) -> dict[str, bool]:
    """What the person may do with the return as it stands, for the buttons."""

    def may(ability: str, allowed: bool) -> bool:
        return allowed and can(request.user, ability, ret)

    return {
        "withdraw": may("returns.make_return", can_withdraw(ret)),
        "query": may("returns.query_return", can_query(ret)),
        "sign_off": may("returns.sign_off_return", can_sign_off(ret)),
        "reopen": may("returns.reopen_return", can_reopen(ret)),
        "assign": may("returns.manage_quarters", can_edit(ret)),
    }


@require_POST
@in_partnership("returns.make_return")
def keep_draft(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Save what is being typed: 200 with the draft's new number, 409 with the other person's change.

    422 with what is wrong where a text is too long to be saved.
    """
    ret = get_own_return(request, pk)
    sent = read_sent(ret, request)
    if too_long := find_too_long(sent.fields):
        said = [f"{name_field(ret.indicator, name)}: {text}" for name, text in too_long.items()]
        return JsonResponse({"refused": "; ".join(said)}, status=422)
    saved = save_draft(ret=ret, fields=sent.fields, number=sent.number, by=request.user, page=sent.page)
    if not saved.is_taken:
        return draw_conflict(request, saved.ret, sent.fields)
    kept = saved.ret
    at = say_time(kept.draft_saved_at or read_now())
    answer = {"version": str(kept.draft_number), "draft_number": kept.draft_number, "saved_at": at}
    return JsonResponse(answer | _describe_own(request, saved.overtook))


def _describe_own(request: PartnershipRequest, overtook: DraftCopy | None) -> dict[str, str]:
    """What the page's script says of a text from the person's other window."""
    if overtook is None:
        return {}
    address = reverse("compare_drafts", kwargs={"slug": request.partnership.slug, "pk": overtook.of_id})
    return {"overtook_at": say_time(overtook.saved_at or overtook.kept_at), "compare": address}


@require_POST
@in_partnership("returns.make_return")
def check_draft(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """The questions about what stands in the boxes now, as a piece of the page. Saves nothing."""
    ret = get_own_return(request, pk)
    fields = read_sent(ret, request.POST).fields
    found = ask_now(ret, read_past(ret), fields)
    too_long = {name: f"{name_field(ret.indicator, name)}: {text}" for name, text in find_too_long(fields).items()}
    context = {"questions": found.questions, "errors": {**found.errors, **too_long}}
    return render(request, "returns/questions.html", context)


@require_POST
@in_partnership("returns.make_return")
def submit_ready(request: PartnershipRequest) -> HttpResponse:
    """Submit every draft that stands nothing in the way of; say what was left."""
    groups = list_owed(request.partnership, find_returning_organisations(request.user, request.partnership))
    drafted = [ret for owed in groups for ret in owed.returns if ret.draft]
    pasts = read_pasts(drafted)
    taken = 0
    for ret in drafted:
        try:
            taken += submit_draft(ret=ret, past=pasts[ret.pk], by=request.user).is_taken
        except RefusedError as error:
            tell_refusal(request, error)
    messages.success(request, f"{taken} returns submitted, {len(drafted) - taken} left to finish.")
    return redirect("returns", slug=request.partnership.slug)
