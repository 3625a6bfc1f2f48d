"""Somebody's own account."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.doors import signed_in
from wardmote.web.partnerships.forms import YourAccountForm
from wardmote.web.partnerships.models import Membership
from wardmote.web.partnerships.second_step import has_second_step, note_set_up


@signed_in
def show_account(request: HttpRequest) -> HttpResponse:
    """Who I am here, how I sign in, and my roles."""
    person: Any = request.user
    roles = Membership.objects.filter(person=person, ended_at=None).select_related("partnership", "organisation")
    page = {"person": person, "memberships": roles.order_by("partnership__name", "role")}
    page |= {"has_second_step": has_second_step(person), "way_in": find_way_in(person)}
    return render(request, "partnerships/your_account.html", page)


def find_way_in(person: Any) -> str:
    """How somebody signs in: password, service, a link into the sample; nothing yet where all three are wanting."""
    if person.has_usable_password():
        return "password"
    if SocialAccount.objects.filter(user=person).exists():
        return "service"
    return "sample" if person.memberships.filter(partnership__is_sample=True).exists() else "none"


@signed_in
def change_account(request: HttpRequest) -> HttpResponse:
    """Change my name as others see it, and whether I want e-mail."""
    person: Any = request.user
    form = YourAccountForm(request.POST or None, initial={"name": person.name, "wants_digest": person.wants_digest})
    if request.method == "POST" and form.is_valid():
        with writing(by=person, verb="people.account_changed", subject=person):
            person.name, person.wants_digest = form.cleaned_data["name"], form.cleaned_data["wants_digest"]
            person.save()
        messages.success(request, "Your account is changed.")
        return redirect("your_account")
    page = {"form": form, "title": "Change your account", "submit_text": "Save", "cancel_url": "/account/"}
    return render(request, "foundation/form_page.html", page)


@signed_in
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out one of my devices."""
    session = UserSession.objects.filter(user=request.user, pk=number).first()
    if session is None:
        raise Http404
    with writing(by=request.user, verb="people.session_ended"):
        session.end()
    messages.success(request, "The device is signed out.")
    return redirect("usersessions_list")


class SessionsView(ListUserSessionsView):
    """Where I am signed in; signs out everywhere but here."""

    def form_valid(self, form: Any) -> HttpResponse:
        person: Any = self.request.user
        with writing(by=person, verb="people.other_sessions_ended", subject=person):
            response: HttpResponse = super().form_valid(form)
        return response


list_sessions = signed_in(SessionsView.as_view())


class RemovePasskeyView(RemoveWebAuthnView):
    """Removes a passkey; never the last second step of who needs one, which the library would allow."""

    def form_valid(self, form: Any) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, "Your partnership asks for a second step: add another one first.")
            return redirect("mfa_list_webauthn")
        response: HttpResponse = super().form_valid(form)
        return response


remove_passkey = RemovePasskeyView.as_view()


class StartCodesView(ActivateTOTPView):
    """Sets up codes from an app; this session goes on with them."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note_set_up(self.request)
        return response


start_codes = StartCodesView.as_view()


class AddPasskeyView(AddWebAuthnView):
    """Adds a passkey; this session goes on with it."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        note_set_up(self.request)
        return response


add_passkey = AddPasskeyView.as_view()
