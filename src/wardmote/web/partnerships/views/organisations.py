"""The bodies that sit in a partnership, and who came before and after them."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.partnerships.doors import PartnershipRequest, get_own, in_partnership
from wardmote.web.partnerships.forms import (
    AddAgencyForm,
    ChangeOrganisationForm,
    EndAgencyForm,
    RegisterOrganisationForm,
    SuccessorForm,
)
from wardmote.web.partnerships.models import Agency, Organisation
from wardmote.web.partnerships.organisations import list_predecessors, list_successors, resolve_successors
from wardmote.web.partnerships.permissions import can
from wardmote.web.partnerships.queries import list_agencies
from wardmote.web.partnerships.registers import (
    add_agency,
    add_successor,
    can_change_organisation,
    change_organisation,
    end_agency,
    register_organisation,
)
from wardmote.web.partnerships.views.frame import answer_confirm, answer_form, make_trail

_BODIES = ("Organisations", "organisations")


def _say_list(request: PartnershipRequest) -> str:
    return reverse("organisations", kwargs={"slug": request.partnership.slug})


def _say_body(request: PartnershipRequest, organisation: Organisation) -> str:
    return reverse("show_organisation", kwargs={"slug": request.partnership.slug, "organisation": organisation.pk})


def _get_body(request: PartnershipRequest, organisation: UUID) -> Organisation:
    """A body of the register: it is shared, and holds nothing but public bodies' names and dates."""
    found: Organisation | None = Organisation.objects.filter(pk=organisation).first()
    if found is None:
        raise Http404
    return found


@in_partnership("partnerships.view_organisations")
def list_organisations(request: PartnershipRequest) -> HttpResponse:
    """Who sits here, why and since when; of a county, its districts."""
    page = {
        "agencies": list_agencies(request.partnership),
        "districts": request.partnership.districts.order_by("name"),
        "may_change": can(request.user, "partnerships.change_agencies", request.partnership),
        "breadcrumbs": make_trail(request),
    }
    return render(request, "partnerships/organisations.html", page)


@in_partnership("partnerships.view_organisations")
def show_organisation(request: PartnershipRequest, organisation: UUID) -> HttpResponse:
    """One body: names, dates, who came before and after, its seats here."""
    found = _get_body(request, organisation)
    may_change = can(request.user, "partnerships.change_agencies", request.partnership)
    page = {
        "organisation": found,
        "before": list_predecessors(found),
        "after": list_successors(found),
        "today": [body for body in resolve_successors(found, read_today()) if body.pk != found.pk],
        "seats": Agency.objects.filter(partnership=request.partnership, organisation=found).order_by("-started_on"),
        "may_change": may_change,
        "may_change_register": may_change and can_change_organisation(request.user, found, request.partnership),
        "breadcrumbs": make_trail(request, _BODIES),
    }
    return render(request, "partnerships/organisation.html", page)


@in_partnership("partnerships.change_agencies")
def add_organisation(request: PartnershipRequest) -> HttpResponse:
    """Give a registered body a seat."""
    seated = Agency.objects.filter(partnership=request.partnership, ended_on=None).values("organisation")
    return answer_form(
        request,
        AddAgencyForm(request.POST or None, bodies=Organisation.objects.exclude(pk__in=seated)),
        act=lambda found: add_agency(by=request.user, partnership=request.partnership, **found),
        done="The organisation has a seat.",
        to=_say_list(request),
        title="Add an organisation",
        submit_text="Add the organisation",
        template="partnerships/add_organisation.html",
        breadcrumbs=make_trail(request, _BODIES),
    )


@in_partnership("partnerships.change_agencies")
def register(request: PartnershipRequest) -> HttpResponse:
    """Register a body that nobody has registered, with a seat here."""

    def act(found: dict[str, object]) -> None:
        standing = str(found.pop("standing"))
        started: date | None = found["started_on"] if isinstance(found["started_on"], date) else None
        register_organisation(
            by=request.user, partnership=request.partnership, values=found, standing=standing, started_on=started
        )

    return answer_form(
        request,
        RegisterOrganisationForm(request.POST or None),
        act=act,
        done="The organisation is registered.",
        to=_say_list(request),
        title="Register an organisation",
        submit_text="Register the organisation",
        breadcrumbs=make_trail(request, _BODIES),
    )


@in_partnership("partnerships.change_agencies")
def change(request: PartnershipRequest, organisation: UUID) -> HttpResponse:
    """Change what the register says of a body."""
    found = _get_body(request, organisation)

    def act(said: dict[str, object]) -> None:
        reason = str(said.pop("reason"))
        change_organisation(
            by=request.user, partnership=request.partnership, organisation=found, values=said, reason=reason
        )

    return answer_form(
        request,
        ChangeOrganisationForm(request.POST or None, instance=found),
        act=act,
        done="The register is changed.",
        to=_say_body(request, found),
        title=f"Change {found.name}",
        submit_text="Save",
        breadcrumbs=make_trail(request, _BODIES),
    )


@in_partnership("partnerships.change_agencies")
def note_successor(request: PartnershipRequest, organisation: UUID) -> HttpResponse:
    """Note who took over from a body."""
    found = _get_body(request, organisation)
    return answer_form(
        request,
        SuccessorForm(request.POST or None, bodies=Organisation.objects.exclude(pk=found.pk)),
        act=lambda said: add_successor(by=request.user, partnership=request.partnership, organisation=found, **said),
        done="The successor is noted.",
        to=_say_body(request, found),
        title=f"Who took over from {found.name}?",
        submit_text="Save",
        breadcrumbs=make_trail(request, _BODIES),
    )


@in_partnership("partnerships.change_agencies")
def end_seat(request: PartnershipRequest, agency: UUID) -> HttpResponse:
    """End a body's seat."""
    seat = get_own(Agency.objects.filter(ended_on=None).select_related("organisation"), request, pk=agency)
    return answer_confirm(
        request,
        EndAgencyForm(request.POST or None),
        act=lambda said: end_agency(by=request.user, agency=seat, **said),
        done="The seat is ended.",
        to=_say_list(request),
        title=f"End the seat of {seat.organisation.name}?",
        consequences=["It returns no figures after that day. What it returned stays."],
        submit_text="End the seat",
        breadcrumbs=make_trail(request, _BODIES),
    )
