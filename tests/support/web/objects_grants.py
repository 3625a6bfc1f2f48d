"""A grant with its ledger, and a bid, for the truth table. The police hold the commitment: the contributor's body."""

from datetime import timedelta
from typing import Any

from support.web.world import TODAY, World
from wardmote.web.governance.grants.actions.bids import make_bid
from wardmote.web.governance.grants.actions.grants import make_grant
from wardmote.web.governance.grants.actions.ledger import add_commitment, record_spend
from wardmote.web.governance.grants.actions.outputs import add_output
from wardmote.web.partnerships.interface import Role

WORDS = {"table_form": "csv"}


def make_objects(world: World) -> dict[str, Any]:
    by, day = world.people[Role.COORDINATOR], TODAY - timedelta(days=400)
    common: dict[str, Any] = {"partnership": world.partnership, "by": by, "on": day}
    said = {"title": "Community safety grant", "funder": "Commissioner", "starts_on": day, "ends_on": TODAY}
    grant = make_grant(**common, fields=said, award_pence=9_600_000)
    asked = {"title": "Safer streets", "funder": "Home Office", "asked_pence": 11_100_000}
    promised = {"project": "Call blockers", "body": world.police, "decided_on": day, "decision": "Executive, minute 6"}
    commitment = add_commitment(grant=grant, fields=promised, amount_pence=500_000, by=by)
    return {
        "grant": grant, "commitment": commitment, "bid": make_bid(**common, fields=asked),
        "ledger_entry": record_spend(commitment=commitment, amount_pence=100_000, on=day, reference="INV 1", by=by),
        "grant_output": add_output(commitment=commitment, unit="call blockers", planned_count=77, by=by),
    }  # fmt: skip
