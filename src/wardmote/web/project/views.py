"""The first page, and whether the application lives."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.partnerships.interface import Partnership, PartnershipRequest, in_partnership, signed_in


def answer_health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: 200 while the database answers."""
    Partnership.objects.exists()
    return HttpResponse("well", content_type="text/plain")


@signed_in
def show_home(request: HttpRequest) -> HttpResponse:
    """Straight into the partnership where there is one; a choice where there are several."""
    joined = Partnership.objects.filter(pk__in=_list_joined(request.user)).order_by("name")
    if len(joined) == 1:
        return redirect("partnership_home", slug=joined[0].slug)
    return render(request, "project/choose_partnership.html", {"partnerships": joined})


def _list_joined(person: Any) -> list[UUID]:
    return list(person.memberships.filter(ended_at=None).values_list("partnership_id", flat=True))


@in_partnership("partnerships.view_partnership")
def show_partnership_home(request: PartnershipRequest) -> HttpResponse:
    """What must I do?"""
    return render(request, "project/partnership_home.html", {"things": list_things_to_do(request)})
