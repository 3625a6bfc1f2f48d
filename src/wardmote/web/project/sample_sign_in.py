"""Ways into the sample partnership without a password: links printed in the terminal, good once, for nobody real.

Which links were used stands in the audit trail: the entry of a sign-in names the link's own number.
"""

import secrets
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from wardmote.web.foundation.models import AuditEntry
from wardmote.web.foundation.writes import writing
from wardmote.web.partnerships.interface import Membership, Person

_SALT = "wardmote.web.project.sample_sign_in"
_VERB = "sample.way_in_used"
_SECONDS = 3 * 24 * 3600


def make_link(person: Person, url: str) -> str:
    """A link that signs this person of the sample in, once, within three days."""
    key = signing.dumps([str(person.pk), secrets.token_hex(8)], salt=_SALT)
    return f"{url}/sample/sign-in?key={key}"


@require_GET
def sign_in_to_sample(request: HttpRequest) -> HttpResponse:
    """Sign in who the link names: 410 for a link that was used, 404 for one that names nobody of the sample."""
    person, number = _read_key(request.GET.get("key", ""))
    if person is None or not _is_of_the_sample(person):
        return _refuse(request, status=404)
    try:
        _spend(person, number)
    except SpentError:
        return _refuse(request, status=410)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create_from_request(request)  # as of any other sign-in: it stands among the devices
    return redirect("home")


class SpentError(Exception):
    """The link was used before; raised inside of the write, so that none is kept."""


def _spend(person: Person, number: str) -> None:
    with writing(by=person, verb=_VERB, subject=person, facts={"link": number}):
        if AuditEntry.objects.filter(verb=_VERB, subject=person.pk, body__contains=number).exists():
            raise SpentError


def _refuse(request: HttpRequest, *, status: int) -> HttpResponse:
    return render(request, "project/sample_link.html", {"is_spent": status == 410}, status=status)


def _read_key(key: str) -> tuple[Any, str]:
    try:
        who, number = signing.loads(key, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None, ""
    return Person.objects.filter(pk=who, is_active=True, is_operator=False).first(), number


def _is_of_the_sample(person: Person) -> bool:
    held = Membership.objects.filter(person=person)
    return (
        not person.has_usable_password()
        and held.filter(partnership__is_sample=True).exists()
        and not held.filter(partnership__is_sample=False).exists()
    )
