"""Ways into the sample partnership without a password: links printed in the terminal, good once, for nobody real."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import login
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from wardmote.web.partnerships.interface import Membership, Person


class _Links(PasswordResetTokenGenerator):
    """A token tells of the last sign-in, so the first one made with it spends it."""

    key_salt = "wardmote.web.project.sample_sign_in"


_links = _Links()


def make_link(person: Person, url: str) -> str:
    """A link that signs this person of the sample in, once."""
    return f"{url}/sample/sign-in?" + urlencode({"who": str(person.pk), "key": _links.make_token(person)})


@require_GET
def sign_in_to_sample(request: HttpRequest) -> HttpResponse:
    """Sign in who the link names; 404 for a spent link and for anybody who is more than a figure of the sample."""
    person = _find_person(request.GET.get("who", ""))
    if person is None or not _links.check_token(person, request.GET.get("key", "")):
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")


def _find_person(key: str) -> Any:
    from uuid import UUID

    try:
        person = Person.objects.filter(pk=UUID(key), is_active=True, is_operator=False).first()
    except ValueError:
        return None
    return person if person and _is_of_the_sample(person) else None


def _is_of_the_sample(person: Person) -> bool:
    held = Membership.objects.filter(person=person)
    return (
        not person.has_usable_password()
        and held.filter(partnership__is_sample=True).exists()
        and not held.filter(partnership__is_sample=False).exists()
    )
