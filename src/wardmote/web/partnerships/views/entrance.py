"""How people come in: the first run, invitations, the choice of a second step."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.doors import signed_in
from wardmote.web.partnerships.forms import FirstOperatorForm, JoinForm
from wardmote.web.partnerships.invitations import accept_as_known, accept_as_new, find_invitation, find_invited
from wardmote.web.partnerships.models import Invitation, Person
from wardmote.web.partnerships.second_step import find_way_on, has_second_step, needs_second_step
from wardmote.web.partnerships.setting_up import find_setup, make_operator, note_proven_address
from wardmote.web.partnerships.views.frame import answer_gone

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in_with_new_password(request: HttpRequest, person: Person) -> None:
    """Let in who has just set a password, as if they had typed it."""
    login(request, person, backend=_BACKEND)
    record_authentication(request, person, method="password")
    UserSession.objects.create_from_request(request)


def set_up(request: HttpRequest, secret: str) -> HttpResponse:
    """The first operator comes in by the link from the terminal."""
    setup = find_setup(secret)
    if setup is None:
        return answer_gone(request)
    form = FirstOperatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = make_operator(setup=setup, **form.cleaned_data)
        except RefusedError:
            return answer_gone(request)
        sign_in_with_new_password(request, person)
        return redirect("start")
    return render(request, "partnerships/set_up.html", {"form": form})


def answer_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: with a new account, or with the one that the address has."""
    invitation = find_invitation(secret)
    if invitation is None:
        return answer_gone(request)
    known = find_invited(invitation)
    if request.user.is_authenticated:
        return _accept_signed_in(request, invitation, known)
    return _ask_to_sign_in(request, invitation) if known else _join(request, invitation)


def _accept_signed_in(request: Any, invitation: Invitation, known: Person | None) -> HttpResponse:
    if known is None or known.pk != request.user.pk:
        return render(request, "partnerships/invitation_for_another.html", status=403)
    if request.method == "POST":
        try:
            accept_as_known(invitation=invitation, person=known)
        except RefusedError as error:
            return answer_gone(request, str(error))
        messages.success(request, f"Welcome to {invitation.partnership.name}.")
        return redirect("partnership_home", slug=invitation.partnership.slug)
    return render(request, "partnerships/invitation_known.html", {"invitation": invitation})


def _ask_to_sign_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    address = f"{reverse('account_login')}?next={request.path}"
    return render(request, "partnerships/invitation_sign_in.html", {"invitation": invitation, "address": address})


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        try:
            person = accept_as_new(invitation=invitation, **form.cleaned_data)
        except RefusedError as error:
            return answer_gone(request, str(error))
        note_proven_address(person)
        sign_in_with_new_password(request, person)
        messages.success(request, f"Welcome to {invitation.partnership.name}.")
        return redirect("partnership_home", slug=invitation.partnership.slug)
    return render(request, "partnerships/invitation_join.html", {"form": form, "invitation": invitation})


@signed_in
def choose_second_step(request: HttpRequest) -> HttpResponse:
    """Explain the second step and offer the ways to set it up."""
    person: Any = request.user
    if has_second_step(person):
        return redirect(find_way_on(request))
    return render(request, "partnerships/choose_second_step.html", {"is_needed": needs_second_step(person)})
