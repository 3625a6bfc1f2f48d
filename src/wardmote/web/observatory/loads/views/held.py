"""What was loaded: the list, one load with its faults, what it refused, and taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from wardmote.evidence.interface import foresee_undo, list_refused, open_store
from wardmote.evidence.model.errors import Fault, UnreadableInputError
from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.jobs import describe_job
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.table_files import write_csv
from wardmote.web.observatory.loads.actions import take_back
from wardmote.web.observatory.loads.forms import UndoForm
from wardmote.web.observatory.loads.models import EvidenceLoad
from wardmote.web.observatory.loads.policies import can_retry, can_see_source, can_undo, check_source, say_size
from wardmote.web.observatory.loads.presenters import (
    STANDING,
    describe_row,
    say_effects,
    say_months,
    say_span,
    sort_faults,
)
from wardmote.web.observatory.loads.quality import count_open
from wardmote.web.observatory.loads.queries import AskedLoad, HeldLoad, find_held, list_asked, list_held
from wardmote.web.observatory.loads.replaced import list_replaced
from wardmote.web.observatory.loads.source_words import SOURCES, name_source
from wardmote.web.observatory.loads.views.frame import describe_page, find_address, list_above
from wardmote.web.observatory.stores import find_store, is_being_prepared, name_store, shares_store
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership, name_people

_PAGE = 50
_SHOWN_FAULTS = 50
_SHOWN_REFUSED = 25
_MOST_REFUSED = 1_000_000


@in_partnership("observatory.view_loads")
def show_loads(request: PartnershipRequest) -> HttpResponse:
    """Every load of the store that the partnership reads, and those that are under way."""
    try:
        held, damage = list_held(request.partnership), ""
    except UnreadableInputError as error:
        held, damage = [], error.fault.found
    shown = Paginator(held, _PAGE).get_page(request.GET.get("page"))
    facts = describe_page(request, "Loads") | {
        "shown": shown, "rows": [describe_row(one) for one in shown], "damage": damage,
        "asked": _list_asked(request), "is_shared": shares_store(request.partnership),
        "is_being_prepared": is_being_prepared(request.partnership), "open_count": 0 if damage else
        count_open(request.partnership),
        "may_open": lambda source: can_see_source(request.user, source, request.partnership),
    }  # fmt: skip
    return render(request, "observatory/loads/loads.html", facts)


def _list_asked(request: PartnershipRequest) -> list[AskedLoad]:
    asked = list_asked(request.partnership, read_now())
    return [one for one in asked if can_see_source(request.user, one.load.source, request.partnership)]


@in_partnership("observatory.view_loads")
def show_load(request: PartnershipRequest, load_id: Any) -> HttpResponse:
    """A load that somebody asked for here: how far it is, why it failed, or what is in the store of it."""
    load = get_own(EvidenceLoad.objects.select_related("partnership"), request, id=load_id)
    check_source(request.user, load.source, request.partnership)
    is_here = load.store == name_store(request.partnership)
    if load.load and is_here and (held := find_held(request.partnership, load.load)) is not None:
        return _draw_held(request, held)
    faults = sort_faults([Fault(**one) for one in load.faults])
    facts = describe_page(request, name_source(load.source), *list_above(request, ("Loads", "loads"))) | {
        "load": load, "job": describe_job(load), "faults": faults, "who": name_people([load.asked_by])[load.asked_by],
        "files": [(one["name"], say_size(one["size_bytes"])) for one in load.files], "may_retry": can_retry(load),
        "is_elsewhere": not is_here,
    }  # fmt: skip
    return render(request, "observatory/loads/asked.html", facts)


@in_partnership("observatory.view_loads")
def show_held_load(request: PartnershipRequest, load_name: str) -> HttpResponse:
    """A load of the store, whoever made it."""
    return _draw_held(request, _get_held(request, load_name))


def _get_held(request: PartnershipRequest, name: str) -> HeldLoad:
    found = find_held(request.partnership, name)
    if found is None:
        raise Http404
    check_source(request.user, found.record.manifest.source, request.partnership)
    return found


def _draw_held(request: PartnershipRequest, held: HeldLoad) -> HttpResponse:
    manifest = held.record.manifest
    store = open_store(find_store(request.partnership))
    faults = sort_faults(manifest.faults)
    facts = describe_page(request, held.source, *list_above(request, ("Loads", "loads"))) | {
        "held": held, "manifest": manifest, "standing": STANDING[held.standing],
        "months": say_span(manifest.period_first, manifest.period_last), "missing": say_months(manifest.months_missing),
        "faults": faults[:_SHOWN_FAULTS], "faults_count": len(faults),
        "refused": list_refused(store, held.id, limit=_SHOWN_REFUSED),
        "files": [(one, say_size(one.size_bytes)) for one in manifest.inputs],
        "settings": [(_name_setting(manifest.source, k), v) for k, v in manifest.settings.items() if k != "mapping"],
        "replaced": [one for one in list_replaced(request.partnership) if held.id in (one.replaced, one.by)],
        "may_undo": can_undo(request.user, held, request.partnership),
    }  # fmt: skip
    return render(request, "observatory/loads/load.html", facts)


def _name_setting(source: str, name: str) -> str:
    known = SOURCES[source].settings if source in SOURCES else ()
    return next((one.label for one in known if one.name == name), name)


@in_partnership("observatory.view_loads")
def download_refused(request: PartnershipRequest, load_name: str) -> HttpResponse:
    """Every row that a load refused, with its file, line and reason."""
    held = _get_held(request, load_name)
    rows = list_refused(open_store(find_store(request.partnership)), held.id, limit=_MOST_REFUSED)
    return _answer_csv(write_csv(("File", "Line", "Reason", "Row as it stood"), rows), f"refused-{held.id}")


@in_partnership("observatory.view_loads")
def download_faults(request: PartnershipRequest, load_name: str) -> HttpResponse:
    """Every fault of a load: what, where, what was expected, what to do."""
    held = _get_held(request, load_name)
    rows = [
        (fault.severity, fault.where, fault.found, fault.expected, fault.to_do, fault.rows or "")
        for fault in sort_faults(held.record.manifest.faults)
    ]
    headings = ("Severity", "Where", "What was found", "What was expected", "What to do", "Rows")
    return _answer_csv(write_csv(headings, rows), f"faults-{held.id}")


def _answer_csv(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slugify(name)}.csv"'
    return response


@in_partnership("observatory.load_evidence")
def undo(request: PartnershipRequest, load_name: str) -> HttpResponse:
    """Take a load back, after being told what changes."""
    held = _get_held(request, load_name)
    address = find_address(request, "show_held_load", load_name=held.id)
    if held.is_undone:
        messages.warning(request, "This load was taken back already.")
        return redirect(address)
    if not can_undo(request.user, held, request.partnership):
        raise PermissionDenied("observatory.undo_any_load")
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            take_back(
                by=request.user, partnership=request.partnership, held=held, reason=form.cleaned_data["reason"]
            )  # fmt: skip
            messages.success(request, f"The load {held.id} is taken back. What it had superseded counts again.")
            return redirect(address)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
    facts = describe_page(request, f"Take back the load {held.id}?", *list_above(request, ("Loads", "loads")))
    facts |= {"form": form, "consequences": _list_consequences(request, held), "cancel_url": address}
    facts |= {"submit_text": "Take the load back"}
    return render(request, "foundation/confirm_page.html", facts)


def _list_consequences(request: PartnershipRequest, held: HeldLoad) -> list[str]:
    loads = {one.id: one for one in list_held(request.partnership)}
    effects = foresee_undo(open_store(find_store(request.partnership)), held.id)
    said = say_effects(effects, loads) or ["No figure changes: later loads answer for all that it holds."]
    if shares_store(request.partnership):
        said.append("The store is shared: the figures of other partnerships change too.")
    return [*said, "Its files stay in the store’s record; published reports keep the figures that they were made with."]
