"""Workbooks: what an agency owes as XLSX, and the way back into drafts, seen before it is entered."""

import csv
from io import StringIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.foundation.files import check_upload
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.table_files import disarm_cell
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership
from wardmote.web.returns.actions.sheets import enter_sheet, keep_sheet
from wardmote.web.returns.forms import UploadForm
from wardmote.web.returns.models import Quarter, Return, SheetUpload
from wardmote.web.returns.owing import list_owed
from wardmote.web.returns.past import read_pasts
from wardmote.web.returns.permissions import find_returning_organisations
from wardmote.web.returns.presenters import name_field, say_typed
from wardmote.web.returns.views.reaching import list_crumbs, tell_refusal
from wardmote.web.returns.workbooks.reading import read_key, read_sheet
from wardmote.web.returns.workbooks.writing import write_workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@in_partnership("returns.make_return")
def show_sheets(request: PartnershipRequest) -> HttpResponse:
    """The workbooks to download, and the box to send one back."""
    bodies = find_returning_organisations(request.user, request.partnership)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _take(request, form.cleaned_data["file"])
            return redirect("show_workbook_upload", slug=request.partnership.slug, pk=upload.pk)
        except UnreadableInputError as error:
            form.add_error("file", begin_sentence(error))
        except ValidationError as error:
            form.add_error("file", error)
    context = {
        "form": form, "groups": list_owed(request.partnership, bodies), "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/workbooks.html", context)


def _read_content(file: "UploadedFile[Any]") -> bytes:
    """The bytes of a workbook. What else may be attached to a return is of no use here."""
    try:
        content, _ = check_upload(file)
    except ValidationError as error:
        if error.code != "kind":
            raise
        content = b""
    if not content or not str(file.name).lower().endswith(".xlsx"):
        raise ValidationError("Send the workbook that you downloaded here, filled: an .xlsx file")
    return content


def _take(request: PartnershipRequest, file: "UploadedFile[Any]") -> SheetUpload:
    """Read a workbook and keep what it holds. Raises UnreadableInputError for one that is not this agency's."""
    content = _read_content(file)
    partnership, quarter_pk, organisation = read_key(content)
    quarter = (
        Quarter.objects.filter(partnership=request.partnership, pk=quarter_pk).select_related("partnership").first()
    )
    bodies = find_returning_organisations(request.user, request.partnership)
    if partnership != request.partnership.pk or quarter is None or organisation not in bodies:
        raise UnreadableInputError(
            "the workbook is of another agency, partnership or quarter", to_do="Use the one that you downloaded here"
        )
    rows = Return.objects.filter(partnership=request.partnership, quarter=quarter, organisation=organisation)
    returns = {ret.pk: ret for ret in rows.select_related("indicator", "quarter")}
    read = read_sheet(content, returns)
    return keep_sheet(quarter=quarter, organisation_id=organisation, name=str(file.name), read=read, by=request.user)


@in_partnership("returns.make_return")
def download(request: PartnershipRequest, quarter_pk: UUID, organisation_pk: UUID) -> HttpResponse:
    """The workbook of what one agency owes in one quarter."""
    if organisation_pk not in find_returning_organisations(request.user, request.partnership):
        raise Http404
    owed = [one for one in list_owed(request.partnership, [organisation_pk]) if one.quarter.pk == quarter_pk]
    if not owed:
        raise Http404
    content = write_workbook(owed[0], read_pasts(owed[0].returns))
    name = f"returns-{owed[0].quarter.period.replace('/', '-')}.xlsx"
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _get_upload(request: PartnershipRequest, pk: UUID) -> SheetUpload:
    bodies = find_returning_organisations(request.user, request.partnership)
    rows = SheetUpload.objects.filter(organisation__in=bodies)
    return get_own(rows.select_related("partnership", "quarter", "organisation"), request, pk=pk)


@in_partnership("returns.make_return")
def show_upload(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """What a workbook would enter and what it would not; entered on the word of who sent it."""
    upload = _get_upload(request, pk)
    if request.method == "POST":
        return _enter(request, upload)
    returns = Return.objects.filter(partnership=request.partnership, pk__in=[row["return"] for row in upload.rows])
    by_key = {str(ret.pk): ret for ret in returns.select_related("indicator")}
    rows = [
        (by_key[row["return"]], [
            (name_field(by_key[row["return"]].indicator, name), say_typed(by_key[row["return"]].indicator, name, typed))
            for name, typed in row["fields"].items()
        ])
        for row in upload.rows
        if row["return"] in by_key
    ]  # fmt: skip
    context = {"upload": upload, "rows": rows, "breadcrumbs": list_crumbs(request)}
    return render(request, "returns/upload.html", context)


def _enter(request: PartnershipRequest, upload: SheetUpload) -> HttpResponse:
    try:
        entered, left = enter_sheet(upload=upload, by=request.user)
        messages.success(request, f"{entered} returns entered as drafts. Look at them, then submit.")
        if left:
            messages.warning(request, f"Not entered, because they cannot be changed now: {', '.join(left)}.")
    except RefusedError as error:
        tell_refusal(request, error)
    return redirect("owed_returns", slug=request.partnership.slug)


@in_partnership("returns.make_return")
def download_refused(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """The refused rows with their cells and faults, as CSV; no cell is a formula."""
    upload = _get_upload(request, pk)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(("cell", "indicator", "what is wrong", "what was typed"))
    for row in upload.refused:
        writer.writerow([disarm_cell(row[name]) for name in ("cell", "ref", "found", "typed")])
    return HttpResponse(
        "\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="refused-rows.csv"'},
    )  # fmt: skip
