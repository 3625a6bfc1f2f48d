"""What waits for somebody in `grants`: idle money, bids whose deadline nears, and won ones without a grant."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from wardmote.web.foundation.clock import read_today
from wardmote.web.foundation.to_do import ThingToDo, offer_things_to_do
from wardmote.web.governance.grants.models import Bid
from wardmote.web.governance.grants.policies import find_warnings
from wardmote.web.governance.grants.queries import list_grants, sum_committed_by_day, sum_spent
from wardmote.web.governance.grants.states import UNSENT, BidState
from wardmote.web.partnerships.interface import can

_SOON = timedelta(days=28)
_WORTH_A_LINE = 1  # what is only worth knowing stays on the grant's own page


@offer_things_to_do
def list_grant_things(request: Any) -> Iterator[ThingToDo]:
    """For who writes the ledger: each grant with idle money near or past its end, and each bid that waits."""
    if not can(request.user, "governance.change_grants", request.partnership):
        return
    today, slug = read_today(), request.partnership.slug
    spent, committed = sum_spent(request.partnership), sum_committed_by_day(request.partnership)
    for grant in list_grants(request.partnership):
        for alarm in find_warnings(grant, spent[grant.pk], today, committed_pence=committed[grant.pk]):
            if alarm.urgency <= _WORTH_A_LINE:
                address = reverse("grant", kwargs={"slug": slug, "grant_id": grant.pk})
                yield ThingToDo(f"Grant: {grant.title}", address, alarm.words, grant.ends_on, alarm.urgency)
    yield from _list_bids(request, today)


def _list_bids(request: Any, today: date) -> Iterator[ThingToDo]:
    rows = Bid.objects.filter(partnership=request.partnership)
    for bid in rows.filter(state__in=UNSENT, deadline_on__lte=today + _SOON):
        is_late = bid.deadline_on is not None and bid.deadline_on < today
        title = f"Say what became of a bid: {bid.title}" if is_late else f"Submit a bid: {bid.title}"
        yield ThingToDo(title, _find_address(request, bid), bid.funder, bid.deadline_on, 0 if is_late else 1)
    for bid in rows.filter(state=BidState.WON, grant=None):
        yield ThingToDo(f"Make a grant of a won bid: {bid.title}", _find_address(request, bid), bid.funder)


def _find_address(request: Any, bid: Bid) -> str:
    return reverse("bid", kwargs={"slug": request.partnership.slug, "bid_id": bid.pk})
