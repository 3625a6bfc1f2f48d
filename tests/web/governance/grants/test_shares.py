"""More committed in a year than its share of the award: asked about before, told of afterwards."""

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.governance.asking import AskedError
from wardmote.web.governance.grants.actions.grants import set_years
from wardmote.web.governance.grants.actions.ledger import change_commitment
from wardmote.web.governance.grants.models import Grant
from wardmote.web.governance.grants.queries import sum_committed_by_day
from wardmote.web.governance.grants.shares import stand_in_years
from wardmote.web.partnerships.interface import Role
from web.governance.grants.ledger_world import add_grant, commit, read

WORDS = "More is committed in 2026/27 than that year’s share of £70,000.00: by £34,500.00"


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


def add_placed(world: World) -> Grant:
    """£111,000 for two years, £62,500 of it committed in the first, whose share is £70,000."""
    grant = add_grant(world, 11_100_000, starts_on=date(2026, 4, 1), ends_on=date(2028, 3, 31))
    set_years(grant=grant, shares_pence={2026: 7_000_000, 2027: 4_100_000}, by=None)
    commit(grant, 6_250_000, "Lights", decided_on=date(2026, 3, 20))  # before the first year: counts to it
    return grant


def test_form_asks_and_the_overrun_is_told_everywhere(world: World) -> None:
    grant, client = add_placed(world), world.sign_in(Role.COORDINATOR)
    where = reverse("add_commitment", kwargs={"slug": "ashmere", "grant_id": grant.pk})
    typed: dict[str, Any] = {"project": "Cameras", "decision": "Minute 9", "amount": "42,000"}
    typed |= {"on-day": 1, "on-month": 9, "on-year": 2026}
    asked = client.post(where, typed).content.decode()
    assert (
        "With this £104,500.00 is committed in 2026/27, £34,500.00 more than that year’s share of £70,000.00" in asked
    )
    assert read(grant).committed_pence == 6_250_000
    keys = re.findall(r'name="confirmed"[^>]*value="([^"]+)"', asked)
    assert client.post(where, typed | {"confirmed": keys}).status_code == 302
    addresses = [reverse("grant", kwargs={"slug": "ashmere", "grant_id": grant.pk}), "/p/ashmere/"]
    for address in (*addresses, reverse("grants", kwargs={"slug": "ashmere"})):
        assert WORDS in client.get(address).content.decode()
    file = client.get(reverse("ledger_file", kwargs={"slug": "ashmere", "table_form": "csv"}))
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    found = {(row["year_share_pence"], row["year_committed_pence"], row["year_over_share_pence"]) for row in rows}
    assert found == {("7000000", "10450000", "3450000")}


def test_share_is_asked_of_what_adds_to_it_alone(world: World) -> None:
    grant = add_placed(world)
    lights = grant.commitments.get()
    change: dict[str, Any] = {"commitment": lights, "on": date(2026, 9, 1), "reason": "Dearer", "by": None}
    change_commitment(**change, by_pence=750_000, decision="To the penny")
    with pytest.raises(AskedError, match=r"£0\.01 more than that year’s share"):
        change_commitment(**change, by_pence=1, decision="A penny more")
    change_commitment(**change, by_pence=-1, decision="A penny less")
    stands = stand_in_years(grant, sum_committed_by_day(world.partnership)[grant.pk])
    assert [(one.year, one.committed_pence, one.over_pence) for one in stands.values()] == [
        (2026, 6_999_999, 0), (2027, 0, 0),
    ]  # fmt: skip
    assert stand_in_years(add_grant(world, title="Unplaced"), {date(2026, 9, 1): 5}) == {}
