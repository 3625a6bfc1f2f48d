"""Reports and other documents made of the returns."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.foundation.files import answer_file
from wardmote.web.partnerships.interface import PartnershipRequest, can, get_own, in_partnership
from wardmote.web.returns.models import IssuedDocument
from wardmote.web.returns.performance.document_forms import IssueForm, SettleForm
from wardmote.web.returns.performance.documents import (
    Listed,
    find_file,
    issue_documents,
    list_documents,
    list_reportable,
    name_kind,
    settle_document,
)
from wardmote.web.returns.performance.issuing import may_see_document
from wardmote.web.returns.performance.plans_seen import choose_plan, list_seen_plans
from wardmote.web.returns.presenters import say_version


@in_partnership("returns.view_dashboard")
def list_issued(request: PartnershipRequest) -> HttpResponse:
    """Which documents were made of the returns, and which of them are out of date?"""
    return render(request, "returns/performance/documents.html", _describe(request))


def _describe(request: PartnershipRequest) -> dict[str, object]:
    choice = choose_plan(request, request.GET)
    may_issue = can(request.user, "returns.issue_documents", request.partnership)
    return {
        "say_version": say_version,
        "name_kind": name_kind,
        "listed": _list_seen(request),
        "may_issue": may_issue,
        "may_settle": may_settle(request),
        "form": IssueForm(choice=choice) if may_issue and choice and list_reportable(choice.plans) else None,
        "breadcrumbs": [
            {"text": "Performance", "href": reverse("dashboard", kwargs={"slug": request.partnership.slug})}
        ],
    }


def _list_seen(request: PartnershipRequest) -> list[Listed]:
    found = list_documents(list_seen_plans(request))
    return [one for one in found if may_see_document(request.user, one.document)]


def may_settle(request: PartnershipRequest, document: IssuedDocument | None = None) -> bool:
    """The coordinator, and whoever made the document."""
    if can(request.user, "returns.manage_quarters", request.partnership):
        return True
    return document is not None and document.made_by == request.user.pk


@in_partnership("returns.issue_documents")
def issue_report(request: PartnershipRequest) -> HttpResponse:
    """Make the performance report."""
    choice = choose_plan(request, {"plan": request.POST.get("plan", ""), "period": request.POST.get("period", "")})
    if request.method != "POST" or choice is None:
        return redirect("documents", slug=request.partnership.slug)
    form = IssueForm(request.POST, choice=choice)
    if not form.is_valid():
        return render(request, "returns/performance/documents.html", _describe(request) | {"form": form}, status=422)
    try:
        made = issue_documents(choice.plan, quarter=choice.quarter, forms=form.cleaned_data["endings"], by=request.user)
    except WardmoteError as error:
        form.add_error(None, begin_sentence(error))
        return render(request, "returns/performance/documents.html", _describe(request) | {"form": form}, status=422)
    messages.success(request, f"The report was made in {len(made)} form{'s' if len(made) > 1 else ''}.")
    return redirect("documents", slug=request.partnership.slug)


def _find(request: PartnershipRequest, document_id: UUID) -> IssuedDocument:
    """A document of a plan that the person may see, or 404."""
    document = get_own(IssuedDocument.objects.select_related("plan__partnership"), request, id=document_id)
    if not may_see_document(request.user, document):
        raise Http404
    return document


@in_partnership("returns.view_dashboard")
def download_document(request: PartnershipRequest, document_id: UUID) -> HttpResponseBase:
    """The document as it was made."""
    stored = find_file(_find(request, document_id))
    if stored is None:
        raise Http404
    return answer_file(stored)


@in_partnership("returns.view_dashboard")
def settle_issued(request: PartnershipRequest, document_id: UUID) -> HttpResponse:
    """Say what was done about a document whose figures were revised."""
    document = _find(request, document_id)
    if not may_settle(request, document):
        raise PermissionDenied("returns.manage_quarters")
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _settle(form, document, request):
        messages.success(request, "It is settled.")
        return redirect("documents", slug=request.partnership.slug)
    context = {
        "title": f"Settle: {document.title}", "form": form, "submit_text": "Settle",
        "cancel_url": reverse("documents", kwargs={"slug": request.partnership.slug}),
    }  # fmt: skip
    return render(request, "foundation/form_page.html", context, status=422 if form.is_bound else 200)


def _settle(form: SettleForm, document: IssuedDocument, request: PartnershipRequest) -> bool:
    try:
        settle_document(document=document, by=request.user, **form.cleaned_data)
    except WardmoteError as error:
        form.add_error("note", begin_sentence(error))
        return False
    return True
