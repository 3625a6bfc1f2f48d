"""Writes of bids."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.asking import ask_of_alike, check_confirmed
from wardmote.web.governance.grants.models import Bid, BidStep
from wardmote.web.governance.grants.policies import can_change_bid_text, check_can_move
from wardmote.web.governance.grants.queries import has_grant
from wardmote.web.governance.grants.states import BidState
from wardmote.web.partnerships.interface import Partnership, Person

#: What the funder has once the bid is submitted.
SENT_FIELDS = frozenset({"title", "funder", "fund", "asked_pence", "text"})


def make_bid(
    *,
    partnership: Partnership,
    fields: Mapping[str, Any],
    on: date,
    by: Person | None,
    reuses: Bid | None = None,
    confirmed: Collection[str] = (),
) -> Bid:
    """Begin a bid, perhaps with the text of an earlier one; one that equals another is asked about."""
    with writing(by=by, verb="governance.bid_made", partnership=partnership) as write:
        Partnership.objects.select_for_update().get(pk=partnership.pk)  # of two who send the same, one is asked
        same = {name: fields[name] for name in ("title", "funder", "asked_pence")} | {"state": BidState.IDEA}
        for twin in Bid.objects.filter(partnership=partnership, **same):
            check_confirmed([ask_of_alike(twin.pk, twin.made_at, twin.made_by, by=by, what="A bid")], confirmed)
        bid = Bid.objects.create(
            partnership=partnership, reuses=reuses, made_at=read_now(), made_by=by.pk if by else None, **fields
        )
        write.subject = bid
        _add_step(bid, BidState(bid.state), on=on, note="", by=by)
    return bid


def change_bid(*, bid: Bid, fields: Mapping[str, Any], by: Person | None) -> Bid:
    """Change a bid; once it is submitted, what the funder has stays as it is."""
    with writing(by=by, verb="governance.bid_changed", partnership=bid.partnership, subject=bid):
        hold_bid(bid)
        closed = SENT_FIELDS if not can_change_bid_text(bid) else frozenset()
        if any(name in closed and getattr(bid, name) != value for name, value in fields.items()):
            raise RefusedError("The funder has this bid: its title, amount and text stay as they were submitted")
        for name, value in fields.items():
            setattr(bid, name, value)
        bid.save()
    return bid


def move_bid(*, bid: Bid, to: BidState, on: date, note: str, by: Person | None) -> BidStep:
    """Take a bid further, on a day, with what was said."""
    with writing(by=by, verb=f"governance.bid_{to}", partnership=bid.partnership, subject=bid):
        hold_bid(bid)
        check_can_move(bid, to, has_grant=has_grant(bid))
        last = BidStep.objects.filter(partnership=bid.partnership_id, bid=bid).order_by("-number").first()
        if on > read_today() or (last is not None and on < last.on):
            raise RefusedError("The day must not be one to come, nor before the last move of this bid")
        bid.state = to
        if note and to in (BidState.LOST, BidState.SHORTLISTED, BidState.WON):
            bid.feedback = "\n\n".join(part for part in (bid.feedback, note) if part)
        bid.save()
        return _add_step(bid, to, on=on, note=note, by=by)


def _add_step(bid: Bid, state: BidState, *, on: date, note: str, by: Person | None) -> BidStep:
    number = BidStep.objects.filter(partnership=bid.partnership_id, bid=bid).count() + 1
    return BidStep.objects.create(
        partnership=bid.partnership, bid=bid, number=number, state=state, on=on, note=note, made_at=read_now(),
        made_by=by.pk if by else None,
    )  # fmt: skip


def hold_bid(bid: Bid) -> None:
    """Hold the bid for this write and read it again."""
    rows = Bid.objects.select_for_update().filter(partnership=bid.partnership_id)
    partnership = bid.partnership
    bid.refresh_from_db(from_queryset=rows)
    bid.partnership = partnership
    bid.remember_fields()
