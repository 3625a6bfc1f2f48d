"""The pages of corrections: what no longer holds of published documents, and the notices about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.jobs import describe_job
from wardmote.web.foundation.overtaken import watch
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.library import erratum as errata
from wardmote.web.governance.library.actions import corrections as actions
from wardmote.web.governance.library.comparing import ask_for_comparison, find_last
from wardmote.web.governance.library.forms import NoticeForm, SettleForm
from wardmote.web.governance.library.models import Correction, CorrectionFile
from wardmote.web.governance.library.states import CorrectionState, DocumentSource, Settlement
from wardmote.web.governance.library.views.frame import describe_page, find_address, finish_form
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, get_own, in_partnership, name_people

TITLE = "Corrections"


def list_above(request: PartnershipRequest) -> tuple[str, str]:
    return TITLE, find_address(request, "corrections")


@in_partnership("governance.view_corrections")
def list_corrections(request: PartnershipRequest) -> HttpResponse:
    """Documents that used a figure which has changed; the notices that were published."""
    facts = describe_page(request, TITLE)
    sees_open = facts["may"]["view_open_corrections"]
    last = find_last(request.partnership) if sees_open else None
    facts |= {
        "errata": errata.list_errata(request) if sees_open else [],
        "notices": errata.list_notices(request, sees_open=sees_open),
        "last": last, "job": describe_job(last) if last else None,
    }  # fmt: skip
    return render(request, "governance/library/corrections.html", facts)


@in_partnership("governance.write_corrections")
def compare_editions(request: PartnershipRequest) -> HttpResponse:
    """Have published assessments held against the evidence of now."""
    if request.method == "POST":
        try:
            ask_for_comparison(by=request.user, partnership=request.partnership)
        except RefusedError as refusal:
            messages.warning(request, str(refusal))
    return redirect(find_address(request, "corrections"))


@in_partnership("governance.view_open_corrections")
def show_erratum_document(request: PartnershipRequest, document_id: UUID) -> HttpResponse:
    """A document made of the returns, and what is done about it."""
    return _show(request, DocumentSource.RETURNS, document_id)


@in_partnership("governance.view_open_corrections")
def show_erratum_edition(request: PartnershipRequest, assessment_edition_id: UUID) -> HttpResponse:
    """A published assessment, and what is done about it."""
    return _show(request, DocumentSource.EDITION, assessment_edition_id)


def _show(request: PartnershipRequest, source: DocumentSource, about: UUID) -> HttpResponse:
    found = errata.get_erratum(request, source, about)
    draft = errata.find_draft(found, request.partnership)
    form = SettleForm(request.POST or None)
    if request.method == "POST":
        check_may(request, "governance.write_corrections", request.partnership)
    facts = describe_page(request, found.title, list_above(request)) | {"erratum": found, "draft": draft}

    def save() -> str:
        return _settle(request, found, form)

    return finish_form(
        request, form, save, facts, template="governance/library/erratum.html", done="It is written down."
    )


def _settle(request: PartnershipRequest, found: errata.Erratum, form: SettleForm) -> str:
    settlement = Settlement(form.cleaned_data["settlement"])
    if settlement == Settlement.NOTICE:
        notice = actions.compose_notice(by=request.user, partnership=request.partnership, erratum=found)
        return find_address(request, "correction", correction_id=notice.pk)
    if not found.open:
        raise RefusedError("Everything about this document is settled")
    actions.settle_erratum(
        by=request.user, partnership=request.partnership, erratum=found, settlement=settlement,
        note=form.cleaned_data["note"],
    )  # fmt: skip
    return find_address(request, "corrections")


def get_correction(request: PartnershipRequest, correction_id: UUID) -> Correction:
    """A notice that the person may read, or 404: drafts are for who sees what is open."""
    rows = Correction.objects.select_related("partnership").exclude(state=CorrectionState.DROPPED)
    if not can(request.user, "governance.view_open_corrections", request.partnership):
        rows = rows.filter(state=CorrectionState.PUBLISHED)
    found = get_own(rows, request, id=correction_id)
    if not errata.may_read(request, found):
        raise Http404
    return found


@in_partnership("governance.view_corrections")
def show_correction(request: PartnershipRequest, correction_id: UUID) -> HttpResponse:
    """A notice, as it will be or was published."""
    correction = get_correction(request, correction_id)
    is_draft = correction.state == CorrectionState.DRAFT
    names = name_people([correction.composed_by, correction.published_by])
    facts = describe_page(request, correction.title, list_above(request)) | {
        "correction": correction, "parts": actions.build_parts(correction), "is_draft": is_draft,
        "files": [file.form for file in correction.files.order_by("form")], "job": describe_job(correction),
        "composer": names.get(correction.composed_by, "–"), "publisher": names.get(correction.published_by, "–"),
    }  # fmt: skip
    return render(request, "governance/library/correction.html", facts)


@in_partnership("governance.write_corrections")
def change_correction(request: PartnershipRequest, correction_id: UUID) -> HttpResponse:
    """Make the machine's words one's own."""
    correction = get_correction(request, correction_id)
    back = find_address(request, "correction", correction_id=correction.pk)
    form = NoticeForm(correction, request.POST or None)
    watch(form, {name: form.initial[name] for name in ("title", "text")})
    facts = describe_page(request, "Change the notice", list_above(request), (correction.title, back))

    def save() -> str:
        actions.change_notice(
            by=request.user, correction=correction, title=form.cleaned_data["title"],
            text=form.cleaned_data["text"], kept=form.kept,
        )  # fmt: skip
        return back

    return finish_form(request, form, save, facts | {"cancel_url": back}, done="The notice is changed.")


@in_partnership("governance.publish_corrections")
def publish_correction(request: PartnershipRequest, correction_id: UUID) -> HttpResponse:
    """Publish a notice, after being told what follows."""
    correction = get_correction(request, correction_id)

    def publish() -> None:
        now = errata.find_erratum(request, DocumentSource(correction.source), correction.about)
        actions.publish_notice(by=request.user, correction=correction, erratum=now)

    return _confirm(
        request, correction, publish, title="Publish this notice?", submit="Publish it",
        done="The notice is published.",
        consequences=["It is kept as web page, Word and PDF and is never changed again.",
                      "Every member reads it who may read the document itself.",
                      "What changed of the document counts as settled."],
    )  # fmt: skip


@in_partnership("governance.write_corrections")
def drop_correction(request: PartnershipRequest, correction_id: UUID) -> HttpResponse:
    """Give up writing a notice."""
    correction = get_correction(request, correction_id)

    def drop() -> None:
        actions.drop_notice(by=request.user, correction=correction)

    return _confirm(
        request, correction, drop, title="Give up this notice?", submit="Give it up", done="The notice is given up.",
        consequences=["Its text is no longer shown. The document is open again."],
    )  # fmt: skip


def _confirm(
    request: PartnershipRequest,
    correction: Correction,
    do: Any,
    *,
    title: str,
    submit: str,
    done: str,
    consequences: list[str],
) -> HttpResponse:
    back = find_address(request, "correction", correction_id=correction.pk)
    if request.method == "POST":
        try:
            do()
            messages.success(request, done)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
            return redirect(back)
        return redirect(find_address(request, "corrections"))
    facts = describe_page(request, title, list_above(request), (correction.title, back)) | {
        "consequences": consequences, "submit_text": submit, "cancel_url": back, "danger": False,
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", facts)


@in_partnership("governance.view_corrections")
def download_correction(request: PartnershipRequest, correction_id: UUID, notice_form: str) -> HttpResponseBase:
    """A published notice as a file."""
    correction = get_correction(request, correction_id)
    file = CorrectionFile.objects.select_related("file").filter(correction=correction, form=notice_form).first()
    if file is None:
        raise Http404
    return answer_file(file.file)
