"""The pages of documents: what was made, and a button for each kind."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.web.foundation.jobs import describe_job
from wardmote.web.governance.documents.forms import PaperForm
from wardmote.web.governance.documents.making import ask_for_paper
from wardmote.web.governance.documents.models import MadePaper
from wardmote.web.governance.documents.queries import (
    WHAT_FOR,
    explain_lack,
    list_agencies,
    list_kinds,
    list_offers,
    list_papers,
    may_see,
)
from wardmote.web.partnerships.interface import PartnershipRequest, can, get_own, in_partnership
from wardmote.web.returns.interface import FORMS, DocumentKind


def describe_page(request: PartnershipRequest, title: str = "") -> dict[str, Any]:
    """Where the person is, and what they may do there."""
    slug = {"slug": request.partnership.slug}
    crumbs = [{"text": "Governance", "href": reverse("governance", kwargs=slug)}]
    if title:
        crumbs += [{"text": "Documents", "href": reverse("governance_documents", kwargs=slug)}, {"text": title}]
    return {
        "breadcrumbs": crumbs, "title": title, "forms": {form: name for form, (name, _) in FORMS.items()},
        "may_make": can(request.user, "governance.make_documents", request.partnership),
        "at": lambda name, **keys: reverse(name, kwargs={**slug, **keys}),
    }  # fmt: skip


@in_partnership("governance.view_documents")
def list_documents(request: PartnershipRequest) -> HttpResponse:
    """What was made, the newest first, and what may be made."""
    kinds = [(kind.value, kind.label, WHAT_FOR[kind]) for kind in list_kinds(request)]
    facts = describe_page(request) | {
        "kinds": kinds, "papers": list_papers(request),
        "may_see_missed": can(request.user, "governance.view_missed_targets", request.partnership),
    }  # fmt: skip
    return render(request, "governance/documents/documents.html", facts)


@in_partnership("governance.make_documents")
def make_document(request: PartnershipRequest, paper_kind: str) -> HttpResponse:
    """Ask for a paper; it is made in the background."""
    if paper_kind not in {kind.value for kind in WHAT_FOR}:
        raise Http404
    kind = DocumentKind(paper_kind)
    home, lack = reverse("governance_documents", kwargs={"slug": request.partnership.slug}), explain_lack(request, kind)
    if kind not in list_kinds(request) and not (kind == DocumentKind.HISTORY and lack):
        raise PermissionDenied("governance.make_documents")
    if lack:
        messages.info(request, f"There is nothing to make it of yet: {lack}")
        return redirect(home)
    offers = list_offers(request, kind)
    form = PaperForm(kind, request.POST or None, offers=offers, agencies=list_agencies(request))
    if request.method == "POST" and form.is_valid():
        offer = form.read_offer()
        paper = ask_for_paper(
            kind=kind, plan=offer.plan, period=offer.period, days=offer.days, forms=form.cleaned_data["endings"],
            agency=form.cleaned_data.get("agency"), by=request.user,
        )  # fmt: skip
        return redirect("governance_document", slug=request.partnership.slug, made_paper_id=paper.pk)
    title = f"Make: {kind.label.lower() if kind != DocumentKind.HISTORY else 'an agency’s own returns'}"
    facts = describe_page(request, title) | {
        "form": form, "intro": f"{WHAT_FOR[kind]}.", "submit_text": "Make it", "cancel_url": home
    }  # fmt: skip
    return render(request, "foundation/form_page.html", facts, status=422 if form.is_bound else 200)


@in_partnership("governance.view_documents")
def show_document(request: PartnershipRequest, made_paper_id: Any) -> HttpResponse:
    """One paper: how far its making has come, and its files."""
    rows = MadePaper.objects.select_related("plan__partnership", "partnership", "agency")
    paper = get_own(rows, request, id=made_paper_id)
    if not may_see(request.user, paper):
        raise Http404
    documents = sorted((row.document for row in paper.files.select_related("document")), key=lambda one: one.form)
    facts = describe_page(request, paper.title) | {"paper": paper, "documents": documents, "job": describe_job(paper)}
    return render(request, "governance/documents/document.html", facts)
