"""Cover for absence: who returns in whose place, from when to when."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.interface import (
    MANAGERS,
    Agency,
    Organisation,
    PartnershipRequest,
    Role,
    can,
    find_organisations,
    get_own,
    in_partnership,
)
from wardmote.web.returns.actions.covering import end_cover, give_cover
from wardmote.web.returns.covers import list_lent
from wardmote.web.returns.forms import CoverForm
from wardmote.web.returns.models import Cover
from wardmote.web.returns.views.reaching import list_crumbs, tell_refusal


def _find_covered(request: PartnershipRequest) -> Any:
    """The agencies for which the person may arrange cover."""
    if request.roles & MANAGERS:
        seats = Agency.objects.filter(partnership=request.partnership, ended_on=None)
        return Organisation.objects.filter(pk__in=seats.values("organisation_id"))
    return Organisation.objects.filter(pk__in=find_organisations(request.user, request.partnership, Role.CONTRIBUTOR))


@in_partnership("returns.give_cover")
def show_covers(request: PartnershipRequest) -> HttpResponse:
    """Cover that is arranged, and a form to arrange more."""
    organisations = _find_covered(request)
    form = CoverForm(request, organisations, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            give_cover(partnership=request.partnership, by=request.user, **form.cleaned_data)
            messages.success(request, "The cover is arranged.")
            return redirect("covers", slug=request.partnership.slug)
        except RefusedError as error:
            form.add_error(None, begin_sentence(error))
    covers = list_lent().filter(
        partnership=request.partnership, organisation__in=organisations, ends_on__gte=read_today()
    )
    context = {
        "form": form, "covers": list(covers.select_related("organisation", "absent", "delegate").order_by("starts_on")),
        "breadcrumbs": list_crumbs(request),
    }  # fmt: skip
    return render(request, "returns/covers.html", context)


@require_POST
@in_partnership("returns.give_cover")
def stop_cover(request: PartnershipRequest, pk: UUID) -> HttpResponse:
    """End a cover now."""
    cover = get_own(Cover.objects.select_related("partnership"), request, pk=pk)
    if not can(request.user, "returns.give_cover", cover):
        raise Http404
    try:
        end_cover(cover=cover, by=request.user)
        messages.success(request, "The cover has ended.")
    except RefusedError as error:
        tell_refusal(request, error)
    return redirect("covers", slug=request.partnership.slug)
