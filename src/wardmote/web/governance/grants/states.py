"""The closed lists of the grant ledger and of the bids."""

from django.db import models


class Side(models.TextChoices):
    """Which of a grant's sums an entry counts to."""

    COMMITMENT = "commitment", "Commitment"
    SPEND = "spend", "Spending"
    MATCH = "match", "Match funding"


class EntryKind(models.TextChoices):
    COMMITTED = "committed", "Committed"
    RELEASED = "released", "Released"
    MOVED = "moved", "Moved between commitments"
    SPENT = "spent", "Spent"
    REFUNDED = "refunded", "Refunded"
    MATCHED = "matched", "Match received"
    REVERSED = "reversed", "Reversed"


class BidState(models.TextChoices):
    IDEA = "idea", "Idea"
    DRAFTING = "drafting", "Drafting"
    SUBMITTED = "submitted", "Submitted"
    SHORTLISTED = "shortlisted", "Shortlisted"
    WON = "won", "Won"
    LOST = "lost", "Lost"
    WITHDRAWN = "withdrawn", "Withdrawn"


#: Before it is submitted, the text and the amount may be changed; afterwards they are what the funder has.
UNSENT = (BidState.IDEA, BidState.DRAFTING)
WAITING = (BidState.SUBMITTED, BidState.SHORTLISTED)
DECIDED = (BidState.WON, BidState.LOST)

#: Where a bid may go from where it stands. What was written down by mistake goes back to "submitted", with a word why.
MOVES: dict[BidState, tuple[BidState, ...]] = {
    BidState.IDEA: (BidState.DRAFTING, BidState.SUBMITTED, BidState.WITHDRAWN),
    BidState.DRAFTING: (BidState.SUBMITTED, BidState.IDEA, BidState.WITHDRAWN),
    BidState.SUBMITTED: (BidState.SHORTLISTED, BidState.WON, BidState.LOST, BidState.WITHDRAWN),
    BidState.SHORTLISTED: (BidState.WON, BidState.LOST, BidState.WITHDRAWN),
    BidState.WON: (BidState.SUBMITTED,),
    BidState.LOST: (BidState.SUBMITTED,),
    BidState.WITHDRAWN: (BidState.DRAFTING,),
}
