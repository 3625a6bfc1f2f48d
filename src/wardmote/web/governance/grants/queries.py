"""What is seen of grants and bids: one partnership's, and of it what the person's roles let them see."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from wardmote.web.governance.grants.models import Bid, Commitment, Grant, LedgerEntry
from wardmote.web.governance.grants.permissions import SEES_LEDGER, SEES_TOTALS
from wardmote.web.governance.grants.states import Side
from wardmote.web.partnerships.interface import (
    Partnership,
    PartnershipRequest,
    Role,
    find_organisations,
    find_roles,
    get_own,
)


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of the grants a person sees: every ledger, every total, or what concerns these bodies."""

    ledger: bool
    totals: bool
    bodies: frozenset[Any]


def find_sight(person: Any, partnership: Partnership) -> Sight:
    roles = find_roles(person, partnership)
    bodies = find_organisations(person, partnership, Role.CONTRIBUTOR)
    return Sight(bool(roles & SEES_LEDGER), bool(roles & SEES_TOTALS), bodies)


def list_grants(partnership: Partnership) -> "QuerySet[Grant]":
    """All grants of a partnership, the latest first."""
    rows = Grant.objects.filter(partnership=partnership).select_related("partnership", "bid")
    return rows.prefetch_related("shares", "awards")


def list_seen_grants(sight: Sight, partnership: Partnership) -> "QuerySet[Grant]":
    """Those whose page the person may open."""
    rows = list_grants(partnership)
    if sight.totals:
        return rows
    own = Commitment.objects.filter(partnership=partnership, body__in=sight.bodies)
    return rows.filter(pk__in=own.values("grant"))


def list_public_grants(partnership: Partnership) -> "QuerySet[Grant]":
    """Those whose totals are for every member."""
    return list_grants(partnership).filter(is_public=True)


def list_seen_commitments(sight: Sight, partnership: Partnership) -> "QuerySet[Commitment]":
    """Commitments with what they buy: all of them, or those of the person's bodies."""
    rows = Commitment.objects.filter(partnership=partnership).select_related("grant", "body", "partnership")
    rows = rows.prefetch_related("outputs")
    return rows if sight.totals else rows.filter(body__in=sight.bodies)


def get_grant(request: PartnershipRequest, grant_id: Any) -> Grant:
    """A grant whose page the person may open, or 404."""
    sight = find_sight(request.user, request.partnership)
    return get_own(list_seen_grants(sight, request.partnership), request, id=grant_id)


def get_commitment(request: PartnershipRequest, grant_id: Any, commitment_id: Any) -> Commitment:
    """A commitment of this very grant that the person may see, or 404."""
    sight = find_sight(request.user, request.partnership)
    rows = list_seen_commitments(sight, request.partnership).filter(grant=grant_id)
    return get_own(rows, request, id=commitment_id)


def list_entries(partnership: Partnership) -> "QuerySet[LedgerEntry]":
    rows = LedgerEntry.objects.filter(partnership=partnership).order_by("grant", "number")
    return rows.select_related("grant", "commitment", "reverses", "reversed_by")


def sum_spent(partnership: Partnership) -> dict[UUID, int]:
    """What was spent of each grant, in pence; nought for one of which nothing was."""
    rows = Commitment.objects.filter(partnership=partnership).values("grant").annotate(spent=Sum("spent_pence"))
    return defaultdict(int, {row["grant"]: int(row["spent"] or 0) for row in rows.order_by()})


def sum_committed_by_day(partnership: Partnership) -> dict[UUID, dict[date, int]]:
    """What was committed of each grant on each day, in pence, less what was released or reversed on it."""
    rows = LedgerEntry.objects.filter(partnership=partnership, side=Side.COMMITMENT).order_by()
    sums: dict[UUID, dict[date, int]] = defaultdict(dict)
    for row in rows.values("grant", "on").annotate(total=Sum("amount_pence")):
        sums[row["grant"]][row["on"]] = int(row["total"])
    return sums


def list_bids(partnership: Partnership, *, words: str = "", state: str = "") -> "QuerySet[Bid]":
    """Bids, the newest first, of a state or with these words anywhere in them."""
    rows = Bid.objects.filter(partnership=partnership).select_related("lead", "grant", "partnership", "reuses")
    if state:
        rows = rows.filter(state=state)
    for word in words.split():
        rows = rows.filter(
            Q(title__icontains=word) | Q(funder__icontains=word) | Q(fund__icontains=word) | Q(text__icontains=word)
            | Q(feedback__icontains=word) | Q(partners__icontains=word)
        )  # fmt: skip
    return rows


def get_bid(request: PartnershipRequest, bid_id: Any) -> Bid:
    return get_own(list_bids(request.partnership), request, id=bid_id)


def has_grant(bid: Bid) -> bool:
    return Grant.objects.filter(partnership=bid.partnership_id, bid=bid).exists()


def find_ledger_faults(partnership: Partnership, grant: Grant | None = None) -> list[str]:
    """Where a sum that a row keeps is not what its entries add up to, of one grant or of all.

    None, unless somebody wrote past the ledger.
    """
    entries = LedgerEntry.objects.filter(partnership=partnership)
    grants = Grant.objects.filter(partnership=partnership)
    commitments = Commitment.objects.filter(partnership=partnership)
    if grant is not None:
        entries, commitments = entries.filter(grant=grant), commitments.filter(grant=grant)
        grants = grants.filter(pk=grant.pk)
    checks = (
        (commitments, "commitment", Side.COMMITMENT, "amount_pence"),
        (commitments, "commitment", Side.SPEND, "spent_pence"),
        (grants, "grant", Side.COMMITMENT, "committed_pence"),
        (grants, "grant", Side.MATCH, "matched_pence"),
    )
    return [
        fault
        for rows, by, side, name in checks
        for fault in _compare(rows, name, _add_up(entries.filter(side=side), by))
    ]


def _compare(rows: "QuerySet[Any]", name: str, added: dict[UUID, int]) -> list[str]:
    return [
        f"{row}: {name} is {getattr(row, name)}, its entries add up to {added[row.pk]}"
        for row in rows
        if getattr(row, name) != added[row.pk]
    ]


def _add_up(entries: "QuerySet[LedgerEntry]", by: str) -> dict[UUID, int]:
    rows = entries.order_by().values(by).annotate(total=Sum("amount_pence"))
    return defaultdict(int, {row[by]: int(row["total"]) for row in rows})
