"""An entry that equals one that stands is asked about, not written: Back and send again, or two who send at once."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.asking import AskedError
from wardmote.web.governance.grants.actions import ledger
from wardmote.web.governance.grants.actions.bids import make_bid
from wardmote.web.governance.grants.actions.outputs import add_output, record_delivery
from wardmote.web.governance.grants.models import Bid, Commitment, Delivery, Grant, LedgerEntry
from wardmote.web.partnerships.interface import Role
from web.governance.grants.ledger_world import add_grant, adds_up, commit, read, spend, today


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def find(name: str, **keys: Any) -> str:
    return reverse(name, kwargs={"slug": "ashmere", **keys})


def type_date(name: str, day: date) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def count_rows() -> list[int]:
    return [model.objects.count() for model in (Grant, Bid, LedgerEntry, Delivery)]


def read_keys(page: str) -> list[str]:
    return re.findall(r'name="confirmed"[^>]*value="([^"]+)"', page)


def test_form_sent_twice_asks_and_loses_nothing(world: World) -> None:
    commitment = commit(add_grant(world), 50_000)
    client = world.sign_in(Role.COORDINATOR)
    where = find("record_spend", grant_id=commitment.grant_id, commitment_id=commitment.pk)
    typed: dict[str, Any] = {"which": "spent", "amount": "50", "reference": "DBL-1", "reason": "Two lamps"}
    typed |= type_date("on", today())
    assert client.post(where, typed).status_code == 302
    again = client.post(where, typed | {"reference": "dbl-1 "})
    page = again.content.decode()
    assert again.status_code == 422
    assert re.search(r"An entry like this was made at \d\d:\d\d by you", page)
    assert [words for words in ("dbl-1", "Two lamps", 'value="50"') if words not in page] == []
    assert read(commitment).spent_pence == 5_000
    ticked = typed | {"confirmed": read_keys(page)}
    assert client.post(where, ticked).status_code == 302
    assert client.post(where, ticked).status_code == 422  # the tick was for the first, not for every one to come
    assert (read(commitment).spent_pence, adds_up(world)) == (10_000, True)


def test_every_kind_of_entry_is_asked_about(world: World) -> None:
    grant = add_grant(world)
    lamps, doors = commit(grant, 30_000, "Lamps"), commit(grant, 30_000, "Doors")
    spend(lamps, 10_000)
    day: dict[str, Any] = {"on": today(), "by": None}
    output = add_output(commitment=lamps, unit="lamps", planned_count=9, by=None)
    fields = {"title": "Lamps", "funder": "Fund", "asked_pence": 500}
    for act in (
        lambda: add_grant(world, title="Second grant"),
        lambda: make_bid(partnership=world.partnership, fields=fields, **day),
        lambda: commit(grant, 10_000, "Gates"),
        lambda: ledger.change_commitment(commitment=lamps, by_pence=-100, decision="M 9", reason="Less", **day),
        lambda: ledger.record_refund(commitment=lamps, amount_pence=50, reference="CN", reason="Back", **day),
        lambda: ledger.move_money(giver=lamps, taker=doors, amount_pence=70, reason="Needed", **day),
        lambda: ledger.record_match(grant=grant, amount_pence=50, reference="Council", **day),
        lambda: record_delivery(output=output, count=3, note="", **day),
    ):
        act()
        before = count_rows()
        with pytest.raises(AskedError, match="like this was made"):
            act()
        assert count_rows() == before
    assert (Commitment.objects.count(), read(output).delivered_count, adds_up(world)) == (3, 3, True)


def test_what_differs_or_no_longer_stands_is_not_asked_about(world: World) -> None:
    grant = add_grant(world)
    lamps, doors = commit(grant, 30_000, "Lamps"), commit(grant, 30_000, "Doors")
    first = spend(lamps, 5_000, reference="INV 1")
    spend(lamps, 5_000, reference="INV 2")
    spend(lamps, 5_001, reference="INV 1")
    ledger.reverse_entry(entry=read(first), on=today(), reason="Keyed under the wrong project", by=None)
    spend(doors, 5_000, reference="INV 1")
    with pytest.raises(RefusedError, match="like this"):
        spend(lamps, 5_000, reference="INV 1")  # an invoice is one, whichever project it is booked to
    assert adds_up(world)
