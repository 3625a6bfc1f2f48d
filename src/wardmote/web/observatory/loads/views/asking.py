"""Asking for a load: choose a source, give its files."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.refusals import RefusedError, find_status
from wardmote.web.foundation.uploads import MEGABYTE, take_larger, was_too_large
from wardmote.web.observatory.loads.actions import ask_for_load, discard_files, retry_load
from wardmote.web.observatory.loads.forms import NewLoadForm
from wardmote.web.observatory.loads.incoming import find_folder, list_waiting
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.policies import MOST_SENT_BYTES, check_may_load
from wardmote.web.observatory.loads.source_words import SOURCES, SourceWords, list_groups
from wardmote.web.observatory.loads.views.frame import describe_page, find_address, list_above
from wardmote.web.observatory.stores import is_being_prepared, shares_store
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership

take_larger(r"^/p/[^/]+/evidence/loads/new/[^/]+/$", MOST_SENT_BYTES + MEGABYTE)


@in_partnership("observatory.load_evidence")
def choose_source(request: PartnershipRequest) -> HttpResponse:
    """Which of the catalogue's sources is it?"""
    above = list_above(request, ("Loads", "loads"))
    facts = describe_page(request, "What do you want to load?", *above) | {
        "groups": list_groups(), "is_being_prepared": is_being_prepared(request.partnership),
    }  # fmt: skip
    return render(request, "observatory/loads/choose_source.html", facts)


@in_partnership("observatory.load_evidence")
def new_load(request: PartnershipRequest, source: str) -> HttpResponse:
    """Give the files of a source."""
    words = _get_source(source)
    waiting = list_waiting(request.partnership, words.endings)
    is_post = request.method == "POST"
    form = NewLoadForm(
        words, waiting, request.POST if is_post else None, _gather_files(request) if is_post else None,
        is_too_large=was_too_large(request),
    )  # fmt: skip
    if is_post and form.is_valid():
        try:
            load = ask_for_load(
                by=request.user, partnership=request.partnership, source=source, settings=form.settings,
                uploads=form.cleaned_data["files"], waiting=form.chosen,
            )  # fmt: skip
            return redirect(find_address(request, "show_load", load_id=load.pk))
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "observatory/loads/new.html", _describe(request, words, form), status=find_status(form))


def _get_source(name: str) -> SourceWords:
    if name not in SOURCES:
        raise Http404
    return SOURCES[name]


def _gather_files(request: PartnershipRequest) -> Any:
    """The files as the form's one field takes them."""
    return {"files": request.FILES.getlist("files")}


def _describe(request: PartnershipRequest, words: SourceWords, form: NewLoadForm) -> dict[str, Any]:
    above = list_above(request, ("Loads", "loads"), ("What do you want to load?", "choose_load_source"))
    return describe_page(request, f"Load: {words.short}", *above) | {
        "words": words, "form": form, "folder": f"incoming/{find_folder(request.partnership).name}",
        "refusal": _find_refusal(request, words), "is_shared": shares_store(request.partnership),
    }  # fmt: skip


def _find_refusal(request: PartnershipRequest, words: SourceWords) -> str:
    """Why nothing of this source can be loaded now, said before somebody looks for files."""
    try:
        check_may_load(request.partnership, words.name)
    except RefusedError as refusal:
        return str(refusal)
    return ""


@in_partnership("observatory.load_evidence")
def retry(request: PartnershipRequest, load_id: Any) -> HttpResponse:
    """Load the same files once more."""
    load = _get_posted(request, load_id)
    if load is not None:
        try:
            retry_load(by=request.user, load=load)
        except RefusedError as refusal:
            messages.error(request, str(refusal))
    return redirect(find_address(request, "show_load", load_id=load_id))


@in_partnership("observatory.load_evidence")
def discard(request: PartnershipRequest, load_id: Any) -> HttpResponse:
    """Remove the files of a load that failed."""
    load = _get_posted(request, load_id)
    if load is not None and load.kept_until is not None:
        discard_files(by=request.user, load=load)
        messages.success(request, "The files are removed.")
    return redirect(find_address(request, "show_load", load_id=load_id))


def _get_posted(request: PartnershipRequest, load_id: Any) -> EvidenceLoad | None:
    """The load that a button was pressed on; None where the address was only opened."""
    load = get_own(EvidenceLoad.objects.select_related("partnership"), request, id=load_id)
    return load if request.method == "POST" else None
