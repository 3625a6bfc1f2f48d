"""Posting to the ledger: entries and the sums that they change, checked while the grant's row is held."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from wardmote.web.foundation.clock import read_now, read_today
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.asking import Question, ask_of_alike, check_confirmed, is_same_text
from wardmote.web.governance.grants.models import Commitment, Grant, LedgerEntry
from wardmote.web.governance.grants.policies import (
    DayError,
    check_can_refund,
    check_day_of_grant,
    check_fits_award,
    check_fits_commitment,
)
from wardmote.web.governance.grants.queries import sum_committed_by_day
from wardmote.web.governance.grants.shares import ask_of_share
from wardmote.web.governance.grants.states import EntryKind, Side
from wardmote.web.partnerships.interface import Person


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be posted: so many pence (below nought: taken back) on one side of one commitment, or of the grant."""

    kind: EntryKind
    side: Side
    amount_pence: int
    commitment: Commitment | None
    on: date
    reference: str = ""
    reason: str = ""
    reverses: LedgerEntry | None = None
    pair: UUID | None = None


def hold_grant(grant: Grant) -> None:
    """Hold the grant for this write and read it again. Whoever writes to its ledger comes through here, one by one."""
    rows = Grant.objects.select_for_update().filter(partnership=grant.partnership_id)
    partnership = grant.partnership
    grant.refresh_from_db(from_queryset=rows)
    grant.partnership = partnership
    grant.remember_fields()


def hold_commitment(commitment: Commitment) -> Grant:
    """Hold a commitment with its grant, read both again, and return the grant."""
    grant = commitment.grant
    hold_grant(grant)
    rows = Commitment.objects.select_for_update().filter(partnership=commitment.partnership_id)
    partnership = commitment.partnership
    commitment.refresh_from_db(from_queryset=rows)
    commitment.partnership, commitment.grant = partnership, grant
    commitment.remember_fields()
    return grant


def check_is_meant(grant: Grant, line: Line, *, confirmed: Collection[str], by: Person | None) -> None:
    """Raise AskedError where an entry that stands says the same, or the year's share is overrun, and nobody said yes.

    The grant is held, so that of two who send the same at once the second finds the first's.
    """
    questions = list(ask_of_twins(list_alike(grant, line), by=by))
    if line.kind == EntryKind.COMMITTED:
        committed = sum_committed_by_day(grant.partnership)[grant.pk]
        questions += ask_of_share(grant, committed, on=line.on, more_pence=line.amount_pence)
    check_confirmed(questions, confirmed)


def ask_of_twins(alike: list[LedgerEntry], *, by: Person | None) -> Iterator[Question]:
    """Ask of the last of these entries whether there is another."""
    for last in alike[-1:]:
        yield ask_of_alike(last.pk, last.made_at, last.made_by, by=by, what="An entry")


def list_alike(grant: Grant, line: Line) -> list[LedgerEntry]:
    """The grant's entries that say what the line says and stand: neither reversed nor reversing."""
    rows = LedgerEntry.objects.filter(
        partnership=grant.partnership_id, grant=grant, kind=line.kind, side=line.side, on=line.on,
        amount_pence=int(line.amount_pence), reverses=None, reversed_by=None,
    )  # fmt: skip
    return [one for one in rows.select_related("commitment").order_by("number") if _says_the_same(one, line)]


def _says_the_same(entry: LedgerEntry, line: Line) -> bool:
    """An invoice is known by its reference within the grant; of promises the project counts too."""
    if line.side == Side.COMMITMENT and not is_same_text(str(entry.commitment or ""), str(line.commitment or "")):
        return False
    return is_same_text(entry.reference or entry.reason, line.reference or line.reason)


def post(grant: Grant, line: Line, *, by: Person | None) -> LedgerEntry:
    """Post a line to a grant that is held. Raises RefusedError where there is not the money for it."""
    if line.amount_pence == 0:
        raise RefusedError("An entry of nothing changes nothing. Enter an amount")
    if line.on > read_today():
        raise DayError("The ledger holds what has happened: the day cannot be one to come")
    check_day_of_grant(grant, line.on, is_giving_back=line.amount_pence < 0 or line.reverses is not None)
    _count(grant, line)
    top = LedgerEntry.objects.filter(partnership=grant.partnership_id, grant=grant).aggregate(top=Max("number"))["top"]
    return LedgerEntry.objects.create(
        partnership=grant.partnership, grant=grant, commitment=line.commitment, number=(top or 0) + 1, kind=line.kind,
        side=line.side, amount_pence=int(line.amount_pence), on=line.on, reference=line.reference, reason=line.reason,
        reverses=line.reverses, pair=line.pair, made_at=read_now(), made_by=by.pk if by else None,
    )  # fmt: skip


def _count(grant: Grant, line: Line) -> None:
    """Change the sums that the line counts to, in the order in which the database may check them."""
    if line.commitment is None:
        _count_match(grant, line.amount_pence)
    elif line.side == Side.COMMITMENT:
        _count_commitment(grant, line.commitment, line.amount_pence)
    else:
        _count_spend(line.commitment, line.amount_pence)


def _count_match(grant: Grant, pence: int) -> None:
    if grant.matched_pence + pence < 0:
        raise RefusedError("More match funding would be taken back than was received")
    grant.matched_pence += int(pence)
    grant.save()


def _count_commitment(grant: Grant, commitment: Commitment, pence: int) -> None:
    if pence > 0:
        check_fits_award(grant, pence)
    else:
        check_fits_commitment(commitment, -pence)
    grant.committed_pence += int(pence)
    grant.save()
    commitment.amount_pence += int(pence)
    commitment.save()


def _count_spend(commitment: Commitment, pence: int) -> None:
    if pence > 0:
        check_fits_commitment(commitment, pence)
    else:
        check_can_refund(commitment, -pence)
    commitment.spent_pence += int(pence)
    commitment.save()
