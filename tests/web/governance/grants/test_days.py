"""Days that cannot be are refused beside their box; those a little outside a grant are real."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from support.web.world import World, make_world
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.grants.actions import ledger
from wardmote.web.governance.grants.actions.grants import change_award
from wardmote.web.governance.grants.actions.outputs import add_output, record_delivery
from wardmote.web.governance.grants.models import Commitment
from wardmote.web.governance.grants.policies import EARLY, LATE, check_day_of_grant
from wardmote.web.partnerships.interface import Role
from web.governance.grants.ledger_world import add_grant, adds_up, commit, read, spend, today


@pytest.fixture
def world(db: None) -> World:
    return make_world("ashmere")


LONG_AGO = date(2020, 1, 1)


@pytest.mark.parametrize(
    "act",
    [
        lambda one: commit(one.grant, 100, "Doors", decided_on=date(1990, 1, 1)),
        lambda one: ledger.record_spend(commitment=one, amount_pence=5, on=LONG_AGO, reference="I", by=None),
        lambda one: ledger.record_match(grant=one.grant, amount_pence=5, on=LONG_AGO, reference="C", by=None),
        lambda one: ledger.change_commitment(
            commitment=one, by_pence=-5, on=LONG_AGO, decision="M", reason="Less", by=None),
        lambda one: record_delivery(
            output=add_output(commitment=one, unit="lamps", planned_count=1, by=None), count=1, on=LONG_AGO, note="",
            by=None),
    ],
)  # fmt: skip
def test_day_long_before_the_grant_is_refused(world: World, act: Callable[[Commitment], Any]) -> None:
    commitment = commit(add_grant(world, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31)), 50_000)
    with pytest.raises(RefusedError, match="no day of this grant, which runs from 1 April 2026 to 31 March 2027"):
        act(commitment)
    assert adds_up(world)


def test_days_a_little_outside_are_taken_and_money_comes_back_later(world: World) -> None:
    grant = add_grant(world)
    for day in (grant.starts_on - EARLY, grant.ends_on + LATE):
        check_day_of_grant(grant, day)
    late = grant.ends_on + LATE + timedelta(1)
    check_day_of_grant(grant, late, is_giving_back=True)
    for day in (grant.starts_on - EARLY - timedelta(1), late):
        with pytest.raises(RefusedError, match="half a year before and a year after"):
            check_day_of_grant(grant, day)


def test_nothing_is_put_right_before_it_was_made(world: World) -> None:
    grant = add_grant(world)
    entry = spend(commit(grant, 50_000), 100)
    with pytest.raises(RefusedError, match="cannot be taken back before"):
        ledger.reverse_entry(entry=read(entry), on=today() - timedelta(1), reason="Wrong", by=None)
    with pytest.raises(RefusedError, match="comes no earlier"):
        change_award(grant=grant, award_pence=90_000, on=LONG_AGO, reason="Cut", by=None)
    with pytest.raises(RefusedError, match="Look at the year"):
        add_grant(world, starts_on=date(2031, 4, 1), ends_on=date(2032, 3, 31))


def test_form_says_which_days_beside_the_box(world: World) -> None:
    grant = add_grant(world, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31))
    where = reverse("add_commitment", kwargs={"slug": "ashmere", "grant_id": grant.pk})
    client = world.sign_in(Role.COORDINATOR)
    assert "This grant takes days from 30 September 2025 to 31 March 2028" in client.get(where).content.decode()
    typed = {"project": "Doors", "decision": "Minute 8", "amount": "5", "on-day": 1, "on-month": 1, "on-year": 1990}
    page = client.post(where, typed).content.decode()
    assert "1 January 1990 is no day of this grant" in page
    assert 'id="id_on-error"' in page
