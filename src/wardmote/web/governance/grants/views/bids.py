"""Bids: the pipeline, one bid, and the grant that a won one becomes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.overtaken import watch
from wardmote.web.governance.asking import read_confirmed
from wardmote.web.governance.grants.actions import bids as actions
from wardmote.web.governance.grants.actions.grants import make_grant_of_bid
from wardmote.web.governance.grants.forms.bids import BidFilterForm, BidForm, MoveBidForm
from wardmote.web.governance.grants.forms.grants import GrantForm
from wardmote.web.governance.grants.models import Bid
from wardmote.web.governance.grants.policies import can_change_bid_text, find_win_rate
from wardmote.web.governance.grants.presenters import BID_COLOURS, list_won, sum_pipeline
from wardmote.web.governance.grants.queries import get_bid, has_grant
from wardmote.web.governance.grants.queries import list_bids as query_bids
from wardmote.web.governance.grants.states import UNSENT, BidState
from wardmote.web.governance.grants.views.frame import (
    Crumb,
    describe_page,
    find_address,
    finish,
    lead_to_bids,
    lead_to_grants,
)
from wardmote.web.partnerships.interface import PartnershipRequest, get_own, in_partnership, name_people


def lead_to_bid(request: PartnershipRequest, bid: Bid) -> list[Crumb]:
    return [lead_to_grants(request), lead_to_bids(request), (bid.title, find_address(request, "bid", bid_id=bid.pk))]


@in_partnership("governance.view_bids")
def list_bids(request: PartnershipRequest) -> HttpResponse:
    """The pipeline: every bid or those that are searched for, the win rate, and what the won ones became."""
    every, form = list(query_bids(request.partnership)), BidFilterForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    shown = list(query_bids(request.partnership, words=asked.get("words", ""), state=asked.get("state", "")))
    facts = describe_page(request, lead_to_grants(request), title="Bids") | {
        "bids": [(bid, BidState(bid.state).label, BID_COLOURS[BidState(bid.state)]) for bid in shown],
        "filter": form, "total": len(every), "rate": find_win_rate(every), "pipeline": sum_pipeline(every),
        "won": list_won(every), "today": read_today(), "unsent": UNSENT,
    }  # fmt: skip
    return render(request, "governance/grants/bids.html", facts)


@in_partnership("governance.view_bids")
def show_bid(request: PartnershipRequest, bid_id: Any) -> HttpResponse:
    """One bid with its history, its text, and what the funder said."""
    bid = get_bid(request, bid_id)
    steps = list(bid.steps.all())
    state = BidState(bid.state)
    facts = describe_page(request, lead_to_grants(request), lead_to_bids(request), title=bid.title) | {
        "bid": bid, "state": state.label, "colour": BID_COLOURS[state],
        "steps": [(step, BidState(step.state).label) for step in steps],
        "names": name_people({step.made_by for step in steps}),
        "won": next(iter(list_won([bid])), None), "is_won": state == BidState.WON,
        "text_is_open": can_change_bid_text(bid), "has_grant": has_grant(bid),
    }  # fmt: skip
    return render(request, "governance/grants/bid.html", facts)


@in_partnership("governance.change_bids")
def make_bid(request: PartnershipRequest) -> HttpResponse:
    """Begin a bid; `?reuse=` names an earlier one whose words it begins with."""
    reuses = _find_reused(request)
    form = BidForm(request.partnership, request.POST or None, reuses=reuses)

    def save() -> None:
        actions.make_bid(
            partnership=request.partnership, fields=form.read_fields(), on=read_today(), reuses=reuses, by=request.user,
            confirmed=read_confirmed(form),
        )  # fmt: skip

    way = [lead_to_grants(request), lead_to_bids(request)]
    intro = f"It begins with the words of “{reuses.title}”." if reuses else ""
    return finish(request, form, save, way=way, title="Add a bid", done="The bid is added.", intro=intro)


def _find_reused(request: PartnershipRequest) -> Bid | None:
    key = request.GET.get("reuse", "")
    if not key:
        return None
    try:
        return get_own(Bid.objects.all(), request, id=key)
    except (ValueError, TypeError, ValidationError):
        raise Http404 from None


@in_partnership("governance.change_bids")
def change_bid(request: PartnershipRequest, bid_id: Any) -> HttpResponse:
    bid = get_bid(request, bid_id)
    form = BidForm(request.partnership, request.POST or None, bid=bid)
    watch(form)

    def save() -> None:
        actions.change_bid(bid=bid, fields=form.read_fields(), by=request.user)

    way = lead_to_bid(request, bid)
    intro = "" if can_change_bid_text(bid) else "The funder has this bid: title, amount and text stay as submitted."
    return finish(request, form, save, way=way, title="Change this bid", done="The bid is changed.", intro=intro)


@in_partnership("governance.change_bids")
def move_bid(request: PartnershipRequest, bid_id: Any) -> HttpResponse:
    bid = get_bid(request, bid_id)
    form = MoveBidForm(bid, request.POST or None)
    watch(form, {"state": bid.state})

    def save() -> None:
        found = form.cleaned_data
        actions.move_bid(bid=bid, to=BidState(found["to"]), on=found["on"], note=found["note"], by=request.user)

    way = lead_to_bid(request, bid)
    return finish(request, form, save, way=way, title="What came of this bid", done="The bid is brought up to date.")


@in_partnership("governance.change_bids")
def make_grant_from_bid(request: PartnershipRequest, bid_id: Any) -> HttpResponse:
    """A won bid becomes a grant; where the award is not what was asked for, the difference is explained."""
    bid = get_bid(request, bid_id)
    if bid.state != BidState.WON or has_grant(bid):
        return redirect(find_address(request, "bid", bid_id=bid.pk))
    form = GrantForm(request.POST or None, bid=bid)

    def save() -> None:
        found = form.cleaned_data
        make_grant_of_bid(
            bid=bid, fields=form.read_fields(), award_pence=found["award"], on=found["awarded_on"],
            difference_reason=found["difference_reason"], by=request.user,
        )  # fmt: skip

    way = lead_to_bid(request, bid)
    return finish(request, form, save, way=way, title="Make a grant of this bid", done="The bid has become a grant.")
