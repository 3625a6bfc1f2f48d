"""The people of a partnership: list, person, invitations, roles, suspension."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wardmote.web.foundation.clock import read_now
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.accounts import clear_second_step, restore, suspend
from wardmote.web.partnerships.doors import PartnershipRequest, get_own, in_partnership
from wardmote.web.partnerships.forms import GiveRoleForm, InviteForm, ReasonForm
from wardmote.web.partnerships.invitations import invite, list_open, resend, withdraw
from wardmote.web.partnerships.memberships import end_membership, give_role
from wardmote.web.partnerships.models import Invitation, Membership, Person
from wardmote.web.partnerships.permissions import can
from wardmote.web.partnerships.policies import can_restore, decides_over_account, list_grantable
from wardmote.web.partnerships.queries import find_member, list_members, list_past, list_seated
from wardmote.web.partnerships.second_step import has_second_step
from wardmote.web.partnerships.views.frame import answer_confirm, answer_form, make_trail

_PEOPLE = ("People", "people")


@in_partnership("partnerships.view_people")
def list_people(request: PartnershipRequest) -> HttpResponse:
    """Who has which role, for whom, and when they were last here."""
    page = {
        "members": list_members(request.partnership),
        "invitations": list_open(request.partnership).select_related("organisation"),
        "now": read_now(),
        "may_invite": can(request.user, "partnerships.invite_people", request.partnership),
        "may_review": can(request.user, "partnerships.review_access", request.partnership),
        "breadcrumbs": make_trail(request),
    }
    return render(request, "partnerships/people.html", page)


def _get_person(request: PartnershipRequest, person: UUID) -> Person:
    """Somebody who has or had a role here; people of other partnerships answer 404."""
    member = find_member(request.partnership, person)
    if member is None:
        raise Http404
    return member.person


@in_partnership("partnerships.view_people")
def show_person(request: PartnershipRequest, person: UUID) -> HttpResponse:
    """One person as this partnership knows them."""
    member = find_member(request.partnership, person)
    if member is None:
        raise Http404
    mine = member.person.pk == request.user.pk
    page = {
        "member": member,
        "past": list_past(request.partnership, member.person),
        "has_second_step": has_second_step(member.person),
        "may_change": not mine and can(request.user, "partnerships.change_roles", request.partnership),
        "may_restore": can_restore(request.user, member.person, request.partnership),
        "decides_over_account": decides_over_account(request.user, member.person),
        "grantable": list_grantable(request.user, request.partnership),
        "breadcrumbs": make_trail(request, _PEOPLE),
    }
    return render(request, "partnerships/person.html", page)


def _say_people(request: PartnershipRequest) -> str:
    return reverse("people", kwargs={"slug": request.partnership.slug})


def _say_person(request: PartnershipRequest, person: Person) -> str:
    return reverse("show_person", kwargs={"slug": request.partnership.slug, "person": person.pk})


def _list_choices(request: PartnershipRequest) -> dict[str, Any]:
    return {
        "roles": list_grantable(request.user, request.partnership),
        "bodies": list_seated(request.partnership),
    }


@in_partnership("partnerships.invite_people")
def invite_person(request: PartnershipRequest) -> HttpResponse:
    """Invite an address to a role."""
    return answer_form(
        request,
        InviteForm(request.POST or None, **_list_choices(request)),
        act=lambda found: invite(by=request.user, partnership=request.partnership, **found),
        done="The invitation is on its way.",
        to=_say_people(request),
        title="Invite somebody",
        intro="They get an e-mail with a link, good for fourteen days. It names nobody.",
        submit_text="Send the invitation",
        breadcrumbs=make_trail(request, _PEOPLE),
    )


@in_partnership("partnerships.invite_people")
def withdraw_invitation(request: PartnershipRequest, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = get_own(Invitation.objects.all(), request, pk=invitation)
    return answer_confirm(
        request,
        ReasonForm(request.POST or None),
        act=lambda said: withdraw(by=request.user, invitation=found, reason=said["reason"]),
        done="The invitation is withdrawn.",
        to=_say_people(request),
        title=f"Withdraw the invitation to {found.email}?",
        consequences=["Its link stops working at once."],
        submit_text="Withdraw the invitation",
        breadcrumbs=make_trail(request, _PEOPLE),
    )


@require_POST
@in_partnership("partnerships.invite_people")
def resend_invitation(request: PartnershipRequest, invitation: UUID) -> HttpResponse:
    """Send a fresh link."""
    found = get_own(Invitation.objects.all(), request, pk=invitation)
    try:
        resend(by=request.user, invitation=found)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "A new link is on its way; the old one no longer works.")
    return redirect("people", slug=request.partnership.slug)


@in_partnership("partnerships.change_roles")
def add_role(request: PartnershipRequest, person: UUID) -> HttpResponse:
    """Give somebody a further role."""
    found = _get_person(request, person)
    return answer_form(
        request,
        GiveRoleForm(request.POST or None, **_list_choices(request)),
        act=lambda said: give_role(by=request.user, partnership=request.partnership, person=found, **said),
        done=f"{found.name} has the role.",
        to=_say_person(request, found),
        title=f"Give {found.name} a role",
        submit_text="Give the role",
        breadcrumbs=make_trail(request, _PEOPLE),
    )


@in_partnership("partnerships.change_roles")
def end_role(request: PartnershipRequest, membership: UUID) -> HttpResponse:
    """End one role of somebody."""
    held = get_own(
        Membership.objects.filter(ended_at=None).select_related("person", "organisation", "partnership"),
        request,
        pk=membership,
    )
    return answer_confirm(
        request,
        ReasonForm(request.POST or None),
        act=lambda said: end_membership(by=request.user, membership=held, reason=said["reason"]),
        done=f"{held.person.name} no longer has the role.",
        to=_say_person(request, held.person),
        title=f"End the role “{held.get_role_display()}” of {held.person.name}?",
        consequences=["From now on they see and do nothing by this role. What they did stays."],
        submit_text="End the role",
        breadcrumbs=make_trail(request, _PEOPLE),
    )


def _change_access(request: PartnershipRequest, person: UUID, action: Any, **words: Any) -> HttpResponse:
    """One of the actions on a person's account, asked for with a reason."""
    found = _get_person(request, person)
    said = {name: text.format(name=found.name) if isinstance(text, str) else text for name, text in words.items()}
    return answer_confirm(
        request,
        ReasonForm(request.POST or None),
        act=lambda typed: action(
            by=request.user, partnership=request.partnership, person=found, reason=typed["reason"]
        ),
        to=_say_person(request, found),
        breadcrumbs=make_trail(request, _PEOPLE),
        **said,
    )


@in_partnership("partnerships.suspend_people")
def suspend_person(request: PartnershipRequest, person: UUID) -> HttpResponse:
    """Suspend an account; of who has roles elsewhere too, end the roles here."""
    if not decides_over_account(request.user, _get_person(request, person)):
        return _end_roles_here(request, person)
    return _change_access(
        request,
        person,
        suspend,
        title="Suspend {name}?",
        done="{name} is suspended.",
        submit_text="Suspend the account",
        consequences=[
            "They are signed out on all devices at once and cannot sign in.",
            "This holds for every partnership in which they have a role.",
        ],
    )


def _end_roles_here(request: PartnershipRequest, person: UUID) -> HttpResponse:
    return _change_access(
        request,
        person,
        suspend,
        title="End all roles of {name} here?",
        done="{name} no longer has a role here.",
        submit_text="End the roles",
        consequences=[
            "From now on they see and do nothing in this partnership. What they did stays.",
            "Their account stays open: it is not for this partnership alone to decide over it.",
        ],
    )


@in_partnership("partnerships.suspend_people")
def restore_person(request: PartnershipRequest, person: UUID) -> HttpResponse:
    """Restore an account."""
    return _change_access(
        request,
        person,
        restore,
        title="Restore {name}?",
        done="{name} can sign in again.",
        submit_text="Restore the account",
        consequences=["They can sign in again, with the roles that they have."],
        danger=False,
    )


@in_partnership("partnerships.suspend_people")
def clear_person_second_step(request: PartnershipRequest, person: UUID) -> HttpResponse:
    """For who lost phone and recovery codes."""
    return _change_access(
        request,
        person,
        clear_second_step,
        title="Clear the second step of {name}?",
        done="{name} sets up a second step anew at the next sign-in.",
        submit_text="Clear the second step",
        consequences=[
            "Until then their password alone lets in. Make sure that it is they who ask: ring a number you know.",
            "They are signed out on all devices.",
        ],
    )
