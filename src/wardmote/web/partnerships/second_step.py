"""Who needs a second step of sign-in, and who has one."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from wardmote.web.partnerships.models import Partnership, Person

WANTED = "second_step_wanted"  # in the session: where somebody was going who was first led to a second step
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


def must_set_up(request: HttpRequest, person: Person) -> bool:
    """Is to set up a second step before anything else.

    Asked at every page, and nothing of the answer kept in the session: the second step may be taken away, and a role
    that needs one be given, while somebody is signed in.
    """
    if came_by_trusted_service(request, person) or has_second_step(person):
        return False
    return needs_second_step(person)


def find_way_on(request: HttpRequest) -> str:
    """Where somebody goes who has set up the second step: where they were going, else to the first page."""
    return str(request.session.get(WANTED, "/"))
