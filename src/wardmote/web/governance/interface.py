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
from wardmote.web.governance.library.actions.boards import acknowledge as acknowledge_document
from wardmote.web.governance.library.actions.boards import keep_board, offer_file, record_sharing
from wardmote.web.governance.library.actions.glossary import add_term
from wardmote.web.governance.library.actions.themes import add_evidence, add_theme, review_theme
from wardmote.web.governance.library.glossary import find_undefined_acronyms
from wardmote.web.governance.library.states import BoardKind, ThemeState
from wardmote.web.governance.risks.actions import add_mitigation, add_risk, close_risk, score_risk
from wardmote.web.governance.risks.models import RegisteredRisk

__all__ = [
    "Bid",
    "BidState",
    "BoardKind",
    "Commitment",
    "Grant",
    "RegisteredRisk",
    "ThemeState",
    "acknowledge_document",
    "add_commitment",
    "add_evidence",
    "add_mitigation",
    "add_output",
    "add_risk",
    "add_term",
    "add_theme",
    "change_award",
    "close_risk",
    "find_undefined_acronyms",
    "keep_board",
    "make_bid",
    "make_grant",
    "make_grant_of_bid",
    "move_bid",
    "move_money",
    "offer_file",
    "record_delivery",
    "record_refund",
    "record_sharing",
    "record_spend",
    "review_theme",
    "score_risk",
    "set_years",
]
