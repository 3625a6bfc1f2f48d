"""How a view reaches a return: of this partnership, and seen by who asks, or 404."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse

from wardmote.evidence.model.errors import WardmoteError
from wardmote.web.foundation.design.words import begin_sentence
from wardmote.web.partnerships.interface import PartnershipRequest, can, check_may, get_own
from wardmote.web.returns.models import Return

_RELATED = (
    "partnership",
    "quarter",
    "quarter__partnership",
    "indicator",
    "indicator__priority",
    "version",
    "organisation",
)


def get_seen_return(request: PartnershipRequest, pk: UUID) -> Return:
    """The return, or 404 where it is another partnership's or another agency's."""
    ret = get_own(Return.objects.select_related(*_RELATED), request, pk=pk)
    ret.partnership = request.partnership
    if not can(request.user, "returns.view_return", ret):
        raise Http404
    return ret


def get_own_return(request: PartnershipRequest, pk: UUID) -> Return:
    """The return of an agency that the person returns for; 404 where it is not seen, 403 where it is another's."""
    ret = get_seen_return(request, pk)
    check_may(request, "returns.make_return", ret)
    return ret


def tell_refusal(request: HttpRequest, error: WardmoteError) -> None:
    """Say at the top of the next page why something was not done."""
    messages.error(request, begin_sentence(error))


def list_crumbs(request: PartnershipRequest, *further: tuple[str, str]) -> list[dict[str, Any]]:
    """The way to a page: what to do, returns, and further."""
    slug = request.partnership.slug
    steps = [("What to do", reverse("partnership_home", args=[slug])), ("Returns", reverse("returns", args=[slug]))]
    return [{"text": text, "href": href} for text, href in (*steps, *further)]
