"""The quarterly access review on one page."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.partnerships.doors import PartnershipRequest, in_partnership
from wardmote.web.partnerships.models import AccessReview, Membership
from wardmote.web.partnerships.policies import RefusedError
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
    """Confirm who still needs access, body by body."""
    review = find_open_review(request.partnership)
    waiting = list(list_unconfirmed(request.partnership, find_review_start(review))) if review else []
    if request.method == "POST" and review is not None:
        return _confirm(request, review, waiting)
    page = {
        "review": review,
        "groups": _group(waiting),
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


def _confirm(request: PartnershipRequest, review: AccessReview, waiting: list[Any]) -> HttpResponse:
    ticked = set(request.POST.getlist("membership"))
    chosen = [membership for membership in waiting if str(membership.pk) in ticked]
    if not chosen:
        messages.error(request, "Tick at least one role to confirm.")
        return redirect("access_review", slug=request.partnership.slug)
    try:
        count = confirm_memberships(by=request.user, review=review, memberships=chosen)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{count} confirmed.")
    return redirect("access_review", slug=request.partnership.slug)
