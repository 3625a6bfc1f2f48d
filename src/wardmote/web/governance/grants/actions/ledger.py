"""Writes to the ledger: commitments, spending, money moved, and mistakes put right by entries that reverse them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Max

from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.foundation.writes import writing
from wardmote.web.governance.asking import check_confirmed
from wardmote.web.governance.grants.actions.posting import (
    Line,
    ask_of_twins,
    check_is_meant,
    hold_commitment,
    hold_grant,
    list_alike,
    post,
)
from wardmote.web.governance.grants.models import Commitment, Grant, LedgerEntry
from wardmote.web.governance.grants.policies import check_day_of_reversal, check_fits_award, check_not_reversed
from wardmote.web.governance.grants.states import EntryKind, Side
from wardmote.web.partnerships.interface import Person


def add_commitment(
    *, grant: Grant, fields: Mapping[str, Any], amount_pence: int, by: Person | None, confirmed: Collection[str] = ()
) -> Commitment:
    """Commit a part of a grant to a project: `fields` are project, body, decided_on and decision.

    Here as in every write to the ledger `confirmed` are the keys of the questions that were answered.
    """
    with writing(by=by, verb="governance.committed", partnership=grant.partnership) as write:
        hold_grant(grant)
        _check_above_nought(amount_pence)
        check_fits_award(grant, amount_pence)
        top = Commitment.objects.filter(partnership=grant.partnership_id, grant=grant).aggregate(top=Max("number"))
        commitment = Commitment(partnership=grant.partnership, grant=grant, number=(top["top"] or 0) + 1, **fields)
        on, decision = fields["decided_on"], fields["decision"]
        line = Line(EntryKind.COMMITTED, Side.COMMITMENT, amount_pence, commitment, on, decision)
        check_is_meant(grant, line, confirmed=confirmed, by=by)
        commitment.save()
        write.subject = commitment
        post(grant, line, by=by)
    return commitment


def change_commitment(
    *,
    commitment: Commitment,
    by_pence: int,
    on: date,
    decision: str,
    reason: str,
    by: Person | None,
    confirmed: Collection[str] = (),
) -> LedgerEntry:
    """Commit more to a project, or (below nought) release what it does not need; never below what is spent."""
    kind = EntryKind.COMMITTED if by_pence > 0 else EntryKind.RELEASED
    with writing(by=by, verb=f"governance.{kind}", partnership=commitment.partnership, subject=commitment):
        grant = hold_commitment(commitment)
        line = Line(kind, Side.COMMITMENT, by_pence, commitment, on, decision, reason)
        check_is_meant(grant, line, confirmed=confirmed, by=by)
        return post(grant, line, by=by)


def record_spend(
    *,
    commitment: Commitment,
    amount_pence: int,
    on: date,
    reference: str,
    reason: str = "",
    by: Person | None,
    confirmed: Collection[str] = (),
) -> LedgerEntry:
    """Record an invoice against a commitment."""
    with writing(by=by, verb="governance.spent", partnership=commitment.partnership, subject=commitment):
        grant = hold_commitment(commitment)
        _check_above_nought(amount_pence)
        line = Line(EntryKind.SPENT, Side.SPEND, amount_pence, commitment, on, reference, reason)
        check_is_meant(grant, line, confirmed=confirmed, by=by)
        return post(grant, line, by=by)


def record_refund(
    *,
    commitment: Commitment,
    amount_pence: int,
    on: date,
    reference: str,
    reason: str,
    by: Person | None,
    confirmed: Collection[str] = (),
) -> LedgerEntry:
    """Record money that came back, with the reason; `amount_pence` is what came back, above nought."""
    with writing(by=by, verb="governance.refunded", partnership=commitment.partnership, subject=commitment):
        grant = hold_commitment(commitment)
        _check_above_nought(amount_pence)
        _check_said(reason)
        line = Line(EntryKind.REFUNDED, Side.SPEND, -amount_pence, commitment, on, reference, reason)
        check_is_meant(grant, line, confirmed=confirmed, by=by)
        return post(grant, line, by=by)


def record_match(
    *, grant: Grant, amount_pence: int, on: date, reference: str, by: Person | None, confirmed: Collection[str] = ()
) -> LedgerEntry:
    """Record match funding that came in."""
    with writing(by=by, verb="governance.match_received", partnership=grant.partnership, subject=grant):
        hold_grant(grant)
        _check_above_nought(amount_pence)
        line = Line(EntryKind.MATCHED, Side.MATCH, amount_pence, None, on, reference)
        check_is_meant(grant, line, confirmed=confirmed, by=by)
        return post(grant, line, by=by)


def move_money(
    *,
    giver: Commitment,
    taker: Commitment,
    amount_pence: int,
    on: date,
    reason: str,
    by: Person | None,
    confirmed: Collection[str] = (),
) -> tuple[LedgerEntry, LedgerEntry]:
    """Move money from one commitment of a grant to another (virement), with the reason."""
    with writing(by=by, verb="governance.money_moved", partnership=giver.partnership, subject=giver, reason=reason):
        _check_above_nought(amount_pence)
        _check_said(reason)
        if giver.pk == taker.pk or giver.grant_id != taker.grant_id:
            raise RefusedError("Money is moved between two commitments of one grant")
        taker.grant = grant = hold_commitment(giver)
        hold_commitment(taker)
        giver.grant = taker.grant = grant
        pair = uuid4()
        out = Line(EntryKind.MOVED, Side.COMMITMENT, -amount_pence, giver, on, reason=reason, pair=pair)
        back = Line(EntryKind.MOVED, Side.COMMITMENT, amount_pence, taker, on, reason=reason, pair=pair)
        pairs = {one.pair for one in list_alike(grant, back)}
        twins = [one for one in list_alike(grant, out) if one.pair in pairs]
        check_confirmed(ask_of_twins(twins, by=by), confirmed)
        return post(grant, out, by=by), post(grant, back, by=by)


def reverse_entry(*, entry: LedgerEntry, on: date, reason: str, by: Person | None) -> list[LedgerEntry]:
    """Put an entry right by one that takes it back; both halves of a move at once. Nothing is ever struck out."""
    grant = entry.grant
    with writing(by=by, verb="governance.entry_reversed", partnership=entry.partnership, subject=entry, reason=reason):
        hold_grant(grant)
        _check_said(reason)
        check_not_reversed(entry)
        check_day_of_reversal(entry, on)
        return [_post_reversal(grant, one, on=on, reason=reason, by=by) for one in _list_halves(entry)]


def _list_halves(entry: LedgerEntry) -> list[LedgerEntry]:
    """The entry, or the two of a move; first the one that took, so that the other has what it gives back."""
    if entry.pair is None:
        return [entry]
    return list(
        LedgerEntry.objects.filter(partnership=entry.partnership_id, pair=entry.pair, reverses=None)
        .select_related("commitment")
        .order_by("-amount_pence")
    )


def _post_reversal(grant: Grant, entry: LedgerEntry, *, on: date, reason: str, by: Person | None) -> LedgerEntry:
    commitment = entry.commitment
    if commitment is not None:
        commitment.partnership, commitment.grant = grant.partnership, grant
        commitment.refresh_from_db(fields=["amount_pence", "spent_pence"])
        commitment.remember_fields()
    line = Line(
        EntryKind.REVERSED, Side(entry.side), -entry.amount_pence, commitment, on, entry.reference, reason,
        reverses=entry, pair=entry.pair,
    )  # fmt: skip
    return post(grant, line, by=by)


def _check_above_nought(pence: int) -> None:
    if pence <= 0:
        raise RefusedError("Enter an amount above nought")


def _check_said(reason: str) -> None:
    if not reason.strip():
        raise RefusedError("Say why: whoever reads the ledger later was not there")
