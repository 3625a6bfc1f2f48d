"""What other apps may use of governance."""

from wardmote.web.governance.grants.actions.bids import make_bid, move_bid
from wardmote.web.governance.grants.actions.grants import change_award, make_grant, make_grant_of_bid, set_years
from wardmote.web.governance.grants.actions.ledger import (
    add_commitment,
    move_money,
    record_refund,
    record_spend,
)
from wardmote.web.governance.grants.actions.outputs import add_output, record_delivery
from wardmote.web.governance.grants.models import Bid, Commitment, Grant
from wardmote.web.governance.grants.states import BidState
from wardmote.web.governance.risks.actions import add_mitigation, add_risk, close_risk, score_risk
from wardmote.web.governance.risks.models import RegisteredRisk

__all__ = [
    "Bid",
    "BidState",
    "Commitment",
    "Grant",
    "RegisteredRisk",
    "add_commitment",
    "add_mitigation",
    "add_output",
    "add_risk",
    "change_award",
    "close_risk",
    "make_bid",
    "make_grant",
    "make_grant_of_bid",
    "move_bid",
    "move_money",
    "record_delivery",
    "record_refund",
    "record_spend",
    "score_risk",
    "set_years",
]
