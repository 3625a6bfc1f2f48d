"""What became of a return: every version, question and overtaken draft; its files; taking it back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.evidence.interface import decode_value
from wardmote.web.foundation.files import answer_file
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import PartnershipRequest, Person, can, get_own, in_partnership
from wardmote.web.returns.actions.evidence_files import remove_file
from wardmote.web.returns.actions.submitting import withdraw_return
from wardmote.web.returns.models import Return, ReturnFile, ReturnVersion
from wardmote.web.returns.presenters import (
    NARRATIVE_LABELS,
    list_differences,
    name_field,
    say_state,
    say_typed,
    say_version,
)
from wardmote.web.returns.said import list_reasons
from wardmote.web.returns.typed import NARRATIVES, write_fields
from wardmote.web.returns.views.reaching import get_own_return, get_seen_return, list_crumbs, tell_refusal


@in_partnership("returns.view_return")
def show_history(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Every version: who, when, why, and in what it differs from the one before."""
    ret = get_seen_return(request, pk)
    versions = list(ret.versions.order_by("number"))
    queries = list(ret.queries.order_by("asked_at"))
    copies = list(ret.copies.order_by("kept_at")) if can(request.user, "returns.make_return", ret) else []
    names = _read_names(versions, queries, copies)
    context = {
        "ret": ret, "state": say_state(ret), "names": names, "queries": queries,
        "versions": _describe(ret, versions)[::-1], "narratives": NARRATIVE_LABELS,
        "copies": [(copy, _describe_copy(ret, copy.fields)) for copy in copies],
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/history.html", context)


def _describe(ret: Return, versions: list[ReturnVersion]) -> list[dict[str, Any]]:
    found, before = [], None
    files = _read_files(ret)
    for version in versions:
        fields = _read_fields(ret, version)
        found.append(
            {
                "version": version, "value": say_version(version), "files": files.get(version.pk, []),
                "why": list_reasons(version),
                "differences": list_differences(ret.indicator, before, fields) if before is not None else [],
                "is_current": version.pk == ret.version_id,
            }
        )  # fmt: skip
        before = fields
    return found


def _read_fields(ret: Return, version: ReturnVersion) -> dict[str, Any]:
    """A version as it would be typed, by which two can be held side by side."""
    numbers = write_fields(ret.indicator, decode_value(version.value))
    texts = {name: getattr(version, name) for name in (*NARRATIVES, "reason_code")}
    return {name: typed for name, typed in {**numbers, **texts}.items() if typed}


def _read_files(ret: Return) -> dict[UUID, list[ReturnFile]]:
    found: dict[UUID, list[ReturnFile]] = {}
    for attached in ret.attachments.exclude(version=None).select_related("file"):
        found.setdefault(attached.version_id, []).append(attached)
    return found


def _describe_copy(ret: Return, fields: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name_field(ret.indicator, name), say_typed(ret.indicator, name, typed)) for name, typed in fields.items()]


def _read_names(*rows: list[Any]) -> dict[UUID, str]:
    """The names of everybody who did something, by key."""
    kinds = ("submitted_by", "signed_off_by", "asked_by", "answered_by", "saved_by")
    keys = {getattr(row, kind, None) for group in rows for row in group for kind in kinds} - {None}
    return {person.pk: str(person) for person in Person.objects.filter(pk__in=keys)}


@in_partnership("returns.view_return")
def download_file(request: PartnershipRequest, pk: UUID, file_pk: UUID) -> HttpResponseBase:
    """An evidence file, as a download only."""
    ret = get_seen_return(request, pk)
    attached = get_own(ReturnFile.objects.select_related("file").filter(of=ret), request, pk=file_pk)
    return answer_file(attached.file)


@require_POST
@in_partnership("returns.make_return")
def take_off_file(request: PartnershipRequest, pk: UUID, file_pk: UUID) -> HttpResponse:
    """Take a file off the draft."""
    ret = get_own_return(request, pk)
    attached = get_own(ReturnFile.objects.filter(of=ret, version=None, removed_at=None), request, pk=file_pk)
    try:
        remove_file(attached=attached, by=request.user)
    except RefusedError as error:
        tell_refusal(request, error)
    return redirect("show_return", slug=request.partnership.slug, pk=ret.pk)


@in_partnership("returns.make_return")
def withdraw(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """Ask, then take a submitted return back."""
    ret = get_own_return(request, pk)
    if request.method == "POST":
        try:
            withdraw_return(ret=ret, by=request.user)
            messages.success(request, "Withdrawn. It is a draft again.")
        except RefusedError as error:
            tell_refusal(request, error)
        return redirect("show_return", slug=request.partnership.slug, pk=ret.pk)
    context = {
        "title": f"Withdraw {ret.indicator.ref}?", "submit_text": "Withdraw", "danger": False,
        "consequences": ["It becomes a draft that you can change.", "What you submitted stays in the history."],
        "cancel_url": "../", "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "foundation/confirm_page.html", context)
