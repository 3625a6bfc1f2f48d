"""Grants, ledgers and bids in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wardmote.web.foundation.design.words import begin_sentence, say_number
from wardmote.web.governance.grants.models import Bid, Commitment, Grant, LedgerEntry, Output
from wardmote.web.governance.grants.money import divide_pence, say_pounds, say_share, show_pounds
from wardmote.web.governance.grants.policies import Alarm, find_warnings
from wardmote.web.governance.grants.shares import YearStand, find_share_year
from wardmote.web.governance.grants.states import BidState, EntryKind, Side
from wardmote.web.governance.grants.years import find_year, list_years, say_year

BID_COLOURS = {
    BidState.IDEA: "grey", BidState.DRAFTING: "blue", BidState.SUBMITTED: "yellow", BidState.SHORTLISTED: "purple",
    BidState.WON: "green", BidState.LOST: "red", BidState.WITHDRAWN: "grey",
}  # fmt: skip
LEDGER_COLUMNS = (
    "grant", "grant_reference", "funder", "fund", "entry", "on", "financial_year", "kind", "side", "project", "body",
    "amount_pence", "amount_pounds", "reference", "reason", "reverses_entry", "entered_on", "entered_by",
    "year_share_pence", "year_committed_pence", "year_over_share_pence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant with its sums and what should be looked at."""

    grant: Grant
    spent_pence: int
    alarms: Sequence[Alarm]

    @property
    def unspent_pence(self) -> int:
        return self.grant.award_pence - self.spent_pence

    @property
    def committed_share(self) -> str:
        return say_share(self.grant.committed_pence, self.grant.award_pence)


def describe_grants(
    grants: Iterable[Grant], spent: Mapping[UUID, int], committed: Mapping[UUID, Mapping[date, int]], today: date
) -> list[GrantRow]:
    return [
        GrantRow(one, spent[one.pk], find_warnings(one, spent[one.pk], today, committed_pence=committed[one.pk]))
        for one in grants
    ]


def add_up(rows: Sequence[GrantRow]) -> dict[str, int]:
    """The totals under a list of grants."""
    return {
        "award": sum(row.grant.award_pence for row in rows),
        "committed": sum(row.grant.committed_pence for row in rows),
        "spent": sum(row.spent_pence for row in rows),
        "unspent": sum(row.unspent_pence for row in rows),
    }


def say_each(spent_pence: int, count: int) -> str:
    """Pounds per output, and honest words where there is nothing to divide by or nothing was spent.

    >>> say_each(176000, 44), say_each(0, 0), say_each(5000, 0), say_each(0, 3)
    ('£40.00', 'Nothing delivered yet', 'None delivered for £50.00', 'Delivered; no spending recorded yet')
    """
    if count == 0:
        return f"None delivered for {say_pounds(spent_pence)}" if spent_pence else "Nothing delivered yet"
    if spent_pence == 0:
        return "Delivered; no spending recorded yet"
    return say_pounds(divide_pence(spent_pence, count))


@dataclass(frozen=True, slots=True)
class OutputRow:
    """An output with what each cost and was to cost; `shares` where its pounds bought other outputs too."""

    output: Output
    commitment: Commitment
    shares: bool

    @property
    def name(self) -> str:
        return begin_sentence(self.output.unit)

    @property
    def planned_each(self) -> str:
        each = divide_pence(self.commitment.amount_pence, self.output.planned_count)
        return say_pounds(each) if self.output.planned_count else "None planned"

    @property
    def each(self) -> str:
        return say_each(self.commitment.spent_pence, self.output.delivered_count)

    @property
    def delivered(self) -> str:
        return f"{say_number(self.output.delivered_count)} of {say_number(self.output.planned_count)}"


def list_outputs(commitments: Iterable[Commitment]) -> list[OutputRow]:
    """Every output of these commitments."""
    return [
        OutputRow(output, commitment, len(commitment.outputs.all()) > 1)
        for commitment in commitments
        for output in commitment.outputs.all()
    ]


@dataclass(frozen=True, slots=True)
class YearRow:
    """One financial year of a grant: what was meant for it, committed and spent in it."""

    name: str
    share_pence: int | None
    committed_pence: int
    spent_pence: int


def list_year_rows(grant: Grant, entries: Iterable[LedgerEntry]) -> list[YearRow]:
    """Years with their sums, and last the whole, which is the grant's own award, commitments and spending."""
    shares = {share.year: share.amount_pence for share in grant.shares.all()}
    sums = _sum_by_year(entries)
    years = sorted({*list_years(grant.starts_on, grant.ends_on), *(year for year, _ in sums), *shares})
    return _list_years(years, shares, sums)


def list_all_years(grants: Sequence[Grant], entries: Iterable[LedgerEntry]) -> list[YearRow]:
    """The years of all grants together; what is placed in none has a line, so that the whole is what was awarded."""
    shares: dict[int, int] = {}
    for share in (share for grant in grants for share in grant.shares.all()):
        shares[share.year] = shares.get(share.year, 0) + share.amount_pence
    sums = _sum_by_year(entries)
    rows = _list_years(sorted({*shares, *(year for year, _ in sums)}), shares, sums)
    awarded = sum(grant.award_pence for grant in grants)
    unplaced = awarded - sum(shares.values())
    lines = [YearRow("Not placed in a year", unplaced, 0, 0)] if unplaced else []
    return [*rows[:-1], *lines, replace(rows[-1], share_pence=awarded)]


def _sum_by_year(entries: Iterable[LedgerEntry]) -> dict[tuple[int, str], int]:
    """Pence by financial year and side."""
    sums: dict[tuple[int, str], int] = {}
    for entry in entries:
        key = (find_year(entry.on), entry.side)
        sums[key] = sums.get(key, 0) + entry.amount_pence
    return sums


def _list_years(years: Iterable[int], shares: Mapping[int, int], sums: Mapping[tuple[int, str], int]) -> list[YearRow]:
    """A row for each year, and the whole."""
    rows = [
        YearRow(say_year(year), shares.get(year, 0) if shares else None, sums.get((year, Side.COMMITMENT), 0),
                sums.get((year, Side.SPEND), 0))
        for year in years
    ]  # fmt: skip
    placed = sum(shares.values()) if shares else None
    total = YearRow(
        "Together", placed, sum(row.committed_pence for row in rows), sum(row.spent_pence for row in rows)
    )  # fmt: skip
    return [*rows, total]


def describe_entry(entry: LedgerEntry, names: Mapping[Any, str]) -> dict[str, Any]:
    """A line of the ledger."""
    reversed_by = getattr(entry, "reversed_by", None)
    notes = [f"Reverses entry {entry.reverses.number}"] if entry.reverses else []
    notes += [f"Reversed by entry {reversed_by.number}"] if reversed_by else []
    return {
        "entry": entry, "kind": EntryKind(entry.kind).label, "project": str(entry.commitment or "–"), "notes": notes,
        "by": names.get(entry.made_by, "–"),
        "can_reverse": entry.reverses_id is None and reversed_by is None,
        "amounts": {side.value: show_pounds(entry.amount_pence) if entry.side == side else "" for side in Side},
    }  # fmt: skip


def list_ledger_lines(
    entries: Iterable[LedgerEntry], names: Mapping[Any, str], stands: Mapping[UUID, Mapping[int, YearStand]]
) -> Iterator[list[Any]]:
    """The ledger for a file, one entry a line; pence are whole numbers, pounds exact decimals.

    `stands` are the years of each grant: a line that commits says of its year the share, and by how much it is overrun.
    """
    for one in entries:
        commitment = one.commitment
        yield [
            one.grant.title, one.grant.reference, one.grant.funder, one.grant.fund, one.number, one.on,
            say_year(find_year(one.on)), EntryKind(one.kind).label, Side(one.side).label, str(commitment or ""),
            str(commitment.body or "") if commitment else "", one.amount_pence, Decimal(one.amount_pence).scaleb(-2),
            one.reference, one.reason, one.reverses.number if one.reverses else None, one.made_at.date(),
            names.get(one.made_by, ""), *_say_stand(one, stands.get(one.grant_id, {})),
        ]  # fmt: skip


def _say_stand(entry: LedgerEntry, stands: Mapping[int, YearStand]) -> tuple[int | None, int | None, int | None]:
    if entry.side != Side.COMMITMENT or not stands:
        return None, None, None
    stand = stands[find_share_year(stands, entry.on)]
    return stand.share_pence, stand.committed_pence, stand.over_pence


@dataclass(frozen=True, slots=True)
class WonRow:
    """A bid that was won beside the grant that it became."""

    bid: Bid
    grant: Grant | None

    @property
    def awarded_pence(self) -> int | None:
        """What was awarded at first: later changes are the grant's own, with their reasons."""
        return next(iter(self.grant.awards.all())).amount_pence if self.grant else None

    @property
    def difference(self) -> str:
        if self.awarded_pence is None:
            return "No grant is made of it yet"
        off = self.awarded_pence - self.bid.asked_pence
        return f"{'+' if off > 0 else ''}{show_pounds(off)}" if off else "None"


def list_won(bids: Iterable[Bid]) -> list[WonRow]:
    return [WonRow(bid, getattr(bid, "grant", None)) for bid in bids if bid.state == BidState.WON]


def sum_pipeline(bids: Sequence[Bid]) -> list[tuple[str, int, int]]:
    """State, how many bids, and how much they ask for together."""
    return [
        (str(state.label), len(found), sum(bid.asked_pence for bid in found))
        for state in BidState
        if (found := [bid for bid in bids if bid.state == state])
    ]
