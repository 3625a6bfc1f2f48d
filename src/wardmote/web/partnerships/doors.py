"""How a view is entered: signed in, a member of the partnership in the address, with the ability that the page needs.

A partnership that somebody has no role in, and a record of another partnership, answer 404, as what does not exist.
A member without the ability is told so (403).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from wardmote.web.partnerships.models import Partnership, Person
from wardmote.web.partnerships.permissions import can, find_roles
from wardmote.web.partnerships.states import Role

M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]


class PartnershipRequest(HttpRequest):
    """A request inside a partnership: who asks, where, in which roles."""

    user: Person
    partnership: Partnership
    roles: frozenset[Role]


def signed_in(view: View) -> View:
    """Let only people who are signed in see the page."""

    @wraps(view)
    def enter(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    enter.ability = "signed_in"  # type: ignore[attr-defined]
    return enter


def in_partnership(ability: str) -> Callable[[View], View]:
    """Let only members with the ability see the page; gives the view a PartnershipRequest.

    The address has the partnership's `slug`; the view is called without it. `enter.ability` is read by the truth table
    of all pages.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def enter(request: Any, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.partnership = _get_joined(request, slug)
            request.roles = find_roles(request.user, request.partnership)
            check_may(request, ability, request.partnership)
            return view(request, *args, **kwargs)

        enter.ability = ability  # type: ignore[attr-defined]
        return enter

    return decorate


def _get_joined(request: HttpRequest, slug: str) -> Partnership:
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None or not find_roles(request.user, partnership):
        raise Http404
    return partnership


def check_may(request: Any, ability: str, obj: Any) -> None:
    """Raise PermissionDenied (403) where the person may not do this to the thing."""
    if not can(request.user, ability, obj):
        raise PermissionDenied(ability)


def get_own(rows: "QuerySet[M]", request: PartnershipRequest, **wanted: Any) -> M:
    """The one record of this partnership that is wanted, or 404. `rows` may be narrowed to what the person sees."""
    found = rows.filter(partnership=request.partnership, **wanted).first()
    if found is None:
        raise Http404
    return found


def find_address(request: PartnershipRequest, name: str, **keys: Any) -> str:
    """The address of a page of the partnership that the request is in."""
    return reverse(name, kwargs={"slug": request.partnership.slug, **keys})
