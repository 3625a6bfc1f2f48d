"""Who needs a second step of sign-in, and who has one."""

from enum import Enum, auto
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from wardmote.web.partnerships.models import Partnership, Person

WANTED = "second_step_wanted"  # in the session: where somebody was going who was first led to a second step
SET_UP_HERE = "second_step_set_up_by"  # in the session: who has shown a second step in it by setting one up
_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_step(person: Person) -> bool:
    """Belongs to a partnership that asks for one, or runs an installation that holds more than the sample."""
    if Partnership.objects.filter(
        needs_second_step=True, pk__in=person.memberships.filter(ended_at=None).values("partnership")
    ).exists():
        return True
    return person.is_operator and Partnership.objects.filter(is_sample=False, needs_second_step=True).exists()


def has_second_step(person: Person) -> bool:
    """Has an app for codes or a passkey."""
    return Authenticator.objects.filter(user=person, type__in=_STEPS).exists()


def list_trusted_services() -> frozenset[str]:
    """The sign-in services that ask for a second step themselves, as their settings say."""
    return frozenset(
        str(service["provider_id"])
        for kind in settings.SOCIALACCOUNT_PROVIDERS.values()
        for service in kind.get("APPS", [])
        if service["settings"].get("has_second_step") is True
    )


def came_by_trusted_service(request: HttpRequest, person: Person) -> bool:
    """Signed in this time by a service that asked for a second step."""
    records: list[dict[str, Any]] = get_authentication_records(request, person)
    trusted = list_trusted_services()
    return any(
        record.get("method") == "socialaccount" and record.get("provider") in trusted for record in records
    )  # fmt: skip


class Missing(Enum):
    """What a session lacks of a second step."""

    NOTHING = auto()
    SET_UP = auto()  # the person needs one and has none
    SHOWN = auto()  # the person has one, and the session began before with a password alone


def find_missing(request: HttpRequest, person: Person) -> Missing:
    """What must be done about a second step before anything else.

    Asked at every page, and nothing of the answer kept in the session: the second step may be taken away, one be set
    up in another browser, and a role that needs one be given, while somebody is signed in.
    """
    if came_by_trusted_service(request, person):
        return Missing.NOTHING
    if has_second_step(person):
        return Missing.NOTHING if has_shown_second_step(request, person) else Missing.SHOWN
    return Missing.SET_UP if needs_second_step(person) else Missing.NOTHING


def has_shown_second_step(request: HttpRequest, person: Person) -> bool:
    """Whether a code, a recovery code or a passkey was given in this session, at sign-in or since."""
    records: list[dict[str, Any]] = get_authentication_records(request, person)
    if any(record.get("method") == "mfa" for record in records):
        return True
    return bool(request.session.get(SET_UP_HERE) == str(person.pk))


def note_set_up(request: HttpRequest) -> None:
    """Who sets a second step up has shown it; the person's other sessions are asked for it."""
    request.session[SET_UP_HERE] = str(request.user.pk)


def find_way_on(request: HttpRequest) -> str:
    """Where somebody goes who has set up the second step: where they were going, else to the first page."""
    return str(request.session.get(WANTED, "/"))
