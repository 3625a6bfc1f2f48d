"""The records of `grants`: awards, commitments, the ledger's entries, what was bought, and bids.

Sums (`committed_pence`, `spent_pence`) stand in the rows that they bound, so that the database itself refuses to commit
more than was awarded, or to spend more than was committed. They are written with the entry that changes them, in one
transaction that holds the grant's row.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wardmote.web.foundation.privacy import Privacy
from wardmote.web.governance.grants.states import BidState, EntryKind, Side
from wardmote.web.governance.kept import KeptRecord
from wardmote.web.partnerships.interface import Organisation, PartnershipRecord

_OPEN, _BODY, _TEXT = Privacy.NONE, Privacy.ORGANISATION, Privacy.FREE_TEXT


class Bid(PartnershipRecord):
    """Money that was asked for, from the first idea to the funder's answer. A lost one's text is kept for reuse."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "asked_pence", "deadline_on", "state", "lead", "reuses", "made_at", "made_by"), _OPEN,
        ),
        **dict.fromkeys(("title", "funder", "fund"), _BODY),
        **dict.fromkeys(("partners", "text", "feedback", "difference_reason"), _TEXT),
    }  # fmt: skip
    KEEP_OUT: ClassVar = frozenset({"text"})

    title = models.CharField(max_length=200)
    funder = models.CharField(max_length=200)
    fund = models.CharField(max_length=200, blank=True)
    asked_pence = models.BigIntegerField()
    partners = models.TextField(blank=True)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deadline_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=BidState.choices, default=BidState.IDEA)
    text = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    difference_reason = models.TextField(blank=True)  # why the award is not what was asked for
    reuses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reused_by")
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-made_at"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(asked_pence__gt=0), name="bid_asks_for_money")]

    def __str__(self) -> str:
        return self.title


class BidStep(KeptRecord):
    """One move of a bid: to which state, on which day, and what was said."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "bid", "number", "state", "on", "made_at", "made_by"), _OPEN),
        "note": _TEXT,
    }

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=BidState.choices)
    on = models.DateField()
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bid", "number"], name="bid_step_once")]


class Grant(PartnershipRecord):
    """Money that a funder awarded, for a time and on conditions."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "bid", "award_pence", "committed_pence", "match_pence", "matched_pence", "starts_on",
             "ends_on", "is_public", "made_at", "made_by"), _OPEN),
        **dict.fromkeys(("title", "funder", "fund", "reference", "match_source"), _BODY),
        "conditions": _TEXT,
    }  # fmt: skip

    title = models.CharField(max_length=200)
    funder = models.CharField(max_length=200)
    fund = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    conditions = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_public = models.BooleanField(default=False)  # its totals may be read by every member
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, null=True, blank=True, related_name="grant")
    award_pence = models.BigIntegerField()
    committed_pence = models.BigIntegerField(default=0)
    match_pence = models.BigIntegerField(default=0)  # promised by others
    matched_pence = models.BigIntegerField(default=0)  # received
    match_source = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(committed_pence__gte=0) & Q(committed_pence__lte=F("award_pence")),
                name="grant_never_over_committed",
            ),
            models.CheckConstraint(condition=Q(award_pence__gt=0), name="grant_awards_money"),
            models.CheckConstraint(condition=Q(match_pence__gte=0) & Q(matched_pence__gte=0), name="grant_match"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="grant_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def uncommitted_pence(self) -> int:
        return self.award_pence - self.committed_pence


class AwardChange(KeptRecord):
    """The award as it was first made, and each change of it, with the reason."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "grant", "number", "before_pence", "amount_pence", "on", "made_at", "made_by"), _OPEN,
        ),
        "reason": _TEXT,
    }  # fmt: skip

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="awards")
    number = models.PositiveSmallIntegerField()
    before_pence = models.BigIntegerField()
    amount_pence = models.BigIntegerField()
    on = models.DateField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["grant", "number"], name="award_change_once")]


class YearShare(PartnershipRecord):
    """What of the award is meant for one financial year."""

    PRIVACY: ClassVar = dict.fromkeys(("id", "partnership", "grant", "year", "amount_pence"), _OPEN)

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="shares")
    year = models.PositiveSmallIntegerField()  # 2026 is 2026/27
    amount_pence = models.BigIntegerField()

    class Meta:
        ordering: ClassVar = ["year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "year"], name="year_share_once"),
            models.CheckConstraint(condition=Q(amount_pence__gte=0), name="year_share_not_below_nought"),
        ]


class Commitment(PartnershipRecord):
    """A part of a grant that was promised to a project or a body by a decision."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "grant", "number", "body", "amount_pence", "spent_pence", "decided_on"), _OPEN),
        **dict.fromkeys(("project", "decision"), _BODY),
    }  # fmt: skip

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    project = models.CharField(max_length=200)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField()
    decision = models.CharField(max_length=200)  # where it was decided: "Executive, 14 May, minute 6"
    amount_pence = models.BigIntegerField(default=0)
    spent_pence = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "number"], name="commitment_number_once"),
            models.CheckConstraint(
                condition=Q(spent_pence__gte=0) & Q(spent_pence__lte=F("amount_pence")),
                name="commitment_never_overspent",
            ),
        ]

    def __str__(self) -> str:
        return self.project

    @property
    def unspent_pence(self) -> int:
        return self.amount_pence - self.spent_pence


class LedgerEntry(KeptRecord):
    """One line of a grant's ledger. It is never changed: a mistake is put right by another that reverses it."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(
            ("id", "partnership", "grant", "commitment", "number", "kind", "side", "amount_pence", "on", "reverses",
             "pair", "made_at", "made_by"), _OPEN),
        "reference": _BODY,
        "reason": _TEXT,
    }  # fmt: skip

    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="entries")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    side = models.CharField(max_length=12, choices=Side.choices)
    amount_pence = models.BigIntegerField()
    on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)  # of the invoice, or of the decision
    reason = models.TextField(blank=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by")
    pair = models.UUIDField(null=True)  # shared by the two halves of a move
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "number"], name="ledger_number_once"),
            models.CheckConstraint(condition=~Q(amount_pence=0), name="ledger_entry_moves_money"),
        ]


class Output(PartnershipRecord):
    """What a commitment is to buy, counted in one unit."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "commitment", "planned_count", "delivered_count"), _OPEN),
        "unit": _BODY,
    }

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="outputs")
    unit = models.CharField(max_length=120)  # "call blockers fitted"
    planned_count = models.PositiveIntegerField(default=0)
    delivered_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["unit"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["commitment", "unit"], name="output_once")]


class Delivery(KeptRecord):
    """So many were delivered on a day; a count too high is put right by one below nought, with the reason."""

    PRIVACY: ClassVar = {
        **dict.fromkeys(("id", "partnership", "output", "on", "count", "made_at", "made_by"), _OPEN),
        "note": _TEXT,
    }

    output = models.ForeignKey(Output, on_delete=models.PROTECT, related_name="deliveries")
    on = models.DateField()
    count = models.IntegerField()
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering: ClassVar = ["on", "made_at"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(count=0), name="delivery_counts_something")]
