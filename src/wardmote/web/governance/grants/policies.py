"""What money and state allow, what lies idle before a grant ends, and what a bid may become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wardmote.web.foundation.design.words import say_count, say_date
from wardmote.web.foundation.refusals import RefusedError
from wardmote.web.governance.grants.models import Bid, Commitment, Grant, LedgerEntry
from wardmote.web.governance.grants.money import say_pounds
from wardmote.web.governance.grants.shares import stand_in_years
from wardmote.web.governance.grants.states import DECIDED, MOVES, UNSENT, BidState

#: So long before a grant ends, money that is neither committed nor spent is worth an alarm.
NEARLY_OVER = timedelta(days=92)
#: A decision may come before the money, and an invoice after it; beyond that the day is a slip of the finger.
EARLY, LATE = timedelta(183), timedelta(366)
#: A fund tells what it gives at most so many years before a grant begins.
MOST_YEARS_AHEAD = 3
#: Spending that lags the time gone by so many hundredths of the award is worth a word.
LAG_PCT = 25


def check_award_covers(grant: Grant, award_pence: int) -> None:
    """Raise RefusedError where an award would be less than what is committed of it already."""
    if award_pence < grant.committed_pence:
        raise RefusedError(
            f"{say_pounds(grant.committed_pence)} of the award is committed. Release "
            f"{say_pounds(grant.committed_pence - award_pence)} of it first, or leave the award at least so high"
        )


def check_fits_award(grant: Grant, more_pence: int) -> None:
    """Raise RefusedError where so much more would commit beyond the award."""
    if more_pence > grant.uncommitted_pence:
        raise RefusedError(
            f"{say_pounds(more_pence)} is more than is left: {say_pounds(grant.award_pence)} was awarded, "
            f"{say_pounds(grant.committed_pence)} is committed, {say_pounds(grant.uncommitted_pence)} is left"
        )


def check_fits_commitment(commitment: Commitment, more_pence: int) -> None:
    """Raise RefusedError where so much more would be spent than was committed."""
    if more_pence > commitment.unspent_pence:
        raise RefusedError(
            f"{say_pounds(more_pence)} is more than is left of “{commitment}”: "
            f"{say_pounds(commitment.amount_pence)} was committed, {say_pounds(commitment.spent_pence)} is spent, "
            f"{say_pounds(commitment.unspent_pence)} is left"
        )


def check_can_refund(commitment: Commitment, pence: int) -> None:
    """Raise RefusedError where more would come back than was spent."""
    if pence > commitment.spent_pence:
        raise RefusedError(f"Only {say_pounds(commitment.spent_pence)} was spent: no more than that can come back")


class DayError(RefusedError):
    """A day that cannot be; told beside its box."""


def say_days(grant: Grant) -> str:
    """Which days the ledger of a grant takes."""
    return f"from {say_date(grant.starts_on - EARLY)} to {say_date(grant.ends_on + LATE)}"


def check_day_of_grant(grant: Grant, on: date, *, is_giving_back: bool = False) -> None:
    """Raise DayError for a day long before the grant runs, or long after; what is given back may come at any time."""
    if on < grant.starts_on - EARLY or (on > grant.ends_on + LATE and not is_giving_back):
        raise DayError(
            f"{say_date(on)} is no day of this grant, which runs from {say_date(grant.starts_on)} to"
            f" {say_date(grant.ends_on)}. Its ledger takes half a year before and a year after:"
            f" {say_days(grant)}"
        )


def check_day_of_reversal(entry: LedgerEntry, on: date) -> None:
    """Raise DayError where an entry would be taken back before it was made."""
    if on < entry.on:
        raise DayError(f"The entry is of {say_date(entry.on)}: it cannot be taken back before")


def check_day_of_award(starts_on: date, on: date, before: date | None = None) -> None:
    """Raise DayError for an award of long before the grant, or a change of it before the version that it changes."""
    if before is not None and on < before:
        raise DayError(f"The award as it stands is of {say_date(before)}: a change of it comes no earlier")
    if on.year < starts_on.year - MOST_YEARS_AHEAD:
        raise DayError(f"The grant runs from {say_date(starts_on)}. Look at the year")


def check_not_reversed(entry: LedgerEntry) -> None:
    """Raise RefusedError for an entry that was put right already, or that puts another right itself."""
    if entry.reverses_id is not None:
        raise RefusedError("This entry reverses another. Enter what is right anew instead")
    if LedgerEntry.objects.filter(partnership=entry.partnership_id, reverses=entry).exists():
        raise RefusedError("This entry is reversed already")


def check_shares_add_up(award_pence: int, shares_pence: Sequence[int]) -> None:
    """Raise RefusedError where the years do not add up to the award."""
    placed = sum(shares_pence)
    if placed != award_pence:
        off = award_pence - placed
        words = f"{say_pounds(off)} is not placed yet" if off > 0 else f"{say_pounds(-off)} is too much"
        raise RefusedError(f"The years add up to {say_pounds(placed)}, the award is {say_pounds(award_pence)}: {words}")


@dataclass(frozen=True, slots=True)
class Alarm:
    """What should be looked at in a grant, with its urgency: 0 late, 1 soon, 3 worth knowing."""

    kind: str
    words: str
    urgency: int


def find_warnings(grant: Grant, spent_pence: int, today: date, *, committed_pence: Mapping[date, int]) -> list[Alarm]:
    """Idle money while the grant runs out, years that do not add up to the award, and shares that are overrun.

    `committed_pence` is what was committed on each day.
    """
    over = [stand for stand in stand_in_years(grant, committed_pence).values() if stand.over_pence]
    shares = [Alarm("share_overrun", stand.words, 1) for stand in over]
    return [*_warn_of_years(grant), *shares, *_warn_of_idle_money(grant, spent_pence, today)]


def _warn_of_years(grant: Grant) -> list[Alarm]:
    placed = [share.amount_pence for share in grant.shares.all()]
    if placed and sum(placed) != grant.award_pence:
        words = f"The years add up to {say_pounds(sum(placed))}, not to the award of {say_pounds(grant.award_pence)}"
        return [Alarm("years", words, 1)]
    return []


def _warn_of_idle_money(grant: Grant, spent_pence: int, today: date) -> list[Alarm]:
    unspent, free = grant.award_pence - spent_pence, grant.uncommitted_pence
    if unspent <= 0 or today < grant.starts_on:
        return []
    if today > grant.ends_on:
        words = f"Ended on {say_date(grant.ends_on)} with {say_pounds(unspent)} unspent: agree with the funder what"
        return [Alarm("ended_unspent", f"{words} becomes of it", 0)]
    if grant.ends_on - today <= NEARLY_OVER:
        days = say_count((grant.ends_on - today).days, "day")
        idle = f"{say_pounds(free)} not committed, " if free else ""
        return [Alarm("ends_soon", f"Ends in {days}, with {idle}{say_pounds(unspent)} unspent", 1)]
    return _warn_of_lag(grant, spent_pence, today)


def _warn_of_lag(grant: Grant, spent_pence: int, today: date) -> list[Alarm]:
    """Whole numbers throughout: shares are compared in hundredths of pence times days."""
    whole, gone = (grant.ends_on - grant.starts_on).days + 1, (today - grant.starts_on).days
    gone_pct, spent_pct = 100 * gone // whole, 100 * spent_pence // grant.award_pence
    if gone_pct - spent_pct < LAG_PCT:
        return []
    return [Alarm("lags", f"{gone_pct}% of the time is gone and {spent_pct}% of the award is spent", 3)]


def can_change_bid_text(bid: Bid) -> bool:
    """Whether text and amount are still ours: once submitted they are what the funder has."""
    return bid.state in UNSENT


def check_can_move(bid: Bid, to: BidState, *, has_grant: bool) -> None:
    """Raise RefusedError where a bid may not go there from where it stands."""
    if has_grant:
        raise RefusedError("This bid has become a grant. What it asked for and what came of it stay as they are")
    if to not in MOVES[BidState(bid.state)]:
        raise RefusedError(f"A bid that is {BidState(bid.state).label.lower()} cannot become {to.label.lower()}")


def check_can_become_grant(bid: Bid, award_pence: int, reason: str, *, has_grant: bool) -> None:
    """Raise RefusedError for a bid that was not won, has its grant, or whose difference nobody explains."""
    if bid.state != BidState.WON:
        raise RefusedError("Only a bid that was won becomes a grant")
    if has_grant:
        raise RefusedError("This bid has become a grant already")
    if award_pence != bid.asked_pence and not reason.strip():
        raise RefusedError(
            f"{say_pounds(bid.asked_pence)} was asked for and {say_pounds(award_pence)} awarded: say why they differ"
        )


@dataclass(frozen=True, slots=True)
class WinRate:
    """How many of the bids that were decided were won, and of which money."""

    won_count: int
    decided_count: int
    won_pence: int
    decided_pence: int

    @property
    def words(self) -> str:
        if not self.decided_count:
            return "No bid has been decided yet"
        return (
            f"{self.won_count} of {say_count(self.decided_count, 'decided bid')} won "
            f"({100 * self.won_count // self.decided_count}%); {say_pounds(self.won_pence)} of "
            f"{say_pounds(self.decided_pence)} asked for in them"
        )


def find_win_rate(bids: Sequence[Bid]) -> WinRate:
    """Won among decided. What was withdrawn, or still waits, is in neither number."""
    decided = [bid for bid in bids if bid.state in DECIDED]
    won = [bid for bid in decided if bid.state == BidState.WON]
    return WinRate(len(won), len(decided), sum(bid.asked_pence for bid in won), sum(bid.asked_pence for bid in decided))
