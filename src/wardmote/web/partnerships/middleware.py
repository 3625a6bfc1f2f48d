"""True of every answer: private pages are kept nowhere, the second step is not left out, who is here is noted."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.second_step import WANTED, Missing, find_missing

Answer = Callable[[HttpRequest], HttpResponse]

#: Where somebody may go who has yet to set up a second step.
_PUBLIC = ("/static/", "/health", "/accessibility", "/privacy")
_OPEN = ("/account/", "/invitation/", *_PUBLIC)
#: Where somebody may go who has yet to show the second step: not to the pages that change how one signs in.
_OPEN_TO_SHOW = (
    "/account/reauthenticate/", "/account/2fa/reauthenticate/", "/account/2fa/webauthn/reauthenticate/",
    "/account/logout/", *_PUBLIC,
)  # fmt: skip


def keep_private(get_response: Answer) -> Answer:
    """Nothing that a signed-in person sees is kept by a browser or proxy (T6)."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def ask_second_step(get_response: Answer) -> Answer:
    """Who needs a second step and has none is led to set one up; who has not shown it in this session, to show it."""

    def answer(request: HttpRequest) -> HttpResponse:
        person: Any = request.user
        if request.path.startswith(_OPEN_TO_SHOW) or not person.is_authenticated:
            return get_response(request)
        missing = find_missing(request, person)
        if missing is Missing.SHOWN:
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': _find_aim(request)})}")
        if missing is Missing.NOTHING or request.path.startswith(_OPEN):
            return get_response(request)
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect("choose_second_step")

    return answer


def _find_aim(request: HttpRequest) -> str:
    """Where somebody was going; what was sent is not sent again."""
    return request.get_full_path() if request.method == "GET" else "/"


def note_seen(get_response: Answer) -> Answer:
    """Write down, once a day at most, that somebody is still here."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/static/") and request.user.is_authenticated:
            _note(request.user)
        return get_response(request)

    return answer


def _note(person: Any) -> None:
    today = read_today()
    if person.seen_on != today:
        with writing(by=person, verb="people.seen", subject=person):
            person.seen_on = today
            person.save(update_fields=["seen_on"])
