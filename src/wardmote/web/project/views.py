"""The first page, and whether the application lives."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.to_do import list_things_to_do
from wardmote.web.partnerships.interface import (
    Partnership,
    PartnershipRequest,
    Role,
    can,
    check_may,
    in_partnership,
    signed_in,
)
from wardmote.web.project.first_steps import list_first_steps

_URGENCIES = ((0, "Late"), (1, "Due soon"), (2, "Waiting"), (3, "Worth knowing"))


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
    if not joined and can(request.user, "partnerships.operate"):
        return redirect("start")
    return render(request, "project/choose_partnership.html", {"partnerships": joined})


def _list_joined(person: Any) -> list[UUID]:
    return list(person.memberships.filter(ended_at=None).values_list("partnership_id", flat=True))


@signed_in
def show_start(request: HttpRequest) -> HttpResponse:
    """For operators: look around the sample, or set up a partnership."""
    check_may(request, "partnerships.operate", None)
    has_sample = Partnership.objects.filter(is_sample=True).exists()
    page = {"has_sample": has_sample, "has_mail": bool(settings.CONFIGURATION.mail_url)}
    return render(request, "project/start.html", page)


@require_POST
@signed_in
def open_sample(request: HttpRequest) -> HttpResponse:
    """Open the invented partnership, with the operator as its administrator and coordinator."""
    check_may(request, "partnerships.operate", None)
    from wardmote.web.project.sample import load_sample
    from wardmote.web.project.sample_store import ask_for_sample_store

    person: Any = request.user
    partnership = load_sample(by=person)
    ask_for_sample_store(read_now())
    messages.success(request, "This is the sample partnership. Everything in it is invented.")
    return redirect("partnership_home", slug=partnership.slug)


@in_partnership("partnerships.view_partnership")
def show_partnership_home(request: PartnershipRequest) -> HttpResponse:
    """What must I do?"""
    things = list_things_to_do(request)
    groups = [(title, [thing for thing in things if thing.urgency == urgency]) for urgency, title in _URGENCIES]
    page: dict[str, Any] = {"groups": [(title, found) for title, found in groups if found], "count": len(things)}
    page |= {"roles": [role.label for role in Role if role in request.roles], "steps": list_first_steps(request)}
    return render(request, "project/partnership_home.html", page)


def refuse_bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that makes no sense."""
    return render(request, "foundation/errors/400.html", status=400)


def refuse_forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, and not allowed."""
    return render(request, "foundation/errors/403.html", status=403)


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or whose page was open for too long."""
    return render(request, "foundation/errors/403.html", status=403)


def show_nothing_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page, or none that this person may know of: the answer is the same."""
    return render(request, "foundation/errors/404.html", status=404)


def show_fault(request: HttpRequest) -> HttpResponse:
    """Something is wrong on our side."""
    return render(request, "foundation/errors/500.html", status=500)


def show_accessibility(request: HttpRequest) -> HttpResponse:
    """What was done so that everybody can use these pages, and what is not yet."""
    return render(request, "project/accessibility.html")


def show_privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom, why and for how long."""
    return render(request, "project/privacy.html")
