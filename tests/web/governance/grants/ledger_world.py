"""A grant of £1,000 to write to in tests."""

from datetime import date, timedelta
from typing import Any

from support.web.world import World
from wardmote.web.foundation.clock import read_today
from wardmote.web.governance.grants.actions.grants import make_grant
from wardmote.web.governance.grants.actions.ledger import add_commitment, record_spend
from wardmote.web.governance.grants.models import Commitment, Grant, LedgerEntry
from wardmote.web.governance.grants.queries import find_ledger_faults


def today() -> date:
    return read_today()


def add_grant(world: World, award_pence: int = 100_000, **said: Any) -> Grant:
    fields = {
        "title": "Safety grant", "funder": "Commissioner", "starts_on": today() - timedelta(200),
        "ends_on": today() + timedelta(165), **said,
    }  # fmt: skip
    return make_grant(
        partnership=world.partnership, fields=fields, award_pence=award_pence, on=today() - timedelta(200), by=None
    )


def commit(grant: Grant, pence: int, project: str = "Lighting", **said: Any) -> Commitment:
    fields = {"project": project, "decided_on": today() - timedelta(100), "decision": "Minute 6", **said}
    return add_commitment(grant=grant, fields=fields, amount_pence=pence, by=None)


def spend(commitment: Commitment, pence: int, *, reference: str = "INV 1") -> LedgerEntry:
    return record_spend(commitment=commitment, amount_pence=pence, on=today(), reference=reference, by=None)


def read(row: Any) -> Any:
    return type(row).objects.select_related("partnership").get(pk=row.pk)


def adds_up(world: World) -> bool:
    return find_ledger_faults(world.partnership) == []
