"""The quarterly access review on one page."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.partnerships.doors import PartnershipRequest, in_partnership
from wardmote.web.partnerships.further_access import FurtherAccess, list_further_access
from wardmote.web.partnerships.models import AccessReview, Membership
from wardmote.web.partnerships.reviews import (
    confirm_memberships,
    find_open_review,
    find_review_start,
    is_only_manager,
    list_unconfirmed,
)
from wardmote.web.partnerships.views.frame import make_trail


@in_partnership("partnerships.review_access")
def review_access(request: PartnershipRequest) -> HttpResponse:
    """Confirm who still needs access, body by body, and what they have beside their roles."""
    review = find_open_review(request.partnership)
    start = find_review_start(review) if review else None
    waiting = list(list_unconfirmed(request.partnership, start)) if start else []
    further = list_further_access(request.partnership, start) if start else []
    if request.method == "POST" and review is not None:
        return _confirm(request, review, waiting, further)
    page = {
        "review": review,
        "groups": _group(waiting),
        "further": _group_further(further),
        "may_confirm_self": is_only_manager(request.user, request.partnership),
        "breadcrumbs": make_trail(request, ("People", "people")),
        "past": _list_past(request),
    }
    return render(request, "partnerships/access_review.html", page)


def _list_past(request: PartnershipRequest) -> Any:
    rows = AccessReview.objects.filter(partnership=request.partnership).exclude(closed_at=None)
    return rows.order_by("-opened_on")[:8]


def _group(waiting: list[Membership]) -> list[tuple[str, list[Membership]]]:
    def name(membership: Membership) -> str:
        body = membership.organisation or membership.person.organisation
        return body.name if body else "No organisation"

    return [(body, list(held)) for body, held in groupby(sorted(waiting, key=name), key=name)]


def _group_further(further: list[FurtherAccess]) -> list[tuple[str, list[FurtherAccess]]]:
    def name(one: FurtherAccess) -> str:
        return one.kind

    return [(kind, list(held)) for kind, held in groupby(sorted(further, key=name), key=name)]


def _confirm(
    request: PartnershipRequest, review: AccessReview, waiting: list[Membership], further: list[FurtherAccess]
) -> HttpResponse:
    ticked = set(request.POST.getlist("membership"))
    chosen = [membership for membership in waiting if str(membership.pk) in ticked]
    beside = [one for one in further if one.key in request.POST.getlist("further")]
    if not chosen and not beside:
        messages.error(request, "Tick at least one role to confirm.")
        return redirect("access_review", slug=request.partnership.slug)
    try:
        count = confirm_memberships(by=request.user, review=review, memberships=chosen, further=beside)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{count} confirmed.")
    return redirect("access_review", slug=request.partnership.slug)
