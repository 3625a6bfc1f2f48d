"""How whole the evidence is, and what somebody has found who looked."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.evidence.model.errors import UnreadableInputError
from wardmote.web.foundation.refusals import find_status
from wardmote.web.observatory.loads.actions import note_look
from wardmote.web.observatory.loads.forms import LookForm
from wardmote.web.observatory.loads.policies import can_see_source, check_source
from wardmote.web.observatory.loads.presenters import say_span
from wardmote.web.observatory.loads.quality import ShownFlag, read_quality, show_flags
from wardmote.web.observatory.loads.source_words import name_source
from wardmote.web.observatory.loads.views.frame import describe_page, find_address, list_above
from wardmote.web.observatory.stores import is_being_prepared
from wardmote.web.partnerships.interface import PartnershipRequest, in_partnership

if TYPE_CHECKING:
    from wardmote.evidence.interface import Quality


@in_partnership("observatory.view_loads")
def show_quality(request: PartnershipRequest) -> HttpResponse:
    """What is held of each source, what is missing or odd, and who has looked at it."""
    try:
        quality, damage = read_quality(request.partnership), ""
    except UnreadableInputError as error:
        quality, damage = None, error.fault.found
    flags = _leave_out(request, show_flags(request.partnership, quality)) if quality else []
    facts = describe_page(request, "Quality of the evidence") | {
        "quality": quality, "series_shown": _list_series(request, quality), "damage": damage,
        "is_being_prepared": is_being_prepared(request.partnership),
        "open": [one for one in flags if one.is_open], "closed": [one for one in flags if not one.is_open],
        "name_source": name_source, "say_span": say_span,
    }  # fmt: skip
    return render(request, "observatory/loads/quality.html", facts)


def _leave_out(request: PartnershipRequest, flags: list[ShownFlag]) -> list[ShownFlag]:
    """Without flags of what a partner shared, for who may see published figures only: their text holds numbers."""
    return [one for one in flags if can_see_source(request.user, one.flag.source, request.partnership)]


def _list_series(request: PartnershipRequest, quality: "Quality | None") -> list[Any]:
    series = quality.series if quality else ()
    return [one for one in series if can_see_source(request.user, one.source, request.partnership)]


@in_partnership("observatory.view_loads")
def show_series(request: PartnershipRequest, source: str, series: str) -> HttpResponse:
    """Every month of one force or dataset: how many rows, how many are usual, how many have no place."""
    check_source(request.user, source, request.partnership)
    quality = read_quality(request.partnership)
    found = next((s for s in quality.series if (s.source, s.name) == (source, series)), None) if quality else None
    if found is None:
        messages.warning(request, "No such months are held any more: the evidence has changed.")
        return redirect(find_address(request, "evidence_quality"))
    above = list_above(request, ("Quality of the evidence", "evidence_quality"))
    facts = describe_page(request, f"{name_source(source)}: {series}", *above) | {"series": found, "say_span": say_span}
    return render(request, "observatory/loads/series.html", facts)


@in_partnership("observatory.load_evidence")
def look_at_flag(request: PartnershipRequest) -> HttpResponse:
    """Say what was found of a flag, which the address names."""
    back = find_address(request, "evidence_quality")
    flag = _find_flag(request)
    if flag is None:
        messages.warning(request, "What you wanted to look at is not there any more: the evidence has changed.")
        return redirect(back)
    form = LookForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        note_look(
            by=request.user, partnership=request.partnership, key=flag.key, saw=flag.saw,
            note=form.cleaned_data["note"],
        )  # fmt: skip
        messages.success(request, "Noted. It is open again when its numbers change.")
        return redirect(back)
    above = list_above(request, ("Quality of the evidence", "evidence_quality"))
    facts = describe_page(request, "Say what you found", *above) | {
        "form": form, "flag": flag, "source": name_source(flag.source), "cancel_url": back,
        "submit_text": "Save what you found",
    }  # fmt: skip
    return render(request, "observatory/loads/look.html", facts, status=find_status(form))


def _find_flag(request: PartnershipRequest) -> Any:
    quality = read_quality(request.partnership)
    wanted = request.GET.get("flag", "")
    return next((one for one in quality.flags if one.key == wanted), None) if quality else None
